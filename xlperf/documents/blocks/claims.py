"""The ledger: what became of every character of a source.

Each is claimed by a field, claimed as known furniture (headings, labels, numbering, field
codes), blank, or left over. What is left over is listed, so that nothing is lost unseen.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from xlperf.documents.blocks.source import Piece, Source, is_blank
from xlperf.paths import Path
from xlperf.reading import Place

FIELD, FURNITURE, BLANK, LEFTOVER = "#", "=", " ", "?"


@dataclass(frozen=True, slots=True)
class Claim:
    """A piece that a field (its path) or the furniture (no path) answers for."""

    piece: Piece
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many characters went where, and what is left over with its lines and its places."""

    field: int
    furniture: int
    blank: int
    leftover: int
    residue: tuple[tuple[int, str], ...]
    places: tuple[Place, ...] = ()

    @property
    def characters(self) -> int:
        """All characters of the source."""
        return self.field + self.furniture + self.blank + self.leftover


class Ledger:
    """The claims on one source."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.claims: list[Claim] = []

    def field(self, path: Path, piece: Piece) -> None:
        """This piece is what the record says at the path."""
        self.claims.append(Claim(piece, path))

    def furniture(self, piece: Piece) -> None:
        """This piece belongs to the form, not to what it says."""
        self.claims.append(Claim(piece))

    def marks(self) -> str:
        """One sign for each character of the source; what was claimed first stays."""
        signs = [BLANK if is_blank(sign) else LEFTOVER for sign in self.source.text]
        for claim in reversed(self.claims):
            sign = FURNITURE if claim.path is None else FIELD
            signs[claim.piece.start : claim.piece.end] = sign * len(claim.piece.text)
        return "".join(signs)


def account(ledger: Ledger) -> Coverage:
    """The account of a ledger."""
    counts = Counter(ledger.marks())
    left = left_over(ledger)
    return Coverage(
        field=counts[FIELD],
        furniture=counts[FURNITURE],
        blank=counts[BLANK],
        leftover=counts[LEFTOVER],
        residue=tuple((piece.line, piece.text) for piece in left),
        places=tuple(piece.place for piece in left),
    )


def left_over(ledger: Ledger) -> list[Piece]:
    """What is left over, one piece for each stretch within a line."""
    return list(_stretches(ledger))


def _stretches(ledger: Ledger) -> Iterator[Piece]:
    marks = ledger.marks()
    for line in ledger.source.lines():
        for match in re.finditer(r"\?(?:[? ]*\?)?", marks[line.start : line.end]):
            yield line.cut(*match.span())
