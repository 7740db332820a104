"""A status for each section of a form: one line that says how it stands and leads to it."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.formula_words import (
    Number,
    Text,
    Texts,
    added,
    as_number,
    contains,
    count_if,
    each_contains,
    first_case,
    if_error,
    joined,
    link,
    more,
    number,
    text,
)
from xlperf.layout import Box, Form, anchors
from xlperf.wording import say
from xlperf.workbook.check_column import PANEL
from xlperf.workbook.checks import to_sheet
from xlperf.workbook.conditional import COLOURS, INK, add_format
from xlperf.workbook.formulas import quote
from xlperf.workbook.looks import Looks
from xlperf.workbook.machine import DOUBT, EMPTY, FAULT, Machine, where
from xlperf.workbook.names import AID, address, cell_address, mark
from xlperf.workbook.sheets import cell_at

TOP = 5  # the first line, below the sheet's own status
SECTIONS = {
    "project": {
        "basics": ("code", "name", "unit"),
        "budget": ("budget", "fiscal", "other", "purpose"),
        "spending_plan": ("spending_plan",),
        "goals": ("goals",),
        "indicators": ("indicators",),
    },
    "department": {
        "basics": ("department", "region", "fiscal_year"),
        "units": ("units",),
        "overall_goal": ("overall_goal",),
        "activities": ("activities",),
        "safeguards": ("safeguards",),
    },
}
STATUSES = {EMPTY: "status.incomplete", FAULT: "status.faulty", DOUBT: "status.doubt"}
WIDTH = 18  # of the column with the lines, in digits
GOOD = ("FFE2EFDA", "FF375623")


def show_sections(sheet: Worksheet, machine: Machine, looks: Looks) -> None:
    """Put the lines beside the form, each coloured by its status."""
    listed = SECTIONS[machine.layout.form.name]
    area = sections_area(machine.layout.form)
    col = area.col
    for row, (name, keys) in enumerate(listed.items(), area.row):
        cell = cell_at(sheet, row, col)
        said = joined(text(say(f"section.{name}")), status(machine, keys))
        target = Text(f"{to_sheet(sheet, machine)}&{first_row(machine, keys)}")
        cell.value = f"={if_error(link(target, said), text(say('status.broken')))}"
        looks.give(cell, "link_center")
    mark(sheet, AID + "sections", area)
    sheet.column_dimensions[get_column_letter(col)].width = WIDTH
    first = "$" + cell_address(*area.at)
    good = say("status.good")
    for key, (fill, ink) in {good: GOOD, **dict(alarms())}.items():
        ends = f"RIGHT({first},{len(key)})={quote(key)}"
        add_format(sheet, area, ends, fill=fill, font=ink)


def sections_area(form: Form) -> Box:
    """The lines' cells, beside rows that no list has: these may be deleted whole.

    Below the sheet's status or, where lists begin high up on the form, beside it.
    """
    beside = form.name == "department"
    col = len(form.widths) + PANEL + beside
    return Box(1 if beside else TOP, col, 1, len(SECTIONS[form.name]))


def alarms() -> Iterator[tuple[str, tuple[str, str]]]:
    """The words for what is open, with their colours."""
    for sign, key in STATUSES.items():
        yield say(key), (COLOURS[sign], INK[sign])


def status(machine: Machine, keys: tuple[str, ...]) -> Text:
    """The gravest thing that the checks of some fields say, in one word."""
    cases = [
        (more(count(machine, keys, sign), number(0)), text(say(key)))
        for sign, key in STATUSES.items()
    ]
    return first_case(cases, text(say("status.good")))


def count(machine: Machine, keys: tuple[str, ...], sign: str) -> Number:
    """In how many fields, or rows of a list, a check of one kind fires."""
    of_fields = [
        as_number(contains(Text(cell), text(sign)))
        for name, cell in machine.fields.items()
        if belongs(name, keys)
    ]
    of_lists = [
        count_if(each_contains(Texts(address(box)), text(sign)))
        for name, box in machine.ranges.items()
        if belongs(name, keys)
    ]
    return added(*of_fields, *of_lists)


def belongs(name: str, keys: tuple[str, ...]) -> bool:
    """Whether a field is one of a section's, or below one of them."""
    return any(name == key or name.startswith(key + "/") for key in keys)


def first_row(machine: Machine, keys: tuple[str, ...]) -> str:
    """The row on the form where a section begins, wherever that has moved."""
    at = anchors(machine.layout)
    found = [place for key in keys if (place := where(key, at))]
    return found[0] if len(found) == 1 else f"MIN({','.join(found)})"
