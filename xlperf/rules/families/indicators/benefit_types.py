"""Whether benefit indicators speak of their kind of benefit, and of a benefit at all.

All of it goes by words: what a kind speaks of, what is plainly something else. Where neither is
found nothing is said, or it is an information only.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlperf.record import Indicator
from xlperf.rules.core import INFO, WARNING, Hit, hit, rule
from xlperf.rules.message_facts import Word
from xlperf.rules.text import lexicon
from xlperf.rules.text.levels import second_level
from xlperf.rules.text.similarity import quoted_name

BENEFIT_PATTERNS = (("economic", "plainly_economic"), ("ecological", "plainly_ecological"))


@rule("TYP503", WARNING, source="88/indicator-kinds; 88/sound-indicators", of="economic")
def economic_benefit_about_something_else(indicator: Indicator) -> Iterator[Hit]:
    """An economic benefit speaks of something that is none, and of nothing economic.

    **Why**: income, output, savings, taxes, jobs are economic; order, efficiency of the office, or
    an inspection of cars are not, whatever they are good for.
    **Bad**: economic benefit: yearly inspection of vehicles.
    **Good**: economic benefit: repair costs saved ≥5%.
    """
    other = lexicon.first(indicator.name, "not_economic")
    if other and not _speaks_of(indicator, "economic"):
        yield hit("name", name=quoted_name(indicator), other=other)


@rule("TYP504", WARNING, source="88/indicator-kinds; 88/sound-indicators", of="ecological")
def ecological_benefit_about_something_else(indicator: Indicator) -> Iterator[Hit]:
    """An ecological benefit speaks of something that is none, and of nothing ecological.

    **Why**: what is good for air, water, soil, plants or the use of energy is ecological. A project
    without such a benefit may leave the line out.
    **Bad**: ecological benefit: social development safeguarded.
    **Good**: ecological benefit: paper used in the office, 10% less.
    """
    other = lexicon.first(indicator.name, "not_ecological")
    if other and not _speaks_of(indicator, "ecological"):
        yield hit("name", name=quoted_name(indicator), other=other)


def _speaks_of(indicator: Indicator, words: str) -> bool:
    texts = (indicator.name, indicator.description, indicator.target)
    return any(lexicon.holds(text, words) for text in texts)


@rule("TYP512", INFO, source="88/indicator-kinds", of="economic ecological")
def kind_of_benefit_not_seen(indicator: Indicator) -> Iterator[Hit]:
    """Name and description of an economic or ecological benefit do not show why it is one.

    **Why**: the reviewer has to guess what the benefit is. It may be right; then the description
    should say it.
    **Bad**: economic benefit: long-term use: meets the needs of work.
    **Good**: economic benefit: long-term use: years without the cost of a new device.
    """
    kind = second_level(indicator)
    if not indicator.name:
        return
    own_words, opposite_words = kind, "not_economic" if kind == "economic" else "not_ecological"
    if not _speaks_of(indicator, own_words) and not lexicon.holds(indicator.name, opposite_words):
        yield hit("name", name=quoted_name(indicator), kind=_kind(kind))


def _kind(kind: str) -> Word:
    return Word(f"rule_part.kind_{kind}")


@rule("TYP513", INFO, source="88/indicator-kinds", of="social")
def social_benefit_of_another_kind(indicator: Indicator) -> Iterator[Hit]:
    """A social benefit is an economic or an ecological one by its name.

    **Why**: taxes and sales are economic, emissions ecological; under social benefits they are not
    found by those who compare projects by kind.
    **Bad**: social benefit: growth of tax revenue.
    **Good**: economic benefit: growth of tax revenue.
    """
    for kind, endings in BENEFIT_PATTERNS:
        if lexicon.ends(indicator.name, endings):
            yield hit("name", name=quoted_name(indicator), kind=_kind(kind))


@rule(
    "TYP514",
    WARNING,
    source="88/indicator-kinds; 88/sound-indicators",
    of="economic social ecological sustained",
)
def output_given_as_benefit(indicator: Indicator) -> Iterator[Hit]:
    """A benefit indicator says what the project does, not what that is good for.

    **Why**: that money was paid in time is an output; what people have of it is the benefit. Looked
    for are names of payment, purchase, acceptance and completion only.
    **Bad**: social benefit: subsidies paid in time =100%.
    **Good**: social benefit: households lifted above the poverty line ≥150.
    """
    if _plainly_output(indicator.name):
        yield hit("name", name=quoted_name(indicator), kind=_kind(second_level(indicator)))


def _plainly_output(name: str) -> bool:
    return lexicon.ends(name, "plainly_output")


@rule("TYP505", INFO, source="88/indicator-kinds", of="sustained")
def sustained_benefit_of_the_moment(indicator: Indicator) -> Iterator[Hit]:
    """A sustained effect speaks of what is over within the year, and of nothing that lasts.

    **Why**: it asks what remains when the money is spent: years of use, upkeep, rules, skills.
    **Bad**: sustained effect: work of the year is completed.
    **Good**: sustained effect: years of use ≥10.
    """
    moment = lexicon.first(indicator.name, "of_the_moment")
    if moment and not _plainly_output(indicator.name) and not _speaks_of(indicator, "lasting"):
        yield hit("name", name=quoted_name(indicator), moment=moment)
