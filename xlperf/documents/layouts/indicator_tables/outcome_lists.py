"""Lists of projects with what came of them: one row a project, columns of amounts, points, grades.

Departments publish them alone, or in front of the forms that they sum up. They are read last: what
the forms have said already is claimed where it agrees.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import takewhile
from typing import Any

from xlperf.documents.blocks.source import Piece
from xlperf.documents.layouts.form_draft import CODE_PATTERN, is_empty
from xlperf.documents.layouts.form_titles import kind_of_title
from xlperf.documents.layouts.funding.amounts import in_yuan, keep_or_agree
from xlperf.documents.layouts.funding.derived import claim_rate, keep_number, rate_of
from xlperf.documents.layouts.indicator_tables.headers import header_at
from xlperf.documents.layouts.indicator_tables.slots import Slot, Slots, at_column, nonblank
from xlperf.documents.layouts.titles import (
    RATE,
    column_meanings,
    label_meaning,
    month_reported,
)
from xlperf.documents.parse.draft import Draft
from xlperf.paths import RecordPath, get
from xlperf.record import amount, words

OUTCOME_AMOUNTS = ("budget", "adjusted", "executed", "expected")
OUTCOMES = frozenset({"executed", "expected", "total", "grade"})
FEWEST_OUTCOME_COLUMNS = 3  # columns of such a list
PROJECT_IDENTITY = ("code", "name")


@dataclass
class OutcomeList:
    """A list that was found: its columns by key, its rows, the month that a title speaks of."""

    columns: dict[str, Slot]
    rows: list[Slots] = field(default_factory=list)
    month: int = 0

    @property
    def is_monitoring(self) -> bool:
        """Whether it is about spending during the year."""
        return bool(self.month) or not self.columns.keys() & {"total", "grade"}


def list_at(lines: Sequence[Slots], row: int) -> OutcomeList | None:
    """The list whose titles stand in a row, with the rows below it; None if there is none.

    It goes on up to the title of a form.
    """
    titles = nonblank(lines[row])
    if len(titles) < FEWEST_OUTCOME_COLUMNS or header_at(lines, row):
        return None
    columns: dict[str, Slot] = {}
    for slot in titles:
        key = _key(slot.text)
        if not key or key in columns:
            return None
        columns[key] = slot
    if "name" not in columns or not columns.keys() & OUTCOMES:
        return None
    outcomes = OutcomeList(columns)
    outcomes.month = next((m for slot in titles if (m := month_reported(slot.text))), 0)
    outcomes.rows = up_to_title(lines[row + 1 :])
    return outcomes


def up_to_title(lines: Sequence[Slots]) -> list[Slots]:
    """The rows above the first one that is the title of a form."""
    return list(takewhile(lambda line: not _is_title(line), lines))


def _is_title(line: Slots) -> bool:
    """Whether a row is the title of a form below the list."""
    cells = nonblank(line)
    return len(cells) == 1 and bool(kind_of_title(cells[0].text))


def _key(text: str) -> str:
    """What a title of such a list means: a key of a project, of its stage, or of the list."""
    if month_reported(text):
        return "rate" if RATE in text else "executed"
    sections = (
        ("outcome", None),
        ("project", (*PROJECT_IDENTITY, "unit", *OUTCOME_AMOUNTS)),
        ("funds", None),
    )
    for section, keys in sections:
        for key, _ in column_meanings(section, text):
            if keys is None or key in keys:
                return key
    return "number" if any(k == "number" for k, _ in column_meanings("aside", text)) else ""


@dataclass
class OutcomeRows:
    """Reads the rows of a list into the stage at a path, and adds up what they say."""

    draft: Draft
    outcomes: OutcomeList
    stage: RecordPath
    sums: dict[str, Decimal] = field(default_factory=dict)
    # spent of projects, and their budgets: of those that have both, and of all
    in_all: tuple[Decimal, Decimal] = (Decimal(0), Decimal(0))
    of_any: tuple[Decimal, Decimal] = (Decimal(0), Decimal(0))
    names: Counter[str] = field(default_factory=Counter)

    def read(self) -> None:
        """Read all rows; one that sums them up is claimed where it does."""
        for slot in self.outcomes.columns.values():
            self.draft.furniture(slot.piece)
        for line in filter(nonblank, self.outcomes.rows):
            cells = {
                key: at_column(line, slot.start) for key, slot in self.outcomes.columns.items()
            }
            filled_slots = {
                key: slot for key, slot in cells.items() if slot and self._is_at(key, slot)
            }
            if label_meaning("points", nonblank(line)[0].text) == "total":
                self._sums(nonblank(line)[0], filled_slots)
            elif filled_slots.keys() & set(PROJECT_IDENTITY) and len(filled_slots) > 1:
                self._row(filled_slots)

    def _is_at(self, key: str, cell: Slot) -> bool:
        """Whether a cell says something of its column, and is no unit's that runs over blanks."""
        is_own = key not in PROJECT_IDENTITY or cell.start >= self.outcomes.columns[key].start
        return is_own and not cell.blank

    def _row(self, cells: Mapping[str, Slot]) -> None:
        piece = next(iter(cells.values())).piece
        project = self._project(cells)
        entry = self._entry(project, piece)
        if "number" in cells:
            self.draft.furniture(cells["number"].piece)
        for key in PROJECT_IDENTITY:
            if key in cells and get(self.draft.record, (*project, key)) == cells[key].text:
                self.draft.ledger.field((*project, key), cells[key].piece)
        for key in OUTCOME_AMOUNTS:
            if key in cells:
                self._amount(key, cells[key], project if key == "budget" else entry)
        if "total" in cells:
            keep_number(self.draft, (*entry, "total"), cells["total"].piece, words=True)
        if "grade" in cells:
            self._grade((*entry, "grade"), cells["grade"].piece)
        if "rate" in cells:
            claim_rate(self.draft, cells["rate"].piece, self._rate(project, entry))
        self._add_to_rate(project, entry)
        self._leave_empty(cells.values())

    def _leave_empty(self, cells: Iterable[Slot]) -> None:
        """Signs for "nothing" in cells that no field has taken are furniture."""
        for cell in cells:
            if is_empty(cell.text) and self.draft.ledger.is_free(cell.piece):
                self.draft.furniture(cell.piece)

    def _amount(self, key: str, cell: Slot, owner: RecordPath) -> None:
        labels = (self.outcomes.columns[key].text,)
        if keep_or_agree(self.draft, (*owner, key), cell.piece, labels):
            number = in_yuan(self.draft, cell.piece, labels)
            self.sums[key] = self.sums.get(key, Decimal(0)) + (number or 0)

    def _grade(self, path: RecordPath, piece: Piece) -> None:
        earlier = get(self.draft.record, path)
        if earlier is None and not is_empty(piece.text):
            self.draft.keep(path, piece)
        elif earlier == piece.text:
            self.draft.ledger.field(path, piece)

    def _spending(
        self, project: RecordPath, entry: RecordPath
    ) -> tuple[Decimal | None, Decimal | None]:
        """What was spent of a project, and of which budget."""
        record = self.draft.record
        budget = amount(get(record, (*entry, "adjusted")))
        budget = amount(get(record, (*project, "budget"))) if budget is None else budget
        return amount(get(record, (*entry, "executed"))), budget

    def _rate(self, project: RecordPath, entry: RecordPath) -> Decimal | None:
        return rate_of(*self._spending(project, entry))

    def _add_to_rate(self, project: RecordPath, entry: RecordPath) -> None:
        spent, budget = self._spending(project, entry)
        self.of_any = (self.of_any[0] + (spent or 0), self.of_any[1] + (budget or 0))
        if spent is not None and budget is not None:
            self.in_all = (self.in_all[0] + spent, self.in_all[1] + budget)

    def _sums(self, label: Slot, cells: Mapping[str, Slot]) -> None:
        """A row of totals: each that is the sum of its column.

        That of adjusted budgets may have the first ones of projects without an adjustment.
        """
        self.draft.furniture(label.piece)
        for key, cell in cells.items():
            title = (self.outcomes.columns[key].text,)
            number = in_yuan(self.draft, cell.piece, title) if key in OUTCOME_AMOUNTS else None
            due = (self.sums.get(key), self.of_any[1] if key == "adjusted" else None)
            if number is not None and number in due:
                self.draft.furniture(cell.piece)
        if "rate" in cells:
            piece = cells["rate"].piece
            if not claim_rate(self.draft, piece, rate_of(*self.in_all)):
                claim_rate(self.draft, piece, rate_of(*self.of_any))

    def _project(self, cells: Mapping[str, Slot]) -> RecordPath:
        """The project of a row: by its code, or as the next one of its name; added if it is new."""
        code = cells["code"].text if "code" in cells else ""
        name = cells["name"].text if "name" in cells else ""
        listed: list[dict[str, Any]] = self.draft.record.get("projects", [])
        same = [n for n, item in enumerate(listed) if code and words(item, "code") == code]
        if not same:
            alike = [n for n, item in enumerate(listed) if name and words(item, "name") == name]
            same = alike[self.names[name] : self.names[name] + 1]
        self.names[name] += 1
        if same:
            return ("projects", same[0])
        piece = cells["name" if name else "code"].piece
        path = self.draft.add(("projects",), piece)
        if CODE_PATTERN.fullmatch(code):
            self.draft.keep((*path, "code"), cells["code"].piece)
        if name:
            self.draft.keep((*path, "name"), cells["name"].piece)
        return path

    def _entry(self, project: RecordPath, piece: Piece) -> RecordPath:
        """What the stage has of a project; added if it is new."""
        goal = get(self.draft.record, project)
        entries = get(self.draft.record, (*self.stage, "projects")) or []
        key = "code" if words(goal, "code") else "name"
        position = self.names[words(goal, "name")] - 1 if key == "name" else 0
        same = [n for n, item in enumerate(entries) if words(item, key) == words(goal, key)]
        if same[position : position + 1]:
            return (*self.stage, "projects", same[position])
        path = self.draft.add((*self.stage, "projects"), piece)
        self.draft.put((*path, key), goal[key], piece)
        return path
