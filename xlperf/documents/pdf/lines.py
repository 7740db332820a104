"""Characters of a PDF page as lines, and lines as paragraphs: a PDF knows neither.

A line ends a paragraph where what comes next would still have fitted on it, or begins with a
printed number, is set in, or is larger or smaller. Blanks are told by the distance of characters,
as programs set Latin letters and numbers apart from ideographs without a blank between them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from xlperf.documents.parse.numbering import marker

Character = dict[str, Any]

WORD_GAP = 0.18  # of the size of the letters: between two words
WIDE_GAP = 0.7  # between ideographs, which may be set wide
SAME_SIZE = 0.6  # points by which letters of one paragraph may differ
PARAGRAPH_INDENT = 1.2  # of the size: a line set in by more begins a paragraph
PARAGRAPH_GAP = 2.2  # of the size: lines further apart are no paragraph
LABEL_AT_START = re.compile(r"\w{2,8}[:：]")  # after the end of a sentence it begins a paragraph
STOP = "。"
SLACK = 0.75  # points, of what is measured


@dataclass(frozen=True)
class PdfLine:
    """A line: its text, its extent on the page in points, its letters' size, its characters."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    characters: tuple[Character, ...] = ()

    @property
    def edge(self) -> float:
        """Where it ends, a stop at its end aside, which may hang over the edge of the text."""
        signs = [character for character in self.characters if not _stops(character["text"][0])]
        return float(signs[-1]["x1"]) if signs else self.right


def lines_of(characters: Sequence[Character]) -> list[PdfLine]:
    """The lines that characters stand on, from the top down; each from left to right."""
    rows: list[list[Character]] = []
    visible = [
        character
        for character in characters
        if character["text"].strip() and character.get("upright", True)
    ]
    for item in sorted(visible, key=lambda letter: (letter["top"] + letter["bottom"]) / 2):
        middle = (item["top"] + item["bottom"]) / 2
        if rows and middle < _bottom(rows[-1]):
            rows[-1].append(item)
        else:
            rows.append([item])
    return [_line(sorted(row, key=lambda letter: float(letter["x0"]))) for row in rows]


def _bottom(row: Sequence[Character]) -> float:
    return max(float(item["bottom"]) - float(item["size"]) * 0.2 for item in row)


def _line(row: Sequence[Character]) -> PdfLine:
    characters = [row[0]]
    text = row[0]["text"]
    gaps = [float(after["x0"]) - float(before["x1"]) for before, after in pairwise(row)]
    for at, (before, character) in enumerate(pairwise(row)):
        doubled = (
            character["text"] == characters[-1]["text"]
            and character["x0"] - characters[-1]["x0"] < character["size"] / 8
        )
        if doubled:  # bold, printed twice
            continue
        apart = _parts_numbers(row, gaps, at)
        text += (" " if apart else _blank(before, character)) + character["text"]
        characters.append(character)
    return PdfLine(
        text,
        left=float(row[0]["x0"]),
        right=max(float(item["x1"]) for item in row),
        top=min(float(item["top"]) for item in row),
        bottom=max(float(item["bottom"]) for item in row),
        size=max(float(item["size"]) for item in row),
        characters=tuple(characters),
    )


def _blank(before: Character, after: Character) -> str:
    gap = float(after["x0"]) - float(before["x1"])
    letters = _latin(before["text"][-1]) and _latin(after["text"][0])
    return " " if gap > float(after["size"]) * (WORD_GAP if letters else WIDE_GAP) else ""


def _parts_numbers(row: Sequence[Character], gaps: Sequence[float], at: int) -> bool:
    """Whether the gap behind a character parts two numbers: digits beside it stand closer.

    Where all digits are set apart alike, they are one number.
    """
    if gaps[at] <= float(row[at + 1]["size"]) * WORD_GAP:
        return False
    if not (_numeric(row[at]) and _numeric(row[at + 1])):
        return False
    beside = [
        gaps[near]
        for near in (at - 1, at + 1)
        if 0 <= near < len(gaps) and _numeric(row[near]) and _numeric(row[near + 1])
    ]
    return bool(beside) and max(beside) < gaps[at] / 2


def _numeric(character: Character) -> bool:
    text = character["text"]
    return bool(text.isascii() and (text.isdigit() or text in ".,"))


def _latin(sign: str) -> bool:
    return sign.isascii() and sign.isalpha()


def _wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "WF"


def paragraphs(lines: Sequence[PdfLine], left: float, right: float) -> list[PdfLine]:
    """Lines put together to paragraphs, within the edges up to which their text can reach.

    A paragraph is given as a line, its extent that of its first one.
    """
    result: list[PdfLine] = []
    last: PdfLine | None = None
    for line in lines:
        if last is not None and goes_on(last, line, left, right):
            result[-1] = replace(result[-1], text=joined(result[-1].text, last, line, right - left))
        else:
            result.append(line)
        last = line
    return result


def goes_on(
    above: PdfLine, line: PdfLine, left: float, right: float, *, paged: bool = False
) -> bool:
    """Whether a line goes on with the paragraph of the one above; `paged`: on another page."""
    alike = abs(above.size - line.size) < SAME_SIZE
    close = paged or line.top - above.top < PARAGRAPH_GAP * line.size
    inset = line.left - left > PARAGRAPH_INDENT * line.size and line.left > above.left + SLACK
    centred = abs((line.left + line.right) - (above.left + above.right)) < 2 * SLACK
    begins = marker(line.text) is not None or (
        above.text.endswith(STOP) and LABEL_AT_START.match(line.text) is not None
    )
    if not alike or not close or begins or (inset and not centred):
        return False
    width = right - left if centred and above.left - left > line.size / 2 else right - above.left
    return (above.right - above.left) + _first_word(line) > width - SLACK


def _first_word(line: PdfLine) -> float:
    """How wide what could not be parted is at the beginning of a line."""
    first = line.characters[0]
    end = float(first["x1"])
    for before, character in pairwise(line.characters):
        apart = float(character["x0"]) - end > WORD_GAP * line.size
        if apart or not _glued(before["text"][-1], character["text"][0]):
            break
        end = float(character["x1"])
    return end - float(first["x0"])


def _glued(before: str, after: str) -> bool:
    """Whether no line ends between two signs: within words, around quotes, at brackets and stops
    (UAX #14: QU, OP, CL, EX, IS).
    """
    quotes = ("Pi", "Pf")
    glued = _stops(after) or {unicodedata.category(after), unicodedata.category(before)} & {*quotes}
    return (
        bool(glued) or unicodedata.category(before) == "Ps" or not (_wide(before) or _wide(after))
    )


def _stops(sign: str) -> bool:
    return unicodedata.category(sign) in ("Pe", "Po")


def joined(text: str, above: PdfLine, line: PdfLine, width: float) -> str:
    """A paragraph's text and the line that goes on with it; a blank between two words."""
    words = _latin(text[-1:] or "0") and _latin(line.text[:1] or "0")
    first = line.characters[0]
    fitted = (above.right - above.left) + float(first["x1"]) - float(first["x0"]) <= width - SLACK
    return f"{text} {line.text}" if words and fitted else text + line.text
