"""Conditional formats of cells that checks colour."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.formulas.sheet_checks import DOUBT, EMPTY_SIGN, FAULT
from xlperf.layout import Box
from xlperf.layout.addresses import address

CHECK_FILLS = {FAULT: "FFFFC7CE", EMPTY_SIGN: "FFFFF2CC", DOUBT: "FFFCE4D6"}
INK = {FAULT: "FFC00000", EMPTY_SIGN: "FF7F6000", DOUBT: "FF974706", ".": "FF808080"}
STATUS_COLOURS = {  # of the words of a status: fill and font
    "status.good": ("FFE2EFDA", "FF375623"),
    "status.incomplete": (CHECK_FILLS[EMPTY_SIGN], INK[EMPTY_SIGN]),
    "status.doubt": (CHECK_FILLS[DOUBT], INK[DOUBT]),
}
ALARM_COLOURS = CHECK_FILLS[FAULT], INK[FAULT]  # of any other word


def add_format(
    sheet: Worksheet, boxes: Iterable[Box], when: str, *, fill: str = "", font: str = ""
) -> None:
    """Add a conditional format to rectangles: `when` is a formula, fill and font are colours.

    A cell has the format where the formula gives TRUE or a number but 0; not where it is an error.
    """
    rule = Rule("expression", formula=[when], stopIfTrue=True)
    rule.dxf = format_of(fill, font)
    sheet.conditional_formatting.add(" ".join(map(address, boxes)).replace("$", ""), rule)


@cache  # a book has hundreds of formats and few different ones
def format_of(fill: str, font: str) -> DifferentialStyle:
    """What a conditional format changes: the colour behind the text, or its own."""
    return DifferentialStyle(
        fill=PatternFill("solid", bgColor=fill) if fill else None,
        font=Font(color=font) if font else None,
    )
