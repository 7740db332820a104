"""The sheet with the list of findings: written from a plan, and its explanations read back.

The sheet is known by its names, so it may be renamed and moved; a line is known by what it is
about (on hidden columns), so lines may be filtered, sorted and deleted.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy

from openpyxl import Workbook
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.forms.generated import FINDINGS
from xlperf.forms.waiver_list import list_titles
from xlperf.layout import Box, Filled, anchors, fill
from xlperf.plan import ASKED, HIDDEN, Entry, Plan, list_colours, list_rows
from xlperf.waivers import TYPED
from xlperf.wording import official, say
from xlperf.workbook.cells import cell_at, link
from xlperf.workbook.draw.cell_styles import CellStyles
from xlperf.workbook.draw.form_sheet import draw, page, write_values
from xlperf.workbook.draw.list_notes import carry_notes
from xlperf.workbook.draw.validations import add_validation, protect


def list_sheets(book: Workbook) -> Iterator[Worksheet]:
    """The sheets that hold a list of findings, whatever they are called; the true one first."""
    for title in list_titles((sheet.title, sheet.defined_names) for sheet in book.worksheets):
        yield book[title]


def remove_list(book: Workbook) -> Worksheet | None:
    """Take the list away, which is the answer; a copy that somebody made of it stays."""
    for sheet in list(list_sheets(book))[:1]:
        book.remove(sheet)
        return sheet
    return None


def write_list(
    book: Workbook, styles: CellStyles, plan: Plan, behind: int, old: Worksheet | None = None
) -> None:
    """The list as a sheet behind so many others: the last of the visible ones.

    `old` is the list that was taken away, whose notes go with it.
    """
    sheet = book.create_sheet(official("sheet.findings"), behind)
    filled = fill(FINDINGS, list_rows(plan))
    draw(sheet, filled.layout, styles)
    write_values(sheet, filled)
    page(sheet, landscape=True)
    add_validation(sheet, filled.layout)
    protect(sheet)
    _dress(sheet, filled, (*plan.entries, *plan.kept))
    if old is not None:
        carry_notes(old, sheet, styles, plan, filled)


def _dress(sheet: Worksheet, filled: Filled, entries: tuple[Entry, ...]) -> None:
    """Colours, a link to every place, a filter over the table, the program's columns hidden."""
    at = {key.removeprefix("findings/"): box for key, box in anchors(filled.layout).items()}
    top, last = at["severity"].row, filled.layout.rows
    for row, entry in enumerate(entries, top):
        for key, colour in list_colours(entry).items():
            _paint(sheet, row, at[key], colour)
        if entry.cell:
            link(cell_at(sheet, row, at["cell"].col), entry.sheet, say("findings.go"), entry.cell)
    for key in TYPED:
        _paint(sheet, top - 1, at[key], ASKED)
    for key in HIDDEN:
        sheet.column_dimensions[get_column_letter(at[key].col)].hidden = True
    sheet.auto_filter.ref = f"A{top - 1}:{get_column_letter(len(FINDINGS.widths))}{last}"
    sheet.print_area = f"A1:{get_column_letter(len(FINDINGS.widths))}{last}"


def _paint(sheet: Worksheet, row: int, column: Box, colour: str) -> None:
    cell_at(sheet, row, column.col).fill = copy(PatternFill("solid", fgColor=f"FF{colour}"))
