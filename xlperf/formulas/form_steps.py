"""The steps on the way from a form's single fields to what their checks look at."""

from __future__ import annotations

from xlperf.editions import Traits
from xlperf.formulas.sheet_checks import (
    FIRST_LINE_COLUMN,
    NUMERIC_KINDS,
    SheetChecks,
    add_step,
    is_lacking,
    lacking,
    number_fields,
)
from xlperf.layout import Box, anchors
from xlperf.layout.addresses import address
from xlperf.rules.formulas.native import names_in
from xlperf.rules.formulas.shown_values import year_as_read
from xlperf.rules.formulas.steps import RULE_STEPS


def add_steps(checks: SheetChecks, row: int) -> None:
    """The form's own cells, and steps on the way from them, from a row on.

    Like steps of several numbers stand below each other: LibreOffice makes a formula that is shared
    to the right anew for each of its cells.
    """
    at, numbers = anchors(checks.layout), number_fields(checks.layout)
    for cell in checks.layout.form.singles():
        where_it_is = address(Box(*at[cell.ref].at))
        if cell.kind in NUMERIC_KINDS:
            checks.names[cell.ref] = where_it_is
        else:  # what cannot be calculated says nothing
            text = year_as_read(where_it_is) if cell.kind == "year" else f'{where_it_is}&""'
            add_step(checks, row, cell.ref, f'IFERROR({text},"")')
    columns: dict[str, int] = {}
    for name, text in steps_of(checks.root, checks.traits):
        key, _, kind = name.rpartition(".")
        col = 1 + max((col for at, col in checks.cells if at >= row), default=FIRST_LINE_COLUMN - 1)
        if key in numbers:
            col = columns.setdefault(kind, col)
        down = numbers.index(key) if key in numbers else 0
        checks.names[name] = checks.put(row + down, col, checks.formula(text))


def steps_of(of: str, traits: Traits) -> list[tuple[str, str]]:
    """The steps to what the checks look at, as far as the edition's forms have it.

    A step that builds on one which is left out is left out, too.
    """
    result, left_out = list[tuple[str, str]](), set[str]()
    for name, text in RULE_STEPS.get(of, {}).items():
        names = {before.rpartition(":")[2] for before in names_in(text)}
        if names & left_out or is_lacking(name, of, traits) or lacking(text, of, traits):
            left_out.add(name)
        else:
            result.append((name, text))
    return result
