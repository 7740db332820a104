"""Where everything of ours stands in a damaged workbook, and its names put back in memory.

A field is where its name says, unless the printed labels prove another place; where the name is
lost, the labels tell. After `locate` the ordinary reader finds everything by name again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.forms import Edition
from xlperf.forms.defined_names import AID, FIELD_PREFIX, MADE_FIELD, field_name
from xlperf.forms.made_sheets.book_sheets import (
    FINDINGS,
    GUIDE,
    LISTS_SHEET,
    MANIFEST_SHEET,
    MARK_MEMORY,
    SUMMARY_SHEET,
    summary_of,
)
from xlperf.forms.sheet_reading.sheet_reader import form_of
from xlperf.formulas.stages.summary import BLOCK
from xlperf.formulas.summary_lines import COLUMNS_ASIDE, LINE_FORMULAS
from xlperf.layout import Box, Form, Grid, anchors
from xlperf.layout.addresses import box_of, cell_address
from xlperf.layout.adjacent_label import is_beside, own_labels
from xlperf.layout.form_by_labels import LocatedForm, blank, locate_form
from xlperf.wording import official
from xlperf.workbook.grids import grid_of
from xlperf.workbook.names import define_name
from xlperf.workbook.repair.compare_checks import put_back_aids
from xlperf.workbook.repair.damage import Damage

MADE_FORMS = {
    "guide": GUIDE,
    "summary": SUMMARY_SHEET,
    "findings": FINDINGS,
    "manifest": MANIFEST_SHEET,
    "lists": LISTS_SHEET,
    "marks": MARK_MEMORY,
}
OF_A_LINE = ("SUMPRODUCT(MAX(EXACT(", ">0,INDEX(")  # what the summary's columns of stages say
TITLES_ROW = 2  # the row of the summary above which nothing of a stage stands
SHARE_OF_LABELS = 0.6  # of a form's labels make a sheet that form, where it has no name left


@dataclass
class LocatedForms:
    """The sheets of ours in a workbook: which form each holds, and what its names lacked."""

    forms: dict[str, Form] = field(default_factory=dict)  # title → form
    made_titles: dict[str, str] = field(default_factory=dict)  # guide, summary ... → title
    by_labels: dict[str, LocatedForm] = field(
        default_factory=dict
    )  # title → where labels say it is
    damages: list[Damage] = field(default_factory=list)

    def of(self, form: Form) -> list[str]:
        """The titles of the sheets that hold a form, in the workbook's order."""
        return [title for title, sheet_form in self.forms.items() if sheet_form is form]


def locate(book: Workbook, chosen: Edition) -> LocatedForms:
    """Find all sheets of ours by names or labels; puts lost names back into the book in memory.

    The result says which sheet holds which form, and what was wrong with the names.
    """
    located = LocatedForms(made_titles=dict(made_sheets(book)))
    located.damages += put_back_areas(book, located.made_titles, chosen.name)
    for sheet in book.worksheets:
        if sheet.title in located.made_titles.values():
            continue
        form = form_of(sheet.defined_names, chosen) or form_by_labels(sheet, chosen)
        if form is not None:
            located.forms[sheet.title] = form
            located.damages += put_back_names(sheet, form, located)
            located.damages += put_back_aids(sheet, form, located.by_labels[sheet.title])
    return located


def made_sheets(book: Workbook) -> Iterator[tuple[str, str]]:
    """Sheets that are made and not filled in, as (key, title): by title or, renamed, by names."""
    for key, form in MADE_FORMS.items():
        title = official(f"sheet.{key}")
        field_names = {field_name(ref, MADE_FIELD) for ref in anchors(blank(form))}
        having = [s.title for s in book.worksheets if is_like(s, field_names)]
        if title in book.sheetnames and is_made(book[title], form, field_names):
            yield key, title
        elif title not in book.sheetnames and having:
            yield key, having[0]


def is_like(sheet: Worksheet, field_names: set[str]) -> bool:
    """Whether most names of a made sheet are on this one, and no field's."""
    names = set(sheet.defined_names)
    return len(names & field_names) * 2 > len(field_names) and not any(
        n.startswith(FIELD_PREFIX) for n in names
    )


def is_made(sheet: Worksheet, form: Form, field_names: set[str]) -> bool:
    """Whether a sheet with a title of ours is ours: by any name, by its labels, or hidden."""
    if set(sheet.defined_names) & field_names or sheet.sheet_state != "visible":
        return True
    labelled = any(slot.cell.role == "label" for slot in blank(form).slots)
    return (
        locate_form(form, grid_of(sheet)).share >= SHARE_OF_LABELS
        if labelled
        else sheet.max_column <= len(form.widths)
    )


def form_by_labels(sheet: Worksheet, chosen: Edition) -> Form | None:
    """The form whose labels a sheet without names has; None where it has too few of any."""
    grid = grid_of(sheet)
    forms = (chosen.project, chosen.department, chosen.leftovers)
    shares = {form.name: locate_form(form, grid).share for form in forms}
    best = max(forms, key=lambda form: shares[form.name])
    return best if shares[best.name] >= SHARE_OF_LABELS else None


