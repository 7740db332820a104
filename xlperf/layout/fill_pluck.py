"""fill() and pluck(): values onto a grid and back. Pure and inverse; no spreadsheet here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Any
from unicodedata import category, numeric

from xlperf.layout.cell_values import parse, show
from xlperf.layout.grid import Box, Coord, Formula, Grid
from xlperf.layout.labels import claim_labels, own_words, printed, words_of_forms
from xlperf.layout.placement import Layout, PlacedCell, place, single
from xlperf.layout.vocabulary import Cell, Each, Form
from xlperf.paths import RecordPath, get, put
from xlperf.record import is_blank

Anchors = Mapping[str, Box]
MOST_ROWS_BETWEEN = 40  # rows between a list and what the form prints above or below it


@dataclass(frozen=True)
class FilledForm:
    """A form with its values: `layout` says where everything is, `grid` what each cell shows."""

    layout: Layout
    grid: Grid


@dataclass(frozen=True)
class PluckedValues:
    """What was read off a grid: the values as the form nests them, and the cell of each path.

    `leftovers`: the filled cells that no field, ordinal or label of the form claims.
    """

    values: dict[str, Any]
    where: dict[RecordPath, Coord]
    leftovers: tuple[Coord, ...]
    lost: tuple[str, ...] = field(default=())  # fields whose anchor is gone


def fill(form: Form, values: Mapping[str, Any]) -> FilledForm:
    """Lay the form out for these values (nested as in a record) and fill it in; rows from 1."""
    return fill_in(place(form, values), values)


def fill_in(layout: Layout, values: Mapping[str, Any]) -> FilledForm:
    """A form that is laid out already, with its values."""
    cells: dict[Coord, Any] = {}
    for slot in layout.slots:
        content = content_of(slot, values)
        if content is not None:
            cells[slot.box.at] = content
    spans = tuple(s.box for s in layout.slots if s.box.width * s.box.height > 1)
    return FilledForm(layout, Grid(cells, spans))


def content_of(slot: PlacedCell, values: Mapping[str, Any]) -> Any:
    """What a cell of a form shows for the values of the form; None for a blank one."""
    if slot.cell.role in ("field", "display"):
        return show(slot.cell.kind, get(values, slot.paths[0]))
    if slot.cell.role == "ordinal" and not cell_says(get(values, slot.paths[0][:-1])):
        return None  # a blank row has no number
    return printed(slot)


def cell_says(value: Any) -> bool:
    """Whether a value, or anything in it, is more than a blank."""
    if isinstance(value, dict | list):
        return any(map(cell_says, value.values() if isinstance(value, dict) else value))
    return value not in (None, "")


def with_room(form: Form, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a form, with blank rows in lists that have nothing, to be filled in."""
    blank = (part for part in form.lists() if not (part.optional or values.get(part.list_ref)))
    return {**values, **{part.list_ref: _blank_rows(part) for part in blank}}


def _blank_rows(part: Each) -> list[dict[str, Any]]:
    inner: dict[str, Any] = {part.nested.list_ref: [{}] * part.nested.room} if part.nested else {}
    return [dict(inner) for _ in range(part.room)]


def anchors(layout: Layout) -> dict[str, Box]:
    """What marks the form in a sheet, by key: the box of each single field ("department/name")
    and of each column of a list over all its rows ("indicators/target").
    """
    return dict(layout.anchored)


def shown_boxes(layout: Layout) -> dict[str, Box]:
    """Where the form shows what other sheets hold, by key as `anchors` has it."""
    return layout.boxes(("display",))


