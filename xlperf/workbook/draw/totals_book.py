"""A roll-up as a workbook: totals by formulas over a list of projects, charts, files set aside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.files import write_bytes
from xlperf.forms.books import ROLLUP, ROLLUP_ASIDE, ROLLUP_PROJECTS, ROLLUP_REMARKS
from xlperf.formulas import expressions
from xlperf.formulas.expressions import SUMS, SheetAddresses
from xlperf.layout import Box, Form, Formula, Layout, anchors, fill, place
from xlperf.record import MONTHS
from xlperf.survey import Survey
from xlperf.totals import Group, Line, Rollup
from xlperf.wording import say
from xlperf.workbook.cells import cell_at
from xlperf.workbook.draw import charts
from xlperf.workbook.draw.cell_styles import CellStyles, dressed_book
from xlperf.workbook.draw.form_sheet import draw, page, write_values
from xlperf.workbook.draw.links import MOST_LINKS, Goal, lead, lead_inside
from xlperf.workbook.draw.survey_book import add_answers
from xlperf.workbook.package.saving import pack_book

CHARTS = (5, 5)  # columns of the charts beside one another
MATCHED = {  # what a group's projects have in common: their column, the group's own
    "departments": {"department": "code", "department_name": "name"},
    "units": {
        "department": "department",
        "department_name": "department_name",
        "unit": "code",
    },
}


def write_rollup(rollup: Rollup, path: Path, answers: Survey | None = None) -> None:
    """Write the roll-up's workbook, whole or not at all; with the sheets of a survey of it."""
    write_bytes(path, pack_book(rollup_book(rollup, answers, path)))


def rollup_book(
    rollup: Rollup, answers: Survey | None = None, target: Path | None = None
) -> Workbook:
    """The workbook of a roll-up.

    `answers` is a survey of the same files; `target` is where the workbook will be, from which
    its links lead to them.
    """
    book, looks = dressed_book()
    totals = book.create_sheet(say("rollup.sheet_totals"))
    projects = book.create_sheet(say("rollup.sheet_projects"))
    lines = {"projects": [_line(line) for line in rollup.lines]}
    at = _write(projects, looks, ROLLUP_PROJECTS, lines)
    _lead_to_files(projects, at["projects/place"], rollup, target or Path())
    _write_totals(totals, looks, rollup, SheetAddresses(projects.title, at))
    _lead_to_projects(totals, rollup, projects.title, at["projects/department"].row)
    if rollup.set_aside:
        aside = book.create_sheet(say("rollup.sheet_aside"))
        files = [{"file": item.file, "reason": item.reason} for item in rollup.set_aside]
        _write(aside, looks, ROLLUP_ASIDE, {"files": files})
    if rollup.remarks:
        remarks_sheet = book.create_sheet(say("rollup.sheet_remarks"))
        remarks = [{"remark": remark} for remark in rollup.remarks]
        _write(remarks_sheet, looks, ROLLUP_REMARKS, {"remarks": remarks})
    if answers is not None:
        add_answers(book, looks, answers, target or Path(), book.index(totals) + 1)
    looks.done(book)
    book.calculation.fullCalcOnLoad = True
    book.properties.creator = "xlperf"
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is totals
        page(sheet, landscape=True)
    return book


def _write(
    sheet: Worksheet, styles: CellStyles, form: Form, values: dict[str, Any]
) -> dict[str, Box]:
    filled = fill(form, values)
    draw(sheet, filled.layout, styles)
    write_values(sheet, filled)
    return anchors(filled.layout)


def _lead_to_files(sheet: Worksheet, place: Box, rollup: Rollup, target: Path) -> None:
    """Links from the projects to the cells of their budgets, and buttons to filter them."""
    for row, line in enumerate(rollup.lines[:MOST_LINKS], place.row):
        lead(cell_at(sheet, row, place.col), Goal(line.file, line.place), target)
    last = max(place.row, place.row + len(rollup.lines) - 1)
    sheet.auto_filter.ref = f"A{place.row - 1}:{get_column_letter(place.col)}{last}"


