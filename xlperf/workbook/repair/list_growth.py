"""Lists that people have made longer than their sheet was made for: what a repair extends."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.worksheet.worksheet import Worksheet

from xlperf.forms.defined_names import AID
from xlperf.layout import Form
from xlperf.layout.addresses import box_of, cell_address
from xlperf.layout.placement import SPARE_ROWS
from xlperf.reading import Reading
from xlperf.workbook.names import fields, named_boxes
from xlperf.workbook.repair.damage import Damage


def grown_lists(sheet: Worksheet, form: Form, reading: Reading) -> Iterator[Damage]:
    """Lists with rows outside of their names, or with more rows than there are lines of checks.

    A row inserted at a list's edge or typed below it is read and checked, but has no border, no
    cell of the check column and no place in the print area until the sheet is drawn anew.
    """
    field_boxes = fields(sheet)
    rows_of_lists = rows_read(sheet.title, reading)
    for part in form.lists():
        boxes = [box for key, box in field_boxes.items() if key.startswith(part.list_ref + "/")]
        if not boxes:
            continue
        top, bottom = min(box.row for box in boxes), max(box.bottom for box in boxes)
        outside = [row for row in rows_of_lists.get(part.list_ref, ()) if not top <= row <= bottom]
        drawn_rows = rows_drawn(sheet, top, bottom)
        if outside or bottom - top + 1 > drawn_rows + SPARE_ROWS:
            at = cell_address(min(outside, default=bottom), min(box.col for box in boxes))
            yield Damage("stretched", sheet.title, at, part.list_ref)


def rows_read(title: str, reading: Reading) -> dict[str, set[int]]:
    """The rows of a sheet from which the items of each list were read."""
    rows: dict[str, set[int]] = {}
    for path, place in reading.where.items():
        below = path[2:] if path[:1] == ("projects",) else path
        if place.sheet == title and len(below) > 1 and isinstance(below[1], int):
            box = box_of(place.cell)
            if box is not None:
                rows.setdefault(str(below[0]), set()).add(box.row)
    return rows


def rows_drawn(sheet: Worksheet, top: int, bottom: int) -> int:
    """How many rows of a list stood there when the sheet was drawn; all where nothing tells."""
    parts = named_boxes(sheet).get(AID + "parts")
    if parts is None:
        return bottom - top + 1
    flag = parts.col + parts.width - 1
    return sum(sheet.cell(row, flag).value is not None for row in range(top, bottom + 1))
