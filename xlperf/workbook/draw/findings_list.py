"""The sheet with the list of findings: written from a plan, and its explanations read back.

The sheet is known by its names, so it may be renamed and moved; a line is known by what it is
about (on hidden columns), so lines may be filtered, sorted and deleted.
"""

from __future__ import annotations

from copy import copy

from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.forms.made_sheets.book_sheets import FINDINGS
from xlperf.layout import Box, FilledForm, anchors, fill
from xlperf.plan import HIDDEN_COLUMNS, INPUT_HEAD_FILL, FindingEntry, Plan, list_colours, list_rows
from xlperf.waivers import INPUT_KEYS
from xlperf.wording import say
from xlperf.workbook.cells import cell_at, link
from xlperf.workbook.draw.cell_styles import CellStyles
from xlperf.workbook.draw.checks.validations import add_validation, protect
from xlperf.workbook.draw.form_sheet import draw, page, write_values
from xlperf.workbook.draw.list_notes import carry_notes


def write_list(
    sheet: Worksheet, styles: CellStyles, plan: Plan, old: Worksheet | None = None
) -> None:
    """Draw the list on an empty sheet; `old` is the list before it, whose notes go with it."""
    filled_form = fill(FINDINGS, list_rows(plan))
    draw(sheet, filled_form.layout, styles)
    write_values(sheet, filled_form)
    page(sheet, landscape=True)
    add_validation(sheet, filled_form.layout)
    protect(sheet)
    _dress(sheet, filled_form, (*plan.entries, *plan.orphans))
    if old is not None:
        carry_notes(old, sheet, styles, plan, filled_form)


def _dress(sheet: Worksheet, filled_form: FilledForm, entries: tuple[FindingEntry, ...]) -> None:
    """Colours, a link to every place, a filter over the table, the program's columns hidden."""
    at = {key.removeprefix("findings/"): box for key, box in anchors(filled_form.layout).items()}
    top, last = at["severity"].row, filled_form.layout.rows
    for row, entry in enumerate(entries, top):
        for key, colour in list_colours(entry).items():
            _paint(sheet, row, at[key], colour)
        if entry.cell:
            link(cell_at(sheet, row, at["cell"].col), entry.sheet, say("findings.go"), entry.cell)
    for key in INPUT_KEYS:
        _paint(sheet, top - 1, at[key], INPUT_HEAD_FILL)
    for key in HIDDEN_COLUMNS:
        sheet.column_dimensions[get_column_letter(at[key].col)].hidden = True
    sheet.auto_filter.ref = f"A{top - 1}:{get_column_letter(len(FINDINGS.widths))}{last}"
    sheet.print_area = f"A1:{get_column_letter(len(FINDINGS.widths))}{last}"


def _paint(sheet: Worksheet, row: int, column: Box, colour: str) -> None:
    cell_at(sheet, row, column.col).fill = copy(PatternFill("solid", fgColor=f"FF{colour}"))
