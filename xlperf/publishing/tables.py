"""A filled form as rows of cells, the way it is printed: one table up to its list, one for it.

Rows that a sheet needs only because its rows cannot be high enough are put together again; the
title is no row here but a heading.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from xlperf.layout import Box, FilledForm, Percent, PlacedCell
from xlperf.publishing.document import written_lines

ABOVE_FRAME = ("unit", "note")  # looks of the line above the frame of a form


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell as printed; `continued` where it is merged into the cell above."""

    text: str
    look: str
    role: str  # label, field or ordinal
    col: int
    width: int
    height: int = 1
    continued: bool = False
    names_row: bool = False  # a field that says what its row is about

    @property
    def lines(self) -> list[str]:
        """Its lines; a blank cell has one."""
        return written_lines(self.text) or [""]


PrintedRow = tuple[PrintedCell, ...]


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """Rows, the first `headers` of which are repeated on every page."""

    widths: tuple[int, ...]
    rows: tuple[PrintedRow, ...]
    headers: int = 0

    def groups(self) -> list[tuple[PrintedRow, ...]]:
        """The rows below the headers, in groups that merged cells hold together."""
        result: list[list[PrintedRow]] = []
        for row in self.rows[self.headers :]:
            if result and any(cell.continued for cell in row):
                result[-1].append(row)
            else:
                result.append([row])
        return [tuple(group) for group in result]


def tables(filled_form: FilledForm) -> list[PrintedTable]:
    """The tables of a form: a row of labels right above a list begins a new one."""
    layout = filled_form.layout
    slots = [slot for slot in layout.slots if slot.cell.kind != "title"]
    tops = sorted({slot.box.row for slot in slots})
    rows = [_row(filled_form, slots, tops, top) for top in tops]
    cuts = [at for at, top in enumerate(tops[:-1]) if _heads_list(slots, top, tops[at + 1])]
    edges = [0, *(cut for cut in cuts if cut), len(rows)]
    widths = layout.form.widths
    return [
        PrintedTable(widths, tuple(rows[start:end]), headers=int(start in cuts))
        for start, end in pairwise(edges)
    ]


def _row(filled_form: FilledForm, slots: list[PlacedCell], tops: list[int], top: int) -> PrintedRow:
    across = [slot for slot in slots if _covers(slot.box, top)]
    return tuple(
        _cell(filled_form, slot, tops, top)
        for slot in sorted(across, key=lambda slot: slot.box.col)
    )


def _cell(filled_form: FilledForm, slot: PlacedCell, tops: list[int], top: int) -> PrintedCell:
    box, continued = slot.box, slot.box.row != top
    height = bisect_left(tops, box.row + box.height) - bisect_left(tops, box.row)
    return PrintedCell(
        text="" if continued else printed(filled_form.grid.values.get(box.at)),
        look=slot.cell.look,
        role=slot.cell.role,
        col=box.col,
        width=box.width,
        height=height,
        continued=continued,
        names_row=slot.cell.role == "field" and slot.cell.merge,
    )


def _covers(box: Box, row: int) -> bool:
    return box.row <= row < box.row + box.height


def _heads_list(slots: list[PlacedCell], top: int, below: int) -> bool:
    """Whether a row holds labels only and the row below it belongs to a list."""
    here = [slot for slot in slots if _covers(slot.box, top)]
    under = [slot for slot in slots if _covers(slot.box, below)]
    in_list = all(any(isinstance(step, int) for step in _path(slot)) for slot in under)
    return in_list and all(slot.cell.role == "label" for slot in here)


def _path(slot: PlacedCell) -> tuple[str | int, ...]:
    return slot.paths[0] if slot.paths else ()


def is_above_frame(row: PrintedRow) -> bool:
    """Whether a row stands above the frame of the form: the unit's name and the unit of money."""
    return all(cell.look in ABOVE_FRAME for cell in row)


def columns(row: PrintedRow, widths: Sequence[int]) -> Iterator[tuple[PrintedCell, int]]:
    """Each cell with the sum of the widths it takes."""
    for cell in row:
        yield cell, sum(widths[cell.col - 1 : cell.col - 1 + cell.width])


def printed(content: Any) -> str:
    """A cell's content as the official form prints it: 6400.00, 0, 25.00%."""
    if content is None:
        return ""
    if isinstance(content, Percent):
        return f"{_decimals(content.fraction.scaleb(2))}%"
    if isinstance(content, Decimal):
        return "0" if content == 0 else _decimals(content)
    return str(content)


def _decimals(number: Decimal) -> str:
    """A number with two decimals, or with as many as it has."""
    places = max(2, -int(number.normalize().as_tuple().exponent))
    return f"{number:.{places}f}"
