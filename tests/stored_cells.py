"""What a workbook's file stores in its cells, read from its parts: a tenth of openpyxl's work.

For tests that compare thousands of cells. Numbers of dates stay numbers, shared formulas are not
written out.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from openpyxl.utils.cell import coordinate_to_tuple

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class StoredCell:
    """A cell's value (None, text, number or truth; of an error its name) and its formula."""

    value: Any
    formula: str | None = None  # "" where it is a later cell of a shared one
    hidden: bool = False  # its row is


def stored_cells(path: Path) -> dict[str, dict[tuple[int, int], StoredCell]]:
    """By title of a sheet, by (row, column) its cells."""
    with zipfile.ZipFile(path) as archive:
        texts = list(_texts(archive))
        return {title: dict(_cells(archive.read(part), texts)) for title, part in _sheets(archive)}


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Title and part of each sheet."""
    links = etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): str(link.get("Target")) for link in links}
    book = etree.fromstring(archive.read("xl/workbook.xml"))
    for sheet in book.iterfind(f"{MAIN}sheets/{MAIN}sheet"):
        target = targets[sheet.get(ID)]
        yield str(sheet.get("name")), posixpath.join("/xl", target)[1:]


def _texts(archive: zipfile.ZipFile) -> Iterator[str]:
    """The texts that sheets share, in order."""
    if "xl/sharedStrings.xml" in archive.namelist():
        for item in etree.fromstring(archive.read("xl/sharedStrings.xml")).iterchildren():
            yield _text(item)


def _text(item: Any) -> str:
    """A text, in runs or not, without its phonetic reading; "" for none."""
    if item is None:
        return ""
    runs = (*item.iterfind(f"{MAIN}t"), *item.iterfind(f"{MAIN}r/{MAIN}t"))
    return "".join(run.text or "" for run in runs)


def _cells(part: bytes, texts: list[str]) -> Iterator[tuple[tuple[int, int], StoredCell]]:
    for row in etree.fromstring(part).iterfind(f"{MAIN}sheetData/{MAIN}row"):
        hidden = row.get("hidden") in ("1", "true")
        for cell in row.iterchildren():
            formula = cell.find(f"{MAIN}f")
            text = None if formula is None else formula.text or ""
            at = coordinate_to_tuple(str(cell.get("r")))
            yield at, StoredCell(_value(cell, texts), text, hidden)


def _value(cell: Any, texts: list[str]) -> Any:
    kind, value = cell.get("t", "n"), cell.findtext(f"{MAIN}v")
    if kind == "inlineStr":
        return _text(cell.find(f"{MAIN}is"))
    if value is None or kind in ("str", "e"):
        return value
    if kind == "s":
        return texts[int(value)]
    return value == "1" if kind == "b" else float(value)
