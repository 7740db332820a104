"""The summary of a live book made anew: a line for each project sheet that there is.

The formulas are the generator's, with the addresses of the fields and of the checks as they are
now. Lines are added and taken away inside the tables, so that charts, filters and the checks'
look-ups grow and shrink with them; then all formulas are written in one go.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import Any

import xlwings as xw

from xlperf.errors import UserError
from xlperf.forms import Edition
from xlperf.forms.defined_names import AID, CONTRIBUTIONS, MADE_FIELD, UNIT_LINES, field_name
from xlperf.forms.official.edition_recognition import edition_of
from xlperf.forms.sheet_reading.sheet_content import SheetContent
from xlperf.forms.sheet_reading.sheet_reader import (
    aid_boxes,
    form_of,
    leftovers,
    manifest,
    read_sheets,
)
from xlperf.forms.stages.choice import STAGE_SIGN
from xlperf.forms.stages.reader import has_form, hidden_text
from xlperf.formulas.book_checks import planned_sheets, sheet_checks_of
from xlperf.formulas.cross_sheet import SheetAddresses as Addresses
from xlperf.formulas.cross_sheet import sheet_link
from xlperf.formulas.sheet_checks import SheetChecks
from xlperf.formulas.stages.summary import BLOCK, StageColumns, fields_of, latest, listing
from xlperf.formulas.summary_lines import (
    COLUMNS_ASIDE,
    LINE_FORMULAS,
    SPARE_PROJECTS,
    layout_of,
    listed_cells,
)
from xlperf.formulas.summary_values import values_of
from xlperf.formulas.typed import Text, is_blank, text, when
from xlperf.layout import Box, Coord, Formula, anchors, fill
from xlperf.layout.addresses import address, area_address, to_box
from xlperf.live.book.reading import read_sheets_of
from xlperf.live.book.versions import refuse_outdated
from xlperf.live.com.batch import errors, run_one
from xlperf.live.com.objects import LiveSheet, sheets
from xlperf.live.com.writing import define_names, matrix, raise_refusals, unlocked, write_block
from xlperf.record import view
from xlperf.rules.profiles import DEFAULT, profile
from xlperf.wording import official

SUMMARY_LISTS = ("units/code", "projects/number")  # the first columns of the two tables
LINK = "xp_link"  # the style of cells that lead somewhere
BLANK_RECORD: dict[str, Any] = {
    "units": [],
    "projects": [{}],
}  # a record from which the checks' steps are learned


def refresh(book: xw.Book) -> int:
    """Make the summary anew; the number of project sheets on it.

    Raises UserError where the summary, the department's sheet or the checks' names are missing, or
    where people wrote over cells that would be replaced; or where another version made the book.
    """
    worksheets = sheets(book, inside=True)
    contents = read_sheets_of(worksheets)
    refuse_outdated(contents)
    title = official("sheet.summary")
    sheet = next((item for item in worksheets if item.title == title), None)
    if sheet is None:
        raise UserError("live_no_summary", sheet=title)
    chosen = edition_of(manifest(contents), (({*item.names}, item.grid) for item in contents))
    _refuse_words(contents, chosen, title)
    department, forms = _addresses(contents, chosen)
    with unlocked(sheet):
        at = _rewrite(sheet, department, forms, chosen.name)
        _rewrite_stages(sheet, contents, at)
    return len(forms)


def _refuse_words(contents: Sequence[SheetContent], chosen: Edition, title: str) -> None:
    """Refuse to write formulas over what people wrote in cells of the summary."""
    areas = [box for item in contents if item.title == title for box in aid_boxes(item).values()]
    our_cells = {at for box in areas for at in box.coords()}
    for entry in leftovers(contents, [*read_sheets(contents, chosen)]):
        sheet, _, cell = str(entry["place"]).rpartition("!")
        if sheet == title and to_box(cell).at in our_cells:
            raise UserError("live_words_over", sheet=sheet, cell=cell, text=entry["text"])


def _addresses(
    contents: Sequence[SheetContent], chosen: Edition
) -> tuple[Addresses, list[Addresses]]:
    """Where the fields and the results of the checks stand on each sheet now."""
    steps = _steps(chosen)
    department, forms = None, []
    for item in contents:
        form = form_of(item.names, chosen)
        if form is chosen.project:
            forms.append(_of_sheet(item, steps["projects"]))
        elif form is chosen.department and department is None:
            department = _of_sheet(item, steps[""])
    if department is None:
        raise UserError("live_no_summary", sheet=official("sheet.department"))
    return department, forms


def _steps(chosen: Edition) -> dict[str, dict[str, Coord]]:
    """For each kind of form, the place of every step of its checks, from their first cell on."""
    record = {**BLANK_RECORD, "edition": chosen.name, "activities": [], "safeguards": []}
    drawn_sheets = planned_sheets(record, chosen)
    checks = sheet_checks_of(drawn_sheets, view(record), profile(DEFAULT))
    return {machine.root: _offsets(machine) for _, machine in checks}


def _offsets(checks: SheetChecks) -> dict[str, Coord]:
    first = checks.area
    boxes = {name: to_box(where) for name, where in checks.names.items() if ":" not in where}
    return {
        name: (box.row - first.row, box.col - first.col)
        for name, box in boxes.items()
        if box.row <= checks.results_row
    }


def _of_sheet(content: SheetContent, steps: Mapping[str, Coord]) -> Addresses:
    checks, status = (content.names.get(AID + aid) for aid in ("checks", "status"))
    if checks is None or status is None or not names_for_totals(content.names):
        raise UserError("live_broken_checks", sheet=content.title)
    results = {
        name: address(Box(checks.row + down, checks.col + right))
        for name, (down, right) in steps.items()
    }
    results["status"] = address(Box(*status.at))
    for name, key in zip(UNIT_LINES, ("code", "name"), strict=True):
        if units_box := content.names.get(name):
            results[f"units/{key}"] = address(units_box)
    return Addresses(content.title, content.fields(), results)


def names_for_totals(names: Container[str]) -> bool:
    """Whether a sheet has what the totals look at: a project's numbers, or the list of units."""
    return CONTRIBUTIONS in names or UNIT_LINES[0] in names


