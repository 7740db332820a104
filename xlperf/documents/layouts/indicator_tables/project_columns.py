"""Tables with a column for each project: labels at the left, and every project's values below it.

Each project is read as a form of its own: the labels, with the values of its column beside them.
Rows whose label is a level of indicators hold indicators, as the columns of a wide list do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from xlperf.documents.blocks.table_grid import NUMBER_CELL
from xlperf.documents.layouts.form_draft import FormDraft, is_empty
from xlperf.documents.layouts.funding.fund_labels import YEAR_ALONE, phase_of, role_of
from xlperf.documents.layouts.funding.sums import sum_of
from xlperf.documents.layouts.indicator_tables.slots import Slot, Slots, at_column, nonblank
from xlperf.documents.layouts.indicator_tables.wide_lists import (
    LevelColumn,
    begin_indicator,
    keep_cell,
)
from xlperf.documents.layouts.titles import (
    column_meanings,
    is_label,
    known_levels,
    label_meaning,
)
from xlperf.documents.words import plain

FEWEST_PROJECTS = 2  # projects, rows of labels below their names
SHORTEST_INDICATOR_TEXT = 3  # signs of an indicator that are no figures


@dataclass(frozen=True)
class ProjectColumns:
    """Such a table: its rows above the names, those from the names on, where the values stand.

    `starts`: the first column of every project; `width`: how many columns the labels take.
    """

    above: list[Slots]
    rows: list[Slots]
    starts: tuple[int, ...]
    width: int

    @property
    def is_merged(self) -> bool:
        """Whether cells that cover several columns are merged: no text runs over blank cells."""
        pairs = (pair for row in (*self.above, *self.rows) for pair in pairwise(row))
        return any(b.blank and not a.blank and not NUMBER_CELL.fullmatch(a.text) for a, b in pairs)

    def claim_numbers(self, form: FormDraft) -> None:
        """Claim the numbers that the projects have above their names."""
        for line in self.above:
            cells = nonblank(line)
            values = [slot for slot in cells if slot.start in self.starts]
            if (
                len(cells) > 1
                and _says_number(cells[0])
                and all(s.text.isdecimal() for s in values)
            ):
                for slot in (cells[0], *values):
                    form.draft.furniture(slot.piece)

    @property
    def breadth(self) -> int:
        """How many columns the last project takes: as many as the one before it."""
        return self.starts[-1] - self.starts[-2]

    @property
    def has_second(self) -> bool:
        """Whether rows are labelled with words for second levels alone."""
        labels = (slot for row in self.rows for slot in nonblank(row) if slot.end <= self.width)
        return any(known_levels(slot.text) == {2} for slot in labels)

    def forms(self) -> Iterator[list[Slots]]:
        """The rows of each project's form: the labels, and its own value in the column after."""
        for start in self.starts:
            lines = [self._line(row, start) for row in _with_labels(self.rows, self.width)]
            yield [line for line in lines if line]

    def keep(self, form: FormDraft, line: Slots, *, is_headed: bool) -> bool:
        """Keep what a row of one project's form says below labels of this table alone.

        `is_headed`: it stands below titles of columns, which say what is what.
        """
        cells = nonblank(line)
        if len(cells) > 1 and is_empty(cells[-1].text) and _is_level(cells[0]):
            form.draft.furniture(cells[-1].piece)  # the project has no such indicator
            return True
        if is_headed:
            return False
        return _keep_number(form, line) or _keep_levels(form, line, has_second=self.has_second)

    def _line(self, row: Slots, start: int) -> Slots:
        """A row as it is for one project; nothing where it holds no value of it.

        A sum for several of them is none of one, nor is a text that runs over blank cells.
        """
        labels = tuple(slot for slot in row if slot.end <= self.width)
        value = at_column(row, start)
        covers = sum(value.covers(other) for other in self.starts) if value else 0
        is_shared = covers > 1 and self.is_merged and sum_of(value.text if value else "") is None
        if value is None or value.blank or (covers > 1 and not is_shared):
            return ()
        end = next((other for other in self.starts if other > start), start + self.breadth)
        more = (s for s in row if start < s.start and s.end <= end and not s.blank)
        first = replace(value, start=self.width, end=self.width + 1)
        shift = self.width - start
        rest = (replace(slot, start=slot.start + shift, end=slot.end + shift) for slot in more)
        return (*labels, first, *rest)


def project_columns_at(lines: Sequence[Slots]) -> ProjectColumns | None:
    """The table with a column for each project that rows are; None if they are none.

    It is known by several names beside the label for a project's name, and by labels in the rows
    below that have amounts or indicators for several of them, and no label among the values.
    """
    for row, line in enumerate(lines):
        if names := _names(line):
            width, starts = names[0].start, tuple(name.start for name in names)
            rows = list(lines[row:])
            fits = _says_projects(rows, starts) and _labels_only_left(rows, starts)
            return ProjectColumns(list(lines[:row]), rows, starts, width) if fits else None
    return None


def _names(line: Slots) -> list[Slot]:
    """The names beside the label for them: several, no sums, no labels; a column of sums aside."""
    cells = nonblank(line)
    if len(cells) <= FEWEST_PROJECTS or not _is_name_label(cells[0]) or cells[0].start:
        return []
    names = [slot for slot in cells[1:] if not label_meaning("ends", slot.text)]
    if cells[1].start != cells[0].end or not all(_may_be_name(name) for name in names):
        return []
    return names if len(names) >= FEWEST_PROJECTS else []


