"""Marks on the cells of a live book, and what each cell had before.

The same memory as in a file: a hidden sheet has the user's own fill and note of every marked cell,
and a name that moves with the cell says which line is its. A copied sheet has the same names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import count

import xlwings as xw

from xlperf.forms.generated import MARKS
from xlperf.forms.naming import MADE_FIELD, MARK, field_name
from xlperf.layout import Box, Coord, anchors, fill
from xlperf.layout.addresses import address, cell_address, to_box
from xlperf.live.excel import HIDDEN, NO_FILL, Sheet, add_sheet, errors, sheet_of, unions
from xlperf.live.writing import matrix, on, write_block
from xlperf.plan import Mark, colour, with_own
from xlperf.wording import official

NONE = ""
MADE = ("guide", "summary", "findings", "manifest", "lists", "marks")  # never marked


@dataclass(frozen=True)
class Was:
    """A marked cell's name, and the fill (AARRGGBB) and note that it had of its own."""

    name: str
    sheet: str
    fill: str = NONE
    note: str = NONE


Marked = Mapping[tuple[str, Coord], Was]


def remembered(sheets: Sequence[Sheet]) -> list[Was]:
    """What the hidden sheet says of all marks."""
    title = official("sheet.marks")
    sheet = next((each for each in sheets if each.title == title), None)
    if sheet is None:
        return []
    keys = ("name", "sheet", "fill", "note")
    names = [field_name(f"marks/{key}", MADE_FIELD) for key in keys]
    boxes = sheet.boxes(names)
    if boxes is None:
        return []
    said = {coord: str(value) for coord, value, _ in sheet.contents(formulas=False).cells()}
    cols = [boxes[name].col for name in names]
    top, height = boxes[names[0]].row, boxes[names[0]].height
    lines = ([said.get((row, col), NONE) for col in cols] for row in range(top, top + height))
    return [Was(*line) for line in lines if line[0]]


def find(sheets: Sequence[Sheet], known: Sequence[Was]) -> dict[tuple[str, Coord], Was]:
    """Where the marked cells are now; on a copied sheet, too."""
    groups: dict[str, list[Was]] = {}
    for was in known:
        groups.setdefault(was.sheet, []).append(was)
    found: dict[tuple[str, Coord], Was] = {}
    made = {official(f"sheet.{key}") for key in MADE}
    for sheet in sheets if groups else ():
        if sheet.title in made:
            continue
        own = groups.get(sheet.title)
        for group in [own] if own else groups.values():
            for was, box in _places(sheet, group):
                found[sheet.title, box.at] = was
    return found


def _places(sheet: Sheet, group: Sequence[Was]) -> Iterator[tuple[Was, Box]]:
    """The cells of marks on one sheet: asked for together, or one by one where some are gone."""
    boxes = sheet.boxes([was.name for was in group])
    if boxes is not None:
        yield from ((was, boxes[was.name]) for was in group)
    elif sheet.title == group[0].sheet:
        for was in group:
            if box := (sheet.boxes([was.name]) or {}).get(was.name):
                yield was, box


def restore(sheets: Sequence[Sheet], marked: Marked) -> None:
    """Give marked cells back what they had of their own; their names go."""
    for sheet in sheets:
        here = {coord: was for (title, coord), was in marked.items() if title == sheet.title}
        if here:
            on(sheet, partial(_put_back, sheet, here))
            names = sheet.com.Names
            for was in here.values():
                names(was.name).Delete()


def _put_back(sheet: Sheet, here: Mapping[Coord, Was]) -> None:
    for text in unions(here):
        cells = sheet.range(text)
        cells.Interior.ColorIndex = NO_FILL
        cells.ClearComments()
    for coord, was in here.items():
        if was.fill:
            sheet.range(cell_address(*coord)).Interior.Color = blue_first(was.fill)
        if was.note:
            sheet.range(cell_address(*coord)).AddComment(was.note)


@dataclass
class Job:
    """What is to be done on one sheet: its marks, and what their cells had before."""

    sheet: Sheet
    marks: dict[Coord, Mark]
    was: dict[Coord, Was]
    fresh: set[Coord]  # cells that had no mark, and get a name


