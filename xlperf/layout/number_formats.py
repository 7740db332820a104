"""What a number in a cell is by its number format: percent, a date, a time, or just a number."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Any

from xlperf.layout.grid import Percent

EPOCH = datetime.datetime(1899, 12, 30)  # day 0 of a spreadsheet's calendar
_SAID = re.compile(r'"[^"]*"|\\.|_.|\*.')  # signs that are only shown
_BRACKETS = re.compile(r"\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]", re.IGNORECASE)


def is_percent(code: str) -> bool:
    """Whether a number format shows percent (a quoted or escaped sign does not)."""
    return "%" in _SAID.sub("", code)


def is_date(code: str) -> bool:
    """Whether a number format shows a date or a time."""
    shown = _BRACKETS.sub("", _SAID.sub("", code.partition(";")[0]))
    return shown.lower() != "general" and re.search("[dmhysDMHYS]", shown) is not None


def by_format(number: float, code: str) -> Any:
    """A cell's number as its format shows it: a percent, a date, a time or the number."""
    if is_percent(code):
        return Percent(Decimal(repr(number)))
    if not is_date(code):
        return number
    moment = EPOCH + datetime.timedelta(milliseconds=round(number * 86_400_000))
    return moment.time() if 0 <= number < 1 else moment
