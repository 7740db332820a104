"""A formula's text as a tree, by Excel's precedence; its references apart.

Formulas that differ in their references only have one `Pattern` and so one tree: `split` takes
the references out of a text and leaves marks that say of which kind each is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from xlperf.calculation.values import ERRORS
from xlperf.layout import Box, Coord
from xlperf.layout.addresses import LAST_COLUMN, LAST_ROW, column

# Marks of references: a cell or an area of the formula's own sheet or of another, a span of sheets.
CELL, AREA, FAR_CELL, FAR_AREA, SPAN = "\x01", "\x02", "\x03", "\x04", "\x05"
# In formulas that many sheets have in common, what differs: the sheet's title, and its number.
TITLE, QUOTED_TITLE, NUMBER = "\x06", "\x07", "\x08"  # quoted: apostrophes are doubled
NUMBERED, MOST_NUMBERED = 0xE000, 6_000  # behind a mark, the reference's number as one character
MOST_NESTED = 64  # brackets within each other, as in Excel


class NotUnderstoodError(ValueError):
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


Node = Literal | OwnWords | Reference | Name | Constants | Call
Place = Coord | Area  # a cell of the formula's own sheet, or anything else

_TITLE = r"'(?:[^']|'')+'|[^\W\d][\w.]*(?::[^\W\d][\w.]*)?"
_CELL = r"\$?[A-Z]{1,3}\$?[1-9][0-9]{0,6}"
_REFERENCE = re.compile(
    rf'"(?:[^"]|"")*"|(?<![\w.$!:\'])(?:(?P<title>{_TITLE})!)?(?P<first>{_CELL})(?::(?P<second>{_CELL}))?(?![\w(.:!])'
)
# A reference to the formula's own sheet, where there are no others and no texts: found sooner.
_NEAR = re.compile(
    r"([$A-Z](?<![\w.$:'].)(?:(?<=\$)[A-Z]{1,3}|(?<=[A-Z])[A-Z]{0,2})\$?[1-9][0-9]{0,6}"
    rf"(?::{_CELL})?)(?![\w(.:])"
)
_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\x08|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"""
    r"""|(?P<text>"(?:[^"]|"")*")|(?P<reference>[\x01-\x05][\ue000-\uf8ff])"""
    r"""|(?P<error>\#[A-Z0-9/]+[!?]?)|(?P<word>[^\W\d][\w.]*)|(?P<sign><=|>=|<>|[-+*/^&=<>%(){},;]))"""
)
_STRENGTH = {
    **dict.fromkeys(("=", "<>", "<", ">", "<=", ">="), 1),
    "&": 2,
    **dict.fromkeys("+-", 3),
    **dict.fromkeys("*/", 4),
    "^": 5,
}


@lru_cache(50_000)
def split(formula: str) -> tuple[str, tuple[Place, ...]]:
    """A formula's pattern and its references; without "=". Raises NotUnderstoodError."""
    places: dict[Place, int] = {}

    def marked(place: Place, mark: str) -> str:
        number = places.setdefault(place, len(places))
        if number > MOST_NUMBERED:
            raise NotUnderstoodError("too many references")
        return mark + chr(NUMBERED + number)

    def taken(match: re.Match[str]) -> str:
        if match["first"] is None:
            return match[0]
        return marked(*_place(match["title"] or "", match["first"], match["second"]))

    bare = formula.removeprefix("=")
    if "!" in bare:
        return _REFERENCE.sub(taken, bare), tuple(places)
    texts = bare.split('"')  # what stands in quotation marks is every second piece
    pieces = _NEAR.split('"'.join(texts[::2]))
    pieces[1::2] = [marked(*_near_place(text)) for text in pieces[1::2]]
    texts[::2] = "".join(pieces).split('"')
    return '"'.join(texts), tuple(places)


@lru_cache(100_000)
def _near_place(reference: str) -> tuple[Place, str]:
    """What a reference to cells of the formula's own sheet leads to, and its mark."""
    first, _, second = reference.partition(":")
    return _place("", first, second or None)


@lru_cache(100_000)  # most references occur in many formulas
def _place(title: str, first: str, second: str | None) -> tuple[Place, str]:
    if second is None and not title:
        return _coord(first), CELL
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


