"""A department's sheet of a stage, drawn."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.forms.naming import AID
from xlperf.forms.stages.choice import STAGE
from xlperf.layout import Box, Filled
from xlperf.record import Raw
from xlperf.wording import official, say
from xlperf.workbook.cells import cell_at, link
from xlperf.workbook.draw.cell_styles import CellStyles
from xlperf.workbook.draw.form_sheet import draw, page, write_values
from xlperf.workbook.draw.validations import protect
from xlperf.workbook.names import define_name

HIDDEN = 3  # columns behind the list, for what the sheet says of itself


def draw_overview(
    book: Workbook, title: str, filled: Filled, stage: Raw, styles: CellStyles
) -> Worksheet:
    """Add the sheet. A stage's number among those of its kind and day is under the key "number"."""
    sheet: Worksheet = book.create_sheet(title)
    draw(sheet, filled.layout, styles)
    write_values(sheet, filled)
    page(sheet, landscape=True)
    width = len(filled.layout.form.widths)
    define_name(sheet, AID + "area", Box(1, 1, width + HIDDEN, filled.layout.rows))
    for at, key in enumerate(("kind", "until", "number")):
        box = Box(1, width + 1 + at)
        define_name(sheet, STAGE + key, box)
        if text := stage.get(key):
            cell = cell_at(sheet, *box.at)
            cell.value = text
            styles.give(cell, "hidden")
        sheet.column_dimensions[cell_at(sheet, *box.at).column_letter].hidden = True
    back = cell_at(sheet, 2, width + HIDDEN + 1)
    back.value = say("summary.back")
    styles.give(back, "link_center")
    link(back, official("sheet.summary"), say("summary.back"))
    define_name(sheet, AID + "back", Box(2, width + HIDDEN + 1))
    sheet.column_dimensions[back.column_letter].width = 16
    protect(sheet)
    return sheet
