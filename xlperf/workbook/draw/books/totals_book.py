"""A roll-up as a workbook: totals by formulas over a list of projects, charts, files set aside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.characters.control import visible
from xlperf.forms.made_sheets.books import (
    ROLLUP_ASIDE,
    ROLLUP_REMARKS,
    SPENDING_FIELDS,
    rollup_form,
    rollup_projects_form,
)
from xlperf.formulas import cross_sheet
from xlperf.formulas.cross_sheet import SUMMARY_SUMS, SheetAddresses
from xlperf.layout import Box, Formula
from xlperf.layout.long_lists import LazyRows, lay_out
from xlperf.record import PLAN_MONTHS, round_cent
from xlperf.reviewing.survey import Survey
from xlperf.storage.files import write_bytes
from xlperf.totals import HUNDRED, Rollup, Sums, TotalsGroup, TotalsLine
from xlperf.wording import say
from xlperf.workbook.draw import charts
from xlperf.workbook.draw.books.list_sheets import (
    Extras,
    FormulaWithResult,
    StreamedSheet,
    list_sheet,
    pack_lists,
)
from xlperf.workbook.draw.books.survey_book import add_answers
from xlperf.workbook.draw.cell_styles import CellStyles, dressed_book
from xlperf.workbook.draw.form_sheet import page
from xlperf.workbook.draw.links import LinkTarget, link_inside, link_to
from xlperf.workbook.package.sheet_xml.list_rows import CellLink

RATE_FORMAT = "0.00%"
MOST_LISTED = 1_000_000  # projects of the list: Excel has 1,048,576 rows
MOST_COMPARED = 100_000_000  # projects × groups that formulas may compare, some seconds of Excel's
CHARTS = (5, 5)  # columns of the charts beside one another
GROUP_COLUMNS = {  # what a group's projects have in common: their column, the group's own
    "departments": {"department": "code", "department_name": "name"},
    "units": {
        "department": "department",
        "department_name": "department_name",
        "unit": "code",
    },
}


def write_rollup(rollup: Rollup, path: Path, answers: Survey | None = None) -> None:
    """Write the roll-up's workbook, whole or not at all; with the sheets of a survey of it."""
    write_bytes(path, rollup_file(rollup, answers, path))


def rollup_file(rollup: Rollup, answers: Survey | None = None, target: Path | None = None) -> bytes:
    """The workbook of a roll-up, as the bytes of its file.

    `answers` is a survey of the same files; `target` is where the workbook will be, from which
    its links lead to them.
    """
    target = target or Path()
    book, looks = dressed_book()
    totals = book.create_sheet(say("rollup.sheet_totals"))
    projects = book.create_sheet(say("rollup.sheet_projects"))
    listed = list_sheet(
        projects,
        looks,
        rollup_projects_form(spent=rollup.has_outcomes),
        {"projects": LazyRows(rollup.lines[:MOST_LISTED], _line)},
    )
    _lead_to_files(listed, rollup, target)
    added = _totals(totals, looks, rollup, SheetAddresses(projects.title, listed.at))
    _lead_to_projects(added, rollup, projects.title, listed.at["projects/department"].row)
    sheets = [added, listed, *_further(book, looks, rollup)]
    if answers is not None:
        sheets += add_answers(book, looks, answers, target, book.index(totals) + 1)
    book.calculation.fullCalcOnLoad = True
    book.properties.creator = "xlperf"
    for item in sheets:
        item.sheet.sheet_view.tabSelected = item.sheet is totals
        page(item.sheet, landscape=True)
    return pack_lists(book, looks, sheets)


def _further(book: Workbook, looks: CellStyles, rollup: Rollup) -> Iterator[StreamedSheet]:
    """The sheets of the files that were set aside, and of what to look at, where there are any."""
    if rollup.set_aside:
        files = [{"file": item.file, "reason": item.reason} for item in rollup.set_aside]
        sheet = book.create_sheet(say("rollup.sheet_aside"))
        yield list_sheet(sheet, looks, ROLLUP_ASIDE, {"files": files})
    if rollup.remarks:
        remarks = [{"remark": remark} for remark in rollup.remarks]
        sheet = book.create_sheet(say("rollup.sheet_remarks"))
        yield list_sheet(sheet, looks, ROLLUP_REMARKS, {"remarks": remarks})


