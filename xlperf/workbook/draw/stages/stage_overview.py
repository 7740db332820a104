"""A department's sheet of a stage, drawn."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.forms.defined_names import AID
from xlperf.forms.stages.choice import STAGE
from xlperf.formulas.stages.columns import COUNTED_NAME
from xlperf.formulas.stages.counting import AREA, contributed, listed
from xlperf.layout import Box, FilledForm, anchors
from xlperf.layout.addresses import letters
from xlperf.record import Raw, words
from xlperf.wording import official, say
from xlperf.workbook.cells import cell_at, link
from xlperf.workbook.draw import charts
from xlperf.workbook.draw.cell_styles import CellStyles
from xlperf.workbook.draw.checks.validations import protect
from xlperf.workbook.draw.form_sheet import draw, page, write_values
from xlperf.workbook.draw.stages.stage_sheet import POINTS_FORMAT
from xlperf.workbook.draw.summary import PROJECTS_NAMED_IN_CHART, colour
from xlperf.workbook.names import define_name

PAGE = (755, 480)  # points that a landscape page of A4 has between its margins
A_ROW, A_DIGIT = 15, 5.25  # points of a usual row, and of a digit in a column
HIDDEN_STATUS_COLUMNS = 3  # columns behind the list, for what the sheet says of itself


def draw_overview(  # noqa: PLR0913, PLR0917 - what it shows, and of which stage
    book: Workbook,
    title: str,
    filled_form: FilledForm,
    measured: FilledForm,
    stage: Raw,
    styles: CellStyles,
) -> Worksheet:
    """Add the sheet; `measured` has the texts that its formulas show.

    A stage's number among those of its kind and day is under the key "number".
    """
    sheet: Worksheet = book.create_sheet(title)
    draw(sheet, filled_form.layout, styles)
    write_values(sheet, filled_form, measured)
    page(sheet, landscape=True)
    width = len(filled_form.layout.form.widths)
    define_name(
        sheet, AID + "area", Box(1, 1, width + HIDDEN_STATUS_COLUMNS, filled_form.layout.rows)
    )
    for at, key in enumerate(("kind", "until", "number")):
        box = Box(1, width + 1 + at)
        define_name(sheet, STAGE + key, box)
        if text := stage.get(key):
            cell = cell_at(sheet, *box.at)
            cell.value = text
            styles.give(cell, "hidden")
        sheet.column_dimensions[cell_at(sheet, *box.at).column_letter].hidden = True
    _add_sheet_count(sheet, filled_form, words(stage, "kind"), styles)
    _shares(sheet, filled_form)
    _printed(sheet, filled_form, below=_charts(sheet, filled_form))
    colour(sheet, anchors(filled_form.layout)["projects/state"])
    back = cell_at(sheet, 2, width + HIDDEN_STATUS_COLUMNS + 1)
    back.value = say("summary.back")
    styles.give(back, "link_center")
    link(back, official("sheet.summary"), say("summary.back"))
    define_name(sheet, AID + "back", Box(2, width + HIDDEN_STATUS_COLUMNS + 1))
    sheet.column_dimensions[back.column_letter].width = 16
    protect(sheet)
    return sheet


def _add_sheet_count(
    sheet: Worksheet, filled_form: FilledForm, kind: str, styles: CellStyles
) -> None:
    """Hidden far to the right, how many sheets of the stage are listed here."""
    at = anchors(filled_form.layout)
    if "projects/state" not in at:
        return
    for coord, formula in contributed(kind, listed(at["projects/state"])).items():
        cell = cell_at(sheet, *coord)
        cell.value = str(formula)
        styles.give(cell, "hidden")
        sheet.column_dimensions[cell.column_letter].hidden = True
    define_name(sheet, COUNTED_NAME, AREA)


def _shares(sheet: Worksheet, filled_form: FilledForm) -> None:
    """Shares that were spent are shown in percent."""
    at = anchors(filled_form.layout)
    for key in ("projects/rate", "units/rate", "sum/rate"):
        for coord in at[key].coords() if key in at else ():
            cell_at(sheet, *coord).number_format = POINTS_FORMAT


def _printed(sheet: Worksheet, filled_form: FilledForm, below: int) -> None:
    """Tables and charts are printed, not what is beside them; no page's end cuts the charts.

    `below`: the last row of the charts.
    """
    widths, rows = filled_form.layout.form.widths, filled_form.layout.rows
    sheet.print_area = f"A1:{letters(len(widths))}{below}"
    heights = (sheet.row_dimensions[row].height or A_ROW for row in range(1, rows + 1))
    scale = min(1.0, PAGE[0] / (sum(widths) * A_DIGIT))
    if sum(heights) + (below - rows) * A_ROW > PAGE[1] / scale:
        sheet.row_breaks.append(Break(id=rows))


def _charts(sheet: Worksheet, filled_form: FilledForm) -> int:
    """Below the tables: what was spent of each project's budget, and its points or its unit's.

    Gives the last row of the charts.
    """
    at, width = anchors(filled_form.layout), len(filled_form.layout.form.widths)
    many = at["projects/number"].height > PROJECTS_NAMED_IN_CHART
    names = at["projects/number" if many else "projects/name"]
    height, row = charts.rows_of_bars(names.height), filled_form.layout.rows + 2
    half = width // 2 - 1
    places = Box(row, 1, half, height), Box(row, half + 1, width - half, height)
    charts.bars(sheet, say("stages.chart_rates"), names, at["projects/rate"], places[0], "0%")
    if "projects/total" in at:
        points = at["projects/total"]
        charts.bars(sheet, say("stages.chart_points"), names, points, places[1], "0")
    elif "units/rate" in at:
        rates = at["units/rate"]
        charts.bars(sheet, say("stages.chart_units"), at["units/name"], rates, places[1], "0%")
    return row + height - 1
