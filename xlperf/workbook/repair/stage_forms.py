"""Sheets of stages in a damaged workbook: found by names or labels, names put back in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.forms import Edition
from xlperf.forms.defined_names import AID, EDGES, field_name
from xlperf.forms.stages.central import RESULTS_LIST
from xlperf.forms.stages.choice import STAGE, STAGE_SIGN, form_for, is_stage, keys_on, unmerged
from xlperf.forms.stages.links import read_link
from xlperf.forms.stages.overview import overview_of
from xlperf.formulas.stages.columns import (
    COUNTED_NAME,
    HINT,
    KEY,
    NTH,
    OWN_COLUMNS,
    SHEET_FACTS,
    SHOWN_FIELD,
    STATUS_ROW,
)
from xlperf.formulas.stages.counting import AREA
from xlperf.formulas.stages.scores import STEPS_NAME, STEPS_ROW_OFFSET
from xlperf.layout import Box, Form, shown_boxes
from xlperf.layout.addresses import cell_address
from xlperf.layout.form_by_labels import blank, locate_form
from xlperf.rules.stages.views import EVALUATION, MONITORING
from xlperf.workbook.draw.stages.stage_overview import HIDDEN_STATUS_COLUMNS
from xlperf.workbook.grids import grid_of, sheets_of
from xlperf.workbook.names import define_name, fields, named_boxes
from xlperf.workbook.repair.damage import Damage
from xlperf.workbook.repair.recover_names import SHARE_OF_LABELS, LocatedForms, put_back_names

STAGE_KINDS = (MONITORING, EVALUATION)
SHOWS_GOALS = tuple(f"{SHOWN_FIELD}{key}" for key in ("goal", RESULTS_LIST, "heading"))


@dataclass
class LocatedStages:
    """The sheets of stages that hold a project's form, by title; what was wrong with them."""

    forms: dict[str, Form] = field(default_factory=dict)
    overviews: list[str] = field(default_factory=list)  # titles of departments' sheets
    damages: list[Damage] = field(default_factory=list)

    @property
    def titles(self) -> frozenset[str]:
        """The titles of all of them."""
        return frozenset((*self.forms, *self.overviews))


def locate_stages(book: Workbook, chosen: Edition, located: LocatedForms) -> LocatedStages:
    """Find the sheets of stages among those that hold no other form; put lost names back."""
    result = LocatedStages()
    goal_titles = {*located.forms, *located.made_titles.values()}
    for sheet in sheets_of(book):
        form = None if sheet.title in goal_titles else _form_of(sheet, chosen)
        if form is not None:
            result.forms[sheet.title] = form
            result.damages += put_back_names(sheet, form, LocatedForms(by_labels={}))
            result.damages += _put_back_own(sheet, form)
            result.damages += _labels(sheet, form)
            result.damages += _identities(sheet)
        elif sheet.title not in goal_titles and (names := _overview_names(sheet)):
            result.overviews.append(sheet.title)
            result.damages += _put_back(sheet, names)
    return result


def _overview_names(sheet: Worksheet) -> dict[str, Box]:
    """The names of a department's sheet of a stage, where its labels and its hidden cells tell."""
    for kind, has_units in product(STAGE_KINDS, (True, False)):
        located = locate_form(overview_of(kind, has_units), grid_of(sheet))
        width = len(overview_of(kind, has_units).widths) + located.shift
        if located.share == 1 and sheet.cell(1, width + 1).value == kind:
            identity = {
                STAGE + key: Box(1, width + 1 + n)
                for n, key in enumerate(SHEET_FACTS[:HIDDEN_STATUS_COLUMNS])
            }
            rows = max(
                row
                for (row, col), cell in sheet._cells.items()
                if cell.data_type == "f" and col <= width
            )
            area, back = (
                Box(1, 1, width + HIDDEN_STATUS_COLUMNS, rows),
                Box(STATUS_ROW, width + HIDDEN_STATUS_COLUMNS + 1),
            )
            return {**identity, AID + "area": area, AID + "back": back, COUNTED_NAME: AREA}
    return {}


def _form_of(sheet: Worksheet, chosen: Edition) -> Form | None:
    """The form of a stage that a sheet holds: by its names, else by its labels."""
    names = sheet.defined_names
    if is_stage(names):
        if not any(name.startswith(field_name(f"{RESULTS_LIST}/")) for name in names):
            return None  # the department's list, which is made anew
        kind = _stated_kind(sheet) or _kind_by_names(sheet)
        return unmerged(form_for(chosen.name, kind, keys_on(names, chosen.name, kind)))
    grid = grid_of(sheet)
    forms = [unmerged(form_for(chosen.name, kind)) for kind in STAGE_KINDS]
    shares = [locate_form(form, grid).share for form in forms]
    best = shares.index(max(shares))
    return forms[best] if shares[best] >= SHARE_OF_LABELS else None


