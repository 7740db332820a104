"""How a value is shown in a cell and read from one. For every kind, parse(show(value)) == value.

Excel keeps numbers as binary floats with about 15 digits; a value that would not survive is shown
as text, so that nothing is lost.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from xlperf.layout.grid import Formula, Percent, StruckText, WordedNumber
from xlperf.layout.vocabulary import CellKind
from xlperf.record import CENT, is_blank, round_cent, year_of

INDENT_SIGN = "\u3000"  # marks a line that looks like the next number but is not one
CODE_NAME_SEPARATOR = "\uff5c"  # between a unit's code and name where the code's end is not plain
_LARGEST_NUMBER = Decimal(10) ** 20


def show(kind: CellKind, value: Any) -> Any:
    """The content of a cell of this kind that shows a value of the record; None for a blank one."""
    return None if value is None else _SHOW.get(kind, _same)(value)


def parse(kind: CellKind, content: Any) -> Any:
    """The record's value for the content of a cell of this kind; what is unreadable stays as text.

    None for blanks and for a formula; of a text partly struck out, what is left counts.
    """
    if isinstance(content, StruckText):
        content = content.remaining_text
    if is_blank(content) or isinstance(content, Formula):
        return None
    parser: Callable[[Any], Any] = _PARSE.get(kind, parse_text)
    return parser(content)


def _same(value: Any) -> Any:
    return value


def _floats(number: Decimal) -> bool:
    """Whether a spreadsheet keeps this number exactly."""
    digits = format(abs(number.normalize()), "e").partition("e")[0].replace(".", "")
    return len(digits) <= 15 and abs(number) < _LARGEST_NUMBER


def show_money(value: Any) -> Any:
    """A number; text where a spreadsheet would not keep it, or it has parts of a cent."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        number = Decimal(value)
        return number if _floats(number) and number == round(number, 2) else str(number)
    return value


def parse_money(content: Any) -> Any:
    """A spreadsheet's number rounded to the cent."""
    number = as_decimal(content)
    if number is None:
        return parse_text(content)
    return round_cent(number) if abs(number) < _LARGEST_NUMBER else number


def off_the_cent(content: Any) -> Decimal | None:
    """A cell's number if it has parts of a cent beyond float noise, else None."""
    number = as_decimal(content)
    if number is None or abs(number) >= _LARGEST_NUMBER:
        return None
    return number if abs(number - round_cent(number)) > CENT / 1000 else None


def show_percent(value: Any) -> Any:
    """Percent as a fraction in a cell that shows percent."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        fraction = Decimal(value).scaleb(-2)
        return Percent(fraction) if _floats(fraction) else f"{value}%"
    return value


def parse_percent(content: Any) -> Any:
    """Percent; a bare number up to 1 is a fraction whose format was lost, one above is percent."""
    number = as_decimal(content)
    if number is None:
        return parse_text(content)
    return number.scaleb(2) if isinstance(content, Percent) or abs(number) <= 1 else number


def parse_year(content: Any) -> Any:
    """A whole number, also of the first day of a year; anything else as text."""
    number = content.number if isinstance(content, WordedNumber) else content
    if isinstance(number, datetime.date) and (number.month, number.day) == (1, 1):
        return number.year
    year = year_of(parse_text(number))
    return parse_text(content) if year is None else year


def show_number(value: Any) -> Any:
    """A number as one; text where a spreadsheet would not keep it."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        if not _floats(Decimal(value)):
            return str(value)
        return int(value) if value == int(value) else value
    return value


def parse_number(content: Any) -> Any:
    """A number, whole where it is; anything else as text."""
    number = None if isinstance(content, Percent | WordedNumber) else as_decimal(content)
    if number is None:
        return parse_text(content)
    return int(number) if number == number.to_integral_value() else number.normalize()


def as_decimal(content: Any) -> Decimal | None:
    """A cell's number, as written to 17 digits; None if it is no number."""
    if isinstance(content, Percent):
        return content.fraction
    if isinstance(content, WordedNumber):
        return content.number
    if isinstance(content, bool) or not isinstance(content, int | float | Decimal):
        return None
    number = Decimal(repr(content)) if isinstance(content, float) else Decimal(content)
    return number if number.is_finite() else None


