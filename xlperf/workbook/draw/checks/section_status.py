"""A status for each section of a form: one line that says how it stands and leads to it."""

from __future__ import annotations

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.fields import keys, table
from xlperf.forms import refs_of
from xlperf.forms.defined_names import AID
from xlperf.formulas.book_checks import PANEL
from xlperf.formulas.field_checks import places_of
from xlperf.formulas.sheet_checks import DOUBT, EMPTY_SIGN, FAULT, SheetChecks
from xlperf.formulas.typed import (
    Boolean,
    Text,
    Texts,
    any_of,
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
from xlperf.layout.addresses import address, cell_address, to_box
from xlperf.rules.formulas.native import literal
from xlperf.wording import say
from xlperf.workbook.cells import cell_at
from xlperf.workbook.draw.cell_styles import CellStyles
from xlperf.workbook.draw.checks.check_cells import to_sheet
from xlperf.workbook.draw.checks.conditional_formats import (
    ALARM_COLOURS,
    STATUS_COLOURS,
    add_format,
)
from xlperf.workbook.names import define_name

FIRST_STATUS_LINE = 5  # the first line, below the sheet's own status
HEAD_FIELDS = tuple(
    key for key in keys(("heading",), "projects") if table()[f"projects/{key}"].word
)  # who, when, what kind
SECTION_FIELDS = {
    "project": {
        "basics": ("code", "name", "unit", *HEAD_FIELDS),
        "budget": ("budget", "fiscal", "other", "purpose", "overview"),
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
STATUS_KEYS = {EMPTY_SIGN: "status.incomplete", FAULT: "status.faulty", DOUBT: "status.doubt"}
WIDTH = 18  # of the column with the lines, in digits


def show_sections(sheet: Worksheet, checks: SheetChecks, styles: CellStyles) -> None:
    """Put the lines beside the form; they and the sheet's status are coloured by what they say."""
    listed = sections_of(checks.layout.form)
    area = sections_area(checks.layout.form)
    col = area.col
    for row, (name, refs) in enumerate(listed.items(), area.row):
        cell = cell_at(sheet, row, col)
        words = joined(text(say(f"section.{name}")), status(checks, refs))
        target = Text(f"{to_sheet(sheet, checks)}&{first_row(checks, refs)}")
        cell.value = f"={if_error(link(target, words), text(say('status.broken')))}"
        styles.give(cell, "link_center")
    define_name(sheet, AID + "sections", area)
    sheet.column_dimensions[get_column_letter(col)].width = WIDTH
    of_sheet = to_box(checks.names["status"])
    for areas in ([of_sheet, area],) if of_sheet.col == area.col else ([of_sheet], [area]):
        _colour(sheet, areas)


def _colour(sheet: Worksheet, areas: list[Box]) -> None:
    """Colour cells by the status that they end with; any other text is as bad as a fault.

    The first area is the uppermost one, and all are of one column: the formulas are of its cell.
    """
    first = "$" + cell_address(*areas[0].at)
    for key, (fill, ink) in STATUS_COLOURS.items():
        word = say(key)
        ends = f"RIGHT({first},{len(word)})={literal(word)}"
        add_format(sheet, areas, ends, fill=fill, font=ink)
    fill, ink = ALARM_COLOURS
    add_format(sheet, areas, f"LEN({first})>0", fill=fill, font=ink)


def sections_area(form: Form) -> Box:
    """The lines' cells, beside rows that no list has: these may be deleted whole.

    Below the sheet's status or, where lists begin high up on the form, beside it.
    """
    beside = form.name == "department"
    col = len(form.widths) + PANEL + beside
    return Box(1 if beside else FIRST_STATUS_LINE, col, 1, len(sections_of(form)))


def sections_of(form: Form) -> dict[str, tuple[str, ...]]:
    """The sections that a form has, each with the fields of it that the form has."""
    refs = [ref for role, ref in refs_of(form) if role == "field"]
    by_section = {
        name: tuple(key for key in listed if any(belongs(ref, (key,)) for ref in refs))
        for name, listed in SECTION_FIELDS[form.name].items()
    }
    return {name: listed for name, listed in by_section.items() if listed}


def status(checks: SheetChecks, keys: tuple[str, ...]) -> Text:
    """The word of the gravest check that fires in some fields, as a formula; "good" for none."""
    cases = [(fires(checks, keys, sign), text(say(key))) for sign, key in STATUS_KEYS.items()]
    return first_case(cases, text(say("status.good")))


def fires(checks: SheetChecks, keys: tuple[str, ...], sign: str) -> Boolean:
    """Whether a check of one kind fires in a field, or in a row of a list, as a formula.

    `keys` are the fields and lists of a section, `sign` the mark of the kind.
    """
    cells = [cell for name, cell in checks.fields.items() if belongs(name, keys)]
    for line in checks.rows.values():
        if set(line.cells) <= set(cells):  # a whole row of the form
            cells = [line.tokens, *(cell for cell in cells if cell not in line.cells)]
    cases = [contains(joined(*map(Text, cells)), text(sign))] if cells else []
    for name, box in checks.ranges.items():
        if belongs(name, keys):
            cases.append(more(count_if(each_contains(Texts(address(box)), text(sign))), number(0)))
    return cases[0] if len(cases) == 1 else any_of(*cases)


def belongs(name: str, keys: tuple[str, ...]) -> bool:
    """Whether a field is one of a section's, or below one of them."""
    return any(name == key or name.startswith(key + "/") for key in keys)


def first_row(checks: SheetChecks, keys: tuple[str, ...]) -> str:
    """A formula for the row of the sheet where a section begins, wherever that has moved."""
    at = anchors(checks.layout)
    result = [place for key in keys if (place := places_of(key, at))]
    return result[0] if len(result) == 1 else f"MIN({','.join(result)})"
