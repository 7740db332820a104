"""Printed numbering at the head of a text, in digits, numerals or circles, however typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from xlperf.characters.numerals import CIRCLED_NUMBERS, NUMERAL, from_chinese
from xlperf.documents.blocks.source import Piece
from xlperf.documents.parse.draft import Draft
from xlperf.documents.words import word

NUMBER_STYLES: dict[str, str] = {
    "circled": rf"(?P<circled>[{CIRCLED_NUMBERS}⑴-⒛])",
    "bracketed_numeral": rf"[（(]\s*(?P<bracketed_numeral>{NUMERAL})\s*[)）]",
    "bracketed": r"[（(]\s*(?P<bracketed>\d{1,3})\s*[)）]",
    "numeral": rf"(?P<numeral>{NUMERAL})\s*[、.．]",
    # "Goal 1:", as central forms print it
    "of_goal": rf"{word('activity', 'numbered')}\s*(?P<of_goal>\d{{1,2}}|{NUMERAL})\s*[:：]",
    # "1.5 km" measures something, "1.2021" is number 1 before a year
    "plain": r"(?P<plain>\d{1,3})\s*[.．、)）](?:(?!\d)|(?=(?:19|20)\d\d(?!\d)))",
}
MARKER = re.compile("|".join(NUMBER_STYLES.values()))
NUMBER_BEFORE_DIGIT = re.compile(r"(?P<plain>\d{1,3})[.．、](?=\d)")


@dataclass(frozen=True, slots=True)
class Marker:
    """A printed number: its value, its style and its extent in the text it was found in."""

    number: int
    style: str
    start: int
    end: int


def marker(text: str) -> Marker | None:
    """The number a text begins with, if it begins with one."""
    match = MARKER.match(text)
    return _marker(match) if match else None


def loose_marker(text: str) -> Marker | None:
    """A number and a point before a digit: only the context tells whether it counts or measures."""
    match = NUMBER_BEFORE_DIGIT.match(text)
    return _marker(match) if match else None


def markers(text: str) -> Iterator[Marker]:
    """Everything in a text that looks like a printed number."""
    return map(_marker, MARKER.finditer(text))


def _marker(match: re.Match[str]) -> Marker:
    style = match.lastgroup or ""
    return Marker(_value(match[style]), style, match.start(), match.end())


def _value(sign: str) -> int:
    if (number := from_chinese(sign)) is not None:
        return number
    return int(sign) if sign.isdecimal() else int(unicodedata.numeric(sign))


class Counting:
    """Which numbers count the items of a list: those of the first one's style, or the next number
    in another style, where someone retyped it. Other numbers count something below an item.
    """

    def __init__(self, loose: bool = False) -> None:
        self.loose = loose
        self.style = ""
        self.last = 0
        self.below: set[str] = set()

    def accept(self, text: str) -> Marker | None:
        """The number a text begins with, if it counts an item."""
        mark = marker(text) or (loose_marker(text) if self.loose else None)
        if mark is None:
            return None
        retyped = mark.number == self.last + 1 and mark.style not in self.below
        if self.style and mark.style != self.style and not retyped:
            self.below.add(mark.style)
            return None
        self.style = self.style or mark.style
        self.last = mark.number
        return mark


def check_order(draft: Draft, numbers: Iterable[tuple[int | None, Piece]]) -> None:
    """Remark every number that does not follow the one before; None is an item without one."""
    expected = 1
    for number, piece in numbers:
        if number is not None and number != expected:
            draft.remark("STR003", (), piece, expected=expected, found=number)
        expected = (expected if number is None else number) + 1
