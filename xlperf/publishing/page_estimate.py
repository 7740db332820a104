"""On which page a heading will stand: an estimate of how a word processor breaks lines and pages.

The contents are printed with these numbers, so that they are right before anyone updates them. It
counts with what the template's styles say; Word corrects it when the contents are updated.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from xlperf.publishing.tables import PrintedRow, PrintedTable, columns
from xlperf.publishing.word.template import PREFIX, Look, Paper, Template

NARROW = 0.5  # of the size of type: the width of a sign that is not Chinese
SCRIPT_CHANGE_GAP = 0.25  # of the size of type: what parts Chinese from other letters
MARGINS = 4.0  # points of a cell that its margins take
LINE_OF_FRAME = 0.5  # points of a row that its edge takes
KEPT_WITH_NUMBER = "≥≤±"  # stay with the number after them
HANGING_SIGNS = "，。、；：？！）》”’"  # may stand beyond the margin rather than begin a line


def lines_of(text: str, look: Look, width: float) -> int:
    """Lines that a paragraph takes on a page with so much width for text, in points."""
    room, x, lines = width - look.left, look.first, 1
    before = ""
    for word in _words(text):
        wide = _width(word, look.size) + (
            look.size * SCRIPT_CHANGE_GAP if _parted(before, word) else 0.0
        )
        before = word
        if x + wide > room + 0.1 and x > 0 and word not in HANGING_SIGNS:
            lines, x = lines + 1, 0.0
        x += wide
        while x > room + look.size and room > look.size:
            lines, x = lines + 1, x - room
    return lines


def spare(text: str, look: Look, width: float) -> float:
    """Points to leave unused so that the lines of a text come out even; 0 where it takes one."""
    lines = lines_of(text, look, width)
    even = (math.ceil(_width(text, look.size) / lines / look.size) + 1) * look.size
    return max(0.0, width - even) if lines > 1 else 0.0


def _words(text: str) -> Iterator[str]:
    """What a line may end after: each wide sign, each word of narrow ones, each hanging sign."""
    for narrow, group in groupby(text, key=_sticks):
        signs = "".join(group)
        yield from [signs] if narrow else signs


def _sticks(sign: str) -> bool:
    return (sign.isascii() and not sign.isspace()) or sign in KEPT_WITH_NUMBER


def _parted(before: str, word: str) -> bool:
    """Whether word processors set a space between two words: between Chinese and other letters."""
    return bool(before) and _sticks(before[-1]) != _sticks(word[0]) and _letters(before, word)


def _letters(before: str, word: str) -> bool:
    return before[-1].isalnum() and word[0].isalnum()


def _width(word: str, size: float) -> float:
    wide = sum(1 if unicodedata.east_asian_width(sign) in "WFA" else NARROW for sign in word)
    return wide * size


def row_height(template: Template, table: PrintedTable, row: PrintedRow) -> float:
    """Height of a table's row in points; cells merged over several rows do not count."""
    scale = template.paper("projects").width / sum(table.widths)
    heights = [LINE_OF_FRAME]
    for cell, wide in columns(row, table.widths):
        if cell.height == 1:
            look = template.look(PREFIX + cell.look)
            room = wide * scale - MARGINS
            heights.append(sum(_paragraph(line, look, room) for line in cell.lines))
    return max(heights) + LINE_OF_FRAME


def _paragraph(text: str, look: Look, width: float) -> float:
    return look.before + lines_of(text, look, width) * look.line + look.after


@dataclass
class Pages:
    """A cursor that goes down the pages as the text does: `page` from 1, `y` in points.

    `waiting`: paragraphs that stay with the next one: look, lines, the list for their page.
    """

    paper: Paper
    page: int = 1
    y: float = 0.0
    waiting: list[tuple[Look, int, list[int]]] = field(default_factory=list)

    def turn(self) -> None:
        """Go on at the top of the next page."""
        self.page, self.y = self.page + 1, 0.0

    def begin(self, paper: Paper) -> None:
        """Begin a section on a new page."""
        self.settle()
        self.paper = paper
        if self.y:
            self.turn()

    def paragraph(self, look: Look, lines: int, breaks: bool) -> list[int]:
        """Set a paragraph of so many lines, on a new page if it `breaks`.

        The list returned gets the page of its first line, once what it must stay with is set too.
        """
        if breaks:
            self.settle()
            if self.y:
                self.turn()
        stands: list[int] = []
        self.waiting.append((look, lines, stands))
        if not look.keeps:
            self.settle()
        return stands

    def settle(self) -> None:
        """Set the paragraphs that wait: headings, and the first one after them, on one page."""
        waiting, self.waiting = self.waiting, []
        height = sum(
            look.before + lines * look.line + look.after for look, lines, _ in waiting[:-1]
        )
        if waiting and self.y and self.y + height + _first_lines(waiting[-1]) > self.paper.height:
            self.turn()
        for look, lines, stands in waiting:
            self._set(look, lines, stands)

    def _set(self, look: Look, lines: int, stands: list[int]) -> None:
        self.y += look.before if self.y else 0.0
        lines_left, is_first = lines, True
        while lines_left:
            fits = max(0, int((self.paper.height - self.y + 0.1) // look.line))
            if fits < lines_left:
                fits = _without_widows(fits, lines_left)
            if fits <= 0 and self.y:
                self.turn()
                continue
            fits = min(max(fits, 1), lines_left)
            if is_first:
                stands.append(self.page)
            is_first, lines_left = False, lines_left - fits
            self.y += fits * look.line
            if lines_left:
                self.turn()
        self.y += look.after

    def table(self, heights: Iterable[float], header: float) -> None:
        """Set rows of a table by their heights; a `header` this high is repeated on every page."""
        self.settle()
        for height in heights:
            if self.y and self.y + height > self.paper.height + 0.1:
                self.turn()
                self.y = header
            self.y += height
            while self.y > self.paper.height + 0.1:
                over = self.y - self.paper.height
                self.turn()
                self.y = header + over


def _first_lines(waiting: tuple[Look, int, list[int]]) -> float:
    """Height of as many lines of a paragraph as must stand together."""
    look, lines, _ = waiting
    return look.before + look.line * (lines if lines <= 3 else 2)


def _without_widows(fits: int, lines: int) -> int:
    """Lines to set on this page so that no line stands alone before or after the break."""
    if lines - fits == 1:
        fits -= 1
    return 0 if fits <= 1 else fits
