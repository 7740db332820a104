"""A table laid out: which columns each cell covers, whether its source shows a grid or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlperf.documents.blocks.source import Piece, Table, TableRow, is_whole
from xlperf.documents.words import plain


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell and the columns of its table that it covers, from and up to, counted from 0."""

    piece: Piece
    start: int
    end: int

    @property
    def text(self) -> str:
        """The cell's text."""
        return self.piece.text

    @property
    def blank(self) -> bool:
        """Whether it says nothing; the lower part of a merged cell does not."""
        return self.piece.blank

    def covers(self, column: int) -> bool:
        """Whether a column, counted from 0, is one of those it covers."""
        return self.start <= column < self.end

    def within(self, other: Slot) -> bool:
        """Whether its columns are among those of another."""
        return other.start <= self.start and self.end <= other.end


Slots = tuple[Slot, ...]


def laid_out(table: Table) -> list[Slots]:
    """The rows of a table as slots; where no grid is shown, every cell counts as one column."""
    if not all(map(is_whole, table.rows)):
        return [tuple(Slot(cell, at, at + 1) for at, cell in enumerate(row)) for row in table.rows]
    first = min((row[0].columns[0] for row in table.rows), default=0)
    return [_in_grid(row, first) for row in table.rows]


def _in_grid(row: TableRow, first: int) -> Slots:
    return tuple(Slot(cell, cell.columns[0] - first, cell.columns[1] - first) for cell in row)


def at_column(slots: Sequence[Slot], column: int) -> Slot | None:
    """The cell of a row that covers a column."""
    return next((slot for slot in slots if slot.covers(column)), None)


def nonblank(slots: Sequence[Slot]) -> list[Slot]:
    """The cells of a row that say something."""
    return [slot for slot in slots if not slot.blank]


def below(lines: Sequence[Slots], row: int, slot: Slot) -> list[Slot]:
    """The cells of the row after `row` that lie within a cell's columns, or cover all of them."""
    following = lines[row + 1] if row + 1 < len(lines) else ()
    return [item for item in following if item.within(slot) or slot.within(item)]


def same(text: str, other: str) -> bool:
    """Whether two texts say the same, blanks and widths aside."""
    return plain(text) == plain(other)
