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

from xlperf.forms.defined_names import AID
from xlperf.formulas.cross_sheet import SheetAddresses
from xlperf.formulas.summary_lines import (
    COLUMNS_ASIDE,
    LINE_FORMULAS,
    layout_of,
    lines_for,
    listed_cells,
    spare_names,
)
from xlperf.formulas.summary_values import values_of
from xlperf.layout import Box, FilledForm, Formula, Layout, anchors
from xlperf.layout.addresses import address
from xlperf.layout.fill_pluck import fill_in
from xlperf.record import PLAN_MONTHS, Department
from xlperf.rules.formulas.native import literal
from xlperf.wording import official, say
from xlperf.workbook.cells import cell_at, link
from xlperf.workbook.draw import charts
from xlperf.workbook.draw.cell_styles import CellStyles
from xlperf.workbook.draw.checks.conditional_formats import ALARM_COLOURS, STATUS_COLOURS
from xlperf.workbook.draw.checks.validations import protect, validation
from xlperf.workbook.draw.form_sheet import draw, page, write_values
from xlperf.workbook.names import define_name

PUBLIC_NAMES = {
    "XP_BUDGET": "total/budget",
    "XP_FISCAL": "total/fiscal",
    "XP_OTHER": "total/other",
    **{f"XP_PLAN_{month}": f"total/by_{month}" for month in PLAN_MONTHS},
    "XP_PROJECTS": "total/count",
    "XP_STATUS": "total/status",
}
# as many projects are named in a chart; more are told by their numbers
PROJECTS_NAMED_IN_CHART = 15
# bars of more are too thin to tell apart, and show nothing before a program has calculated
MOST_BARS = 200
CHARTS = (4, 4, 9)  # columns of the charts beside one another
WITHOUT_MONTHS = (0, 3, 7)  # where an edition has no plan by months


def write_summary(
    sheet: Worksheet,
    styles: CellStyles,
    record: Department,
    forms: Sequence[SheetAddresses],
    department: SheetAddresses,
) -> None:
    """Draw and fill the summary; `forms`: the projects' sheets, `department`: its sheet.

    Where `forms` are fewer than the record's projects, the lines of the others stay empty: they are
    stamped into the file from these (`workbook.stamp`).
    """
    unit_lines = lines_for(len(record.units))
    further = len(record.projects) - len(forms)
    layout = layout_of(unit_lines, len(forms), record.edition, further)
    form = layout.form
    here = SheetAddresses(sheet.title, anchors(layout))
    filled_form = fill_in(layout, values_of(here, unit_lines, forms, department))
    draw(sheet, layout, styles)
    write_values(sheet, filled_form, fill_in(layout, _texts(record, len(forms))))
    page(sheet, landscape=True)
    sheet.freeze_panes = f"D{form.frozen + 1}"
    _links(sheet, layout_box(filled_form, "projects/name"), forms)
    _links(sheet, layout_box(filled_form, "own/name"), [department])
    _list(sheet, layout, forms)
    _ask_for_titles(sheet, spare_names(anchors(layout)), styles)
    _public(sheet, anchors(layout))
    define_name(sheet, AID + "area", Box(1, 1, len(form.widths), layout.rows))
    for key in ("projects/status", "units/status", "total/status", "rest/status", "own/status"):
        colour(sheet, layout_box(filled_form, key))
    _filter(sheet, layout)
    _charts(sheet, anchors(layout), layout.rows, len(record.projects))
    protect(sheet)


def layout_box(filled_form: FilledForm, key: str) -> Box:
    """The box of a field or of a list's column on a filled form, by its key."""
    return anchors(filled_form.layout)[key]


def _list(sheet: Worksheet, layout: Layout, forms: Sequence[SheetAddresses]) -> None:
    """What checks look up of all projects: titles, codes, names, units, on hidden columns."""
    left, box = len(layout.form.widths) + COLUMNS_ASIDE, anchors(layout)["projects/number"]
    for coord, content in listed_cells(layout, forms).items():
        cell_at(sheet, *coord).value = str(content) if isinstance(content, Formula) else content
    for column in range(left, left + len(LINE_FORMULAS)):
        sheet.column_dimensions[get_column_letter(column)].hidden = True
    define_name(sheet, AID + "listed", Box(box.row, left, len(LINE_FORMULAS), box.height))


