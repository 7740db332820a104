"""Native charts over cells of a sheet, each held by two cells: no font moves one onto another."""

from __future__ import annotations

from openpyxl.chart import BarChart, LineChart, Reference, Series
from openpyxl.chart.data_source import StrRef
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.drawing.text import (
    CharacterProperties,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
)
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.layout import Box
from xlperf.layout.addresses import address

LEAST_CHART_ROWS = 17  # rows of a chart
CHART_ROW_HEIGHT = 15.0  # points of each of them
BESIDE_BARS = 6  # rows of a chart with bars that its title and its axis take
A_BAR = 1.5  # rows
CHART_GAP = 120_000  # between two charts, in the units of drawings: a third of a centimetre
# of the last column: no column is narrower, so that no edge is cut in print
REACH_INTO_LAST_COLUMN = 600_000
BLUE, GREY, LIGHT = "4472C4", "595959", "D9D9D9"
SERIES_COLOURS = (BLUE, "ED7D31", "A5A5A5")
YUAN_FORMAT = "#,##0"
ChartSeries = tuple[tuple[Box, Box], ...]  # the cell that names the amounts, and these
TITLE_FONT_SIZE, AXIS_FONT_SIZE = 1200, 900  # hundredths of a point


def rows_of_bars(bars: int) -> int:
    """How many rows a chart with so many bars below one another needs."""
    return max(LEAST_CHART_ROWS, round(A_BAR * bars) + BESIDE_BARS)


def bars(  # noqa: PLR0913, PLR0917 - what is shown, and where
    sheet: Worksheet, title: str, names: Box, amounts: Box, where: Box, code: str = YUAN_FORMAT
) -> None:
    """A bar for each row: its name, its amount; `code` is the number format of these."""
    chart = BarChart()
    chart.style, chart.legend, chart.gapWidth = 10, None, 60
    chart.add_data(_column(sheet, amounts), titles_from_data=False)
    chart.set_categories(_column(sheet, names))
    _colour(chart)
    _downwards(chart)
    _place(sheet, chart, title, where, code)


def _downwards(chart: BarChart) -> None:
    """Bars from left to right, the first row's on top, as in the table."""
    chart.type, chart.x_axis.scaling.orientation, chart.y_axis.crosses = "bar", "maxMin", "max"


def line(sheet: Worksheet, title: str, names: Box, amounts: Box, where: Box) -> None:
    """A line over one row of amounts, such as the months of a spending plan."""
    chart = LineChart()
    chart.style, chart.legend = 12, None
    chart.add_data(_row(sheet, amounts), from_rows=True, titles_from_data=False)
    chart.set_categories(_row(sheet, names))
    chart.y_axis.scaling.min = 0
    series = chart.series[0]
    series.marker.symbol, series.smooth = "circle", False
    series.graphicalProperties.line.solidFill = BLUE
    chart.dataLabels = _values_only()
    chart.dataLabels.position = "t"
    _place(sheet, chart, title, where)


def stacked(sheet: Worksheet, title: str, names: Box, parts: ChartSeries, where: Box) -> None:
    """A bar for each row, made of several amounts, each with the cell that names it."""
    chart = _in_parts(sheet, names, parts)
    _downwards(chart)
    _place(sheet, chart, title, where)


def side_by_side(  # noqa: PLR0913, PLR0917 - what is shown, and where
    sheet: Worksheet,
    title: str,
    names: Box,
    parts: ChartSeries,
    where: Box,
    code: str = YUAN_FORMAT,
) -> None:
    """A bar for each row and part, those of a row below one another."""
    chart = _in_parts(sheet, names, parts)
    chart.grouping, chart.overlap = "clustered", None
    _downwards(chart)
    _place(sheet, chart, title, where, code)


def columns(sheet: Worksheet, title: str, names: Box, parts: ChartSeries, where: Box) -> None:
    """Like `stacked`, for many rows: upright bars beside one another, with short names."""
    chart = _in_parts(sheet, names, parts)
    chart.type = "col"
    _place(sheet, chart, title, where)


def _in_parts(sheet: Worksheet, names: Box, parts: ChartSeries) -> BarChart:
    chart = BarChart()
    chart.grouping, chart.overlap, chart.style = "stacked", 100, 10
    for head, amounts in parts:
        series = Series(_column(sheet, amounts))
        series.tx = SeriesLabel(strRef=StrRef(f=address(head, sheet.title)))
        chart.series.append(series)
    chart.set_categories(_column(sheet, names))
    chart.gapWidth, chart.legend.position = 50, "b"
    _colour(chart)
    return chart


def _colour(chart: BarChart) -> None:
    for series, colour in zip(chart.series, SERIES_COLOURS, strict=False):
        series.graphicalProperties.solidFill = colour


def _place(
    sheet: Worksheet, chart: BarChart | LineChart, title: str, where: Box, code: str = YUAN_FORMAT
) -> None:
    """Give a chart its title, quiet axes, and the cells that it covers."""
    words = Paragraph(pPr=_type(TITLE_FONT_SIZE, is_bold=True), r=[RegularTextRun(t=title)])
    chart.title = Title(tx=Text(rich=RichText(p=[words])), overlay=False)
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.numFmt, chart.y_axis.number_format = code, code
    for axis in (chart.x_axis, chart.y_axis):
        axis.txPr = RichText(
            p=[Paragraph(pPr=_type(AXIS_FONT_SIZE), endParaRPr=CharacterProperties())]
        )
    if chart.y_axis.majorGridlines is not None:
        chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=LIGHT))
    chart.anchor = anchor(where)  # type: ignore[assignment]
    for row in range(where.row, where.row + where.height):
        sheet.row_dimensions[row].height = CHART_ROW_HEIGHT
    sheet.add_chart(chart)


def anchor(where: Box) -> TwoCellAnchor:
    """What holds a drawing over some cells: from a gap in the first into the last column."""
    first = AnchorMarker(col=where.col - 1, colOff=CHART_GAP, row=where.row - 1, rowOff=0)
    right, below = where.col + where.width - 2, where.row + where.height - 1
    return TwoCellAnchor(
        _from=first, to=AnchorMarker(col=right, colOff=REACH_INTO_LAST_COLUMN, row=below)
    )


def _type(size: int, *, is_bold: bool = False) -> ParagraphProperties:
    look = CharacterProperties(sz=size, b=is_bold, solidFill=GREY)
    return ParagraphProperties(defRPr=look)


def _values_only() -> DataLabelList:
    labels = DataLabelList()
    labels.showVal, labels.numFmt = True, YUAN_FORMAT
    labels.showSerName = labels.showCatName = labels.showLegendKey = labels.showPercent = False
    return labels


def _column(sheet: Worksheet, box: Box) -> Reference:
    bottom = box.row + box.height - 1
    return Reference(sheet, min_col=box.col, min_row=box.row, max_row=bottom)


def _row(sheet: Worksheet, box: Box) -> Reference:
    right = box.col + box.width - 1
    return Reference(sheet, min_col=box.col, max_col=right, min_row=box.row, max_row=box.row)
