"""The defined names of a sheet that is open with openpyxl."""

from __future__ import annotations

from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.forms.defined_names import FIELD_PREFIX, MADE_FIELD, anchor_key, boxes_of
from xlperf.layout import Box
from xlperf.layout.addresses import address


def define_name(sheet: Worksheet, name: str, box: Box) -> None:
    """Give a rectangle a sheet-scoped name."""
    target = address(box, sheet.title)
    sheet.defined_names[name] = DefinedName(name, attr_text=target)


def named_boxes(sheet: Worksheet) -> dict[str, Box]:
    """The rectangles of a sheet's own names, as `boxes_of` gives them."""
    defined = sheet.defined_names.items()
    return boxes_of({name: str(item.attr_text or "") for name, item in defined})


def fields(sheet: Worksheet, *, is_made_sheet: bool = False) -> dict[str, Box]:
    """The anchors of a form on a sheet, by the sheet's names."""
    prefix = MADE_FIELD if is_made_sheet else FIELD_PREFIX
    return {
        anchor_key(name): box for name, box in named_boxes(sheet).items() if name.startswith(prefix)
    }