def mark(book: xw.Book, sheets: Sequence[Sheet], marks: Iterable[Mark], marked: Marked) -> None:
    """Colour cells and give them notes. Cells marked already keep their names; `marked` are these
    and the marks of other cells that stay.
    """
    jobs = list(_jobs(sheets, marks, marked))
    mine = {(job.sheet.title, coord) for job in jobs for coord in job.marks}
    kept = [replace(was, sheet=at[0]) for at, was in marked.items() if at not in mine]
    remember(book, sheets, [*kept, *_lines(jobs)])
    own = [_carry_out(job) for job in jobs]
    if any(own):  # notes of the user's own that came to light
        title = official("sheet.marks")
        there = [*sheets, *([each] if (each := sheet_of(book, title)) else [])]
        remember(book, there, [*kept, *_lines(jobs)])


def _lines(jobs: Iterable[Job]) -> list[Was]:
    return [was for job in jobs for was in job.was.values()]


def _jobs(sheets: Sequence[Sheet], marks: Iterable[Mark], marked: Marked) -> Iterator[Job]:
    """The marks by sheet, each with what its cell had before."""
    wanted: dict[str, dict[Coord, Mark]] = {}
    for each in marks:
        wanted.setdefault(each.sheet, {})[to_box(each.cell).at] = each
    taken = {was.name for was in marked.values()}
    free = (name for n in count(1) if (name := f"{MARK}{n}") not in taken)
    for sheet in sheets:
        here = wanted.get(sheet.title, {})
        fresh = [coord for coord in here if (sheet.title, coord) not in marked]
        fills = sheet.fills(fresh)
        was = {
            coord: replace(marked[sheet.title, coord], sheet=sheet.title)
            if (sheet.title, coord) in marked
            else Was(next(free), sheet.title, _as_file(fills[coord]))
            for coord in here
        }
        if here:
            yield Job(sheet, here, was, set(fresh))


def _carry_out(job: Job) -> bool:
    """Name, colour and note the cells of one sheet; whether a note of the user's was found."""
    names = job.sheet.com.Names if job.fresh else None
    for coord in job.fresh:
        target = address(Box(*coord), job.sheet.title)
        names.Add(job.was[coord].name, "=" + target)  # type: ignore[union-attr]
    before = dict(job.was)
    on(job.sheet, partial(_dress, job))
    return before != job.was


def _dress(job: Job) -> None:
    by_colour: dict[str, list[Coord]] = {}
    for coord, each in job.marks.items():
        by_colour.setdefault(colour(each), []).append(coord)
    for shade, coords in by_colour.items():
        for text in unions(coords):
            job.sheet.range(text).Interior.Color = blue_first(shade)
    for text in unions(coord for coord in job.marks if coord not in job.fresh):
        job.sheet.range(text).ClearComments()
    for coord in job.marks:
        _note(job, coord)


def _note(job: Job, coord: Coord) -> None:
    """Give a cell its note; where it has one of the user's, that one is kept below ours."""
    cell = job.sheet.range(cell_address(*coord))
    text = job.marks[coord].note
    try:
        cell.AddComment(with_own(text, job.was[coord].note))
    except errors():
        there = cell.Comment
        if there is None:
            raise
        said = str(there.Text())
        if not said.startswith(text):  # ours, if this is the second try on a protected sheet
            job.was[coord] = replace(job.was[coord], note=said)
        cell.ClearComments()
        cell.AddComment(with_own(text, job.was[coord].note))


def remember(book: xw.Book, sheets: Sequence[Sheet], lines: Sequence[Was]) -> None:
    """Write the hidden sheet: every mark's name, and what its cell had before."""
    title = official("sheet.marks")
    sheet = next((each for each in sheets if each.title == title), None)
    if sheet is None:
        sheet = add_sheet(book, sheets[-1], title)
        sheet.com.Visible = HIDDEN
    else:
        sheet.com.UsedRange.ClearContents()
    values = {"marks": [{k: v for k, v in vars(was).items() if v} for was in lines]}
    filled = fill(MARKS, values)
    box = Box(1, 1, len(MARKS.widths), filled.layout.rows)
    write_block(sheet, box, matrix(filled.grid.values, box))
    for key, area in anchors(filled.layout).items():
        sheet.com.Names.Add(field_name(key, MADE_FIELD), "=" + address(area, title))


def blue_first(rgb: str) -> int:
    """RRGGBB or AARRGGBB as Excel counts colours."""
    red, green, blue = (int(rgb[-6:][at : at + 2], 16) for at in (0, 2, 4))
    return red | green << 8 | blue << 16


def _as_file(colour: int | None) -> str:
    """A colour as a file has it: AARRGGBB; "" for no fill."""
    if colour is None:
        return NONE
    return f"FF{colour & 255:02X}{colour >> 8 & 255:02X}{colour >> 16 & 255:02X}"
