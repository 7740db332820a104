"""Scores as the measures of evaluation have them: of budget execution, and of each indicator.

In full where the target was met, in proportion where it was not, less where it was passed by so
far that it must have been too low (10\u53f7, content as generally known). What is no number is
left to people.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from xlperf.record import round_cent
from xlperf.rules.text.directions import should_be_fast, unwanted
from xlperf.target_words import table, units
from xlperf.targets import AT_MOST, Target, parse, plain

TENTH = Decimal("0.1")
MOST_DIGITS = 15  # of a share that is no slip
ONE, NOTHING = Decimal(1), Decimal(0)
NUMBERS = ("number", "percent")


def rounded(points: Decimal) -> Decimal:
    """Points to two decimals, halves upwards."""
    return round_cent(points)


def one_decimal(share: Decimal) -> str:
    """A share in percent to one decimal, as messages show it."""
    usual = abs(share.adjusted()) < MOST_DIGITS
    return f"{plain(share.quantize(TENTH, rounding=ROUND_HALF_UP))}%" if usual else f"{share}%"


def execution_score(rate: Decimal, weight: Decimal) -> Decimal:
    """The points for budget execution: in proportion to the rate in percent, at most all."""
    return rounded(weight * min(max(rate, NOTHING), Decimal(100)) / 100)


def degree(target: str, completed: str, name: str = "") -> Decimal | None:
    """How far a target was met, 1 for just so; None where that cannot be calculated.

    `name` is the indicator's, which says where a number without a sign is better the smaller.
    """
    wanted, reached = parse(target), parse(completed)
    if reached.kind not in NUMBERS or reached.low is None:
        return None
    if wanted.low is None or wanted.high is None or not same_unit(wanted, reached):
        return None
    value = _in_unit_of(wanted, reached)
    if wanted.kind == "range":
        return _within(wanted.low, wanted.high, value)
    if wanted.operator in AT_MOST or (not wanted.operator and smaller_is_better(name)):
        return _ratio(wanted.low, value) if value > wanted.low else ONE
    if wanted.operator == "=":
        return min(_ratio(value, wanted.low), _ratio(wanted.low, value))
    return _ratio(value, wanted.low)


def smaller_is_better(name: str) -> bool:
    """Whether an indicator's name says that a smaller number is the better one."""
    return unwanted(name) or should_be_fast(name)


def _within(low: Decimal, high: Decimal, value: Decimal) -> Decimal:
    if low <= value <= high:
        return ONE
    return _ratio(value, low) if value < low else _ratio(high, value)


def _ratio(part: Decimal, whole: Decimal) -> Decimal:
    """A part of a whole; all of it where there was nothing to reach."""
    return part / whole if whole > NOTHING else ONE


def same_unit(wanted: Target, reached: Target) -> bool:
    """Whether a value is of the target's unit; one without a unit is taken to be of it."""
    if reached.unit in ("", wanted.unit):
        return True
    both_money = wanted.yuan is not None and reached.yuan is not None
    both_shares = wanted.unit in units("percent") and reached.unit in units("percent")
    return both_money or (both_shares and wanted.unit == reached.unit)


def _in_unit_of(wanted: Target, reached: Target) -> Decimal:
    assert reached.low is not None
    if reached.unit in ("", wanted.unit) or reached.yuan is None:
        return reached.low
    return reached.yuan / Decimal(table("units")["money"][wanted.unit])


def proposed_score(
    target: str, completed: str, weight: Decimal, far_beyond: Decimal, name: str = ""
) -> Decimal | None:
    """The points for an indicator, of `weight`; None where people have to judge.

    `far_beyond`: how many times the target may be reached before points are taken off.
    """
    reached = degree(target, completed, name)
    if reached is None:
        return None
    if reached > far_beyond:
        return rounded(weight * far_beyond / reached)
    return rounded(weight * min(max(reached, NOTHING), ONE))


def grade_of(total: Decimal, bands: list[int]) -> int:
    """The number of a grade from a total of points: 1 for the best, 4 for the last."""
    return next((n for n, band in enumerate(bands, 1) if total >= band), len(bands) + 1)
