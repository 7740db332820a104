"""Lists of projects with a column for each level of indicators: one row a project or several.

A cell below a level holds the indicators of that level, numbered or one a line: a name with its
target behind it, or words alone. Or names and targets have columns of their own below a level.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from xlperf.documents.blocks.source import Piece
from xlperf.documents.layouts.form_draft import FormDraft, is_empty
from xlperf.documents.layouts.indicator_tables.cell_lines import by_line
from xlperf.documents.layouts.indicator_tables.headers import (
    Header,
    TableColumn,
    assigned,
    header_at,
    leaves_under,
)
from xlperf.documents.layouts.indicator_tables.slots import Slot, Slots, at_column, nonblank, same
from xlperf.documents.layouts.titles import (
    INDICATOR_WORD,
    bare,
    column_meanings,
    entry,
    label_meaning,
    level_depth,
    words_of,
)
from xlperf.documents.parse.project_forms.goals import BREAKS, split_goals
from xlperf.paths import RecordPath

FEWEST_LEVEL_COLUMNS = 2  # columns of levels
Leaves = list[tuple[Slot, Slot | None]]
NAME_AND_TARGET = re.compile(entry("patterns", "name_and_target"), re.DOTALL)


@dataclass(frozen=True, slots=True)
class LevelColumn:
    """A column of indicators: the title that says their level, and the first level over it.

    `key`: which level the title says; `name` and `target`: the titles of their own columns, where
    there are such.
    """

    title: Slot
    over: Slot | None
    key: str
    name: Slot | None = None
    target: Slot | None = None

    @property
    def titles(self) -> list[Slot]:
        """The titles of its columns, that of the names first."""
        return [slot for slot in (self.name, self.target) if slot] or [self.title]

    @property
    def levels(self) -> Iterator[tuple[str, Slot]]:
        """The levels that its titles say, with the cells they stand in."""
        if self.over is not None:
            yield "level1", self.over
        yield self.key, self.title


@dataclass(frozen=True)
class WideList:
    """A list that was found: the header of its other columns, its columns of levels.

    The cells of the header are those that are known.
    """

    header: Header
    levels: tuple[LevelColumn, ...]

    def keep(self, form: FormDraft, line: Slots) -> None:
        """Put the indicators of a row into a form; the row's number is the list's own."""
        number = self.header.of("aside", "number")
        if number and (cell := at_column(line, number.slot.start)) and cell.text.isdecimal():
            form.draft.furniture(cell.piece)
        for column in self.levels:
            cell = at_column(line, column.titles[0].start)
            if cell is None or cell.blank or is_empty(cell.text):
                continue
            if column.target:
                _keep_pairs(form, column, cell, at_column(line, column.target.start))
                continue
            keep_cell(form, column, cell.piece)


def keep_cell(form: FormDraft, column: LevelColumn, piece: Piece) -> None:
    """Keep the indicators that one cell of a level holds."""
    for item in split_goals(piece):
        if item.number:
            form.draft.furniture(item.number)
        _keep(form, column, item.piece)


def wide_list_at(lines: Sequence[Slots], row: int) -> WideList | None:
    """The list whose titles stand in a row, or in two; None if there is none."""
    upper = nonblank(lines[row])
    if len(upper) < FEWEST_LEVEL_COLUMNS or header_at(lines, row):
        return None
    leaves, depth = _leaves_at(lines, row)
    levels = _level_columns(leaves)
    titles = {slot.start for column in levels for slot in column.titles}
    columns = tuple(c for c in _project_columns(leaves) if c.slot.start not in titles)
    keys = {column.key for column in columns if column.section == "project"}
    if len(levels) < FEWEST_LEVEL_COLUMNS or "name" not in keys or len(keys) < FEWEST_LEVEL_COLUMNS:
        return None
    known_slots = [
        *(column.slot for column in columns if column.key),
        *(t for c in levels for t in c.titles),
    ]
    groups = [slot for slot in upper if _is_group(slot)]
    starts = {slot.start for slot in known_slots}
    above = {over.start: over for slot, over in leaves if over and slot.start in starts}
    return WideList(Header(columns, depth, (*known_slots, *groups, *above.values())), levels)


def _level_columns(leaves: Leaves) -> tuple[LevelColumn, ...]:
    """The columns of levels; a word that may be either level is a second one beside such."""
    columns = [pair for pair in leaves if _says_level(pair[0])]
    second = words_of("levels", "second")
    has_second = any(level_depth(slot.text) == 2 for slot, _ in columns)
    firsts = [over if over and _is_first(over) else None for _, over in columns]
    levels = []
    for (slot, _), first in zip(columns, firsts, strict=True):
        may_be_second = has_second and not any(firsts)
        either = may_be_second and bare(slot.text).removesuffix(INDICATOR_WORD) in second
        levels.append(LevelColumn(slot, first, "level2" if first or either else "level1"))
    return (*levels, *_columns_of_pairs(leaves))


def _is_first(slot: Slot) -> bool:
    return level_depth(slot.text) == 1 and not _is_group(slot)


def _says_level(slot: Slot) -> bool:
    """Whether a title says a level; goals of a project are none."""
    is_goals = any(key == "goals" for key, _ in column_meanings("project", slot.text))
    return level_depth(slot.text) > 0 and not is_goals and not _is_group(slot)


def _columns_of_pairs(leaves: Leaves) -> Iterator[LevelColumn]:
    """The levels below which names and targets have columns of their own."""
    for (name, over), (target, above) in pairwise(leaves):
        if over is None or over is not above or not _says_level(over):
            continue
        if _means(name, "name") and _means(target, "target"):
            yield LevelColumn(over, None, f"level{level_depth(over.text)}", name, target)


def _means(slot: Slot, key: str) -> bool:
    return any(meaning == key for meaning, _ in column_meanings("indicator", slot.text))


def _leaves_at(lines: Sequence[Slots], row: int) -> tuple[Leaves, int]:
    """The titles of columns that begin at a row, each with a wider one over it; how many rows.

    A title that only says that indicators stand below it is none of them.
    """
    upper = nonblank(lines[row])
    lower = _titles_below(lines, row)
    groups = [slot for slot in upper if _is_group(slot)]
    if not lower or not groups:
        return leaves_under(upper, lower), 2 if lower else 1
    parted = [slot for slot in lower if _is_within(slot, groups)]
    last = [slot for slot in _titles_below(lines, row + 1) if _is_within(slot, groups)]
    rest = [slot for slot in upper if slot not in groups]
    others = leaves_under(rest, [slot for slot in lower if slot not in parted])
    leaves = sorted((*others, *leaves_under(parted, last)), key=lambda pair: pair[0].start)
    return leaves, 3 if last else 2


def _titles_below(lines: Sequence[Slots], row: int) -> list[Slot]:
    """The titles in the row below that part those of a row: several levels, none of them wider."""
    fresh: list[Slot] = []
    for slot in nonblank(lines[row + 1]) if row + 1 < len(lines) else ():
        over = at_column(lines[row], slot.start)
        if over is None or over.blank:
            return []
        if not same(over.text, slot.text):
            fresh.append(replace(slot, end=min(slot.end, over.end)))  # it may run over blanks
    are_pairs = all(
        sum(_means(slot, key) for slot in fresh) >= FEWEST_LEVEL_COLUMNS
        for key in ("name", "target")
    )
    return fresh if are_pairs or sum(level_depth(slot.text) > 0 for slot in fresh) > 1 else []


def _is_group(slot: Slot) -> bool:
    return label_meaning("group", slot.text) == "indicators"


def _is_within(slot: Slot, groups: Sequence[Slot]) -> bool:
    return any(slot.within(group) for group in groups)


def _project_columns(leaves: Sequence[tuple[Slot, Slot | None]]) -> list[TableColumn]:
    """Titles as columns of a list of projects; those that are known otherwise are unknown to it."""
    columns = [replace(column, period="") for column in assigned(leaves)]
    sections = ("project", "aside")
    return [c if c.section in sections else replace(c, section="", key="") for c in columns]


def begin_indicator(form: FormDraft, column: LevelColumn, piece: Piece) -> RecordPath:
    """Add an indicator with the levels that its titles say."""
    path = form.draft.add((*form.project(piece), "indicators"), piece)
    form.indicators += 1
    for key, slot in column.levels:
        form.draft.put((*path, key), "".join(bare(slot.text).split()), slot.piece)
    return path


def _keep_pairs(form: FormDraft, column: LevelColumn, name: Slot, target: Slot | None) -> None:
    """Keep the indicators whose names and targets stand in two cells, a line each or one."""
    columns = {key: TableColumn("indicator", key, column.title) for key in ("name", "target")}
    cells = {columns["name"]: name, **({columns["target"]: target} if target else {})}
    for part in by_line(cells):
        content = part[columns["name"]].piece
        first = next(iter(split_goals(content)), None)
        if first and first.number and first.piece.end == content.strip().end:
            form.draft.furniture(first.number)
            content = first.piece
        path = begin_indicator(form, column, content)
        form.draft.keep((*path, "name"), content)
        value = part.get(columns["target"])
        if value is not None and not value.blank:
            form.draft.keep((*path, "target"), value.piece)


def _keep(form: FormDraft, column: LevelColumn, piece: Piece) -> None:
    """Keep one indicator: its levels, its name, and the target behind it where there is one."""
    end = len(piece.text.rstrip(BREAKS))
    form.draft.furniture(piece.cut(end))
    content = piece.cut(0, end).strip()
    if content.blank:
        return
    path = begin_indicator(form, column, content)
    match = NAME_AND_TARGET.fullmatch(content.text)
    if match is None:
        form.draft.keep((*path, "name"), content)
        return
    of_name = match["name"].rstrip()
    name = content.cut(0, len(of_name) - of_name.endswith((":", "：")))
    target = content.cut(*match.span("target"))
    form.draft.keep((*path, "name"), name)
    form.draft.keep((*path, "target"), target)
    form.draft.furniture_around(content, [name.strip(), target.strip()])
