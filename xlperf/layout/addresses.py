"""Addresses as spreadsheets write them: column letters, cells, rectangles, quoted sheet titles."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from xlperf.layout.grid import Box

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of a sheet
MOST_NAMED = 100_000  # cells of one name: a list of 10,000 rows and ten columns; none has more

# B4 or B4:C5, without $ and title; whole rows and columns (4:5, B:C) are none.
_AREA = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})(?::([A-Z]{1,3})([1-9][0-9]{0,6}))?")


@cache
def letters(col: int) -> str:
    """A column's letters: 1 is A, 27 is AA."""
    text = ""
    while col:
        col, rest = divmod(col - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


@lru_cache(LAST_COLUMN)
def column(text: str) -> int:
    """The number of a column's letters."""
    number = 0
    for letter in text:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def quoted(title: str) -> str:
    """A sheet's title as formulas write it."""
    return "'" + title.replace("'", "''") + "'"


def address(box: Box, title: str = "") -> str:
    """An absolute address such as 'sheet'!$B$4:$C$5."""
    first = f"${letters(box.col)}${box.row}"
    last = f"${letters(box.col + box.width - 1)}${box.row + box.height - 1}"
    cells = first if first == last else f"{first}:{last}"
    return f"{quoted(title)}!{cells}" if title else cells


def cell_address(row: int, col: int) -> str:
    """An address as people read it: C5."""
    return f"{letters(col)}{row}"


def area_address(box: Box) -> str:
    """A rectangle's address as people read it: B4:C5."""
    return address(box).replace("$", "")


def to_box(cell: str) -> Box:
    """The cell of an address as people read it."""
    box = box_of(cell)
    if box is None:
        raise ValueError(cell)
    return box


def box_of(target: str) -> Box | None:
    """The rectangle of a name; None for #REF!, for anything that is no single rectangle, and for
    one so large that it can be no field's and no list's."""
    box = area_of(target)
    return box if box and box.width * box.height <= MOST_NAMED else None


def area_of(target: str) -> Box | None:
    """The rectangle of an address, however large; None for what is none within a sheet."""
    match = _AREA.fullmatch(target.rpartition("!")[2].replace("$", ""))
    if not match:
        return None
    left, top = column(match[1]), int(match[2])
    right, bottom = column(match[3] or match[1]), int(match[4] or match[2])
    left, right = min(left, right), max(left, right)
    top, bottom = min(top, bottom), max(top, bottom)
    if right > LAST_COLUMN or bottom > LAST_ROW:
        return None
    return Box(top, left, right - left + 1, bottom - top + 1)
