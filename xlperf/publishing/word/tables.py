"""A form's table as a Word table: cells merged both ways, headers repeated, rows kept whole."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from xlperf.publishing.page_estimate import row_height
from xlperf.publishing.tables import PrintedCell, PrintedTable, columns, is_above_frame
from xlperf.publishing.word.template import PREFIX, Template
from xlperf.publishing.word.xml import make, paragraph, runs

TWIPS = 20  # a point
TABLE_STYLE = f"{PREFIX}table"
# of a page: a higher row may be broken, or most of a page would stay blank
TALLEST_UNBROKEN_ROW = 0.45
OPEN_EDGES = ("top", "left", "right")  # edges that a cell above the frame does not have


def word_table(table: PrintedTable, template: Template, title: str) -> Any:
    """The table over the full width of the projects' pages."""
    paper = template.paper("projects")
    grid = column_widths(table.widths, round(paper.width * TWIPS))
    tall = TALLEST_UNBROKEN_ROW * paper.height
    rows = [_row(template, table, at, grid, tall) for at in range(len(table.rows))]
    return make(
        "tbl",
        None,
        make(
            "tblPr",
            None,
            make("tblStyle", {"val": template.style(TABLE_STYLE)}),
            make("tblW", {"w": sum(grid), "type": "dxa"}),
            make("jc", {"val": "center"}),
            make("tblLayout", {"type": "fixed"}),
            make("tblLook", {"val": "0000"}),
            make("tblCaption", {"val": title}),
        ),
        make("tblGrid", None, *(make("gridCol", {"w": width}) for width in grid)),
        *rows,
    )


def column_widths(widths: Sequence[int], room: int) -> list[int]:
    """Widths in proportion to the form's that add up to the room there is."""
    total = sum(widths)
    edges = [round(room * sum(widths[:at]) / total) for at in range(len(widths) + 1)]
    return [right - left for left, right in pairwise(edges)]


def _row(template: Template, table: PrintedTable, at: int, grid: list[int], tall: float) -> Any:
    row = table.rows[at]
    properties = []
    if row_height(template, table, row) < tall:
        properties.append(make("cantSplit"))
    if at < table.headers:
        properties.append(make("tblHeader"))
    cells = [
        _cell(template, cell, wide, open_above=at == 0 and is_above_frame(row), stays=at == 0)
        for cell, wide in columns(row, grid)
    ]
    return make("tr", None, make("trPr", None, *properties), *cells)


def _cell(
    template: Template, cell: PrintedCell, width: int, *, open_above: bool, stays: bool
) -> Any:
    properties = [make("tcW", {"w": width, "type": "dxa"})]
    if cell.width > 1:
        properties.append(make("gridSpan", {"val": cell.width}))
    if cell.height > 1:
        properties.append(make("vMerge", {} if cell.continued else {"val": "restart"}))
    if open_above:
        open_edges = (make(edge, {"val": "nil"}) for edge in OPEN_EDGES)
        properties.append(make("tcBorders", None, *open_edges))
    style = template.style(PREFIX + cell.look)
    keep_next = (make("keepNext"),) if stays else ()
    lines = [paragraph(style, *runs(line), properties=keep_next) for line in cell.lines]
    return make("tc", None, make("tcPr", None, *properties), *lines)
