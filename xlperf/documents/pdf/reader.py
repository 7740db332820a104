"""PDF files with a text layer, by pdfplumber: paragraphs, and tables whose cells have lines around.

A table that goes on over pages is one table; what is printed again on every page (titles of
columns, heads, feet, numbers of pages) stands beside. pdfplumber is an extra: it brings pdfminer,
pypdfium2 and Pillow along, 30 MB that no other command needs.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from xlperf.documents.blocks.composing import Aside, ComposedSource, Prose, SourceItem, compose
from xlperf.documents.blocks.neighbours import parted
from xlperf.documents.pdf.lines import PdfLine, goes_on, joined, lines_of, paragraphs
from xlperf.documents.pdf.tables import PdfTable, append, grid, inside, table_goes_on, table_of
from xlperf.documents.words import is_page_number
from xlperf.errors import UserError
from xlperf.storage.files import bytes_of
from xlperf.wording import say

MOST_PAGES = 600
MOST_CHARACTERS = 3_000_000
CHECKSUM_REMARK = "Data-loss"  # what pdfminer says of a stream whose checksum is wrong
LONGEST_EMPTY_STREAM = 20  # bytes that nothing may be packed in
CHARACTER_ID = "(cid:"  # how a character without a meaning is given
LINES_OF_EDGE = 3  # lines that reach an edge to make it one
SAME_EDGE = 2.0  # points by which the edges of pages may differ
PAGE_MARGIN = 0.1  # of a page's height: where heads and feet stand


@dataclass
class PdfPage:
    """What stands on a page, from the top down; lengths in points.

    `left`, `right`: the edges of its text. `picture`: it is an image without any text.
    """

    number: int
    height: float
    left: float
    right: float
    lines: list[PdfLine]
    tables: list[PdfTable]
    picture: bool = False


def read_pdf(path: Path) -> ComposedSource:
    """A PDF as a source and its blocks.

    Raises a refusal where pdfplumber is not installed, the file is damaged, locked or too long, or
    it is a scan without text.
    """
    pages = _pages(path)
    if not any(page.lines or page.tables for page in pages):
        raise UserError("pdf_scan", file=path)
    margins = _take_margins(pages)
    pictures = [Aside(say("place.image"), f"page{page.number}") for page in pages if page.picture]
    return compose([*parted(list(_items(pages))), *margins, *pictures], str(path))


def _pages(path: Path) -> list[PdfPage]:
    try:
        import pdfplumber  # noqa: PLC0415 - an extra
        from pdfminer.pdfdocument import PDFPasswordIncorrect  # noqa: PLC0415
    except ImportError:
        raise UserError("pdf_extra", file=path) from None
    remarks = _Remarks()
    try:
        with remarks, pdfplumber.open(BytesIO(bytes_of(path))) as document:
            if len(document.pages) > MOST_PAGES:
                facts = {"pages": len(document.pages), "most": MOST_PAGES}
                raise UserError("pdf_long", file=path, **facts)
            pages = list(_read(document, path))
        if remarks.lost:
            raise UserError("pdf_damaged", file=path)
        return pages
    except UserError:
        raise
    except Exception as error:  # pdfminer raises whatever the damage leads to
        causes = (error, error.__cause__, *error.args)
        locked = any(isinstance(cause, PDFPasswordIncorrect) for cause in causes)
        raise UserError("locked" if locked else "pdf_damaged", file=path) from None


class _Remarks(logging.Handler):
    """Takes what pdfminer remarks on a file, off the terminal: whether text of it was lost."""

    lost = False

    def emit(self, record: logging.LogRecord) -> None:
        """Take a remark."""
        self.lost = self.lost or CHECKSUM_REMARK in record.getMessage()

    def __enter__(self) -> None:
        self.logger = logging.getLogger("pdfminer")
        self.propagated, self.logger.propagate = self.logger.propagate, False
        self.logger.addHandler(self)

    def __exit__(self, *_: object) -> None:
        self.logger.removeHandler(self)
        self.logger.propagate = self.propagated


def _read(document: Any, path: Path) -> Iterator[PdfPage]:
    characters = unknown = 0
    for number, page in enumerate(document.pages, 1):
        if _is_lost(page):
            raise UserError("pdf_damaged", file=path)
        read = _page(page, number)
        page_characters = page.chars
        characters += len(page_characters)
        unknown += sum(1 for item in page_characters if item["text"].startswith(CHARACTER_ID))
        if characters > MOST_CHARACTERS:
            raise UserError("bomb", file=path)
        yield read
        page.close()
    if unknown * 5 > characters:
        raise UserError("pdf_scan", file=path)


def _is_lost(page: Any) -> bool:
    """Whether pdfminer gives nothing for what is drawn on a page, as it cannot be unpacked."""
    from pdfminer.pdftypes import resolve1  # noqa: PLC0415 - of an extra

    streams = [resolve1(item) for item in page.page_obj.contents]
    sizes = [resolve1(stream.attrs.get("Length", 0)) for stream in streams if not stream.get_data()]
    return any(isinstance(size, int) and size > LONGEST_EMPTY_STREAM for size in sizes)


def _page(page: Any, number: int) -> PdfPage:
    result = [table for table in page.find_tables() if len(table.cells) > 1]
    boxes = [table.bbox for table in result]
    loose = [char for char in page.chars if not any(inside(char, box) for box in boxes)]
    lines = lines_of(loose)
    tables = [table_of(table, page.chars, number) for table in result]
    return PdfPage(
        number=number,
        height=float(page.height),
        left=min((line.left for line in lines), default=0.0),
        right=max((line.edge for line in lines), default=0.0),
        lines=lines,
        tables=[table for table in tables if table.cells],
        picture=not page.chars and bool(page.images),
    )


def _take_margins(pages: Sequence[PdfPage]) -> list[Aside]:
    """Take heads, feet and page numbers off the pages: what stands at their edges again."""
    at_edge = [
        (page, line)
        for page in pages
        for line in page.lines
        if line.bottom < PAGE_MARGIN * page.height or line.top > (1 - PAGE_MARGIN) * page.height
    ]
    places: dict[str, set[int]] = {}
    for page, line in at_edge:
        places.setdefault(_shape(line), set()).add(page.number)
    result = []
    texts: set[str] = set()
    for page, line in at_edge:
        numbered = is_page_number(line.text)
        if numbered or len(places[_shape(line)]) * 2 > len(pages) > 2:
            page.lines.remove(line)
            again = line.text in texts
            texts.add(line.text)
            result.append(Aside(line.text, f"page{page.number}", margin=True, again=again))
    return result


def _shape(line: PdfLine) -> str:
    """What a line has in common with those at the same place of other pages."""
    return re.sub("[0-9]+", "0", line.text) + f" {round(line.top / 4)}"


def _items(pages: Sequence[PdfPage]) -> list[SourceItem]:
    """Paragraphs and tables in the order of reading; those that go on over pages are one."""
    _set_edges(pages)
    collector = _Items()
    for page in pages:
        for part in _parts(page):
            if isinstance(part, PdfTable):
                collector.table(part)
            else:
                collector.paragraph(page, *part)
    collector.end()
    return collector.items


def _set_edges(pages: Sequence[PdfPage]) -> None:
    """Set the edges of the text of every page: those of the pages that begin at the same place.

    Where too few lines reach the edge to be sure of it, as on a cover, those of all pages.
    """
    printed = [page for page in pages if page.lines]
    left = min((page.left for page in printed), default=0.0)
    right = max((page.right for page in printed), default=0.0)
    edges = {}
    for page in printed:
        alike = [item for item in printed if abs(item.left - page.left) < SAME_EDGE]
        end = max(item.right for item in alike)
        full = sum(1 for item in alike for line in item.lines if line.edge > end - 1.2 * line.size)
        edges[page.number] = (page.left, end) if full >= LINES_OF_EDGE else (left, right)
    for page in printed:
        page.left, page.right = edges[page.number]


class _Items:
    """Takes the parts of all pages one after the other; the last one may go on."""

    def __init__(self) -> None:
        self.items: list[SourceItem] = []
        self.last_page: PdfPage | None = None
        self.last_table: PdfTable | None = None
        self.last_line: PdfLine | None = None  # of the last paragraph

    def table(self, table: PdfTable) -> None:
        """Take a table, or the rest of one."""
        self.last_line = None
        if self.last_table and table_goes_on(self.last_table, table):
            self.items += append(self.last_table, table)
            return
        self.end()
        self.last_table = table

    def paragraph(self, page: PdfPage, first: PdfLine, last: PdfLine, prose: Prose) -> None:
        """Take a paragraph of a page, or the rest of one that the page before it begins."""
        self.end()
        before = self.items[-1] if self.items else None
        above, of = self.last_line, self.last_page
        if above and of and isinstance(before, Prose) and _broken(above, of, first, page):
            start = joined(before.text, above, first, of.right - of.left)
            rest = prose.text[len(first.text) :]
            self.items[-1] = replace(before, text=start + rest)
        else:
            self.items.append(prose)
        self.last_line, self.last_page = last, page

    def end(self) -> None:
        """No more rows of a table come."""
        self.items += grid(self.last_table)
        self.last_table = None


def _broken(above: PdfLine, of: PdfPage, line: PdfLine, page: PdfPage) -> bool:
    """Whether the first line of a page goes on with the last one of the page before."""
    following = page.number == of.number + 1
    return following and goes_on(above, line, of.left, of.right, paged=True)


def _parts(page: PdfPage) -> Iterator[PdfTable | tuple[PdfLine, PdfLine, Prose]]:
    """The tables and paragraphs of a page; of these the first and the last line too."""
    tables = sorted(page.tables, key=lambda table: table.top)
    count = 0
    for table in [*tables, None]:
        top = table.top if table else page.height + 1
        above = [line for line in page.lines if line.top < top]
        page.lines = [line for line in page.lines if line.top >= top]
        for lines in _gathered(above, page.left, page.right):
            count += 1
            (paragraph,) = paragraphs(lines, page.left, page.right)[:1]
            yield lines[0], lines[-1], Prose(paragraph.text, f"page{page.number}/P{count}")
        if table:
            yield table


def _gathered(lines: Sequence[PdfLine], left: float, right: float) -> list[list[PdfLine]]:
    """Lines by paragraph."""
    result: list[list[PdfLine]] = []
    for line in lines:
        if result and goes_on(result[-1][-1], line, left, right):
            result[-1].append(line)
        else:
            result.append([line])
    return result
