"""Several numbers of people with as many rates a head, and whether a budget can pay them."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations
from typing import NamedTuple

from xlperf.rules.message_facts import LONGEST_QUOTE
from xlperf.rules.numbers.compact_text import as_printed
from xlperf.rules.numbers.quantities import IN_YUAN, Quantity, quantities
from xlperf.rules.text import lexicon
from xlperf.targets import format_decimal

FEWEST_RATES, MOST_RATES = 2, 4  # rates that are tried with every order of the numbers
BUDGET_TOLERANCE = Decimal("0.01")  # what a sum may be above a budget that was rounded
LONGEST_RATES_QUOTE = 3 * LONGEST_QUOTE  # characters of a text that a message quotes whole


class LeastCost(NamedTuple):
    """The least that several rates can cost: the reckoning, its result in yuan, the passage."""

    sum: str
    result: Decimal
    passage: str


def unpaid(text: str, budget: Decimal | None) -> LeastCost | None:
    """The least that a text's rates a head cost for its people, if a budget cannot pay it.

    text: names two to four numbers of people and as many rates a head. Whatever number belongs to
    which rate, and even if it is paid once only, it is more than the budget in yuan; else None.
    """
    all_quantities = quantities(text)
    people = lexicon.words("people")
    rates = [item for item in all_quantities if item.unit == IN_YUAN and _is_a_head(item)]
    heads = [item for item in all_quantities if item.unit in people and not item.is_for_each]
    if not budget or not FEWEST_RATES <= len(rates) == len(heads) <= MOST_RATES:
        return None
    if any(item.operator or not item.is_planned for item in (*rates, *heads)):
        return None
    ways = [list(zip(heads, order, strict=True)) for order in permutations(rates)]
    least = min(ways, key=_cost)
    if _cost(least) <= budget * (1 + BUDGET_TOLERANCE):
        return None
    reckoned = "＋".join(
        f"{format_decimal(head.low)}×{format_decimal(rate.low)}" for head, rate in least
    )
    begin = min(item.clause[0] for item in (*rates, *heads))
    end = max(item.end for item in (*rates, *heads))
    return LeastCost(
        reckoned, _cost(least), as_printed(all_quantities[0].text[begin:end][:LONGEST_RATES_QUOTE])
    )


def _is_a_head(rate: Quantity) -> bool:
    """Whether an amount is for each person, by the words right before it."""
    return rate.is_for_each and lexicon.pattern("a_head").search(rate.head) is not None


def _cost(pairs: list[tuple[Quantity, Quantity]]) -> Decimal:
    return sum((head.low * rate.low for head, rate in pairs), Decimal(0))
