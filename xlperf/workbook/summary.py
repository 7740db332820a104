"""The summary sheet: live totals by unit and for the department, a linked line a project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.formatting.rule import CellIsRule, Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.forms.generated import SUMMARY
from xlperf.layout import Box, Filled, Formula, anchors, fill, place
from xlperf.record import Department
from xlperf.wording import official, say
from xlperf.workbook import formulas
from xlperf.workbook.formulas import MONTHS, SUMS, Sheet, quote
from xlperf.workbook.links import link
from xlperf.workbook.looks import Looks
from xlperf.workbook.names import AID, address, mark
from xlperf.workbook.prototype import draw, page, pour
from xlperf.workbook.sheets import cell_at

PUBLIC = {
    "XP_BUDGET": "total/budget",
    "XP_FISCAL": "total/fiscal",
    "XP_OTHER": "total/other",
    **{f"XP_PLAN_{month}": f"total/by_{month}" for month in MONTHS},
    "XP_PROJECTS": "total/count",
    "XP_STATUS": "total/status",
}
COLOURS = {"status.good": ("FFE2EFDA", "FF375623"), "status.incomplete": ("FFFFF2CC", "FF7F6000")}
ALARM = ("FFFCE4D6", "FFC00000")


def write_summary(
    sheet: Worksheet, looks: Looks, record: Department, forms: Sequence[Sheet], own: Sheet
) -> None:
    """Draw and fill the summary; `forms` are the projects' sheets, `own` the department's."""
    counts: Mapping[str, Any] = {"units": [{}] * len(record.units), "projects": [{}] * len(forms)}
    layout = place(SUMMARY, counts)
    here = Sheet(sheet.title, anchors(layout))
    filled = fill(SUMMARY, _values(here, record, forms, own))
    draw(sheet, layout, looks)
    pour(sheet, filled, fill(SUMMARY, _texts(record)))
    page(sheet, landscape=True)
    sheet.freeze_panes = "D3"
    _links(sheet, layout_box(filled, "projects/name"), forms)
    _public(sheet, anchors(layout))
    mark(sheet, AID + "area", Box(1, 1, len(SUMMARY.widths), layout.rows))
    for key in ("projects/status", "units/status", "total/status", "rest/status"):
        colour(sheet, layout_box(filled, key))


def layout_box(filled: Filled, key: str) -> Box:
    """Where a field or a list's column stands."""
    return anchors(filled.layout)[key]


def _values(here: Sheet, record: Department, forms: Sequence[Sheet], own: Sheet) -> dict[str, Any]:
    heading = f"={own['department/name']}&{own['fiscal_year']}&{quote(say('summary.title'))}"
    return {
        "title": Formula(heading),
        "hint": say("summary.hint"),
        "units": [_unit(here, own, i) for i in range(len(record.units))],
        "rest": _rest(here),
        "total": _total(here),
        "projects": [_project(here, form, i) for i, form in enumerate(forms)],
    }


def _project(here: Sheet, form: Sheet, position: int) -> dict[str, Any]:
    code = here.item("projects/code", position)
    codes = here.column("projects/code")
    return {
        "number": position + 1,
        "code": formulas.shown(form["code"]),
        "name": formulas.shown(form["name"]),
        "unit": formulas.unit_code(form["unit"]),
        **{key: formulas.shown(form[key]) for key in ("budget", "fiscal", "other")},
        **{f"by_{month}": formulas.planned(form, month) for month in MONTHS},
        "indicators": Formula(f"=COUNTA({form.column('indicators/name')})"),
        "status": formulas.project_status(form, code, codes),
    }


def _unit(here: Sheet, own: Sheet, position: int) -> dict[str, Any]:
    code, units = here.item("units/code", position), here.column("projects/unit")
    sums = {key: formulas.total_of(code, units, here.column(f"projects/{key}")) for key in SUMS}
    return {
        "code": formulas.shown(own.item("units/code", position)),
        "name": formulas.shown(own.item("units/name", position)),
        **sums,
        "count": Formula(f"=SUMPRODUCT(--({units}={code}))"),
        "status": formulas.unit_status(code, units, here.column("projects/status")),
    }


def _rest(here: Sheet) -> dict[str, Any]:
    sums = {key: formulas.rest(here[f"total/{key}"], here.column(f"units/{key}")) for key in SUMS}
    count = Formula(f"={here['total/count']}-SUM({here.column('units/count')})")
    amiss = [(f"{here['rest/count']}<>0", say("status.faulty"))]
    return {**sums, "count": count, "status": formulas.first(amiss, say("status.good"))}


def _total(here: Sheet) -> dict[str, Any]:
    statuses = here.column("projects/status")
    return {
        **{key: formulas.total(here.column(f"projects/{key}")) for key in SUMS},
        "count": Formula(f"=COUNT({here.column('projects/number')})"),
        "status": formulas.overall_status(statuses, here["rest/count"]),
    }


def _texts(record: Department) -> dict[str, Any]:
    """The texts that the formulas will show, to measure the rows by."""
    return {
        "units": [{"name": unit.name} for unit in record.units],
        "projects": [{"name": each.name, "code": each.code} for each in record.projects],
    }


def _links(sheet: Worksheet, box: Box, forms: Sequence[Sheet]) -> None:
    for position, form in enumerate(forms):
        link(cell_at(sheet, box.row + position, box.col), form.title, say("summary.open"))


def _public(sheet: Worksheet, at: Mapping[str, Box]) -> None:
    """The workbook-scoped names that others may use."""
    book = sheet.parent
    assert isinstance(book, Workbook)
    for name, key in PUBLIC.items():
        target = address(at[key], official("sheet.summary"))
        book.defined_names[name] = DefinedName(name, attr_text=target)


def colour(sheet: Worksheet, box: Box) -> None:
    """Colour the words of a status: in order, to be filled in, anything else."""
    cells = address(box).replace("$", "")
    for key, colours in COLOURS.items():
        sheet.conditional_formatting.add(cells, _when("equal", quote(say(key)), colours))
    sheet.conditional_formatting.add(cells, _when("notEqual", '""', ALARM))


def _when(operator: str, than: str, colours: tuple[str, str]) -> Rule:
    fill_colour, font_colour = colours
    rule: Rule = CellIsRule(  # type: ignore[no-untyped-call]
        operator=operator,
        formula=[than],
        stopIfTrue=True,
        fill=PatternFill("solid", bgColor=fill_colour),
        font=Font(color=font_colour),
    )
    return rule
