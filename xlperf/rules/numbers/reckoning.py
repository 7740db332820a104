"""Prices and numbers that a text lists side by side, and what they make together.

An item is one number with its price: 400 tents, 800 yuan each. The text may say what it makes
(right after it, or right before a bracket with both), and what all of them make.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from xlperf.rules.message_facts import LONGEST_QUOTE
from xlperf.rules.numbers.compact_text import as_printed
from xlperf.rules.numbers.quantities import IN_YUAN, SHARE, Quantity, quantities
from xlperf.rules.numbers.rate_terms import ONCE_A_YEAR, fits, heads_of, times_of
from xlperf.rules.text import lexicon
from xlperf.targets import format_decimal
from xlperf.targets.words import units

# what a product may be off the sum of money that was reckoned by it
PRODUCT_TOLERANCE = Decimal("0.01")
FEWEST_ITEMS, MOST_ITEMS = 2, 8  # items that are added up
HALF = Decimal("0.5")  # of the money, what items make that are meant to be all of it
LONGEST_RECKONING_QUOTE = 3 * LONGEST_QUOTE  # characters of a text that a message quotes whole
OPENING_BRACKET, CLOSING_BRACKET = "(", ")"


@dataclass(frozen=True, slots=True)
class PricedItem:
    """A number of things with the price of one; `times` are the readings of how often a year."""

    rate: Quantity
    count: Quantity
    times: tuple[Decimal, ...]
    amount: Quantity | None  # what the text says that it makes

    @property
    def values(self) -> list[Decimal]:
        """What it makes in yuan, by every reading of `times`."""
        return [self.rate.low * self.count.as_spelled * times for times in self.times]

    @property
    def formula(self) -> str:
        """The multiplication for a message: 400×800."""
        often = [format_decimal(self.times[-1])] if self.times[-1] != ONCE_A_YEAR else []
        return "×".join(
            [format_decimal(self.count.as_spelled), format_decimal(self.rate.low), *often]
        )


class Mistake(NamedTuple):
    """A reckoning that does not come out: its formula, its result in yuan, the passage, and what
    the text says instead; `against` is "" for the budget."""

    sum: str
    result: Decimal
    passage: str
    against: str


def mistake(text: str, budget: Decimal | None) -> Mistake | None:
    """The first reckoning of a text that does not make what the text, or a budget in yuan, says."""
    all_quantities = quantities(text)
    rates = [item for item in all_quantities if item.unit == IN_YUAN and item.is_for_each]
    if not rates or any(item.operator or not item.is_planned for item in rates):
        return None
    if any(
        item.unit == SHARE and lexicon.pattern("bears").search(item.head) for item in all_quantities
    ):
        return None  # the budget pays a part of it
    items = list(_items(all_quantities, rates[: MOST_ITEMS + 1]))
    stated_items = [item for item in items if item.amount is not None]
    alone = len(stated_items) == 1 < len(rates)  # it may be the sum of all
    for item in () if alone else stated_items:
        if item.amount is not None and _apart(item.values, item.amount.low):
            amount = item.amount.source_text
            return Mistake(item.formula, item.values[-1], _passage(item), amount)
    if not FEWEST_ITEMS <= len(items) == len(rates) <= MOST_ITEMS:
        return None
    return _all_together(all_quantities, items, budget)


def amounts_of_items(text: str) -> frozenset[int]:
    """Where the amounts begin that a text gives for single items, if it has others besides."""
    all_quantities = quantities(text)
    rates = [item for item in all_quantities if item.unit == IN_YUAN and item.is_for_each]
    amounts = [item for item in all_quantities if item.unit == IN_YUAN and not item.is_for_each]
    if not rates or len(amounts) < FEWEST_ITEMS:
        return frozenset()
    items = _items(all_quantities, rates[: MOST_ITEMS + 1])
    return frozenset(item.amount.start for item in items if item.amount is not None)


def _all_together(
    all_quantities: Sequence[Quantity], items: list[PricedItem], budget: Decimal | None
) -> Mistake | None:
    """The mistake in the sum of all items, against the text's total, or the budget in yuan."""
    factor_starts = {part.start for item in items for part in (item.rate, item.count)}
    amounts = {item.amount.start for item in items if item.amount is not None}
    factor_starts |= amounts if len(amounts) > 1 else set()
    others = [
        item for item in all_quantities if item.unit == IN_YUAN and item.start not in factor_starts
    ]
    last = max(factor_starts)
    totals = [
        item
        for item in others
        if item.start > last and lexicon.pattern("yearly_total").search(item.head)
    ]
    if totals:  # what follows it is not in it
        others = [item for item in others if item.start < totals[-1].start]
    whole = totals[-1].low if totals else budget
    against = totals[-1].source_text if totals else ""
    rest = sum((item.low for item in others), Decimal(0))
    sums = [sum(way, rest) for way in product(*(item.values for item in items))]
    if not whole or not _apart(sums, whole) or any(item.is_part for item in others):
        return None
    text = all_quantities[0].text
    if max(sums) < whole and (max(sums) < HALF * whole or lexicon.holds(text, "and_more_uses")):
        return None
    if not totals and max(sums) < whole and others:
        return None  # the rest may be for anything
    formula = "＋".join(
        [item.formula for item in items] + [format_decimal(item.low) for item in others]
    )
    end = max(part.end for item in items for part in (item.rate, item.count))
    passage = text[min(factor_starts) : end]
    return Mistake(formula, sums[-1], as_printed(passage[:LONGEST_RECKONING_QUOTE]), against)


