"""Scores as the measures of evaluation have them: of budget execution, and of each indicator.

In full where the target was met, in proportion where it was not, less where it was passed by so
far that it must have been too low (10\u53f7, content as generally known). Of what is no number a
share of the points by the words of the measures for it (`qualitative`); the rest is left to people.

The workbook proposes the same by formulas (`rules.formulas.stage_steps`), which is why products
are rounded once, at the end, and shares to as many digits as a cell tells apart.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import NamedTuple

from xlperf.record import round_cent
from xlperf.rules.stages.measures import exchange
from xlperf.rules.stages.qualitative import bare_words, points_of, step_of
from xlperf.rules.stages.quantities import SINGLE_NUMBER_KINDS, quantity, result_quantity
from xlperf.rules.text.directions import should_be_fast, unwanted
from xlperf.targets import AT_MOST_OPERATORS, Target, format_decimal, parse

ONE_DECIMAL = Decimal("0.1")
MOST_SHARE_DIGITS = 15  # of a share that is no slip
WHOLE_PART, ZERO = Decimal(1), Decimal(0)
FINE_DECIMALS = 12  # decimals of a number that is told in another unit
SHARE_STEP = Decimal("1E-9")  # of a percent, in which formulas compare shares
BILLION = 10**9
PERCENT_UNIT, WHOLE_PERCENT = "%", 100
HIGH_TARGET = 70  # percent: a target from which on all of it is not far beyond


class Attainment(NamedTuple):
    """What was reached as a part of a whole: 1 of 1 where the target was met just so."""

    part: Decimal
    whole: Decimal

    @property
    def share(self) -> Fraction:
        """The part of the whole, 1 for all of it."""
        return Fraction(self.part) / Fraction(self.whole)

    @property
    def percent(self) -> Decimal:
        """The share in percent, to nine decimals, halves upwards."""
        scaled = self.share * 100 * BILLION
        nearest = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
        return Decimal(nearest) * SHARE_STEP


FULL_ATTAINMENT = Attainment(WHOLE_PART, WHOLE_PART)


def rounded(points: Decimal | Fraction) -> Decimal:
    """Points to two decimals, halves upwards."""
    if isinstance(points, Decimal):
        return round_cent(points)
    return round_cent(_to_decimals(points, 2))


def one_decimal(share: Decimal) -> str:
    """A share in percent to one decimal, as messages show it."""
    usual = abs(share.adjusted()) < MOST_SHARE_DIGITS
    return (
        f"{format_decimal(share.quantize(ONE_DECIMAL, rounding=ROUND_HALF_UP))}%"
        if usual
        else f"{share}%"
    )


def execution_score(executed: Decimal, budget: Decimal, weight: Decimal) -> Decimal:
    """The points for budget execution: in proportion to what was spent of the budget, at most all.

    Amounts in yuan; `budget` is more than nothing. Rounded once, to two decimals.
    """
    share = min(max(Fraction(executed) / Fraction(budget), Fraction(0)), Fraction(1))
    return rounded(Fraction(weight) * share)


def degree(target: str, completed: str, name: str = "") -> Decimal | None:
    """How far a target was met, 1 for just so; None where that cannot be calculated.

    `name` is the indicator's, which says where a number without a sign is better the smaller.
    """
    reached = attainment(target, completed, name)
    return reached.part / reached.whole if reached else None


def attainment(target: str, completed: str, name: str = "") -> Attainment | None:
    """The same as a part of a whole that is never nothing."""
    planned, reached = quantity(target), result_quantity(completed)
    if planned is None or reached is None or reached.kind not in SINGLE_NUMBER_KINDS:
        return None
    value = _in_unit_of(planned, reached)
    if value is None:
        return None
    assert planned.low is not None and planned.high is not None
    if planned.kind == "range":
        return _within(planned, value, name)
    if no_more_than(planned, name):
        return _ratio(planned.low, value) if value > planned.low else FULL_ATTAINMENT
    if planned.operator == "=":
        return _exactly(planned.low, value)
    return _at_least(planned.low, value, planned.unit)


def _at_least(low: Decimal, value: Decimal, unit: str) -> Attainment:
    no_more = unit == PERCENT_UNIT and HIGH_TARGET <= low < value <= WHOLE_PERCENT  # than there is
    return FULL_ATTAINMENT if no_more else _ratio(value, low)


def no_more_than(target: Target, name: str) -> bool:
    """Whether a target with one number is met by a smaller one: by its sign, or by its name.

    A target of nothing is, too: what should not happen at all.
    """
    if target.operator:
        return target.operator in AT_MOST_OPERATORS
    return target.low == target.high and (target.low == ZERO or smaller_is_better(name))


def smaller_is_better(name: str) -> bool:
    """Whether an indicator's name says that a smaller number is the better one."""
    return unwanted(name) or should_be_fast(name)


