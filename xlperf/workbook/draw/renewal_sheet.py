"""The sheet with last year's values beside this year's, which people delete when they are done."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

from openpyxl import Workbook

from xlperf.forms.made_sheets.renewal_sheet import RENEWAL
from xlperf.formulas.renewal_lines import LastYear, renewal_values
from xlperf.layout import Box, anchors, fill
from xlperf.layout.addresses import address, letters
from xlperf.wording import official, say
from xlperf.workbook.cells import cell_at, link
from xlperf.workbook.draw.cell_styles import CellStyles
from xlperf.workbook.draw.checks.conditional_formats import add_format
from xlperf.workbook.draw.form_sheet import draw, page, write_values

MONEY_FORMAT = "#,##0.00"
BLANK_FILL, CHANGED_FILL = "FFFFF2CC", "FFE2EFDA"  # behind the words of a state


def add_renewal_sheet(book: Workbook, styles: CellStyles, last: LastYear, behind: int) -> None:
    """Add the sheet behind so many others."""
    sheet = book.create_sheet(official("sheet.renewal"), behind)
    filled_form = fill(RENEWAL, renewal_values(last))
    draw(sheet, filled_form.layout, styles)
    write_values(sheet, filled_form)
    page(sheet, landscape=True)
    at = anchors(filled_form.layout)
    first, states = at["rows/sheet"], at["rows/state"]
    amounts = [n for n, line in enumerate(last.lines) if isinstance(line.last, Decimal)]
    for number, key in product(amounts, ("rows/last", "rows/now")):
        cell_at(sheet, first.row + number, at[key].col).number_format = MONEY_FORMAT
    for number, line in enumerate(last.lines):
        link(
            cell_at(sheet, first.row + number, first.col), line.title, say("renewal.go"), line.cell
        )
    if last.lines:
        top = address(Box(states.row, states.col)).replace("$", "")
        for key, colour in (("blank", BLANK_FILL), ("changed", CHANGED_FILL)):
            add_format(sheet, [states], f'{top}="{say(f"renewal.state_{key}")}"', fill=colour)
        right = letters(len(RENEWAL.widths))
        sheet.auto_filter.ref = f"A{first.row - 1}:{right}{filled_form.layout.rows}"