def _lead_to_files(listed: StreamedSheet, rollup: Rollup, target: Path) -> None:
    """Links from the projects to the cells of their budgets, and buttons to filter them."""
    place = listed.at["projects/place"]
    folder = target.parent

    def link(line: TotalsLine) -> CellLink:
        return link_to(LinkTarget(line.file, line.place), folder)

    listed.add("projects/place", Extras(LazyRows(rollup.lines[:MOST_LISTED], link)))
    if rollup.has_outcomes:
        listed.add("projects/rate", Extras(number_format=RATE_FORMAT))
    last = place.bottom
    area = f"A{place.row - 1}:{get_column_letter(place.col)}{last}"
    listed.sheet.auto_filter.ref = area


def _lead_to_projects(added: StreamedSheet, rollup: Rollup, title: str, first: int) -> None:
    """Links from the names of departments and units to the first of their projects in the list.

    `title`: of the sheet with the list; `first`: the row of its first project.
    """
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
        added.add(f"{key}/name", Extras([link_inside(title, f"A{rows[name]}") for name in names]))


def _line(line: TotalsLine) -> dict[str, Any]:
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
        **_outcome(line),
        "file": line.file,
        "place": LinkTarget(line.file, line.place).words,
    }


def _outcome(line: TotalsLine) -> dict[str, Any]:
    """What a project reports of a stage."""
    outcome = line.outcome
    if outcome is None:
        return {}
    rest = {"score": outcome.score, "grade": visible(outcome.grade)}
    if outcome.executed is None:
        return rest
    rate = None if outcome.rate is None else round_cent(outcome.rate)
    spent = {"executed": outcome.executed, "of_budget": outcome.of_budget, "rate": rate}
    return {**spent, **rest}


def _totals(
    sheet: Worksheet, styles: CellStyles, rollup: Rollup, listed: SheetAddresses
) -> StreamedSheet:
    """Draw the sheet of totals."""
    groups = {"departments": rollup.departments, "units": rollup.units}
    form = rollup_form(spent=rollup.has_outcomes)
    long = lay_out(form, {key: [{}] * len(group_list) for key, group_list in groups.items()})
    here = SheetAddresses(sheet.title, long.at)
    years = say("rollup.years", years=", ".join(rollup.years)) if rollup.years else ""
    facts = {"aside": len(rollup.set_aside), "remarks": len(rollup.remarks)}
    texts = {
        "title": say("rollup.title") + years,
        "hint": say("rollup.hint", files=rollup.files, **facts),
    }
    if fixed := _is_fixed(rollup):
        texts["hint"] += say("rollup.hint_fixed", listed=min(len(rollup.lines), MOST_LISTED))
    total = {key: cross_sheet.total(listed.column(f"projects/{key}")) for key in SUMMARY_SUMS}
    if rollup.has_outcomes:
        total |= {
            key: cross_sheet.total(listed.column(f"projects/{key}")) for key in SPENDING_FIELDS[:2]
        }
        total["rate"] = _rate(here["total/executed"], here["total/of_budget"])
    total["count"] = Formula(f"=COUNT({listed.column('projects/budget')})")
    by_group = {
        key: [
            _group(group) | _with_results(_added(here, listed, key, n), group.sums, fixed=fixed)
            for n, group in enumerate(group_list)
        ]
        for key, group_list in groups.items()
    }
    values = {**texts, "total": _with_results(total, rollup.totals, fixed=fixed), **by_group}
    totals_sheet = list_sheet(sheet, styles, form, values)
    sheet.freeze_panes = "C4"
    if "total/rate" in totals_sheet.at:
        box = totals_sheet.at["total/rate"]
        sheet.cell(box.row, box.col).number_format = RATE_FORMAT
        for key in groups:
            totals_sheet.add(f"{key}/rate", Extras(number_format=RATE_FORMAT))
    _charts(sheet, totals_sheet.at, rollup, totals_sheet.rows)
    return totals_sheet


