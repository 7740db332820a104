"""Projects: a title, its number, and the form below it."""

from __future__ import annotations

from collections.abc import Iterator

from xlperf.documents.blocks.source import Piece
from xlperf.documents.parse.draft import Draft
from xlperf.documents.parse.headings import check_entry
from xlperf.documents.parse.numbering import Marker, check_order, loose_marker, marker
from xlperf.documents.parse.outline import OutlineLine, OutlineSection
from xlperf.documents.parse.project_forms.project_table import read_table
from xlperf.documents.words import word
from xlperf.paths import RecordPath, get


class Projects:
    """Reads one project after another, and checks that their numbers follow each other."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.numbers: list[tuple[int | None, Piece]] = []

    def read(self, section: OutlineSection) -> None:
        """A project: the form first, as its title is understood by the name in it."""
        first = next((row[0] for row in section.body if not isinstance(row, OutlineLine)), None)
        piece = section.heading.piece if section.heading else first
        if piece is None:
            return
        project = self.draft.add(("projects",), piece)
        read_table(self.draft, project, section.body)
        if section.heading:
            self.title(project, section.heading)
        self.draft.drop_empty(project)

    def title(self, project: RecordPath, line: OutlineLine) -> None:
        """Claim the title: as furniture if it is the name and the form's, else as a field."""
        piece, draft = line.piece, self.draft
        name = str(get(draft.record, (*project, "name")) or "")
        number, rest = self.parted(piece, name)
        self.numbers.append((number.number if number else None, piece))
        if number:
            draft.furniture(piece.cut(0, number.end))
        if _closed(rest.text) == _closed(name + word("headings", "table")):
            draft.furniture(rest)
        else:
            draft.keep((*project, "title"), rest)
        check_entry(draft, project, piece, line.bare.entry)

    def parted(self, piece: Piece, name: str) -> tuple[Marker | None, Piece]:
        """A title's number and the rest: the reading that gives the project's name, if one does."""
        result = list(self.readings(piece))
        fits = (item for item in result if _closed(item[1].text).startswith(_closed(name)))
        return next(fits, result[0]) if name else result[0]

    def readings(self, piece: Piece) -> Iterator[tuple[Marker | None, Piece]]:
        """The ways to read a title, the likeliest first."""
        expected = (self.numbers[-1][0] or 0) + 1 if self.numbers else 1
        strict, loose = marker(piece.text), loose_marker(piece.text)
        for mark in (strict, loose if loose and loose.number == expected else None):
            if mark:
                yield mark, piece.cut(mark.end)
        yield None, piece
        if loose:
            yield loose, piece.cut(loose.end)

    def end(self) -> None:
        """All projects are read."""
        check_order(self.draft, self.numbers)


def _closed(text: str) -> str:
    return "".join(text.split())
