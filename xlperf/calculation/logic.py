"""Conditions: functions that calculate only some of their arguments, or catch errors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlperf.calculation.book import Calculation, Sheet
from xlperf.calculation.syntax import (
    CELL_MARK,
    FAR_CELL,
    Call,
    Literal,
    Node,
    NotUnderstoodError,
    Reference,
)
from xlperf.calculation.values import VALUE_ERROR, CellError, text_of, truth_of, whole_of
from xlperf.layout import Coord

Built = tuple[Calculation, bool]  # a calculation, and whether it gives many values
NUMBER_TYPES = (int, float)


def single(node: Node, build: Any) -> Calculation:
    """The calculation of a part that gives one value, wherever the function stands."""
    calculation: Calculation = build(node, False)[0]
    return calculation


def if_(arguments: tuple[Node, ...], many: bool, build: Any) -> Built:
    """IF: the part that is not wanted is not calculated."""
    if not 2 <= len(arguments) <= 3:
        raise NotUnderstoodError("IF")
    test, yes, no = (single(a, build) for a in (*arguments, Literal(False))[:3])

    def calculation(sheet: Sheet, places: Sequence[Any], at: Coord) -> Any:
        condition = test(sheet, places, at)
        if condition is not True and condition is not False:
            condition = truth_of(condition)
        return yes(sheet, places, at) if condition else no(sheet, places, at)

    return calculation, False


def if_error(arguments: tuple[Node, ...], many: bool, build: Any) -> Built:
    """IFERROR."""
    value, otherwise = (single(argument, build) for argument in arguments)

    def calculation(sheet: Sheet, places: Sequence[Any], at: Coord) -> Any:
        try:
            return value(sheet, places, at)
        except CellError:
            return otherwise(sheet, places, at)

    return calculation, False


def is_number(arguments: tuple[Node, ...], many: bool, build: Any) -> Built:
    """ISNUMBER; of FIND whether a part stands in a text."""
    (argument,) = arguments
    value, is_many = build(argument, many)
    if is_many:
        return (lambda sheet, places, at: [_is_number(v) for v in value(sheet, places, at)]), True
    if isinstance(argument, Call) and argument.name == "FIND" and len(argument.arguments) == 2:
        part, within = (single(node, build) for node in argument.arguments)

        def contains(sheet: Sheet, places: Sequence[Any], at: Coord) -> bool:
            try:
                return text_of(part(sheet, places, at)) in text_of(within(sheet, places, at))
            except CellError:
                return False

        return contains, False

    def calculation(sheet: Sheet, places: Sequence[Any], at: Coord) -> bool:
        try:
            return _is_number(value(sheet, places, at))
        except CellError:
            return False

    return calculation, False


def _is_number(value: Any) -> bool:
    return isinstance(value, NUMBER_TYPES) and not isinstance(value, bool)


def is_logical(arguments: tuple[Node, ...], many: bool, build: Any) -> Built:
    """ISLOGICAL: whether there is TRUE or FALSE, and no error."""
    (argument,) = arguments
    value = single(argument, build)

    def calculation(sheet: Sheet, places: Sequence[Any], at: Coord) -> bool:
        try:
            return isinstance(value(sheet, places, at), bool)
        except CellError:
            return False

    return calculation, False


def is_error(arguments: tuple[Node, ...], many: bool, build: Any) -> Built:
    """ISERROR."""
    (argument,) = arguments
    value = single(argument, build)

    def calculation(sheet: Sheet, places: Sequence[Any], at: Coord) -> bool:
        try:
            value(sheet, places, at)
        except CellError:
            return True
        return False

    return calculation, False


def choose(arguments: tuple[Node, ...], many: bool, build: Any) -> Built:
    """CHOOSE."""
    number, *choices = (single(argument, build) for argument in arguments)

    def calculation(sheet: Sheet, places: Sequence[Any], at: Coord) -> Any:
        index = whole_of(number(sheet, places, at))
        if not 1 <= index <= len(choices):
            raise CellError(VALUE_ERROR)
        return choices[index - 1](sheet, places, at)

    return calculation, False


def _conditions(arguments: tuple[Node, ...], build: Any, *, all_of_them: bool) -> Built:
    """AND, OR: each argument is calculated; texts and blanks in cells do not count."""
    parts = [
        (single(a, build), isinstance(a, Reference) and a.kind in (CELL_MARK, FAR_CELL))
        for a in arguments
    ]

    def calculation(sheet: Sheet, places: Sequence[Any], at: Coord) -> bool:
        conditions = []
        for part, is_cell in parts:
            value = part(sheet, places, at)
            if not (is_cell and (value is None or isinstance(value, str))):
                conditions.append(truth_of(value))
        if not conditions:
            raise CellError(VALUE_ERROR)
        return all(conditions) if all_of_them else any(conditions)

    return calculation, False


def and_(arguments: tuple[Node, ...], many: bool, build: Any) -> Built:
    """AND."""
    return _conditions(arguments, build, all_of_them=True)


def or_(arguments: tuple[Node, ...], many: bool, build: Any) -> Built:
    """OR."""
    return _conditions(arguments, build, all_of_them=False)


LOGIC_FUNCTIONS = {
    "AND": and_,
    "CHOOSE": choose,
    "IF": if_,
    "IFERROR": if_error,
    "ISERROR": is_error,
    "ISLOGICAL": is_logical,
    "ISNUMBER": is_number,
    "OR": or_,
}
