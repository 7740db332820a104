"""The columns beside a stage's form, counted from its last one on, and the names on its sheet."""

from __future__ import annotations

from xlperf.forms.defined_names import AID, EDGES, field_name
from xlperf.forms.stages.central import RESULTS_LIST
from xlperf.forms.stages.choice import STAGE
from xlperf.formulas.stages.counting import AREA
from xlperf.layout import Box, Layout, anchors, shown_boxes
from xlperf.layout.addresses import letters
from xlperf.layout.placement import with_edges

HINT, WEIGHT, PROPOSED_COLUMN, DEVIATION = 2, 3, 4, 5  # that people see: words, points, how far off
# hidden: what a row is known by, how many equal ones before it, its goal
KEY, NTH, LINE_COLUMN = 6, 7, 8
OWN_COLUMNS = 12  # columns beside the form that are ours; the steps of scores stand behind them
# the first steps: of an indicator
KNOWN_COLUMN, NAME_COLUMN, LEVEL2 = OWN_COLUMNS + 1, OWN_COLUMNS + 2, OWN_COLUMNS + 3
STATUS_ROW = 2
# of a sheet about itself, hidden in row 1
SHEET_FACTS = ("kind", "until", "number", "code", "name")
SHOWN_FIELD = AID + "shown_"
COUNTED_NAME = AID + "counted"  # cells that say that the sheet is one of a stage


def names_of(layout: Layout) -> dict[str, Box]:
    """The names that mark a sheet beside those of its fields, with their rectangles."""
    width, rows = len(layout.form.widths), anchors(layout)[f"{RESULTS_LIST}/level1"]
    boxes, edges = shown_boxes(layout), with_edges(layout, rows)
    names = {f"{SHOWN_FIELD}{field_name(key, '')}": box for key, box in boxes.items()}
    names[EDGES + RESULTS_LIST] = Box(edges.row, 1, width, edges.height)
    names[AID + "beside"] = Box(1, width + 1, OWN_COLUMNS, layout.rows)
    names[AID + "status"] = Box(STATUS_ROW, width + HINT)
    names[COUNTED_NAME] = AREA
    for at, key in enumerate(SHEET_FACTS):
        names[STAGE + key] = Box(1, width + KEY + at)
    names[field_name(f"{RESULTS_LIST}/nth")] = Box(rows.row, width + NTH, 1, rows.height)
    return names


def address_beside(row: int, col: int) -> str:
    """A cell of the same sheet: the column stays, the row goes with a sorted row."""
    return f"${letters(col)}{row}"
