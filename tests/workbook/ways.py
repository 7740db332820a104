"""Ways of storing what a field says, other than an amount or a share: a table of them.

Each is put into a cell of its own, many in one workbook, so that LibreOffice calculates it once.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from tests.books import opened
from xlperf.paths import RecordPath
from xlperf.workbook.read import read_workbook


@dataclass(frozen=True)
class Way:
    """A way of storing: the field, what its cell holds, what that must be read as.

    `codes` are the rules that must speak about the field's storage, `shown` what the sheet's own
    checks must; worked out by hand. `reads` None: the field says nothing.
    """

    name: str
    path: RecordPath
    value: Any
    reads: Any
    codes: frozenset[str]
    shown: frozenset[str]
    format: str = ""
    is_text: bool = False  # whatever it looks like
    quoted: bool = False  # typed with an apostrophe


def way(  # noqa: PLR0917
    name: str,
    path: RecordPath,
    value: Any,
    reads: Any,
    codes: str = "",
    shown: str | None = None,
    **more: Any,
) -> Way:
    on_sheet = codes if shown is None else shown
    return Way(
        name, path, value, reads, frozenset(codes.split()), frozenset(on_sheet.split()), **more
    )


def put(source: Path, target: Path, ways: list[Way]) -> None:
    """A copy of a workbook with values stored in these ways."""
    where = read_workbook(source).where
    book = opened(source)
    for storage in ways:
        place = where[storage.path]
        cell = book[place.sheet][place.cell]
        cell.value = storage.value
        if storage.is_text:
            cell.data_type = "s"
        if storage.format:
            cell.number_format = storage.format
        if storage.quoted:
            cell.quotePrefix = True
    book.save(target)


def rich(*parts: str) -> CellRichText:
    """A text of which every second part is bold."""
    bold = InlineFont(b=True)
    return CellRichText([TextBlock(bold, text) if n % 2 else text for n, text in enumerate(parts)])


def project(number: int, *steps: str | int) -> RecordPath:
    return ("projects", number, *steps)


def target(number: int, indicator: int) -> RecordPath:
    return project(number, "indicators", indicator, "target")


def unit(number: int) -> RecordPath:
    return project(number, "unit")


YEAR = ("fiscal_year",)
CODES = (
    "130303213GA2H9SH8UW5I", "130303213LEX52GBA60DZ", "130303214A7QMSDIGDKKI",
    "13030321DGYPFP40GM9F2", "13030321GI1E8SQMLBRGT", "13030321GOE2BGRTFUYL2",
)  # fmt: skip
# what the sheet cannot see of a number format, it takes for a number without a unit
BARE = "VAL416"
FIELDS = [
    # a number keeps 15 digits, the sheet sees 1.30303213E+20
    way("code as number", project(0, "code"), 130303213000000000000, "130303213000000000000",
        "COD111", "COD101 COD102"),
    way("code cut off", project(1, "code"), "1.30303E+19", "1.30303E+19", "COD101 COD102"),
    way("code, blank", project(2, "code"), "130303214A7QM SDIGDKKI", "130303214A7QM SDIGDKKI",
        "COD102"),
    way("code, full-width", project(3, "code"), "１３０３０３２１DGYPFP40GM9F2",
        "１３０３０３２１DGYPFP40GM9F2", "COD102"),
    way("code, apostrophe", project(4, "code"), CODES[4], CODES[4], quoted=True),
    way("code, no-break", project(5, "code"), CODES[5] + "\u00a0", CODES[5] + "\u00a0"),
    way("code, error", project(6, "code"), "#N/A", "#N/A", "STR006"),
    way("name as number", project(0, "name"), 2021, "2021"),
    way("name, blanks", project(1, "name"), " 人防业务费  ", " 人防业务费  ", "STR028", ""),
    way("name, error", project(2, "name"), "#REF!", "#REF!", "STR006"),
    way("name, formula", project(3, "name"), '="人防视频"&"会议系统建设"',
        "人防视频会议系统建设"),
    way("name, rich", project(4, "name"), rich("警报器", "安装", "及维护所需经费"),
        "警报器安装及维护所需经费"),
    way("name, one blank", project(5, "name"), " ", None, "STR006"),
    way("name as date", project(6, "name"), dt.date(2021, 3, 6), "2021-03-06", format="m/d"),
    way("year as date", YEAR, dt.date(2021, 1, 1), 2021),
    way("target, unit as format", target(0, 0), 15, "15人", "AMT211", BARE, format='0"人"'),
    way("target, percent", target(0, 5), 0.9, "90%", format="0%"),
    way("target, date", target(0, 2), dt.date(2021, 3, 6), "2021-03-06", "AMT211", BARE,
        format="m/d"),
    way("target, text", target(0, 6), "90%", "90%"),
    way("target, formula", target(0, 7), '="≥"&"90%"', "≥90%"),
    way("target, error", target(0, 8), "#DIV/0!", "#DIV/0!", "STR011"),
    way("target, full-width", target(1, 5), "≥９０％", "≥９０％", "VAL414", ""),
    way("target, blanks", target(1, 1), "≥ 90 %", "≥ 90 %", "VAL414", ""),
    way("target, one blank", target(1, 8), " ", None, "STR011"),
    way("target, format lost", target(2, 1), 0.9, "0.9", "VAL416"),
    way("target, no-break", target(2, 8), "≥90%\u00a0", "≥90%\u00a0", "VAL414", ""),
    way("money, number", target(2, 3), 240000, "240000", "VAL416"),
    way("money, unit as format", target(3, 4), 300000, "300000元", "AMT211", BARE,
        format='#,##0.00"元"'),
    way("money, sign as format", target(5, 4), 4000, "4000", "VAL416", format='"¥"#,##0.00'),
    way("money, separators", target(4, 4), "≤450,000元", "≤450,000元"),
    way("date in words as format", target(3, 3), dt.date(2021, 9, 30), "2021-09-30", "AMT211",
        BARE, format='yyyy"年"m"月"d"日"'),
    way("date as text", target(4, 2), "2021-10-31", "2021-10-31"),
    way("target, formula's error", target(4, 8), "=1/0", "#DIV/0!", "STR011"),
    way("target, formula's number", target(4, 0), "=6+6", "12", "VAL416"),
    way("unit as number", unit(0), 333001, "333001"),
    way("unit, full-width", unit(1), "３３３００１", None, "STR006"),
    way("unit, no-break", unit(2), "333001\u00a0", "333001"),
    way("unit, error", unit(3), "#N/A", None, "STR006"),
    way("unit, text", unit(4), "333001", "333001"),
    way("unit, blank", unit(5), "333 001", "333", "STR024"),
    way("unit, decimals", unit(6), 333001.0, "333001", format="0.00"),
    way("purpose, error", project(0, "purpose"), "#VALUE!", "#VALUE!", "STR006"),
    way("purpose as number", project(1, "purpose"), 318480, "318480"),
    way("indicator, number", project(1, "indicators", 2, "name"), 12, "12"),
    way("indicator, error", project(1, "indicators", 3, "name"), "#NAME?", "#NAME?", "STR011"),
    way("description, error", project(1, "indicators", 4, "description"), "#NULL!", "#NULL!",
        "STR011"),
    way("level, error", project(2, "indicators", 4, "level2"), "#NUM!", "#NUM!", "STR011"),
    way("basis, error", project(2, "indicators", 6, "basis"), "#N/A", "#N/A", "STR011"),
    way("goals, error", project(3, "goals"), "#N/A", ["#N/A"], "STR006"),
    way("goals as number", project(4, "goals"), 5, ["5"], "STR006"),
    way("overall goal, error", ("overall_goal",), "#N/A", "#N/A", "STR001"),
    way("activity, error", ("activities", 0, "name"), "#N/A", "#N/A", "STR004"),
    way("activity's target, percent", ("activities", 0, "indicators", 0, "target"), 0.95, "95%",
        format="0%"),
    way("activity's target, error", ("activities", 1, "indicators", 0, "target"), "#N/A", "#N/A",
        "STR011"),
    way("unit of the list, number", ("units", 0, "code"), 333001, "333001"),
    way("department, error", ("department", "name"), "#N/A", "#N/A", "STR026"),
    way("budget, unit as format", project(2, "budget"), 240000, Decimal("240000.00"),
        format='#,##0.00"元"'),
    way("budget, apostrophe", project(5, "budget"), "4000", Decimal("4000.00"), "AMT211",
        quoted=True, is_text=True),
    way("share, unit as format", project(4, "spending_plan", "06"), 50, 50, "AMT211",
        format='0"%"'),
]  # fmt: skip
YEARS = [[year_way] for year_way in (
    way("year, decimals", YEAR, 2021.0, 2021, format="0.00"),
    way("year, full-width", YEAR, "２０２１", 2021, is_text=True),
    way("year with its word", YEAR, "2021年", 2021, is_text=True),
    way("year, a day", YEAR, dt.date(2021, 7, 9), "2021-07-09", "STR026", format="yyyy-mm-dd"),
    way("year, error", YEAR, "#N/A", "#N/A", "STR026"),
    way("year, half", YEAR, 2021.5, "2021.5", "STR026"),
    way("year, word as format", YEAR, 2021, 2021, format='0"年"'),
)]  # fmt: skip
