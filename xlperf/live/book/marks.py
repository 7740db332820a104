"""Marks on the cells of a live book, and what each cell had before.

The same memory as in a file: a hidden sheet has the user's own fill and note of every marked cell,
and a name that moves with the cell says which line is its. A copied sheet has the same names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count, islice

import xlwings as xw

from xlperf.forms.defined_names import MADE_FIELD, MARK_PREFIX, field_name
from xlperf.forms.made_sheets.book_sheets import MARK_MEMORY
from xlperf.layout import Box, Coord, anchors, fill
from xlperf.layout.addresses import address, cell_address, to_box
from xlperf.live.com.address_chunks import unions
from xlperf.live.com.batch import (
    INTERIOR,
    NAMES_MEMBER,
    Batched,
    ComCall,
    ExcelRefusalError,
    MemberLink,
    cells,
    checked,
    item,
    run_all,
    run_one,
)
from xlperf.live.com.objects import NO_FILL, XL_SHEET_HIDDEN, LiveSheet, add_sheet
from xlperf.live.com.writing import define_names, matrix, raise_refusals, unprotected, write_block
from xlperf.plan import Mark, colour, with_own_notes
from xlperf.wording import official

NO_MARK = ""
COMMENT: MemberLink = ("Comment", None)
COMMENTS: MemberLink = ("Comments", None)
# never marked
UNMARKED_SHEETS = ("guide", "summary", "findings", "manifest", "lists", "marks", "changes")


@dataclass(frozen=True)
class OriginalLook:
    """A marked cell's name, and the fill (AARRGGBB) and note that it had of its own."""

    name: str
    sheet: str
    fill: str = NO_MARK
    note: str = NO_MARK


Marked = Mapping[tuple[str, Coord], OriginalLook]


def original_looks(sheets: Sequence[LiveSheet]) -> list[OriginalLook]:
    """The rows of the hidden sheet of marks, one for each marked cell; none where it is missing."""
    title = official("sheet.marks")
    sheet = next((sheet for sheet in sheets if sheet.title == title), None)
    if sheet is None:
        return []
    return run_one(_read_originals(sheet))


def _read_originals(sheet: LiveSheet) -> Batched[list[OriginalLook]]:
    keys = ("name", "sheet", "fill", "note")
    names = [field_name(f"marks/{key}", MADE_FIELD) for key in keys]
    boxes = yield from sheet.boxes(names)
    if boxes is None:
        return []
    contents = yield from sheet.contents(formulas=False)
    texts = {coord: str(value) for coord, value, _ in contents.cells()}
    cols = [boxes[name].col for name in names]
    top, height = boxes[names[0]].row, boxes[names[0]].height
    lines = ([texts.get((row, col), NO_MARK) for col in cols] for row in range(top, top + height))
    return [OriginalLook(*line) for line in lines if line[0]]


def find_marked(
    sheets: Sequence[LiveSheet], looks: Sequence[OriginalLook]
) -> dict[tuple[str, Coord], OriginalLook]:
    """Where marked cells are now, by sheet title and cell, each with the look it had before.

    Cells are found by their names, so that moved cells and those of copied sheets are found, too.
    """
    groups: dict[str, list[OriginalLook]] = {}
    for look in looks:
        groups.setdefault(look.sheet, []).append(look)
    never_marked = {official(f"sheet.{key}") for key in UNMARKED_SHEETS}
    forms = [sheet for sheet in sheets if sheet.title not in never_marked] if groups else []
    places = run_all(_places(sheet, groups) for sheet in forms)
    return {
        (sheet.title, box.at): look
        for sheet, boxes in zip(forms, places, strict=True)
        for look, box in boxes
    }


def _places(
    sheet: LiveSheet, groups: Mapping[str, Sequence[OriginalLook]]
) -> Batched[list[tuple[OriginalLook, Box]]]:
    """The cells of marks on one sheet: its own, or, on a copied one, those of any."""
    own_looks = groups.get(sheet.title)
    result: list[tuple[OriginalLook, Box]] = []
    for group in [own_looks] if own_looks else groups.values():
        boxes = yield from sheet.boxes([look.name for look in group])
        if boxes is None and own_looks:  # some are gone
            boxes = {}
            for look in own_looks:
                boxes |= (yield from sheet.boxes([look.name])) or {}
        result += [(look, boxes[look.name]) for look in group if boxes and look.name in boxes]
    return result


