"""Tables of indicators whose columns are known by their titles, in whatever order they stand.

Rows across the table end it and are no indicators.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from xlperf.documents.layouts.indicator_tables.headers import (
    CORE,
    Header,
    TableColumn,
    header_at,
)
from xlperf.documents.layouts.indicator_tables.level_words import parted_levels, two_levels
from xlperf.documents.layouts.indicator_tables.slots import Slot, Slots, at_column, nonblank
from xlperf.documents.layouts.titles import is_label, is_level, label_meaning, level_depth


@dataclass
class IndicatorTable:
    """A table of indicators: its columns, its rows by column, the titles that are not known."""

    columns: tuple[TableColumn, ...]
    rows: list[dict[TableColumn, Slot]] = field(default_factory=list)
    unknown_titles: list[str] = field(default_factory=list)


def tables(lines: Sequence[Slots]) -> Iterator[IndicatorTable]:
    """The tables of indicators among the rows of a table: from each header up to the next one."""
    table: IndicatorTable | None = None
    row = 0
    while row < len(lines):
        if header := header_at(lines, row):
            if table:
                yield table
            table = IndicatorTable(header.columns, [], [column.title for column in header.unknown])
            row += header.depth
            continue
        if table and (cells := cells_of(header_of(table), lines[row])):
            table.rows.append(cells)
        row += 1
    if table:
        yield table


def header_of(table: IndicatorTable) -> Header:
    """A table's columns as a header, for functions that ask for one; without rows and cells."""
    return Header(table.columns, 0, ())


def in_place(header: Header, line: Slots) -> Slots:
    """A row that lacks its merged first cells, moved to the columns of the header.

    It is known by a first and a second level side by side, to the left of the columns of levels.
    Any other row is given back as it is.
    """
    columns = [header.of("indicator", key) for key in ("level1", "level2")]
    cells = nonblank(line)
    if not all(columns) or not cells or columns[0] is None:
        return line
    for first, second in pairwise(cells):
        if label_meaning("group", first.text):
            continue
        if level_depth(first.text) == 1 and is_level(second.text, 2) and first.end == second.start:
            by = columns[0].slot.start - first.start
            end = max(column.slot.end for column in header.columns)
            if not 0 < by < end - cells[-1].start:
                return line
            return tuple(Slot(s.piece, s.start + by, min(s.end + by, end)) for s in cells)
    return line


def cells_of(header: Header, line: Slots) -> dict[TableColumn, Slot]:
    """The cells of a row by the columns of a header; none if the row is no indicator's."""
    filled_cells = nonblank(line)
    if not filled_cells or is_across(header, line):
        return {}
    cells: dict[TableColumn, Slot] = {}
    for column in header.columns:
        slot = at_column(line, column.slot.start)
        if slot is not None and slot not in cells.values():
            cells[column] = slot
    return parted_levels(header, cells)


def is_across(header: Header, line: Slots) -> bool:
    """Whether a row stands across the table: a total, a conclusion, a heading, another label."""
    cells = nonblank(line)
    first = cells[0]
    starts = [c.slot.start for c in header.columns if c.section == "indicator" and c.key in CORE]
    if label_meaning("ends", first.text) and not _first_is_name(header, first):
        return True
    if any(sum(slot.covers(start) for start in starts) > 1 for slot in cells):
        return True
    level = header.of("indicator", "level1")
    slot = at_column(line, level.slot.start) if level else None
    if slot and not slot.blank and not (is_level(slot.text, 1) or two_levels(slot)):
        return True
    return len(cells) == 1 and is_label(first.text) and not level_depth(first.text)


def _first_is_name(header: Header, slot: Slot) -> bool:
    """Whether a cell stands under the title for names, where any word may stand."""
    name = header.of("indicator", "name")
    return name is not None and slot.covers(name.slot.start) and name is not header.columns[0]
