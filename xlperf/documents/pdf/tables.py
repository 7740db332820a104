"""Tables of PDF pages, and the parts of a table that goes on over pages put together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from xlperf.documents.blocks.composing import Aside, SourceItem
from xlperf.documents.blocks.sheet_items import sheet_items
from xlperf.documents.pdf.lines import PdfLine, goes_on, joined, lines_of, paragraphs
from xlperf.layout import Box, Coord
from xlperf.printed_sheet import PrintedSheet

EDGE = 3.0  # points by which lines of one table may be off


@dataclass(frozen=True)
class CellLines:
    """The first and the last line of a cell, and the edges in points between which they stand."""

    first: PdfLine
    line: PdfLine
    left: float
    right: float


@dataclass
class PdfTable:
    """A table: the texts of its cells by row and column, merged ranges, and its columns' edges."""

    page: int
    top: float
    bottom: float
    edges: tuple[float, ...]
    cells: dict[Coord, str]
    spans: list[Box]
    height: int
    lasts: dict[Coord, CellLines]  # of every cell that says something
    pages: dict[int, int] = field(default_factory=dict)  # of each row


def inside(character: dict[str, Any], box: Sequence[float]) -> bool:
    """Whether the middle of a character is within a rectangle: left, top, right, bottom."""
    x = (character["x0"] + character["x1"]) / 2
    y = (character["top"] + character["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def table_of(table: Any, characters: Sequence[dict[str, Any]], number: int) -> PdfTable:
    """A table that pdfplumber found on a page of this number, with the texts of its cells."""
    columns = _edges(edge for cell in table.cells for edge in (cell[0], cell[2]))
    rows = _edges(edge for cell in table.cells for edge in (cell[1], cell[3]))
    within = [character for character in characters if inside(character, table.bbox)]
    cells: dict[Coord, str] = {}
    lasts: dict[Coord, CellLines] = {}
    spans = []
    padding = _padding(table.cells, within)
    for box in table.cells:
        row, col = _nearest(rows, box[1]) + 1, _nearest(columns, box[0]) + 1
        width, height = _nearest(columns, box[2]) + 1 - col, _nearest(rows, box[3]) + 1 - row
        lines = lines_of([item for item in within if inside(item, box)])
        parts = paragraphs(lines, box[0] + padding, box[2] - padding)
        if text := "\n".join(part.text for part in parts):
            cells[row, col] = text
            lasts[row, col] = CellLines(lines[0], lines[-1], box[0] + padding, box[2] - padding)
        if width * height > 1:
            spans.append(Box(row, col, max(width, 1), max(height, 1)))
    height = len(rows) - 1
    pages = dict.fromkeys(range(1, height + 1), number)
    top, bottom = table.bbox[1], table.bbox[3]
    return PdfTable(number, top, bottom, tuple(columns), cells, spans, height, lasts, pages)


def _edges(places: Iterator[float]) -> list[float]:
    """Places in order; those that hardly differ are one."""
    result: list[float] = []
    for place in sorted(places):
        if not result or place - result[-1] > EDGE:
            result.append(float(place))
    return result


def _nearest(edges: Sequence[float], place: float) -> int:
    return min(range(len(edges)), key=lambda number: abs(edges[number] - place))


def _padding(boxes: Sequence[Sequence[float]], characters: Sequence[dict[str, Any]]) -> float:
    """How far text keeps from the lines around its cell, as the cells on the left edge show."""
    left = min(box[0] for box in boxes)
    gaps = [float(character["x0"]) - left for character in characters]
    return min(8.0, max(0.0, min(gaps, default=0.0)))


def table_goes_on(above: PdfTable, below: PdfTable) -> bool:
    """Whether a table at the top of a page goes on with the one that ended the page before."""
    if below.page != max(above.pages.values()) + 1:
        return False
    ends = (above.edges[0], above.edges[-1]), (below.edges[0], below.edges[-1])
    return all(abs(edge - other) <= EDGE for edge, other in zip(*ends, strict=True))


def append(above: PdfTable, below: PdfTable) -> Iterator[Aside]:
    """Put the rows of a table below those of another; yields titles that are printed again."""
    again = 0
    while again < below.height and _row(above, again + 1) == _row(below, again + 1) != []:
        again += 1
    for (row, _), text in below.cells.items():
        if row <= again:
            yield Aside(text, f"page{below.page}", margin=True, again=True)
    edges = _edges(iter((*above.edges, *below.edges)))
    _widen(above, edges)
    _widen(below, edges)
    again += _finish_row(above, below, again + 1)
    shift = above.height - again
    for of_above, of_below in ((above.cells, below.cells), (above.lasts, below.lasts)):
        shifted = {(row + shift, col): held for (row, col), held in of_below.items() if row > again}
        of_above.update(shifted)  # type: ignore[arg-type]
    for box in below.spans:
        cut = max(0, again + 1 - box.row)
        if box.height > cut:
            moved = replace(box, row=box.row + cut + shift, height=box.height - cut)
            above.spans.append(moved)
    above.pages |= {row + shift: page for row, page in below.pages.items() if row > again}
    above.height += below.height - again


def _finish_row(above: PdfTable, below: PdfTable, number: int) -> bool:
    """Put a row to the end of the one before, which a page broke, if all of its texts go on there.

    The rest of a row may stand below a merged cell too; false where it is a row of its own.
    """
    rest = {col: text for (row, col), text in below.cells.items() if row == number}
    pairs = []
    for col in rest:
        at = _covering(above, col)
        upper, lower = above.lasts.get(at), below.lasts[number, col]
        if upper is None or not goes_on(
            upper.line, lower.first, upper.left, upper.right, paged=True
        ):
            return False
        pairs.append((col, at, upper, lower))
    for col, at, upper, lower in pairs:
        width = upper.right - upper.left
        start = joined(above.cells[at], upper.line, lower.first, width)
        above.cells[at] = start + rest[col][len(lower.first.text) :]
        above.lasts[at] = replace(lower, left=upper.left, right=upper.right)
    return bool(pairs)


def _covering(table: PdfTable, col: int) -> Coord:
    """The cell that covers a column in the last row of a table."""
    row = table.height
    boxes = (box for box in table.spans if box.row <= row <= box.bottom)
    return next((box.at for box in boxes if box.col <= col < box.col + box.width), (row, col))


def _row(table: PdfTable, number: int) -> list[str]:
    return [text for (row, _), text in sorted(table.cells.items()) if row == number]


def _widen(table: PdfTable, edges: Sequence[float]) -> None:
    """Count a table's columns by more edges than its own."""
    to = [_nearest(edges, edge) for edge in table.edges]
    if to == [*range(len(to))] and len(to) == len(edges):
        return
    spans = {box.at: box for box in table.spans}
    held = {(row, col): spans.get((row, col), Box(row, col)) for row, col in {*table.cells, *spans}}
    table.cells = {(row, to[col - 1] + 1): text for (row, col), text in table.cells.items()}
    table.lasts = {(row, to[col - 1] + 1): last for (row, col), last in table.lasts.items()}
    table.spans = [
        Box(box.row, to[box.col - 1] + 1, to[box.col - 1 + box.width] - to[box.col - 1], box.height)
        for box in held.values()
    ]
    table.edges = tuple(edges)


def grid(table: PdfTable | None) -> Iterator[SourceItem]:
    """A table as items; lone cells at its top and bottom stay rows of it."""
    if table is None:
        return
    sheet = PrintedSheet("", table.cells, tuple(table.spans))
    yield from sheet_items(sheet, lambda row, col: f"page{table.pages[row]}/R{row}C{col}")
