"""What the cells of a workbook hold and show, from what its XML says of them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from xlperf.layout import Percent
from xlperf.layout.number_formats import by_month, with_words
from xlperf.workbook.fast_read.formats import Format
from xlperf.workbook.fast_read.raw_cells import INLINE
from xlperf.workbook.fast_read.xml import UnsupportedError
from xlperf.workbook.package.sheet_xml.xml_escapes import decode

TEXT_TYPES = ("str", "e", INLINE)
BOOLEANS = {"1": True, "0": False}
_NUMBER = re.compile(r"-?\d+(\.\d*)?(?:[eE][+-]?\d+)?", re.ASCII)


@dataclass(frozen=True)
class CellValues:
    """The values of a workbook's cells: its shared strings, the formats of its cell styles."""

    strings: Sequence[str]
    formats: Sequence[Format]
    is_1904: bool

    @cached_property
    def _readable(self) -> list[str]:
        """The shared strings as people see them."""
        return [decode(text) for text in self.strings]

    def content(self, style: str, kind: str, text: str) -> Any:
        """What a cell without a formula holds: text, number, percent or date.

        Raises UnsupportedError for a kind of value, IndexError for a style or a string, if unknown.
        """
        form = self.formats[int(style or 0)]
        if kind == "s":
            return self._readable[int(text)]
        if kind in TEXT_TYPES:
            return decode(text)
        if kind == "b":
            return _boolean(text)
        value = self._number(text, form, date=form.is_date) if kind != "d" else _date(text)
        return _display_value(value, form)

    def result(self, style: str, kind: str, text: str) -> Any:
        """What a formula gave, as openpyxl gives it; None where it was never calculated.

        Raises as `content` does.
        """
        form = self.formats[int(style or 0)]
        if not text:
            return "" if kind == INLINE else None
        if kind == "s":
            return self.strings[int(text)]
        if kind in TEXT_TYPES:
            return text
        if kind == "b":
            return _boolean(text)
        return self._number(text, form, date=form.was_date) if kind != "d" else _date(text)

    def _number(self, text: str, form: Format, *, date: bool) -> Any:
        """A number, or the date that its style makes of it."""
        match = _NUMBER.fullmatch(text)
        if match is None:
            raise UnsupportedError
        number = float(text) if set(".eE") & set(text) else int(text)
        if not date:
            return number
        if form.is_span:
            raise UnsupportedError
        from xlperf.workbook.fast_read.openpyxl_rules import date_of

        return date_of(number, is_1904=self.is_1904)


def _display_value(value: Any, form: Format) -> Any:
    """A number or a date as its style shows it."""
    if isinstance(value, datetime.date):
        return by_month(value, form.code)
    if isinstance(value, int | float):
        if form.is_percent:
            return Percent(Decimal(repr(value)))
        return with_words(value, form.code) if form.is_worded else value
    return value


def _boolean(text: str) -> bool:
    if text not in BOOLEANS:
        raise UnsupportedError
    return BOOLEANS[text]


def _date(text: str) -> Any:
    from xlperf.workbook.fast_read.openpyxl_rules import date_written

    return date_written(text)
