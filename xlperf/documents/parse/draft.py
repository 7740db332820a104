"""The draft: the record being written, with the place and the claim of everything put into it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from xlperf.documents.blocks.claims import Ledger
from xlperf.documents.blocks.source import Piece, Source
from xlperf.documents.layouts.funding.money import MoneyUnits
from xlperf.paths import RecordPath, get
from xlperf.reading import Place, Remark
from xlperf.record import Raw


class Draft:
    """What has been read so far: the record, where each value stood, remarks, claims."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.record: Raw = {}
        self.where: dict[RecordPath, Place] = {}
        self.remarks: list[Remark] = []
        self.ledger = Ledger(source)
        self.field_codes: list[Piece] = []
        self.labels: dict[RecordPath, Piece] = {}  # of fields that only some editions have
        self.evidence: set[str] = set()  # keys of labels, columns, sections: they tell the edition
        self.unknown_titles: dict[str, Piece] = {}  # of columns, in our own layout
        self.money = MoneyUnits(())
        self.money_words: list[str] = []  # the unit of every amount that was kept

    def keep(self, path: RecordPath, piece: Piece, value: object = None) -> None:
        """Put a piece's text, or the value it was read as, at a path; blank pieces say nothing."""
        piece = piece.strip()
        if not piece.blank:
            self.put(path, piece.text if value is None else value, piece)
            self.ledger.field(path, piece)

    def keep_lines(self, path: RecordPath, pieces: Sequence[Piece]) -> None:
        """Put running text at a path: its lines without the blank space around them."""
        lines = [line for piece in pieces for line in piece.lines()]
        if lines:
            self.put(path, "\n".join(line.text for line in lines), lines[0])
            for line in lines:
                self.ledger.field(path, line)

    def put(self, path: RecordPath, value: object, piece: Piece) -> None:
        """Put a value at a path and say where it was read, without a claim on the piece."""
        parent: Any = self.record
        for step, following in pairwise(path):
            if isinstance(parent, dict):
                parent.setdefault(step, [] if isinstance(following, int) else {})
            parent = parent[step]
        if isinstance(parent, list):
            parent.append(value)
        else:
            parent[path[-1]] = value
        self.where[path] = piece.place

    def add(self, above: RecordPath, piece: Piece) -> RecordPath:
        """Begin an empty object at the end of the list at a path; gives the object's own path."""
        path = (*above, len(get(self.record, above) or ()))
        self.put(path, {}, piece)
        return path

    def drop_empty(self, path: RecordPath) -> None:
        """Take back the last object of a list if nothing was read into it."""
        items = get(self.record, path[:-1])
        if items and path[-1] == len(items) - 1 and not items[-1]:
            items.pop()
            del self.where[path]

    def furniture(self, piece: Piece) -> None:
        """Claim a piece that belongs to the form."""
        if not piece.blank:
            self.ledger.furniture(piece.strip())

    def furniture_around(self, piece: Piece, parts: Sequence[Piece]) -> None:
        """Claim a piece as furniture but for the parts of it that are fields."""
        edges = [
            piece.start,
            *(edge for item in parts for edge in (item.start, item.end)),
            piece.end,
        ]
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            self.furniture(Piece(self.source, start, end))

    def remark(self, code: str, path: RecordPath, piece: Piece, **facts: object) -> None:
        """Note something for the rule of a code to report, with the facts of its message."""
        self.remarks.append(Remark(code, path, piece.place, facts))
