"""Ways of storing what a field says, other than an amount or a share: a table of them.

Each is put into a cell of its own, many in one workbook, so that LibreOffice calculates it once.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from xlperf.paths import Path as RecordPath
from xlperf.workbook.read import read_workbook


@dataclass(frozen=True)
class Way:
    """A way of storing: the field, what its cell holds, what that must be read as.

    `codes` are what the sheet itself and the rules must say about the cell, worked out by hand;
    `told` what only a reader of the file can know. `reads` None: the field says nothing.
    """

    name: str
    path: RecordPath
    value: Any
    reads: Any
    codes: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    format: str = ""
    is_text: bool = False  # whatever it looks like
    quoted: bool = False  # typed with an apostrophe


def way(name: str, path: RecordPath, value: Any, reads: Any, *codes: str, **more: Any) -> Way:
    told = frozenset(more.pop("told", ()))
    return Way(name, path, value, reads, frozenset(codes), told, **more)


def put(source: Path, target: Path, ways: list[Way]) -> None:
    """A copy of a workbook with values stored in these ways."""
    where = read_workbook(source).where
    book = load_workbook(source)
    for each in ways:
        place = where[each.path]
        cell = book[place.sheet][place.cell]
        cell.value = each.value
        if each.is_text:
            cell.data_type = "s"
        if each.format:
            cell.number_format = each.format
        if each.quoted:
            cell.quotePrefix = True
    book.save(target)


def rich(*parts: str) -> CellRichText:
    """A text of which every second part is bold."""
    bold = InlineFont(b=True)
    return CellRichText([TextBlock(bold, text) if n % 2 else text for n, text in enumerate(parts)])


def project(number: int, *steps: str | int) -> RecordPath:
    return ("projects", number, *steps)


def target(number: int, indicator: int) -> RecordPath:
    return project(number, "indicators", indicator, "target")
