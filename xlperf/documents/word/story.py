"""A text of a Word file: the body, a page's head, a note. Its paragraphs and tables, as items."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from xml.etree.ElementTree import Element

from xlperf.documents.blocks.composing import Aside, Prose, SourceCell, SourceItem, SourceTable
from xlperf.documents.word.fields import DELETED_TAGS
from xlperf.documents.word.numbering import Numbering
from xlperf.documents.word.parts import alternate_content, number, value
from xlperf.documents.word.runs import INSERTION_TAGS, Changes, ReadParagraph, Runs

HOLDERS = {"sdt", "sdtContent", "customXml", "smartTag", *INSERTION_TAGS}
CONTINUED_MERGES = ("", "continue", "cont")


@dataclass(slots=True)
class StoryContext:
    """What all texts of one file have in common."""

    numbering: Numbering
    changes: Changes = field(default_factory=Changes)
    asides: list[Aside] = field(default_factory=list)
    boxes: Iterator[int] = field(default_factory=lambda: count(1))


def held_blocks(element: Element, tags: tuple[str, ...]) -> Iterator[Element]:
    """The elements of some names below one, also within content controls and the like."""
    for child in element:
        if child.tag in tags:
            yield child
        elif child.tag in HOLDERS:
            yield from held_blocks(child, tags)
        elif child.tag == "mc-AlternateContent" and (way := alternate_content(child)) is not None:
            yield from held_blocks(way, tags)


class Story:
    """Reads one text of a file: the body, a page's head, a note, a text box."""

    def __init__(self, text: Element, shared: StoryContext) -> None:
        self.text = text
        self.shared = shared
        self.runs = Runs(text)

    def read(self, at: str = "") -> list[SourceItem]:
        """All its paragraphs and tables; `at`: the place of them all, else each is counted."""
        return self._within(self.text, at)

    def lines(self, at: str) -> list[str]:
        """The texts of its paragraphs and cells that are not blank, in order."""
        return [text for item in self.read(at) for text in _texts(item) if text.strip()]

    def cell(self, cell: Element, at: str) -> list[SourceItem]:
        """What a cell of one of its tables holds."""
        return self._within(cell, at)

    def _within(self, holder: Element, at: str) -> list[SourceItem]:
        items: list[SourceItem] = []
        paragraphs, tables = 0, 0
        joined = ReadParagraph()
        for child in held_blocks(holder, ("p", "tbl")):
            if child.tag == "tbl":
                items += self._rest(joined, at or f"P{paragraphs + 1}")
                joined = ReadParagraph()
                tables += 1
                items += _Table(self, f"{at}/T{tables}" if at else f"T{tables}").read(child)
                continue
            here = at or f"P{paragraphs + 1}"
            self._paragraph(child, joined, here)
            if not self._merged(child, here):
                items.append(self._prose(child, joined, here))
                paragraphs += bool(joined.text.strip())
                joined = ReadParagraph()
        return [*items, *self._rest(joined, at or f"P{paragraphs + 1}")]

    def _rest(self, content: ReadParagraph, at: str) -> list[SourceItem]:
        """What is left of a paragraph whose end was taken out, where no other follows."""
        return [Prose(content.text, at, content.entry)] if content.text.strip() else []

    def _paragraph(self, paragraph: Element, content: ReadParagraph, at: str) -> None:
        """Read a paragraph; what it does not print stands beside the body."""
        self.runs.read(paragraph, content)
        for tag in content.changes:
            self.shared.changes.note(tag, at)
        if hidden := "".join(content.hidden).strip():
            self.shared.asides.append(Aside(hidden, f"{at}/hidden"))
        for box in content.boxes:
            place = f"{at}/box{next(self.shared.boxes)}"
            lines = Story(box, self.shared).lines(place)
            self.shared.asides += [Aside(line, place) for line in lines]
        content.changes, content.hidden, content.boxes = [], [], []

    def _merged(self, paragraph: Element, at: str) -> bool:
        """Whether the end of a paragraph is taken out, so that it goes on with the next."""
        marks = paragraph.find("pPr/rPr")
        tags = (
            []
            if marks is None
            else [mark.tag for mark in marks if mark.tag in DELETED_TAGS | INSERTION_TAGS]
        )
        for tag in tags:
            self.shared.changes.note(tag, at)
        return bool(DELETED_TAGS & {*tags})

    def _prose(self, paragraph: Element, content: ReadParagraph, at: str) -> Prose:
        text = self.shared.numbering.label(paragraph) + content.text
        return Prose(text, at, content.entry and bool(content.text.strip()))


