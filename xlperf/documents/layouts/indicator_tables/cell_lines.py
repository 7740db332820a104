"""Several indicators in one row of a table: a line each in the cells of name and target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from xlperf.documents.layouts.indicator_tables.headers import TableColumn
from xlperf.documents.layouts.indicator_tables.slots import Slot
from xlperf.record import LEVEL_KEYS
from xlperf.targets import parse

OF_ALL = ("basis", "scoring")  # said once of all indicators of a row
NUMERIC_TARGETS = ("number", "percent", "range")


def by_line(cells: Mapping[TableColumn, Slot]) -> list[dict[TableColumn, Slot]]:
    """The cells of each indicator of a row; the row's own where it is one.

    It is several where name and target have equally many lines and every line of the target is
    a target of its own, while the whole is none. No cell but those of levels may have another
    number of lines, or one that holds for all. Levels stand with the first.
    """
    filled_slots = {column: slot for column, slot in cells.items() if not slot.blank}
    lines = {column: slot.piece.lines() for column, slot in filled_slots.items()}
    keys = {column.key: column for column in filled_slots if column.section == "indicator"}
    if not {"name", "target"} <= keys.keys():
        return [dict(cells)]
    count = len(lines[keys["target"]])
    values = {
        column
        for column in filled_slots
        if column.key not in LEVEL_KEYS and not (column.key in OF_ALL and len(lines[column]) == 1)
    }
    are_targets = count > 1 and _is_parted([piece.text for piece in lines[keys["target"]]])
    if not are_targets or any(len(lines[column]) != count for column in values):
        return [dict(cells)]
    return [
        {
            column: replace(slot, piece=lines[column][at]) if column in values else slot
            for column, slot in filled_slots.items()
            if column in values or column.key in OF_ALL or at == 0
        }
        for at in range(count)
    ]


def _is_parted(lines: list[str]) -> bool:
    """Whether each line is a target with a number, and all of them together are none."""
    alone = all(parse(line).kind in NUMERIC_TARGETS for line in lines)
    return alone and parse("".join(line.strip() for line in lines)).kind not in NUMERIC_TARGETS
