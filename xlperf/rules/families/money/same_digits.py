"""Whether a number of a text stands elsewhere with other noughts or another unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from xlperf.record import Indicator, Project
from xlperf.rules.core import WARNING, Facts, Hit, hit, rule
from xlperf.rules.memo import once
from xlperf.rules.message_facts import Named, shorten
from xlperf.rules.numbers.agreement import CountIndicator, measures
from xlperf.rules.numbers.comparison import how_related, quoted
from xlperf.rules.numbers.dates import INDICATOR_NAMED
from xlperf.rules.numbers.mentions import Mention, can_be_compared, every_mention, mentions
from xlperf.rules.numbers.quantities import Quantity, base_of, quantities
from xlperf.rules.numbers.texts_with_numbers import numbers_of
from xlperf.rules.numbers.things import Thing, is_whoever, says_it_all, thing_named, thing_of
from xlperf.rules.text import lexicon
from xlperf.rules.text.counted_things import ProjectText
from xlperf.rules.text.similarity import quoted_name, share_a_character
from xlperf.targets import Target, parse

TEN_THOUSAND = Decimal(10_000)
PEOPLE, VISITS = "people", "visits"  # persons, and how often they came
# digits that are hardly equal by chance: beside a common word, and alone
DIGITS_BESIDE_WORD, DIGITS_ALONE = 2, 3
LEAST_PEOPLE = 20  # people and households that are hardly as many by chance


@rule("REL849", WARNING, source="88/accuracy")
def same_digits_of_another_unit(project: Project) -> Iterator[Hit]:
    """A number of a text stands in an indicator with ten thousand times as much, or another unit.

    **Why**: a "ten thousand" was left out or the unit confused; one of the two is wrong by far.
    Compared are numbers of two digits and more that a common word joins; people and households as
    well between two texts.
    **Bad**: goal: 1,650,000 trees planted; indicator: at least 165 trees.
    **Good**: both 1,650,000 trees.
    """
    for measure in measures(project):
        alike = mentions(project, measure.unit)
        slip = next((item for item in alike if _is_slip(item, measure, project)), None)
        if slip is not None:
            yield _of_indicator(measure.indicator, measure.target, slip, project)
    yield from _parts_with_noughts(project)
    for indicator in project.indicators:
        target = parse(indicator.target)
        if other := _in_another_unit(indicator, target, project):
            yield _of_indicator(indicator, target, other, project)
    yield from _people_for_households(project)


def _of_indicator(indicator: Indicator, target: Target, other: Mention, project: Project) -> Hit:
    """The hit at an indicator's target."""
    facts: Facts = {"other_place": other.text.place, "other": quoted(other)}
    facts |= {
        "place": Named(INDICATOR_NAMED, quoted_name(indicator)),
        "text": shorten(target.source_text),
    }
    path = (*indicator.path[len(project.path) :], "target")
    return hit(*path, also=[other.text.path], **facts)


def _is_slip(mention: Mention, measure: CountIndicator, project: Project) -> bool:
    """Whether a mention has a target's digits and unit, ten thousand times more or less."""
    low, other = mention.quantity.low, measure.number.low
    if not low or not other or low not in (other * TEN_THOUSAND, other / TEN_THOUSAND):
        return False
    digits = len(_digits(low))
    if digits < DIGITS_BESIDE_WORD:
        return False
    if how_related(mention, measure, project):
        return False  # REL815 says so
    return digits >= DIGITS_ALONE or share_a_character(
        measure.indicator.name, mention.quantity.phrase
    )


def _people_in_the_name(indicator: Indicator, target: Target) -> Mention | None:
    """The number of people in an indicator's own name, if its target counts so many pieces."""
    if target.low is None or target.unit not in lexicon.words("pieces_of_anything"):
        return None
    name_text = ProjectText(("indicators", indicator.path[-1], "name"), indicator.name)
    for quantity in quantities(name_text.words):
        if quantity.low == target.low and _kind(quantity.spelled) == PEOPLE:
            return Mention(name_text, quantity)
    return None


def _parts_with_noughts(project: Project) -> Iterator[Hit]:
    """Hits where a part that a text names is an indicator's number with other noughts."""
    parts = [
        Mention(text, item)
        for text, numbers in numbers_of(project)
        for item in numbers
        if item.is_part and item.is_planned and not item.is_for_each
    ]
    for measure in measures(project) if parts else ():
        digits = _digits(measure.number.low)
        for part in parts:
            low = part.quantity.low
            same = part.quantity.unit == measure.unit
            if not same or len(digits) < DIGITS_BESIDE_WORD or low == measure.number.low:
                continue
            if _digits(low) == digits and says_it_all(measure.thing, part.quantity):
                yield _of_indicator(measure.indicator, measure.target, part, project)
                break


