"""The head of a form: labels with their values beside them, below them or in the same cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise

from xlperf.documents.blocks.source import Piece
from xlperf.documents.layouts.department_tasks import read_tasks
from xlperf.documents.layouts.form_draft import FormDraft, is_empty, is_hint
from xlperf.documents.layouts.form_titles import pairs, read_cell, read_pairs
from xlperf.documents.layouts.funding.fund_labels import (
    PHASES,
    beside_label,
    is_column,
    is_over_funds,
)
from xlperf.documents.layouts.funding.funds import Funds
from xlperf.documents.layouts.funding.money import unit_of
from xlperf.documents.layouts.funding.source_rows import pair_clauses, read_sources
from xlperf.documents.layouts.funding.sums import sum_of
from xlperf.documents.layouts.indicator_tables.slots import Slot, Slots, at_column, nonblank
from xlperf.documents.layouts.other_years import is_year_of_funds
from xlperf.documents.layouts.stage_labels import StageLabels
from xlperf.documents.layouts.titles import (
    bare,
    is_label,
    label_meaning,
    level_depth,
    like_label,
    words_of,
)

WITHOUT_PLACE = "goals_half_year"
VALUE_LABEL_SECTIONS = ("text", "unit", "code", "year", "span")


@dataclass
class Labels:
    """Reads the rows of one form that are no indicators.

    `group`: the label of the rows' group, at their left. `completion`: what was reached of the
    goals, kept with a stage.
    """

    form: FormDraft
    funds: Funds
    later: StageLabels
    group: Slot | None = None
    completion: list[Piece] = field(default_factory=list)
    closed: bool = False  # the indicators have begun: what follows are no funds
    read_starts: set[int] = field(default_factory=set)  # where cells begin that are read already

    def names_project(self, line: Slots) -> bool:
        """Whether a row has a label for a project's name, and a name after it."""
        return any(
            label_meaning("text", label.text) == "name" and self._fits(value)
            for label, value in pairwise(line)
        )

    def read(self, lines: Sequence[Slots], row: int) -> int:
        """Read a row, and those below it that belong to it; how many rows that took."""
        line = lines[row]
        self.funds.line += 1
        if not line[0].blank and not is_year_of_funds(line[0], self.group):
            self.group = line[0]
        if not self.closed and (columns := self._columns(lines, row)):
            self._claim_header(line)
            return 1 + self._amounts(lines, row + 1, columns)
        sources = 0 if self.closed else read_sources(self.funds, lines, row)
        took = sources or read_tasks(self.form, lines, row) or self._values_below(lines, row)
        if took:
            return took
        self._groups(line)
        for at, slot in enumerate(line):
            if not slot.blank and slot.piece.start not in self.read_starts:
                following = line[at + 1] if at + 1 < len(line) else None
                self._label(slot, following, lines, row)
        return 1

    def amounts_in(self, piece: Piece) -> None:
        """Labels in running text with their amounts after a colon."""
        for label, value in pairs(piece) if not self.form.whole else ():
            if sum_of(value.text) and self.funds.pair(Slot(label, 0, 1), Slot(value, 1, 2), ""):
                self.form.draft.furniture(Piece(label.source, label.end, value.start))

    def _columns(self, lines: Sequence[Slots], row: int) -> dict[int, tuple[str, Slot]]:
        """The columns of amounts that a row names; the title over their labels is none of them."""
        columns = self.funds.header(lines[row])
        for start in sorted(columns)[:-1]:
            under = at_column(lines[row + 1], start) if row + 1 < len(lines) else None
            is_filled = under is not None and not under.blank and not is_empty(under.text)
            is_in_words = is_filled and under and beside_label(under, lines[row + 1], columns)
            is_no_amount = is_filled and under and sum_of(under.text) is None
            if is_no_amount and not is_in_words and columns[start][0] in PHASES:
                del columns[start]
        return columns

    def _claim_header(self, line: Slots) -> None:
        for slot in nonblank(line):
            if is_column(slot.text) or label_meaning("group", slot.text):
                self.form.draft.furniture(slot.piece)

    def _amounts(
        self, lines: Sequence[Slots], row: int, columns: dict[int, tuple[str, Slot]]
    ) -> int:
        """The rows of amounts below their header; how many there are."""
        count = 0
        for line in lines[row:]:
            if not line[0].blank and len(nonblank(line)) > 1 and line[0].start < min(columns):
                self.group = line[0] if label_meaning("group", line[0].text) else self.group
            titles = [self.group.text] if self.group else []
            titles += [slot.text for slot in nonblank(lines[row - 1]) if slot.start not in columns]
            if not self.funds.row(line, columns, titles):
                break
            count += 1
        return count

    def _values_below(self, lines: Sequence[Slots], row: int) -> int:
        """A row of labels with their values in the row below; 2 if it is that, else 0."""
        labels, values = lines[row], lines[row + 1] if row + 1 < len(lines) else ()
        if len(labels) < 2 or len(labels) != len(values):
            return 0
        keys = [self._beside(label.text) for label in labels]
        in_columns = all(v.start == label.start for label, v in zip(labels, values, strict=True))
        if not all(key for _, key in keys) or not in_columns or not all(map(self._fits, values)):
            return 0
        for (section, key), label, value in zip(keys, labels, values, strict=True):
            if self.form.keep(section, key, value.piece):
                self.form.draft.furniture(label.piece)
        return 2

    def _beside(self, text: str) -> tuple[str, str]:
        """The section and key of a label whose value is short; none if it is no such label."""
        meanings = ((section, label_meaning(section, text)) for section in VALUE_LABEL_SECTIONS)
        return next((pair for pair in meanings if pair[1]), ("", ""))

    def _groups(self, line: Slots) -> None:
        """A row of labels that say what the columns below them are about."""
        groups = [slot for slot in nonblank(line) if label_meaning("group", slot.text) == "funds"]
        if len(groups) > 1:
            self.funds.over = groups
        elif groups and groups[0].start == 0:
            self.funds.over = []

    def _label(self, slot: Slot, following: Slot | None, lines: Sequence[Slots], row: int) -> None:
        """A cell that may be a label."""
        value = following if following and self._fits(following) else None
        if self.closed and value and self.later.is_leader(slot, value):
            self.read_starts.add(value.piece.start)
            return
        if self._goal(slot, value, lines, row) or self._field(slot, value, following):
            return
        if self._sum_of_group(slot, following):
            return
        if taken_cells := self.later.take(slot, following, lines, row):
            self.read_starts |= {cell.piece.start for cell in taken_cells}
            return
        if self.funds.takes_rate(slot) or self._is_unused(slot, following, lines, row):
            return
        group = self.group.text if self.group and self.group is not slot else ""
        amount = following if following and not is_label(following.text) else None
        may_be = amount is not None and not self.form.whole and not self.closed
        if may_be and amount and self._amount(slot, amount, group, lines[row]):
            return
        heads = following is not None and is_label(following.text) and is_over_funds(slot.text)
        if label_meaning("group", slot.text) or heads:
            self.form.draft.furniture(slot.piece)
        elif len(nonblank(lines[row])) == 1:
            read_cell(self.form, slot.piece)
        else:
            read_pairs(self.form, slot.piece)
        if not self.closed:
            self.amounts_in(slot.piece)

    def _amount(self, label: Slot, amount: Slot, group: str, line: Slots) -> bool:
        """Take an amount beside its label, maybe with its unit in the cell after it."""
        unit = at_column(line, amount.end)
        if not pair_clauses(self.funds, label, amount, group):
            if not self.funds.pair(label, amount, group, unit):
                return False
            self.read_starts |= {unit.piece.start} if unit and unit_of(unit.text) else set()
        self.read_starts.add(amount.piece.start)
        return True

    def _sum_of_group(self, slot: Slot, amount: Slot | None) -> bool:
        """Take a sum beside the label of a group of amounts: no points, which come further down."""
        if self.closed or self.form.whole or bare(slot.text) not in words_of("signs", "sums"):
            return False
        group = self.group if self.group is not slot else None
        if amount is None or group is None or not is_over_funds(group.text):
            return False
        if not self.funds.pair(slot, amount, group.text):
            return False
        self.read_starts.add(amount.piece.start)
        return True

    def _fits(self, slot: Slot) -> bool:
        """Whether a cell can be the value of a label: no label, no unit of money, no hint."""
        text = slot.text
        nothing = slot.blank or is_empty(text) or text.endswith((":", "："))
        a_label = is_label(text) or bool(label_meaning("ends", text)) or like_label(text)
        return not (nothing or a_label or is_hint(text) or unit_of(text))

    def _field(self, slot: Slot, value: Slot | None, following: Slot | None) -> bool:
        """A label whose value stands beside it."""
        is_department = self.form.whole and bool(label_meaning("department", slot.text))
        sections = ("department", *VALUE_LABEL_SECTIONS) if is_department else VALUE_LABEL_SECTIONS
        for section in sections:
            key = label_meaning(section, slot.text)
            if not key:
                continue
            if value and self.form.keep(section, key, value.piece):
                self.read_starts.add(value.piece.start)
                self.form.draft.furniture(slot.piece)
                return True
            if following is None or following.blank:
                self.form.draft.furniture(slot.piece)
                return True
        return False

    def _goal(self, slot: Slot, value: Slot | None, lines: Sequence[Slots], row: int) -> bool:
        """A label whose value is what is to be reached or was, beside it or below it."""
        key = label_meaning("goals", slot.text)
        if key in ("", WITHOUT_PLACE):
            return False
        if value and not self._titles_in_row(lines[row]):
            cells = [value, *self._below(lines, row, value, slot)]
        else:
            cells = list(self._under(lines, row, slot))
        values = [cell for cell in cells if not is_hint(cell.text)]
        if not values:
            return False
        if key == "goal_completion":
            self.completion += [cell.piece for cell in values]
        elif not self.form.keep_goals(key, [cell.piece for cell in values], slot.text):
            return False
        self.read_starts |= {cell.piece.start for cell in values}
        self.form.draft.furniture(slot.piece)
        return True

    def _is_unused(
        self, slot: Slot, following: Slot | None, lines: Sequence[Slots], row: int
    ) -> bool:
        """Whether a label for what is to be reached or was has nothing beside or below it."""
        if not (label_meaning("goals", slot.text) or label_meaning("later", slot.text)):
            return False
        under = at_column(lines[row + 1], slot.start) if row + 1 < len(lines) else None
        beside = following is not None and not following.blank
        is_title = beside and following is not None and is_label(following.text)
        if (beside and not is_title) or (is_title and under is not None and not under.blank):
            return False
        self.form.draft.furniture(slot.piece)
        return True

    def _titles_in_row(self, line: Slots) -> bool:
        """Whether labels for goals stand side by side, as titles of columns do."""
        goals = [bool(label_meaning("goals", slot.text)) for slot in line]
        return any(first and second for first, second in pairwise(goals))

    def _below(self, lines: Sequence[Slots], row: int, value: Slot, label: Slot) -> Iterator[Slot]:
        """The cells below a value that go on with it: alone in rows whose label is merged."""
        for line in lines[row + 1 :]:
            cells = nonblank(line)
            if len(cells) != 1 or cells[0].start != value.start or not self._fits(cells[0]):
                return
            if self._stands_apart(line, label):
                return
            yield cells[0]

    def _stands_apart(self, line: Slots, label: Slot) -> bool:
        under = at_column(line, label.start)
        return under is None or not under.blank

    def _under(self, lines: Sequence[Slots], row: int, label: Slot) -> Iterator[Slot]:
        """The cells under a label, row by row, as long as nothing else begins there."""
        for line in lines[row + 1 :]:
            cell = at_column(line, label.start)
            cells = nonblank(line)
            if cell is None or cell.blank or cell.start != label.start or not self._fits(cell):
                return
            merged = label.start > 0 and line[0].blank
            single = len(cells) == 1 and len(nonblank(lines[row])) == 1
            titles = any(is_label(item.text) or level_depth(item.text) for item in cells)
            if titles or not (merged or single):
                return
            yield cell

    def of_stage(self, reported: Iterable[Piece]) -> Piece | None:
        """Where the form says anything of a stage; `reported`: its indicators. None for nowhere."""
        return next(chain(reported, self._of_stage()), None)

    def _of_stage(self) -> Iterator[Piece]:
        yield from (row.label.piece for row in self.funds.rows if row.phase != PHASES[0])
        yield from self.completion
        yield from (item.cell.piece for item in self.later.closing.cells)
        yield from (value.piece for _, value in self.later.texts.values())
        yield from self.form.titles if self.form.has_name else ()
