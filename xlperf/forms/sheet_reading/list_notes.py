"""What people wrote beside or below the list of findings, and where it stands when that is remade.

A note beside a line belongs to the line's finding, which is known by its rule and by what it is
about (on hidden columns). A note below the list keeps its distance from the last line. What
belongs to no line any more stands at the end, under a heading, with what it was about: should its
finding come back, so does the note.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from xlperf.forms.made_sheets.book_sheets import FINDINGS
from xlperf.forms.sheet_reading.waiver_list import FINDING_LINE, anchors_of_list
from xlperf.layout import Box, Coord, Grid, pluck
from xlperf.layout.cell_values import parse_text
from xlperf.waivers import INPUT_KEYS
from xlperf.wording import officials, say, sentences

# the columns that tell what a kept note is about
IDENTITY_COLUMNS = ("code", "sheet", "at", "name", "then")
HEADING = "findings.astray"
KEPT_STANDINGS = ("standing.gone", "standing.unchecked", "findings.opinion")
FIRST_COLUMN_BESIDE_LIST = len(FINDINGS.widths) + 1  # the first column beside the list
NOTE_COLUMNS = {cell.ref: col for col, cell in enumerate(FINDING_LINE.cells, 1)}
# what is written there is an explanation
EXPLANATION_COLUMNS = {NOTE_COLUMNS[key] for key in INPUT_KEYS}


@dataclass(frozen=True)
class NoteSubject:
    """The line that a note stands beside: its rule, what it is about, which of equal lines."""

    code: str = ""
    at: str = ""
    sheet: str = ""
    name: str = ""
    nth: int = 0

    @property
    def key(self) -> tuple[str, str, int]:
        """Finds a line again on a new list: its rule, what it is about, which of equal ones."""
        return self.code, self.at, self.nth


@dataclass(frozen=True)
class Note:
    """One note: its cell, what the cell holds, and what it belongs to.

    `about` is the line beside which it stands, None if none. `below` is the number of rows below
    the list's last line; 0 above the list, -1 for what has no place of its own any more.
    """

    at: Coord
    content: Any
    about: NoteSubject | None = None
    below: int = -1

    @property
    def text(self) -> str:
        """The note as the record has it: the cell's content as text."""
        return parse_text(self.content)


@dataclass
class PlacedNotes:
    """Where notes stand on a new list, and the words of ours that go with them."""

    notes: dict[Coord, Note] = field(default_factory=dict)
    words: dict[Coord, str] = field(default_factory=dict)

    def put(self, at: Coord, note: Note) -> None:
        """Give a note its cell, or the next one to the right that is free."""
        row, col = at
        while (row, col) in self.notes or (row, col) in self.words or col in EXPLANATION_COLUMNS:
            col += 1
        self.notes[row, col] = note


def notes_on(grid: Grid, names: Mapping[str, Box]) -> list[Note]:
    """The notes on a list of findings, given what its sheet says and its names of ours."""
    return [note for note in _Old(grid, names).notes() if note.text.strip()]


def lines_on(grid: Grid, names: Mapping[str, Box]) -> dict[int, NoteSubject]:
    """The lines of a list of findings by their rows, given what its sheet says and its names."""
    return _Old(grid, names).about()


def rows_of(lines: Sequence[Mapping[str, Any]], top: int) -> dict[tuple[str, str, int], int]:
    """The rows of a new list that begins at `top`, by the keys of its lines."""
    return {about.key: row for row, about in _numbered(_rows(lines, top))}


