"""Sheets of stages in a damaged workbook: found by names or labels, names put back in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.forms import Edition
from xlperf.forms.defined_names import AID, EDGES, field_name
from xlperf.forms.stages.central import LIST
from xlperf.forms.stages.choice import SIGN, STAGE, form_for, is_stage, keys_on, unmerged
from xlperf.forms.stages.links import read_link
from xlperf.formulas.stages.columns import BESIDE, KEY, NTH, SAYS, SHOWN
from xlperf.layout import Box, Form, shown_boxes
from xlperf.layout.addresses import cell_address
from xlperf.layout.form_by_labels import blank, locate_form
from xlperf.rules.stages.views import EVALUATION, MONITORING
from xlperf.workbook.grids import grid_of, sheets_of
from xlperf.workbook.names import define_name, fields, named_boxes
from xlperf.workbook.repair.damage import Damage
from xlperf.workbook.repair.recover_names import ENOUGH, LocatedForms, put_back_names

KINDS = (MONITORING, EVALUATION)


@dataclass
class LocatedStages:
    """The sheets of stages that hold a project's form, by title; what was wrong with them."""

    forms: dict[str, Form] = field(default_factory=dict)
    damages: list[Damage] = field(default_factory=list)


def locate_stages(book: Workbook, chosen: Edition, located: LocatedForms) -> LocatedStages:
    """Find the sheets of stages among those that hold no other form; put lost names back."""
    result = LocatedStages()
    known = {*located.forms, *located.made.values()}
    for sheet in sheets_of(book):
        form = None if sheet.title in known else _form_of(sheet, chosen)
        if form is not None:
            result.forms[sheet.title] = form
            result.damages += put_back_names(sheet, form, LocatedForms(found={}))
            result.damages += _put_back_own(sheet, form)
            result.damages += _labels(sheet, form)
            result.damages += _identities(sheet)
    return result


def _form_of(sheet: Worksheet, chosen: Edition) -> Form | None:
    """The form of a stage that a sheet holds: by its names, else by its labels."""
    names = sheet.defined_names
    if is_stage(names):
        if not any(name.startswith(field_name(f"{LIST}/")) for name in names):
            return None  # the department's list, which is made anew
        box = named_boxes(sheet).get(SIGN)
        said = str(sheet.cell(*box.at).value or "") if box else ""
        kind = said if said in KINDS else _kind_by_names(sheet)
        return unmerged(form_for(chosen.name, kind, keys_on(names, chosen.name, kind)))
    grid = grid_of(sheet)
    forms = [unmerged(form_for(chosen.name, kind)) for kind in KINDS]
    shares = [locate_form(form, grid).share for form in forms]
    best = shares.index(max(shares))
    return forms[best] if shares[best] >= ENOUGH else None


def _kind_by_names(sheet: Worksheet) -> str:
    return EVALUATION if field_name(f"{LIST}/score") in sheet.defined_names else MONITORING


def _put_back_own(sheet: Worksheet, form: Form) -> Iterator[Damage]:
    """The names of what is ours on the sheet, where the form's own fields tell their places."""
    boxes, at = named_boxes(sheet), fields(sheet)
    rows = at.get(f"{LIST}/name")
    if rows is None:
        return
    located = locate_form(form, grid_of(sheet), at)
    width = len(form.widths) + located.shift
    expected = {STAGE + key: Box(1, width + KEY + n) for n, key in enumerate(SAYS)}
    expected[AID + "beside"] = Box(1, width + 1, BESIDE, max(sheet.max_row, rows.bottom))
    expected[EDGES + LIST] = Box(rows.row - 1, 1, width, rows.height + 2)
    expected[field_name(f"{LIST}/nth")] = Box(rows.row, width + NTH, 1, rows.height)
    for key, box in shown_boxes(blank(form)).items():
        name = f"{SHOWN}{field_name(key, '')}"
        if key.startswith(f"{LIST}/"):
            expected[name] = Box(rows.row, box.col + located.shift, 1, rows.height)
        elif box.row in located.rows:
            row, col = located.rows[box.row], box.col + located.shift
            expected[name] = Box(row, col, box.width, box.height)
    for name, box in expected.items():
        if name not in boxes:
            define_name(sheet, name, box)
            yield Damage("own_name", sheet.title, cell_address(*box.at), name)


def _labels(sheet: Worksheet, form: Form) -> Iterator[Damage]:
    located = locate_form(form, grid_of(sheet), fields(sheet))
    for text, coord in located.missing:
        yield Damage("label", sheet.title, cell_address(*coord) if coord else "", text)


def _identities(sheet: Worksheet) -> Iterator[Damage]:
    """Rows whose name was cleared get back what the hidden key beside them says."""
    boxes, at = named_boxes(sheet), fields(sheet)
    rows, said = at.get(f"{LIST}/name"), boxes.get(SIGN)
    level = at.get(f"{LIST}/level2")
    if rows is None or said is None or level is None:
        return
    for row in range(rows.row, rows.bottom + 1):
        cell, key = sheet.cell(row, rows.col), sheet.cell(row, said.col)
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
    """Cells that show goals and hold no formula any more."""
    for name, box in named_boxes(sheet).items():
        is_goal = name.startswith((f"{SHOWN}goal", f"{SHOWN}{LIST}", f"{SHOWN}heading"))
        for row in range(box.row, box.row + (box.height if LIST in name else 1)) if is_goal else ():
            cell = sheet.cell(row, box.col)
            if cell.data_type != "f":
                found = str(cell.value or "")
                yield Damage("check_changed", sheet.title, cell_address(row, box.col), found)
