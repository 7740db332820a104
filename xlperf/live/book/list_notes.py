"""What people wrote beside and below the list of findings of a live book, on the new list."""

from __future__ import annotations

from xlperf.forms.sheet_reading.list_notes import NOTE_COLUMNS, PlacedNotes, notes_on, place_notes
from xlperf.layout import Box, FilledForm, Formula, anchors
from xlperf.layout.addresses import area_address, cell_address
from xlperf.layout.cell_values import parse_text
from xlperf.live.book.reading import seen_sheet
from xlperf.live.com.batch import Batched, ComCall, cells
from xlperf.live.com.objects import LiveSheet
from xlperf.live.com.writing import quoted_text, raise_refusals
from xlperf.plan import HIDDEN_COLUMNS, Plan, list_rows

# of what a note without a line is about
NOTE_LOOKS = {"code": "xp_shown_center", "sheet": "xp_shown"}
HEADING = "xp_heading"


def kept_notes(sheet: LiveSheet, filled_form: FilledForm, plan: Plan) -> Batched[PlacedNotes]:
    """The notes on a list that is about to be made anew, and where they go on the new one."""
    old = yield from seen_sheet(sheet)
    lines = list_rows(plan)["findings"]
    return place_notes(
        notes_on(old.grid, old.names), lines, anchors(filled_form.layout)["findings/code"]
    )


def write_notes(sheet: LiveSheet, placed_notes: PlacedNotes) -> Batched[None]:
    """Put notes into their cells of a new list, and the heading over those without a line."""
    looks = {col: NOTE_LOOKS[ref] for ref, col in NOTE_COLUMNS.items() if ref in NOTE_LOOKS}
    asks: list[ComCall] = []
    for at, words in placed_notes.words.items():
        asks.append(sheet.put("Value2", quoted_text(words), cells(cell_address(*at))))
        if at[1] in looks:
            asks.append(sheet.put("Style", looks[at[1]], cells(cell_address(*at))))
        elif at[1] == 1:
            across = area_address(Box(at[0], 1, len(NOTE_COLUMNS) - len(HIDDEN_COLUMNS)))
            asks.append(sheet.put("Style", HEADING, cells(across)))
            asks.append(sheet.call("Merge", cells(across)))
    for at, note in placed_notes.notes.items():
        content = note.content
        if isinstance(content, Formula) and at[0] == note.at[0]:
            sheet.range(cell_address(*at)).Formula = str(content)
            continue
        if isinstance(content, Formula):  # moved, it would look at other cells: a text
            content = "'" + content
        elif not isinstance(content, bool | int | float):
            content = quoted_text(parse_text(content))
        asks.append(sheet.put("Value2", content, cells(cell_address(*at))))
    yield from raise_refusals(asks)
