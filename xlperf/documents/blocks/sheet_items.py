"""Printed sheets as paragraphs and tables: blocks of cells are tables, lone cells paragraphs.

A lone cell is the only one of its row, before or after the rows of a table: a title, the unit of
money, a note. Between the rows it belongs to them. Blank rows within a table say nothing; two
tables side by side, which repeat the same labels, are read one after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from xlperf.documents.blocks.composing import (
    Aside,
    ComposedSource,
    Prose,
    SourceCell,
    SourceItem,
    SourceTable,
    compose,
)
from xlperf.documents.blocks.table_grid import running_over
from xlperf.layout import Box, Coord
from xlperf.layout.addresses import cell_address, letters
from xlperf.printed_sheet import PrintedSheet
from xlperf.reading import Place, Remark
from xlperf.wording import say

LABELS_IN_COMMON = 3  # labels that two tables side by side have in common, in the same rows
NARROWEST_TABLE = 3  # columns of a table that has another beside it
WIDEST_TITLE = 60  # columns of a merged title; wider ones were merged over the whole sheet


def composed_sheets(sheets: Sequence[PrintedSheet], name: str) -> ComposedSource:
    """The sheets of a file, one after the other, as a source and its blocks."""
    items: list[SourceItem] = []
    aside_texts: set[str] = set()
    for sheet in sheets:
        for item in sheet_items(sheet):
            if isinstance(item, Aside):
                again = item.margin and item.text in aside_texts
                aside_texts.add(item.text)
                items.append(replace(item, again=again))
            else:
                items.append(item)
    return compose(items, name, hidden_parts(sheets))


def hidden_parts(sheets: Sequence[PrintedSheet]) -> list[Remark]:
    """A remark (STR042) that names what was read though it is not shown; none where all is."""
    part_names: list[str] = []
    first = Place()
    for sheet in sheets:
        rows = [f"{first}:{last}" for first, last in _ranges(sheet.hidden_rows)]
        columns = [
            f"{letters(first)}:{letters(last)}" for first, last in _ranges(sheet.hidden_columns)
        ]
        parts = [sheet.title] if sheet.hidden else []
        parts += [f"{sheet.title}!{area}" for area in (*rows, *columns)]
        first = Place(sheet=sheet.title) if parts and not part_names else first
        part_names += parts
    facts = {"parts": say("rule_part.comma").join(part_names)}
    return [Remark("STR042", (), first, facts)] if part_names else []


def _ranges(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    runs = groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])
    for _, run in runs:
        listed = [number for _, number in run]
        yield listed[0], listed[-1]


def sheet_items(
    sheet: PrintedSheet, place: Callable[[int, int], str] | None = None
) -> list[SourceItem]:
    """One sheet's paragraphs and tables in the order of reading; text beside the cells after.

    `place` says where a row and column stood, for what was no sheet.
    """
    parts = _Block(sheet, place=place).side_by_side()
    items = [item for part in parts for item in part.items()]
    beside = [Aside(note.text, f"{sheet.title}!{note.at}", note.margin) for note in sheet.beside]
    return [*items, *beside]


@dataclass(frozen=True)
class _Block:
    """Columns of a sheet, from and up to; all of them where none are given."""

    sheet: PrintedSheet
    within: tuple[int, int] = (0, 0)
    place: Callable[[int, int], str] | None = None

    @cached_property
    def texts(self) -> dict[int, dict[int, str]]:
        """The texts by row and column."""
        rows: dict[int, dict[int, str]] = {}
        first, end = self.within
        for (row, col), text in sorted(self.sheet.cells.items()):
            if not end or first <= col < end:
                rows.setdefault(row, {})[col] = text
        return rows

    @cached_property
    def spans(self) -> list[Box]:
        """The merged ranges that begin here and say something, or reach over several rows."""
        first, end = self.within
        return [box for box in self.sheet.spans if not end or first <= box.col < end]

    @cached_property
    def covered(self) -> Mapping[Coord, Box]:
        """The merged range of every cell of one, within the rows and columns that are used."""
        left, right = self.columns
        last = max(self.texts, default=0)
        return {
            (row, col): box
            for box in self.spans
            for row in range(box.row, min(box.bottom, last) + 1)
            if row in self.texts
            for col in range(max(box.col, left), min(box.col + box.width, right))
        }

    @cached_property
    def reaching(self) -> Mapping[int, set[Box]]:
        """The merged ranges that have a part in each row."""
        rows: dict[int, set[Box]] = {}
        for (row, _), box in self.covered.items():
            rows.setdefault(row, set()).add(box)
        return rows

    @cached_property
    def columns(self) -> tuple[int, int]:
        """The columns that are used, from and up to."""
        cell_columns = [col for row in self.texts.values() for col in row]
        left, last = min(cell_columns, default=1), max(cell_columns, default=0)
        for box in self.spans:
            if box.width <= WIDEST_TITLE and box.col <= last and box.at in self.sheet.cells:
                last = max(last, box.col + box.width - 1)
        end = self.within[1]
        return left, min(last + 1, end) if end else last + 1

    def side_by_side(self) -> list[_Block]:
        """The tables that stand beside each other; the block itself where there is one only."""
        left, right = self.columns
        for col in range(left + NARROWEST_TABLE, min(right, left + WIDEST_TITLE) - 1):
            if self._repeats(left, col):
                beside = _Block(self.sheet, (col, right), self.place).side_by_side()
                return [_Block(self.sheet, (left, col), self.place), *beside]
        return [self]

    def _repeats(self, left: int, col: int) -> bool:
        """Whether two columns at least begin again here with the texts that they have there."""
        if any(box.col < col < box.col + box.width for box in self.spans):
            return False
        offsets = range(min(col - left, self.columns[1] - col))
        alike = [self._alike(left + offset, col + offset) for offset in offsets]
        return (
            sum(1 for texts in alike if len(texts) >= LABELS_IN_COMMON) > 1
            and len(alike[0]) >= LABELS_IN_COMMON
        )

    def _alike(self, col: int, other: int) -> set[str]:
        """The texts that two columns have in common in the same rows."""
        rows = self.texts.values()
        return {row[col] for row in rows if col in row and row.get(other) == row[col]}

    def items(self) -> list[SourceItem]:
        """Its paragraphs and tables; rows of a table that only blank rows part are one table."""
        result: list[SourceItem | list[int]] = []
        for chunk in self._chunks():
            in_table = bool(result) and isinstance(result[-1], list)
            before, rows, after = self._parted(chunk, in_table=in_table)
            result += [self._prose(row) for row in before]
            if rows and result and isinstance(result[-1], list):
                result[-1] += rows
            elif rows:
                result.append(rows)
            result += [self._prose(row) for row in after]
        return [
            SourceTable(self._rows(part)) if isinstance(part, list) else part for part in result
        ]

    def _chunks(self) -> Iterator[list[int]]:
        """The rows between blank rows; a merged range goes on over these."""
        chunk: list[int] = []
        reach = 0
        for row in self.texts:
            if chunk and row > reach + 1:
                yield chunk
                chunk = []
            chunk.append(row)
            reach = max(row, reach, *(box.bottom for box in self.reaching.get(row, ())))
        if chunk:
            yield chunk

    def _parted(
        self, chunk: list[int], *, in_table: bool
    ) -> tuple[list[int], list[int], list[int]]:
        """The lone cells before the rows of a table, these rows, and the lone cells after them.

        Once in a table, a lone cell that does not stand at the left edge is of a row of it.
        """
        start, end = 0, len(chunk)
        while start < end and self._lone(chunk[start], first=in_table):
            start += 1
        while end > start and self._lone(chunk[end - 1], first=True):
            end -= 1
        return chunk[:start], chunk[start:end], chunk[end:]

    def _lone(self, row: int, *, first: bool = False) -> bool:
        """Whether a row has one cell only; with `first`, at the left edge."""
        col, *others = self.texts[row]
        left, right = self.columns
        held = self.reaching.get(row, set())
        from_above = any(box.row < row and box.at in self.sheet.cells for box in held)
        deep = any(box.bottom > row and box.width < right - left for box in held)
        return not others and not from_above and not deep and (not first or col == left)

    def _prose(self, row: int) -> Prose:
        ((col, text),) = self.texts[row].items()
        return Prose(text, self._at(row, col))

    def _at(self, row: int, col: int) -> str:
        if self.place:
            return self.place(row, col)
        return f"{self.sheet.title}!{cell_address(row, col)}"

    def _rows(self, rows: list[int]) -> list[list[SourceCell]]:
        """The cells of rows, over all columns that are used."""
        left, right = self.columns
        if any(row in self.reaching for row in rows):
            return [list(self._cells(row)) for row in rows]
        texts = [[self._plain(row, col) for col in range(left, right)] for row in rows]
        return [
            [self._cell(row, *columns) for columns in cells]
            for row, cells in zip(rows, running_over(texts), strict=True)
        ]

    def _plain(self, row: int, col: int) -> str:
        """A cell's text, as a number where it is one whatever its format shows with it."""
        text = self.texts[row].get(col, "")
        return "0" if (row, col) in self.sheet.numbers else text

    def _cells(self, row: int) -> Iterator[SourceCell]:
        left, right = self.columns
        col = left
        while col < right:
            box = self.covered.get((row, col))
            end = min(box.col + box.width, right) if box else col + 1
            yield self._cell(row, col - left, end - left)
            col = end

    def _cell(self, row: int, start: int, end: int) -> SourceCell:
        left = self.columns[0]
        row_texts = self.texts[row]
        texts = [row_texts[col] for col in range(left + start, left + end) if col in row_texts]
        return SourceCell("\n".join(texts), self._at(row, left + start), (start, end))
