"""The list of findings on its sheet of a live book."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import xlwings as xw

from xlperf.forms.generated import FINDINGS
from xlperf.forms.naming import MADE_FIELD, field_name
from xlperf.layout import Box, Filled, Form, Formula, anchors, fill
from xlperf.layout.addresses import address, area_address, letters, quoted
from xlperf.live.excel import VISIBLE, Sheet, add_sheet, errors
from xlperf.live.marking import blue_first
from xlperf.live.writing import matrix, on, write_block
from xlperf.plan import ASKED, HIDDEN, Entry, Plan, listed, painted
from xlperf.waivers import TYPED
from xlperf.wording import official

LANDSCAPE = 2
STYLE = "xp_"  # the named styles of the workbook begin with it


def write_list(book: xw.Book, sheets: Sequence[Sheet], plan: Plan) -> Sheet:
    """Write the list of findings onto its sheet, which is made where there is none."""
    title = official("sheet.findings")
    filled = fill(FINDINGS, listed(plan))
    sheet = next((each for each in sheets if each.title == title), None)
    made = sheet is None
    if sheet is None:
        sheet = add_sheet(book, _behind_shown(sheets), title)
        _widths(sheet, FINDINGS)
    else:
        on(sheet, sheet.clear)
    on(sheet, lambda: _write(sheet, filled, (*plan.entries, *plan.kept)))
    if made:
        _page(book, sheet, filled)
    return sheet


def _behind_shown(sheets: Sequence[Sheet]) -> Sheet:
    """The first of the hidden sheets at the end; the last sheet where none is hidden."""
    found = sheets[-1]
    for sheet in reversed(sheets):
        if sheet.com.Visible == VISIBLE:
            break
        found = sheet
    return found


def _page(book: xw.Book, sheet: Sheet, filled: Filled) -> None:
    """A new list's head stays in view and can be filtered by; it prints one page wide."""
    form = filled.layout.form
    head = Box(form.frozen, 1, len(form.widths), filled.layout.rows - form.frozen + 1)
    window, paper = book.app.api.ActiveWindow, sheet.com.PageSetup
    try:
        window.SplitRow = form.frozen
        window.FreezePanes = True
        sheet.range(area_address(head)).AutoFilter()
        paper.Orientation = LANDSCAPE
        paper.Zoom = False
        paper.FitToPagesWide = 1
        paper.FitToPagesTall = False
    except errors():
        return  # no printer, or a window that cannot be split: the list is as good without


def _widths(sheet: Sheet, form: Form) -> None:
    shown = len(form.widths) - len(HIDDEN)
    by_width: dict[float, list[str]] = {}
    for col, wide in enumerate(form.widths, 1):
        column = f"{letters(col)}:{letters(col)}"
        by_width.setdefault(wide if col <= shown else 0, []).append(column)
    for width, columns in by_width.items():
        sheet.range(",".join(columns)).ColumnWidth = width


def _write(sheet: Sheet, filled: Filled, entries: Sequence[Entry]) -> None:
    at = anchors(filled.layout)
    values = {**filled.grid.values, **links(at, entries)}
    box = Box(1, 1, len(filled.layout.form.widths), filled.layout.rows)
    looks(sheet, filled)
    write_block(sheet, box, matrix(values, box))
    _colours(sheet, at, entries)
    names = sheet.com.Names
    for key, area in at.items():
        names.Add(field_name(key, MADE_FIELD), "=" + address(area, sheet.title))


def links(at: Mapping[str, Box], entries: Sequence[Entry]) -> dict[tuple[int, int], Any]:
    """The places as links, one formula each, so that they go in with the rest."""
    box = at["findings/cell"]
    return {
        (box.row + n, box.col): link(entry.sheet, entry.cell)
        for n, entry in enumerate(entries)
        if entry.cell
    }


def link(title: str, cell: str, words: str = "") -> Formula:
    """A formula that leads to a cell of another sheet."""
    target = f"#{quoted(title)}!{cell}".replace('"', '""')
    return Formula(f'=HYPERLINK("{target}","{(words or cell).replace(chr(34), 2 * chr(34))}")')


def looks(sheet: Sheet, filled: Filled) -> None:
    """The named styles of a form, those of the same name together; lost ones are done without."""
    by_look: dict[str, list[Box]] = {}
    for slot in filled.layout.slots:
        by_look.setdefault(slot.cell.look, []).append(slot.box)
    for look, boxes in by_look.items():
        for text in _areas(boxes):
            try:
                sheet.range(text).Style = STYLE + look
            except errors():
                break


def _areas(boxes: Sequence[Box]) -> list[str]:
    """Addresses of boxes, those below one another as one."""
    joined: dict[tuple[int, int], list[Box]] = {}
    for box in sorted(boxes, key=lambda box: (box.col, box.row)):
        column = joined.setdefault((box.col, box.width), [])
        if column and column[-1].row + column[-1].height == box.row:
            last = column.pop()
            column.append(Box(last.row, last.col, last.width, last.height + box.height))
        else:
            column.append(box)
    texts: list[str] = []
    for box in (box for column in joined.values() for box in column):
        area = area_address(box)
        if texts and len(texts[-1]) + len(area) < 240:
            texts[-1] += "," + area
        else:
            texts.append(area)
    return texts


def _colours(sheet: Sheet, at: Mapping[str, Box], entries: Sequence[Entry]) -> None:
    heads = [at[f"findings/{key}"] for key in TYPED]
    runs = {ASKED: [Box(box.row - 1, box.col) for box in heads]}
    for n, entry in enumerate(entries):
        for key, colour in painted(entry).items():
            box = at[f"findings/{key}"]
            runs.setdefault(colour, []).append(Box(box.row + n, box.col))
    for colour, cells in runs.items():
        for text in _areas(cells):
            sheet.range(text).Interior.Color = blue_first(colour)
