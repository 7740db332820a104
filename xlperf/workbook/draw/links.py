"""Links inside a workbook."""

from __future__ import annotations

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.hyperlink import Hyperlink

from xlperf.layout.addresses import quoted


def link(cell: Cell, sheet: str, tip: str, at: str = "A1") -> None:
    """Make a cell lead to a cell of another sheet."""
    target = f"{quoted(sheet)}!{at}"
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=target, tooltip=tip)