def _texts(item: SourceItem) -> list[str]:
    if isinstance(item, SourceTable):
        return [cell.text for row in item.rows for cell in row]
    return [item.text]


class _Table:
    def __init__(self, story: Story, at: str) -> None:
        self.story = story
        self.at = at
        self.merging: set[int] = set()  # the columns where cells are merged downwards

    def read(self, table: Element) -> list[SourceItem]:
        """The table and those in its cells; what they hold where it only arranges them."""
        rows: list[list[SourceCell]] = []
        inner: list[list[list[SourceItem]]] = []
        for row in held_blocks(table, ("tr",)):
            if self.is_removed(row):
                continue
            cells = list(self.cells(row, f"{self.at}R{len(rows) + 1}"))
            rows.append([cell for cell, _ in cells])
            inner.append([items for _, items in cells])
        tables = [
            item
            for row in inner
            for items in row
            for item in items
            if isinstance(item, SourceTable)
        ]
        if tables and all(len(row) == 1 for row in rows):
            return [item for row in inner for items in row for item in items]
        return (
            [SourceTable(rows), *(SourceTable(table.rows, inner=True) for table in tables)]
            if rows
            else []
        )

    def is_removed(self, row: Element) -> bool:
        """Whether a row is taken out."""
        marks = row.find("trPr")
        tags = (
            []
            if marks is None
            else [mark.tag for mark in marks if mark.tag in DELETED_TAGS | INSERTION_TAGS]
        )
        for tag in tags:
            self.story.shared.changes.note(tag, self.at)
        return bool(DELETED_TAGS & {*tags})

    def cells(self, row: Element, at: str) -> Iterator[tuple[SourceCell, list[SourceItem]]]:
        """The cells of a row, each with all it holds."""
        for place, (cell, columns) in enumerate(self.spans(row, at), 1):
            here = f"{at}C{place}"
            items = self.story.cell(cell, here)
            text = "\n".join(item.text for item in items if isinstance(item, Prose))
            if self.continues(cell, columns[0]):
                self.unseen(text, here)
                text = ""
            yield SourceCell(text, here, columns), items

    def spans(self, row: Element, at: str) -> list[tuple[Element, tuple[int, int]]]:
        """The cells of a row with the columns they cover, but for those taken out."""
        result: list[tuple[Element, tuple[int, int]]] = []
        column = max(0, number(row.find("trPr/gridBefore")))
        for cell in held_blocks(row, ("tc",)):
            if cell.find("tcPr/cellDel") is not None:
                self.story.shared.changes.note("del", at)
                continue
            end = column + max(1, number(cell.find("tcPr/gridSpan"), 1))
            leftwards = cell.find("tcPr/hMerge")
            if result and leftwards is not None and value(leftwards) in CONTINUED_MERGES:
                owner, (start, _) = result.pop()
                result.append((owner, (start, end)))
                self.unseen("\n".join(Story(cell, self.story.shared).lines(at)), at)
            else:
                result.append((cell, (column, end)))
            column = end
        return result

    def continues(self, cell: Element, column: int) -> bool:
        """Whether a cell is the lower part of the one above."""
        mark = cell.find("tcPr/vMerge")
        if mark is None:
            self.merging.discard(column)
            return False
        if value(mark) in CONTINUED_MERGES and column in self.merging:
            return True
        self.merging.add(column)
        return False

    def unseen(self, text: str, at: str) -> None:
        if text.strip():
            self.story.shared.asides.append(Aside(text, f"{at}/hidden"))
