"""An HTML table in the making: which columns its cells cover, as those above reach down."""

from __future__ import annotations

from dataclasses import dataclass, field

from xlperf.documents.blocks.composing import SourceCell, SourceItem, SourceTable
from xlperf.documents.html.frames import Attributes, Frame, Mode, whole

MOST_SPAN, MOST_DOWN = 1000, 65534  # as browsers have it


@dataclass(slots=True)
class HtmlRow:
    """A row in the making.

    `merged`: the columns where cells of the rows above reach into it, and how many each covers.
    `has_cell`: a cell begins in it.
    """

    merged: dict[int, int]
    cells: list[SourceCell] = field(default_factory=list)
    column: int = 0
    has_cell: bool = False

    def skip(self, at: str) -> None:
        """Put an empty cell for every cell from above that stands at the next column."""
        while self.column in self.merged:
            self.put("", at, self.merged.pop(self.column))

    def put(self, text: str, at: str, width: int) -> None:
        """Add a cell that is `width` columns wide; `at`: the place of the row."""
        columns = (self.column, self.column + width)
        self.cells.append(SourceCell(text, f"{at}C{len(self.cells) + 1}", columns))
        self.column += width

    def end(self, at: str) -> list[SourceCell]:
        """Its cells, with those from above that come last; none if no cell begins in it."""
        for column in sorted(self.merged):
            self.column = max(self.column, column)
            self.put("", at, self.merged[column])
        return self.cells if self.has_cell else []


@dataclass(slots=True)
class OpenTable:
    """A table that is not closed yet."""

    at: str
    mode: Mode
    rows: list[list[SourceCell]] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    row: HtmlRow | None = None
    row_mode: Mode = field(default_factory=Mode)
    cell: Frame | None = None
    span: tuple[int, int] = (1, 1)
    down: dict[int, tuple[int, int]] = field(default_factory=dict)  # column: width, rows to come

    @property
    def row_at(self) -> str:
        """The place of the row in the making."""
        return f"{self.at}R{len(self.rows) + 1}"

    def begin_row(self, tag: str, attributes: Attributes) -> HtmlRow:
        """A row begins."""
        self.end_row()
        self.row = HtmlRow({column: width for column, (width, _) in self.down.items()})
        self.row_mode = self.mode.within(tag, attributes)
        self.down = {col: (width, n - 1) for col, (width, n) in self.down.items() if n > 1}
        return self.row

    def begin_cell(self, tag: str, attributes: Attributes) -> None:
        """A cell begins, in a row of its own if none is open."""
        self.end_cell()
        row = self.row or self.begin_row("tr", {})
        row.skip(self.row_at)
        row.has_cell = True
        height = whole(attributes.get("rowspan"), 1)
        width = min(max(1, whole(attributes.get("colspan"), 1)), MOST_SPAN)
        self.span = (width, min(height, MOST_DOWN) if height > 0 else MOST_DOWN)
        at = f"{self.row_at}C{len(row.cells) + 1}"
        self.cell = Frame(at, self.row_mode.within(tag, attributes))

    def end_cell(self) -> None:
        """The open cell ends."""
        cell, self.cell = self.cell, None
        if cell is None or self.row is None:
            return
        cell.flush()
        width, height = self.span
        if height > 1:
            self.down[self.row.column] = (width, height - 1)
        self.row.put(cell.text_of_prose(), self.row_at, width)
        self.frames.append(cell)

    def end_row(self) -> int:
        """The open row ends; how many cells that makes."""
        self.end_cell()
        row, self.row = self.row, None
        cells = row.end(self.row_at) if row else []
        self.rows += [cells] if cells else []
        return len(cells)

    def end_group(self) -> int:
        """A group of rows ends: nothing reaches down out of it."""
        added = self.end_row()
        self.down = {}
        return added

    def items(self) -> list[SourceItem]:
        """The table and those in its cells; what its cells hold where it only arranges tables."""
        inner = [grid for cell in self.frames for grid in cell.inner()]
        if inner and all(len(row) == 1 for row in self.rows):
            return [item for cell in self.frames for item in cell.items]
        return (
            [SourceTable(self.rows), *(SourceTable(part.rows, inner=True) for part in inner)]
            if self.rows
            else []
        )
