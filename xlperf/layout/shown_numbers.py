"""Numbers of cells as the text that their number format shows: dates, percent, thousands, scale.

A number keeps all its digits, also those that its format rounds away: what is printed may be
rounded, what is imported may not.
"""

from __future__ import annotations

import datetime
import math
import re
from decimal import Decimal
from typing import Any

from xlperf.layout.cell_values import as_decimal, parse_text
from xlperf.layout.grid import Percent, WordedNumber
from xlperf.layout.number_formats import by_format, by_month, is_date, with_words

MOST_SHOWN_DIGITS = 15  # of a number that a spreadsheet shows at most

# Signs of a number format (ECMA-376, numFmt): "text", \x for one sign, _x a blank as wide as x,
# *x a filling sign.
_LITERAL_SIGNS = re.compile(r'"([^"]*)"|\\(.)|_(?:.)|\*(?:.)')
# [Red], [$-804], [>100], but not the times [h], [mm], [ss].
_LOCALE = re.compile(r"\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]", re.IGNORECASE)
# The pieces of a date's format: texts, signs, AM/PM in Latin or Chinese, runs of y, m, d, h, s.
_PARTS = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*].|(?P<half>AM/PM|A/P|[^ -~]{2}/[^ -~]{2})'
    r"|\[?(?P<part>y+|m+|d+|h+|s+)\]?(?P<of>0*)|(?P<sign>.)",
    re.IGNORECASE | re.DOTALL,
)
_SCALED = re.compile(r"(?<=[0#?])(?:!\.(?P<behind>[0#?]+)|(?P<thousands>,+)(?![0#?,]))")
_PLACES = re.compile(r"[0#?]\.(?P<places>[0#?]+)")


def display_text(content: Any, code: str) -> str:
    """What a cell shows that holds a number, a date, a text or a truth value.

    `code` is its number format, "" or "General" for none. Text stays as it is.
    """
    if isinstance(content, Percent | WordedNumber):
        return parse_text(content)
    if isinstance(content, datetime.date | datetime.time | datetime.timedelta):
        return _moment(content, code)
    if isinstance(content, float) and math.isfinite(content):
        content = Decimal(f"{content:.{MOST_SHOWN_DIGITS}g}")
    number = as_decimal(content)
    return parse_text(content) if number is None else _number(number, code)


def _number(number: Decimal, code: str) -> str:
    """What a number shows by its format."""
    if is_date(code):
        return _moment(by_format(float(number), code), code)
    worded = by_format(float(number), _unscaled(code))
    if isinstance(worded, Percent):
        return parse_text(worded)
    scaled = number / _scale(code)
    if isinstance(worded, WordedNumber):
        return parse_text(with_words(float(scaled), _unscaled(code)))
    return _in_places(scaled, code)


def _in_places(number: Decimal, code: str) -> str:
    """A number with the decimals and the commas of its format, and never fewer digits."""
    positive_part = _LOCALE.sub("", code.partition(";")[0])
    match = _PLACES.search(positive_part)
    places = match["places"].count("0") if match else 0
    exponent = number.normalize().as_tuple().exponent
    places = max(places, -exponent if isinstance(exponent, int) else 0)
    comma = "," if re.search(r"#,#|0,0", positive_part) else ""
    return f"{number:{comma}.{places}f}"


def _scale(code: str) -> Decimal:
    """By how much a format shows less than the cell holds: 0!.0, shows 6.4 for 64,000."""
    power = 0
    for match in _SCALED.finditer(_LITERAL_SIGNS.sub(_escaped, code.partition(";")[0])):
        power += 3 * len(match["thousands"] or "") + len(match["behind"] or "")
    return Decimal(10) ** power


def _escaped(sign: re.Match[str]) -> str:
    return "!." if sign[2] == "." else ""


def _unscaled(code: str) -> str:
    """A format without its signs of scale."""
    positive_part = code.partition(";")[0].replace("!.", ".").replace("\\.", ".")
    return re.sub(r"([0#?]),+(?![0#?,])", r"\1", positive_part)


def _moment(moment: Any, code: str) -> str:
    """A date or time in its format; as ISO 8601 has it where the format says neither."""
    code = _LOCALE.sub("", code.partition(";")[0])
    if isinstance(moment, datetime.timedelta) or not is_date(code):
        return parse_text(moment)
    if isinstance(moment, str) or isinstance(by_month(moment, code), str):
        return parse_text(by_month(moment, code) if not isinstance(moment, str) else moment)
    parts = [part_match for part_match in _PARTS.finditer(code) if part_match["part"]]
    half = any(part_match["half"] for part_match in _PARTS.finditer(code))
    text, before = "", ""
    for match in _PARTS.finditer(code):
        if part := (match["part"] or "").lower():
            after = next((w["part"].lower() for w in parts if w.start() > match.start()), "")
            minutes = part[0] == "m" and (before[:1] == "h" or after[:1] == "s")
            text += _part(moment, "minutes" if minutes else part, half)
            before = part
        elif match["half"]:
            text += _half(moment, match["half"])
        else:
            text += match["quoted"] or match["escaped"] or match["sign"] or ""
    return text.partition("@")[0].strip()


def _half(moment: Any, words: str) -> str:
    """The half of the day, in the words of a format such as AM/PM."""
    morning, _, afternoon = words.partition("/")
    return morning if getattr(moment, "hour", 0) < 12 else afternoon


def _part(moment: Any, part: str, half: bool) -> str:
    """One part of a moment: year, month, day, hour, minute or second."""
    if part == "minutes":
        return f"{getattr(moment, 'minute', 0):02}"
    number = getattr(moment, _NAMES[part[0]], 0)
    if part[0] == "y":
        return f"{number:04}" if len(part) > 2 else f"{number % 100:02}"
    if part[0] == "h" and half:
        number = number % 12 or 12
    if part[0] in "md" and len(part) > 2:
        return str(number)
    return f"{number:02}" if len(part) == 2 else str(number)


_NAMES = {"y": "year", "m": "month", "d": "day", "h": "hour", "s": "second"}
