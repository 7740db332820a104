"""Which of the amounts of a text is that of the whole project. Nothing here judges."""

from __future__ import annotations

from decimal import Decimal

from xlperf.rules.numbers.quantities import IN_YUAN, SHARE, Quantity, quantities
from xlperf.rules.numbers.reckoning import amounts_of_items
from xlperf.rules.text import lexicon
from xlperf.targets.words import units

# how near an investment must be to be this year's
INVESTMENT_RATIOS = (Decimal("0.8"), Decimal("1.25"))
TEN_THOUSAND = Decimal(10_000)
HALF = Decimal("0.5")
SUM_TOLERANCE = Decimal("0.005")  # of a budget, what a sum in a text may be off it


def amounts_in(text: str) -> list[Quantity]:
    """The amounts of money of a text, but so much for each."""
    return [
        quantity
        for quantity in quantities(text)
        if quantity.unit == IN_YUAN and not quantity.is_for_each
    ]


def total_named(text: str, year: int | None, budget: Decimal | None) -> str:
    """The amount that a text names as the whole of the project's money, as it is written."""
    result = [item for item in amounts_in(text) if _is_whole(item, year)]
    if len(result) != 1:
        return ""
    (total,) = result
    if total.start in amounts_of_items(text):
        return ""  # of some of it
    if budget and abs(total.low / budget - 1) <= SUM_TOLERANCE:
        return ""  # the budget was rounded
    if lexicon.pattern("whole_investment").search(total.head) and budget:
        least, most = INVESTMENT_RATIOS
        return total.source_text if least <= total.low / budget <= most else ""
    return total.source_text


def _is_whole(amount: Quantity, year: int | None) -> bool:
    """Whether words right before an amount say that it is that of the whole project."""
    if lexicon.pattern("rest_follows").search(amount.text, amount.end):
        return False
    if amount.is_part or not amount.is_planned or amount.year not in (0, year) or amount.operator:
        return False
    if lexicon.pattern("other_money").search(amount.phrase):
        return False
    if lexicon.pattern("whole_amount_before").search(amount.head) is None:
        return False
    return not any(_has_its_price(item, amount) for item in quantities(amount.text))


def _has_its_price(rate: Quantity, amount: Quantity) -> bool:
    """Whether a price a piece stands before an amount, and other things between the two."""
    if rate.unit != IN_YUAN or not rate.is_for_each or rate.sentence != amount.sentence:
        return False
    between = (item for item in quantities(rate.text) if rate.end <= item.start < amount.start)
    return any(item.unit not in (IN_YUAN, SHARE, *units("time")) for item in between)


def is_slip(text: str, budget: Decimal) -> bool:
    """Whether an amount and a budget have the same digits, ten thousand times apart."""
    amounts = amounts_in(text)
    if len(amounts) != 1 or not amounts[0].low or not budget:
        return False
    ratio = amounts[0].low / budget
    return any(
        abs(ratio * times - 1) * TEN_THOUSAND <= HALF for times in (TEN_THOUSAND, 1 / TEN_THOUSAND)
    )
