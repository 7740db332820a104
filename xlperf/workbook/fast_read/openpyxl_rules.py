"""What openpyxl makes of some cells' values, asked where there are such: loading it takes time."""

from __future__ import annotations

from typing import Any

from openpyxl.utils.datetime import CALENDAR_MAC_1904, WINDOWS_EPOCH, from_excel, from_ISO8601

from xlperf.workbook.package.sheet_xml.shared_formulas import SharedFormulaTranslator

PAST_DATES = "#VALUE!"  # as a spreadsheet would not say, but openpyxl does


def date_of(number: float, *, is_1904: bool) -> Any:
    """The date or the time of a number of days; an error's text for a number past all dates."""
    try:
        return from_excel(number, CALENDAR_MAC_1904 if is_1904 else WINDOWS_EPOCH)
    except (OverflowError, ValueError):
        return PAST_DATES


def date_written(text: str) -> Any:
    """The date of a cell that holds one as a text, as strict files do; raises ValueError."""
    read: Any = from_ISO8601
    return read(text)


def moved(formula: str, origin: str, to: str) -> str:
    """A formula that several cells share, moved from the first of them to another."""
    return SharedFormulaTranslator(formula, origin).translate_formula(to)
