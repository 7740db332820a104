"""The document of a stage as plain text, each cell a line that begins with a tab.

Every row has as many cells as the table has columns: those that a wide or a high cell covers
beside its own are tabs alone. Where a value would not stand right behind its
label then, the rows above a list, and those of one label, have a cell for each of theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from xlperf.publishing.characters import readable
from xlperf.publishing.stages.document import StageDocument
from xlperf.publishing.stages.grid import FIELD_CELL, LABEL_CELL
from xlperf.publishing.tables import PrintedRow, PrintedTable

CELLS_OF_PAIR = 2  # a label and its value


def stage_text(document: StageDocument) -> str:
    """The document as plain text."""
    lines: list[str] = []
    for part in document.parts:
        lines += [line for line in (part.title, part.year, *part.above) if line]
        for table in part.tables:
            lines += _table(table)
        lines.append("")
    return readable("\n".join(lines)) + "\n"


def _table(table: PrintedTable) -> Iterator[str]:
    has_apart = any(map(_parts_values, table.rows))
    for row in table.rows:
        is_wide = len(row) > CELLS_OF_PAIR if table.headers else not has_apart
        for cell in row:
            first, *rest = cell.lines
            yield f"\t{first}"
            yield from rest
            yield from ["\t"] * (cell.width - 1 if is_wide else 0)
        yield ""


def _parts_values(row: PrintedRow) -> bool:
    """Whether a wide label stands before a value, so that filling up its columns parts the two."""
    return any(
        cell.role == LABEL_CELL and cell.width > 1 and following.role == FIELD_CELL
        for cell, following in pairwise(row)
    )
