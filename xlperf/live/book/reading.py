"""A live book as a reading: each sheet read in bulk, then the same steps as for a file.

What the forms lead one to expect (all names in place, merged cells where the generator merged
them) is verified by a question or two about the whole sheet; only where the answer is another one
are cells and names asked about one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any

import xlwings as xw

from xlperf.forms import EDITIONS, Edition
from xlperf.forms.defined_names import (
    AID,
    CONTRIBUTIONS,
    EDGES,
    FIELD_PREFIX,
    MADE_FIELD,
    UNIT_LINES,
    field_name,
    names_of,
    optional_names,
    own_cells,
)
from xlperf.forms.made_sheets.book_sheets import FINDINGS, MANIFEST_SHEET, SUMMARY_SHEET
from xlperf.forms.sheet_reading.sheet_content import SheetContent
from xlperf.forms.sheet_reading.sheet_memory import SheetMemory
from xlperf.forms.sheet_reading.sheet_reader import OURS_WHOLE, form_of, record_of
from xlperf.formulas.stages.summary import BLOCK
from xlperf.layout import Box, Coord, Form, Formula, Grid
from xlperf.layout.number_formats import by_format
from xlperf.layout.vocabulary import Cell
from xlperf.live.com.batch import Batched, run_all
from xlperf.live.com.objects import Contents, LiveSheet, sheets
from xlperf.reading import Reading
from xlperf.wording import official

CHECK_NAMES = tuple(AID + aid for aid in ("back", "checks", "parts", "check", "status", "sections"))
PARTS_NAME = AID + "parts"  # hidden columns with the numbers of merged cells
NAMES_OF_GENERATED_SHEETS = {
    "guide": (AID + "area",),
    "summary": (AID + "area", AID + "listed", *sorted(names_of(SUMMARY_SHEET, MADE_FIELD))),
}
# made sheets that are read as forms
SHEETS_READ_AS_FORMS = {"manifest": MANIFEST_SHEET, "findings": FINDINGS}
SERIALS = (20_000, 80_000)  # dates of 1954 to 2119 as numbers
MEMORY = SheetMemory()  # of the sheets that were read at the last click
LARGEST_FRACTION = 1  # a share up to here is a fraction, whatever its number format


def read_book(book: xw.Book, worksheets: Sequence[LiveSheet] | None = None) -> Reading:
    """The record of a live book, and the cell of every field; by default of all worksheets.

    Sheets that say the same as at the last reading are not taken apart anew.
    """
    contents = read_sheets_of(worksheets or sheets(book))
    with MEMORY.reading() as read:
        return record_of(contents, str(book.fullname), read)


def read_sheets_of(worksheets: Sequence[LiveSheet]) -> list[SheetContent]:
    """What each sheet says; those on which marks and fixes remember what was there are not read."""
    unread = {official(f"sheet.{key}") for key in OURS_WHOLE}
    return run_all(seen_sheet(sheet) for sheet in worksheets if sheet.title not in unread)


def seen_sheet(sheet: LiveSheet) -> Batched[SheetContent]:
    """The content of one sheet, read as the kind that its title, or the names on it, tell.

    Kinds: a sheet made by the generator, a form of an edition (tried in order), anything else.
    """
    kinds = {
        official(f"sheet.{key}"): key for key in (*NAMES_OF_GENERATED_SHEETS, *SHEETS_READ_AS_FORMS)
    }
    kind = kinds.get(sheet.title, "")
    if kind in SHEETS_READ_AS_FORMS:
        boxes = yield from sheet.boxes(sorted(names_of(SHEETS_READ_AS_FORMS[kind], MADE_FIELD)))
        if kind == "findings" and boxes is not None:  # people write into it, dates too
            return (yield from _content_of(sheet, None, boxes, frozenset()))
        return (yield from _made_sheet(sheet, boxes, is_plucked=True))
    if kind in NAMES_OF_GENERATED_SHEETS:
        boxes = yield from sheet.boxes(
            NAMES_OF_GENERATED_SHEETS[kind], [BLOCK] if kind == "summary" else []
        )
        return (yield from _made_sheet(sheet, boxes))
    if sheet.title == official("sheet.lists"):
        return (yield from _made_sheet(sheet, {}, is_plucked=True))
    for edition in EDITIONS.values():
        for form in _forms(edition):
            optional = optional_names(form)
            names = [*sorted(names_of(form) - optional), *_aids(form, edition)]
            boxes = yield from sheet.boxes(names, sorted(optional))
            if boxes is not None:
                return (yield from _content_of(sheet, form, boxes, frozenset()))
    return (yield from _unexpected(sheet))


def _aids(form: Form, edition: Edition) -> tuple[str, ...]:
    """The names of ours beside a form that are no field's."""
    if form is edition.leftovers:
        return CHECK_NAMES[:1]
    return (*CHECK_NAMES, *([CONTRIBUTIONS] if form is edition.project else UNIT_LINES))


def _forms(edition: Edition) -> tuple[Form, ...]:
    return (edition.project, edition.department, edition.leftovers)


def _made_sheet(
    sheet: LiveSheet, boxes: Mapping[str, Box] | None, *, is_plucked: bool = False
) -> Batched[SheetContent]:
    """A sheet that nobody fills in: what stands outside of what is ours, or over it."""
    if boxes is None:
        return (yield from _unexpected(sheet))
    contents = yield from sheet.contents()
    values, formulas, machinery = _split(contents, own_cells(boxes))
    if not is_plucked and not own_cells(boxes).issuperset((*values, *formulas)):
        return (yield from _content_of(sheet, None, boxes, frozenset()))
    grid = Grid({**values, **formulas})
    return SheetContent(sheet.title, boxes, grid, values.get, machinery=machinery)