@lru_cache(5_000)
def tree_of(pattern: str) -> Node:
    """The tree of a pattern; raises NotUnderstoodError."""
    reader = _Reader(list(_tokens(pattern)))
    node = reader.expression(0, MOST_NESTED)
    if reader.at < len(reader.tokens):
        raise NotUnderstoodError(pattern)
    return node


def _tokens(pattern: str) -> Iterator[tuple[str, str]]:
    at, end = 0, len(pattern.rstrip())
    while at < end:
        match = _TOKEN.match(pattern, at)
        if match is None or match.lastgroup is None:
            raise NotUnderstoodError(pattern)
        yield match.lastgroup, match[match.lastgroup]
        at = match.end()


class _Reader:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens, self.at = tokens, 0

    @property
    def sign(self) -> str:
        """The sign that stands here; "" for anything else and at the end."""
        kind, text = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        return text if kind == "sign" else ""

    def take(self, sign: str) -> None:
        if self.sign != sign:
            raise NotUnderstoodError(sign)
        self.at += 1

    def expression(self, least: int, room: int) -> Node:
        """What stands here, with all operators behind it that bind stronger than `least`.

        `room` is how many brackets may still open.
        """
        left = self.operand(room)
        while _STRENGTH.get(self.sign, 0) > least:
            sign = self.sign
            self.at += 1
            left = Call(sign, (left, self.expression(_STRENGTH[sign], room)))
        return left

    def operand(self, room: int) -> Node:
        signs = []
        while self.sign in ("-", "+"):
            signs.append(self.sign)
            self.at += 1
        node = self.atom(room)
        while self.sign == "%":
            self.at += 1
            node = Call("%", (node,))
        for sign in reversed(signs):
            node = Call("negative", (node,)) if sign == "-" else node
        return node

    def atom(self, room: int) -> Node:
        if room < 0 or self.at >= len(self.tokens):
            raise NotUnderstoodError("an operand is missing, or too many brackets")
        kind, text = self.tokens[self.at]
        self.at += 1
        if kind == "reference":
            return Reference(ord(text[1]) - NUMBERED, text[0])
        if kind == "word":
            return self.word(text, room)
        if kind == "sign":
            return self.bracket(text, room)
        return _constant(kind, text)

    def word(self, text: str, room: int) -> Node:
        """A function, TRUE, FALSE or a defined name."""
        if self.sign == "(":
            return Call(text.upper(), self.listed(room - 1))
        if text.upper() in ("TRUE", "FALSE"):
            return Literal(text.upper() == "TRUE")
        return Name(text)

    def bracket(self, text: str, room: int) -> Node:
        """What stands in brackets, or an array constant."""
        if text == "(":
            node = self.expression(0, room - 1)
            self.take(")")
            return node
        if text != "{":
            raise NotUnderstoodError(text)
        items = []
        while True:
            items.append(self.atom(0))
            if self.sign != ",":
                break
            self.at += 1
        self.take("}")
        if not all(isinstance(item, Literal) for item in items):
            raise NotUnderstoodError("an array of other than constants")
        return Constants(tuple(item.value for item in items if isinstance(item, Literal)))

    def listed(self, room: int) -> tuple[Node, ...]:
        """The arguments of a function."""
        self.take("(")
        arguments: list[Node] = []
        if self.sign == ")":
            self.at += 1
            return ()
        while True:
            left_out = self.sign in (",", ")")
            arguments.append(Literal(None) if left_out else self.expression(0, room))
            if self.sign != ",":
                break
            self.at += 1
        self.take(")")
        return tuple(arguments)


def _constant(kind: str, text: str) -> Node:
    value = text if text == NUMBER else _literal(kind, text)
    is_own = isinstance(value, str) and any(m in value for m in (TITLE, QUOTED_TITLE, NUMBER))
    return OwnWords(value) if is_own else Literal(value)


def _literal(kind: str, text: str) -> Any:
    if kind == "text":
        return text[1:-1].replace('""', '"')
    if kind == "error" or text in ERRORS:
        raise NotUnderstoodError(text)
    return int(text) if text.isdigit() and len(text) < 16 else float(text)
