"""References: where they lead, and the values of the cells there."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from xlperf.calculation.book import Calculation, Cells, Sheet
from xlperf.calculation.logic import single as single_value
from xlperf.calculation.syntax import (
    CELL_MARK,
    FAR_CELL,
    GOALS_TITLE,
    SPAN,
    Area,
    Call,
    Name,
    Node,
    NotUnderstoodError,
    Reference,
    split,
)
from xlperf.calculation.values import (
    REFERENCE,
    VALUE_ERROR,
    CellError,
    EvaluationError,
    UnknownValueError,
    text_of,
    whole_of,
)
from xlperf.layout import Box, Coord

Locator = Callable[[Sheet, Sequence[Any], Coord], tuple[Sheet, Box]]
_NAME_OF_CELLS = re.compile(r"(?:(?P<title>'(?:[^']|'')+'|[^!]+)!)?(?P<name>[^\W\d][\w.]*)")


def single(position: int, kind: str) -> Calculation:
    """The value of a cell, of the formula's own sheet or of another."""
    if kind == FAR_CELL:
        return lambda sheet, places, at: far_sheet(sheet, places[position]).get(
            places[position].box.at
        )

    def calculation(sheet: Sheet, places: Sequence[Any], at: Coord) -> Any:
        where = places[position]
        value = sheet.known_values.get(where, sheet)
        if value is sheet:
            value = sheet.compute(where)
        if isinstance(value, EvaluationError):
            raise type(value)(*value.args)
        return value

    return calculation


def far_sheet(sheet: Sheet, place: Area) -> Sheet:
    """The sheet that a reference names; raises #REF! where there is none."""
    title = sheet.goals_title if place.title == GOALS_TITLE else place.title
    there = sheet.book.sheet(title) if title else sheet
    if there is None:
        raise CellError(REFERENCE)
    return there


def located(node: Node, build: Any) -> Locator:
    """Where the cells of a reference are; raises NotUnderstoodError for anything else."""
    if isinstance(node, Reference) and node.kind == CELL_MARK:
        return lambda sheet, places, at: (sheet, Box(*places[node.position]))
    if isinstance(node, Reference) and node.kind != SPAN:
        return lambda sheet, places, at: (
            far_sheet(sheet, places[node.position]),
            places[node.position].box,
        )
    if isinstance(node, Name):
        return lambda sheet, places, at: named_area(sheet, node.text)
    if isinstance(node, Call) and node.name == "INDEX":
        return nth_cell(node.arguments, build)
    if isinstance(node, Call) and node.name == "INDIRECT" and len(node.arguments) == 1:
        target = single_value(node.arguments[0], build)
        return lambda sheet, places, at: pointed(sheet, text_of(target(sheet, places, at)))
    raise NotUnderstoodError("no reference")


def named_area(sheet: Sheet, name: str) -> tuple[Sheet, Box]:
    """The cells of a defined name: the sheet's own, or the book's."""
    if name in sheet.names:
        return sheet, sheet.names[name]
    title, box = sheet.book.names.get(name, ("", None))
    there = sheet.book.sheet(title)
    if there is None or box is None:
        raise UnknownValueError(name)
    return there, box


def pointed(sheet: Sheet, target: str) -> tuple[Sheet, Box]:
    """What a text refers to; raises #REF! for nothing."""
    _, places = split(target)
    if places and not isinstance(places[0], str):
        place = places[0] if isinstance(places[0], Area) else Area(Box(*places[0]))
        return far_sheet(sheet, place), place.box
    match = _NAME_OF_CELLS.fullmatch(target)
    if match is None:
        raise CellError(REFERENCE)
    title = match["title"] or ""
    title = title[1:-1].replace("''", "'") if title.startswith("'") else title
    there = far_sheet(sheet, Area(Box(1, 1), title))
    if match["name"] not in there.names and match["name"] not in sheet.book.names:
        raise CellError(REFERENCE)
    return named_area(there, match["name"])


def cells(node: Node, build: Any) -> Callable[[Sheet, Sequence[Any], Coord], Cells]:
    """The cells of a reference with their values."""
    where = located(node, build)

    def calculation(sheet: Sheet, places: Sequence[Any], at: Coord) -> Cells:
        there, box = where(sheet, places, at)
        return there.cells_of(box)

    return calculation


def chosen(node: Node) -> Calculation:
    """The values of an area, or of those of its cells that are looked at."""
    of_area = cells(node, None)

    def calculation(sheet: Sheet, places: Sequence[Any], at: Coord) -> Any:
        values = of_area(sheet, places, at).values
        positions = sheet.book.chosen
        return values if positions is None else [values[n] for n in positions]

    return calculation


def is_area(node: Node) -> bool:
    """Whether a part is a reference to several cells."""
    if isinstance(node, Reference):
        return node.kind not in (CELL_MARK, FAR_CELL)
    return isinstance(node, Name)


def nth_position(arguments: tuple[Node, ...], build: Any) -> tuple[Locator, Calculation]:
    """Of INDEX where its cells are, and which of them is wanted."""
    if len(arguments) != 2:
        raise NotUnderstoodError("INDEX")
    return located(arguments[0], build), single_value(arguments[1], build)


def place_in(box: Box, number: Any) -> int:
    """The place, from 0, of the nth cell of a row or a column."""
    position = number if type(number) is int else whole_of(number)
    if position < 0:
        raise CellError(VALUE_ERROR)
    if position == 0 or (box.width > 1 and box.height > 1):
        raise UnknownValueError("more than one cell")
    if position > box.width * box.height:
        raise CellError(REFERENCE)
    return position - 1


def nth_cell(arguments: tuple[Node, ...], build: Any) -> Locator:
    """Where the nth cell of a row or a column is."""
    where, number = nth_position(arguments, build)

    def locator(sheet: Sheet, places: Sequence[Any], at: Coord) -> tuple[Sheet, Box]:
        there, box = where(sheet, places, at)
        offset = place_in(box, number(sheet, places, at))
        down, right = (offset, 0) if box.width == 1 else (0, offset)
        return there, Box(box.row + down, box.col + right)

    return locator
