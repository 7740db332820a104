"""Two forms beside each other in one table: read one after the other, as people read them.

They are told by labels that begin again: two columns at least say the same, in the same rows, as
columns further to the left.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlperf.documents.blocks.composing import SourceCell, SourceItem, SourceTable

LABELS_IN_COMMON = 3  # labels that two tables side by side have in common, in the same rows
NARROWEST_TABLE = 3  # columns of a table that has another beside it
WIDEST_SHEET = 60  # columns up to which another table is looked for

CellRows = list[list[SourceCell]]


def parted(items: list[SourceItem]) -> Iterator[SourceItem]:
    """The items, with tables that stand side by side one after the other.

    A table with others in its cells stays as it is.
    """
    for at, item in enumerate(items):
        following = items[at + 1] if at + 1 < len(items) else None
        holds_others = isinstance(following, SourceTable) and following.inner
        if isinstance(item, SourceTable) and not item.inner and not holds_others:
            yield from (SourceTable(rows) for rows in _parted(item.rows))
        else:
            yield item


def _parted(rows: CellRows) -> list[CellRows]:
    texts = [{c.columns[0]: text for c in row if (text := c.text.strip())} for row in rows]
    right_edges = [cell.columns[1] for row in rows for cell in row if cell.text.strip()]
    right = max(right_edges, default=0)
    for column in range(NARROWEST_TABLE, min(right, WIDEST_SHEET) - 1):
        if _repeats(texts, column, right) and not _is_crossed(rows, column):
            first = [_within(row, 0, column) for row in rows]
            rest = [_within(row, column, right) for row in rows]
            return [list(filter(None, first)), *_parted(list(filter(None, rest)))]
    return [rows]


def _repeats(texts: list[dict[int, str]], column: int, right: int) -> bool:
    """Whether two columns at least begin again at a column with the texts of the first ones."""
    alike = [
        {row[at] for row in texts if at in row and row.get(column + at) == row[at]}
        for at in range(min(column, right - column))
    ]
    return (
        len(alike[0]) >= LABELS_IN_COMMON
        and sum(len(same) >= LABELS_IN_COMMON for same in alike) > 1
    )


def _is_crossed(rows: CellRows, column: int) -> bool:
    """Whether a cell reaches over the left edge of a column, but for titles alone in their row."""
    return any(
        cell.columns[0] < column < cell.columns[1]
        for row in rows
        if sum(bool(cell.text.strip()) for cell in row) > 1
        for cell in row
    )


def _within(row: list[SourceCell], left: int, right: int) -> list[SourceCell]:
    """The cells of a row that begin in some columns, counted from the first of these."""
    cells = [cell for cell in row if left <= cell.columns[0] < right]
    if left and not any(cell.text.strip() for cell in cells):
        return []
    return [
        replace(cell, columns=(cell.columns[0] - left, min(cell.columns[1], right) - left))
        for cell in cells
    ]