def _rewrite(
    sheet: LiveSheet, department: Addresses, forms: Sequence[Addresses], edition: str
) -> Mapping[str, Box]:
    """Make the tables anew; where their fields are now."""
    units, projects = (field_name(key, MADE_FIELD) for key in SUMMARY_LISTS)
    now = run_one(sheet.boxes([units, projects]))
    if now is None or now[projects].height <= SPARE_PROJECTS:
        raise UserError("live_broken_checks", sheet=sheet.title)
    unit_lines = now[units].height
    layout = layout_of(unit_lines, len(forms), edition)
    at = anchors(layout)
    resized = resize(sheet, now[projects], at["projects/number"].height)
    filled_form = fill(
        layout.form, values_of(Addresses(sheet.title, at), unit_lines, forms, department)
    )
    values = {**filled_form.grid.values, **_links(at["projects/name"], forms)}
    area = Box(1, 1, len(layout.form.widths), layout.rows)
    write_block(sheet, area, matrix(values, area))
    box = at["projects/number"]
    beside = Box(box.row, len(layout.form.widths) + COLUMNS_ASIDE, len(LINE_FORMULAS), box.height)
    write_block(sheet, beside, matrix(listed_cells(layout, forms), beside))
    if resized:
        run_one(raise_refusals(define_names(sheet, at)))
    _dress(sheet, Box(box.row, at["projects/name"].col, 1, len(forms)))
    return at


def _rewrite_stages(
    sheet: LiveSheet, contents: Sequence[SheetContent], here: Mapping[str, Box]
) -> None:
    """What the summary shows of stages, for the lines that there are now."""
    before = next(item.names.get(BLOCK) for item in contents if item.title == sheet.title)
    if before is None:
        return
    departments = [item for item in contents if STAGE_SIGN in item.names and not has_form(item)]
    stages = [{key: hidden_text(item, key) for key in ("kind", "until")} for item in departments]
    listings = {
        n: listing(stages[n], item.title, fields_of(item.names))
        for n, item in enumerate(departments)
    }
    block = StageColumns(here, latest(stages, listings), before.col)
    if block.box.width == before.width:
        write_block(sheet, block.box, matrix(block.cells(), block.box))


def resize(sheet: LiveSheet, box: Box, height: int) -> bool:
    """Insert or delete rows so that the table of projects, spare rows included, has `height` rows.

    They come and go between the last project's row and the spare ones, inside of the table, so that
    whatever refers to the table follows. Whether any came or went.
    """
    more, spare = height - box.height, box.bottom - SPARE_PROJECTS + 1
    if more > 0:
        first = max(spare, box.row + 1)
        sheet.range(f"{first}:{first + more - 1}").Insert()
    elif more < 0:
        sheet.range(f"{spare + more}:{spare - 1}").Delete()
    return more != 0


def _links(box: Box, forms: Sequence[Addresses]) -> dict[Coord, Formula]:
    """The projects' names, each leading to its sheet."""
    return {
        (box.row + n, box.col): Formula(
            f"={sheet_link(form.title, 'A1', when(is_blank(name), text(''), name))}"
        )
        for n, form in enumerate(forms)
        for name in [Text(form["name"])]
    }


def _dress(sheet: LiveSheet, box: Box) -> None:
    """Links are formulas now: the generator's own links go, their look stays."""
    cells = sheet.range(area_address(box))
    try:
        cells.Hyperlinks.Delete()
        cells.Style = LINK
    except errors():
        return
