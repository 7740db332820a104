"""Word files: the body as blocks; heads, notes, comments, text boxes and hidden text beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

from xlperf.documents.blocks.composing import Aside, ComposedSource, SourceItem, compose
from xlperf.documents.blocks.neighbours import parted
from xlperf.documents.word.numbering import Numbering
from xlperf.documents.word.parts import WordParts
from xlperf.documents.word.story import Story, StoryContext
from xlperf.errors import UserError
from xlperf.reading import Place, Remark

MARGINS = ("header", "footer")
NOTES = (("footnotes", "footnote"), ("endnotes", "endnote"), ("comments", "comment"))
SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")


def read_word(path: Path, name: str = "") -> ComposedSource:
    """A Word file as a source and its blocks; a refusal where it is damaged.

    `name`: that of the file it was converted from.
    """
    try:
        return _Word(WordParts(path), name or str(path)).read()
    except RecursionError:
        raise UserError("damaged", file=path) from None


class _Word:
    def __init__(self, parts: WordParts, name: str) -> None:
        self.parts = parts
        self.name = name
        self.main = parts.main()
        numbering = Numbering(self.part("numbering"), self.part("styles"))
        self.shared = StoryContext(numbering)

    def part(self, kind: str) -> Element | None:
        name = next(self.parts.related(self.main, kind), None)
        return None if name is None else self.parts.read(name)

    def read(self) -> ComposedSource:
        tree = self.parts.read(self.main)
        body = None if tree is None else tree.find("body")
        if body is None:
            raise UserError("damaged", file=self.parts.path)
        items: list[SourceItem] = Story(body, self.shared).read()
        beside = [*self.margins(), *self.notes()]
        return compose([*parted(items), *self.shared.asides, *beside], self.name, self.remarks())

    def margins(self) -> Iterator[Aside]:
        """What pages have at their head and foot; every section may have the same again."""
        texts = set()
        for kind in MARGINS:
            for place, name in enumerate(self.parts.related(self.main, kind), 1):
                tree = self.parts.read(name)
                for line in [] if tree is None else self.lines(tree, f"{kind}{place}"):
                    yield replace(line, again=line.text in texts)
                    texts.add(line.text)

    def notes(self) -> Iterator[Aside]:
        """Footnotes, endnotes and comments."""
        for kind, tag in NOTES:
            tree = self.part(kind)
            listed = [] if tree is None else list(tree.iter(tag))
            notes = [item for item in listed if item.get("type") not in SEPARATORS]
            for place, note in enumerate(notes, 1):
                yield from self.lines(note, f"{tag}{place}")

    def lines(self, tree: Element, at: str) -> Iterator[Aside]:
        margin = at.startswith(MARGINS)
        yield from (Aside(line, at, margin) for line in Story(tree, self.shared).lines(at))

    def remarks(self) -> Iterator[Remark]:
        changes = self.shared.changes
        if changes.insertions or changes.deletions:
            facts = {"added": changes.insertions, "gone": changes.deletions}
            yield Remark("STR031", (), Place(at=changes.at), facts)
