"""A source and its pieces: every text a parser reads is a slice that knows where it stands.

Readers (plain text now, others later) give blocks; the parser above works on blocks alone.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property


def is_blank(sign: str) -> bool:
    """Whether a character shows nothing: space of any kind, control and format characters."""
    return sign.isspace() or unicodedata.category(sign) in ("Cc", "Cf")


@dataclass(frozen=True, eq=False)
class Source:
    """The whole text, its line ends as \\n, and the name it goes by."""

    text: str
    name: str = ""

    @classmethod
    def of(cls, text: str, name: str = "") -> Source:
        """A source whose line ends are made one kind: the number of every line stays."""
        return cls(re.sub("\r\n?", "\n", text), name)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer("\n", self.text))]

    def line_at(self, offset: int) -> int:
        """The number of the line an offset stands in, from 1."""
        return bisect_right(self._starts, offset)

    def lines(self) -> list[Piece]:
        """Every line without its line end."""
        ends = [*(start - 1 for start in self._starts[1:]), len(self.text)]
        return [Piece(self, *span) for span in zip(self._starts, ends, strict=True)]


@dataclass(frozen=True, slots=True)
class Piece:
    """A slice of a source."""

    source: Source
    start: int
    end: int

    @property
    def text(self) -> str:
        """What stands there."""
        return self.source.text[self.start : self.end]

    @property
    def line(self) -> int:
        """The number of the line it begins in, from 1."""
        return self.source.line_at(self.start)

    @property
    def blank(self) -> bool:
        """Whether nothing can be seen in it."""
        return all(map(is_blank, self.text))

    def strip(self) -> Piece:
        """Without blank space at its ends; a blank piece becomes empty where it began."""
        text, start, end = self.source.text, self.start, self.end
        while end > start and is_blank(text[end - 1]):
            end -= 1
        if end == start:
            return Piece(self.source, start, start)
        while is_blank(text[start]):
            start += 1
        return Piece(self.source, start, end)

    def cut(self, start: int, end: int | None = None) -> Piece:
        """The part from one offset within it to another, stripped."""
        stop = self.end if end is None else self.start + end
        return Piece(self.source, self.start + start, stop).strip()

    def to(self, other: Piece) -> Piece:
        """From where this begins to where the other ends."""
        return Piece(self.source, self.start, other.end)

    def touches(self, other: Piece) -> bool:
        """Whether nothing but blank space stands between this and a later piece."""
        return all(map(is_blank, self.source.text[self.end : other.start]))

    def lines(self) -> list[Piece]:
        """Its lines that are not blank, stripped."""
        spans = re.finditer("[^\n]+", self.text)
        return [line for span in spans if not (line := self.cut(*span.span())).blank]


Row = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text; whether blank space set it off from what came before."""

    piece: Piece
    apart: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells. A cell merged into the one above is an empty piece."""

    rows: tuple[Row, ...]


Block = Paragraph | Table
