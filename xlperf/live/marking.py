"""Marks on the cells of a live book, and what each cell had before.

The same memory as in a file: a hidden sheet has the user's own fill and note of every marked cell,
and a name that moves with the cell says which line is its. A copied sheet has the same names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import xlwings as xw

from xlperf.forms.generated import MARKS
from xlperf.forms.naming import MADE_FIELD, MARK, field_name
from xlperf.layout import Box, Coord, anchors, fill
from xlperf.layout.addresses import address, cell_address, to_box
from xlperf.live.excel import HIDDEN, NO_FILL, VISIBLE, Sheet, add_sheet, errors, unions
from xlperf.live.writing import matrix, on, write_block
from xlperf.plan import COLOURS, Mark, with_own
from xlperf.wording import official

NONE = ""


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
    for sheet in sheets:
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
            on(sheet, lambda s=sheet, h=here: _put_back(s, h))  # type: ignore[misc]
            for was in here.values():
                sheet.com.Names(was.name).Delete()


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


def mark(book: xw.Book, sheets: Sequence[Sheet], marks: Iterable[Mark], kept: Marked) -> None:
    """Colour cells and give them notes; `kept` are marks of other cells that stay."""
    wanted: dict[str, list[Mark]] = {}
    for each in marks:
        wanted.setdefault(each.sheet, []).append(each)
    taken = {was.name for was in kept.values()}
    free = (name for n in range(1, 10**6) if (name := f"{MARK}{n}") not in taken)
    by_title = {sheet.title: sheet for sheet in sheets}
    lines = [Was(w.name, title, w.fill, w.note) for (title, _), w in kept.items()]
    todo = []
    for title, listed in wanted.items():
        sheet = by_title[title]
        coords = [to_box(each.cell).at for each in listed]
        fills = sheet.fills(coords)
        notes = sheet.notes()
        for each, coord in zip(listed, coords, strict=True):
            own = _as_file(fills[coord])
            lines.append(Was(next(free), title, own, notes.get(coord, NONE)))
        todo.append((sheet, listed, lines[-len(listed) :]))
    remember(book, sheets, lines)
    for sheet, listed, named in todo:
        _mark(sheet, listed, named)


def _mark(sheet: Sheet, marks: Sequence[Mark], named: Sequence[Was]) -> None:
    names = sheet.com.Names
    for each, was in zip(marks, named, strict=True):
        names.Add(was.name, "=" + address(to_box(each.cell), sheet.title))
    on(sheet, lambda: _dress(sheet, marks, named))


def _dress(sheet: Sheet, marks: Sequence[Mark], named: Sequence[Was]) -> None:
    by_colour: dict[str, list[Coord]] = {}
    for each in marks:
        by_colour.setdefault(COLOURS[each.severity], []).append(to_box(each.cell).at)
    for colour, coords in by_colour.items():
        for text in unions(coords):
            sheet.range(text).Interior.Color = blue_first(colour)
    for each, was in zip(marks, named, strict=True):
        cell = sheet.range(each.cell)
        try:
            cell.AddComment(with_own(each.note, was.note))
        except errors():
            cell.ClearComments()
            cell.AddComment(with_own(each.note, was.note))


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


def shown(sheet: Sheet) -> bool:
    """Whether people see a sheet."""
    return bool(sheet.com.Visible == VISIBLE)