def _ask_for_titles(sheet: Worksheet, box: Box, styles: CellStyles) -> None:
    """Spare lines of the table: people write the titles of sheets that they have copied there."""
    for coord in box.coords():
        styles.give(cell_at(sheet, *coord), "text")
    prompt = validation("copied")
    prompt.add(address(box).replace("$", ""))
    sheet.add_data_validation(prompt)


def _filter(sheet: Worksheet, layout: Layout) -> None:
    """The table of projects can be filtered and sorted, also on the protected sheet."""
    box = anchors(layout)["projects/number"]
    width = len(layout.form.widths)
    table = Box(box.row - 1, 1, width, box.height + 1)
    sheet.auto_filter.ref = address(table).replace("$", "")
    rows = {slot.box.row for slot in layout.slots if slot.box.row >= box.row}
    for row in sorted(rows):
        for col in range(1, width + 1):
            cell_at(sheet, row, col).protection = Protection(locked=False)


def _charts(sheet: Worksheet, at: Mapping[str, Box], bottom: int, projects: int) -> None:
    """Below the tables: money by month, by unit and by project."""
    many = projects > PROJECTS_NAMED_IN_CHART
    bars = (at["units/code"], at["projects/number"])[: 1 if many else 2]
    height = charts.rows_of_bars(max(box.height for box in bars))
    head, row = at["projects/budget"].row - 1, bottom + 2
    months = [at[f"total/by_{month}"] for month in PLAN_MONTHS if f"total/by_{month}" in at]
    left, middle, right = CHARTS if months else WITHOUT_MONTHS
    if months:
        names, values = (Box(row_, months[0].col, len(months)) for row_ in (head, months[0].row))
        title = say("summary.chart_months")
        charts.line(sheet, title, names, values, Box(row, 1, left, height))
    sources = [key for key in ("fiscal", "other") if f"projects/{key}" in at] or ["budget"]
    heads = [Box(head, at[f"projects/{key}"].col) for key in sources]
    of_units = tuple(zip(heads, (at[f"units/{key}"] for key in sources), strict=True))
    where = Box(row, 1 + left, middle + (right if many else 0), height)
    title = say("summary.chart_units")
    charts.stacked(sheet, title, at["units/name"], of_units, where)
    columns = [at[f"projects/{key}"] for key in sources]
    parts = tuple(zip(heads, columns, strict=True))
    if many:
        sheet.row_breaks.append(Break(id=bottom))  # charts are not cut by the end of a page
    else:
        where = Box(row, 1 + left + middle, right, height)
        charts.stacked(sheet, say("summary.chart_projects"), at["projects/name"], parts, where)
    if many and projects <= MOST_BARS:
        where = Box(row + height + 1, 1, sum(CHARTS), charts.LEAST_CHART_ROWS)
        title = say("summary.chart_numbers")
        charts.columns(sheet, title, at["projects/number"], parts, where)


def _texts(record: Department, projects: int) -> dict[str, Any]:
    """The texts that the formulas of so many lines will show, to measure the rows by."""
    return {
        "units": [{"name": unit.name} for unit in record.units],
        "projects": [
            {"name": project.name, "code": project.code} for project in record.projects[:projects]
        ],
    }


def _links(sheet: Worksheet, box: Box, forms: Sequence[SheetAddresses]) -> None:
    for position, form in enumerate(forms):
        link(cell_at(sheet, box.row + position, box.col), form.title, say("summary.open"))


def _public(sheet: Worksheet, at: Mapping[str, Box]) -> None:
    """The workbook-scoped names that others may use."""
    book = sheet.parent
    assert isinstance(book, Workbook)
    for name, key in ((name, key) for name, key in PUBLIC_NAMES.items() if key in at):
        target = address(at[key], official("sheet.summary"))
        book.defined_names[name] = DefinedName(name, attr_text=target)


def colour(sheet: Worksheet, box: Box) -> None:
    """Colour the words of a status: in order, to be filled in, anything else."""
    cells = address(box).replace("$", "")
    for key, colours in STATUS_COLOURS.items():
        sheet.conditional_formatting.add(cells, _when("equal", literal(say(key)), colours))
    sheet.conditional_formatting.add(cells, _when("notEqual", '""', ALARM_COLOURS))


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