def _may_be_name(slot: Slot) -> bool:
    """Whether a text can be a project's name: no label, no sum, no year."""
    is_year = YEAR_ALONE.fullmatch(plain(slot.text)) is not None
    return not (is_label(slot.text) or sum_of(slot.text) or is_year or is_empty(slot.text))


def _is_name_label(slot: Slot) -> bool:
    is_column = any(key == "name" for key, _ in column_meanings("project", slot.text))
    return is_column or label_meaning("text", slot.text) == "name"


def _says_projects(rows: Sequence[Slots], starts: Sequence[int]) -> bool:
    """Whether a row of funds has an amount for several projects, or rows of levels a text."""
    levels = 0
    for row in rows[1:]:
        labels = [slot for slot in nonblank(row) if slot.end <= min(starts)]
        values = _values(row, starts)
        sums = sum(sum_of(value.text) is not None for value in values)
        blank = sum(is_empty(value.text) for value in values)
        if not labels or len(values) < FEWEST_PROJECTS:
            continue
        is_money = role_of(labels[-1].text) or phase_of(labels[-1].text)
        if is_money and sums >= FEWEST_PROJECTS and sums + blank == len(values):
            return True
        is_of_indicators = _is_level(labels[-1]) or _says("name", labels[-1])
        levels += is_of_indicators and all(_has_words(value) for value in values)
    return levels >= FEWEST_PROJECTS


def _has_words(slot: Slot) -> bool:
    """Whether a cell says an indicator and not only a number, as of its points."""
    return sum(sign.isalpha() for sign in slot.text) >= SHORTEST_INDICATOR_TEXT


def _values(row: Slots, starts: Sequence[int]) -> list[Slot]:
    cells = [at_column(row, start) for start in starts]
    return [
        slot for at, slot in enumerate(cells) if slot and not slot.blank and slot not in cells[:at]
    ]


def _labels_only_left(rows: Sequence[Slots], starts: Sequence[int]) -> bool:
    """Whether enough rows have a label at their left, and no value is a label."""
    labelled = [row for row in rows[1:] if _values(row, starts) and _is_labelled(row, min(starts))]
    values = [value for row in rows for value in _values(row, starts)]
    titles = sum(is_label(value.text) and not _says("target", value) for value in values)
    return len(labelled) > FEWEST_PROJECTS and not titles


def _says(meaning: str, slot: Slot) -> bool:
    """Whether a text is the title of a column of indicators with a meaning."""
    return any(key == meaning for key, _ in column_meanings("indicator", slot.text))


def _is_labelled(row: Slots, width: int) -> bool:
    labels = [slot for slot in nonblank(row) if slot.end <= width]
    return any(is_label(slot.text) or known_levels(slot.text) for slot in labels)


def _with_labels(rows: Sequence[Slots], width: int) -> Iterator[Slots]:
    """The rows, with the labels that are merged down to them in the place of their blank cells."""
    above: dict[int, Slot] = {}
    for row in rows:
        labels = [slot for slot in row if slot.end <= width]
        if any(not slot.blank for slot in labels[:1]):
            above = {}
        filled_labels = [above.get(slot.start, slot) if slot.blank else slot for slot in labels]
        above |= {slot.start: slot for slot in labels if not slot.blank}
        yield (*filled_labels, *(slot for slot in row if slot.end > width))


def _keep_levels(form: FormDraft, line: Slots, *, has_second: bool = False) -> bool:
    """Keep the indicators of one project in a row whose labels are levels; false if it is another.

    What stands between the levels and the value is an indicator's name, and the value its target.
    `has_second`: other rows are of second levels, so that a word for both is one.
    """
    groups = [slot for slot in nonblank(line) if _is_group(slot)]
    cells = [slot for slot in nonblank(line) if slot not in groups]
    levels = [slot for slot in cells[:-1] if _is_level(slot)]
    names = [slot for slot in cells[:-1] if slot not in levels]
    if names and _says("target", names[0]):
        groups.append(names.pop(0))  # the value is the indicator with its target
    if any(column_meanings("stage", slot.text) for slot in names):
        return False
    if not levels or len(names) > 1 or cells[: len(levels)] != levels:
        return False
    value = cells[-1]
    for slot in (*groups, *levels):
        form.draft.furniture(slot.piece)
    is_first = len(levels) == 1 and 1 in known_levels(levels[0].text)
    is_second = (
        len(levels) > 1 or not is_first or (has_second and 2 in known_levels(levels[0].text))
    )
    over = levels[0] if len(levels) > 1 else None
    column = LevelColumn(levels[-1], over, "level2" if is_second else "level1")
    if names:
        path = begin_indicator(form, column, names[0].piece)
        form.draft.keep((*path, "name"), names[0].piece)
        form.draft.keep((*path, "target"), value.piece)
    else:
        keep_cell(form, column, value.piece)
    return True


def _keep_number(form: FormDraft, line: Slots) -> bool:
    """Claim the number that a project has in the table; false if a row holds something else."""
    cells = nonblank(line)
    if len(cells) != FEWEST_PROJECTS or not _says_number(cells[0]) or not cells[1].text.isdecimal():
        return False
    for slot in cells:
        form.draft.furniture(slot.piece)
    return True


def _says_number(slot: Slot) -> bool:
    return any(key == "number" for key, _ in column_meanings("aside", slot.text))


def _is_level(slot: Slot) -> bool:
    """Whether a label is the word for a level; goals of a project are none."""
    return bool(known_levels(slot.text)) and not label_meaning("goals", slot.text)


def _is_group(slot: Slot) -> bool:
    return label_meaning("group", slot.text) == "indicators"
