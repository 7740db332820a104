"""Workbooks as XML of Excel 2003 (SpreadsheetML), often named .xls, as printed sheets."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from xlperf.errors import UserError
from xlperf.layout import Box, Coord
from xlperf.layout.addresses import LAST_COLUMN, LAST_ROW, cell_address
from xlperf.layout.shown_numbers import display_text
from xlperf.printed_sheet import PrintedSheet, TextBesideCells
from xlperf.storage.files import bytes_of
from xlperf.workbook.package.part_size_limits import MOST_MERGED, MOST_SHEET_CELLS

SPREADSHEET = "{urn:schemas-microsoft-com:office:spreadsheet}"
EXCEL_NAMESPACE = "{urn:schemas-microsoft-com:office:excel}"
NAMED_NUMBER_FORMATS = {  # number formats that have a name in this format
    "General Date": "yyyy/m/d h:mm",
    "Long Date": "yyyy/m/d",
    "Medium Date": "yyyy-mm-dd",
    "Short Date": "yyyy/m/d",
    "Long Time": "h:mm:ss",
    "Medium Time": "h:mm",
    "Short Time": "h:mm",
    "Fixed": "0.00",
    "Standard": "#,##0.00",
    "Currency": "#,##0.00",
    "Euro Currency": "#,##0.00",
    "Percent": "0.00%",
}


def xml_sheets(path: Path) -> list[PrintedSheet]:
    """The sheets that say anything, in their order.

    Raises a refusal where the XML is damaged, unsafe, or merges more cells than a form can have.
    """
    try:
        root = fromstring(bytes_of(path).lstrip())
        sheets = [_printed(sheet, _formats(root), path) for sheet in _all(root, "Worksheet")]
    except DefusedXmlException:
        raise UserError("unsafe_xml", file=path) from None
    except (SyntaxError, ValueError, LookupError, RecursionError):
        raise UserError("damaged", file=path) from None
    return [sheet for sheet in sheets if sheet.cells or sheet.beside]


def _all(element: Element, tag: str) -> Iterator[Element]:
    return element.iter(SPREADSHEET + tag)


def _formats(root: Element) -> dict[str, str]:
    """The number format of each style."""
    formats = {}
    for style in _all(root, "Style"):
        element = style.find(f"{SPREADSHEET}NumberFormat")
        code = "" if element is None else element.get(f"{SPREADSHEET}Format", "")
        formats[style.get(f"{SPREADSHEET}ID", "")] = NAMED_NUMBER_FORMATS.get(code, code)
    return formats


def _printed(sheet: Element, formats: dict[str, str], path: Path) -> PrintedSheet:
    result = _Sheet(formats, path)
    table = sheet.find(f"{SPREADSHEET}Table")
    if table is not None:
        result.read(table)
    visible = sheet.find(f"{EXCEL_NAMESPACE}WorksheetOptions/{EXCEL_NAMESPACE}Visible")
    return PrintedSheet(
        title=sheet.get(f"{SPREADSHEET}Name", ""),
        cells=result.cells,
        spans=tuple(result.spans),
        numbers=frozenset(result.numbers),
        hidden_rows=tuple(sorted(result.hidden_rows & {row for row, _ in result.cells})),
        hidden_columns=tuple(sorted(result.hidden_columns & {col for _, col in result.cells})),
        hidden=visible is not None,
        beside=tuple(result.notes),
    )


class _Sheet:
    """A sheet as its rows come."""

    def __init__(self, formats: dict[str, str], path: Path) -> None:
        self.formats, self.path = formats, path
        self.cells: dict[Coord, str] = {}
        self.spans: list[Box] = []
        self.numbers: set[Coord] = set()
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.notes: list[TextBesideCells] = []

    def read(self, table: Element) -> None:
        """Read all rows, and which rows and columns are hidden."""
        for first, last, column in _with_numbers(table, "Column", LAST_COLUMN):
            if _set(column, "Hidden"):
                self.hidden_columns |= {*range(first, last + 1)}
        for row, last, element in _with_numbers(table, "Row", LAST_ROW):
            if _set(element, "Hidden"):
                self.hidden_rows |= {*range(row, last + 1)}
            self.row(row, element)

    def row(self, row: int, element: Element) -> None:
        """Keep the cells of a row; UserError for too many of them or one outside of a sheet.

        A cell without an index stands behind the one before it and the columns which that spans.
        """
        following = 1
        for cell in element.findall(f"{SPREADSHEET}Cell"):
            col = _number(cell, "Index", following)
            across, down = _number(cell, "MergeAcross", 0), _number(cell, "MergeDown", 0)
            if (across + 1) * (down + 1) > MOST_MERGED or len(self.cells) > MOST_SHEET_CELLS:
                raise UserError("bomb", file=self.path)
            following = col + across + 1
            if not (0 < row <= LAST_ROW and 0 < col <= LAST_COLUMN):
                raise UserError("damaged", file=self.path)
            if across or down:
                self.spans.append(Box(row, col, across + 1, down + 1))
            self.cell((row, col), cell)

    def cell(self, at: Coord, cell: Element) -> None:
        """Keep the text that a cell shows, and its comment."""
        data = cell.find(f"{SPREADSHEET}Data")
        note = cell.find(f"{SPREADSHEET}Comment")
        code = self.formats.get(cell.get(f"{SPREADSHEET}StyleID", ""), "")
        content = None if data is None else _content(data)
        text = "" if content is None else display_text(content, code)
        if text.strip():
            self.cells[at] = text
        if isinstance(content, Decimal):
            self.numbers.add(at)
        if note is not None and (note_text := "".join(note.itertext()).strip()):
            self.notes.append(TextBesideCells(note_text, f"{cell_address(*at)}/comment1"))


def _content(data: Element) -> Any:
    """What a cell holds: a number, a date, a truth value, else a text."""
    text, kind = "".join(data.itertext()), data.get(f"{SPREADSHEET}Type", "String")
    try:
        if kind == "Number":
            return Decimal(text)
        if kind == "DateTime":
            return datetime.datetime.fromisoformat(text)
    except (ValueError, InvalidOperation):
        return text
    return text.strip() == "1" if kind == "Boolean" else text


def _with_numbers(table: Element, tag: str, most: int) -> Iterator[tuple[int, int, Element]]:
    """Rows or columns with their first and last number: an index may skip, a span repeat them."""
    following = 1
    for element in table.findall(SPREADSHEET + tag):
        first = _number(element, "Index", following)
        last = min(first + _number(element, "Span", 0), most)
        yield first, last, element
        following = last + 1


def _number(element: Element, name: str, default: int) -> int:
    return int(element.get(SPREADSHEET + name) or default)


def _set(element: Element, name: str) -> bool:
    return element.get(SPREADSHEET + name) == "1"
