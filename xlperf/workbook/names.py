"""Names: valid and unique sheet titles, and the defined names that mark a form's fields."""

from __future__ import annotations

import re
from collections.abc import Collection

from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.layout import Box
from xlperf.workbook.celltext import plain

FIELD = "XPF_"  # sheet-scoped: a field, or a column of a list
MADE_FIELD = "XPG_"  # sheet-scoped: a field of a sheet that is made, which nobody fills in
MARK = "XPM_"  # sheet-scoped: a cell that a finding has marked
AID = "XPL_"  # sheet-scoped: ours, but no field (a link back, the area of a generated table)
LONGEST = 31


def sheet_title(position: int, name: str, taken: Collection[str]) -> str:
    """`01 name`, without what Excel forbids in titles, within 31 characters, unique."""
    cleaned = re.sub(r"[\[\]:*?/\\]", " ", plain(name, 2 * LONGEST)).strip().strip("'")
    wanted = f"{position:02d} {cleaned}".strip()
    lowered = {title.lower() for title in taken}
    title, copy = fit(wanted), 1
    while title.lower() in lowered:
        copy += 1
        title = fit(wanted, f" ({copy})")
    return title


def fit(text: str, ending: str = "") -> str:
    """Cut to Excel's 31 UTF-16 units, an ending kept, no character halved."""
    while len((text + ending).encode("utf-16-le")) > 2 * LONGEST:
        text = text[:-1]
    return text.rstrip("' ") + ending


def field_name(key: str, prefix: str = FIELD) -> str:
    """The defined name of an anchor: spending_plan/03 is XPF_spending_plan__03."""
    return prefix + key.replace("/", "__").replace("#", "ordinal")


def anchor_key(name: str) -> str:
    """The anchor of a field's defined name."""
    return name[len(FIELD) :].replace("__", "/").replace("ordinal", "#")


def quoted(title: str) -> str:
    """A sheet's title as formulas write it."""
    return "'" + title.replace("'", "''") + "'"


def address(box: Box, title: str = "") -> str:
    """An absolute address such as 'sheet'!$B$4:$C$5."""
    first = f"${get_column_letter(box.col)}${box.row}"
    last = f"${get_column_letter(box.col + box.width - 1)}${box.row + box.height - 1}"
    cells = first if first == last else f"{first}:{last}"
    return f"{quoted(title)}!{cells}" if title else cells


def cell_address(row: int, col: int) -> str:
    """An address as people read it: C5."""
    return f"{get_column_letter(col)}{row}"


def mark(sheet: Worksheet, name: str, box: Box) -> None:
    """Give a rectangle a sheet-scoped name."""
    target = address(box, sheet.title)
    sheet.defined_names[name] = DefinedName(name, attr_text=target)


def marked(sheet: Worksheet) -> dict[str, Box]:
    """The rectangles of a sheet's own names; names that lost their cells are left out."""
    found: dict[str, Box] = {}
    for name, defined in sheet.defined_names.items():
        box = box_of(str(defined.attr_text or ""))
        if name.startswith((FIELD, MADE_FIELD, AID)) and box:
            found[name] = box
    return found


def fields(sheet: Worksheet, *, made: bool = False) -> dict[str, Box]:
    """The anchors of a form on a sheet, by the sheet's names."""
    prefix = MADE_FIELD if made else FIELD
    return {anchor_key(name): box for name, box in marked(sheet).items() if name.startswith(prefix)}


def to_box(cell: str) -> Box:
    """The cell of an address as people read it."""
    box = box_of(cell)
    if box is None:
        raise ValueError(cell)
    return box


def box_of(target: str) -> Box | None:
    """The rectangle of an address; None for #REF! and anything that is no single rectangle."""
    cells = target.rpartition("!")[2].replace("$", "")
    if not re.fullmatch(r"[A-Z]{1,3}\d+(:[A-Z]{1,3}\d+)?", cells):
        return None
    left, top, right, bottom = range_boundaries(cells)
    if left is None or top is None or right is None or bottom is None:
        return None
    return Box(top, left, right - left + 1, bottom - top + 1)
