"""The defined names of a sheet that is open with openpyxl."""

from __future__ import annotations

from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.forms.naming import (
    AID,
    EDGES,
    FIELD,
    MADE_FIELD,
    anchor_key,
)
from xlperf.layout import Box
from xlperf.layout.addresses import address, box_of

MOST_MARKED = 1_000_000  # cells under all the names of one sheet


def define_name(sheet: Worksheet, name: str, box: Box) -> None:
    """Give a rectangle a sheet-scoped name."""
    target = address(box, sheet.title)
    sheet.defined_names[name] = DefinedName(name, attr_text=target)


def named_boxes(sheet: Worksheet) -> dict[str, Box]:
    """The rectangles of a sheet's own names; names that lost their cells are left out, and those
    with which all together would have more cells than any form."""
    result: dict[str, Box] = {}
    cells = 0
    for name, defined in sheet.defined_names.items():
        box = box_of(str(defined.attr_text or ""))
        if name.startswith((FIELD, MADE_FIELD, AID, EDGES)) and box:
            cells += box.width * box.height
            if cells <= MOST_MARKED:
                result[name] = box
    return result


def fields(sheet: Worksheet, *, made: bool = False) -> dict[str, Box]:
    """The anchors of a form on a sheet, by the sheet's names."""
    prefix = MADE_FIELD if made else FIELD
    return {
        anchor_key(name): box for name, box in named_boxes(sheet).items() if name.startswith(prefix)
    }