def restore(sheets: Sequence[LiveSheet], marked: Marked) -> None:
    """Give marked cells their own fill and note back, and delete the names of their marks."""
    looks_by_sheet: dict[str, dict[Coord, OriginalLook]] = {}
    for (title, coord), look in marked.items():
        looks_by_sheet.setdefault(title, {})[coord] = look
    run_all(
        _restore_sheet(sheet, looks_by_sheet[sheet.title])
        for sheet in sheets
        if sheet.title in looks_by_sheet
    )


def _restore_sheet(sheet: LiveSheet, looks: Mapping[Coord, OriginalLook]) -> Batched[None]:
    yield from unprotected(sheet, lambda: raise_refusals(list(_put_back(sheet, looks))))
    # a name that is no longer there is no error: these answers are not checked
    yield [sheet.call("Delete", NAMES_MEMBER, item(look.name)) for look in looks.values()]


def _put_back(sheet: LiveSheet, looks: Mapping[Coord, OriginalLook]) -> Iterator[ComCall]:
    for text in unions(looks):
        yield sheet.put("ColorIndex", NO_FILL, cells(text), INTERIOR)
        yield sheet.call("ClearComments", cells(text))
    for coord, look in looks.items():
        cell = cells(cell_address(*coord))
        if look.fill:
            yield sheet.put("Color", bgr(look.fill), cell, INTERIOR)
        if look.note:
            yield sheet.call("AddComment", cell, arguments=(look.note,))


@dataclass
class SheetMarks:
    """What is to be done on one sheet: its marks, and what their cells had before."""

    sheet: LiveSheet
    marks: dict[Coord, Mark]
    was: dict[Coord, OriginalLook]
    fresh: set[Coord]  # cells that had no mark, and get a name
    noted: set[Coord]  # cells with a note that makes way for ours: earlier ones, the user's own


def mark(book: xw.Book, sheets: Sequence[LiveSheet], marks: Iterable[Mark], marked: Marked) -> None:
    """Colour cells and give them notes. Cells marked already keep their names; `marked` are these
    and the marks of other cells that stay.
    """
    jobs = run_all(_job(*entry, marked) for entry in _marks_by_sheet(sheets, marks, marked))
    planned = {(job.sheet.title, coord) for job in jobs for coord in job.marks}
    staying = [replace(look, sheet=at[0]) for at, look in marked.items() if at not in planned]
    remember(book, sheets, [*staying, *(look for job in jobs for look in job.was.values())])
    run_all(_mark_sheet(job) for job in jobs)


def _marks_by_sheet(
    sheets: Sequence[LiveSheet], marks: Iterable[Mark], marked: Marked
) -> Iterator[tuple[LiveSheet, dict[Coord, Mark], list[str]]]:
    """The marks by sheet, each with names for cells that have none yet."""
    planned_marks: dict[str, dict[Coord, Mark]] = {}
    for cell_mark in marks:
        planned_marks.setdefault(cell_mark.sheet, {})[to_box(cell_mark.cell).at] = cell_mark
    used_names = {look.name for look in marked.values()}
    free = (name for n in count(1) if (name := f"{MARK_PREFIX}{n}") not in used_names)
    for sheet in sheets:
        if sheet_marks := planned_marks.get(sheet.title):
            fresh = [coord for coord in sheet_marks if (sheet.title, coord) not in marked]
            yield sheet, sheet_marks, list(islice(free, len(fresh)))


def _job(
    sheet: LiveSheet, marks: dict[Coord, Mark], names: Sequence[str], marked: Marked
) -> Batched[SheetMarks]:
    """What is to be done on a sheet, with what each cell had before."""
    earlier = {
        coord: marked[sheet.title, coord] for coord in marks if (sheet.title, coord) in marked
    }
    fresh = [coord for coord in marks if coord not in earlier]
    fills = yield from sheet.fills(fresh)
    notes = yield from _own_notes(sheet, {coord: marks[coord].note for coord in fresh})
    looks = {coord: replace(look, sheet=sheet.title) for coord, look in earlier.items()}
    for name, coord in zip(names, fresh, strict=True):
        looks[coord] = OriginalLook(
            name, sheet.title, _as_file(fills[coord]), notes.get(coord, NO_MARK)
        )
    in_order = {coord: looks[coord] for coord in marks}
    return SheetMarks(sheet, marks, in_order, set(fresh), {*earlier, *notes})


