"""What people wrote over things of ours: words that stand where a formula or a word of ours was.

A reader of the record does not see them, as the cells are ours; a repair keeps them as other
contents. Numbers over formulas are told as damage and not kept.
"""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.worksheet.worksheet import Worksheet

from xlperf import __version__
from xlperf.layout.kinds import parse_text
from xlperf.reading import Place
from xlperf.record import Raw
from xlperf.wording import official
from xlperf.workbook.detecting import Examined
from xlperf.workbook.names import AID, MADE_FIELD, cell_address, marked
from xlperf.workbook.sheets import content_of

PASTED = 20  # texts in the cells of the checks that are no one's words but pasted results
HELD = ("guide", "summary", "lists")


def strangers(found: Examined) -> Iterator[Raw]:
    """Entries for the record's leftovers."""
    known = words_of_ours(found)
    for sheet in sheets_of_ours(found):
        seen = list(overwritten(sheet, known))
        if len(seen) < PASTED:
            yield from seen


def words_of_ours(found: Examined) -> set[str]:
    """Every word that we write ourselves, and what our formulas last showed."""
    known = set()
    for sheet in found.fresh.worksheets:
        known |= {_plain(cell.value) for cell in sheet._cells.values() if cell.value is not None}
    return known


def sheets_of_ours(found: Examined) -> Iterator[Worksheet]:
    """The sheets whose own cells are drawn anew."""
    outdated = found.said.get("xlperf", __version__) != __version__
    for key in HELD:
        if key in found.located.made and not (outdated and key != "summary"):
            yield found.book[found.located.made[key]]
    yield from (found.book[title] for title in found.located.forms)


def overwritten(sheet: Worksheet, known: set[str]) -> Iterator[Raw]:
    """Texts in cells under names of ours that are none of our words."""
    boxes = marked(sheet)
    ours = {
        at
        for name, box in boxes.items()
        if name.startswith((AID, MADE_FIELD))
        for at in box.coords()
    }
    if sheet.title == official("sheet.lists"):
        ours = set(sheet._cells)
    for at in sorted(ours & set(sheet._cells)):
        cell = sheet._cells[at]
        content = content_of(cell) if cell.data_type == "s" else None  # type: ignore[arg-type]
        if isinstance(content, str) and content.strip() and _plain(content) not in known:
            place = str(Place(sheet.title, cell_address(*at)))
            yield {"place": place, "text": parse_text(content)}


def _plain(content: object) -> str:
    return "".join(str(content).split())