def _apart(values: Sequence[Decimal], whole: Decimal) -> bool:
    return all(abs(value - whole) > PRODUCT_TOLERANCE * whole for value in values)


def _items(all_quantities: Sequence[Quantity], rates: Sequence[Quantity]) -> Iterator[PricedItem]:
    """Every price with the number that it is for, where that is certain; each number once."""
    starts_in_use: set[int] = set()
    for place, rate in enumerate(rates):
        since = rates[place - 1].end if place else 0
        heads = heads_of(rate)
        count = _count_of(rate, heads, all_quantities, since) if heads is not None else None
        if count is None or count.start in starts_in_use:
            continue
        begin, end = rate.sentence
        times = times_of(rate, [item for item in all_quantities if begin <= item.start < end])
        if times:
            starts_in_use.add(count.start)
            until = rates[place + 1].start if place + 1 < len(rates) else len(rate.text)
            yield PricedItem(rate, count, times, _amount_of(rate, count, all_quantities, until))


def _count_of(
    rate: Quantity, heads: frozenset[str], all_quantities: Sequence[Quantity], since: int
) -> Quantity | None:
    """The number of things that a price is for: in its sentence, else anywhere; None if unsure."""
    no_things = (IN_YUAN, SHARE, *units("time"))
    begin, end = rate.sentence
    counts = [
        item for item in all_quantities if item.unit not in no_things and not item.is_for_each
    ]
    counts = [item for item in counts if item.is_planned and not item.operator]
    near = [item for item in counts if begin <= item.start < end]
    if not heads:
        before = [item for item in near if since <= item.start < rate.start]
        return before[0] if len(before) == 1 else None
    for quantities_tried in (near, counts):
        fitting = [item for item in quantities_tried if fits(item, heads)]
        if len(fitting) > 1:
            fitting = [item for item in fitting if since <= item.start < rate.start]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            return None
    return None


def _amount_of(
    rate: Quantity, count: Quantity, all_quantities: Sequence[Quantity], until: int
) -> Quantity | None:
    """What a text says that a number and its price make; None if it does not say."""
    amounts = [item for item in all_quantities if item.unit == IN_YUAN and not item.is_for_each]
    after = max(rate.end, count.end)
    first = min(rate.start, count.start)
    stop = rate.sentence[1]
    for item in amounts:
        bracket = rate.text.find(CLOSING_BRACKET, item.end)
        if (
            rate.text[item.end : item.end + 1] == OPENING_BRACKET
            and item.end <= first < after <= bracket
        ):
            return item
        if after <= item.start < min(stop, until):
            match = lexicon.pattern("made_by_it").search(item.head)
            between = (other for other in all_quantities if after <= other.start < item.start)
            return item if match and not any(True for _ in between) else None
    return None


def _passage(item: PricedItem) -> str:
    """The passage of the text from the first to the last number of an item."""
    numbers = [item.rate, item.count, *([item.amount] if item.amount else [])]
    begin = min(number.clause[0] for number in numbers)
    end = max(number.end for number in numbers)
    end += item.rate.text.startswith(CLOSING_BRACKET, end)
    return as_printed(item.rate.text[begin:end][:LONGEST_RECKONING_QUOTE])
