"""A roll-up as a workbook: totals by formulas over a list of projects, charts, files set aside."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.forms.books import ROLLUP, ROLLUP_ASIDE, ROLLUP_PROJECTS
from xlperf.layout import Box, Form, Formula, anchors, fill, place
from xlperf.record import MONTHS
from xlperf.totals import Group, Line, Rollup
from xlperf.wording import say
from xlperf.workbook import charts, formulas
from xlperf.workbook.formulas import SUMS, Sheet
from xlperf.workbook.looks import Looks, dressed_book
from xlperf.workbook.packing import save
from xlperf.workbook.prototype import draw, page, pour

CHARTS = (5, 5)  # columns of the charts beside one another


def write_rollup(rollup: Rollup, path: Path) -> None:
    """Write the roll-up's workbook, whole or not at all."""
    save(rollup_book(rollup), path)


def rollup_book(rollup: Rollup) -> Workbook:
    """The workbook of a roll-up."""
    book, looks = dressed_book()
    totals = book.create_sheet(say("rollup.sheet_totals"))
    projects = book.create_sheet(say("rollup.sheet_projects"))
    lines = {"projects": [_line(line) for line in rollup.lines]}
    listed = _write(projects, looks, ROLLUP_PROJECTS, lines)
    _write_totals(totals, looks, rollup, listed)
    if rollup.set_aside:
        aside = book.create_sheet(say("rollup.sheet_aside"))
        files = [{"file": each.file, "reason": each.reason} for each in rollup.set_aside]
        _write(aside, looks, ROLLUP_ASIDE, {"files": files})
    looks.done(book)
    book.calculation.fullCalcOnLoad = True
    book.properties.creator = "xlperf"
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is totals
        page(sheet, landscape=True)
    return book


def _write(sheet: Worksheet, looks: Looks, form: Form, values: dict[str, Any]) -> Sheet:
    filled = fill(form, values)
    draw(sheet, filled.layout, looks)
    pour(sheet, filled)
    return Sheet(sheet.title, anchors(filled.layout))


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
        **{f"by_{month}": line.planned[month] for month in MONTHS},
        "file": line.file,
    }


def _write_totals(sheet: Worksheet, looks: Looks, rollup: Rollup, listed: Sheet) -> None:
    groups: dict[str, Any] = {"departments": rollup.departments, "units": rollup.units}
    layout = place(ROLLUP, {key: [{}] * len(found) for key, found in groups.items()})
    here = Sheet(sheet.title, anchors(layout))
    years = say("rollup.years", years=", ".join(rollup.years)) if rollup.years else ""
    values = {
        "title": say("rollup.title") + years,
        "hint": say("rollup.hint", files=rollup.files, aside=len(rollup.set_aside)),
        "total": {key: formulas.total(listed.column(f"projects/{key}")) for key in SUMS}
        | {"count": Formula(f"=COUNT({listed.column('projects/budget')})")},
        "departments": _groups(rollup.departments, here, listed, "department"),
        "units": _groups(rollup.units, here, listed, "unit"),
    }
    filled = fill(ROLLUP, values)
    draw(sheet, layout, looks)
    pour(sheet, filled)
    sheet.freeze_panes = "C4"
    _charts(sheet, anchors(layout), rollup, layout.rows)


def _groups(groups: Sequence[Group], here: Sheet, listed: Sheet, key: str) -> list[dict[str, Any]]:
    """A line for each group; codes are compared exactly, as text (SUMIF would see numbers)."""
    column = listed.column(f"projects/{key}")
    found = []
    for position, group in enumerate(groups):
        code = here.item(f"{key}s/code", position)
        same = f"--({column}={code})"
        sums = {
            each: Formula(f"=ROUND(SUMPRODUCT({same},{listed.column(f'projects/{each}')}),2)")
            for each in SUMS
        }
        count = Formula(f"=SUMPRODUCT({same})")
        found.append({"code": group.code, "name": group.name, **sums, "count": count})
    return found


def _charts(sheet: Worksheet, at: dict[str, Box], rollup: Rollup, bottom: int) -> None:
    if not rollup.lines:
        return
    many = len(rollup.departments) > 1
    key = "departments" if many else "units"
    title = say("rollup.chart_departments" if many else "rollup.chart_units")
    row, height = bottom + 2, charts.rows_of_bars(at[f"{key}/name"].height)
    left, right = CHARTS
    charts.bars(sheet, title, at[f"{key}/name"], at[f"{key}/budget"], Box(row, 1, left, height))
    first = at["total/by_03"]
    names = Box(first.row - 1, first.col, len(MONTHS))
    months = Box(first.row, first.col, len(MONTHS))
    where = Box(row, 1 + left, right, charts.LEAST)
    charts.line(sheet, say("rollup.chart_months"), names, months, where)
