"""What an HTML reader has open: the page or a cell, the elements in it, the paragraph it makes."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field, replace

from xlperf.documents.blocks.composing import Aside, Prose, SourceItem, SourceTable
from xlperf.documents.blocks.list_formats import number_text

LINE_BREAK_MARK = "\0"  # of a line; in HTML itself this character is never meant
HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|mso-hide\s*:\s*all)", re.IGNORECASE)
LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.IGNORECASE)
UNREAD_TAGS = {"script", "style", "template", "title", "noscript"}
LIST_STYLES = {
    **{"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman"},
    **{"I": "upperRoman", "decimal": "decimal", "decimal-leading-zero": "decimalZero"},
    **{"lower-alpha": "lowerLetter", "lower-latin": "lowerLetter", "lower-roman": "lowerRoman"},
    **{"upper-alpha": "upperLetter", "upper-latin": "upperLetter", "upper-roman": "upperRoman"},
    **{"cjk-ideographic": "chineseCounting", "simp-chinese-informal": "chineseCounting"},
    **{"simp-chinese-formal": "chineseLegalSimplified", "trad-chinese-informal": "chineseCounting"},
    **{"cjk-decimal": "ideographDigital", "cjk-heavenly-stem": "ideographTraditional"},
    **{"cjk-earthly-branch": "ideographZodiac", "none": "none"},
}
IDEOGRAPHIC = {"chineseCounting", "chineseLegalSimplified", "ideographTraditional"}

Attributes = dict[str, str]


@dataclass(frozen=True, slots=True)
class Mode:
    """How text is to be taken, as the elements around it say."""

    unread: bool = False
    hidden: bool = False
    entry: bool = False  # of a table of contents
    is_preformatted: bool = False  # with its line breaks

    def within(self, tag: str, attributes: Attributes) -> Mode:
        """The mode inside an element with these attributes."""
        hides = (
            tag == "del"
            or "hidden" in attributes
            or bool(HIDDEN_STYLE.search(attributes.get("style", "")))
        )
        return replace(
            self,
            unread=self.unread or tag in UNREAD_TAGS,
            hidden=self.hidden or hides,
            entry=self.entry or tag == "nav",
            is_preformatted=self.is_preformatted or tag == "pre",
        )


@dataclass(slots=True)
class OpenElement:
    """An element that is not closed yet; for a list, how its items are counted."""

    tag: str
    mode: Mode
    style: str = ""
    next: int = 1

    @classmethod
    def of(cls, tag: str, mode: Mode, attributes: Attributes) -> OpenElement:
        """An element that begins; for an ordered list, with the style and first of its numbers."""
        if tag != "ol":
            return cls(tag, mode)
        chosen = LIST_STYLE.search(attributes.get("style", ""))
        name = chosen[1].lower() if chosen else attributes.get("type", "1")
        return cls(tag, mode, LIST_STYLES.get(name, "decimal"), whole(attributes.get("start"), 1))

    def number(self, attributes: Attributes) -> str:
        """What is printed before the next item of a list, as "3. "; "" for no list in order."""
        if not self.style or self.style == "none":
            return ""
        here = whole(attributes.get("value"), self.next)
        self.next = here + 1
        return number_text(here, self.style) + ("、" if self.style in IDEOGRAPHIC else ". ")


def whole(text: str | None, default: int) -> int:
    """The whole number that an attribute begins with; `default` where it has none."""
    match = re.match(r"\s*(-?[0-9]{1,9})", text or "")
    return int(match[1]) if match else default


@dataclass(slots=True)
class Frame:
    """The page, or a cell: it has paragraphs and tables of its own."""

    at: str
    mode: Mode
    items: list[SourceItem] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    elements: list[OpenElement] = field(default_factory=list)
    tags: Counter[str] = field(default_factory=Counter)
    text: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    number: str = ""
    paragraphs: int = 0
    tables: int = 0

    @property
    def how(self) -> Mode:
        """How text is taken now."""
        return self.elements[-1].mode if self.elements else self.mode

    def open(self, tag: str, attributes: Attributes) -> None:
        """An element begins."""
        self.elements.append(OpenElement.of(tag, self.how.within(tag, attributes), attributes))
        self.tags[tag] += 1

    def close(self, tag: str) -> bool:
        """An element ends, and all that were left open in it; false if it is not open."""
        if not self.tags[tag]:
            return False
        while True:
            last = self.elements.pop()
            self.tags[last.tag] -= 1
            if last.tag == tag:
                return True

    def list_item(self, attributes: Attributes) -> None:
        """An item begins; the one before it in the same list ends."""
        for place in range(len(self.elements) - 1, -1, -1):
            if self.elements[place].tag in ("ol", "ul"):
                self.number = self.elements[place].number(attributes)
                break
            if self.elements[place].tag == "li":
                self.close("li")
                self.list_item(attributes)
                return

    def say(self, text: str) -> None:
        """Take text at the place that is being read."""
        how = self.how
        if how.unread:
            return
        text = text.replace(LINE_BREAK_MARK, "\ufffd")
        text = re.sub("\r\n?|\n", LINE_BREAK_MARK, text) if how.is_preformatted else text
        (self.hidden if how.hidden else self.text).append(text)

    def break_line(self) -> None:
        """The line ends within its paragraph."""
        if not self.how.unread:
            (self.hidden if self.how.hidden else self.text).append(LINE_BREAK_MARK)

    def flush(self, blank: bool = False) -> None:
        """End the paragraph. An empty one is kept only with `blank`: it is there on purpose."""
        text, hidden = collapse_space("".join(self.text)), collapse_space("".join(self.hidden))
        at = self.at or f"P{self.paragraphs + 1}"
        if text or blank:
            self.items.append(Prose(self.number + text, at, self.how.entry))
            self.paragraphs += bool(text.strip())
            self.number = ""
        if hidden:
            self.asides.append(Aside(hidden, f"{at}/hidden"))
        self.text, self.hidden = [], []

    def table_place(self) -> str:
        """The place of the next table, as T2, or T1R3C1/T1 in a cell."""
        self.tables += 1
        return f"{self.at}/T{self.tables}" if self.at else f"T{self.tables}"

    def text_of_prose(self) -> str:
        """The texts of all its paragraphs, one below the other."""
        return "\n".join(item.text for item in self.items if isinstance(item, Prose))

    def inner(self) -> list[SourceTable]:
        """The tables in it."""
        return [item for item in self.items if isinstance(item, SourceTable)]


def collapse_space(text: str) -> str:
    """Runs of blank space as one space; the end of a line between two wide characters as none."""

    def gap(match: re.Match[str]) -> str:
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        return "" if "\n" in match[0] and _wide(before) and _wide(after) else " "

    return re.sub(f" *{LINE_BREAK_MARK} *", "\n", re.sub("[ \t\n\f\r]+", gap, text)).strip(" \n")


def _wide(sign: str) -> bool:
    return bool(sign) and unicodedata.east_asian_width(sign) in "WF"
