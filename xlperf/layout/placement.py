"""Where everything goes: a form and its values give a rectangle for every label and field.

This is the only module that counts rows and columns of a form.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from xlperf.layout.cell_values import show
from xlperf.layout.grid import Box
from xlperf.layout.text_height import rows_for
from xlperf.layout.vocabulary import Cell, Each, Form, FormPart, Row
from xlperf.paths import RecordPath, get


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """Where a cell of the form stands, and the paths it shows: several where items are merged."""

    box: Box
    cell: Cell
    paths: tuple[RecordPath, ...] = ()


@dataclass(frozen=True)
class Layout:
    """All slots of a form, in printed order (row by row); `rows` is how many rows it takes."""

    form: Form
    slots: tuple[PlacedCell, ...]
    rows: int

    @cached_property
    def anchored(self) -> Mapping[str, Box]:
        """What marks the form in a sheet: see `fill_pluck.anchors`."""
        return self.boxes(("field", "ordinal"))

    def boxes(self, roles: Container[str]) -> dict[str, Box]:
        """The box of each single cell of some roles, and of each column of a list over its rows."""
        result: dict[str, Box] = {}
        for slot in self.slots:
            if slot.cell.role not in roles:
                continue
            key = "/".join(str(step) for step in slot.paths[0] if not isinstance(step, int))
            above = result.get(key, slot.box)
            bottom = slot.box.row + slot.box.height
            result[key] = Box(above.row, above.col, above.width, bottom - above.row)
        return result

    def lists(self) -> Iterator[Each]:
        """The lists of the form in printed order, without optional ones that have no row."""
        present = {key.partition("/")[0] for key in self.anchored}
        return (part for part in self.form.lists() if part.list_ref in present)

    def slot(self, ref: str) -> PlacedCell:
        """The slot of a single field."""
        return next(s for s in self.slots if s.cell.role == "field" and s.cell.ref == ref)


def place(form: Form, values: Mapping[str, Any]) -> Layout:
    """Lay the form out top to bottom, left to right, as an HTML table is."""
    sheet = _Sheet(form, values)
    bottom = sheet.add(form.body, top=1, left=1)
    slots = sorted(sheet.slots, key=lambda slot: slot.box.at)
    return Layout(form, tuple(slots), bottom - 1)


class _Sheet:
    def __init__(self, form: Form, values: Mapping[str, Any]) -> None:
        self.form = form
        self.values = values
        self.slots: list[PlacedCell] = []

    def add(self, parts: Iterable[FormPart], top: int, left: int) -> int:
        """Place the parts below each other; return the first free row."""
        for part in parts:
            if isinstance(part, Row):
                top = self.line(part.cells, top, left)
            elif isinstance(part, Each):
                top = self.block(part, top, left)
            else:
                bottom = self.add(part.rows, top, left + 1)
                tall = Cell("label", part.ref, look=part.look, text=part.text)
                self.slots.append(PlacedCell(Box(top, left, 1, bottom - top), tall))
                top = bottom
        return top

    def line(self, cells: Iterable[Cell], top: int, left: int) -> int:
        """One row of the form: as many rows of the grid as its deepest text needs."""
        placed_cells = list(self.across(cells, left))
        depth = max(self.depth(cell, left) for cell, left in placed_cells)
        for cell, col in placed_cells:
            paths = (single(cell.ref),) if cell.role != "label" else ()
            self.slots.append(PlacedCell(Box(top, col, cell.width, depth), cell, paths))
        return top + depth

    def depth(self, cell: Cell, left: int) -> int:
        """How many rows a cell takes: those its text needs if it is `deep`, else one."""
        if not cell.deep:
            return 1
        return deep_rows(cell, self.values, sum(self.form.widths[left - 1 :][: cell.width]))

    def block(self, part: Each, top: int, left: int) -> int:
        """The items of a list, one row each; a blank row where a list that must be has none."""
        items = _list(self.values, (part.list_ref,)) or [{}] * (not part.optional)
        lines = [line for i, item in enumerate(items) for line in _lines(part, i, item)]
        col = left
        for level, cells in enumerate(_levels(part)):
            owners = [line[level] for line in lines]
            for at, cell in enumerate(cells):
                by_item = cell.role == "ordinal" or (part.nested is not None and level == 0)
                refs = [cell.ref for cell in cells[: at + 1] if cell.merge]
                keys = (
                    owners if by_item else keys_of(self.values, owners, refs if cell.merge else [])
                )
                self.column(cell, Box(top, col, cell.width), owners, keys)
                col += cell.width
        return top + len(lines)

    def column(
        self, cell: Cell, first: Box, owners: list[RecordPath], keys: Sequence[object]
    ) -> None:
        """One column of a block; neighbours of equal keys share a slot."""
        for _, run in groupby(range(len(owners)), key=lambda line: keys[line]):
            lines = list(run)
            box = Box(first.row + lines[0], first.col, first.width, len(lines))
            paths = dict.fromkeys((*owners[line], cell.ref) for line in lines)
            self.slots.append(PlacedCell(box, cell, tuple(paths)))

    @staticmethod
    def across(cells: Iterable[Cell], left: int) -> Iterator[tuple[Cell, int]]:
        """Cells side by side from a column on, each with its first column."""
        for cell in cells:
            yield cell, left
            left += cell.width


def deep_rows(cell: Cell, values: Mapping[str, Any], width: int) -> int:
    """How many rows of such a width, in digits, the text of a deep field takes."""
    return rows_for(str(show(cell.kind, get(values, single(cell.ref))) or ""), width)


def keys_of(
    values: Mapping[str, Any], owners: Sequence[RecordPath], refs: Sequence[str]
) -> list[object]:
    """What must be equal for two lines of a list to be merged; a blank is never merged.

    `owners`: the paths of the lines' items; `refs`: the fields that must have equal values.
    """
    texts_by_line = [tuple(get(values, (*owner, ref)) for ref in refs) for owner in owners]
    return [
        texts if texts and texts[-1] is not None else line
        for line, texts in enumerate(texts_by_line)
    ]


SPARE_ROWS = 5  # rows below the last list of a form in which people may go on typing


def is_last(layout: Layout, box: Box) -> bool:
    """Whether a list's column is the last part of its form, with nothing printed below it."""
    return box.row + box.height > layout.rows


def headings(box: Box) -> Box:
    """The cell of the headings above a list's column."""
    return Box(box.row - 1, box.col)


def with_edges(layout: Layout, box: Box) -> Box:
    """A list's column between two rows that are not the list's, which edits cannot move away.

    From the headings above the list to the first row below it, or below the spare rows where
    nothing follows the list. Rows that are inserted, deleted or moved stay between the two.
    """
    spare = SPARE_ROWS if is_last(layout, box) else 0
    return Box(box.row - 1, box.col, box.width, box.height + spare + 2)


def single(ref: str) -> RecordPath:
    """The path of a single field: "department/name" is ("department", "name")."""
    return tuple(ref.split("/"))


def _levels(part: Each) -> list[tuple[Cell, ...]]:
    return [part.cells, *([part.nested.cells] if part.nested else [])]


def _lines(part: Each, position: int, item: Any) -> list[tuple[RecordPath, ...]]:
    """For each row of an item: the path of its owner at every level."""
    owner: RecordPath = (part.list_ref, position)
    if part.nested is None:
        return [(owner,)]
    ref = part.nested.list_ref
    count = len(_list(item, (ref,)))
    return [(owner, (*owner, ref, i)) for i in range(max(1, count))]


def _list(values: Any, path: RecordPath) -> list[Any]:
    items = get(values, path)
    return items if isinstance(items, list) else []
