"""Whether what one costs is the same in the text and in the indicator."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xlperf.record import Indicator, Project
from xlperf.rules.core import WARNING, Facts, Hit, hit, rule
from xlperf.rules.message_facts import shorten
from xlperf.rules.numbers.agreement import agree
from xlperf.rules.numbers.mentions import Interval
from xlperf.rules.numbers.quantities import IN_YUAN, Quantity, around, quantities
from xlperf.rules.numbers.rate_terms import heads_of
from xlperf.rules.numbers.texts_with_numbers import rates_of
from xlperf.rules.text import lexicon
from xlperf.rules.text.counted_things import ProjectText
from xlperf.rules.text.similarity import quoted_name
from xlperf.targets import Target, parse
from xlperf.targets.words import table

CLAUSE_MARK = ","
PERIODS = (Decimal(1), Decimal(12), Decimal(4), Decimal(1) / 12, Decimal(1) / 4)


@rule(
    "REL847",
    WARNING,
    source="88/money-match; 88/cost",
    needs="texts/each_before texts/per",
)
def rates_differ(project: Project) -> Iterator[Hit]:
    """The only rate that the texts name is another than that of the only indicator of a rate.

    **Why**: the money was reckoned by a rate, and nobody can tell by which. A rate a month and one
    a year (a quarter) that are the same are told apart; a text may be below a ceiling by less than
    a sixth.
    **Bad**: purpose: 300 yuan each a month; subsidy a head: 450 yuan a month.
    **Good**: both 300 yuan a month.
    """
    result = [(text, rate) for text, _ in rates_of(project) for rate in _rates(text)]
    prices = (
        [pair for indicator in project.indicators if (pair := _price(indicator))] if result else []
    )
    if len(prices) != 1 or len({amount.low for _, amount in result}) != 1:
        return
    text, rate = result[0]
    indicator, target, price = prices[0]
    if _for_each_of_others(rate, target):
        return
    number = Interval(price, price, target.operator, Decimal(0))
    factors = _factors(rate, target)
    yearly = [Interval(rate.low * n, rate.high * n, rate.operator, rate.step) for n in factors]
    if not any(agree(item, number) for item in yearly):
        path = (*indicator.path[len(project.path) :], "target")
        facts: Facts = {
            "place": text.place,
            "text": around(rate),
            "target": shorten(target.source_text),
        }
        yield hit(*path, also=[text.path], name=quoted_name(indicator), **facts)


def _for_each_of_others(rate: Quantity, target: Target) -> bool:
    """Whether a text's rate and a target are for each of different things: a head, a shop."""
    heads, divisor = heads_of(rate), target.unit.partition("/")[2]
    a_head = lexicon.words("people")[0] in (heads or ())
    is_of_price = bool(heads) and divisor in lexicon.words("units_of_a_price")
    is_of_price = is_of_price or (a_head and divisor in lexicon.words("pieces_of_anything"))
    alike = [line.split() for line in lexicon.words("units_of_one_price")]
    return is_of_price and not any(
        head == divisor or any(head in units and divisor in units for units in alike)
        for head in heads or ()
    )


def _factors(rate: Quantity, target: Target) -> tuple[Decimal, ...]:
    """By what a rate of a text may be multiplied to be the target's: their periods, if both say."""
    table_ = lexicon.table("periods")
    periods = lexicon.pattern("per_period").findall(rate.head[rate.head.rfind(CLAUSE_MARK) + 1 :])
    of_text = {table_[word] for words in periods for word in words if word in table_}
    period = table_.get(target.unit.rpartition("/")[2])
    if len(of_text) != 1 or period is None:
        return PERIODS
    return (Decimal(of_text.pop()) / Decimal(period),)


def _rates(text: ProjectText) -> list[Quantity]:
    """The planned amounts of a text that are for each of something (100 yuan a head)."""
    result = [
        quantity
        for quantity in quantities(text.words)
        if quantity.unit == IN_YUAN and quantity.is_for_each
    ]
    planned = [item for item in result if item.is_planned]
    return planned + [item for rate in planned for item in _beside(rate)]


def _beside(rate: Quantity) -> list[Quantity]:
    """Amounts that follow a rate in its enumeration, and so are for each of the same."""
    result: list[Quantity] = []
    last = rate
    for item in quantities(rate.text):
        if item.start <= last.start or item.unit != IN_YUAN or item.is_for_each:
            continue
        if not lexicon.pattern("beside_each_other").match(rate.text[last.end : item.start]):
            break
        result.append(item)
        last = item
    return result


def _price(indicator: Indicator) -> tuple[Indicator, Target, Decimal] | None:
    """Indicator, target and yuan if it states one unit's cost in a single number; else None."""
    target = parse(indicator.target)
    unit, slash, _ = target.unit.partition("/")
    factor = table("units")["money"].get(unit)
    if factor is None or target.low is None or target.low != target.high:
        return None
    if lexicon.holds(indicator.name, "caps_of_one"):
        return None  # an average may be below it
    match = lexicon.pattern("each_before").search(indicator.name)
    return (indicator, target, target.low * factor) if slash or match else None
