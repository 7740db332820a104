"""The vocabulary of our formulas: each word a function that gives a number, a text or a Boolean.

An expression is what stands in a formula, without "=": a string of the type of what it gives, so
that mypy refuses what means one thing in LibreOffice and another in Excel, which ranks numbers <
texts < FALSE < TRUE: a Boolean is never compared with a number, nor added to one but by
`as_number`. Of many cells there are `Numbers`, `Texts` and `Booleans`, which only `count_if`,
`sum_of` and the like make one value of. An address becomes an expression by saying what stands
there: `Number("$A$1")`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import TypeVar

from xlperf.rules.formulas.native import literal


class Number(str):
    """An expression that gives a number."""

    __slots__ = ()


class Text(str):
    """An expression that gives a text."""

    __slots__ = ()


class Boolean(str):
    """An expression that gives TRUE or FALSE."""

    __slots__ = ()


class Numbers(str):
    """An expression that gives a number for each of many cells."""

    __slots__ = ()


class Texts(str):
    """An expression that gives a text for each of many cells."""

    __slots__ = ()


class Booleans(str):
    """An expression that gives TRUE or FALSE for each of many cells."""

    __slots__ = ()


Value = TypeVar("Value", Number, Text, Boolean)

COMPARISON, JOINING, ADDING, MULTIPLYING, SINGLE = 1, 2, 3, 4, 5  # how strong operators bind
_STRENGTH = {"&": JOINING, "+": ADDING, "-": ADDING, "*": MULTIPLYING, "/": MULTIPLYING}
# A formula's text in pieces: literals, quoted titles and runs without operators stay whole.
_PIECE = re.compile(r"""(?P<whole>"(?:[^"]|"")*"|'(?:[^']|'')*'|[^"'(){}<>=&*/+-]+)|.""", re.DOTALL)


def binding(expression: str) -> int:
    """How strong the weakest operator outside all brackets binds; `SINGLE` where there is none.

    A sign before an operand is no operator between two.
    """
    weakest, depth, operand_before = SINGLE, 0, False
    for piece in _PIECE.finditer(expression):
        sign = piece[0]
        if piece["whole"] or sign in "(){}":
            depth += (sign in "({") - (sign in ")}")
            operand_before = sign not in "({"
        else:
            if depth == 0 and operand_before:
                weakest = min(weakest, _STRENGTH.get(sign, COMPARISON))
            operand_before = False
    return weakest


def operand(expression: str, strength: int) -> str:
    """An expression as a part of another: in brackets where its operators bind less."""
    return expression if binding(expression) >= strength else f"({expression})"


def text(words: str) -> Text:
    """Words as a text literal, quotes in them doubled."""
    return Text(literal(words))


def number(value: int | Decimal) -> Number:
    """A number as a literal of a formula."""
    return Number(value)


def as_number(condition: Boolean) -> Number:
    """1 where it is true, 0 where it is not."""
    return Number("--" + operand(condition, SINGLE))


def contains(within: Text, part: Text) -> Boolean:
    """Whether a part stands in a text, to the letter."""
    return Boolean(f"ISNUMBER(FIND({part},{within}))")


def equal(left: Value, right: Value) -> Boolean:
    """Whether two values of one type are equal; of texts, capitals aside."""
    return Boolean(f"{operand(left, JOINING)}={operand(right, JOINING)}")


def differ(left: Value, right: Value) -> Boolean:
    """Whether two values of one type are not equal."""
    return Boolean(f"{operand(left, JOINING)}<>{operand(right, JOINING)}")


def more(left: Number, right: Number) -> Boolean:
    """Whether the first is more than the second."""
    return Boolean(f"{operand(left, JOINING)}>{operand(right, JOINING)}")


def is_blank(words: Text) -> Boolean:
    """Whether a text is ""."""
    return equal(words, text(""))


def negated(condition: Boolean) -> Boolean:
    """True where it is not."""
    return Boolean(f"NOT({condition})")


def any_of(*conditions: Boolean) -> Boolean:
    """True where one of them is; each of them is calculated."""
    return Boolean(f"OR({','.join(conditions)})")


def when(condition: Boolean, yes: Value, no: Value) -> Value:
    """One of two values of one type; the other one is not calculated."""
    return type(yes)(f"IF({condition},{yes},{no})")


def first_case(cases: Iterable[tuple[Boolean, Value]], otherwise: Value) -> Value:
    """The value of the first condition that holds."""
    value = otherwise
    for condition, yes in list(cases)[::-1]:
        value = when(condition, yes, value)
    return value


def if_error(value: Value, otherwise: Value) -> Value:
    """A value, or another one where it cannot be calculated."""
    return type(value)(f"IFERROR({value},{otherwise})")


def joined(*words: Text) -> Text:
    """Texts one after another in one text; "" without any."""
    return Text("&".join(operand(word, JOINING) for word in words) or text(""))


def added(*numbers: Number) -> Number:
    """Numbers added up; 0 without any."""
    return Number("+".join(operand(addend, ADDING) for addend in numbers) or "0")


def minus(left: Number, right: Number) -> Number:
    """The difference of two numbers."""
    return Number(f"{operand(left, ADDING)}-{operand(right, MULTIPLYING)}")


def times(left: Number, right: Number) -> Number:
    """The product of two numbers."""
    return Number(f"{operand(left, MULTIPLYING)}*{operand(right, MULTIPLYING)}")


def link(target: Text, words: Text) -> Text:
    """Words that lead to a place of this workbook or elsewhere."""
    return Text(f"HYPERLINK({target},{words})")


def sum_of(values: Numbers) -> Number:
    """The sum of cells; texts among them are left out."""
    return Number(f"SUM({values})")


def each_contains(values: Texts, part: Text) -> Booleans:
    """For each cell, whether a part stands in it, to the letter."""
    return Booleans(f"ISNUMBER(FIND({part},{values}))")


def count_if(*conditions: Booleans) -> Number:
    """For how many cells all conditions hold."""
    if len(conditions) == 1:
        return Number(f"SUMPRODUCT(--{operand(conditions[0], SINGLE)})")
    return Number(
        f"SUMPRODUCT({'*'.join(operand(condition, MULTIPLYING) for condition in conditions)})"
    )
