"""Columns and rows put into a sheet of a file or taken out, with names and merged cells following.

What a spreadsheet program does to the cells of a form; its formulas are left as they were, since
a repair draws them anew.
"""

from __future__ import annotations

from collections.abc import Callable

from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.layout import Box
from xlperf.layout.addresses import address, box_of

Line = Callable[[int], int | None]  # where a row or a column goes; None if it is deleted


def inserted(at: int, count: int = 1) -> Line:
    return lambda n: n + count if n >= at else n


def deleted(at: int, count: int = 1) -> Line:
    return lambda n: None if at <= n < at + count else n - count if n >= at + count else n


def same(n: int) -> int:
    return n


def shift(sheet: Worksheet, *, rows: Line = same, cols: Line = same) -> None:
    """Every cell, merged range and name of a sheet where its rows and columns went."""
    spans = [Box(r.min_row, r.min_col, r.size["columns"], r.size["rows"])
             for r in sheet.merged_cells.ranges]  # fmt: skip
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(area.coord)
    cells = dict(sorted(sheet._cells.items()))
    sheet._cells.clear()
    for (row, col), cell in cells.items():
        if (new_row := rows(row)) and (new_col := cols(col)):
            cell.row, cell.column = new_row, new_col
            sheet._cells[new_row, new_col] = cell
            if cell.hyperlink:
                cell.hyperlink.ref = cell.coordinate
    for span in spans:
        if box := moved(span, rows, cols):
            area = CellRange(min_row=box.row, min_col=box.col, max_row=box.row + box.height - 1,
                             max_col=box.col + box.width - 1)  # fmt: skip
            if box.width * box.height > 1:
                sheet.merge_cells(area.coord)
    for defined in sheet.defined_names.values():
        if box := box_of(str(defined.attr_text or "")):
            now = moved(box, rows, cols)
            defined.attr_text = address(now, sheet.title) if now else "#REF!"
    sheet.conditional_formatting = type(sheet.conditional_formatting)()
    sheet.data_validations.dataValidation = []


def moved(box: Box, rows: Line, cols: Line) -> Box | None:
    """A rectangle after the change; None if nothing of it is left."""
    down = [n for r in range(box.row, box.row + box.height) if (n := rows(r))]
    right = [n for c in range(box.col, box.col + box.width) if (n := cols(c))]
    if not down or not right:
        return None
    return Box(down[0], right[0], right[-1] - right[0] + 1, down[-1] - down[0] + 1)