def _stated_kind(sheet: Worksheet) -> str:
    """The kind of stage that a sheet says it is of, hidden in its first row; "" for none."""
    box = named_boxes(sheet).get(STAGE_SIGN)
    cells = [sheet.cell(*box.at)] if box else []
    cells += [cell for (row, _), cell in sheet._cells.items() if row == 1]
    return next((str(cell.value) for cell in cells if cell.value in STAGE_KINDS), "")


def _kind_by_names(sheet: Worksheet) -> str:
    return EVALUATION if field_name(f"{RESULTS_LIST}/score") in sheet.defined_names else MONITORING


def _put_back_own(sheet: Worksheet, form: Form) -> Iterator[Damage]:
    """The names of what is ours on the sheet, where the form's own fields tell their places."""
    at = fields(sheet)
    rows = at.get(f"{RESULTS_LIST}/name")
    if rows is None:
        return
    located = locate_form(form, grid_of(sheet), at)
    width = len(form.widths) + located.shift
    expected = {STAGE + key: Box(1, width + KEY + n) for n, key in enumerate(SHEET_FACTS)}
    expected[AID + "beside"] = Box(1, width + 1, OWN_COLUMNS, max(sheet.max_row, rows.bottom))
    expected[EDGES + RESULTS_LIST] = Box(rows.row - 1, 1, width, rows.height + 2)
    expected[field_name(f"{RESULTS_LIST}/nth")] = Box(rows.row, width + NTH, 1, rows.height)
    for key, box in shown_boxes(blank(form)).items():
        name = f"{SHOWN_FIELD}{field_name(key, '')}"
        if key.startswith(f"{RESULTS_LIST}/"):
            expected[name] = Box(rows.row, box.col + located.shift, 1, rows.height)
        elif box.row in located.rows:
            row, col = located.rows[box.row], box.col + located.shift
            expected[name] = Box(row, col, box.width, box.height)
    expected[AID + "status"] = Box(STATUS_ROW, width + HINT)
    expected[COUNTED_NAME] = AREA
    top, first = rows.row - STEPS_ROW_OFFSET, width + OWN_COLUMNS + 1
    steps = [
        c
        for (r, c), cell in sheet._cells.items()
        if r >= top and c >= first and cell.data_type == "f"
    ]
    if steps:
        expected[STEPS_NAME] = Box(top, first, max(steps) - first + 1, rows.bottom - top + 2)
    yield from _put_back(sheet, expected)


def _put_back(sheet: Worksheet, names: Mapping[str, Box]) -> Iterator[Damage]:
    """Names that a sheet lacks, put back."""
    boxes = named_boxes(sheet)
    for name, box in names.items():
        if name not in boxes and min(box.at) > 0:
            define_name(sheet, name, box)
            yield Damage("own_name", sheet.title, cell_address(*box.at), name)


def _labels(sheet: Worksheet, form: Form) -> Iterator[Damage]:
    located = locate_form(form, grid_of(sheet), fields(sheet))
    for text, coord in located.missing:
        yield Damage("label", sheet.title, cell_address(*coord) if coord else "", text)


def _identities(sheet: Worksheet) -> Iterator[Damage]:
    """Rows whose name was cleared get back what the hidden key beside them says."""
    boxes, at = named_boxes(sheet), fields(sheet)
    rows, sign = at.get(f"{RESULTS_LIST}/name"), boxes.get(STAGE_SIGN)
    level = at.get(f"{RESULTS_LIST}/level2")
    if rows is None or sign is None or level is None:
        return
    for row in range(rows.row, rows.bottom + 1):
        cell, key = sheet.cell(row, rows.col), sheet.cell(row, sign.col)
        if cell.value not in (None, "") or key.data_type != "f":
            continue
        link = read_link(f"=IFERROR({str(key.value)[1:]},{str(key.value)[1:]})")
        level2, _, name = (link.text if link else "").partition("|")
        if name:
            cell.value = name
            if sheet.cell(row, level.col).value in (None, ""):
                sheet.cell(row, level.col).value = level2
            yield Damage("check_changed", sheet.title, cell_address(row, rows.col), "")


def own_formulas_gone(sheet: Worksheet) -> Iterator[Damage]:
    """Cells that show goals and hold no formula any more.

    Those of a project without goals are drawn blank: then the sheet has no formula at all that
    points to goals, nor does it call its project by one.
    """
    boxes = named_boxes(sheet)
    goal_boxes = {name: box for name, box in boxes.items() if name.startswith(SHOWS_GOALS)}
    cells = {
        sheet.cell(row, box.col): name
        for name, box in goal_boxes.items()
        for row in range(box.row, box.row + (box.height if RESULTS_LIST in name else 1))
    }
    calls = [
        sheet.cell(*boxes[name].at) for name in (STAGE + "code", STAGE + "name") if name in boxes
    ]
    of_goals = [
        cell for cell, name in cells.items() if not name.startswith(f"{SHOWN_FIELD}heading")
    ]
    has_goals = any(cell.data_type == "f" for cell in (*of_goals, *calls))
    for cell in cells:
        if cell.data_type != "f" and (has_goals or cell.value not in (None, "")):
            content = str(cell.value or "")
            yield Damage("check_changed", sheet.title, cell.coordinate, content)
