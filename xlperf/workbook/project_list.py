"""Sheets of cells out of a workbook, for a plain list of projects (one row each)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.forms.defined_names import FIELD_PREFIX, MADE_FIELD
from xlperf.layout import Coord
from xlperf.workbook.grids import content_of, sheets_of
from xlperf.workbook.list_sheet import ListSheet
from xlperf.workbook.package.open_safely import open_book


def list_sheets(path: Path) -> list[ListSheet]:
    """The sheets of a workbook that say anything, formulas as their last results.

    None where the workbook is one that this program made: its tables are no lists.
    """
    sheets = sheets_of(open_book(path, values=True))
    if any(
        name.startswith((FIELD_PREFIX, MADE_FIELD))
        for sheet in sheets
        for name in sheet.defined_names
    ):
        return []
    listed = (ListSheet(sheet.title, _cells(sheet), _merged_downwards(sheet)) for sheet in sheets)
    return [item for item in listed if item.cells]


def without_result(path: Path, sheet: ListSheet) -> list[Coord]:
    """The cells of formulas that were never calculated."""
    (worksheet,) = (item for item in sheets_of(open_book(path)) if item.title == sheet.title)
    return sorted(_cells(worksheet).keys() - sheet.cells.keys())


def _cells(sheet: Worksheet) -> dict[Coord, Any]:
    cells = ((at, content_of(cell)) for at, cell in sheet._cells.items() if isinstance(cell, Cell))
    return {at: content for at, content in cells if content not in (None, "")}


def _merged_downwards(sheet: Worksheet) -> dict[Coord, Coord]:
    """The cells below the first of a merged range, within the rows that are used."""
    last = max((row for row, _ in sheet._cells), default=0)
    return {
        (row, area.min_col): (area.min_row, area.min_col)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row + 1, min(area.max_row, last) + 1)
    }
