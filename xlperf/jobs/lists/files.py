"""Files that may hold a plain list of projects, as sheets of cells.

Web systems and old programs save lists under the name of a workbook that are none: HTML, lines
with tabs. They are read as what they are.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from xlperf.documents.blocks.decoding import decode
from xlperf.documents.html.reader import tables_of
from xlperf.errors import UserError
from xlperf.files import bytes_of, kind_of
from xlperf.workbook.project_list import ListSheet, list_sheets

NAMED_LISTS = (".csv", ".tsv")
NAMED_WORKBOOKS = (".xls", ".xlsx", ".xlsm", ".xlt", ".et")
DELIMITERS = (",", "\t", ";")
UNICODE_TEXT = ("\t",)  # what Excel saves under this name
SPREADSHEET_XML = b"urn:schemas-microsoft-com:office:spreadsheet"


def sheets_in(path: Path) -> list[ListSheet]:
    """The sheets of a file that may be a list; none where it is something else."""
    suffix = path.suffix.lower()
    kind = kind_of(path)
    if kind == "workbook":
        return list_sheets(path)
    named = suffix in NAMED_WORKBOOKS
    if named and kind in ("text", "html") and SPREADSHEET_XML in bytes_of(path)[:4096]:
        raise UserError("spreadsheet_xml", file=path)
    if named and kind == "html":
        return [_sheet(path.name, rows) for rows in tables_of(path)]
    if suffix in NAMED_LISTS or (named and kind == "text"):
        return _by_lines(path, DELIMITERS)
    return _by_lines(path, UNICODE_TEXT) if suffix == ".txt" and kind == "text" else []


def _by_lines(path: Path, delimiters: Iterable[str]) -> list[ListSheet]:
    """A text by each of the signs that may part its fields; none where it has no fields."""
    text = decode(bytes_of(path), path)
    try:
        return [_sheet(path.name, _lines(text, delimiter)) for delimiter in delimiters]
    except csv.Error:
        return []


def _lines(text: str, delimiter: str) -> list[list[str]]:
    """The fields of a text; Excel's line that names the delimiter is none of its rows."""
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    return rows[1:] if rows and "".join(rows[0]).lower().startswith("sep=") else rows


def _sheet(title: str, rows: Iterable[Sequence[Any]]) -> ListSheet:
    cells = {
        (row, col): content
        for row, line in enumerate(rows, 1)
        for col, content in enumerate(line, 1)
        if content.strip()
    }
    return ListSheet(title, cells)