class _Old:
    """A list as it stands: its lines, its last row, what is written around it."""

    def __init__(self, grid: Grid, names: Mapping[str, Box]) -> None:
        self.grid = grid
        self.columns = anchors_of_list(grid, names)
        self.read = pluck(FINDINGS, grid, self.columns)
        lines = self.read.values.get("findings", [])
        rows = [self.read.where["findings", n][0] for n in range(len(lines))]
        self.lines = {row: line for row, line in zip(rows, lines, strict=True) if line.get("code")}
        standings_of_kept = frozenset(sentences(*KEPT_STANDINGS))  # of what belongs to no finding
        with_words = zip(rows, lines, strict=True)
        ours = {row for row, line in with_words if line.get("standing") in standings_of_kept}
        self.blank = {row for row in rows if row not in self.lines and row not in ours}
        boxes = [box for key, box in self.columns.items() if key.startswith("findings/")]
        self.top = min((box.row for box in boxes), default=0)
        self.last = max([*rows, *(box.row + box.height - 1 for box in boxes)], default=0)
        self.unmatched_row = self._find_unmatched_row()

    def _find_unmatched_row(self) -> int:
        """The row of the heading over what belongs to no line; beyond the sheet without one."""
        ours = frozenset(sentences(HEADING))
        rows = [at[0] for at in self.read.leftovers if str(self.grid.values[at]) in ours]
        return min((row for row in rows if row > self.last), default=2**31)

    def about(self) -> dict[int, NoteSubject]:
        """The lines by their rows."""
        return dict(_numbered((row, _about(line)) for row, line in self.lines.items()))

    def _heads(self, at: Coord) -> bool:
        """Whether a cell is the head of a column, in whatever language that was written."""
        return at[0] == self.top - 1 and at[1] in {box.col for box in self.columns.values()}

    def notes(self) -> Iterator[Note]:
        """Every cell that holds words of people's own, but for explanations."""
        about = self.about()
        typed = {box.col for key in INPUT_KEYS if (box := self.columns.get(f"findings/{key}"))}
        for at in self.read.leftovers:
            row, col = at
            if row >= self.unmatched_row or (row > self.last and col in typed) or self._heads(at):
                continue
            below = max(0, row - self.last) if row > self.last or row < self.top else -1
            yield Note(at, self.grid.values[at], about.get(row), below)
        yield from self._in_between()
        yield from self._under_heading(typed)

    def _in_between(self) -> Iterator[Note]:
        """What stands on lines without a rule, which people put in, and over the title."""
        claimed = {at for path, at in self.read.where.items() if path[-1] not in INPUT_KEYS}
        for at in sorted(claimed & self.grid.values.keys()):
            if at[0] in self.blank:
                yield Note(at, self.grid.values[at])
        title = self.read.where.get(("title",))
        words = str(self.grid.values.get(title, "")) if title else ""
        if title and words and words not in officials():
            yield Note(title, self.grid.values[title])

    def _under_heading(self, typed: set[int]) -> Iterator[Note]:
        cols = {
            key: self.columns[f"findings/{key}"].col for key in IDENTITY_COLUMNS if self.columns
        }
        rows = sorted({at[0] for at in self.grid.values if at[0] > self.unmatched_row})
        for row in rows:
            line = {key: str(self.grid.values.get((row, col), "")) for key, col in cols.items()}
            names_line = bool(line["code"] and line["at"] + line["name"])
            nth = line["then"]
            about = NoteSubject(line["code"], line["at"], line["sheet"], line["name"], _whole(nth))
            for at in sorted(self.grid.values):
                is_of_line = names_line and at[1] in cols.values()
                if at[0] == row and not is_of_line and at[1] not in typed:
                    yield Note(at, self.grid.values[at], about if names_line else None)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def _about(line: Mapping[str, Any]) -> NoteSubject:
    code, at, sheet, name = (str(line.get(key) or "") for key in ("code", "at", "sheet", "name"))
    return NoteSubject(code, at, sheet, name)


def _numbered(lines: Iterator[tuple[int, NoteSubject]]) -> Iterator[tuple[int, NoteSubject]]:
    """Lines with their rows; equal ones are told apart by their order."""
    met: Counter[tuple[str, str]] = Counter()
    for row, about in lines:
        nth = met[about.code, about.at]
        met[about.code, about.at] += 1
        yield row, NoteSubject(about.code, about.at, about.sheet, about.name, nth)


def place_notes(notes: Sequence[Note], lines: Sequence[Mapping[str, Any]], box: Box) -> PlacedNotes:
    """Where notes go on a new list: its lines, and the rectangle of one of their columns."""
    placed_notes = PlacedNotes()
    rows = rows_of(lines, box.row)
    last = box.row + max(len(lines), 1) - 1
    astray = []
    for note in notes:
        if note.about and note.about.key in rows:
            placed_notes.put(
                (rows[note.about.key], max(note.at[1], FIRST_COLUMN_BESIDE_LIST)), note
            )
        elif note.about or note.below < 0:
            astray.append(note)
        elif note.below:
            placed_notes.put((last + note.below, note.at[1]), note)
        else:
            placed_notes.put((note.at[0], max(note.at[1], FIRST_COLUMN_BESIDE_LIST)), note)
    if astray:
        below = max([last, *(row for row, _ in placed_notes.notes)]) + 2
        _keep(placed_notes, astray, below)
    return placed_notes


def _rows(lines: Sequence[Mapping[str, Any]], top: int) -> Iterator[tuple[int, NoteSubject]]:
    yield from ((row, _about(line)) for row, line in enumerate(lines, top))


def _keep(placed_notes: PlacedNotes, astray: Sequence[Note], row: int) -> None:
    """Under a heading, what belongs to no line: one row for all that was beside the same one."""
    placed_notes.words[row, 1] = say(HEADING)
    groups: dict[Any, list[Note]] = {}
    for note in astray:
        groups.setdefault(note.about.key if note.about else note.at[0], []).append(note)
    for at, group in enumerate(groups.values(), row + 1):
        if about := group[0].about:
            facts = {"code": about.code, "sheet": about.sheet, "at": about.at, "name": about.name}
            facts["then"] = str(about.nth or "")
            placed_notes.words |= {
                (at, NOTE_COLUMNS[key]): text for key, text in facts.items() if text
            }
        for note in group:
            start = max(note.at[1], FIRST_COLUMN_BESIDE_LIST) if about else note.at[1]
            placed_notes.put((at, start), note)
