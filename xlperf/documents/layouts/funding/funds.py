"""The funds of a project in other places' forms: rows and columns, or labels with their amounts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from xlperf.documents.layouts.form_draft import FormDraft, is_empty
from xlperf.documents.layouts.funding.amounts import keep_sum_or_words
from xlperf.documents.layouts.funding.fund_labels import (
    PHASES,
    POINT_COLUMNS,
    TOTALS,
    column_key,
    is_aside,
    is_labelled,
    is_of_else,
    is_over_funds,
    is_words,
    may_be_source,
    phase_of,
    phase_under,
    role_of,
)
from xlperf.documents.layouts.funding.money import unit_in_label, unit_of
from xlperf.documents.layouts.funding.sums import sum_of
from xlperf.documents.layouts.indicator_tables.slots import Slot, Slots, at_column, nonblank
from xlperf.documents.layouts.other_years import year_title
from xlperf.documents.layouts.titles import is_label, label_meaning
from xlperf.paths import RecordPath


@dataclass(frozen=True, slots=True)
class Fund:
    """One amount: its phase (of `PHASES`), its row (annual, total, fiscal, ..., source), its label.

    `titles`: the texts around it that may say its unit of money, the nearest first; `line`: counts
    the rows of labels, for amounts that stand side by side.
    """

    phase: str
    role: str
    label: Slot
    amount: Slot
    titles: tuple[str, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class FundScoring:
    """What stands beside the amounts of a row: key of `POINT_COLUMNS`, row, label if any."""

    key: str
    role: str
    label: Slot | None
    cell: Slot


@dataclass
class Funds:
    """The amounts of one form, gathered while it is read; `settle` puts them into the record."""

    form: FormDraft
    rows: list[Fund] = field(default_factory=list)
    beside: list[FundScoring] = field(default_factory=list)
    over: list[Slot] = field(default_factory=list)  # labels over columns of labels and amounts
    line: int = 0  # how many rows of labels were begun
    by_year: bool = False  # amounts of years stand side by side, and the form's year is not known
    unit_title: tuple[int, str] = (0, "")  # what says the unit of all, by how many rows there are

    def header(self, line: Slots) -> dict[int, tuple[str, Slot]]:
        """The columns of amounts whose titles a row holds: first column to phase and title.

        Empty if the row is no such header, or has an amount in it, or room for one beside each.
        """
        cells = nonblank(line)
        columns = {slot.start: (key, slot) for slot in cells if (key := column_key(slot.text))}
        if self._are_labels(line, columns):
            return {}
        phases = sum(key in PHASES for key, _ in columns.values())
        asides = len(columns) - phases + sum(is_aside(slot.text) for slot in cells)
        amounts = any(sum_of(slot.text) for slot in cells)
        is_header = phases > 1 or (phases == 1 and (asides > 0 or is_labelled(columns, cells)))
        return columns if is_header and not amounts else {}

    def _are_labels(self, line: Slots, columns: dict[int, tuple[str, Slot]]) -> bool:
        """Whether titles are labels of amounts beside them: each below a group, with room for one.

        Room is a cell after it, before the next title.
        """
        groups = {item.start for item in self.over}
        after = (at_column(line, slot.end) for _, slot in columns.values())
        has_room = all(cell is not None and cell.start not in columns for cell in after)
        return len(columns) > 1 and columns.keys() <= groups and has_room

    def row(
        self, line: Slots, columns: dict[int, tuple[str, Slot]], around: Sequence[str]
    ) -> list[Slot]:
        """A row of amounts below such a header: the cells it takes; none if it is no such row.

        `around`: the titles left of the columns of amounts, which may say the unit of money.
        """
        before = [slot for slot in nonblank(line) if slot.start < min(columns)]
        label = before[-1] if before else None
        role = role_of(label.text) if label else ""
        column_cells = [
            (key, title, at_column(line, start)) for start, (key, title) in columns.items()
        ]
        cells = [item for item in column_cells if item[0] in PHASES]
        filled_cells = [
            (k, t, c) for k, t, c in cells if c and not c.blank and not is_empty(c.text)
        ]
        amounts = [(k, t, c) for k, t, c in filled_cells if sum_of(c.text)]
        if label is None and amounts and not self.rows:
            label, role = amounts[0][1], "total"  # one row, its label merged from the header's row
        if label is None or not (role or may_be_source(label.text) or self._in_funds(label)):
            return []
        if not role and all(cell is None for *_, cell in cells):
            return []
        others = [(title, cell) for _, title, cell in filled_cells if not sum_of(cell.text)]
        if others and not (role and all(is_words(c) and c.within(t) for t, c in others)):
            return []
        for key, title, cell in filled_cells:
            titles = (label.text, title.text, *around)
            self.rows.append(Fund(key, role or "source", label, cell, titles))
        for key, _, at in column_cells:
            if at and key in POINT_COLUMNS and not at.blank:
                self.beside.append(FundScoring(key, role or "source", label, at))
            elif at and is_empty(at.text):
                self.form.draft.furniture(at.piece)
        self.form.draft.furniture(label.piece)
        return [label, *(cell for *_, cell in filled_cells)]

    def takes_rate(self, cell: Slot) -> bool:
        """Take a cell below a title of the rate of execution that stands over no label."""
        over = next((item for item in self.over if item.covers(cell.start)), None)
        if over is None or phase_under(over) != "rate" or sum_of(cell.text) is None:
            return False
        self.beside.append(FundScoring("rate", "total", None, cell))
        return True

    def _in_funds(self, label: Slot) -> bool:
        """Whether any label may stand beside amounts below their header: no other field's."""
        return bool(self.rows) and not is_label(label.text) and sum_of(label.text) is None

    def pair(self, label: Slot, amount: Slot | None, group: str, unit: Slot | None = None) -> bool:
        """Take a label and the amount in the cell after it; false if they are no funds.

        `group`: the label of the group of rows that they stand in; `unit`: the cell after both,
        which may be the unit of money.
        """
        over = next((item for item in self.over if item.covers(label.start)), None)
        role, phase = self._role_and_phase(label, over, group)
        generic = label_meaning("group", group) == "funds" and may_be_source(label.text)
        if not role and not generic:
            return False
        if amount is None or (over is None and is_of_else(label.text, group)):
            return False
        if amount.blank or is_empty(amount.text):
            for slot in (label, amount):
                self.form.draft.furniture(slot.piece)
            return True
        is_amount = sum_of(amount.text) or (role and is_words(amount, sure=over is not None))
        if not is_amount or phase not in PHASES:
            return False
        is_unit = unit is not None and unit_of(unit.text) is not None
        titles = (f"({unit.text})", label.text, group) if unit and is_unit else (label.text, group)
        self.rows.append(Fund(phase, role or "source", label, amount, titles, self.line))
        for slot in (label, unit) if unit and is_unit else (label,):
            self.form.draft.furniture(slot.piece)
        return True

    def _role_and_phase(self, label: Slot, over: Slot | None, group: str) -> tuple[str, str]:
        """What a label says of its amount; `over` is the title above it, where there is one."""
        role, phase = role_of(label.text), phase_under(over) if over else "budget"
        label_phase = phase_of(label.text)
        if not role and label_phase:
            role, phase = "total", phase if over else label_phase
        if over is None and not label_phase and role not in TOTALS:
            phase = self._phase_above(label)
        is_all = role in ("", "total") and phase == PHASES[0]
        return ("annual" if is_all and self._is_annual(label, group) else role), phase

    def _phase_above(self, label: Slot) -> str:
        """The phase of the last amount, where a source stands beside or below it: its part."""
        last = self.rows[-1] if self.rows else None
        is_near = last and (last.line == self.line or last.label.start == label.start)
        return last.phase if last and is_near else PHASES[0]

    def _is_annual(self, label: Slot, group: str) -> bool:
        """Whether a label is of the form's year, in words for a budget or within the funds."""
        title = year_title(label)
        if title is None or not (role_of(label.text) or is_over_funds(group)):
            return False
        year = title.is_of(self.form.draft.record.get("fiscal_year"))
        self.by_year |= year is None
        return bool(year)

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

    def keep(self, path: RecordPath, fund: Fund) -> None:
        """Keep an amount at a path, in yuan; words in its place as they are.

        Where its own titles say no unit, the form's other labels do, if they all say the same one.
        """
        if self.unit_title[0] != len(self.rows):
            self.unit_title = (len(self.rows), self._title_of_unit())
        keep_sum_or_words(
            self.form.draft, path, fund.amount.piece, (*fund.titles, self.unit_title[1])
        )

    def _title_of_unit(self) -> str:
        """A title that says the unit of money, where no other one says another; "" if none does."""
        titles = dict.fromkeys(title for row in self.rows for title in row.titles)
        by_unit = {unit: title for title in titles if (unit := unit_in_label(title))}
        return next(iter(by_unit.values())) if len(by_unit) == 1 else ""

    def total(self, phase: str) -> Fund | None:
        """The amount of a phase in all; None where it is not stated."""
        rows = [row for row in self.rows if row.phase == phase]
        roles = TOTALS[:1] if self.by_year else TOTALS[:-1] if self._has_years() else TOTALS
        fits = (row for role in roles for row in rows if row.role == role)
        return next(fits, None)

    def _has_years(self) -> bool:
        """Whether the project runs over several years, so that its whole is no year's budget."""
        ends = (re.search(r"20\d\d", str(self.form.value(key) or "")) for key in ("start", "end"))
        years = {match[0] for match in ends if match}
        return len(years) > 1

    def _part(self, role: str, total: Fund | None) -> Fund | None:
        """A source of the budget: one that stands under its total, else one under no other."""
        above: dict[int, Fund] = {}
        last: Fund | None = None
        alone: Fund | None = None
        for row in (row for row in self.rows if row.phase == "budget"):
            if row.role in TOTALS:
                above[row.label.start] = last = row
            elif row.role == role:
                is_beside = last is not None and last.line == row.line
                over = last if is_beside else above.get(row.label.start)
                if over is total and over is not None:
                    return row
                alone = alone or (row if over is None else None)
        return alone
