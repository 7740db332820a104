"""Rows of texts as the rows of a grid: which columns each cell covers.

Where cells were merged and the source tells it no more (lines with tabs, sheets whose cells were
unmerged), a text runs on over the blank cells to its right, as a sheet shows it; a number does so
only below a text that does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

Columns = tuple[int, int]

NUMBER_CELL = re.compile(r"[-+¥￥]?[0-9０-９][0-9０-９,，.．%％]*")


def running_over(rows: Sequence[Sequence[str]]) -> list[list[Columns]]:
    """The columns that every text of rows of equal length covers; blanks run over are left out.

    Each row is given back as the columns of its cells, from and up to, without a gap.
    """
    width = max(map(len, rows), default=0)
    result: list[list[Columns]] = []
    above: list[int] = []  # where the cell of the row above begins that covers a column
    for row in rows:
        starts = _starts([*row, *[""] * (width - len(row))], above)
        cells = list(pairwise([*starts, width]))
        result.append(cells)
        if sum(1 for text in row if text.strip()) > 1:
            above = [start for start, end in cells for _ in range(start, end)]
    return result


def _starts(row: Sequence[str], above: Sequence[int]) -> list[int]:
    """Where the cells of a row begin: at every text, and at the blanks that none runs over."""
    starts: list[int] = []
    last = ""
    for column, text in enumerate(row):
        blank = not text.strip()
        number = NUMBER_CELL.fullmatch(last.strip()) is not None
        below = bool(above) and above[column] <= starts[-1] if starts else False
        if blank and last and (not number or below):
            continue
        starts.append(column)
        last = text if not blank else ""
    return starts
