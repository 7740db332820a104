"""Tables of indicators turned by a right angle: titles at the left of rows, an indicator a column.

A level that all of them have may stand before the titles, merged down beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xlperf.documents.layouts.funding.money import unit_in_label
from xlperf.documents.layouts.indicator_tables.headers import Header, TableColumn
from xlperf.documents.layouts.indicator_tables.slots import Slot, Slots, at_column, nonblank
from xlperf.documents.layouts.titles import (
    RATE,
    column_meanings,
    is_label,
    known_levels,
    month_reported,
)
from xlperf.record import LEVEL_KEYS

ROW_SECTIONS = ("indicator", "stage")


@dataclass(frozen=True)
class TitledRows:
    """Such rows: their titles as a header, the levels before them, the cells of each indicator."""

    header: Header
    over: tuple[tuple[TableColumn, Slot], ...]
    columns: tuple[dict[TableColumn, Slot], ...]

    @property
    def depth(self) -> int:
        """How many rows it takes."""
        return len(self.header.columns)

    def rows(self) -> Iterator[tuple[Header, dict[TableColumn, Slot]]]:
        """The cells of each indicator, with a header that has its levels, too."""
        columns = (*(column for column, _ in self.over), *self.header.columns)
        header = Header(columns, 0, ())
        for cells in self.columns:
            yield header, {**dict(self.over), **cells}


def titled_rows_at(lines: Sequence[Slots], row: int) -> TitledRows | None:
    """The turned table that begins at a row; None if none does.

    It has a name and a target or a result of each indicator, and no title twice.
    """
    columns: list[TableColumn] = []
    place: int | None = None
    for line in lines[row:]:
        column = _title(line, place)
        if column is None or column.key in [item.key for item in columns]:
            break
        columns.append(column)
        place = column.slot.start
    keys = {column.key for column in columns}
    is_begun = bool(columns) and columns[0].key in (*LEVEL_KEYS, "name")
    if not is_begun or "name" not in keys or not keys & {"target", "completed"}:
        return None
    header = Header(tuple(columns), 1, tuple(column.slot for column in columns))
    over = tuple(_levels(lines[row], columns[0].slot, keys))
    return TitledRows(header, over, tuple(_cells(lines[row:], columns)))


def _title(line: Slots, place: int | None) -> TableColumn | None:
    """The title of a row, before values that are none; None if a row has no such title.

    `place`: the column where the titles of the rows above stand; nothing but levels is before it.
    """
    cells = nonblank(line)
    before = 0
    while before < len(cells) and known_levels(cells[before].text):
        before += 1
    if before >= len(cells) - 1 or (place is not None and cells[before].start != place):
        return None
    title, values = cells[before], cells[before + 1 :]
    section, key = _meaning(title.text)
    if not key or any(is_label(value.text) and _meaning(value.text)[1] for value in values):
        return None
    return TableColumn(section, key, title)


def _meaning(text: str) -> tuple[str, str]:
    """The section and key of a title of such a row; none of one of amounts."""
    if unit_in_label(text):
        return "", ""
    if month_reported(text):
        return ("aside", "rates") if RATE in text else ("stage", "completed")
    meanings = (
        (section, key) for section in ROW_SECTIONS for key, _ in column_meanings(section, text)
    )
    return next(meanings, ("", ""))


def _levels(line: Slots, title: Slot, keys: set[str]) -> Iterator[tuple[TableColumn, Slot]]:
    """The levels before the titles: the first, the second, or both."""
    slots = [slot for slot in nonblank(line) if slot.end <= title.start]
    for slot in slots:
        depth = 1 if slot is slots[0] and 1 in known_levels(slot.text) else 2
        if LEVEL_KEYS[depth - 1] not in keys:
            yield TableColumn("indicator", LEVEL_KEYS[depth - 1], slot), slot


def _cells(
    lines: Sequence[Slots], columns: Sequence[TableColumn]
) -> Iterator[dict[TableColumn, Slot]]:
    """The cells of each indicator: those below the beginnings of the cells with its name."""
    at = next(n for n, column in enumerate(columns) if column.key == "name")
    for name in nonblank(lines[at]):
        if name.start < columns[at].slot.end:
            continue
        cells = ((c, at_column(line, name.start)) for c, line in zip(columns, lines, strict=False))
        yield {column: slot for column, slot in cells if slot and not slot.blank}
