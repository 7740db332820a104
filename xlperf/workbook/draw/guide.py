"""The sheet that says how to use the workbook."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from xlperf.forms.defined_names import AID
from xlperf.forms.made_sheets.book_sheets import GUIDE
from xlperf.layout import Box, fill
from xlperf.rules import native_coverage
from xlperf.wording import say
from xlperf.workbook.draw.cell_styles import CellStyles
from xlperf.workbook.draw.checks.validations import protect
from xlperf.workbook.draw.form_sheet import draw, write_values
from xlperf.workbook.names import define_name


def write_guide(sheet: Worksheet, styles: CellStyles) -> None:
    """How to use the workbook, in the words of the wording file."""
    numbers = range(1, 1 + int(say("guide.sections")))
    sections = [
        {
            "heading": say(f"guide.{n}.heading"),
            "text": say(f"guide.{n}.text", **native_coverage.counts()),
        }
        for n in numbers
    ]
    filled_form = fill(GUIDE, {"title": say("guide.title"), "sections": sections})
    draw(sheet, filled_form.layout, styles)
    write_values(sheet, filled_form)
    define_name(sheet, AID + "area", Box(1, 1, len(GUIDE.widths), filled_form.layout.rows))
    protect(sheet)
