"""Which kinds of values may stand at an operator or as an argument; each rule says what is wrong.

Excel ranks numbers < texts < FALSE < TRUE, LibreOffice counts FALSE as 0: a Boolean is compared
with Booleans only. In sums it is 1 or 0 everywhere, but must be meant as a number: `--x`, `N(x)`,
`IF(x,1,0)`, several of them added up, or multiplied (or divided by) where arrays are calculated.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.formulas.kinds import WORDS, Kind, Value, described

ORDERED = ("<", ">", "<=", ">=")
COMPARED = (*ORDERED, "=", "<>")
FAMILIES = (Kind.NUMBER, WORDS, Kind.BOOLEAN)  # kinds that Excel compares by rank, not by value
OPEN = Kind.ANY | Kind.BLANK  # equal to a number or a text, whichever it is


def compared(sign: str, left: Kind, right: Kind) -> Iterator[str]:
    """What is wrong with comparing two values."""
    of_left, of_right = ([kind for kind in FAMILIES if kind & side] for side in (left, right))
    families = {*of_left, *of_right}
    if not left or not right:
        return
    if Kind.BOOLEAN in families and (len(families) > 1 or (left | right) & Kind.ANY):
        yield f"a Boolean is compared ({described(left)} {sign} {described(right)})"
    elif sign in ORDERED and len(families) > 1:
        yield f"number and text are put in order ({described(left)} {sign} {described(right)})"
    elif of_left and of_right and not {*of_left} & {*of_right} and not (left | right) & OPEN:
        yield f"never equal ({described(left)} {sign} {described(right)})"


def calculated(sign: str, left: Value, right: Value, arrays: bool) -> Iterator[str]:
    """What is wrong with calculating with two values."""
    for side in (left, right):
        if side.kinds & WORDS:
            yield f"{described(side.kinds)} in arithmetic ({sign})"
    truths = [side for side in (left, right) if side.kinds & Kind.BOOLEAN]
    if truths and not _is_number_of_truths(sign, left, right, arrays):
        yield f"a Boolean is calculated with ({sign}); say --, N() or IF"


def _is_number_of_truths(sign: str, left: Value, right: Value, arrays: bool) -> bool:
    if sign in ("*", "/") and arrays:
        return True
    return sign in ("+", "*") and all(map(is_tally, (left, right)))


def is_tally(value: Value) -> bool:
    """Whether a value is a Boolean, or Booleans added up."""
    return value.tally or not value.kinds & ~(Kind.BOOLEAN | Kind.ERROR)


def argument_faults(word: str, value: Value, arrays: bool) -> Iterator[str]:
    """What is wrong with giving a value to a function that asks for this (see `functions`)."""
    kinds = value.kinds
    if word == "number" and kinds & (WORDS | Kind.BOOLEAN):
        yield f"{described(kinds)} instead of a number"
    elif word == "text" and kinds & Kind.BOOLEAN:
        yield "a Boolean becomes a text, in the user's language"
    elif word == "truth" and kinds & WORDS:
        yield f"{described(kinds)} instead of a condition"
    elif word == "numbers":
        yield from _added(value)
    elif word == "cells" and not value.cells:
        yield "a reference is needed"
    if word in ("truth", "one") and value.array and (arrays or not value.cells):
        yield "many values where Excel 2016 needs Ctrl+Shift+Enter"
    elif value.array and not arrays and (word not in MANY or not (value.cells or value.ready)):
        yield "many values outside SUMPRODUCT"


MANY = ("numbers", "values", "cells")  # what may be given as a range, also outside SUMPRODUCT


def _added(value: Value) -> Iterator[str]:
    if value.kinds & Kind.BOOLEAN:
        yield "Booleans are left out here"
    elif value.kinds & WORDS and not value.cells:
        yield f"{described(value.kinds)} among numbers"
    elif value.kinds and not value.kinds & (Kind.NUMBER | OPEN | Kind.ERROR):
        yield "nothing but texts where numbers are wanted"