def pluck(form: Form, grid: Grid, at: Anchors) -> PluckedValues:
    """Read values off a grid by the form's anchors, wherever they have moved to.

    `at`: the boxes that the names on the sheet mean now; a field without one is in `lost`.
    """
    reader = _Reader(grid, dict(at), words_of_forms() | own_words(form))
    for part in form.lines():
        if isinstance(part, Each):
            reader.block(part)
            continue
        for cell in part.cells:
            if cell.role == "field":
                reader.single(cell)
    layout = place(form, reader.values)
    reader.claimed |= claim_labels(layout, grid, reader.moved(layout))
    loose = sorted(
        coord
        for coord, content in grid.values.items()
        if coord not in reader.claimed and content not in (None, "")
    )
    return PluckedValues(reader.values, reader.where, tuple(loose), tuple(reader.lost))


class _Reader:
    def __init__(self, grid: Grid, at: dict[str, Box], words: Set[str]) -> None:
        self.grid = grid
        self.words = words
        self.at = at
        self.values: dict[str, Any] = {}
        self.where: dict[RecordPath, Coord] = {}
        self.claimed: set[Coord] = set()
        self.lost: list[str] = []

    def take(self, cell: Cell, coord: Coord, path: RecordPath) -> Any:
        """The value of a field's cell, which is claimed by it."""
        owner = self.grid.owner(coord)
        self.where[path] = owner
        self.claimed.add(owner)
        return parse(cell.kind, self.grid.values.get(owner))

    def single(self, cell: Cell) -> None:
        """Read a field that stands once on the form; lost where the sheet has no anchor of it."""
        if cell.ref not in self.at:
            self.lost.append(cell.ref)
            return
        value = self.take(cell, self.at[cell.ref].at, single(cell.ref))
        if value is not None:
            put(self.values, single(cell.ref), value)

    def block(self, part: Each) -> None:
        """The items of a list; a wholly blank row is none. An optional list may have no anchor."""
        keys = [key for key, _ in part.columns()]
        columns = {key: self.at[key].col for key in keys if key in self.at}
        if part.optional and not columns:
            return
        self.lost += [key for key in keys if key not in self.at and not key.endswith("#")]
        self.values[part.list_ref] = []
        for row in self.rows(columns):
            self.item(part, row, columns)
        if part.optional and not self.values[part.list_ref]:
            del self.values[part.list_ref]

    def item(self, part: Each, row: int, columns: Mapping[str, int]) -> None:
        """Read a row of a list: a new item, or a nested one of the item above; none if blank."""
        if not any(self.shows_content(row, col) for key, col in columns.items() if key[-1] != "#"):
            return
        items = self.values[part.list_ref]
        if part.nested is None or self.begins(part, row, columns):
            items.append({})
            path: RecordPath = (part.list_ref, len(items) - 1)
            self.where[path] = (row, min(columns.values()))
            self.fields(part, items[-1], row, path, columns)
        if part.nested is not None:
            self.nested(part, row, columns)

    def nested(self, part: Each, row: int, columns: Mapping[str, int]) -> None:
        """Read the nested item of a row, if it has one, into the last item of the list."""
        inner, owner = part.nested, self.values[part.list_ref][-1]
        assert inner is not None
        listed = owner.setdefault(inner.list_ref, [])
        prefix = f"{part.list_ref}/{inner.list_ref}"
        inner_columns = {
            key.removeprefix(f"{part.list_ref}/"): col
            for key, col in columns.items()
            if key.startswith(prefix)
        }
        if any(self.shows_content(row, col) for col in inner_columns.values()):
            listed.append({})
            index = len(self.values[part.list_ref]) - 1
            path: RecordPath = (part.list_ref, index, inner.list_ref, len(listed) - 1)
            self.where[path] = (row, min(inner_columns.values()))
            self.fields(inner, listed[-1], row, path, inner_columns)

    def fields(
        self,
        part: Each,
        item: dict[str, Any],
        row: int,
        path: RecordPath,
        columns: Mapping[str, int],
    ) -> None:
        """Read a row's fields into `item`, which stands at `path`; claim its number."""
        for cell in part.cells:
            is_read = cell.role != "display"
            col = columns.get(f"{part.list_ref}/{cell.ref}") if is_read else None
            if col is None:
                continue
            if cell.role == "ordinal":
                owner = self.grid.owner((row, col))
                if is_item_number(self.grid.values.get(owner)):
                    self.claimed.add(owner)
                continue
            value = self.take(cell, (row, col), (*path, cell.ref))
            if value is not None:
                item[cell.ref] = value

    def begins(self, part: Each, row: int, columns: Mapping[str, int]) -> bool:
        """Whether a row begins a new item: its own merged cell begins here, or it has own words."""
        if not self.values[part.list_ref]:
            return True
        keys = (f"{part.list_ref}/{cell.ref}" for cell in part.cells)
        item_columns = [columns[key] for key in keys if key in columns]
        owners = [self.grid.owner((row, col)) for col in item_columns]
        values = self.grid.values
        return any(owner[0] == row and not is_blank(values.get(owner)) for owner in owners)

    def shows_content(self, row: int, col: int) -> bool:
        """Whether a cell, or the merged area it is in, shows anything but blanks."""
        return not is_blank(self.grid.at((row, col)))

    def rows(self, columns: Mapping[str, int]) -> Iterator[int]:
        """The rows of a block, grown over what was inserted or typed right above or below it.

        Up to the headings above it and down to what the form prints below it every row is the
        block's. Where the form prints nothing below, a row is that reads like one more item.
        """
        boxes = [self.at[key] for key in columns]
        if not boxes:
            return
        top = min(box.row for box in boxes)
        bottom = max(box.row + box.height for box in boxes) - 1
        fixed = self.printed_rows(columns)
        top = self.edge(top, -1, columns, fixed)
        bottom = self.edge(bottom, 1, columns, fixed)
        yield from range(top, bottom + 1)

    def edge(self, row: int, step: int, columns: Mapping[str, int], fixed: Set[int]) -> int:
        """The last row of a block upwards (`step` -1) or downwards (1), as `rows` has it.

        `fixed`: the rows that the form prints.
        """
        end = row
        while abs(end - row) < MOST_ROWS_BETWEEN and end + step >= 1 and end + step not in fixed:
            end += step
        if abs(end - row) < MOST_ROWS_BETWEEN and end + step >= 1:
            return end
        while self.joins(row + step, columns):
            row += step
        return row

    def printed_rows(self, columns: Mapping[str, int]) -> set[int]:
        """The rows that the form prints: another part's field, or words of the form."""
        owned = [box for key, box in self.at.items() if key not in columns]
        labels = {
            at for at, text in self.grid.values.items() if type(text) is str and text in self.words
        }
        merged = [span for span in self.grid.spans if span.at in labels]
        spots = {at for at in labels if self.grid.owner(at) == at}
        boxes = [*merged, *(Box(*at) for at in spots)]
        left, right = min(columns.values()), max(columns.values())
        across = [box for box in boxes if box.col <= right and left < box.col + box.width]
        return {row for box in (*owned, *across) for row in range(box.row, box.row + box.height)}

    def joins(self, row: int, columns: Mapping[str, int]) -> bool:
        """Whether a row next to a block reads like one more item of it."""
        owned = [box for key, box in self.at.items() if key not in columns]
        if row < 1 or any(box.row <= row < box.row + box.height for box in owned):
            return False
        owners = {self.grid.owner((row, col)) for col in columns.values()}
        texts = [text for at in owners if not is_blank(text := self.grid.values.get(at))]
        labelled = any(str(text) in self.words for text in texts)
        return 2 * len(texts) > len(columns) and not labelled

    def moved(self, layout: Layout) -> dict[str, tuple[Box, Box]]:
        """By key: the box of an anchor on the form as it is made, and its box on the sheet."""
        fresh = anchors(layout)
        return {key: (fresh[key], box) for key, box in self.at.items() if key in fresh}


def is_item_number(content: Any) -> bool:
    """Whether a cell for an item's number says nothing but a number, in whatever brackets."""
    signs = "" if content is None or isinstance(content, Formula) else str(content)
    return all(numeric(sign, None) is not None or category(sign)[0] in "PZC" for sign in signs)
