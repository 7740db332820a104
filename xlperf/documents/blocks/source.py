"""A source and its pieces: every text a parser reads is a slice that knows where it stands.

Readers (plain text, Word, HTML) give blocks; the parser above works on blocks alone.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from xlperf.documents.blocks.label_characters import with_usual_labels
from xlperf.reading import Place

CELL_PLACE = re.compile(
    r"[A-Z]{1,3}[0-9]{1,7}(?:/[a-z]+[0-9]*)?"
)  # of a sheet: B5, or what belongs to it


def is_blank(sign: str) -> bool:
    """Whether a character shows nothing: space of any kind, control and format characters."""
    return sign.isspace() or unicodedata.category(sign) in ("Cc", "Cf")


@dataclass(frozen=True, eq=False)
class Source:
    """The whole text, its line ends as \\n, and the name it goes by.

    `places`: (offset, place) in order, each good up to the next: (0, "P1"), (12, "T1R1C1"),
    (20, "Sheet1!B5"). Empty for plain text, where places are line numbers.
    """

    text: str
    name: str = ""
    places: tuple[tuple[int, str], ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", with_usual_labels(self.text))

    @classmethod
    def of(cls, text: str, name: str = "") -> Source:
        """A source from a text with line ends of any kind; line numbers stay as they were."""
        return cls(re.sub("\r\n?", "\n", text), name)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(line_end.end() for line_end in re.finditer("\n", self.text))]

    def line_at(self, offset: int) -> int:
        """The number of the line an offset stands in, from 1."""
        return bisect_right(self._starts, offset)

    def place_at(self, offset: int) -> Place:
        """Where a person finds what stands at an offset: sheet and cell, or part of a document."""
        if not self.places:
            return Place(line=self.line_at(offset))
        position = bisect_right(self.places, offset, key=lambda place: place[0])
        at = self.places[max(0, position - 1)][1]
        sheet, _, cell = at.rpartition("!")
        return Place(sheet, cell) if sheet and CELL_PLACE.fullmatch(cell) else Place(at=at)

    def lines(self) -> list[Piece]:
        """Every line without its line end."""
        ends = [*(start - 1 for start in self._starts[1:]), len(self.text)]
        return [Piece(self, *span) for span in zip(self._starts, ends, strict=True)]


@dataclass(frozen=True, slots=True)
class Piece:
    """A slice of a source's text, from the offset `start` up to `end`.

    `columns`: the columns that a cell covers, from and up to, where its table shows its grid.
    """

    source: Source
    start: int
    end: int
    columns: tuple[int, int] = (0, 0)

    @property
    def text(self) -> str:
        """The characters of the slice."""
        return self.source.text[self.start : self.end]

    @property
    def line(self) -> int:
        """The number of the line it begins in, from 1."""
        return self.source.line_at(self.start)

    @property
    def place(self) -> Place:
        """Where it begins."""
        return self.source.place_at(self.start)

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
            return Piece(self.source, start, start, self.columns)
        while is_blank(text[start]):
            start += 1
        return Piece(self.source, start, end, self.columns)

    def cut(self, start: int, end: int | None = None) -> Piece:
        """The part between two offsets counted from its start, stripped; by default to its end."""
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


TableRow = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text; `apart`: blank space set it off from what came before.

    `whole`: the source shows where it begins and ends. Plain text shows lines, and a line may be
    the rest of a paragraph or of a cell.
    """

    piece: Piece
    apart: bool = True
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells. A cell merged into the one above is an empty piece.

    `inner`: it stands in a cell of the table before it.
    """

    rows: tuple[TableRow, ...]
    inner: bool = False


@dataclass(frozen=True, slots=True)
class MarginText:
    """Text beside the running text: a page's head or foot; `is_furniture` whatever it says, as an
    entry of generated contents is, or the same head on other pages.
    """

    piece: Piece
    is_furniture: bool = False


Block = Paragraph | Table | MarginText


def is_whole(row: TableRow) -> bool:
    """Whether the cells of a row know their columns, so that none is missing or broken in two."""
    return bool(row) and row[0].columns[1] > 0
