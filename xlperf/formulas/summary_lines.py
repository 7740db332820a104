"""The lines of the summary's lists: how many, where, and what checks look up of all projects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from xlperf.forms.defined_names import field_name
from xlperf.forms.made_sheets.book_sheets import summary_of
from xlperf.formulas.contributions import sheet_of
from xlperf.formulas.cross_sheet import SheetAddresses
from xlperf.layout import Box, Coord, Formula, Layout, anchors, place
from xlperf.layout.addresses import address
from xlperf.record import Department
from xlperf.rules.formulas.native import literal
from xlperf.wording import official

UNITS = 4  # at least so many lines for units
SPARE_UNITS = 2  # lines for units that the department may add
NO_SUCH_SHEET = "-"  # what is looked up of a line without a sheet; no code, unit or name is this
SPARE_PROJECTS = 3  # lines in which people name sheets that they have copied
COLUMNS_ASIDE = 3  # columns between the table and what is listed for the checks
LINE_FORMULAS = {
    "title": "sheet.title",
    "line": "",
    "code": "code.folded",
    "name": "name.compact",
    "unit": "unit.code",
}  # what checks look up of all projects, and the step of a project's checks that tells it


def lines_for(units: int) -> int:
    """How many lines the summary has for so many units: some are for those still to come."""
    return max(UNITS, units + SPARE_UNITS)


def layout_of(unit_lines: int, projects: int, edition: str, further: int = 0) -> Layout:
    """Where everything stands on the summary with so many lines for units and so many projects.

    Between these and the spare lines is room for `further` projects, which are not laid out.
    """
    counts = {"units": unit_lines, "projects": projects + SPARE_PROJECTS}
    layout = place(summary_of(edition), {key: [{}] * count for key, count in counts.items()})
    first_spare = layout.rows - SPARE_PROJECTS + 1
    slots = (
        replace(slot, box=replace(slot.box, row=slot.box.row + further))
        if slot.box.row >= first_spare
        else slot
        for slot in layout.slots
    )
    return Layout(layout.form, tuple(slots), layout.rows + further) if further else layout


def listing(record: Department, projects: int) -> dict[str, str]:
    """What checks look up of all projects, and where: a hidden list beside the table."""
    unit_lines = lines_for(len(record.units))
    layout = layout_of(unit_lines, min(projects, 1), record.edition, max(projects - 1, 0))
    box = anchors(layout)["projects/number"]
    left = len(layout.form.widths) + COLUMNS_ASIDE
    return {
        f"all/{name}": address(Box(box.row, left + at, 1, box.height), official("sheet.summary"))
        for at, name in enumerate(LINE_FORMULAS)
    }


def spare_names(at: Mapping[str, Box]) -> Box:
    """The cells of the table of projects into which people write the titles of copied sheets."""
    box = at["projects/name"]
    return Box(box.bottom - SPARE_PROJECTS + 1, box.col, box.width, SPARE_PROJECTS)


def listed_cells(layout: Layout, forms: Sequence[SheetAddresses]) -> dict[Coord, Any]:
    """What checks look up of all projects, beside the lines of the table."""
    at = anchors(layout)
    left, top = len(layout.form.widths) + COLUMNS_ASIDE, at["projects/number"].row
    rows = {place: _listed(form, form.number or place + 1) for place, form in enumerate(forms)}
    height = at["projects/number"].height
    rows |= {n: _named_by_hand(at, n) for n in range(height - SPARE_PROJECTS, height)}
    return {
        (top + position, left + column): content
        for position, row in rows.items()
        for column, content in enumerate(row)
    }


def _listed(form: SheetAddresses, number: int) -> list[Any]:
    steps = LINE_FORMULAS.values()
    return [form.linked_field(step, NO_SUCH_SHEET) if step else number for step in steps]


def _named_by_hand(at: Mapping[str, Box], position: int) -> list[Any]:
    """The same of a sheet that is named in the table."""

    def cell(key: str) -> str:
        box = at[f"projects/{key}"]
        return address(Box(box.row + position, box.col))

    nothing, titled = literal(NO_SUCH_SHEET), cell("name")
    name = f'INDIRECT({sheet_of(titled, field_name("name"))})&""'
    facts = {"title": titled, "code": cell("code"), "unit": cell("unit"), "name": name}
    formulas = {
        key: Formula(f"=IFERROR(IF(LEN({titled})=0,{nothing},{text}),{nothing})")
        for key, text in facts.items()
    }
    return [{**formulas, "line": position + 1}[key] for key in LINE_FORMULAS]
