"""The text of a Word paragraph in the accepted view, with what stands in it unprinted set apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from xlperf.documents.blocks.list_formats import sign, signs_of
from xlperf.documents.word.fields import DELETED_TAGS, Fields
from xlperf.documents.word.parts import alternate_content, is_on, outermost
from xlperf.wording import say

SPACES = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
INSERTION_TAGS = {"ins", "moveTo"}
NOT_TEXT = {
    *("pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "rubyPr", "fldData"),
    *("delText", "instrText", "delInstrText", "softHyphen", "lastRenderedPageBreak"),
}
DRAWING_TAGS = {"drawing", "pict", "object"}
UNPRINTED_PROPERTIES = ("vanish", "strike", "dstrike")  # of a run: not to be seen, or struck out
BOX = "txbxContent"


@dataclass(slots=True)
class Changes:
    """How many tracked changes were met, and where the first stands."""

    insertions: int = 0
    deletions: int = 0
    at: str = ""

    def note(self, tag: str, at: str) -> None:
        """Count a change by its tag; the place of the first one is kept."""
        self.insertions += tag in INSERTION_TAGS
        self.deletions += tag in DELETED_TAGS
        self.at = self.at or at


@dataclass(slots=True)
class ReadParagraph:
    """What a paragraph prints, what in it is hidden, its text boxes, the tags of its changes.

    `entry`: all that it prints belongs to a generated table of contents.
    """

    text: str = ""
    entry: bool = True
    hidden: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)


class Runs:
    """Reads the paragraphs of one text, one after another."""

    def __init__(self, text: Element) -> None:
        self.fields = Fields(text)
        self.paragraph = ReadParagraph()
        self.font = ""
        self.unseen = False

    def read(self, paragraph: Element, result: ReadParagraph) -> ReadParagraph:
        """Add what a paragraph says to a result, and return the result."""
        self.paragraph, self.font, self.unseen = result, "", False
        self._below(paragraph)
        return result

    def _below(self, element: Element) -> None:
        for child in element:
            self._element(child)

    def _element(self, element: Element) -> None:
        """An element within a paragraph, at any depth."""
        tag = element.tag
        if tag in DELETED_TAGS:
            self.paragraph.changes.append(tag)
        elif tag in ("t", "m-t"):
            self._say(signs_of(re.sub("[\r\n]", " ", element.text or ""), self.font))
        elif tag in SPACES:
            self._say(SPACES[tag])
        elif tag == "sym":
            self._say(sign(element.get("char", ""), element.get("font", "")))
        elif tag == "fldChar":
            self._say(self.fields.pass_mark(element))
        elif tag in DRAWING_TAGS:
            boxes = list(outermost(element, BOX))
            self.paragraph.boxes += boxes
            if not boxes:
                self.paragraph.hidden.append(
                    say("place.object" if tag == "object" else "place.image")
                )
        elif tag == BOX:
            self.paragraph.boxes.append(element)
        elif tag not in NOT_TEXT:
            self._around(element)

    def _around(self, element: Element) -> None:
        """An element that holds others."""
        tag = element.tag
        if tag in INSERTION_TAGS:
            self.paragraph.changes.append(tag)
        if tag == "r":
            self._run(element)
        elif tag == "sdt":
            self._control(element)
        elif tag == "fldSimple":
            entered = self.fields.enter(element)
            self._below(element)
            self.fields.leave(entered)
        elif tag == "rt":  # how the characters below are pronounced
            self._aloud(element)
        elif tag == "mc-AlternateContent":
            if (way := alternate_content(element)) is not None:
                self._below(way)
        else:
            self._below(element)

    def _run(self, run: Element) -> None:
        fonts = run.find("rPr/rFonts")
        self.font = "" if fonts is None else fonts.get("ascii", "")
        unseen = any(is_on(run.find(f"rPr/{way}")) for way in UNPRINTED_PROPERTIES)
        self._within(run, hidden=unseen)
        self.font = ""

    def _control(self, control: Element) -> None:
        """A content control; what it prompts for is no content."""
        self._within(control, hidden=is_on(control.find("sdtPr/showingPlcHdr")))

    def _aloud(self, reading: Element) -> None:
        self._within(reading, hidden=True)

    def _within(self, element: Element, *, hidden: bool) -> None:
        before, self.unseen = self.unseen, self.unseen or hidden
        self._below(element)
        self.unseen = before

    def _say(self, text: str) -> None:
        """Text at the place that is being read."""
        if self.fields.in_instruction:
            return
        if self.unseen:
            self.paragraph.hidden.append(text)
        else:
            self.paragraph.text += text
            self.paragraph.entry &= self.fields.in_contents or not text.strip()
