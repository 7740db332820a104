"""Workbooks in the format before 2007 (.xls, also .et of WPS) as printed sheets, by xlrd.

xlrd and not a faster reader: it tells number formats, merged ranges and what is hidden, without
which a share of 25 % is 0.25. It passes over text boxes, heads and feet, which are taken from the
records of the file here ([MS-XLS] 2.4.329 TxO, 2.4.136 Header, 2.4.124 Footer).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlrd
from xlrd.biffh import (
    XL_CELL_BOOLEAN,
    XL_CELL_DATE,
    XL_CELL_ERROR,
    XL_CELL_NUMBER,
    XL_CELL_TEXT,
    XLRDError,
)
from xlrd.compdoc import CompDoc

from xlperf.errors import UserError
from xlperf.layout import Box, Coord
from xlperf.layout.addresses import cell_address
from xlperf.layout.shown_numbers import display_text
from xlperf.printed_sheet import PrintedSheet, TextBesideCells
from xlperf.storage.files import OLE, bytes_of
from xlperf.workbook.package.part_size_limits import MOST_MERGED_ALL, MOST_SHEET_CELLS

SINCE_1904 = 1462  # days between the two calendars of workbooks
# Types of records ([MS-XLS] 2.3): BEGINNING is BOF, BOUND_SHEET is BoundSheet8.
TXO, CONTINUE, HEADER, FOOTER, END_OF_STREAM = 0x1B6, 0x3C, 0x14, 0x15, 0x0A
BEGINNING, BOUND_SHEET = 0x809, 0x85
# Codes in heads and feet: a font, its size, page number and the like; `&&` is the sign itself.
_SETTING = re.compile(r'&(?:"[^"]*"|[0-9]{1,3}|[A-Za-z]|(&))')


def old_sheets(path: Path) -> list[PrintedSheet]:
    """The sheets of an .xls that say anything, in their order.

    Raises a refusal where it is locked, damaged or too large.
    """
    data = bytes_of(path)
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=_Silent())
        stream = _stream(data)
        sheets = [_printed(book, number, stream, path) for number in range(book.nsheets)]
    except UserError:
        raise
    except XLRDError as error:
        key = "locked" if "encrypt" in str(error).lower() else "old_xls"
        raise UserError(key, file=path) from None
    except MemoryError:
        raise UserError("bomb", file=path) from None
    except Exception:  # xlrd raises whatever the damage leads to
        raise UserError("old_xls", file=path) from None
    return [sheet for sheet in sheets if sheet.cells or sheet.beside]


class _Silent:
    """Where xlrd's remarks on a file go."""

    def write(self, _: str) -> None:
        """Drop a remark."""


def _printed(book: Any, number: int, stream: bytes, path: Path) -> PrintedSheet:
    sheet = book.sheet_by_index(number)
    if sheet.nrows * sheet.ncols > 10 * MOST_SHEET_CELLS:
        raise UserError("bomb", file=path)
    cells: dict[Coord, str] = {}
    numbers: set[Coord] = set()
    for row in range(sheet.nrows):
        for col, cell in enumerate(sheet.row(row)):
            if (text := _text(book, cell)).strip():
                cells[row + 1, col + 1] = text
                if cell.ctype in (XL_CELL_NUMBER, XL_CELL_DATE):
                    numbers.add((row + 1, col + 1))
    notes = [
        TextBesideCells(note.text, f"{cell_address(row + 1, col + 1)}/comment1")
        for (row, col), note in sorted(sheet.cell_note_map.items())
        if note.text.strip()
    ]
    note_texts = {note.text.strip() for note in notes}
    starts = dict(enumerate(_starts(stream)))
    beside = (
        item
        for item in _beside(stream, starts.get(number, len(stream)))
        if item.text.strip() not in note_texts
    )
    return PrintedSheet(
        title=sheet.name,
        cells=cells,
        spans=tuple(_spans(sheet, path)),
        numbers=frozenset(numbers),
        hidden_rows=_hidden(sheet.rowinfo_map, {row for row, _ in cells}),
        hidden_columns=_hidden(sheet.colinfo_map, {col for _, col in cells}),
        hidden=sheet.visibility != 0,
        beside=(*notes, *beside),
    )


