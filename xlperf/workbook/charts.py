"""Native charts over cells of a sheet."""

from __future__ import annotations

from openpyxl.chart import BarChart, LineChart, PieChart, Reference, Series
from openpyxl.chart.label import DataLabelList
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.layout import Box

HEIGHT = 8.5  # centimetres
BLUE = "4472C4"
COLOURS = (BLUE, "ED7D31", "A5A5A5")


def bars(sheet: Worksheet, title: str, names: Box, amounts: Box, at: str) -> None:
    """A bar for each row: its name, its amount."""
    chart = BarChart()
    chart.type, chart.style = "bar", 10
    chart.title, chart.legend = title, None
    chart.add_data(_column(sheet, amounts), titles_from_data=False)
    chart.set_categories(_column(sheet, names))
    chart.x_axis.scaling.orientation = "maxMin"  # the first row on top, as in the table
    chart.x_axis.delete, chart.y_axis.delete = False, True  # every bar says its amount
    chart.y_axis.majorGridlines = None
    chart.gapWidth = 60
    chart.width, chart.height = 22, max(HEIGHT, 1.0 * names.height + 3)
    chart.dataLabels = _values_only()
    sheet.add_chart(chart, at)


def line(sheet: Worksheet, title: str, names: Box, amounts: Box, at: str) -> None:
    """A line over one row of amounts, such as the months of a spending plan."""
    chart = LineChart()
    chart.style, chart.title, chart.legend = 12, title, None
    chart.add_data(_row(sheet, amounts), from_rows=True, titles_from_data=False)
    chart.set_categories(_row(sheet, names))
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.numFmt = "#,##0"
    chart.y_axis.scaling.min = 0
    series = chart.series[0]
    series.marker.symbol, series.smooth = "circle", False
    series.graphicalProperties.line.solidFill = BLUE
    chart.width, chart.height = 17, HEIGHT
    chart.dataLabels = _values_only()
    chart.dataLabels.position = "t"
    sheet.add_chart(chart, at)


def stacked(sheet: Worksheet, title: str, names: Box, parts: tuple[Box, ...], at: str) -> None:
    """A bar for each row, made of several amounts; the parts are named by the heads of columns."""
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.style = "bar", "stacked", 100, 10
    chart.title = title
    for part, colour in zip(parts, COLOURS, strict=False):
        with_head = Box(part.row - 1, part.col, 1, part.height + 1)
        series = Series(_column(sheet, with_head), title_from_data=True)
        series.graphicalProperties.solidFill = colour
        chart.series.append(series)
    chart.set_categories(_column(sheet, names))
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.numFmt, chart.y_axis.number_format = "#,##0", "#,##0"
    chart.y_axis.crosses = "max"
    chart.gapWidth, chart.legend.position = 50, "b"
    chart.width, chart.height = 24, max(HEIGHT, 0.7 * names.height + 4)
    sheet.add_chart(chart, at)


def pie(sheet: Worksheet, title: str, names: Box, amounts: Box, at: str) -> None:
    """A pie of one row of amounts, with each part's share."""
    chart = PieChart()
    chart.title = title
    series = Series(_row(sheet, amounts))
    chart.series.append(series)
    chart.set_categories(_row(sheet, names))
    chart.width, chart.height = 11, HEIGHT
    chart.dataLabels = DataLabelList()
    chart.dataLabels.showPercent = chart.dataLabels.showCatName = True
    chart.dataLabels.showVal = chart.dataLabels.showSerName = False
    chart.dataLabels.showLegendKey = False
    chart.legend = None
    sheet.add_chart(chart, at)


def _values_only() -> DataLabelList:
    labels = DataLabelList()
    labels.showVal = True
    labels.showSerName = labels.showCatName = labels.showLegendKey = labels.showPercent = False
    return labels


def _column(sheet: Worksheet, box: Box) -> Reference:
    bottom = box.row + box.height - 1
    return Reference(sheet, min_col=box.col, min_row=box.row, max_row=bottom)


def _row(sheet: Worksheet, box: Box) -> Reference:
    right = box.col + box.width - 1
    return Reference(sheet, min_col=box.col, max_col=right, min_row=box.row, max_row=box.row)
