"""The cells below the first one of a merged cell: in the file each of them holds the word, too.

Nobody sees them while they are merged. Whoever unmerges the cells, to sort the rows, has the level
in every row, and no formula can tell in another way whether cells are merged. openpyxl has no
values for such cells, so that they are put in for the moment in which a workbook is written.
A hidden column beside the form says which word was put in (see `blocks.levels`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.forms import EDITIONS
from xlperf.forms.defined_names import AID
from xlperf.forms.sheet_reading.sheet_reader import form_of
from xlperf.layout import Box
from xlperf.rules.formulas.native import literal, trim_blanks
from xlperf.workbook.cells import cell_at
from xlperf.workbook.names import fields, named_boxes

LONGEST_FORMULA_TEXT = 255  # characters of a text in a formula


def keep(sheet: Worksheet, box: Box, col: int) -> bool:
    """Say on a hidden column which word the cells of a merged cell hold; False if they hold none.

    `box` is the merged cell, or a single one. The word is the result of a formula, as that is ours
    for every reader, and as the checks see it. Words too long for a formula, and anything but
    words, are not repeated.
    """
    first = sheet.cell(*box.at)
    word = first.value if isinstance(first.value, str) and first.data_type == "s" else ""
    is_kept = 0 < len(word) <= LONGEST_FORMULA_TEXT
    for row in range(box.row, box.row + box.height):
        cell_at(sheet, row, col).value = f"={literal(trim_blanks(word))}" if is_kept else None
    return is_kept


@contextmanager
def covered(book: Workbook) -> Iterator[None]:
    """While a workbook is written, the cells of its merged levels hold their words."""
    before = []
    for sheet in book.worksheets:
        for box, col in merged_levels(sheet):
            if not keep(sheet, box, col):
                continue
            cells: Any = sheet._cells
            for at in box.coords()[1:]:
                cell: Any = Cell(sheet, *at, value=sheet.cell(*box.at).value)
                cell.data_type = "s"  # also where the word begins like a formula
                cell._style = copy(cells[at]._style)
                before.append((cells, at, cells[at]))
                cells[at] = cell
    try:
        yield
    finally:
        for cells, at, merged in before:
            cells[at] = merged


def merged_levels(sheet: Worksheet) -> Iterator[tuple[Box, int]]:
    """Each cell that is merged downwards in a list whose words are kept, and the column for it."""
    parts, at = named_boxes(sheet).get(AID + "parts"), fields(sheet)
    form = form_of(sheet.defined_names, *EDITIONS.values())
    if parts is None or form is None:
        return
    for part in form.lists():
        keys = part.merging
        if part.nested is None and parts.width == 2 * len(keys) + 1:
            for number, key in enumerate(keys):
                box = at.get(f"{part.list_ref}/{key}")
                if box:
                    col = parts.col + len(keys) + 1 + number
                    yield from ((item, col) for item in _down(sheet, box))


def _down(sheet: Worksheet, column: Box) -> Iterator[Box]:
    for area in sheet.merged_cells.ranges:
        height = area.max_row - area.min_row + 1
        one_wide = area.min_col == area.max_col == column.col
        if one_wide and height > 1 and column.row <= area.min_row <= column.bottom:
            yield Box(area.min_row, area.min_col, 1, height)
