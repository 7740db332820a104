"""Functions of single values, by their names in formulas, after ECMA-376 part 1, 18.17.7."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable
from typing import Any, NamedTuple

from xlperf.calculation.values import (
    DIVISION,
    UNKNOWN_ORDER,
    VALUE_ERROR,
    CellError,
    UnknownValueError,
    add,
    compare,
    divide,
    equal,
    number_of,
    rounded,
    subtract,
    text_of,
    truth_of,
    whole_of,
)
from xlperf.layout.number_formats import EPOCH

MARCH_1900 = 61  # before it, Excel counts a day that there was not


class ScalarFunction(NamedTuple):
    """A function of single values, and how many it takes."""

    call: Callable[..., Any]
    least: int
    most: int


def _ordered(left: Any, right: Any) -> int:
    order = compare(left, right)
    if order == UNKNOWN_ORDER:
        raise UnknownValueError("the order of two texts depends on the language")
    return order


def _multiply(left: Any, right: Any) -> Any:
    return number_of(left) * number_of(right)


def _joined(left: Any, right: Any) -> str:
    return text_of(left) + text_of(right)


def _substitute(value: Any, old: Any, new: Any, which: Any = None) -> str:
    """SUBSTITUTE; `which` of the places is replaced, all without it."""
    text, part, other = text_of(value), text_of(old), text_of(new)
    if which is None:
        return text.replace(part, other) if part else text
    instance = whole_of(which)
    if instance < 1:
        raise CellError(VALUE_ERROR)
    parts = text.split(part) if part else [text]
    if instance >= len(parts):
        return text
    return part.join(parts[:instance]) + other + part.join(parts[instance:])


def _size(count: Any) -> int:
    size = whole_of(count)
    if size < 0:
        raise CellError(VALUE_ERROR)
    return size


def _left(value: Any, count: Any = 1) -> str:
    return text_of(value)[: _size(count)]


def _right(value: Any, count: Any = 1) -> str:
    text, size = text_of(value), _size(count)
    return text[len(text) - size :] if 0 < size < len(text) else text if size else ""


def _mid(value: Any, start: Any, count: Any) -> str:
    first, size = whole_of(start), _size(count)
    if first < 1:
        raise CellError(VALUE_ERROR)
    return text_of(value)[first - 1 : first - 1 + size]


def _find(part: Any, within: Any, start: Any = 1) -> int:
    first = whole_of(start)
    text = text_of(within)
    if not 1 <= first <= len(text) + 1:
        raise CellError(VALUE_ERROR)
    at = text.find(text_of(part), first - 1)
    if at < 0:
        raise CellError(VALUE_ERROR)
    return at + 1


def _search(part: Any, within: Any) -> int:
    """SEARCH: capitals are like small letters, `*` stands for anything between two parts."""
    pattern, text = text_of(part), text_of(within)
    if set(pattern) & set("?~") or len(text.lower()) != len(text):
        raise UnknownValueError("a pattern")
    first, *parts = pattern.lower().split("*")
    begin = at = text.lower().find(first)
    for other in parts:
        end = at + len(first)
        at, first = text.lower().find(other, end) if at >= 0 else at, other
    if at < 0:
        raise CellError(VALUE_ERROR)
    return begin + 1


def _trim(value: Any) -> str:
    return " ".join(part for part in text_of(value).split(" ") if part)


def _char(number: Any) -> str:
    code = whole_of(number)
    if not 1 <= code < 128:
        raise UnknownValueError(code)  # depends on the code page
    return chr(code)


def _mod(value: Any, divisor: Any) -> Any:
    number, by = number_of(value), number_of(divisor)
    if by == 0:
        raise CellError(DIVISION)
    return number - by * math.floor(number / by)


def _as_text(value: Any, code: Any) -> str:
    """TEXT, for the three formats that are used."""
    number = number_of(value)
    if code == "#,##0" and number == int(number):
        return f"{int(number):,}"
    if code in ("m-d", "yyyy") and number >= MARCH_1900:
        day = EPOCH + datetime.timedelta(days=math.floor(number))
        return f"{day.month}-{day.day}" if code == "m-d" else f"{day.year}"
    raise UnknownValueError(code)


def _value(text: Any) -> Any:
    """VALUE of a text, which must not be empty."""
    if text == "":
        raise CellError(VALUE_ERROR)
    return number_of(text)


def _number_or_zero(value: Any) -> Any:
    """What SUMPRODUCT takes of a value between commas: numbers, anything else as 0."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else 0


PLAIN_FUNCTIONS = {
    "+": ScalarFunction(add, 2, 2),
    "-": ScalarFunction(subtract, 2, 2),
    "*": ScalarFunction(_multiply, 2, 2),
    "/": ScalarFunction(divide, 2, 2),
    "&": ScalarFunction(_joined, 2, 2),
    "%": ScalarFunction(lambda value: number_of(value) / 100, 1, 1),
    "negative": ScalarFunction(lambda value: -number_of(value), 1, 1),
    "=": ScalarFunction(equal, 2, 2),
    "<>": ScalarFunction(lambda left, right: not equal(left, right), 2, 2),
    "<": ScalarFunction(lambda left, right: _ordered(left, right) < 0, 2, 2),
    ">": ScalarFunction(lambda left, right: _ordered(left, right) > 0, 2, 2),
    "<=": ScalarFunction(lambda left, right: _ordered(left, right) <= 0, 2, 2),
    ">=": ScalarFunction(lambda left, right: _ordered(left, right) >= 0, 2, 2),
    "counted": ScalarFunction(_number_or_zero, 1, 1),
    "ABS": ScalarFunction(lambda value: abs(number_of(value)), 1, 1),
    "CHAR": ScalarFunction(_char, 1, 1),
    "EXACT": ScalarFunction(lambda left, right: text_of(left) == text_of(right), 2, 2),
    "FIND": ScalarFunction(_find, 2, 3),
    "HYPERLINK": ScalarFunction(lambda target, words: words, 2, 2),
    "INT": ScalarFunction(lambda value: math.floor(number_of(value)), 1, 1),
    "LEFT": ScalarFunction(_left, 1, 2),
    "LEN": ScalarFunction(lambda value: len(text_of(value)), 1, 1),
    "LOWER": ScalarFunction(lambda value: text_of(value).lower(), 1, 1),
    "MID": ScalarFunction(_mid, 3, 3),
    "MOD": ScalarFunction(_mod, 2, 2),
    "NOT": ScalarFunction(lambda value: not truth_of(value), 1, 1),
    "REPT": ScalarFunction(lambda value, count: text_of(value) * _size(count), 2, 2),
    "RIGHT": ScalarFunction(_right, 1, 2),
    "ROUND": ScalarFunction(rounded, 2, 2),
    "SEARCH": ScalarFunction(_search, 2, 2),
    "SUBSTITUTE": ScalarFunction(_substitute, 3, 4),
    "TEXT": ScalarFunction(_as_text, 2, 2),
    "TRIM": ScalarFunction(_trim, 1, 1),
    "VALUE": ScalarFunction(_value, 1, 1),
}
