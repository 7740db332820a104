"""A plan applied to a live book: marks, the list of findings, texts, formulas, where to go."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import xlwings as xw

from xlperf.layout.addresses import to_box
from xlperf.live.book.explanations import holds_words, write_explained
from xlperf.live.book.findings_sheet import write_list
from xlperf.live.book.marks import find_marked, mark, original_looks, restore
from xlperf.live.com.objects import LiveSheet, go, remove, sheets
from xlperf.live.com.writing import write_texts
from xlperf.plan import Plan
from xlperf.reading import Place
from xlperf.wording import official


def apply(plan: Plan, book: xw.Book, worksheets: Sequence[LiveSheet] | None = None) -> None:
    """Mark the cells of the whole book and write the list; earlier marks are put back first."""
    worksheets = worksheets or sheets(book)
    _mark(plan, book, worksheets, lambda title: True)
    findings_sheet = write_list(book, worksheets, plan)
    write_explained(book, worksheets, plan.explained)
    show(book, plan.show, [*worksheets, findings_sheet])


def apply_sheet(plan: Plan, book: xw.Book, worksheets: Sequence[LiveSheet], title: str) -> None:
    """Mark the cells of one sheet; marks of other sheets stay."""
    _mark(plan, book, worksheets, lambda candidate: candidate == title)
    show(book, plan.show, worksheets)


def _mark(
    plan: Plan, book: xw.Book, worksheets: Sequence[LiveSheet], covers: Callable[[str], bool]
) -> None:
    """Make the plan's marks; of the sheets that it covers, marks that are not its own go."""
    marked = find_marked(worksheets, original_looks(worksheets))
    planned_cells = {(planned.sheet, to_box(planned.cell).at) for planned in plan.marks}
    stale = {at: look for at, look in marked.items() if covers(at[0]) and at not in planned_cells}
    restore(worksheets, stale)
    mark(book, worksheets, plan.marks, {at: look for at, look in marked.items() if at not in stale})


def clear(book: xw.Book, worksheets: Sequence[LiveSheet]) -> int:
    """Take all marks away; how many cells had one.

    The user's own fills and notes come back. The sheet of marks goes, and the list of findings too,
    unless somebody explained or noted something on it.
    """
    marked = find_marked(worksheets, original_looks(worksheets))
    restore(worksheets, marked)
    titles = {official("sheet.marks")}
    if not holds_words(worksheets):
        titles.add(official("sheet.findings"))
    remove(book, *(sheet.title for sheet in worksheets if sheet.title in titles))
    return len(marked)


def change(plan: Plan, worksheets: Sequence[LiveSheet]) -> None:
    """Write the plan's texts (sheet title -> cell -> text) into their cells, as texts."""
    for sheet in worksheets:
        if texts := plan.texts.get(sheet.title):
            write_texts(sheet, texts)


def show(book: xw.Book, place: Place | None, worksheets: Sequence[LiveSheet]) -> None:
    """Bring a place's sheet to the front and select its cell (A1 where it names none).

    Nothing happens without a place, or where its sheet is not among the worksheets.
    """
    for sheet in worksheets if place else ():
        if place and sheet.title == place.sheet:
            go(sheet, to_box(place.cell or "A1").at)
