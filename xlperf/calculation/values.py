"""Values of cells as formulas see them: conversions and comparisons by Excel's rules.

A value is a number (int, float), a text (str), TRUE or FALSE (bool), None for a blank cell, or a
`EvaluationError`. What depends on the user's language or is not settled here raises
`UnknownValueError`: no value is better than a wrong one. Source: ECMA-376 part 1, 18.17.2 and
18.17.7; Excel's order of types.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from xlperf.errors import XlperfError


class EvaluationError(XlperfError):
    """What takes the place of a value."""


class CellError(EvaluationError):
    """An error that a cell shows, such as #N/A; formulas pass it on or catch it."""


class UnknownValueError(EvaluationError):
    """A value that is not known here; no formula catches it."""


NOT_AVAILABLE, VALUE_ERROR, REFERENCE, DIVISION = "#N/A", "#VALUE!", "#REF!", "#DIV/0!"
ERROR_VALUES = (NOT_AVAILABLE, VALUE_ERROR, REFERENCE, DIVISION, "#NAME?", "#NUM!", "#NULL!")
UNKNOWN_ORDER = 2  # the order of texts depends on the language
DISPLAYED_DIGITS = 15  # digits of a number that a spreadsheet shows
# numbers that differ by less, in proportion, are equal to both programs
RELATIVE_TOLERANCE = 2.0**-48
_NUMBER_TEXT = re.compile(r" *[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+) *")
_LARGEST_PLAIN, _SMALLEST_PLAIN = 1e15, 1e-9  # between these no program writes a number as 1E+20


def number_of(value: Any) -> Any:
    """A scalar as a number; raises #VALUE! for words, or that a language decides it."""
    if isinstance(value, int | float):
        return value
    if value is None:
        return 0
    if _NUMBER_TEXT.fullmatch(value):
        return _read(value)
    if any(sign.isdigit() for sign in value):
        raise UnknownValueError(value)  # a date, a percentage, digits of another script
    raise CellError(VALUE_ERROR)


def _read(text: str) -> Any:
    bare = text.strip()
    return float(bare) if "." in bare else int(bare) if len(bare) < 16 else float(bare)


def whole_of(value: Any) -> int:
    """A scalar as a whole number, what is behind the point cut off."""
    return int(number_of(value))


def text_of(value: Any) -> str:
    """A scalar as a text, as `&` writes it."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return plain_number(value)


def plain_number(value: float) -> str:
    """A number in digits, fifteen of them at most, without an exponent."""
    if not (value == 0 or _SMALLEST_PLAIN <= abs(value) < _LARGEST_PLAIN):
        raise UnknownValueError(value)
    return f"{Decimal(format(value, '.15g')):f}"


def truth_of(value: Any) -> bool:
    """A scalar as a condition."""
    if isinstance(value, str):
        if value.upper() in ("TRUE", "FALSE"):
            return value.upper() == "TRUE"
        raise CellError(VALUE_ERROR)
    return bool(value)


def near(left: float, right: float) -> bool:
    """Whether two numbers are equal but for the noise of binary fractions; whole ones have none."""
    if left == right:
        return True
    is_near = abs(left - right) < abs(left) * RELATIVE_TOLERANCE
    return is_near and not (left == int(left) and right == int(right))


def add(left: Any, right: Any) -> Any:
    """The sum of two scalars; a rest of noise is 0."""
    left, right = number_of(left), number_of(right)
    return 0 if near(left, -right) else left + right


def subtract(left: Any, right: Any) -> Any:
    """The difference of two scalars; a rest of noise is 0."""
    left, right = number_of(left), number_of(right)
    return 0 if near(left, right) else left - right


def divide(left: Any, right: Any) -> float:
    """The quotient of two scalars."""
    divisor = number_of(right)
    if divisor == 0:
        raise CellError(DIVISION)
    return float(number_of(left) / divisor)


def rounded(value: Any, digits: Any) -> float:
    """ROUND: half away from zero, of the fifteen digits that a spreadsheet shows.

    Of a number that has no such digit behind the last one wanted, of all that it has.
    """
    number, places = number_of(value), whole_of(digits)
    is_shown = abs(number) < 10.0 ** (DISPLAYED_DIGITS - 1 - places)
    exact = Decimal(format(number, ".15g") if is_shown else repr(number))
    return float(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def equal(left: Any, right: Any) -> bool:
    """`=`: texts without regard to capitals; a blank equals 0, "" and FALSE."""
    kind = type(left)
    if kind is type(right):
        if kind is str:
            return bool(left == right or (left and right and left.casefold() == right.casefold()))
        return near(left, right) if kind is float else bool(left == right)
    return compare(left, right) == 0


def compare(left: Any, right: Any) -> int:
    """-1, 0 or 1: numbers < texts < FALSE < TRUE; UNKNOWN_ORDER for two texts that differ."""
    if type(left) is int and type(right) is int:
        return (left > right) - (left < right)
    left, right = _blank_as(left, right), _blank_as(right, left)
    ranks = _rank(left), _rank(right)
    if ranks[0] != ranks[1]:
        return -1 if ranks[0] < ranks[1] else 1
    if ranks[0] == 1:
        if left == right or left.casefold() == right.casefold():
            return 0
        return UNKNOWN_ORDER
    if near(left, right):
        return 0
    return -1 if left < right else 1


def _rank(value: Any) -> int:
    if isinstance(value, bool):
        return 2
    return 1 if isinstance(value, str) else 0


def _blank_as(value: Any, other: Any) -> Any:
    """A blank as the other's type has it."""
    if value is not None:
        return value
    if isinstance(other, str):
        return ""
    return False if isinstance(other, bool) else 0
