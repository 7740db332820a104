"""Rows of a table that hold one text each, as lines of a sheet do between two tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from xlperf.documents.blocks.source import Block, Paragraph, Piece, Table, TableRow


def parted_at_lines(
    table: Table, begins: Callable[[str, Sequence[TableRow]], bool]
) -> Iterator[Block]:
    """A table, parted where lines between its rows begin another form: they are paragraphs then.

    `begins` says of a line's text, and the rows after the lines, whether it does. Lines before the
    first row of several cells are the table's own.
    """
    rows = table.rows
    lines = [_alone(row) for row in rows]
    start = 0
    for first, end in _groups(lines):
        below = rows[end : end + 2]
        texts = [line.text for line in lines[first:end] if line]
        if not any(begins(text, below) for text in texts):
            continue
        yield Table(rows[start:first], table.inner)
        yield from (Paragraph(line, whole=True) for line in lines[first:end] if line)
        start = end
    if start < len(rows):
        yield Table(rows[start:], table.inner) if start else table


def _groups(lines: Sequence[Piece | None]) -> Iterator[tuple[int, int]]:
    """From where up to where lines stand side by side, below a row of several cells."""
    start = 0
    for is_line, group in groupby(lines, key=bool):
        end = start + len([*group])
        if is_line and start:
            yield start, end
        start = end


def _alone(row: TableRow) -> Piece | None:
    """The only cell of a row that says anything, where it stands at the left."""
    filled_cells = [cell for cell in row if not cell.blank]
    return filled_cells[0] if len(filled_cells) == 1 and filled_cells[0] is row[0] else None
