"""The form language (`vocabulary`), where things go (`placement`), and `fill` and `pluck`.

Pure: a grid is values and merged areas; a sheet, a Word table and an HTML table are adapters to it.
"""

from xlperf.layout.fill_pluck import FilledForm, PluckedValues, anchors, fill, pluck, shown_boxes
from xlperf.layout.grid import Box, Coord, Formula, Grid, Percent, StruckText, WordedNumber
from xlperf.layout.placement import Layout, PlacedCell, place
from xlperf.layout.vocabulary import (
    GENERATED_EDITION,
    Cell,
    Each,
    Form,
    Row,
    Section,
    display,
    field,
    item_row,
    label,
    labels,
    ordinal,
    row,
    section,
)

__all__ = [
    "GENERATED_EDITION",
    "Box",
    "Cell",
    "Coord",
    "Each",
    "FilledForm",
    "Form",
    "Formula",
    "Grid",
    "Layout",
    "Percent",
    "PlacedCell",
    "PluckedValues",
    "Row",
    "Section",
    "StruckText",
    "WordedNumber",
    "anchors",
    "display",
    "field",
    "fill",
    "item_row",
    "label",
    "labels",
    "ordinal",
    "place",
    "pluck",
    "row",
    "section",
    "shown_boxes",
]
