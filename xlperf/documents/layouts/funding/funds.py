"""The funds of a project in other places' forms: rows and columns, or labels with their amounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from xlperf.documents.layouts.form_draft import Form, is_empty
from xlperf.documents.layouts.funding.amounts import keep_sum_or_words
from xlperf.documents.layouts.funding.money import sum_of, unit_in_label, unit_of
from xlperf.documents.layouts.indicator_tables.slots import Slot, Slots, at_column, seen
from xlperf.documents.layouts.titles import (
    FIRST_OF,
    RATE,
    bare,
    column_meanings,
    entry,
    is_label,
    label_meaning,
    month_reported,
    words_of,
)
from xlperf.documents.words import plain
from xlperf.paths import Path

PHASES = ("budget", "adjusted", "received", "executed", "expected")
POINTS = ("rate", "weight", "score", "reason")  # columns beside the amounts
TOTALS = ("annual", "total", "whole")


@dataclass(frozen=True, slots=True)
class Fund:
    """One amount: its phase (of `PHASES`), its row (annual, total, fiscal, ..., source), its label.

    `titles`: the texts around it that may say its unit of money, the nearest first.
    """

    phase: str
    role: str
    label: Slot
    amount: Slot
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the amounts of a row: its key of `POINTS`, the row, its label if any."""

    key: str
    role: str
    label: Slot | None
    cell: Slot


@dataclass
class Funds:
    """The amounts of one form, gathered while it is read; `settle` puts them into the record."""

    form: Form
    rows: list[Fund] = field(default_factory=list)
    beside: list[Beside] = field(default_factory=list)
    over: list[Slot] = field(default_factory=list)  # labels over columns of labels and amounts

    def header(self, line: Slots) -> dict[int, tuple[str, Slot]]:
        """The columns of amounts whose titles a row holds: first column to phase and title.

        Empty if the row is no such header, or has an amount in it.
        """
        cells = seen(line)
        columns = {slot.start: (key, slot) for slot in cells if (key := _column(slot.text))}
        phases = sum(key in PHASES for key, _ in columns.values())
        asides = len(columns) - phases + sum(_is_aside(slot.text) for slot in cells)
        amounts = any(sum_of(slot.text) for slot in cells)
        is_header = phases > 1 or (phases == 1 and (asides > 0 or _labelled(columns, cells)))
        return columns if is_header and not amounts else {}

    def row(
        self, line: Slots, columns: dict[int, tuple[str, Slot]], around: Sequence[str]
    ) -> list[Slot]:
        """A row of amounts below such a header: the cells it takes; none if it is no such row.

        `around`: the titles left of the columns of amounts, which may say the unit of money.
        """
        before = [slot for slot in seen(line) if slot.start < min(columns)]
        label = before[-1] if before else None
        role = _role(label.text) if label else ""
        every = [(key, title, at_column(line, start)) for start, (key, title) in columns.items()]
        cells = [item for item in every if item[0] in PHASES]
        filled = [(k, t, c) for k, t, c in cells if c and not c.blank and not is_empty(c.text)]
        amounts = [(k, t, c) for k, t, c in filled if sum_of(c.text)]
        if label is None and amounts and not self.rows:
            label, role = amounts[0][1], "total"  # one row, its label merged from the header's row
        if label is None or not (role or _may_be_source(label.text) or self._in_funds(label)):
            return []
        if not role and all(cell is None for *_, cell in cells):
            return []
        others = [(title, cell) for _, title, cell in filled if not sum_of(cell.text)]
        if others and not (role and all(_is_words(c) and c.within(t) for t, c in others)):
            return []
        for key, title, cell in filled:
            titles = (label.text, title.text, *around)
            self.rows.append(Fund(key, role or "source", label, cell, titles))
        for key, _, at in every:
            if at and key in POINTS and not at.blank:
                self.beside.append(Beside(key, role or "source", label, at))
            elif at and is_empty(at.text):
                self.form.draft.furniture(at.piece)
        self.form.draft.furniture(label.piece)
        return [label, *(cell for *_, cell in filled)]

    def takes_rate(self, cell: Slot) -> bool:
        """Take a cell below a title of the rate of execution that stands over no label."""
        over = next((item for item in self.over if item.covers(cell.start)), None)
        if over is None or _phase_under(over) != "rate" or sum_of(cell.text) is None:
            return False
        self.beside.append(Beside("rate", "total", None, cell))
        return True

    def _in_funds(self, label: Slot) -> bool:
        """Whether any label may stand beside amounts below their header: no other field's."""
        return bool(self.rows) and not is_label(label.text) and sum_of(label.text) is None

    def pair(self, label: Slot, amount: Slot | None, group: str) -> bool:
        """Take a label and the amount in the cell after it; false if they are no funds.

        `group`: the label of the group of rows that they stand in.
        """
        role, phase = _role(label.text), "budget"
        over = next((item for item in self.over if item.covers(label.start)), None)
        if over:
            phase = _phase_under(over)
        stated = _phase(label.text)
        if not role and stated:
            role, phase = "total", phase if over else stated
        generic = label_meaning("group", group) == "funds" and _may_be_source(label.text)
        if not role and not generic:
            return False
        of_anything = bare(label.text) in words_of("signs", "sums") and not over
        if of_anything and not is_over_funds(group):
            return False
        if amount is None:
            return False
        if amount.blank or is_empty(amount.text):
            self.form.draft.furniture(label.piece)
            return True
        is_amount = sum_of(amount.text) or (role and _is_words(amount, sure=over is not None))
        if not is_amount or phase not in PHASES:
            return False
        self.rows.append(Fund(phase, role or "source", label, amount, (label.text, group)))
        self.form.draft.furniture(label.piece)
        return True

    def settle(self) -> dict[str, Fund]:
        """Put the budget, its parts and its sources into the record.

        Returns the totals of the other phases by phase: they belong to a stage of the project.
        """
        totals = {phase: total for phase in PHASES if (total := self.total(phase))}
        if not self.rows:
            return {}
        path = self.form.project(self.rows[0].label.piece)
        if total := totals.get("budget"):
            self.keep((*path, "budget"), total)
        for role in ("fiscal", "other"):
            if fund := self._part(role, totals.get("budget")):
                self.keep((*path, role), fund)
        printed = next((p for p in PHASES if any(r.phase == p for r in self.rows)), "")
        for row in (row for row in self.rows if row.phase == printed):
            line = self.form.draft.add((*path, "funds"), row.label.piece)
            source = "".join(row.label.text.split()).rstrip(":：")
            self.form.draft.put((*line, "source"), source, row.label.piece)
            self.keep((*line, "amount"), row)
        return {phase: totals[phase] for phase in totals if phase != "budget"}

    def keep(self, path: Path, fund: Fund) -> None:
        """Keep an amount at a path, in yuan; words in its place as they are.

        Where its own titles say no unit, the form's other labels do, if they all say the same one.
        """
        units = {
            unit for row in self.rows for title in row.titles if (unit := unit_in_label(title))
        }
        titles = [title for row in self.rows for title in row.titles] if len(units) == 1 else []
        keep_sum_or_words(self.form.draft, path, fund.amount.piece, (*fund.titles, *titles))

    def total(self, phase: str) -> Fund | None:
        """The amount of a phase in all; None where it is not stated."""
        rows = [row for row in self.rows if row.phase == phase]
        fits = (row for role in TOTALS for row in rows if row.role == role)
        return next(fits, None)

    def _part(self, role: str, total: Fund | None) -> Fund | None:
        """A source of the budget: the one that stands under its total, not under another."""
        above: dict[int, Fund] = {}
        for row in self.rows:
            if row.phase != "budget":
                continue
            if row.role in TOTALS:
                above[row.label.start] = row
            elif row.role == role:
                over = above.get(row.label.start)
                if over is None or over is total:
                    return row
        return None


