"""The summary sheet: live totals by unit and for the department, a linked line a project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.formatting.rule import CellIsRule, Rule
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.forms.generated import SUMMARY
from xlperf.layout import Box, Filled, Formula, Layout, anchors, fill
from xlperf.record import Department
from xlperf.wording import official, say
from xlperf.workbook import charts, formulas
from xlperf.workbook.formulas import MONTHS, SUMS, Sheet, quote
from xlperf.workbook.inputs import protect
from xlperf.workbook.links import link
from xlperf.workbook.looks import Looks
from xlperf.workbook.names import AID, address, mark
from xlperf.workbook.prototype import draw, page, pour
from xlperf.workbook.sheets import cell_at
from xlperf.workbook.summary_lines import (
    ASIDE,
    LISTED,
    layout_of,
    lines,
    listed_cells,
    spare_rows,
)

PUBLIC = {
    "XP_BUDGET": "total/budget",
    "XP_FISCAL": "total/fiscal",
    "XP_OTHER": "total/other",
    **{f"XP_PLAN_{month}": f"total/by_{month}" for month in MONTHS},
    "XP_PROJECTS": "total/count",
    "XP_STATUS": "total/status",
}
COLOURS = {
    "status.good": ("FFE2EFDA", "FF375623"),
    "status.incomplete": ("FFFFF2CC", "FF7F6000"),
    "status.doubt": ("FFFCE4D6", "FF974706"),
}
ALARM = ("FFFFC7CE", "FFC00000")
NAMED = 15  # as many projects are named in a chart; more are told by their numbers
CHARTS = (4, 4, 9)  # columns of the charts beside one another
COUNTED = ("output", "benefit", "satisfaction")


def write_summary(
    sheet: Worksheet, looks: Looks, record: Department, forms: Sequence[Sheet], own: Sheet
) -> None:
    """Draw and fill the summary; `forms` are the projects' sheets, `own` the department's."""
    layout = layout_of(len(record.units), len(forms))
    here = Sheet(sheet.title, anchors(layout))
    filled = fill(SUMMARY, values_of(here, len(record.units), forms, own))
    draw(sheet, layout, looks)
    pour(sheet, filled, fill(SUMMARY, _texts(record)))
    page(sheet, landscape=True)
    sheet.freeze_panes = "D3"
    _links(sheet, layout_box(filled, "projects/name"), forms)
    _links(sheet, layout_box(filled, "own/name"), [own])
    _list(sheet, layout_box(filled, "projects/number"), forms)
    _public(sheet, anchors(layout))
    mark(sheet, AID + "area", Box(1, 1, len(SUMMARY.widths), layout.rows))
    for key in ("projects/status", "units/status", "total/status", "rest/status", "own/status"):
        colour(sheet, layout_box(filled, key))
    for row in spare_rows(anchors(layout), len(record.units), len(forms)):
        sheet.row_dimensions[row].hidden = True
    _filter(sheet, layout, bool(forms))
    if forms:
        _charts(sheet, anchors(layout), layout.rows, (len(record.units), len(forms)))
    protect(sheet)


def layout_box(filled: Filled, key: str) -> Box:
    """Where a field or a list's column stands."""
    return anchors(filled.layout)[key]


def values_of(here: Sheet, units: int, forms: Sequence[Sheet], own: Sheet) -> dict[str, Any]:
    """What the summary shows of the first so many units and of all projects, as formulas."""
    heading = f"={own['department/name']}&{own['fiscal_year']}&{quote(say('summary.title'))}"
    return {
        "title": Formula(heading),
        "hint": _hint(_unlisted(here, forms)),
        "units": lines(_unit(here, own, i) for i in range(units)),
        "rest": _rest(here),
        "total": _total(here, _unlisted(here, forms)),
        "own": _own(own),
        "projects": lines(_project(here, form, i) for i, form in enumerate(forms)),
    }


def _project(here: Sheet, form: Sheet, position: int) -> dict[str, Any]:
    return {
        "number": position + 1,
        "code": formulas.shown(form["code"]),
        "name": formulas.shown(form["name"]),
        "unit": formulas.shown(form.result("unit.code")),
        **{key: formulas.shown(form[key]) for key in ("budget", "fiscal", "other")},
        **{f"by_{month}": formulas.planned(form, month) for month in MONTHS},
        "indicators": Formula(f"=COUNTA({form.column('indicators/name')})"),
        **_found(form),
        **{kind: formulas.taken(form.result(f"count/{kind}"), "") for kind in COUNTED},
    }


def _found(form: Sheet) -> dict[str, Any]:
    """What the checks of a sheet say."""
    return {
        "status": formulas.taken(form.result("status"), say("status.gone")),
        "points": formulas.taken(form.result("points"), ""),
    }


def _unit(here: Sheet, own: Sheet, position: int) -> dict[str, Any]:
    code, units = here.item("units/code", position), here.column("projects/unit")
    of_unit = f"({units}={code})*ISNUMBER({here.column('projects/number')})"
    sums = {key: formulas.total_of(code, units, here.column(f"projects/{key}")) for key in SUMS}
    counts = {
        key: Formula(f"=SUMPRODUCT(--({of_unit}),{here.column(f'projects/{key}')})")
        for key in ("points", *COUNTED)
    }
    return {
        "code": formulas.shown(own.item("units/code", position)),
        "name": formulas.shown(own.item("units/name", position)),
        **sums,
        "count": Formula(f"=SUMPRODUCT({of_unit})"),
        "status": formulas.worst(here.column("projects/status"), of_unit),
        **counts,
    }


