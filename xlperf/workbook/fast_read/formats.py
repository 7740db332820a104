"""The number formats of a workbook's cell styles, as far as they tell what a number is."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from xlperf.layout.grid import WordedNumber
from xlperf.layout.number_formats import is_date, is_percent, with_words
from xlperf.wording import official_table
from xlperf.workbook.fast_read.xml import UnsupportedError, local, tree
from xlperf.workbook.part_names import FIRST_CUSTOM_FORMAT, STYLES_PART

GENERAL = "General"
_MONEY = ("#,##0_);{}(#,##0)", "#,##0.00_);{}(#,##0.00)")
_COLUMN = "_({0}* {1}_){2}_({0}* \\({1}\\){2}_({0}* {3}_){2}_(@_)"
# What programs build in (ECMA-376, 18.8.30), in the American writing that openpyxl has.
BUILT_IN = {
    0: GENERAL,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"$"#,##0_);("$"#,##0)',
    6: '"$"#,##0_);[Red]("$"#,##0)',
    7: '"$"#,##0.00_);("$"#,##0.00)',
    8: '"$"#,##0.00_);[Red]("$"#,##0.00)',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "mm-dd-yy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "m/d/yy h:mm",
    37: _MONEY[0].format(""),
    38: _MONEY[0].format("[Red]"),
    39: _MONEY[1].format(""),
    40: _MONEY[1].format("[Red]"),
    41: _COLUMN.format("", "#,##0", ";", '"-"'),
    42: _COLUMN.format('"$"', "#,##0", ";", '"-"'),
    43: _COLUMN.format("", "#,##0.00", ";", '"-"??'),
    44: _COLUMN.format('"$"', "#,##0.00", "", '"-"??'),
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mmss.0",
    48: "##0.0E+0",
    49: "@",
}
_IDS = {code: number for number, code in BUILT_IN.items()}
_SPAN = re.compile(r"\[(?:hh?|mm?|ss?)\]", re.IGNORECASE)  # [h]:mm: a length of time


@dataclass(frozen=True, slots=True)
class Format:
    """What a cell style makes of a number.

    `is_date`: a date or a time; `was_date`: whether openpyxl thinks so by itself, as it does when
    it gives the results of formulas; `is_span`: a length of time; `is_worded`: shown with words.
    """

    code: str
    is_date: bool
    was_date: bool
    is_percent: bool
    is_worded: bool
    is_span: bool


def format_of(code: str, *, date: bool, was_date: bool) -> Format:
    """The format of a code."""
    is_worded = isinstance(with_words(1, code), WordedNumber)
    is_span = _SPAN.search(code.partition(";")[0]) is not None
    return Format(code, date, was_date, is_percent(code), is_worded, is_span)


def formats_of(archive: zipfile.ZipFile) -> list[Format]:
    """The number format of each cell style, by the number that cells have of it.

    As openpyxl, amended by `opening.know_formats`, gives them. Raises UnsupportedError, KeyError
    and ParseError as `book_parts` does.
    """
    if STYLES_PART not in archive.namelist():
        return [_general()]
    ids, custom = _styles(archive)
    codes: dict[str, None] = {}  # the workbook's own formats that are used, in the order of use
    numbers, dated = [], []
    for number in ids:
        code = custom.get(number, BUILT_IN.get(number))
        dated.append(code is not None and is_date(code))
        if number not in custom:
            numbers.append(number)
        elif code in _IDS:
            numbers.append(_IDS[code])
        else:
            codes[str(code)] = None
            numbers.append(FIRST_CUSTOM_FORMAT + [*codes].index(str(code)))
    return [*_formats(numbers, dated, [*codes])] or [_general()]


def _styles(archive: zipfile.ZipFile) -> tuple[list[int], dict[int, str]]:
    """The number format of each cell style, and the codes of the workbook's own."""
    ids: list[int] = []
    custom: dict[int, str] = {}
    for part in tree(archive.read(STYLES_PART)):
        if local(part) == "cellXfs":
            if ids:
                raise UnsupportedError
            ids = [int(style.get("numFmtId", "0")) for style in part if local(style) == "xf"]
        elif local(part) == "numFmts":
            formats = (item for item in part if local(item) == "numFmt")
            custom = {int(item.attrib["numFmtId"]): item.attrib["formatCode"] for item in formats}
    return ids, custom


def _formats(numbers: list[int], dated: list[bool], codes: list[str]) -> Iterator[Format]:
    """The formats of numbers: those of East Asian editions are dates, undefined ones General."""
    eastern = official_table("cell_format")
    for number, was_date in zip(numbers, dated, strict=True):
        if str(number) in eastern:
            code = eastern[str(number)]
            codes += [] if code in codes else [code]
            yield format_of(code, date=True, was_date=was_date)
        elif number >= FIRST_CUSTOM_FORMAT:
            at = number - FIRST_CUSTOM_FORMAT
            code = codes[at] if at < len(codes) else GENERAL
            yield format_of(code, date=was_date, was_date=was_date)
        else:
            yield format_of(BUILT_IN.get(number, GENERAL), date=was_date, was_date=was_date)


def _general() -> Format:
    return format_of(GENERAL, date=False, was_date=False)