def _unexpected(sheet: LiveSheet) -> Batched[SheetContent]:
    """A sheet whose names are not all there: each name is asked for."""
    boxes = yield from sheet.names()
    prefixes = (FIELD_PREFIX, MADE_FIELD, AID, EDGES)
    own_boxes = {name: box for name, box in boxes.items() if box and name.startswith(prefixes)}
    lost = frozenset(name for name, box in boxes.items() if name not in own_boxes)
    return (yield from _content_of(sheet, form_of(boxes, *EDITIONS.values()), own_boxes, lost))


def _content_of(
    sheet: LiveSheet, form: Form | None, boxes: Mapping[str, Box], lost: frozenset[str]
) -> Batched[SheetContent]:
    contents = yield from sheet.contents()
    values, formulas, machinery = _split(contents, own_cells(boxes))
    numbers = _numbers(form, boxes, values)
    formats = yield from sheet.number_formats(*numbers)
    for coord, code in formats.items():
        values[coord] = by_format(values[coord], str(code or ""))
    spans = (yield from _spans(sheet, form, boxes, values)) if form else ()
    for coord in (coord for span in spans for coord in span.coords()[1:]):
        values.pop(coord, None)  # below a merged cell the file has its word again, unseen
    grid = Grid({**values, **formulas}, spans)
    return SheetContent(
        sheet.title, boxes, grid, lambda coord: values.get(coord, ""), lost, machinery
    )


def _split(
    contents: Contents, machinery_cells: Set[Coord]
) -> tuple[dict[Coord, Any], dict[Coord, Formula], frozenset[Coord]]:
    """What cells say, which of them are formulas, and where our own are, which say nothing."""
    values: dict[Coord, Any] = {}
    formulas: dict[Coord, Formula] = {}
    machinery = set()
    for coord, value, formula in contents.cells():
        if formula and coord in machinery_cells:
            machinery.add(coord)
            continue
        if value not in (None, ""):
            values[coord] = value
        if formula:
            formulas[coord] = Formula(formula)
    return values, formulas, frozenset(machinery)


def _numbers(
    form: Form | None, boxes: Mapping[str, Box], values: Mapping[Coord, Any]
) -> tuple[list[Coord], list[Coord]]:
    """Numbers whose number format may say more: amounts, and all others."""
    kinds = {coord: cell.kind for coord, cell in _fields(form, boxes)} if form else {}
    aid_cells = {at for name, box in boxes.items() if name.startswith(AID) for at in box.coords()}
    amounts, others = [], []
    for coord, value in sorted(values.items()):
        if not isinstance(value, int | float) or isinstance(value, bool) or coord in aid_cells:
            continue
        kind = kinds.get(coord)
        if kind == "money":
            if _like_a_date(value):
                amounts.append(coord)
        elif kind != "percent" or abs(value) > LARGEST_FRACTION:
            others.append(coord)
    return amounts, others


def _like_a_date(number: float) -> bool:
    """Whether an amount may be a date or a time that was typed: 7-9, 9:30."""
    return 0 < number < 1 or (number == int(number) and SERIALS[0] <= number <= SERIALS[1])


def _fields(form: Form, boxes: Mapping[str, Box]) -> Iterator[tuple[Coord, Cell]]:
    """The cells of a form's fields: single ones, and each row of each column of its lists."""
    for key, cell in form.fields():
        box = boxes.get(field_name(key))
        for row in range(box.row, box.row + (box.height if "/" in key else 1)) if box else ():
            yield (row, box.col), cell  # type: ignore[union-attr]


def _spans(
    sheet: LiveSheet, form: Form, boxes: Mapping[str, Box], values: Mapping[Coord, Any]
) -> Batched[tuple[Box, ...]]:
    """The merged areas that matter: those that make a blank field show what is above it."""
    cells = _fields(form, boxes)
    parts = list(_expected(form, boxes, values, boxes.get(PARTS_NAME)))
    below = {coord for part in parts for coord in part.coords()[1:]}
    fields = {at for at, cell in cells if cell.role == "field"}
    blank = {at for at in fields if at not in values or at in below}
    expected = sorted(blank & below, key=_down)
    others = sorted(blank - below, key=_down)
    is_merged = yield from sheet.merged(expected, others)
    fine = tuple(part for part in parts if all(is_merged.get(at, True) for at in part.coords()[1:]))
    covered = {at for part in fine for at in part.coords()}
    rest = [coord for coord, merged in is_merged.items() if merged and coord not in covered]
    return (*fine, *(yield from sheet.merge_areas(rest)))


def _down(coord: Coord) -> tuple[int, int]:
    return coord[1], coord[0]


def _expected(
    form: Form, boxes: Mapping[str, Box], values: Mapping[Coord, Any], parts: Box | None
) -> Iterator[Box]:
    """Areas that the generator merged: rows that follow each other and belong to one merged cell.

    The hidden columns beside the form have the number of the merged cell each row belongs to.
    """
    for part in form.lists() if parts else ():
        for at, ref in enumerate(part.merging):
            box = boxes.get(field_name(f"{part.list_ref}/{ref}"))
            if box and parts:
                yield from _runs(box, parts.col + at, values)


def _runs(box: Box, flags: int, values: Mapping[Coord, Any]) -> Iterator[Box]:
    top = box.row
    for row in range(box.row + 1, box.row + box.height + 1):
        inside = row < box.row + box.height
        if not inside or values.get((row, flags)) != values.get((top, flags)):
            if row - top > 1 and values.get((top, flags)) is not None:
                yield Box(top, box.col, 1, row - top)
            top = row
