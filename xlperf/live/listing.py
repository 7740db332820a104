"""The list of findings on its sheet of a live book."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import xlwings as xw

from xlperf.forms.generated import FINDINGS
from xlperf.forms.list_notes import Placed
from xlperf.layout import Box, Filled, Form, Formula, anchors, fill
from xlperf.layout.addresses import area_address, letters, quoted
from xlperf.live.asking import INTERIOR, Ask, Asking, alone, cells, errors, together, told
from xlperf.live.excel import VISIBLE, Sheet, add_sheet
from xlperf.live.list_notes import kept_notes, write_notes
from xlperf.live.marking import blue_first
from xlperf.live.short import areas
from xlperf.live.writing import done, matrix, named, on, write_block
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
    kept = Placed() if sheet is None else alone(kept_notes(sheet, filled, plan))
    if sheet is None:
        sheet = add_sheet(book, behind_shown(sheets), title)
        alone(done(list(_widths(sheet, FINDINGS))))
    alone(on(sheet, lambda: _written(sheet, filled, (*plan.entries, *plan.kept))))
    if kept.notes:
        alone(on(sheet, lambda: write_notes(sheet, kept)))
    if made:
        _page(book, sheet, filled)
    return sheet


def behind_shown(sheets: Sequence[Sheet]) -> Sheet:
    """The first of the hidden sheets at the end; the last sheet where none is hidden."""
    visible = together(_visible(sheet) for sheet in sheets)
    found = sheets[-1]
    for sheet, shown in zip(reversed(sheets), reversed(visible), strict=True):
        if shown:
            break
        found = sheet
    return found


def _visible(sheet: Sheet) -> Asking[bool]:
    (said,) = yield [sheet.get("Visible")]
    return bool(told(said) == VISIBLE)


def _page(book: xw.Book, sheet: Sheet, filled: Filled) -> None:
    """A new list's head stays in view and can be filtered by; it prints one page wide."""
    form = filled.layout.form
    head = Box(form.frozen, 1, len(form.widths), filled.layout.rows - form.frozen + 1)
    window, paper = book.api.Windows(1), sheet.com.PageSetup
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


def _widths(sheet: Sheet, form: Form) -> Iterator[Ask]:
    shown = len(form.widths) - len(HIDDEN)
    by_width: dict[float, list[str]] = {}
    for col, wide in enumerate(form.widths, 1):
        column = f"{letters(col)}:{letters(col)}"
        by_width.setdefault(wide if col <= shown else 0, []).append(column)
    for width, columns in by_width.items():
        yield sheet.put("ColumnWidth", width, cells(",".join(columns)))


def _written(sheet: Sheet, filled: Filled, entries: Sequence[Entry]) -> Asking[None]:
    sheet.clear()
    at = anchors(filled.layout)
    values = {**filled.grid.values, **links(at, entries)}
    box = Box(1, 1, len(filled.layout.form.widths), filled.layout.rows)
    yield looks(sheet, filled)  # lost styles are done without
    write_block(sheet, box, matrix(values, box))
    wide = [sheet.call("Merge", cells(area_address(span))) for span in filled.grid.spans]
    yield from done([*wide, *_colours(sheet, at, entries), *named(sheet, at)])


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


def looks(sheet: Sheet, filled: Filled) -> list[Ask]:
    """The named styles of a form, those of the same name together."""
    by_look: dict[str, list[Box]] = {}
    for slot in filled.layout.slots:
        by_look.setdefault(slot.cell.look, []).append(slot.box)
    return [
        sheet.put("Style", STYLE + look, cells(text))
        for look, boxes in by_look.items()
        for text in areas(boxes)
    ]


def _colours(sheet: Sheet, at: Mapping[str, Box], entries: Sequence[Entry]) -> Iterator[Ask]:
    heads = [at[f"findings/{key}"] for key in TYPED]
    runs = {ASKED: [Box(box.row - 1, box.col) for box in heads]}
    for n, entry in enumerate(entries):
        for key, colour in painted(entry).items():
            box = at[f"findings/{key}"]
            runs.setdefault(colour, []).append(Box(box.row + n, box.col))
    for colour, boxes in runs.items():
        for text in areas(boxes):
            yield sheet.put("Color", blue_first(colour), cells(text), INTERIOR)
