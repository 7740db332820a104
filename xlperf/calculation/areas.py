"""Functions that take references as they are: INDEX, MATCH, ROW, CELL and the like."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from xlperf.calculation.book import Calculation, Sheet
from xlperf.calculation.logic import Built
from xlperf.calculation.logic import single as single_value
from xlperf.calculation.references import Locator, cells, is_area, located, nth_position, place_in
from xlperf.calculation.syntax import Call, Literal, Node, NotUnderstoodError
from xlperf.calculation.values import NOT_AVAILABLE, CellError, UnknownValueError, equal, text_of
from xlperf.layout import Coord
from xlperf.layout.number_formats import is_date, is_percent


def index(arguments: tuple[Node, ...], many: bool, build: Any) -> Built:
    """INDEX of one row or column: the value of its nth cell."""
    where, number = nth_position(arguments, build)

    def calculation(sheet: Sheet, places: Sequence[Any], at: Coord) -> Any:
        there, box = where(sheet, places, at)
        offset = place_in(box, number(sheet, places, at))
        if box.width == 1:
            return there.get((box.row + offset, box.col))
        return there.get((box.row, box.col + offset))

    return calculation, False


def _value_at(where: Locator) -> Calculation:
    """The value of the one cell that a reference leads to."""

    def calculation(sheet: Sheet, places: Sequence[Any], at: Coord) -> Any:
        there, box = where(sheet, places, at)
        if box.width * box.height > 1:
            raise UnknownValueError("more than one cell")
        return there.get(box.at)

    return calculation


def match(arguments: tuple[Node, ...], many: bool, build: Any) -> Built:
    """MATCH for an equal value: the number of the first such cell."""
    if len(arguments) != 3:
        raise NotUnderstoodError("MATCH")
    lookup_value, among = single_value(arguments[0], build), cells(arguments[1], build)
    way = arguments[2]
    if getattr(way, "value", 1) != 0:
        raise NotUnderstoodError("MATCH of sorted values")

    def calculation(sheet: Sheet, places: Sequence[Any], at: Coord) -> int:
        value, values = lookup_value(sheet, places, at), among(sheet, places, at)
        if value is None or (isinstance(value, str) and set(value) & set("*?~")):
            raise UnknownValueError("a pattern")
        if isinstance(value, str):
            number = values.alike.get(value.casefold(), 0)
        else:
            others = enumerate(values.values, 1)
            number = next((n for n, other in others if _is_same(value, other)), 0)
        if number:
            return number
        raise CellError(NOT_AVAILABLE)

    return calculation, False


def lookup(arguments: tuple[Node, ...], many: bool, build: Any) -> Built:
    """LOOKUP(2,1/EXACT(area,text),others): what stands in an area where a text does in another."""
    match arguments:
        case (Literal(2), Call("/", (Literal(1), Call("EXACT", (area, text)))), others) if is_area(
            area
        ) and is_area(others):
            pass
        case _:
            raise NotUnderstoodError("LOOKUP")
    of_area, of_others = cells(area, build), cells(others, build)
    lookup_text = single_value(text, build)

    def calculation(sheet: Sheet, places: Sequence[Any], at: Coord) -> Any:
        listed, values = of_area(sheet, places, at), of_others(sheet, places, at).values
        if listed.is_faulty or len(listed.values) != len(values):
            raise UnknownValueError("areas with errors, or of several sizes")
        positions = listed.positions.get(text_of(lookup_text(sheet, places, at)))
        if positions:
            return values[positions[-1]]
        raise CellError(NOT_AVAILABLE)

    return calculation, False


def _is_same(value: Any, other: Any) -> bool:
    """Whether a cell has a number, or TRUE or FALSE, that is looked for."""
    return other is not None and isinstance(other, type(value)) and equal(value, other)


def indirect(arguments: tuple[Node, ...], many: bool, build: Any) -> Built:
    """INDIRECT as the value of one cell."""
    return _value_at(located(Call("INDIRECT", arguments), build)), False


def row(arguments: tuple[Node, ...], many: bool, build: Any) -> Built:
    """ROW of the formula's cell or of another; within SUMPRODUCT of each row of an area."""
    if not arguments:
        return (lambda sheet, places, at: at[0]), False
    where = located(arguments[0], build)
    if many and is_area(arguments[0]):

        def rows(sheet: Sheet, places: Sequence[Any], at: Coord) -> list[int]:
            _, box = where(sheet, places, at)
            if box.width > 1:
                raise UnknownValueError("several columns")
            positions = sheet.book.chosen
            numbers = range(box.row, box.row + box.height)
            return list(numbers) if positions is None else [numbers[n] for n in positions]

        return rows, True
    return (lambda sheet, places, at: where(sheet, places, at)[1].row), False


def column(arguments: tuple[Node, ...], many: bool, build: Any) -> Built:
    """COLUMN of the formula's cell or of another."""
    if not arguments:
        return (lambda sheet, places, at: at[1]), False
    where = located(arguments[0], build)
    return (lambda sheet, places, at: where(sheet, places, at)[1].col), False


def rows(arguments: tuple[Node, ...], many: bool, build: Any) -> Built:
    """ROWS: how many rows an area has."""
    where = located(arguments[0], build)
    return (lambda sheet, places, at: where(sheet, places, at)[1].height), False


def as_number(arguments: tuple[Node, ...], many: bool, build: Any) -> Built:
    """N: a number, TRUE as 1; 0 of anything else."""
    value = single_value(arguments[0], build)

    def calculation(sheet: Sheet, places: Sequence[Any], at: Coord) -> Any:
        result = value(sheet, places, at)
        return int(result) if isinstance(result, bool) else _number_or(result, 0)

    return calculation, False


def _number_or(value: Any, otherwise: Any) -> Any:
    return value if isinstance(value, int | float) else otherwise


def cell(arguments: tuple[Node, ...], many: bool, build: Any) -> Built:
    """CELL: the workbook's name with the sheet's title, or the kind of a cell's number format.

    Of a format only what begins its letter: P percent, D date, G any other.
    """
    what = getattr(arguments[0], "value", "")
    where = located(arguments[1], build)
    if what == "filename":
        return (lambda sheet, places, at: f"[book]{where(sheet, places, at)[0].title}"), False
    if what != "format":
        raise NotUnderstoodError("CELL")

    def calculation(sheet: Sheet, places: Sequence[Any], at: Coord) -> str:
        there, box = where(sheet, places, at)
        code = there.number_format(box.at)
        return "P0" if is_percent(code) else "D1" if is_date(code) else "G"

    return calculation, False


AREA_FUNCTIONS: dict[str, Callable[..., Built]] = {
    "CELL": cell,
    "COLUMN": column,
    "INDEX": index,
    "INDIRECT": indirect,
    "LOOKUP": lookup,
    "MATCH": match,
    "N": as_number,
    "ROW": row,
    "ROWS": rows,
}