def _lead_to_projects(sheet: Worksheet, rollup: Rollup, title: str, first: int) -> None:
    """Links from the names of departments and units to the first of their projects in the list.

    `title`: of the sheet with the list; `first`: the row of its first project.
    """
    at = anchors(_layout(rollup))
    rows: dict[tuple[str, ...], int] = {}
    for row, line in enumerate(rollup.lines, first):
        owner = line.department, line.department_name
        rows.setdefault(owner, row)
        rows.setdefault((*owner, line.unit), row)
    groups: dict[str, list[tuple[str, ...]]] = {
        "departments": [(group.code, group.name) for group in rollup.departments],
        "units": [(g.department, g.department_name, g.code) for g in rollup.units],
    }
    for key, names in groups.items():
        box = at[f"{key}/name"]
        for number, name in enumerate(names[:MOST_LINKS]):
            cell = cell_at(sheet, box.row + number, box.col)
            lead_inside(cell, title, f"A{rows[name]}")


def _line(line: Line) -> dict[str, Any]:
    return {
        "department": line.department,
        "department_name": line.department_name,
        "unit": line.unit,
        "code": line.code,
        "name": line.name,
        "budget": line.budget,
        "fiscal": line.fiscal,
        "other": line.other,
        **{f"by_{month}": share for month, share in line.planned.items()},
        "file": line.file,
        "place": Goal(line.file, line.place).words,
    }


def _write_totals(
    sheet: Worksheet, styles: CellStyles, rollup: Rollup, listed: SheetAddresses
) -> None:
    """Write the sheet of totals."""
    groups = {"departments": rollup.departments, "units": rollup.units}
    layout = _layout(rollup)
    here = SheetAddresses(sheet.title, anchors(layout))
    years = say("rollup.years", years=", ".join(rollup.years)) if rollup.years else ""
    facts = {"aside": len(rollup.set_aside), "remarks": len(rollup.remarks)}
    texts = {
        "title": say("rollup.title") + years,
        "hint": say("rollup.hint", files=rollup.files, **facts),
    }
    total = {key: expressions.total(listed.column(f"projects/{key}")) for key in SUMS}
    count = Formula(f"=COUNT({listed.column('projects/budget')})")
    by_group = {
        key: [_group(group) | _added(here, listed, key, n) for n, group in enumerate(group_list)]
        for key, group_list in groups.items()
    }
    filled = fill(ROLLUP, {**texts, "total": total | {"count": count}, **by_group})
    draw(sheet, layout, styles)
    write_values(sheet, filled)
    sheet.freeze_panes = "C4"
    _charts(sheet, anchors(layout), rollup, layout.rows)


def _layout(rollup: Rollup) -> Layout:
    """Where everything stands on the sheet of totals."""
    return place(ROLLUP, {key: [{}] * len(getattr(rollup, key)) for key in MATCHED})


def _group(group: Group) -> dict[str, Any]:
    """What names a group."""
    keys = ("code", "name", "department", "department_name")
    return {key: getattr(group, key) for key in keys}


def _added(
    here: SheetAddresses, listed: SheetAddresses, key: str, position: int
) -> dict[str, Formula]:
    """A group's formulas: the projects whose department, and unit, are written exactly so.

    EXACT, as everything else takes "7" for "007", "5*" for a pattern or "a" for "A".
    """
    same = ",".join(
        f"--EXACT({listed.column(f'projects/{column}')},{here.item(f'{key}/{field}', position)})"
        for column, field in MATCHED[key].items()
    )
    sums = {
        amount: Formula(f"=ROUND(SUMPRODUCT({same},{listed.column(f'projects/{amount}')}),2)")
        for amount in SUMS
    }
    return sums | {"count": Formula(f"=SUMPRODUCT({same})")}


def _charts(sheet: Worksheet, at: dict[str, Box], rollup: Rollup, bottom: int) -> None:
    if not rollup.lines:
        return
    many = len(rollup.departments) > 1
    key = "departments" if many else "units"
    title = say("rollup.chart_departments" if many else "rollup.chart_units")
    row, height = bottom + 2, charts.rows_of_bars(at[f"{key}/name"].height)
    left, right = CHARTS
    charts.bars(sheet, title, at[f"{key}/name"], at[f"{key}/budget"], Box(row, 1, left, height))
    first = at[f"total/by_{MONTHS[0]}"]
    names = Box(first.row - 1, first.col, len(MONTHS))
    months = Box(first.row, first.col, len(MONTHS))
    where = Box(row, 1 + left, right, charts.LEAST)
    charts.line(sheet, say("rollup.chart_months"), names, months, where)
