"""How many lines a text takes in a column, and how high a row must be to show it all.

Widths are in digits of the standard font, as spreadsheets count them; a Chinese character takes
two. Estimates err on the roomy side, as the real fonts differ a little from machine to machine.
"""

from __future__ import annotations

import math
import unicodedata

LINE_HEIGHT = 15.0  # points a line, 10.5-point type
LOWEST_ROW = 21.0  # points, the lowest row
HIGHEST_ROW = 405.0  # points; Excel allows 409.5
MARGIN_DIGITS = 1.0  # digits of a column that its margins take
USABLE_WIDTH = 0.9  # of a column's width is counted on: fonts are wider on some machines
LINES_A_ROW = int(HIGHEST_ROW // LINE_HEIGHT)


class _Widths(dict[str, int]):
    """The width of each sign that was asked for, in digits."""

    def __missing__(self, sign: str) -> int:
        width = 2 if unicodedata.east_asian_width(sign) in "WFA" else 1
        self[sign] = width
        return width


_WIDTHS = _Widths()


def width_of(text: str) -> int:
    """Width of a text of one line, in digits: a wide (Chinese) sign counts as two."""
    return sum(map(_WIDTHS.__getitem__, text))


def lines_of(text: str, width: float) -> int:
    """Lines that a text takes in a column so many digits wide, its own line breaks counted."""
    room = max(USABLE_WIDTH * (width - MARGIN_DIGITS), 2.0)
    if 2 * len(text) <= room and "\n" not in text:  # no sign is wider than two digits
        return 1
    return sum(max(1, math.ceil(width_of(line) / room)) for line in text.split("\n"))


def height_of(lines: int) -> float:
    """Height in points of a row that shows so many lines."""
    return min(max(LOWEST_ROW, lines * LINE_HEIGHT + 6), HIGHEST_ROW)


def text_of_rows(rows: int) -> str:
    """A text for which `rows_for` gives so many rows, whatever the width."""
    return "\n" * ((rows - 1) * (LINES_A_ROW - 1))


def rows_for(text: str, width: float) -> int:
    """Rows a deep field needs so that none is higher than a spreadsheet allows."""
    return max(1, math.ceil(lines_of(text, width) / (LINES_A_ROW - 1)))
