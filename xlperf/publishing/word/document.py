"""The document as a Word file: cover, contents from real headings, both parts, page numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from xlperf.layout import FilledForm
from xlperf.publishing.characters import readable
from xlperf.publishing.document import (
    Cover,
    Document,
    PrintedHeading,
    PrintedParagraph,
    document_of,
)
from xlperf.publishing.page_estimate import Pages, lines_of, row_height, spare
from xlperf.publishing.tables import PrintedTable, tables
from xlperf.publishing.word.contents import ContentsEntry, contents
from xlperf.publishing.word.tables import TWIPS, word_table
from xlperf.publishing.word.template import PREFIX, Template
from xlperf.publishing.word.xml import bookmarked, end_section, make, paragraph, runs
from xlperf.record import Raw
from xlperf.storage.deterministic_zips import repack
from xlperf.storage.files import write_bytes

PARAGRAPH_STYLES = {
    "part": "heading 1",
    "section": "heading 2",
    "activity": "heading 3",
    "project": f"{PREFIX}project",
}
MOST_ABOUT = 200  # signs of a property of the file
OUTLINE_LEVELS = {"part": 1, "section": 2, "project": 2}  # of the contents
BODY_STYLE, GAP_STYLE, WORD_STYLE = (PREFIX + name for name in ("body", "gap", "word"))


def publish_word(record: Raw, path: Path) -> None:
    """Write the document as a Word file, whole or not at all."""
    write_bytes(path, word_of(record))


def word_of(record: Raw, pages: Sequence[int] = ()) -> bytes:
    """The document as the bytes of a Word file: the same for the same record.

    The contents show the pages given, one for each heading; without them, an estimate.
    """
    document = document_of(record)
    writer = _Writer(Template())
    writer.write(document, pages)
    stream = BytesIO()
    about = writer.template.document.core_properties
    about.title = readable(document.cover.whole)[:MOST_ABOUT]
    about.author = readable(document.cover.department)[:MOST_ABOUT]
    about.language = "zh-CN"
    writer.template.document.save(stream)
    return repack(stream.getvalue())


@dataclass
class _Writer:
    template: Template
    elements: list[Any] = field(default_factory=list)
    entries: list[ContentsEntry] = field(default_factory=list)
    stands: list[list[int]] = field(default_factory=list)  # of every heading, once it is known

    def __post_init__(self) -> None:
        self.pages = Pages(self.template.paper("department"))

    def write(self, document: Document, pages: Sequence[int]) -> None:
        """Everything in its order; the contents last, as they need the pages of the headings."""
        for block in document.department:
            self.block(block)
        if self.elements:
            end_section(self.elements[-1], self.template.section("department"))
        self.pages.begin(self.template.paper("projects"))
        for position, project_block in enumerate(document.projects):
            self.block(project_block, first=position <= 1)
        self.elements.append(paragraph(self.template.style(GAP_STYLE)))
        self.pages.settle()
        if len(pages) == len(self.stands):
            for stands, page in zip(self.stands, pages, strict=True):
                stands[:] = [page]
        body = self.template.document.element.body
        body.extend([*self.cover(document.cover), *self.contents(), *self.elements])
        body.append(self.template.section("projects"))

    def cover(self, cover: Cover) -> list[Any]:
        """The paragraphs of the cover, the last of which ends its section."""
        lines = {
            "cover_department": cover.department,
            "cover_year": cover.year,
            "cover_title": cover.title,
            "cover_compiled": cover.compiled,
            "cover_reviewed": cover.reviewed,
        }
        paragraphs = [self.cover_line(PREFIX + name, text) for name, text in lines.items()]
        end_section(paragraphs[-1], self.template.section("cover"))
        return paragraphs

    def contents(self) -> list[Any]:
        """The table of contents and the paragraph that ends its section."""
        last = paragraph(self.template.style(GAP_STYLE))
        end_section(last, self.template.section("contents"))
        return [*contents(self.template, self.entries), last]

    def block(
        self, block: PrintedHeading | PrintedParagraph | FilledForm, first: bool = False
    ) -> None:
        if isinstance(block, PrintedHeading):
            self.heading(block, first)
        elif isinstance(block, FilledForm):
            self.form(tables(block))
        else:
            self.running(block)

    def heading(self, heading: PrintedHeading, first: bool) -> None:
        """A heading; the first project's stays on the page of its part's heading."""
        stays = first and heading.kind == "project"
        style = PARAGRAPH_STYLES[heading.kind]
        content = runs(heading.text)
        stands = self.advance(style, heading.text, stays)
        self.stands.append(stands)
        if heading.kind in OUTLINE_LEVELS and heading.text:
            entry = ContentsEntry(
                OUTLINE_LEVELS[heading.kind], heading.text, f"_Toc{len(self.entries) + 1:08}"
            )
            self.entries.append(entry)
            entry.stands = stands
            content = bookmarked(len(self.entries), entry.bookmark, *content)
        page_break = (make("pageBreakBefore", {"val": 0}),) if stays else ()
        self.elements.append(paragraph(self.template.style(style), *content, properties=page_break))

    def running(self, block: PrintedParagraph) -> None:
        """Running text, a paragraph a line; the form's word stands before the first one."""
        word = runs(block.word, self.template.style(WORD_STYLE))
        for line in block.lines:
            self.advance(BODY_STYLE, block.word + line if word else line)
            self.elements.append(paragraph(self.template.style(BODY_STYLE), *word, *runs(line)))
            word = []

    def cover_line(self, style: str, text: str) -> Any:
        """A line of the cover; one too long for the page is broken into even lines."""
        side = spare(text, self.template.look(style), self.template.paper("cover").width) / 2
        sides = make("ind", {"left": round(side * TWIPS), "right": round(side * TWIPS)})
        indent = (sides,) if side else ()
        return paragraph(self.template.style(style), *runs(text), properties=indent)

    def form(self, parts: list[PrintedTable]) -> None:
        """The tables of a project's form, with a gap between them."""
        for position, table in enumerate(parts):
            if position:
                self.advance(GAP_STYLE, "")
                self.elements.append(paragraph(self.template.style(GAP_STYLE)))
            title = self.entries[-1].title if self.entries else ""
            self.elements.append(word_table(table, self.template, title))
            heights = [row_height(self.template, table, row) for row in table.rows]
            self.pages.table(heights, sum(heights[: table.headers]))

    def advance(self, style: str, text: str, stays: bool = False) -> list[int]:
        """Go down the page by a paragraph; the list gets its page (see `Pages.paragraph`)."""
        look = self.template.look(style)
        lines = lines_of(text, look, self.pages.paper.width)
        return self.pages.paragraph(look, lines, breaks=look.breaks and not stays)