def _in_another_unit(indicator: Indicator, target: Target, project: Project) -> Mention | None:
    """The mention that says a target's number and words in a unit of another kind; else None."""
    unit = target.unit.partition("/")[0]
    if people := _people_in_the_name(indicator, target):
        return people
    kind = _kind(unit)
    if target.low is None or target.low != target.high or kind in ("", "money"):
        return None
    numbers = quantities(indicator.name)
    place = ("indicators", indicator.path[-1], "name")
    name_mentions = _of_some_kind(ProjectText(place, indicator.name), numbers) if numbers else ()
    mentions = (*_in_texts(project), *name_mentions)
    if not mentions:
        return None
    bare = _without_noughts(unit)
    number = base_of(unit, target.low)[1] / base_of(bare, Decimal(1))[1]
    for text, quantity, other in mentions:
        alike = other == kind and not _another_time(quantity.spelled, bare)
        if alike or quantity.as_spelled != number:
            continue
        if text.path[0] == "indicators" or says_it_all(_thing(indicator.name), quantity):
            return Mention(text, quantity, thing_of(quantity))
    return None


def _thing(name: str) -> Thing:
    """What an indicator of a time is the time of; what any other one counts."""
    end = next((end for end in lexicon.words("names_of_times") if name.endswith(end)), "")
    return thing_named(name.removesuffix(end))


@once
def _in_texts(project: Project) -> list[tuple[ProjectText, Quantity, str]]:
    """The quantities of name, purpose and goals whose unit says a kind, with the kind."""
    return [item for numbers in numbers_of(project) for item in _of_some_kind(*numbers)]


def _of_some_kind(
    text: ProjectText, numbers: Sequence[Quantity]
) -> list[tuple[ProjectText, Quantity, str]]:
    """The quantities of a text whose unit says a kind, money aside, each with the kind."""
    with_kinds = [(text, item, _kind(item.spelled)) for item in numbers]
    return [item for item in with_kinds if item[2] not in ("", "money")]


@lru_cache(maxsize=1024)
def _another_time(time_unit: str, other: str) -> bool:
    """Whether both are units of time, of different length: days, hours."""
    lengths = lexicon.table("lengths_of_time")
    ours = [
        next((key for key, names in lengths.items() if unit in names), "")
        for unit in (time_unit, other)
    ]
    return all(ours) and ours[0] != ours[1]


@lru_cache(maxsize=1024)
def _kind(unit: str) -> str:
    """The kind of a unit (length, area, people …), "" for one that says no kind."""
    bare = _without_noughts(unit)
    kinds = lexicon.table("units_of_things").items()
    kind = next((kind for kind, kind_units in kinds if bare in kind_units), "")
    return PEOPLE if kind == VISITS else kind


def _without_noughts(unit: str) -> str:
    return unit[1:] if unit[1:] and unit[0] in lexicon.words("noughts") else unit


def _digits(number: Decimal) -> str:
    """The digits of a number without the noughts at both ends."""
    return f"{number:f}".replace(".", "").strip("0")


def _people_for_households(project: Project) -> Iterator[Hit]:
    """Hits where one number counts people in one text and households in another."""
    people, household = lexicon.words("people")[0], lexicon.words("household")[0]
    if not mentions(project, people) or not mentions(project, household):
        return
    result = [
        item
        for item in every_mention(project)
        if item.quantity.unit in (people, household)
        and can_be_compared(item.quantity, project.year)
        and item.quantity.low >= LEAST_PEOPLE
        and len(_digits(item.quantity.low)) >= DIGITS_BESIDE_WORD
        and not lexicon.holds(item.text.words, "one_of_each")
        and (is_whoever(item.thing.noun) or item.thing.noun in lexicon.words("people_in_general"))
    ]
    for place, later in enumerate(result):
        for first in result[:place]:
            same = first.quantity.low == later.quantity.low and first.text is not later.text
            if same and first.quantity.unit != later.quantity.unit:
                facts: Facts = {"place": later.text.place, "text": quoted(later)}
                facts |= {"other_place": first.text.place, "other": quoted(first)}
                yield hit(*later.text.path, also=[first.text.path], **facts)
                return
