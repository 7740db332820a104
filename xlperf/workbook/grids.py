"""A sheet as a grid: the adapter between openpyxl's cells and `layout`."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.forms.defined_names import own_cells
from xlperf.layout import Box, Coord, Formula, Grid, Percent
from xlperf.layout.number_formats import by_month, is_percent, with_words
from xlperf.workbook.names import named_boxes
from xlperf.workbook.package.sheet_xml.xml_escapes import decode


def grid_of(sheet: Worksheet) -> Grid:
    """Everything a sheet says, blank cells left out; formulas as `Formula`.

    Formulas of our own (the checks, and the words they show) say nothing and are left out, unless
    a field was moved onto them.
    """
    values = {}
    our_cells = own_cells(named_boxes(sheet))
    for coord, cell in sorted(sheet._cells.items()):
        content = content_of(cell) if isinstance(cell, Cell) else None
        if content not in (None, "") and not (coord in our_cells and isinstance(content, Formula)):
            values[coord] = content
    spans = tuple(
        Box(
            area.min_row,
            area.min_col,
            area.max_col - area.min_col + 1,
            area.max_row - area.min_row + 1,
        )
        for area in sheet.merged_cells.ranges
    )
    return Grid(values, spans)


def check_cells_of(sheet: Worksheet) -> frozenset[Coord]:
    """The cells of ours that hold a formula."""
    formulas = (at for at, cell in sheet._cells.items() if cell.data_type == "f")
    our_cells = own_cells(named_boxes(sheet))
    return frozenset(at for at in formulas if at in our_cells)


def sheets_of(book: Workbook) -> list[Worksheet]:
    """The sheets of a workbook that have cells."""
    return [sheet for sheet in book.worksheets if isinstance(sheet, Worksheet)]


def sheet_of(book: Workbook, title: str) -> Worksheet:
    """The sheet of a title, which is known to have cells."""
    sheet = book[title]
    assert isinstance(sheet, Worksheet)
    return sheet


def content_of(cell: Cell) -> Any:
    """What a cell holds: text, number, percent, date, or a formula."""
    value = cell.value
    if cell.data_type == "f":
        text = value.text if isinstance(value, ArrayFormula) else value
        return Formula("=TABLE()" if isinstance(value, DataTableFormula) else text)
    if isinstance(value, str):
        return decode(value)
    if isinstance(value, datetime.date):
        return by_month(value, cell.number_format or "")
    if isinstance(value, int | float) and not isinstance(value, bool):
        if shows_percent(cell):
            return Percent(Decimal(repr(value)))
        return with_words(value, cell.number_format or "")
    return value


def shows_percent(cell: Cell) -> bool:
    """Whether a cell's number format shows percent."""
    return is_percent(cell.number_format or "")
