"""Drawing a form's sheet (`draw`) and putting values into it (`write_values`): separate steps.

What is drawn depends on the form and on how long its lists are, never on a text; so one drawn
sheet can stand for all projects of the same shape (`workbook.stamp`).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.forms.defined_names import FIELD_PREFIX, MADE_FIELD, field_name
from xlperf.layout import GENERATED_EDITION, Box, FilledForm, Formula, Layout, Percent, anchors
from xlperf.layout.vocabulary import Each
from xlperf.workbook.cells import cell_at
from xlperf.workbook.draw.cell_styles import CellStyles
from xlperf.workbook.draw.row_heights import heights
from xlperf.workbook.names import define_name
from xlperf.workbook.package.sheet_xml.xml_escapes import RISKY, encode

A3, A4 = 8, 9
PRINTED_BELOW = 2  # blank rows below a last list: a row typed or inserted there is printed, too


def draw(
    sheet: Worksheet, layout: Layout, styles: CellStyles, at: Mapping[str, Box] | None = None
) -> None:
    """Give an empty sheet the columns, looks, merged cells, paper and field names of a layout.

    `at`: where the fields are, where the layout does not have all cells of its lists.
    """
    for col, width in enumerate(layout.form.widths, 1):
        sheet.column_dimensions[get_column_letter(col)].width = width
    for slot in layout.slots:
        for row, col in slot.box.coords():
            styles.give(cell_at(sheet, row, col), slot.cell.look)
        merge(sheet, slot.box.row, slot.box.col, slot.box.height, slot.box.width)
    prefix = MADE_FIELD if layout.form.edition == GENERATED_EDITION else FIELD_PREFIX
    for key, box in (anchors(layout) if at is None else at).items():
        define_name(sheet, field_name(key, prefix), box)
    paper(sheet, layout)


def merge(sheet: Worksheet, row: int, col: int, height: int, width: int) -> None:
    """Merge cells that already have their looks (openpyxl's own way redraws every border)."""
    if height * width > 1:
        area = CellRange(
            min_row=row, min_col=col, max_row=row + height - 1, max_col=col + width - 1
        )
        sheet.merged_cells.add(area)


def paper(sheet: Worksheet, layout: Layout) -> None:
    """A4 portrait, one page wide, the form's first rows on every page and in view."""
    form = layout.form
    last = get_column_letter(len(form.widths))
    if form.edition != GENERATED_EDITION:  # a made sheet may have charts beside its cells
        below = PRINTED_BELOW if isinstance(form.body[-1], Each) else 0
        sheet.print_area = f"A1:{last}{layout.rows + below}"
        sheet.page_setup.blackAndWhite = True  # the colours of the checks are for the screen
    page(sheet, landscape=False)
    if form.repeated:
        sheet.print_title_rows = f"1:{form.repeated}"
    if form.frozen:
        sheet.freeze_panes = f"A{form.frozen + 1}"


def page(sheet: Worksheet, *, landscape: bool, paper: int = A4) -> None:
    """A4 or other paper, one page wide, centred, with margins in inches."""
    setup = sheet.page_setup
    setup.paperSize = paper
    setup.orientation = "landscape" if landscape else "portrait"
    setup.fitToWidth, setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.6
    margins.top, margins.bottom, margins.header, margins.footer = 0.85, 0.75, 0.4, 0.35


def write_values(
    sheet: Worksheet, filled_form: FilledForm, measured: FilledForm | None = None
) -> None:
    """Put the values into a drawn sheet, and make every row as high as its texts need.

    Where the values are formulas, `measured` has the texts that they will show.
    """
    for (row, col), content in filled_form.grid.values.items():
        put(cell_at(sheet, row, col), content)
    for row, height in heights(filled_form.layout, (measured or filled_form).grid).items():
        sheet.row_dimensions[row].height = height


def put(cell: Cell, content: Any) -> None:
    """Write a value; text stays text, whatever it begins with."""
    if isinstance(content, Percent):
        cell.value = float(content.fraction)
    elif isinstance(content, Decimal):
        cell.value = float(content)
    elif isinstance(content, Formula):
        cell.value = str(content)
    elif isinstance(content, str):
        cell.value = encode(content)
        cell.data_type = "s"
        if content.startswith(RISKY):
            cell.quotePrefix = True
    else:
        cell.value = content
