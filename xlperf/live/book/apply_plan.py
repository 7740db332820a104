"""A plan applied to a live book: marks, the list of findings, texts, formulas, where to go."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import xlwings as xw

from xlperf.layout.addresses import to_box
from xlperf.live.book.explanations import holds_words, write_explained
from xlperf.live.book.findings_sheet import write_list
from xlperf.live.book.marks import find_marked, mark, original_looks, restore
from xlperf.live.com.objects import Sheet, go, remove, sheets
from xlperf.live.com.writing import write_texts
from xlperf.plan import Plan
from xlperf.reading import Place
from xlperf.wording import official


def apply(plan: Plan, book: xw.Book, found: Sequence[Sheet] | None = None) -> None:
    """Mark the cells of the whole book and write the list; earlier marks are put back first."""
    found = found or sheets(book)
    _mark(plan, book, found, lambda title: True)
    listed = write_list(book, found, plan)
    write_explained(book, found, plan.explained)
    show(book, plan.show, [*found, listed])


def apply_sheet(plan: Plan, book: xw.Book, found: Sequence[Sheet], title: str) -> None:
    """Mark the cells of one sheet; marks of other sheets stay."""
    _mark(plan, book, found, lambda each: each == title)
    show(book, plan.show, found)


def _mark(plan: Plan, book: xw.Book, found: Sequence[Sheet], covers: Callable[[str], bool]) -> None:
    """Make the plan's marks; of the sheets that it covers, marks that are not its own go."""
    marked = find_marked(found, original_looks(found))
    wanted = {(each.sheet, to_box(each.cell).at) for each in plan.marks}
    stale = {at: was for at, was in marked.items() if covers(at[0]) and at not in wanted}
    restore(found, stale)
    mark(book, found, plan.marks, {at: was for at, was in marked.items() if at not in stale})


def clear(book: xw.Book, found: Sequence[Sheet]) -> int:
    """Take all marks away: the user's own fills and notes come back, the lists go.

    A list on which somebody explained or noted something stays.
    """
    marked = find_marked(found, original_looks(found))
    restore(found, marked)
    titles = {official("sheet.marks")}
    if not holds_words(found):
        titles.add(official("sheet.findings"))
    remove(book, *(sheet.title for sheet in found if sheet.title in titles))
    return len(marked)


def change(plan: Plan, found: Sequence[Sheet]) -> None:
    """Write a plan's texts into their cells."""
    for sheet in found:
        if texts := plan.texts.get(sheet.title):
            write_texts(sheet, texts)


def show(book: xw.Book, place: Place | None, found: Sequence[Sheet]) -> None:
    """Take the user to a place."""
    for sheet in found if place else ():
        if place and sheet.title == place.sheet:
            go(sheet, to_box(place.cell or "A1").at)
