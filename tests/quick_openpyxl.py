"""openpyxl as tests use it: what it works out anew for every workbook is remembered.

Hundreds of tests open much the same workbooks. More than half of openpyxl's time goes into formulas
that cells share, moved from the first of them to the others, into borders of merged cells, and into
texts that cells share.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from functools import cache
from typing import Any

import pytest
from openpyxl.formula.translate import Translator
from openpyxl.reader import excel
from openpyxl.styles.borders import Border
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.merge import MergedCell, MergedCellRange

from xlperf.workbook.package.open_safely import string_table

SIDES = ("top", "left", "right", "bottom")
PLACES: tuple[tuple[Any, str], ...] = (
    (Translator, "__init__"),
    (Translator, "translate_formula"),
    (MergedCellRange, "format"),
    (excel, "read_string_table"),
)
OWN = tuple(getattr(of, name) for of, name in PLACES)  # openpyxl's


def remember(patch: pytest.MonkeyPatch) -> None:
    """Let openpyxl remember from here on; it gives what it gave."""
    _put(patch, (_given, _moving(*OWN[:2]), _format, string_table))


def forget(patch: pytest.MonkeyPatch) -> None:
    """Let openpyxl be as it is installed."""
    _put(patch, OWN)


def _put(patch: pytest.MonkeyPatch, functions: Iterable[Any]) -> None:
    for (of, name), function in zip(PLACES, functions, strict=True):
        patch.setattr(of, name, function)


def _given(self: Any, formula: str, origin: str) -> None:
    self.given = formula, origin


def _moving(begin: Any, move: Any) -> Any:
    @cache
    def first(formula: str, origin: str) -> Any:
        made: Any = object.__new__(Translator)
        begin(made, formula, origin)
        return made

    @cache
    def moved(formula: str, origin: str, dest: str | None, down: int, across: int) -> str:
        return str(move(first(formula, origin), dest, down, across))

    def translate(self: Any, dest: Any = None, row_delta: int = 0, col_delta: int = 0) -> str:
        return moved(*self.given, dest, row_delta, col_delta)

    return translate


def _format(self: Any) -> None:
    """Give the cells at the edges the border of the first cell on that side, and all its lock."""
    cells, first = self.ws._cells, self.start_cell
    for row, col in self.cells:
        if (row, col) not in cells:
            cells[row, col] = MergedCell(self.ws, row=row, column=col)
    sums: dict[tuple[int, str], int] = {}  # by the border before
    for side in SIDES:
        line = getattr(first.border, side)
        if line and line.style is None:
            continue
        border = Border(**{side: line})
        for coord in getattr(self, side):
            cell = cells[coord]
            key = (cell._style.borderId if cell._style else 0, side)
            if key in sums:
                cell._style = cell._style or StyleArray()
                cell._style.borderId = sums[key]
            else:
                cell.border += border
                sums[key] = cell._style.borderId
    first.protection = copy(first.protection)
    for coord in self.cells:
        cells[coord]._style = cells[coord]._style or StyleArray()
        cells[coord]._style.protectionId = first._style.protectionId