def parse_text(content: Any) -> str:
    """A cell's content as text, as a person sees it: 100% and not 1, 17 and not 17.0."""
    if isinstance(content, str | StruckText):
        text: str = content if isinstance(content, str) else content.remaining_text
        return text.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(content, bool | WordedNumber):
        return content.text if isinstance(content, WordedNumber) else str(content).upper()
    if isinstance(content, datetime.datetime) and content.time() == datetime.time():
        content = content.date()
    if isinstance(content, datetime.date | datetime.time):
        return content.isoformat()
    number = as_decimal(content)
    if number is None:
        return str(content)
    if isinstance(content, Percent):
        return f"{_plain(number.scaleb(2))}%"
    return _plain(number)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def show_numbered(lines: Any) -> Any:
    """Items as numbered lines in one cell."""
    if not isinstance(lines, list):
        return lines
    texts: list[str] = []
    for number, item in enumerate(lines, 1):
        first, *rest = str(item).split("\n")
        texts.append(f"{number}.{first}")
        texts += [INDENT_SIGN + line if _numbered(line, number + 1) else line for line in rest]
    if len(texts) == 1 and (texts[0].startswith(_LIST_OF_ONE) or len(_on_one_line(texts[0])) > 1):
        texts[0] = _LIST_OF_ONE + texts[0].removeprefix("1.")
    return "\n".join(texts) or None


def parse_numbered(content: Any) -> list[str]:
    """Items of numbered lines; without any numbers, each line that is not blank is an item.

    Numbers are 1. or (1) or 1), one way throughout; all items may stand on one line.
    """
    items: list[str] = []
    lines = parse_text(content).split("\n")
    if len(lines) == 1 and lines[0].startswith(_LIST_OF_ONE):
        return [lines[0].removeprefix(_LIST_OF_ONE)]
    if len(lines) == 1 and len(several := _on_one_line(lines[0])) > 1:
        return several
    way = next((way for way in _WAYS if _numbered(lines[0], 1, way)), _WAYS[0])
    for line in lines:
        following = _numbered(line, len(items) + 1, way)
        if following and not (items and line.startswith(INDENT_SIGN)):
            items.append(line[following.end() :])
        elif items:
            items[-1] += "\n" + (line.removeprefix(INDENT_SIGN) if following else line)
        else:
            return [line for line in lines if line.strip()]
    return items


_WAYS = ("{}[.\uff0e\u3001]", "[(\uff08]{}[)\uff09]", "{}[)\uff09]")
_LIST_OF_ONE = "1." + INDENT_SIGN  # before a single item that would be taken for several


def _numbered(line: str, number: int, way: str = _WAYS[0]) -> re.Match[str] | None:
    return re.match(r"\s*" + way.format(number), line)


def _on_one_line(line: str) -> list[str]:
    """The items of one line: each number but the first stands behind the end of a sentence."""
    way = next((way for way in _WAYS if _numbered(line, 1, way)), "")
    spans: list[re.Match[str]] = []
    following = _numbered(line, 1, way) if way else None
    while following:
        spans.append(following)
        number = way.format(len(spans) + 1)
        ending = re.compile(rf"(?<=[\u3002\uff1b;\uff01!\uff1f?])\s*{number}(?![0-9])")
        following = ending.search(line, following.end())
    ends = [*(start.start() for start in spans[1:]), *([len(line)] if spans else [])]
    return [line[start.end() : end] for start, end in zip(spans, ends, strict=True)]


def show_unit(value: Any) -> Any:
    """A unit's code and name in one cell, as printed."""
    code, name = str(value.get("code", "")), str(value.get("name", ""))
    joined = code + name
    return (
        joined if split_unit(joined) == (code, name) else code + CODE_NAME_SEPARATOR + name
    ) or None


def parse_unit(content: Any) -> dict[str, str]:
    """A unit's code and name from one cell."""
    code, name = split_unit(parse_text(content))
    return {key: text for key, text in (("code", code), ("name", name)) if text}


def split_unit(text: str) -> tuple[str, str]:
    """The digits at the beginning are the code, the rest is the name."""
    if CODE_NAME_SEPARATOR in text:
        code, _, name = text.partition(CODE_NAME_SEPARATOR)
        return code, name
    name = text.lstrip().lstrip("0123456789")
    digits = text.lstrip()[: len(text.lstrip()) - len(name)]
    return digits, name.strip()


_SHOW: dict[CellKind, Callable[[Any], Any]] = {
    "money": show_money,
    "percent": show_percent,
    "numbered": show_numbered,
    "unit": show_unit,
    "number": show_number,
}
_PARSE: dict[CellKind, Callable[[Any], Any]] = {
    "money": parse_money,
    "percent": parse_percent,
    "numbered": parse_numbered,
    "unit": parse_unit,
    "year": parse_year,
    "number": parse_number,
}
