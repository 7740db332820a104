"""A formula's text in a pattern and its references, and what trees are made of (`tree`).

Formulas that differ in their references only have one `Pattern` and so one tree: `split` takes
the references out of a text and leaves marks that say of which kind each is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from xlperf.errors import XlperfError
from xlperf.layout import Box, Coord
from xlperf.layout.addresses import LAST_COLUMN, LAST_ROW, column

# Marks of references: a cell or an area of the formula's own sheet or of another, a span of sheets.
CELL_MARK, AREA, FAR_CELL, FAR_AREA, SPAN = "\x01", "\x02", "\x03", "\x04", "\x05"
# In formulas that many sheets have in common, what differs: the sheet's title, and its number.
# quoted: apostrophes are doubled
TITLE_MARK, QUOTED_TITLE_MARK, NUMBER_MARK = "\x06", "\x07", "\x08"
GOALS_TITLE = "\x0e"  # instead of the title, quoted, of the sheet whose goals a sheet shows
# instead of a text, in formulas with their goals' title: most have one of their own
TEXT_MARK = "\x0f"
# behind a mark, the reference's number as one character
FIRST_REFERENCE_SIGN, MOST_NUMBERED = 0xE000, 6_000
SHORTEST_TEXT = 4  # characters of a text that is taken out, its quotation marks too


class NotUnderstoodError(XlperfError):
    """A text that is no formula, or one with something that is not known here."""


@dataclass(frozen=True, slots=True)
class Area:
    """Cells of a sheet, of the formula's own where no title is named; `last`: up to that sheet."""

    box: Box
    title: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, a text, TRUE or FALSE; None for an argument that is left out."""

    value: Any


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A text with the title or the number of the formula's own sheet in it, or that number."""

    text: str


@dataclass(frozen=True, slots=True)
class Reference:
    """The nth different reference of a formula, and its kind."""

    position: int
    kind: str


@dataclass(frozen=True, slots=True)
class Name:
    """A defined name."""

    text: str


@dataclass(frozen=True, slots=True)
class Constants:
    """An array constant of one row."""

    items: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A function, or an operator by its sign, with its arguments."""

    name: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class TextReference:
    """A text that stands among a formula's references: the nth of them."""

    position: int


Node = Literal | OwnWords | Reference | TextReference | Name | Constants | Call
ReferenceTarget = Coord | Area | str  # a cell of the formula's own sheet, or anything else; a text

_TITLE = r"'(?:[^']|'')+'|[^\W\d][\w.]*(?::[^\W\d][\w.]*)?"
_CELL_ADDRESS = r"\$?[A-Z]{1,3}\$?[1-9][0-9]{0,6}"
_SYNTAX_REFERENCE = re.compile(
    rf'"(?:[^"]|"")*"|(?<![\w.$!:\'])(?:(?P<title>{_TITLE})!)?(?P<first>{_CELL_ADDRESS})(?::(?P<second>{_CELL_ADDRESS}))?(?![\w(.:!])'
)
# A reference to the formula's own sheet, where there are no others and no texts: found sooner.
_LOCAL_REFERENCE = re.compile(
    r"([$A-Z](?<![\w.$:'].)(?:(?<=\$)[A-Z]{1,3}|(?<=[A-Z])[A-Z]{0,2})\$?[1-9][0-9]{0,6}"
    rf"(?::{_CELL_ADDRESS})?)(?![\w(.:])"
)


@lru_cache(50_000)
def split(formula: str) -> tuple[str, tuple[ReferenceTarget, ...]]:
    """A formula's pattern and its references; without "=". Raises NotUnderstoodError."""
    places: dict[ReferenceTarget, int] = {}
    has_goals = f"'{GOALS_TITLE}'!" in formula

    def marked(place: ReferenceTarget, mark: str) -> str:
        number = places.setdefault(place, len(places))
        if number > MOST_NUMBERED:
            raise NotUnderstoodError("too many references")
        return mark + chr(FIRST_REFERENCE_SIGN + number)

    def replacement(match: re.Match[str]) -> str:
        if match["first"] is None:
            text = match[0]
            if not has_goals or len(text) < SHORTEST_TEXT or text.isascii() or GOALS_TITLE in text:
                return text
            return marked(text[1:-1].replace('""', '"'), TEXT_MARK)
        return marked(*_place(match["title"] or "", match["first"], match["second"]))

    bare = formula.removeprefix("=")
    if "!" in bare:
        return _SYNTAX_REFERENCE.sub(replacement, bare), tuple(places)
    texts = bare.split('"')  # what stands in quotation marks is every second piece
    pieces = _LOCAL_REFERENCE.split('"'.join(texts[::2]))
    pieces[1::2] = [marked(*_near_place(text)) for text in pieces[1::2]]
    texts[::2] = "".join(pieces).split('"')
    return '"'.join(texts), tuple(places)


@lru_cache(100_000)
def _near_place(reference: str) -> tuple[ReferenceTarget, str]:
    """What a reference to cells of the formula's own sheet leads to, and its mark."""
    first, _, second = reference.partition(":")
    return _place("", first, second or None)


@lru_cache(100_000)  # most references occur in many formulas
def _place(title: str, first: str, second: str | None) -> tuple[ReferenceTarget, str]:
    if second is None and not title:
        return _coord(first), CELL_MARK
    (top, left), (bottom, right) = _coord(first), _coord(second or first)
    top, bottom, left, right = (
        min(top, bottom),
        max(top, bottom),
        min(left, right),
        max(left, right),
    )
    box = Box(top, left, right - left + 1, bottom - top + 1)
    if not title:
        return Area(box), AREA
    bare = title[1:-1].replace("''", "'") if title.startswith("'") else title
    begin, _, end = bare.partition(":")
    return Area(box, begin, end), SPAN if end else FAR_AREA if second else FAR_CELL


def _coord(text: str) -> Coord:
    bare = text.replace("$", "")
    name = bare.rstrip("0123456789")
    row, col = int(bare[len(name) :]), column(name)
    if row > LAST_ROW or col > LAST_COLUMN:
        raise NotUnderstoodError(text)
    return row, col
