"""Amounts that can be reckoned with, and amounts as texts say them."""

from __future__ import annotations

from decimal import Decimal

from xlperf.rules.text import lexicon
from xlperf.targets import parse

MOST_AMOUNT_DIGITS = 25  # digits of an amount that can be reckoned with


def sound(value: Decimal | None) -> Decimal | None:
    """An amount that can be reckoned with; None if it is absurdly large or long."""
    if not value:  # None, or nothing
        return value if value is None else Decimal(0)
    if not -12 <= value.adjusted() < 15:
        return None
    short = len(str(value)) <= MOST_AMOUNT_DIGITS  # as nearly all are, and seen at once
    return value if short or len(value.as_tuple().digits) <= MOST_AMOUNT_DIGITS else None


def agrees(text: str, budget: Decimal) -> bool:
    """Whether a budget in yuan is the amount of a text, rounded to the text's last decimal.

    A text without a unit is in yuan; one that is no amount agrees with any budget.
    """
    target = parse(text)
    if target.yuan is None:
        target = parse(text + lexicon.words("yuan")[0])
    if target.yuan is None or not target.low:
        return True
    exponent = target.low.as_tuple().exponent
    step = (target.yuan / target.low).scaleb(exponent if isinstance(exponent, int) else 0)
    return abs(target.yuan - budget) <= step / 2
