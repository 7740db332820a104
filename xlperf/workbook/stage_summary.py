"""What the summary shows of stages: put into its sheet, where nothing stands yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook

from xlperf.forms.defined_names import AID, MADE_FIELD, boxes_of, field_name
from xlperf.formulas.stages.summary import (
    BLOCK,
    Listing,
    StageColumns,
    fields_of,
)
from xlperf.layout import Box
from xlperf.layout.addresses import address, box_of, letters, quoted
from xlperf.workbook.draw.cell_styles import CellStyles
from xlperf.workbook.draw.stages.summary_columns import draw_columns
from xlperf.workbook.package.archive import Package, XmlNode, opened
from xlperf.workbook.package.excerpt import Destination
from xlperf.workbook.package.grafting import Graft, graft, last_row_of_drawings
from xlperf.workbook.package.sheet_xml.sheet_part import SheetPart
from xlperf.workbook.package.workbook_part import WorkbookPart

LISTED_NAME = AID + "listed"  # a name that the summary alone has
NEEDED_FIELDS = (
    "units/code",
    "projects/number",
    "projects/code",
    "projects/name",
    "total/count",
    "title",
)
PRINT_AREA, PRINT_TITLES = "_xlnm.Print_Area", "_xlnm.Print_Titles"
ABOVE_CHARTS = 2  # from the last project's row to the first one of the charts


def is_listed(source: Path, title: str, projects: int) -> bool:
    """Whether a department's sheet of a stage is there with a line for so many projects.

    And whether the summary shows what stages say, which it did not in earlier versions.
    """
    with opened(source) as package:
        book = WorkbookPart(package)
        names = book.names_by_sheet()
        boxes = {e.title: boxes_of(names.get(n, {})) for n, e in enumerate(book.sheets())}
    lines = boxes.get(title, {}).get(field_name("projects/code", MADE_FIELD))
    summaries = [sheet_boxes for sheet_boxes in boxes.values() if LISTED_NAME in sheet_boxes]
    shows = not summaries or any(BLOCK in sheet_boxes for sheet_boxes in summaries)
    return shows and lines is not None and lines.height >= projects


class SummaryBlock:
    """The columns of stages on a file's summary; `boxes`: by title the names of all sheets."""

    def __init__(
        self, to: Destination, boxes: Mapping[str, Mapping[str, Box]], listings: Sequence[Listing]
    ) -> None:
        self.to = to
        self.title = next((title for title, names in boxes.items() if LISTED_NAME in names), "")
        self.before = boxes.get(self.title, {}).get(BLOCK)
        self.block: StageColumns | None = None
        here = fields_of(boxes.get(self.title, {}))
        if self.title and listings and all(key in here for key in NEEDED_FIELDS):
            entries = {entry.title: entry.part for entry in to.book.sheets()}
            self.part = entries[self.title]
            beside = boxes[self.title][LISTED_NAME]
            left = self.before.col if self.before else beside.col + beside.width
            block = StageColumns(here, listings, left)
            self.block = self._free(block, to.package.tree(self.part))

    def _free(self, block: StageColumns, root: XmlNode) -> StageColumns:
        """The block in the first columns that are blank, its own older ones aside."""
        before = self.before or Box(1, 1, 0, 0)
        sheet, columns_in_use = SheetPart(root), set[int]()
        for row in range(block.box.row, block.box.bottom + 1):
            columns_in_use |= {col for col, cell in sheet.cells_of(row) if len(cell)}
        columns_in_use -= set(range(before.col, before.col + before.width))
        while columns_in_use.intersection(range(block.left, block.left + block.box.width)):
            block = StageColumns(block.here, block.listings, block.left + 1)
        return block

    def draw(self, book: Workbook, looks: CellStyles) -> None:
        """Draw the block on a sheet of its own, to be put in by `put`."""
        if self.block is not None:
            below = self.block.here["projects/number"].bottom + ABOVE_CHARTS
            draw_columns(book, self.title, self.block, below, looks)

    def put(self, package: Package, parts: Mapping[str, str]) -> None:
        """Put the block into the summary's sheet."""
        if self.block is None:
            return
        source = Graft(package, parts[self.title], self.block.box, self.before)
        graft(source, self.to, self.part)
        position = self.to.book.position(self.title)
        self.to.book.drop_name(BLOCK, position)
        self.to.book.set_name(BLOCK, address(self.block.box, self.title), position)
        self._pages(self.block, position)

    def _pages(self, block: StageColumns, position: int) -> None:
        """The block is printed on a page of its own, beside the projects' names.

        Not its charts, over which these columns would be repeated, too: the departments' sheets
        have them. What people want to have printed instead, stays so.
        """
        book = self.to.book
        names = book.names_by_sheet().get(position, {})
        areas = str(names.get(PRINT_AREA, "")).split(",")
        second = box_of(areas[1]) if len(areas) > 1 else None
        is_ours = self.before and second and second.col == self.before.col
        if (PRINT_AREA in names and not is_ours) or (PRINT_TITLES in names and not is_ours):
            return
        rows = max(last_row_of_drawings(self.to.package, self.part), block.box.bottom)
        table = Box(1, 1, block.here["title"].width, rows)
        beside = Box(1, block.left, block.box.width, block.box.bottom)
        printed = ",".join(address(box, self.title) for box in (table, beside))
        last = letters(block.here["projects/name"].col)
        for name, text in (
            (PRINT_AREA, printed),
            (PRINT_TITLES, f"{quoted(self.title)}!$A:${last}"),
        ):
            book.drop_name(name, position)
            book.set_name(name, text, position)
