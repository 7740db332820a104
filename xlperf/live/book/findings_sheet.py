"""The list of findings on its sheet of a live book."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import xlwings as xw

from xlperf.forms.made_sheets.book_sheets import FINDINGS
from xlperf.forms.sheet_reading.list_notes import PlacedNotes
from xlperf.formulas.cross_sheet import sheet_link
from xlperf.formulas.typed import text
from xlperf.layout import Box, FilledForm, Form, Formula, anchors, fill
from xlperf.layout.addresses import area_address, letters
from xlperf.live.book.list_notes import kept_notes, write_notes
from xlperf.live.book.marks import bgr
from xlperf.live.com.address_chunks import areas
from xlperf.live.com.batch import (
    INTERIOR,
    Batched,
    ComCall,
    cells,
    checked,
    errors,
    run_all,
    run_one,
)
from xlperf.live.com.objects import VISIBLE, LiveSheet, add_sheet
from xlperf.live.com.writing import define_names, matrix, raise_refusals, unprotected, write_block
from xlperf.plan import HIDDEN_COLUMNS, INPUT_HEAD_FILL, FindingEntry, Plan, list_colours, list_rows
from xlperf.waivers import INPUT_KEYS
from xlperf.wording import official

LANDSCAPE = 2  # xlLandscape
STYLE = "xp_"  # the named styles of the workbook begin with it


def write_list(book: xw.Book, sheets: Sequence[LiveSheet], plan: Plan) -> LiveSheet:
    """Write the plan's findings onto the list's sheet, which is returned.

    The sheet is made where there is none; what people noted on an old list moves to the new one.
    """
    title = official("sheet.findings")
    filled_form = fill(FINDINGS, list_rows(plan))
    sheet = next((sheet for sheet in sheets if sheet.title == title), None)
    is_new = sheet is None
    placed_notes = PlacedNotes() if sheet is None else run_one(kept_notes(sheet, filled_form, plan))
    if sheet is None:
        sheet = add_sheet(book, last_visible(sheets), title)
        run_one(raise_refusals(list(_widths(sheet, FINDINGS))))
    run_one(unprotected(sheet, lambda: _write(sheet, filled_form, (*plan.entries, *plan.orphans))))
    if placed_notes.notes:
        run_one(unprotected(sheet, lambda: write_notes(sheet, placed_notes)))
    if is_new:
        _page(book, sheet, filled_form)
    return sheet


def last_visible(sheets: Sequence[LiveSheet]) -> LiveSheet:
    """The first of the hidden sheets at the end; the last sheet where none is hidden."""
    visible = run_all(_visible(sheet) for sheet in sheets)
    candidate = sheets[-1]
    for sheet, is_visible in zip(reversed(sheets), reversed(visible), strict=True):
        if is_visible:
            break
        candidate = sheet
    return candidate


def _visible(sheet: LiveSheet) -> Batched[bool]:
    (visibility,) = yield [sheet.get("Visible")]
    return bool(checked(visibility) == VISIBLE)


def _page(book: xw.Book, sheet: LiveSheet, filled_form: FilledForm) -> None:
    """A new list's head stays in view and can be filtered by; it prints one page wide."""
    form = filled_form.layout.form
    head = Box(form.frozen, 1, len(form.widths), filled_form.layout.rows - form.frozen + 1)
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


def _widths(sheet: LiveSheet, form: Form) -> Iterator[ComCall]:
    at = anchors(fill(form, {}).layout)
    hidden = {at[f"findings/{key}"].col for key in HIDDEN_COLUMNS}
    by_width: dict[float, list[str]] = {}
    for col, wide in enumerate(form.widths, 1):
        column = f"{letters(col)}:{letters(col)}"
        by_width.setdefault(0 if col in hidden else wide, []).append(column)
    for width, columns in by_width.items():
        yield sheet.put("ColumnWidth", width, cells(",".join(columns)))


def _write(
    sheet: LiveSheet, filled_form: FilledForm, entries: Sequence[FindingEntry]
) -> Batched[None]:
    sheet.clear()
    at = anchors(filled_form.layout)
    values = {**filled_form.grid.values, **links(at, entries)}
    box = Box(1, 1, len(filled_form.layout.form.widths), filled_form.layout.rows)
    yield looks(sheet, filled_form)  # lost styles are done without
    write_block(sheet, box, matrix(values, box))
    wide = [sheet.call("Merge", cells(area_address(span))) for span in filled_form.grid.spans]
    yield from raise_refusals([*wide, *_colours(sheet, at, entries), *define_names(sheet, at)])


def links(at: Mapping[str, Box], entries: Sequence[FindingEntry]) -> dict[tuple[int, int], Any]:
    """For each row of the column `cell`, a formula that leads to the entry's cell."""
    box = at["findings/cell"]
    return {
        (box.row + n, box.col): link(entry.sheet, entry.cell)
        for n, entry in enumerate(entries)
        if entry.cell
    }


def link(title: str, cell: str, words: str = "") -> Formula:
    """A HYPERLINK formula to a cell of a sheet; it shows `words`, or else the cell's address."""
    return Formula(f"={sheet_link(title, cell, text(words or cell))}")


def looks(sheet: LiveSheet, filled_form: FilledForm) -> list[ComCall]:
    """Calls that give each cell of a form its named style, one call for all cells of a style."""
    by_look: dict[str, list[Box]] = {}
    for slot in filled_form.layout.slots:
        by_look.setdefault(slot.cell.look, []).append(slot.box)
    return [
        sheet.put("Style", STYLE + look, cells(text))
        for look, boxes in by_look.items()
        for text in areas(boxes)
    ]


def _colours(
    sheet: LiveSheet, at: Mapping[str, Box], entries: Sequence[FindingEntry]
) -> Iterator[ComCall]:
    heads = [at[f"findings/{key}"] for key in INPUT_KEYS]
    runs = {INPUT_HEAD_FILL: [Box(box.row - 1, box.col) for box in heads]}
    for n, entry in enumerate(entries):
        for key, colour in list_colours(entry).items():
            box = at[f"findings/{key}"]
            runs.setdefault(colour, []).append(Box(box.row + n, box.col))
    for colour, boxes in runs.items():
        for area in areas(boxes):
            yield sheet.put("Color", bgr(colour), cells(area), INTERIOR)
