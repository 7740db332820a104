"""How often something happens: every quarter, in so many instalments, and by the indicators."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xlperf.characters.numerals import number_in_words
from xlperf.record import Project
from xlperf.rules.core import WARNING, Facts, Hit, hit, rule
from xlperf.rules.message_facts import Named, shorten
from xlperf.rules.numbers.agreement import CountIndicator, agree, measures
from xlperf.rules.numbers.dates import INDICATOR_NAMED
from xlperf.rules.numbers.mentions import Interval
from xlperf.rules.numbers.quantities import IN_YUAN, SHARE, Quantity, quantities
from xlperf.rules.numbers.rate_terms import heads_of
from xlperf.rules.text import lexicon
from xlperf.rules.text.counted_things import ProjectText, neat, texts
from xlperf.rules.text.similarity import quoted_name
from xlperf.targets import AT_LEAST_OPERATORS
from xlperf.targets.words import units

AVERAGE_TOLERANCE = Decimal("1.2")  # an average is rounded
STEM = 2  # characters of a noun or of an act that tell what is meant


@rule(
    "REL858",
    WARNING,
    source="88/accuracy",
    needs="texts/each_before texts/per texts/instalments",
)
def so_often_and_otherwise(project: Project) -> Iterator[Hit]:
    """A text says how often, or how many on average, and another place has another number.

    **Why**: every quarter is four times a year; an indicator of twelve times was not reckoned by
    it. Compared are times a period with the only indicator in times that names the act, averages
    for each with the indicators of both, and the number of instalments with those that are listed.
    **Bad**: goal: assessed every quarter; number of assessments: 12.
    **Good**: number of assessments: 4.
    """
    for text in texts(project):
        yield from _every_period(text, project)
        yield from _averages(text, project)
        yield from _instalments(text, project)
        yield from _another_period(text, project)


def _every_period(text: ProjectText, project: Project) -> Iterator[Hit]:
    """Hits where an act is done once a month by a text, and another number of times by a target."""
    for match in lexicon.pattern("every_period").finditer(neat(text.words)):
        number = number_in_words(match["number"])
        if number is None:
            number = Decimal(match["number"]) if match["number"].isdigit() else None
        acts = match["act"][-STEM:] or match["behind"][:STEM]
        if number is None or len(acts) < STEM:
            continue
        times = number * Decimal(lexicon.table("periods")[match["period"]])
        about = [item for item in measures(project) if _is_of(item, acts)]
        if len(about) == 1 and not _agrees(times, about[0]):
            yield _hit(text, match[0], about[0])


def _is_of(measure: CountIndicator, acts: str) -> bool:
    """Whether an indicator counts in a year how often an act is done."""
    name = measure.indicator.name
    is_for_each = lexicon.pattern("each_before").search(name) is not None
    times = measure.target.unit in lexicon.words("units_of_times")
    return times and acts in name and not is_for_each and not lexicon.holds(name, "in_a_period")


def _agrees(number: Decimal, measure: CountIndicator) -> bool:
    return agree(Interval(number, number, "", Decimal(0)), measure.number)


def _averages(text: ProjectText, project: Project) -> Iterator[Hit]:
    """Hits where so many for each, times how many there are, is another number than a target."""
    for rate in quantities(text.words):
        if rate.unit in (IN_YUAN, SHARE, *units("time")) or not rate.is_for_each or rate.is_part:
            continue
        heads = heads_of(rate)
        if not heads or rate.spelled in heads:
            continue
        counts = [item for item in measures(project) if {item.unit, item.target.unit} & heads]
        whole = [item for item in measures(project) if _is_whole(item, rate)]
        if len(counts) != 1 or len(whole) != 1 or counts[0] is whole[0]:
            continue
        product = rate.low * counts[0].number.low
        low, high = whole[0].number.low, whole[0].number.high
        over = (
            product > high * AVERAGE_TOLERANCE
            and whole[0].number.operator not in AT_LEAST_OPERATORS
        )
        if product * AVERAGE_TOLERANCE < low or over:
            yield _hit(text, rate.phrase, whole[0])


def _is_whole(measure: CountIndicator, rate: Quantity) -> bool:
    """Whether an indicator counts in all what a rate counts for each of something."""
    once = lexicon.words("once")[0]
    alike = measure.unit.rstrip(once) == rate.unit.rstrip(once)
    noun = measure.thing.noun[:STEM]
    begin, end = rate.sentence
    return alike and len(noun) == STEM and noun in rate.text[begin:end]


def _instalments(text: ProjectText, project: Project) -> Iterator[Hit]:
    """Hits where money is paid in so many instalments, and another text lists other ones."""
    match = lexicon.pattern("instalments").search(neat(text.words))
    if match is None:
        return
    number = number_in_words(match["number"])
    number = Decimal(match["number"]) if match["number"].isdigit() else number
    for other in texts(project):
        listed = _paid(other)
        if number and listed and listed != number:
            facts: Facts = {"place": other.place, "text": shorten(other.words)}
            facts |= {"other_place": text.place, "other": shorten(match[0])}
            yield hit(*other.path, also=[text.path], **facts)


def _paid(text: ProjectText) -> int:
    """How many payments a text lists, if the last of them is said to be the rest; else 0."""
    amounts = [item for item in quantities(text.words) if item.unit == IN_YUAN]
    paid = [item for item in amounts if lexicon.pattern("paid_before").search(item.head)]
    rest = paid and lexicon.pattern("rest_before").search(paid[-1].head)
    return len(paid) if rest and len(paid) == len(amounts) > 1 else 0


def _another_period(text: ProjectText, project: Project) -> Iterator[Hit]:
    """Hits where something is done every quarter by a text, and every month by an indicator."""
    for match in lexicon.pattern("each_time").finditer(neat(text.words)):
        for indicator in project.indicators:
            due = lexicon.pattern("each_time_due").match(neat(indicator.target))
            if due is None or match["act"] not in indicator.name:
                continue
            is_same_period = due["period"] in neat(text.words)
            if not is_same_period and match["period"][:1] != due["period"][:1]:
                path = (*indicator.path[len(project.path) :], "target")
                facts: Facts = {"other_place": text.place, "other": shorten(match[0])}
                facts |= {"place": Named(INDICATOR_NAMED, quoted_name(indicator))}
                yield hit(*path, also=[text.path], **facts, text=shorten(indicator.target))


def _hit(text: ProjectText, words: str, measure: CountIndicator) -> Hit:
    path = (*measure.indicator.path[-2:], "target")
    facts: Facts = {"other_place": text.place, "other": shorten(words)}
    facts |= {"place": Named(INDICATOR_NAMED, quoted_name(measure.indicator))}
    facts["text"] = shorten(measure.target.source_text)
    return hit(*path, also=[text.path], **facts)
