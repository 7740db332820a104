"""What the summary shows of stages, drawn on an empty sheet, to be put onto the summary."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.formulas.stages.summary import SUMMARY_WIDTHS, StageColumns
from xlperf.layout import Box
from xlperf.rules.stages.views import EVALUATION
from xlperf.wording import say
from xlperf.workbook.cells import cell_at
from xlperf.workbook.draw import charts
from xlperf.workbook.draw.cell_styles import CellStyles
from xlperf.workbook.draw.form_sheet import merge
from xlperf.workbook.draw.stages.stage_sheet import POINTS_FORMAT
from xlperf.workbook.draw.summary import PROJECTS_NAMED_IN_CHART, colour

CHART = 5  # columns of a chart at least, those behind the block among them


def draw_columns(
    book: Workbook, title: str, block: StageColumns, below: int, styles: CellStyles
) -> Worksheet:
    """Add a sheet with nothing but the block; `below`: the first row that charts may cover.

    Its title is the summary's, so that its charts look at the summary's cells.
    """
    sheet: Worksheet = book.create_sheet(title)
    for at, look in block.looks():
        styles.give(cell_at(sheet, *at), look)
    for box in block.merged():
        merge(sheet, box.row, box.col, box.height, box.width)
    for at, content in block.cells().items():
        cell_at(sheet, *at).value = str(content)
    for column in block.columns:
        letter = cell_at(sheet, 1, column.col).column_letter
        sheet.column_dimensions[letter].width = SUMMARY_WIDTHS[column.key]
        if column.key == "rate":
            for row in range(block.box.row, block.box.bottom + 1):
                cell_at(sheet, row, column.col).number_format = POINTS_FORMAT
        if column.key == "state":
            for key in ("units", "projects"):
                colour(sheet, block.area(column, key))
            colour(sheet, Box(block.here["total/count"].row, column.col))
    for col in block.lines.values():
        letter = cell_at(sheet, 1, col).column_letter
        sheet.column_dimensions[letter].width = SUMMARY_WIDTHS["line"]
        sheet.column_dimensions[letter].hidden = True
    _charts(sheet, block, below)
    return sheet


def _charts(sheet: Worksheet, block: StageColumns, below: int) -> None:
    """Below the block: the shares that were spent, beside them the points, by project."""
    here = block.here
    names = here[
        "projects/number"
        if here["projects/number"].height > PROJECTS_NAMED_IN_CHART
        else "projects/name"
    ]
    height = charts.rows_of_bars(names.height)
    first = block.columns[0].col
    rates = [column for column in block.columns if column.key == "rate"]
    parts = tuple(
        (Box(block.box.row, _title_of(block, column.listing.title)), block.area(column, "projects"))
        for column in rates
    )
    where = Box(below, first, CHART, height)
    charts.side_by_side(sheet, say("stages.chart_rates"), names, parts, where, "0%")
    for column in block.columns:
        if column.key == "total" and column.listing.kind == EVALUATION:
            where = Box(below, first + CHART, CHART, height)
            area = block.area(column, "projects")
            charts.bars(sheet, say("stages.chart_points"), names, area, where, "0")


def _title_of(block: StageColumns, title: str) -> int:
    """The column over which a stage's title stands."""
    return next(column.col for column in block.columns if column.listing.title == title)
