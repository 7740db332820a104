"""One form that is given as a range of cells, judged by itself: no workbook, no settings.

The form is known by its printed labels. What compares forms with one another (equal codes, sums of
the department) needs the whole workbook, and is left to the buttons.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from xlperf.canonical import canonical
from xlperf.errors import UserError
from xlperf.forms import EDITIONS, Edition
from xlperf.forms.defined_names import field_name
from xlperf.forms.official.record_parts import record_from
from xlperf.forms.sheet_reading.sheet_content import SheetContent, SheetRead
from xlperf.forms.sheet_reading.sheet_reader import read_sheets
from xlperf.layout import Box, Coord, Form, Grid
from xlperf.layout.form_by_labels import LocatedForm, locate_form
from xlperf.live.com.objects import plain
from xlperf.live.worksheet_functions.arguments import RangeRows
from xlperf.reading import Reading
from xlperf.rules import catalogue
from xlperf.rules.core import RANK, WAIVER_SUBJECT, Finding, run
from xlperf.rules.profiles import DEFAULT, profile

MOST_FORM_CELLS = 20_000  # cells of a form
SHARE_OF_LABELS = 0.5  # of a form's labels, by which it is known
# subjects inside one form
SUBJECTS_OF_ONE_FORM = frozenset(("Fault", "Project", "Activity", "Indicator"))
OFF_THE_CENT = "AMT209"
PROJECT_LIST = "projects"

FormFindings = tuple[Finding, str]  # with its cell, counted from the range's first cell as A1


def validate_form(rows: RangeRows) -> list[FormFindings]:
    """The findings of one form, each with its cell, the worst first.

    Raises UserError where the range has more than `MOST_FORM_CELLS` cells or holds no known form.
    """
    values = _values(rows)
    edition, form, located = _likeliest_form(Grid(values))
    grid = Grid(values, tuple(_merged(form, values, located.at)))
    names = {field_name(key): box for key, box in located.at.items()}
    content = SheetContent("", names, grid, values.get)
    (sheet,) = read_sheets([content], edition)
    findings = _judged(sheet, edition)
    noticed = [(finding, finding.place.cell if finding.place else "") for finding in findings]
    return sorted(noticed, key=lambda pair: RANK[pair[0].severity])


def _values(rows: RangeRows) -> dict[Coord, Any]:
    if sum(map(len, rows)) > MOST_FORM_CELLS:
        raise UserError("function_large", most=MOST_FORM_CELLS)
    return {
        (row, column): plain(content)
        for row, line in enumerate(rows, 1)
        for column, content in enumerate(line, 1)
        if content not in (None, "")
    }


def _likeliest_form(grid: Grid) -> tuple[Edition, Form, LocatedForm]:
    """The form that most labels belong to."""
    forms = [
        (edition, form, locate_form(form, grid))
        for edition in EDITIONS.values()
        for form in (edition.project, edition.department)
    ]
    best = max(forms, key=lambda candidate: candidate[2].share)
    if best[2].share < SHARE_OF_LABELS:
        raise UserError("function_no_form")
    return best


def _merged(form: Form, values: Mapping[Coord, Any], at: Mapping[str, Box]) -> Iterator[Box]:
    """Cells of a list that stand for those below, which are blank: a range does not tell."""
    for part in form.lists():
        over: list[Box] = []  # the columns to the left that reach down
        for ref in part.merging:
            if box := at.get(f"{part.list_ref}/{ref}"):
                yield from (span for span in _runs(box, values, over) if span.height > 1)
                over.append(box)


def _runs(box: Box, values: Mapping[Coord, Any], over: list[Box]) -> Iterator[Box]:
    """From each cell that says something down to the next, in its column or one to the left."""
    top = box.row
    for row in range(box.row + 1, box.row + box.height + 1):
        ends = row == box.row + box.height
        if ends or any((row, item.col) in values for item in (box, *over)):
            if (top, box.col) in values:
                yield Box(top, box.col, box.width, row - top)
            top = row


def _judged(sheet: SheetRead, edition: Edition) -> list[Finding]:
    record = record_from([(sheet.form.name, sheet.plucked.values)])
    record.setdefault("edition", edition.name)
    where = dict(sheet.where)
    remarks = tuple(remark for remark in sheet.remarks if remark.code == OFF_THE_CENT)
    reading = Reading(canonical(record), where, remarks)
    rules_by_code = catalogue()
    rules = [rule for rule in rules_by_code.values() if rule.subject != WAIVER_SUBJECT]
    project = sheet.form is edition.project
    return [
        item
        for item in run(reading, rules, profile(DEFAULT))
        if (rules_by_code[item.code].subject in SUBJECTS_OF_ONE_FORM or item.code == OFF_THE_CENT)
        and (item.path[:1] == (PROJECT_LIST,)) is project
    ]
