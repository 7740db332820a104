"""A new project form in a live book: the last one copied by Excel itself, and emptied.

So it has everything that the generator gave the others: layout, names, checks, inputs, protection.
"""

from __future__ import annotations

from collections.abc import Mapping

import xlwings as xw

from xlperf.errors import UserError
from xlperf.forms.defined_names import sheet_title
from xlperf.forms.official.edition_recognition import edition_of
from xlperf.forms.sheet_reading.sheet_content import SheetContent
from xlperf.forms.sheet_reading.sheet_reader import form_of, manifest
from xlperf.formulas import cross_sheet
from xlperf.layout import Box
from xlperf.layout.addresses import area_address, cell_address
from xlperf.live.book.marks import find_marked, original_looks, restore
from xlperf.live.book.reading import read_sheets_of
from xlperf.live.book.versions import refuse_outdated
from xlperf.live.com.address_chunks import packed
from xlperf.live.com.objects import LiveSheet, sheets
from xlperf.live.com.writing import unlocked
from xlperf.reading import Place
from xlperf.wording import say

# what a new form has from the start
KEPT_FIELDS = ("title", "indicators/level1", "indicators/level2")


def add(book: xw.Book) -> Place:
    """Add an empty form behind the last one; the cell where to begin to fill it in.

    Raises UserError where the book has no project form to copy, or is of another version.
    """
    worksheets = sheets(book, inside=True)
    contents = read_sheets_of(worksheets)
    refuse_outdated(contents)
    chosen = edition_of(manifest(contents), (({*item.names}, item.grid) for item in contents))
    forms = [item for item in contents if form_of(item.names, chosen) is chosen.project]
    if not forms:
        raise UserError("live_no_form")
    model = next(item for item in worksheets if item.title == forms[-1].title)
    model.com.Copy(Before=None, After=model.com)
    titles = [item.title for item in worksheets]
    title = sheet_title(len(forms) + 1, say("live.new_project"), titles)
    copied = book.api.ActiveSheet
    copied.Name = title
    new_sheet = LiveSheet(None, title, model.line)
    restore([new_sheet], find_marked([new_sheet], original_looks(worksheets)))
    at = forms[-1].fields()
    _empty(new_sheet, forms[-1], len(forms) + 1)
    return Place(title, cell_address(*at[at_first(at)].at))


def at_first(at: Mapping[str, Box]) -> str:
    """The field where one begins to fill a form in: the code, or the name where it has none."""
    return "code" if "code" in at else "name"


def _empty(sheet: LiveSheet, content: SheetContent, number: int) -> None:
    """Take out what the other project had written; the title follows the new number."""
    at = content.fields()
    addresses = cross_sheet.SheetAddresses(sheet.title, at)
    emptied = [area_address(box) for key, box in at.items() if key not in KEPT_FIELDS]
    with unlocked(sheet):
        for part in packed(emptied):
            sheet.range(part).ClearContents()
        title = str(cross_sheet.title(addresses, number))
        sheet.range(cell_address(*at["title"].at)).Formula = title