def _is_fixed(rollup: Rollup) -> bool:
    """Whether totals are numbers: their formulas would take minutes, or not see all projects."""
    count = len(rollup.lines)
    groups = len(rollup.departments) + len(rollup.units)
    return count > MOST_LISTED or count * groups > MOST_COMPARED


def _with_results(formulas: Mapping[str, Formula], sums: Sums, *, fixed: bool) -> dict[str, Any]:
    """Formulas of amounts, shares of the plan and the count, with what they give; or that alone."""
    amounts: dict[str, Any] = {key: getattr(sums, key) for key in ("budget", "fiscal", "other")}
    amounts |= {f"by_{month}": share for month, share in sums.planned.items()}
    amounts |= {"count": sums.projects, "executed": sums.executed, "of_budget": sums.of_budget}
    amounts["rate"] = sums.rate and sums.rate / HUNDRED  # blank where no project reports it
    results = {key: amounts[key] for key in formulas}
    if fixed:
        return {key: float(v) if key == "rate" and v else v for key, v in results.items()}
    return {
        k: FormulaWithResult(formulas[k], float(v)) for k, v in results.items() if v is not None
    }


def _group(group: TotalsGroup) -> dict[str, Any]:
    """What names a group."""
    keys = ("code", "name", "department", "department_name")
    return {key: getattr(group, key) for key in keys}


def _same(here: SheetAddresses, listed: SheetAddresses, key: str, position: int) -> str:
    """Which projects are a group's, as products: department, and unit, are written exactly so.

    EXACT, as everything else takes "7" for "007", "5*" for a pattern or "a" for "A".
    """
    return ",".join(
        f"--EXACT({listed.column(f'projects/{column}')},{here.item(f'{key}/{field}', position)})"
        for column, field in GROUP_COLUMNS[key].items()
    )


def _added(
    here: SheetAddresses, listed: SheetAddresses, key: str, position: int
) -> dict[str, Formula]:
    """A group's formulas over its projects in the list."""
    same = _same(here, listed, key, position)
    has_spent = listed.has("projects/executed")
    sums = {
        amount: Formula(f"=ROUND(SUMPRODUCT({same},{listed.column(f'projects/{amount}')}),2)")
        for amount in (*SUMMARY_SUMS, *(SPENDING_FIELDS[:2] if has_spent else ()))
    }
    if has_spent:
        executed, of_budget = (here.item(f"{key}/{name}", position) for name in SPENDING_FIELDS[:2])
        sums["rate"] = _rate(executed, of_budget)
    return sums | {"count": Formula(f"=SUMPRODUCT({same})")}


def _rate(executed: str, of_budget: str) -> Formula:
    """The rate of execution from two cells."""
    return Formula(f"=IF({of_budget}=0,0,{executed}/{of_budget})")


def _charts(sheet: Worksheet, at: dict[str, Box], rollup: Rollup, bottom: int) -> None:
    if not rollup.lines:
        return
    many = len(rollup.departments) > 1
    key = "departments" if many else "units"
    title = say("rollup.chart_departments" if many else "rollup.chart_units")
    row, height = bottom + 2, charts.rows_of_bars(at[f"{key}/name"].height)
    left, right = CHARTS
    charts.bars(sheet, title, at[f"{key}/name"], at[f"{key}/budget"], Box(row, 1, left, height))
    first = at[f"total/by_{PLAN_MONTHS[0]}"]
    names = Box(first.row - 1, first.col, len(PLAN_MONTHS))
    months = Box(first.row, first.col, len(PLAN_MONTHS))
    where = Box(row, 1 + left, right, charts.LEAST_CHART_ROWS)
    charts.line(sheet, say("rollup.chart_months"), names, months, where)
    if rollup.has_outcomes:
        below = Box(row + height + 1, 1, left, charts.rows_of_bars(at[f"{key}/name"].height))
        title = say(f"rollup.chart_spent_{key}")
        charts.bars(sheet, title, at[f"{key}/name"], at[f"{key}/executed"], below)
