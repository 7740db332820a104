"""The lines that check the single fields of a form, and what all lines of a sheet give together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from xlperf.fields import GROUP, keys
from xlperf.formulas.sheet_checks import (
    ALIAS,
    CHECK_SIGNS,
    LISTS,
    OWN,
    ROW,
    TOTAL,
    SheetChecks,
    add_step,
)
from xlperf.layout import Box, anchors
from xlperf.layout.addresses import address
from xlperf.layout.placement import headings
from xlperf.rules.finding_keys import key_without_rule
from xlperf.rules.formulas.native import lowest


def add_first_row(checks: SheetChecks) -> None:
    """A step to the first row of the form where something is open; a large number if nothing is."""
    top, bottom = checks.lines[0][0], checks.lines[-1][0]
    tokens, rows = (address(Box(top, col, 1, bottom - top + 1)) for col in (TOTAL, ROW))
    found = "+".join(f'ISNUMBER(FIND("{mark}",{tokens}))' for mark in CHECK_SIGNS[:-1])
    add_step(checks, checks.results_row, "first", lowest(rows, f"({found}>0)"))


def add_singles(checks: SheetChecks, row: int) -> int:
    """A line for each single field with checks, and for each list as a whole; the next free row."""
    at = anchors(checks.layout)
    groups = [key for key in keys((GROUP,), "projects") if checks.root]
    parts = {group for group in groups if any(key.startswith(f"{group}/") for key in at)}
    for key in [*(cell.ref for cell in checks.layout.form.singles()), *sorted(parts), *LISTS]:
        names = (key, *(name for name, same in ALIAS.items() if same == key))
        text = "&".join(filter(None, (_fired(checks, name) for name in names)))
        if text and (place := places_of(key, at)):
            checks.line(row, text, place)
            if key in at:  # the place of a single field, for its colour
                checks.put(row, OWN, f"COLUMN({address(Box(*at[key].at))})")
            checks.fields[key] = address(Box(row, TOTAL))
            checks.tokens[checks.root, key, 0] = (row, TOTAL)
            row += 1
    return row


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
    if key in LISTS:  # its headings, which stay when its rows go
        return f"ROW({address(headings(box))})"
    return f"ROW({address(Box(*box.at))})"


def fields_of(checks: SheetChecks, at: Mapping[str, Box]) -> Iterable[tuple[str, list[Box], str]]:
    """Each single field's key and box, or all of a group of fields, and the cell of its tokens."""
    for key, cell in checks.fields.items():
        group = "" if key in LISTS else f"{key}/"
        if boxes := [at[name] for name in at if name == key or (group and name.startswith(group))]:
            yield key, boxes, cell