def _own_notes(sheet: LiveSheet, new_notes: Mapping[Coord, str]) -> Batched[dict[Coord, str]]:
    """What notes that are there say of the user's own; one that begins as ours is ours."""
    (note_count,) = (yield [sheet.get("Count", COMMENTS)]) if new_notes else (0,)
    if not checked(note_count):
        return {}
    asks = [sheet.call("Text", cells(cell_address(*coord)), COMMENT) for coord in new_notes]
    texts = dict(zip(new_notes, (yield asks), strict=True))
    return {
        coord: NO_MARK if str(note).startswith(new_notes[coord]) else str(note)
        for coord, note in texts.items()
        if not isinstance(note, ExcelRefusalError)
    }


def _mark_sheet(job: SheetMarks) -> Batched[None]:
    """Name, colour and note the cells of one sheet."""
    naming_calls = [
        job.sheet.call(
            "Add", NAMES_MEMBER, arguments=(look.name, "=" + address(Box(*coord), job.sheet.title))
        )
        for coord, look in job.was.items()
        if coord in job.fresh
    ]
    yield from raise_refusals(naming_calls)
    yield from unprotected(job.sheet, lambda: _coloured_cells(job))


def _coloured_cells(job: SheetMarks) -> Batched[None]:
    """Colour, then note; no note is taken away of which it is not known what it says."""
    yield from raise_refusals(list(_coloured(job)))
    yield from raise_refusals(list(_write_notes(job)))


def _coloured(job: SheetMarks) -> Iterator[ComCall]:
    by_colour: dict[str, list[Coord]] = {}
    for coord, cell_mark in job.marks.items():
        by_colour.setdefault(colour(cell_mark), []).append(coord)
    for shade, coords in by_colour.items():
        for text in unions(coords):
            yield job.sheet.put("Color", bgr(shade), cells(text), INTERIOR)


def _write_notes(job: SheetMarks) -> Iterator[ComCall]:
    for text in unions(job.noted):
        yield job.sheet.call("ClearComments", cells(text))
    for coord, cell_mark in job.marks.items():
        note = with_own_notes(cell_mark.note, job.was[coord].note)
        yield job.sheet.call("AddComment", cells(cell_address(*coord)), arguments=(note,))


def remember(book: xw.Book, sheets: Sequence[LiveSheet], lines: Sequence[OriginalLook]) -> None:
    """Write the hidden sheet: every mark's name, and what its cell had before."""
    title = official("sheet.marks")
    sheet = next((sheet for sheet in sheets if sheet.title == title), None)
    if sheet is None:
        sheet = add_sheet(book, sheets[-1], title)
        sheet.com.Visible = XL_SHEET_HIDDEN
    else:
        sheet.com.UsedRange.ClearContents()
    values = {"marks": [{k: v for k, v in vars(look).items() if v} for look in lines]}
    filled_form = fill(MARK_MEMORY, values)
    box = Box(1, 1, len(MARK_MEMORY.widths), filled_form.layout.rows)
    write_block(sheet, box, matrix(filled_form.grid.values, box))
    run_one(raise_refusals(define_names(sheet, anchors(filled_form.layout))))


def bgr(rgb: str) -> int:
    """A colour RRGGBB or AARRGGBB, in hex, as the number that Excel's `Color` takes: BBGGRR."""
    red, green, blue = (int(rgb[-6:][at : at + 2], 16) for at in (0, 2, 4))
    return red | green << 8 | blue << 16


def _as_file(colour: int | None) -> str:
    """A colour as a file has it: AARRGGBB; "" for no fill."""
    if colour is None:
        return NO_MARK
    return f"FF{colour & 255:02X}{colour >> 8 & 255:02X}{colour >> 16 & 255:02X}"
