"""A new project form in a live book: the last one copied by Excel itself, and emptied.

So it has everything that the generator gave the others: layout, names, checks, inputs, protection.
"""

from __future__ import annotations

import xlwings as xw

from xlperf.errors import Refusal
from xlperf.forms.gathering import Seen, edition_of, form_of, manifest
from xlperf.forms.naming import sheet_title
from xlperf.layout.addresses import area_address, cell_address
from xlperf.live.excel import Sheet, sheets
from xlperf.live.marking import find, remembered, restore
from xlperf.live.reading import anchors_of, look
from xlperf.live.short import together
from xlperf.live.writing import unlocked
from xlperf.reading import Place
from xlperf.wording import say
from xlperf.workbook import formulas

KEPT = ("title", "indicators/level1", "indicators/level2")  # what a new form has from the start


def add(book: xw.Book) -> Place:
    """Add an empty form behind the last one; where to begin to fill it in."""
    found = sheets(book, inside=True)
    seen = look(found)
    chosen = edition_of(manifest(seen))
    forms = [each for each in seen if form_of(each.names, chosen) is chosen.project]
    if not forms:
        raise Refusal("live_no_form")
    model = next(each for each in found if each.title == forms[-1].title)
    model.com.Copy(Before=None, After=model.com)
    titles = [each.title for each in found]
    title = sheet_title(len(forms) + 1, say("live.new_project"), titles)
    copied = book.api.ActiveSheet
    copied.Name = title
    made = Sheet(None, title, model.line)
    restore([made], find([made], remembered(found)))
    at = anchors_of(forms[-1])
    _empty(made, forms[-1], len(forms) + 1)
    return Place(title, cell_address(*at["code"].at))


def _empty(sheet: Sheet, seen: Seen, number: int) -> None:
    """Take out what the other project had written; the title follows the new number."""
    at = anchors_of(seen)
    addresses = formulas.Sheet(sheet.title, at)
    emptied = [area_address(box) for key, box in at.items() if key not in KEPT]
    with unlocked(sheet):
        for part in together(emptied):
            sheet.range(part).ClearContents()
        title = str(formulas.title(addresses, number))
        sheet.range(cell_address(*at["title"].at)).Formula = title
