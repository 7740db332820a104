"""Files that may hold a plain list of projects, as sheets of cells.

Web systems and old programs save lists under the name of a workbook that are none: HTML, lines
with tabs. They are read as what they are.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from xlperf.documents.blocks.decoding import decode
from xlperf.documents.blocks.source import MarginText, Paragraph, Table
from xlperf.documents.html.reader import tables_of
from xlperf.documents.words import is_page_number
from xlperf.jobs.inputs.containers import composed_any, is_spreadsheet, looks_ours, sheets_of
from xlperf.jobs.lists.columns import LIST_SUFFIXES
from xlperf.printed_sheet import PrintedSheet
from xlperf.storage.files import bytes_of, kind_of
from xlperf.wording import official_list, say
from xlperf.workbook.list_sheet import ListSheet

DOCUMENTS_WITH_TABLES = ("html", "mht", "word", "pdf", "doc", "odt", "rtf")
MOST_LINES_ABOVE = 4  # lines of text before a table that may say its unit of money
NAMED_WORKBOOKS = (".xls", ".xlsx", ".xlsm", ".xlt", ".et")
DELIMITERS = (",", "\t", ";")
UNICODE_TEXT = ("\t",)  # what Excel saves under this name


def sheets_in(path: Path) -> list[ListSheet]:
    """The sheets of a file that may be a list; none where it is something else."""
    suffix = path.suffix.lower()
    kind = kind_of(path)
    if kind == "workbook":
        from xlperf.workbook.project_list import list_sheets

        return list_sheets(path)
    if is_spreadsheet(path):
        return _printed(path)
    has_name_of_workbook = suffix in NAMED_WORKBOOKS
    if has_name_of_workbook and kind == "html":
        return [_sheet(path.name, rows) for rows in tables_of(path)]
    if suffix in LIST_SUFFIXES or (has_name_of_workbook and kind == "text"):
        return _by_lines(path, DELIMITERS)
    return _by_lines(path, UNICODE_TEXT) if suffix == ".txt" and kind == "text" else []


class DocumentTables(NamedTuple):
    """The tables of a document, and its texts that are neither in one nor just above it."""

    sheets: list[ListSheet]
    texts: list[str]


def tables_in(path: Path) -> DocumentTables:
    """The tables of a web page, a PDF or a Word document, each with what stands above it as rows.

    Tables with the same headings are one, as on several pages or of several units.
    """
    if kind_of(path) not in DOCUMENTS_WITH_TABLES:
        return DocumentTables([], [])
    sheets: dict[object, ListSheet] = {}
    texts: list[str] = []
    above: list[str] = []
    for block in composed_any(path).blocks:
        if isinstance(block, Table):
            rows = _by_columns(block)
            is_headed = bool(rows) and len(rows[0]) > 1  # no blank row, no title
            headings: object = tuple(rows[0].items()) if is_headed else len(sheets)
            if headings in sheets:
                _continue(sheets[headings], above, rows)
                texts += above
            else:
                title = say("lists.table", number=len(sheets) + 1)
                sheets[headings] = _table(title, above[-MOST_LINES_ABOVE:], rows)
                texts += above[:-MOST_LINES_ABOVE]
            above = []
        elif isinstance(block, Paragraph) and not block.piece.blank:
            above.append(block.piece.strip().text)
        elif isinstance(block, MarginText) and not (
            block.is_furniture or is_page_number(block.piece.text)
        ):
            texts.append(block.piece.text)
    return DocumentTables(list(sheets.values()), texts + above)


def _by_columns(table: Table) -> list[dict[int, str]]:
    """The texts of each row by their columns, from 1: a document counts those of all its tables."""
    first = min((piece.columns[0] for row in table.rows for piece in row), default=0)
    return [
        {
            (piece.columns[0] - first + 1 if piece.columns[1] else col): piece.strip().text
            for col, piece in enumerate(row, 1)
            if not piece.blank
        }
        for row in table.rows
    ]


def _table(title: str, above: Sequence[str], rows: Sequence[Mapping[int, str]]) -> ListSheet:
    first_row = 1 - len(above)  # so that the table's own rows are counted from 1
    cells: dict[tuple[int, int], Any] = {
        (row, 1): line for row, line in enumerate(above, first_row)
    }
    cells |= {(row, col): text for row, line in enumerate(rows, 1) for col, text in line.items()}
    return ListSheet(title, cells)


def _continue(sheet: ListSheet, above: Sequence[str], rows: Sequence[Mapping[int, str]]) -> None:
    """Add the rows of a further table; another unit of money above it stands beside its headings,
    where it is seen that the two differ."""
    bottom, right = next(reversed(sheet.cells))[0], max(rows[0])  # its headings are not blank
    known_lines = {sheet.cells.get((row, 1)) for row in range(1 - MOST_LINES_ABOVE, 1)}
    words = official_list("list_words.money_unit")
    units = [line for line in above if any(word in line for word in words)]
    others = [line for line in units if line not in known_lines]
    beside = {right + n: line for n, line in enumerate(others, 1)}
    for row, line in enumerate([{**rows[0], **beside}, *rows[1:]], bottom + 1):
        sheet.cells.update({(row, col): text for col, text in line.items()})


def _printed(path: Path) -> list[ListSheet]:
    """The sheets of a spreadsheet in another format; none of a master workbook's."""
    sheets = sheets_of(path)
    return [] if looks_ours(sheets) else [_listed(sheet) for sheet in sheets if sheet.cells]


def _listed(sheet: PrintedSheet) -> ListSheet:
    below = {
        (row, box.col): box.at
        for box in sheet.spans
        for row in range(box.row + 1, min(box.bottom, max(row for row, _ in sheet.cells)) + 1)
    }
    return ListSheet(sheet.title, dict(sheet.cells), below)


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