def _within(target: Target, value: Decimal, name: str) -> Attainment:
    """Of a range: met beyond its better end, too; that end is what may be passed by far."""
    assert target.low is not None and target.high is not None
    if target.low <= value <= target.high:
        return FULL_ATTAINMENT
    if smaller_is_better(name):
        return _ratio(target.high, value) if value > target.high else FULL_ATTAINMENT
    end = target.low if value < target.low else target.high
    return _at_least(end, value, target.unit)


def _exactly(target: Decimal, value: Decimal) -> Attainment:
    ways = _ratio(value, target), _ratio(target, value)
    return min(ways, key=lambda way: way.share)


def _ratio(part: Decimal, whole: Decimal) -> Attainment:
    """A part of a whole; all of it where there was nothing to reach."""
    return Attainment(part, whole) if whole > ZERO else FULL_ATTAINMENT


def same_unit(target: Target, reached: Target) -> bool:
    """Whether a value is of the target's unit, or of one of its kind; one without a unit is."""
    return exchange(reached.unit, target.unit) is not None


def _in_unit_of(target: Target, reached: Target) -> Decimal | None:
    """A value in the target's unit, to as many decimals as a cell keeps; None for another kind."""
    assert reached.low is not None
    rate = exchange(reached.unit, target.unit)
    if rate is None:
        return None
    if rate == 1:
        return reached.low
    return _to_decimals(Fraction(reached.low) * rate, FINE_DECIMALS)


def _to_decimals(number: Fraction, places: int) -> Decimal:
    """A number to so many decimals, halves away from nothing."""
    scaled = abs(number) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole if number >= 0 else -whole).scaleb(-places)


def proposed_score(  # noqa: PLR0913, PLR0917 - what a form has in a row, and two thresholds
    target: str,
    completed: str,
    weight: Decimal,
    far_beyond: Decimal,
    name: str = "",
    bands: tuple[int, ...] = (),
) -> Decimal | None:
    """The points for an indicator, of `weight`; None where people have to judge.

    `far_beyond`: how many times the target may be reached before points are taken off; `bands`:
    the profile's for what is told in words, in percent (see `qualitative`), () for none.
    """
    reached = attainment(target, completed, name)
    if reached is None:
        step = words_reached(target, completed) if bands else None
        return None if step is None else rounded(weight * points_of(step, bands) / 100)
    points = Fraction(weight)
    if reached.percent > far_beyond * 100:
        return rounded(points * Fraction(far_beyond) / reached.share)
    return rounded(points * min(max(reached.share, Fraction(0)), Fraction(1)))


def words_reached(target: str, completed: str) -> int | None:
    """How far a target that is no number was met, by the measures' own words: 0 for all of it.

    None of a number, of no target, of the target's own words, and of any others.
    """
    if quantity(target) is not None or parse(target).kind == "blank":
        return None
    return None if bare_words(target) == bare_words(completed) else step_of(completed)


def grade_of(total: Decimal, bands: list[int]) -> int:
    """The number of a grade from a total of points: 1 for the best, 4 for the last."""
    return next((n for n, band in enumerate(bands, 1) if total >= band), len(bands) + 1)
