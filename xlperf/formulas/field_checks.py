"""The lines that check the single fields of a form, and what all lines of a sheet give together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from operator import itemgetter

from xlperf.fields import GROUP_KIND, keys
from xlperf.formulas.sheet_checks import (
    ALIAS,
    CHECK_SIGNS,
    CHECKED_LISTS,
    FAULT,
    ROW_COLUMN,
    SHEET_COLUMN,
    TOTAL_COLUMN,
    WORDS_COLUMN,
    RowLine,
    SheetChecks,
    add_step,
    token_words,
)
from xlperf.layout import Box, anchors
from xlperf.layout.addresses import address, cell_address
from xlperf.layout.placement import headings
from xlperf.rules.finding_keys import key_without_rule
from xlperf.rules.formulas.native import lowest


def add_first_row(checks: SheetChecks) -> None:
    """A step to the first row of the form where something is open (a large number if nothing is),
    and steps to the code of the first fault.
    """
    tokens, rows = map(checks.column_of_lines, (TOTAL_COLUMN, ROW_COLUMN))
    has_sign = "+".join(f'ISNUMBER(FIND("{mark}",{tokens}))' for mark in CHECK_SIGNS[:-1])
    add_step(checks, checks.results_row, "first", lowest(rows, f"({has_sign}>0)"))
    has_fault = f'ISNUMBER(FIND("{FAULT}",{tokens}))'
    top = address(Box(checks.lines[0][0], TOTAL_COLUMN))
    fault = f"INDEX({tokens},{lowest(f'ROW({tokens})', has_fault)}-ROW({top})+1)"
    add_step(checks, checks.results_row, "first.line", f'IFERROR({fault},"")')
    line = checks.names["first.line"]
    code = f'MID({line},FIND("{FAULT}",{line})+1,6)'
    add_step(checks, checks.results_row, "first.fault", f'IFERROR({code},"")')


def add_singles(checks: SheetChecks, row: int) -> int:
    """A line for each single field with checks, and for each list as a whole; the next free row."""
    at = anchors(checks.layout)
    groups = [key for key in keys((GROUP_KIND,), "projects") if checks.root]
    parts = {group for group in groups if any(key.startswith(f"{group}/") for key in at)}
    for key in [
        *(cell.ref for cell in checks.layout.form.singles()),
        *sorted(parts),
        *CHECKED_LISTS,
    ]:
        names = (key, *(name for name, same in ALIAS.items() if same == key))
        text = "&".join(filter(None, (_fired(checks, name) for name in names)))
        if text and (place := places_of(key, at)):
            checks.line(row, text, place)
            if key in at:  # the place of a single field, for its colour
                checks.put(row, SHEET_COLUMN, f"COLUMN({address(Box(*at[key].at))})")
            checks.fields[key] = address(Box(row, TOTAL_COLUMN))
            checks.tokens[checks.root, key, 0] = (row, TOTAL_COLUMN)
            row += 1
    return row


def add_row_lines(checks: SheetChecks, row: int) -> None:
    """A line for each row of the form with single fields that are checked: the tokens of all of
    them, and what they say in words. Such lines are alike, as programs keep them once.
    """
    at = anchors(checks.layout)
    cells_by_row = [(_row_of(checks, key, at), cell) for key, cell in checks.fields.items()]
    for down, (of_row, group) in enumerate(groupby(sorted(cells_by_row), key=itemgetter(0))):
        cells = tuple(dict.fromkeys(cell for _, cell in group))
        tokens = checks.put(row + down, TOTAL_COLUMN, "&".join(cells))
        words = checks.put(
            row + down, WORDS_COLUMN, token_words(cell_address(row + down, TOTAL_COLUMN))
        )
        checks.rows[of_row] = RowLine(tokens, words, cells)


def _row_of(checks: SheetChecks, key: str, at: Mapping[str, Box]) -> int:
    """The row of the form beside which it is said what is to be done about a single field.

    Of a list that is the row of its headings.
    """
    boxes = [box for name, box in at.items() if name == key or name.startswith(key + "/")]
    above = key not in at and any(part.list_ref == key for part in checks.layout.lists())
    return boxes[0].row - above


def _fired(checks: SheetChecks, key: str) -> str:
    """The tokens of a single field, and a step with the key of its findings where many need it."""
    if not checks.has_keys(checks.root, key):
        return checks.fired(checks.root, key)
    name = f"{key}.key"
    add_step(checks, checks.results_row, name, checks.formula(key_without_rule(checks.root, key)))
    return checks.fired(checks.root, key, key=checks.names[name])


def places_of(key: str, at: Mapping[str, Box]) -> str:
    """The row on the form of a single field, of a group of them, or above a list; "" if none."""
    if key in at:
        return f"ROW({address(Box(*at[key].at))})"
    result = [box for name, box in at.items() if name.startswith(key + "/")]
    if not result:
        return ""
    box = result[0]
    if key in CHECKED_LISTS:  # its headings, which stay when its rows go
        return f"ROW({address(headings(box))})"
    return f"ROW({address(Box(*box.at))})"


def fields_of(checks: SheetChecks, at: Mapping[str, Box]) -> Iterable[tuple[str, list[Box], str]]:
    """Each single field's key and box, or all of a group of fields, and the cell of its tokens."""
    for key, cell in checks.fields.items():
        group = "" if key in CHECKED_LISTS else f"{key}/"
        if boxes := [at[name] for name in at if name == key or (group and name.startswith(group))]:
            yield key, boxes, cell