def _hidden(looks: Any, used_numbers: set[int]) -> tuple[int, ...]:
    """The rows or columns that are not shown, of those used."""
    return tuple(
        sorted({number + 1 for number, look in looks.items() if look.hidden} & used_numbers)
    )


def _spans(sheet: Any, path: Path) -> Iterator[Box]:
    merged = 0
    for top, bottom, left, right in sheet.merged_cells:
        merged += (bottom - top) * (right - left)
        if merged > MOST_MERGED_ALL:
            raise UserError("bomb", file=path)
        yield Box(top + 1, left + 1, right - left, bottom - top)


def _text(book: Any, cell: Any) -> str:
    """What a cell shows."""
    if cell.ctype == XL_CELL_TEXT:
        return display_text(cell.value, "")
    if cell.ctype == XL_CELL_BOOLEAN:
        return display_text(bool(cell.value), "")
    if cell.ctype == XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, ""))
    if cell.ctype not in (XL_CELL_NUMBER, XL_CELL_DATE):
        return ""
    cell_format = book.format_map.get(book.xf_list[cell.xf_index].format_key)
    dated = cell.ctype == XL_CELL_DATE and book.datemode == 1
    return display_text(
        cell.value + (SINCE_1904 if dated else 0), cell_format.format_str if cell_format else ""
    )


def _stream(data: bytes) -> bytes:
    """The records of a workbook out of its file; before 1995 they were all of the file."""
    if not data.startswith(OLE):
        return data
    document = CompDoc(data, logfile=_Silent())
    for name in ("Workbook", "Book"):
        if stream := document.get_named_stream(name):
            return bytes(stream)
    return b""


def _starts(stream: bytes) -> list[int]:
    """Where the records of each sheet begin, as the list of the sheets says ([MS-XLS] 2.4.28)."""
    listed = (data for kind, data in _records(stream, 0) if kind == BOUND_SHEET and len(data) >= 4)
    return [struct.unpack_from("<I", data)[0] for data in listed]


def _beside(stream: bytes, start: int) -> Iterator[TextBesideCells]:
    """The text boxes of a sheet, and what its pages have at head and foot."""
    boxes = 0
    records = list(_records(stream, start))
    for (kind, data), (next_kind, following) in zip(records, [*records[1:], (0, b"")], strict=True):
        if kind == TXO and next_kind == CONTINUE and len(data) >= 12:
            (length,) = struct.unpack_from("<H", data, 10)
            if (text := _string(following, length)).strip():
                boxes += 1
                yield TextBesideCells(text, f"box{boxes}")
        elif kind in (HEADER, FOOTER) and len(data) > 3:
            text = _SETTING.sub(r"\1", _string(data[2:], struct.unpack_from("<H", data)[0]))
            if text.strip():
                yield TextBesideCells(
                    text.strip(), "header1" if kind == HEADER else "footer1", margin=True
                )


def _records(data: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The records of a sheet, without those of what is set into it (charts)."""
    at, depth = start, 0
    while at + 4 <= len(data):
        kind, length = struct.unpack_from("<HH", data, at)
        depth += (kind == BEGINNING) - (kind == END_OF_STREAM)
        if depth <= 1:
            yield kind, data[at + 4 : at + 4 + length]
        if depth <= 0:
            return
        at += 4 + length


def _string(data: bytes, length: int) -> str:
    """A text of so many characters, of one byte or of two as its first byte says."""
    wide = bool(data and data[0] & 1)
    raw = data[1 : 1 + length * (2 if wide else 1)]
    return raw.decode("utf-16-le" if wide else "latin-1", "replace")
