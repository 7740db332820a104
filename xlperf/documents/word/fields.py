"""Fields of a Word text: instructions are not printed, results are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from xlperf.characters.numerals import circled
from xlperf.documents.word.parts import alternate_content

BEGIN, SEPARATE, FIELD_END = "begin", "separate", "end"
CONTENTS = "TOC"
# Word's "enclose characters" as an instruction: eq \o\ac(○,3)
ENCLOSED_NUMBER = re.compile(
    r"\s*eq\s*\\o\s*\\ac\s*\(\s*[○〇◯]\s*[,;，；]\s*([1-9]\d?)\s*\)\s*", re.IGNORECASE
)
DELETED_TAGS = {"del", "moveFrom"}  # in the accepted view
OWN_TEXT = {"txbxContent"}  # is read for itself


@dataclass(slots=True)
class WordField:
    """A field: the marks where it and where its result begin, and its instruction."""

    begin: Element
    separate: Element | None = None
    instruction: str = ""

    @property
    def contents(self) -> bool:
        """Whether its result is a table of contents."""
        return self.instruction.split()[:1] == [CONTENTS]

    @property
    def circled_number(self) -> str:
        """The circled number that an EQ field draws in place of a result; "" for other fields."""
        match = ENCLOSED_NUMBER.fullmatch(self.instruction) if self.separate is None else None
        return circled(int(match[1])) if match else ""


def accepted(element: Element) -> Iterator[Element]:
    """The elements below one, at any depth, once every tracked change is accepted."""
    for child in element:
        if child.tag in DELETED_TAGS or child.tag in OWN_TEXT:
            continue
        yield child
        inner = alternate_content(child) if child.tag == "mc-AlternateContent" else child
        if inner is not None:
            yield from accepted(inner)


class Fields:
    """The fields of one text, and which of them are open at the place that is being read.

    Their marks are paired before reading: a mark without its fellow would hide all that follows.
    """

    def __init__(self, text: Element) -> None:
        self.begins: dict[Element, WordField] = {}
        self.separates: dict[Element, WordField] = {}
        self.ends: dict[Element, WordField] = {}
        self.open: list[tuple[WordField, bool]] = []  # with whether its result is being read
        started: list[WordField] = []
        for element in accepted(text):
            if element.tag == "instrText" and started and started[-1].separate is None:
                started[-1].instruction += element.text or ""
            elif element.tag == "fldChar":
                self._pair(element, started)

    def _pair(self, mark: Element, started: list[WordField]) -> None:
        kind = mark.get("fldCharType")
        if kind == BEGIN:
            started.append(WordField(mark))
        elif kind == SEPARATE and started and started[-1].separate is None:
            started[-1].separate = mark
        elif kind == FIELD_END and started:
            field = started.pop()
            self.begins[field.begin] = self.ends[mark] = field
            if field.separate is not None:
                self.separates[field.separate] = field

    def pass_mark(self, mark: Element) -> str:
        """Read on past the mark of a field (`fldChar`); gives what the field shows there."""
        if mark in self.begins:
            self.open.append((self.begins[mark], False))
        elif mark in self.separates:
            field = self.separates[mark]
            self.open = [(other, result or other is field) for other, result in self.open]
        elif mark in self.ends:
            self.open = [pair for pair in self.open if pair[0] is not self.ends[mark]]
            return self.ends[mark].circled_number
        return ""

    def enter(self, simple: Element) -> WordField:
        """Read on into a field written in one element (`fldSimple`); `leave` ends it."""
        field = WordField(simple, simple, simple.get("instr", ""))
        self.open.append((field, True))
        return field

    def leave(self, field: WordField) -> None:
        """Read on past a field that was entered."""
        self.open = [pair for pair in self.open if pair[0] is not field]

    @property
    def in_instruction(self) -> bool:
        """Whether the text being read is an instruction of a field, which is not printed."""
        return any(not result for _, result in self.open)

    @property
    def in_contents(self) -> bool:
        """Whether the text being read is an entry of a table of contents."""
        return any(result and field.contents for field, result in self.open)
