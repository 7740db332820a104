"""What people explained, in a live book: on the list of findings, and for the book's own checks."""

from __future__ import annotations

from collections.abc import Sequence

import xlwings as xw

from xlperf.forms.defined_names import EXPLAINED_NAME, NONE_EXPLAINED
from xlperf.forms.sheet_reading.list_notes import notes_on
from xlperf.forms.sheet_reading.waiver_list import read_waivers
from xlperf.layout import Box
from xlperf.layout.addresses import address, area_address, box_of
from xlperf.live.book.reading import seen_sheet
from xlperf.live.com.batch import Batched, errors, run_all, run_one
from xlperf.live.com.objects import LiveSheet, rows
from xlperf.live.com.writing import unprotected, write_block
from xlperf.wording import official


def holds_words(worksheets: Sequence[LiveSheet]) -> bool:
    """Whether somebody explained or noted something on the list."""
    title = official("sheet.findings")
    lists = run_all(seen_sheet(sheet) for sheet in worksheets if sheet.title == title)
    explained = any(read_waivers((content.title, content.grid, content.names) for content in lists))
    return explained or any(notes_on(content.grid, content.names) for content in lists)


def write_explained(book: xw.Book, worksheets: Sequence[LiveSheet], keys: Sequence[str]) -> None:
    """Write the keys of explained findings into the column that the book's own checks look into.

    The name `EXPLAINED_NAME` is moved to cover them. A book without that column is left as it is.
    Raises UserError where the sheet is protected with a password.
    """
    title = official("sheet.lists")
    sheet = next((item for item in worksheets if item.title == title), None)
    box = _box(book) if sheet else None
    if sheet is None or box is None:
        return
    entries = tuple(keys or NONE_EXPLAINED)
    cells = sheet.range(area_address(box))
    if tuple(row[0] for row in rows(cells.Value2)) == entries:
        return

    def work() -> Batched[None]:
        cells.ClearContents()
        write_block(sheet, Box(box.row, box.col, 1, len(entries)), [[key] for key in entries])
        yield []

    run_one(unprotected(sheet, work))
    target = address(Box(box.row, box.col, 1, len(entries)), title)
    book.api.Names.Add(EXPLAINED_NAME, "=" + target)


def _box(book: xw.Book) -> Box | None:
    """Where the column stands now."""
    try:
        return box_of(str(book.api.Names(EXPLAINED_NAME).RefersTo).removeprefix("="))
    except errors():
        return None
