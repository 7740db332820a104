"""Single cells of sheets that are open with openpyxl."""

from __future__ import annotations

from copy import copy

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.layout.addresses import quoted


def cell_at(sheet: Worksheet, row: int, col: int) -> Cell:
    """A cell of a sheet that is being made, which has no read-only merged cells yet."""
    cell = sheet.cell(row, col)
    assert isinstance(cell, Cell)
    return cell


def put_formula(cell: Cell, formula: str) -> None:
    """Give a cell a formula of ours, of which nothing has to be found out first."""
    cell._value = formula  # type: ignore[attr-defined]
    cell.data_type = "f"


def copy_cell(was: Cell, now: Cell) -> None:
    """Copy a cell's content, looks and link; of its named style only the looks remain."""
    now.value = was.value
    now.data_type = was.data_type
    style = copy(was._style)  # type: ignore[attr-defined]
    style.xfId = 0
    now._style = style  # type: ignore[attr-defined]
    if was.hyperlink:
        now.hyperlink = copy(was.hyperlink)


def solid_colour(cell: Cell) -> str:
    """A cell's own solid colour, "FFRRGGBB"; "" for none, or one of the theme.

    One of the theme belongs to the cell's style, which gives it back.
    """
    if cell.fill.fill_type != "solid" or cell.fill.fgColor.type != "rgb":
        return ""
    return str(cell.fill.fgColor.rgb)


def link(cell: Cell, sheet: str, tip: str, at: str = "A1") -> None:
    """Make a cell lead to a cell of another sheet."""
    target = f"{quoted(sheet)}!{at}"
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=target, tooltip=tip)