def _is_words(cell: Slot, *, sure: bool = True) -> bool:
    """Whether a cell has words in the place of an amount: no label, title, unit or rate.

    Where that place is not `sure`, only words with a figure among them, such as "some 200,000".
    """
    text = cell.text
    if plain(text).endswith("%"):
        return False  # the amounts stand beside their titles
    if is_label(text) or _column(text) or _role(text) or _may_be_source(text) or unit_of(text):
        return False
    return sure or any(sign.isdecimal() for sign in text)


def beside_label(cell: Slot, line: Slots, columns: Iterable[int]) -> bool:
    """Whether a cell has words in an amount's place, in a row whose label stands before them."""
    before = [slot for slot in seen(line) if slot.start < min(columns)]
    return bool(before) and bool(_role(before[-1].text)) and _is_words(cell)


def _phase_under(over: Slot) -> str:
    """Which amounts, or the rate, stand under a title over labels and amounts."""
    text = plain(over.text)
    if bare(text).endswith(words_of("signs", "progress")):
        return "rate"
    if entry("signs", "arrived") in text:
        return "received"
    if entry("signs", "adjusted") in text:
        return "adjusted"
    return "executed" if entry("signs", "executed") in text else "budget"


def _labelled(columns: dict[int, tuple[str, Slot]], cells: Sequence[Slot]) -> bool:
    """Whether one column of amounts stands beside the label of its rows."""
    alone = len(cells) <= len(columns) + 2
    return (
        bool(columns)
        and alone
        and any(
            label_meaning("group", slot.text) == "funds" or _role(slot.text)
            for slot in cells
            if slot.start not in columns
        )
    )


def _phase(text: str) -> str:
    """Which amounts a title announces: budget, adjusted, executed or expected; else nothing."""
    if month_reported(text) and RATE not in text:
        return "executed"
    keys = [key for key, _ in column_meanings("funds", text) if key in PHASES]
    return keys[0] if keys else ""


def _column(text: str) -> str:
    """Which amounts a title announces, or what beside them; else nothing."""
    if month_reported(text) and RATE in text:
        return "rate"
    return _phase(text) or next(
        (key for key, _ in column_meanings("funds", text) if key in POINTS), ""
    )


def is_column(text: str) -> bool:
    """Whether a title announces amounts or what stands beside them."""
    return bool(_column(text)) or _is_aside(text)


def is_over_funds(text: str) -> bool:
    """Whether the label of a group of rows says that they are amounts."""
    return label_meaning("group", text) == "funds" or _role(text) in TOTALS


def _is_aside(text: str) -> bool:
    """Whether a title beside amounts is known and what stands under it has no place."""
    return any(key == "aside" for key, _ in column_meanings("funds", text))


def _role(text: str) -> str:
    """Which row of funds a label announces; else nothing."""
    return label_meaning("funds", text) or label_meaning(
        "funds", plain(text).removeprefix(FIRST_OF)
    )


def _may_be_source(text: str) -> bool:
    """Whether a label within the funds names a source that is not in the list."""
    return bare(text).endswith(words_of("signs", "source_end"))


def reports(lines: Sequence[Slots]) -> Iterator[int]:
    """The months (1 to 12) up to which the titles of a table report."""
    for line in lines:
        yield from (month for slot in seen(line) if (month := month_reported(slot.text)))
