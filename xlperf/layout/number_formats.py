"""What a number in a cell is by its number format: percent, a date, a time, or just a number."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Any

from xlperf.layout.grid import Percent, WordedNumber

EPOCH = datetime.datetime(1899, 12, 30)  # day 0 of a spreadsheet's calendar
_LITERAL_PART = re.compile(r'"[^"]*"|\\.|_.|\*.')  # signs that are only shown
_WORDS = r'((?:"[^"]*"|\\[^.,0-9]|_.)*)'
# A plain number between two such words: "about" #,##0.00" people".
_WORDED = re.compile(rf"{_WORDS}(?:[#,]*[0#]+(?:\.[0#?]+)?|General){_WORDS}", re.IGNORECASE)
# [Red], [$-804], [>100]: conditions and colours, but not [h], [mm], [ss], which are times.
_BRACKETS = re.compile(r"\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]", re.IGNORECASE)


def is_percent(code: str) -> bool:
    """Whether a number format shows percent (a quoted or escaped sign does not)."""
    return "%" in _LITERAL_PART.sub("", code)


def is_date(code: str) -> bool:
    """Whether a number format shows a date or a time."""
    bare_code = _BRACKETS.sub("", _LITERAL_PART.sub("", code.partition(";")[0]))
    return bare_code.lower() != "general" and re.search("[dmhysDMHYS]", bare_code) is not None


def by_format(number: float, code: str) -> Any:
    """A cell's number as its format shows it: a percent, a date, a time or the number."""
    if is_percent(code):
        return Percent(Decimal(repr(number)))
    if not is_date(code):
        return with_words(number, code)
    moment = EPOCH + datetime.timedelta(milliseconds=round(number * 86_400_000))
    return moment.time() if 0 <= number < 1 else by_month(moment, code)


def with_words(number: float, code: str) -> Any:
    """A number with the words that its format puts before or behind it, else the number itself.

    Currency signs, blanks and signs of scale are not words: an amount stays the number it is.
    """
    matched = _WORDED.fullmatch(_BRACKETS.sub("", code.partition(";")[0]))
    before, behind = (_bare(part or "") for part in matched.groups()) if matched else ("", "")
    if not any(sign.isalpha() for sign in before + behind):
        return number
    exact = Decimal(repr(number))
    return WordedNumber(exact, f"{before}{exact.normalize():f}{behind}")


def _bare(words: str) -> str:
    """What quoted and escaped signs of a number format show."""
    return re.sub(r'"([^"]*)"|\\(.)|_.|\*.', lambda sign: sign[1] or sign[2] or "", words)


def by_month(moment: Any, code: str) -> Any:
    """A date of which its format shows year and month only, in these words; else the date.

    A date within the month keeps its day, which somebody typed; the first of a month got it from
    the spreadsheet program.
    """
    bare_code = _BRACKETS.sub("", code.partition(";")[0])
    parts = re.sub("[^dmhysDMHYS]", "", _LITERAL_PART.sub("", bare_code)).lower()
    if not re.fullmatch("y+m+", parts) or getattr(moment, "day", 0) != 1:
        return moment
    text = re.sub("y+", str(moment.year), _bare(bare_code), count=1, flags=re.IGNORECASE)
    month = f"{moment.month:02}" if re.search("(?i)mm", bare_code) else str(moment.month)
    return re.sub("m+", month, text, count=1, flags=re.IGNORECASE).partition("@")[0]
