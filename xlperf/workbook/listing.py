"""A plain list of projects (one row each, headings on top) out of a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from xlperf.errors import Refusal
from xlperf.layout.kinds import parse_text
from xlperf.workbook.opening import open_book
from xlperf.workbook.sheets import content_of


def rows_of(path: Path) -> list[list[Any]]:
    """The cells of a workbook's first sheet that has any, row by row; formulas as their values."""
    for sheet in open_book(path, values=True).worksheets:
        if isinstance(sheet, Worksheet):
            rows = [[content_of(cell) for cell in row] for row in sheet.iter_rows()]  # type: ignore[arg-type]
            if any(content not in (None, "") for row in rows for content in row):
                return rows
    raise Refusal("no_list", file=path)


def as_text(content: Any) -> str:
    """A cell's content as text, "" for a blank."""
    return "" if content is None else parse_text(content).strip()