def _rest(here: Sheet) -> dict[str, Any]:
    sums = {key: formulas.rest(here[f"total/{key}"], here.column(f"units/{key}")) for key in SUMS}
    count = Formula(f"={here['total/count']}-SUM({here.column('units/count')})")
    amiss = [(f"{here['rest/count']}<>0", say("status.faulty"))]
    return {**sums, "count": count, "status": formulas.first(amiss, say("status.good"))}


def _total(here: Sheet, missing: str) -> dict[str, Any]:
    statuses = f"{here['own/status']},{here['rest/status']},{here.column('projects/status')}"
    added = {key: Formula(f"=SUM({here.column(f'projects/{key}')})") for key in COUNTED}
    points = f"=SUM({here.column('projects/points')},{here['own/points']})"
    return {
        **{key: formulas.total(here.column(f"projects/{key}")) for key in SUMS},
        "count": Formula(f"=COUNT({here.column('projects/number')})"),
        "status": formulas.overall(statuses.split(","), here["total/count"], missing),
        "points": Formula(points),
        **added,
    }


def _unlisted(here: Sheet, forms: Sequence[Sheet]) -> str:
    """How many sheets between the department's and the manifest are projects not listed here.

    Without quotes, which these two titles do not need: LibreOffice reads no quoted span of sheets.
    """
    span = f"{official('sheet.department')}:{official('sheet.manifest')}"
    if not forms:
        return "0"
    cells = forms[0].result("sheet.mark").rpartition("!")[2]
    return formulas.beyond(span, cells, here["total/count"])


def _hint(missing: str) -> Formula:
    """How to use the summary, or that sheets are missing from it."""
    before, after = (quote(part) for part in say("summary.unlisted", n="\0").split("\0"))
    told = f"{before}&{missing}&{after}"
    return Formula(f"=IF({missing}>0,{told},{quote(say('summary.hint'))})")


def _own(own: Sheet) -> dict[str, Any]:
    """The department's part: its status and the hint where to look."""
    return {"name": own.title, "hint": say("summary.own_hint"), **_found(own)}


def _list(sheet: Worksheet, box: Box, forms: Sequence[Sheet]) -> None:
    """What checks look up of all projects: titles, codes, names, units, on hidden columns."""
    left = len(SUMMARY.widths) + ASIDE
    for coord, content in listed_cells(box, forms).items():
        cell_at(sheet, *coord).value = str(content) if isinstance(content, Formula) else content
    for at in range(len(LISTED)):
        sheet.column_dimensions[get_column_letter(left + at)].hidden = True
    mark(sheet, AID + "listed", Box(box.row, left, len(LISTED), box.height))


def _filter(sheet: Worksheet, layout: Layout, any_project: bool) -> None:
    """The table of projects can be filtered and sorted, also on the protected sheet."""
    box = anchors(layout)["projects/number"]
    width = len(SUMMARY.widths)
    if any_project:
        table = Box(box.row - 1, 1, width, box.height + 1)
        sheet.auto_filter.ref = address(table).replace("$", "")
    for row, col in Box(box.row, 1, width, box.height).coords():
        cell = cell_at(sheet, row, col)
        cell.protection = Protection(locked=False)


def _charts(sheet: Worksheet, at: Mapping[str, Box], bottom: int, counts: tuple[int, int]) -> None:
    """Below the tables: money by month, by unit and by project; `counts` of these two."""
    units, projects = counts
    many = projects > NAMED
    height = charts.rows_of_bars(max(units, 0 if many else projects))
    left, middle, right = CHARTS
    head, row = at["projects/budget"].row - 1, bottom + 2
    months = at["total/by_03"]
    names = Box(head, months.col, len(MONTHS))
    values = Box(months.row, months.col, len(MONTHS))
    title = say("summary.chart_months")
    charts.line(sheet, title, names, values, Box(row, 1, left, height))
    sources = tuple((at[f"units/{key}"], at[f"projects/{key}"]) for key in ("fiscal", "other"))
    where = Box(row, 1 + left, middle + (right if many else 0), height)
    title = say("summary.chart_units")
    charts.stacked(sheet, title, at["units/name"], tuple(unit for unit, _ in sources), where)
    parts = tuple(project for _, project in sources)
    if many:
        where = Box(row + height + 1, 1, sum(CHARTS), charts.LEAST)
        title = say("summary.chart_numbers")
        charts.columns(sheet, title, at["projects/number"], parts, where)
        sheet.row_breaks.append(Break(id=bottom))  # charts are not cut by the end of a page
    else:
        where = Box(row, 1 + left + middle, right, height)
        charts.stacked(sheet, say("summary.chart_projects"), at["projects/name"], parts, where)


def _texts(record: Department) -> dict[str, Any]:
    """The texts that the formulas will show, to measure the rows by."""
    return {
        "units": lines({"name": unit.name} for unit in record.units),
        "projects": lines({"name": each.name, "code": each.code} for each in record.projects),
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
