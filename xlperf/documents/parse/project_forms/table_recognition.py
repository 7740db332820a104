"""What tables tell: whether one is a project's form, and where a form begins."""

from __future__ import annotations

from itertools import zip_longest

from xlperf.documents.blocks.source import Piece, Table, TableRow, is_whole
from xlperf.documents.words import meaning, plain, words

FIRST_LABELS = ("yuan", "ten_thousand", "code", "unit")


def is_form(table: Table) -> bool:
    """Whether a table is a project's form: some cell is a label of it.

    Where the rows are known whole, labels must have values beside them: a list of projects has
    the same words side by side, as titles of its columns.
    """
    if not all(map(is_whole, table.rows)):
        return any(
            meaning("table", cell.text) or _titles(cell) for row in table.rows for cell in row
        )
    return sum(len(_answered(row)) for row in table.rows) > 1 or _has_titles(table)


def may_be_part(table: Table) -> bool:
    """Whether a table that follows a form's rows may go on with them."""
    has_values = any(_answered(row) or _has_level(row) for row in table.rows)
    return has_values or _has_titles(table) or not all(map(is_whole, table.rows))


def starts_form(row: TableRow) -> bool:
    """Whether a row is one that stands at the head of a form: a unit or a code, or the currency."""
    if is_whole(row):
        return bool({*_answered(row)} & {*FIRST_LABELS})
    return any(meaning("table", cell.text) in FIRST_LABELS for cell in row)


def _has_level(row: TableRow) -> bool:
    """Whether a row names a level of indicators."""
    levels = {*words("levels", "level1"), *words("levels", "level2")}
    return any(plain(cell.text) in levels for cell in row)


def _answered(row: TableRow) -> list[str]:
    """The labels of a row that no other label follows at once, as happens among titles."""
    labels = [meaning("table", cell.text) for cell in row]
    return [label for label, after in zip_longest(labels, labels[1:]) if label and not after]


def _has_titles(table: Table) -> bool:
    return any(sum(map(_titles, row)) > 1 for row in table.rows)


def _titles(cell: Piece) -> bool:
    """Whether a cell is the title of a column of indicators."""
    return bool(meaning("columns", cell.text))
