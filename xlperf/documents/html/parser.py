"""Reads HTML from its tags as they come: paragraphs, lists, tables with merged cells."""

from __future__ import annotations

from html.parser import HTMLParser

from xlperf.documents.blocks.composing import Aside, SourceItem
from xlperf.documents.html.frames import Attributes, Frame, Mode
from xlperf.documents.html.tables import OpenTable
from xlperf.errors import XlperfError

BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details"),
    *("dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "menu"),
    *("nav", "ol", "option", "p", "pre", "section", "select", "summary", "table", "ul"),
}
VOID_TAGS = {
    *("area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input"),
    *("link", "meta", "param", "source", "track", "wbr"),
}
GROUPS = {"thead", "tbody", "tfoot"}
CELLS = {"td", "th"}
TABLE_TAGS = {"table", "tr", *GROUPS, *CELLS}
MOST_TABLE_CELLS = 1_000_000
MOST_NESTED = 200  # tables in tables; pages made of them have ten


class TooManyCellsError(XlperfError):
    """Merged cells multiply a small file beyond what any document needs."""


class Reader(HTMLParser):
    """Takes a page's text and gives its items."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Frame("", Mode())
        self.tables: list[OpenTable] = []
        self.asides: list[Aside] = []
        self.cells = 0

    @property
    def frame(self) -> Frame:
        """Where text goes now: the innermost cell, or the page."""
        return next((table.cell for table in reversed(self.tables) if table.cell), self.page)

    def items(self) -> list[SourceItem]:
        """All that was read."""
        while self.tables:
            self._end_table()
        self.page.flush()
        return [*self.page.items, *self.asides, *self.page.asides]

    def handle_data(self, data: str) -> None:
        """Text, its entities resolved."""
        self.frame.say(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        attributes = {name: value or "" for name, value in attrs}
        frame = self.frame
        if tag in BLOCKS:
            frame.flush()
            frame.close("p")
        if tag == "br":
            frame.break_line()
        elif tag == "table":
            if len(self.tables) >= MOST_NESTED:
                raise TooManyCellsError
            self.tables.append(OpenTable(frame.table_place(), frame.how.within(tag, attributes)))
        elif tag in TABLE_TAGS:
            self._begin_part(tag, attributes)
        elif tag not in VOID_TAGS:
            if tag == "li":
                frame.list_item(attributes)
            frame.open(tag, attributes)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element written as one tag; only in XHTML does that close it."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID_TAGS:
            self.handle_endtag(tag)

    def _begin_part(self, tag: str, attributes: Attributes) -> None:
        """A row or a cell begins, if a table is open."""
        if not self.tables:
            self.page.flush()
        elif tag in CELLS:
            self._leave_cell()
            self.tables[-1].begin_cell(tag, attributes)
        elif tag == "tr":
            self._leave_cell()
            self._count_cells(self.tables[-1].end_row())
            self.tables[-1].begin_row(tag, attributes)
        else:
            self._leave_cell()
            self._count_cells(self.tables[-1].end_group())

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        if tag in TABLE_TAGS:
            self._end_part(tag)
            return
        frame = self.frame
        if tag in BLOCKS:
            frame.flush(blank=tag == "p")
        frame.close(tag)

    def _end_part(self, tag: str) -> None:
        if not self.tables:
            return
        self._leave_cell()
        if tag == "table":
            self._end_table()
        elif tag == "tr":
            self._count_cells(self.tables[-1].end_row())
        elif tag in GROUPS:
            self._count_cells(self.tables[-1].end_group())

    def _leave_cell(self) -> None:
        """The open cell of the innermost table ends; what it does not show is kept."""
        cell = self.tables[-1].cell
        self.tables[-1].end_cell()
        if cell:
            self.asides += cell.asides

    def _end_table(self) -> None:
        self._leave_cell()
        self._count_cells(self.tables[-1].end_row())
        table = self.tables.pop()
        self.frame.flush()
        self.frame.items += table.items()

    def _count_cells(self, cells: int) -> None:
        """Count the cells made; those merged downwards are made again in every row."""
        self.cells += cells
        if self.cells > MOST_TABLE_CELLS:
            raise TooManyCellsError