def put_back_names(sheet: Worksheet, form: Form, located: LocatedForms) -> list[Damage]:
    """The names of a form's fields where they ought to be; what was wrong with them."""
    defined = {
        key: box_of(str(sheet.defined_names[name].attr_text or ""))
        for key in anchors(blank(form))
        if (name := field_name(key)) in sheet.defined_names
    }
    by_name = {key: box for key, box in defined.items() if box is not None}
    grid = grid_of(sheet)
    by_labels = located.by_labels[sheet.title] = locate_form(form, grid, by_name)
    damages = []
    for key in anchors(blank(form)):
        box = _beside(key, by_labels.at.get(key), by_name)
        if key in by_name:
            if not stray_names(form, key, by_name[key], by_labels, grid):
                continue
            damages.append(_damage(sheet, "name_strayed", key, by_name[key]))
            box = _better(by_name[key], by_labels.at[key], grid)
        elif key in defined:
            if box is not None and key in own_labels(form) and not is_beside(form, key, box, grid):
                box = None  # its cells were deleted, its label with them
            damages.append(_damage(sheet, "name_broken" if box else "field_gone", key, box))
        else:
            damages.append(_damage(sheet, "name_lost" if box else "field_gone", key, box))
        if box is None:
            sheet.defined_names.pop(field_name(key), None)
        else:
            define_name(sheet, field_name(key), box)
    for key, box in by_labels.at.items():
        if key not in anchors(blank(form)) and field_name(key) not in sheet.defined_names:
            damages.append(_damage(sheet, "name_lost", key, box))
            define_name(sheet, field_name(key), box)
    return damages


def _damage(sheet: Worksheet, kind: str, key: str, box: Box | None) -> Damage:
    cell = cell_address(*box.at) if box else ""
    return Damage(kind, sheet.title, cell, key)


def _beside(key: str, box: Box | None, by_name: Mapping[str, Box]) -> Box | None:
    """A list's column by labels, as long as its neighbours by name."""
    ref = key.partition("/")[0] + "/"
    rows = [(b.row, b.height) for k, b in by_name.items() if k != key and k.startswith(ref)]
    if box is None or not rows or ref.startswith("spending_plan") or "/" not in key:
        return box
    top, height = max(set(rows), key=rows.count)
    within = top <= box.row < top + height or abs(top - box.row) <= 1
    return Box(top, box.col, box.width, height) if within and height > 1 else box


def stray_names(form: Form, key: str, box: Box, located: LocatedForm, grid: Grid) -> bool:
    """Whether labels prove that a field is not where its name says.

    A name beside which its own label stands is right, whatever else was moved.
    """
    fresh = anchors(blank(form))[key]
    by_labels = located.at.get(key)
    if by_labels is None or is_beside(form, key, box, grid):
        return False
    if key in own_labels(form) and not is_beside(form, key, by_labels, grid):
        return False
    if _is_list(form, key):
        apart = box.row >= by_labels.row + by_labels.height or box.row + box.height <= by_labels.row
        return fresh.row - 1 in located.proven and (box.col != by_labels.col or apart)
    return fresh.row in located.proven and grid.owner(box.at) != grid.owner(by_labels.at)


def _is_list(form: Form, key: str) -> bool:
    return any(
        isinstance(step, int)
        for slot in blank(form).slots
        if "/".join(str(s) for path in slot.paths[:1] for s in path if not isinstance(s, int))
        == key
        for step in slot.paths[0]
    )


def _better(by_name: Box, by_labels: Box, grid: Grid) -> Box:
    """The place that the labels prove, unless only the other one says anything."""

    def says(box: Box) -> bool:
        return any(grid.at(coord) not in (None, "") for coord in box.coords())

    return by_name if says(by_name) and not says(by_labels) else by_labels


def put_back_areas(book: Workbook, titles: Mapping[str, str], edition: str) -> Iterator[Damage]:
    """Name what is ours on guide and summary again: nobody is to take it for people's words."""
    for key, title in titles.items():
        sheet = book[title]
        assert isinstance(sheet, Worksheet)
        for name, box in areas_of(key, sheet, edition).items():
            defined = sheet.defined_names.get(name)
            if defined is None or box_of(str(defined.attr_text or "")) is None:
                define_name(sheet, name, box)
                yield Damage("own_name", title, cell_address(*box.at), name)


def areas_of(key: str, sheet: Worksheet, edition: str) -> dict[str, Box]:
    """The areas of a made sheet, where they stand if nobody has moved them, by their names."""
    rows = sheet.max_row
    if key == "guide":
        return {AID + "area": Box(1, 1, len(GUIDE.widths), rows)}
    if key != "summary":
        return {}
    width = len(summary_of(edition).widths)
    left = width + COLUMNS_ASIDE
    listed = [row for row, col in sheet._cells if col == left and sheet.cell(row, col).value]
    top, bottom = min(listed, default=1), max(listed, default=1)
    listing = Box(top, left, len(LINE_FORMULAS), bottom - top + 1)
    return {
        AID + "area": Box(1, 1, width, rows),
        AID + "listed": listing,
        field_name("projects/number", MADE_FIELD): Box(top, 1, 1, bottom - top + 1),
        **stage_columns(sheet, listing),
    }


def stage_columns(sheet: Worksheet, listing: Box) -> dict[str, Box]:
    """The columns of stages on the summary, by what they look up for the first project listed.

    `listing`: the hidden list of projects in front of them. Hidden columns with lines of the
    departments' sheets come first; those that people see show a cell of such a line.
    """
    columns = [
        col
        for (row, col), cell in sorted(sheet._cells.items())
        if row == listing.row and col >= listing.col + listing.width and cell.data_type == "f"
        if any(sign in str(cell.value) for sign in OF_A_LINE)
    ]
    if not columns:
        return {}
    first, last = columns[0], columns[-1]
    return {BLOCK: Box(TITLES_ROW, first, last - first + 1, listing.bottom - TITLES_ROW + 1)}
