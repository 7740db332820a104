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
from xlperf.paths import RecordPath
from xlperf.reading import Place

FIELD_CLAIM, FURNITURE_CLAIM, BLANK_CLAIM, LEFTOVER_CLAIM = "#", "=", " ", "?"


@dataclass(frozen=True, slots=True)
class Claim:
    """A piece that a field (its path) or the furniture (no path) answers for."""

    piece: Piece
    path: RecordPath | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many characters went where.

    `residue`: the line number and text of every stretch left over; `places`: where each stands.
    """

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
    """The claims on one source: which of its characters a field or the form accounts for."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.claims: list[Claim] = []
        self.once = False  # whether a piece that is claimed already is passed over
        self.claimed_characters = bytearray(len(source.text))

    def field(self, path: RecordPath, piece: Piece) -> None:
        """Claim a piece for the field at a path of the record."""
        self._claim(Claim(piece, path))

    def furniture(self, piece: Piece) -> None:
        """Claim a piece as part of the form (label, heading, number), not of what was filled in."""
        self._claim(Claim(piece))

    def _claim(self, claim: Claim) -> None:
        if not self.once or self.is_free(claim.piece):
            self.claims.append(claim)
            start, end = claim.piece.start, claim.piece.end
            self.claimed_characters[start:end] = b"\1" * (end - start)

    def free_parts(self, piece: Piece) -> list[Piece]:
        """The stretches of a piece that nothing has claimed, stripped."""
        free = re.finditer(rb"\0+", bytes(self.claimed_characters[piece.start : piece.end]))
        return [part for item in free if not (part := piece.cut(*item.span())).blank]

    def is_free(self, piece: Piece) -> bool:
        """Whether nothing has claimed any of a piece."""
        return not any(self.claimed_characters[piece.start : piece.end])

    def give_up(self, path: RecordPath, label: Piece | None) -> None:
        """Take back the claims for a path and all below it, and the furniture at its label.

        `is_free` still counts these characters as claimed.
        """
        self.claims = [
            claim
            for claim in self.claims
            if (claim.path or ())[: len(path)] != path
            and (label is None or claim.path is not None or claim.piece.start != label.start)
        ]

    def rename(self, old: RecordPath, new: RecordPath) -> None:
        """Let the claims for a path and all below it be for another one."""
        self.claims = [
            Claim(item.piece, (*new, *item.path[len(old) :]))
            if item.path is not None and item.path[: len(old)] == old
            else item
            for item in self.claims
        ]

    def marks(self) -> str:
        """A sign for each character of the source: # field, = furniture, space blank, ? left over.

        Where claims overlap, the first one counts.
        """
        signs = [BLANK_CLAIM if is_blank(sign) else LEFTOVER_CLAIM for sign in self.source.text]
        for claim in reversed(self.claims):
            sign = FURNITURE_CLAIM if claim.path is None else FIELD_CLAIM
            signs[claim.piece.start : claim.piece.end] = sign * len(claim.piece.text)
        return "".join(signs)


def account(ledger: Ledger) -> Coverage:
    """Count the characters of a source by what claims them, and list what is left over."""
    counts = Counter(ledger.marks())
    leftovers = left_over(ledger)
    return Coverage(
        field=counts[FIELD_CLAIM],
        furniture=counts[FURNITURE_CLAIM],
        blank=counts[BLANK_CLAIM],
        leftover=counts[LEFTOVER_CLAIM],
        residue=tuple((piece.line, piece.text) for piece in leftovers),
        places=tuple(piece.place for piece in leftovers),
    )


def left_over(ledger: Ledger) -> list[Piece]:
    """What is left over, one piece for each stretch within a line."""
    return list(_stretches(ledger))


def _stretches(ledger: Ledger) -> Iterator[Piece]:
    marks = ledger.marks()
    for line in ledger.source.lines():
        for match in re.finditer(r"\?(?:[? ]*\?)?", marks[line.start : line.end]):
            yield line.cut(*match.span())
