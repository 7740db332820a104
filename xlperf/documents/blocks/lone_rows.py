"""Rows of a table that hold one text each, as lines of a sheet do between two tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from xlperf.documents.blocks.source import Block, Paragraph, Piece, Row, Table


def parted_at_lines(table: Table, begins: Callable[[str], bool]) -> Iterator[Block]:
    """A table, parted where lines between its rows begin another form: they are paragraphs then.

    `begins` says of a line's text whether it does. Lines before the first row of several cells
    are the table's own.
    """
    rows = table.rows
    lines = [_alone(row) for row in rows]
    first = next((at for at, line in enumerate(lines) if line is None), len(rows))
    at = next((i for i in range(first, len(rows)) if (c := lines[i]) and begins(c.text)), None)
    if at is None:
        yield table
        return
    start = end = at
    while start and lines[start - 1]:
        start -= 1
    while end < len(rows) and lines[end]:
        end += 1
    yield Table(rows[:start], table.inner)
    for line in lines[start:end]:
        if line:
            yield Paragraph(line, whole=True)
    if end < len(rows):
        yield from parted_at_lines(Table(rows[end:], table.inner), begins)


def _alone(row: Row) -> Piece | None:
    """The only cell of a row that says anything, where it stands at the left."""
    filled = [cell for cell in row if not cell.blank]
    return filled[0] if len(filled) == 1 and filled[0] is row[0] else None
