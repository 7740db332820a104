"""Levels of indicators that are told by their words, whatever the title of their column says.

A column may be headed "type" or "class" and hold first or second levels, or both in each cell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from xlperf.documents.blocks.source import Piece
from xlperf.documents.layouts.indicator_tables.headers import Header, TableColumn
from xlperf.documents.layouts.indicator_tables.slots import Slot, Slots, at_column, nonblank
from xlperf.documents.layouts.titles import is_label, known_levels, label_meaning
from xlperf.record import LEVEL_KEYS

# of columns that may hold levels
LEVEL_MEANINGS = {("", ""), ("aside", "kind"), ("indicator", "level1")}
LONGEST_LEVEL = 60  # no two levels are longer
LEVEL_SEPARATORS = re.compile(r"[-－—–/／、>＞→:：\s]+")


def with_levels(header: Header, lines: Sequence[Slots]) -> Header:
    """A header in which the column of levels is known by the words below it; `lines`: its rows."""
    keys = header.keys("indicator")
    if "level2" in keys or "name" not in keys:
        return header
    columns = list(header.columns)
    for at, column in enumerate(columns):
        depth = _depth_below(column, lines) if (column.section, column.key) in LEVEL_MEANINGS else 0
        if depth == 2 or (depth == 1 and "level1" not in keys):
            columns[at] = replace(column, section="indicator", key=LEVEL_KEYS[depth - 1])
            return replace(header, columns=tuple(columns))
    return header


def with_names(header: Header, lines: Sequence[Slots]) -> Header:
    """A header without a column for names, where they stand below the title of second levels."""
    keys = header.keys("indicator")
    second = header.of("indicator", "level2")
    if second is None or "name" in keys or not {"level1", "target"} <= keys:
        return header
    below = [slot for line in lines if (slot := at_column(line, second.slot.start))]
    texts = [slot.text for slot in below if not slot.blank and slot.end <= second.slot.end]
    if any(known_levels(text) for text in texts) or not texts:
        return header
    columns = (replace(c, key="name") if c is second else c for c in header.columns)
    return replace(header, columns=tuple(columns))


def with_parts(header: Header, lines: Sequence[Slots]) -> Header:
    """A header whose wide title of indicators stands over levels and names without titles.

    `lines`: its rows. The last part holds the names, those before it levels.
    """
    name = header.of("indicator", "name")
    if name is None or header.keys("indicator") & {*LEVEL_KEYS}:
        return header
    after = min((c.slot.start for c in header.columns if c.slot.start > name.slot.start), default=0)
    below = [
        [slot for slot in nonblank(line) if name.slot.start <= slot.start < after]
        for line in lines[:1]
    ]
    parts = below[0] if below else []
    if len(parts) < 2 or not all(known_levels(slot.text) for slot in parts[:-1]):
        return header
    depths = [1, 2] if len(parts) > 2 else [min(known_levels(parts[0].text))]
    if len(parts) > len(LEVEL_KEYS) + 1 or known_levels(parts[-1].text):
        return header
    keys = (*(LEVEL_KEYS[depth - 1] for depth in depths), "name")
    fresh = [
        replace(name, key=key, slot=replace(name.slot, start=part.start, end=part.end))
        for key, part in zip(keys, parts, strict=True)
    ]
    columns = (item for c in header.columns for item in (fresh if c is name else [c]))
    return replace(header, columns=tuple(columns))


def _depth_below(column: TableColumn, lines: Sequence[Slots]) -> int:
    """The level (1, 2) whose words are all that stands below a title; 0 if there is none."""
    depths, is_filled = {1, 2}, False
    for line in lines:
        slot = at_column(line, column.slot.start)
        if slot is None or slot.blank:
            continue
        is_end = label_meaning("ends", nonblank(line)[0].text) or slot.end > column.slot.end
        if is_end or (is_filled and is_label(slot.text) and not known_levels(slot.text)):
            break
        depths &= known_levels(slot.text)
        is_filled = True
    return depths.pop() if is_filled and len(depths) == 1 else 0


def two_levels(slot: Slot) -> tuple[Slot, Slot] | None:
    """The first and the second level that stand in one cell; None if it is anything else."""
    matches = LEVEL_SEPARATORS.finditer(slot.text) if len(slot.text) <= LONGEST_LEVEL else ()
    for match in matches:
        first, second = slot.piece.cut(0, match.start()), slot.piece.cut(match.end())
        if 1 in known_levels(first.text) and 2 in known_levels(second.text):
            return replace(slot, piece=first), replace(slot, piece=second)
    return None


def parted_levels(header: Header, cells: dict[TableColumn, Slot]) -> dict[TableColumn, Slot]:
    """The cells of a row; a first and a second level in one cell become a cell each."""
    columns = [header.of("indicator", key) for key in LEVEL_KEYS]
    column = columns[0] or columns[1]
    if column is None or all(columns) or column not in cells:
        return cells
    if (levels := two_levels(cells[column])) is None:
        return cells
    first, second = (replace(column, key=key) for key in LEVEL_KEYS)
    return {**cells, first: levels[0], second: levels[1]}


def between_levels(cells: dict[TableColumn, Slot]) -> Piece | None:
    """What stands between the two levels of one cell; None where each has a cell of its own."""
    by_key = {column.key: slot for column, slot in cells.items() if column.section == "indicator"}
    first, second = (by_key.get(key) for key in LEVEL_KEYS)
    if first is None or second is None or first.start != second.start:
        return None
    return Piece(first.piece.source, first.piece.end, second.piece.start)
