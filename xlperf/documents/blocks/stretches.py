"""Which of a text's pieces lie where: asked many times, of many pieces."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate

from xlperf.documents.blocks.source import Piece


class Stretches:
    """Pieces of one text, to be asked what lies among them."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self.pieces = sorted(pieces, key=lambda piece: piece.start)
        self.starts = [piece.start for piece in self.pieces]
        self.ends = list(accumulate((piece.end for piece in self.pieces), max))

    def overlaps(self, piece: Piece) -> bool:
        """Whether any of a piece is among them."""
        before = bisect_left(self.starts, piece.end)
        return before > 0 and self.ends[before - 1] > piece.start

    def follows(self, sign: Piece) -> bool:
        """Whether one of them stands right behind a sign."""
        at = bisect_left(self.starts, sign.end)
        return at < len(self.pieces) and sign.touches(self.pieces[at])
