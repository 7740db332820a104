"""How many cells and areas a workbook may hold, asked before anything is built from it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO
from xml.parsers import expat

from openpyxl import Workbook
from openpyxl.worksheet.cell_range import CellRange

from xlperf.errors import UserError
from xlperf.layout.addresses import LAST_COLUMN, LAST_ROW
from xlperf.workbook.package.part_size_limits import (
    MIB,
    MOST_MERGED,
    MOST_MERGED_ALL,
    MOST_SHEET_CELLS,
    check_sizes,
)

PROLOG = 512  # bytes at a time, of what stands before the first element
MOST_BYTES_UNCOUNTED = 4 * MIB  # of all sheets: there can be no more cells than that in it

# Counted before anything is parsed, whatever prefix a program gives the namespace.
_CELL_TAG = re.compile(rb"<(?:\w+:)?c[\s/>]")
_LINK = re.compile(rb"<(?:\w+:)?hyperlink\s[^>]*")
_REF = re.compile(rb"""\sref\s*=\s*["']([A-Za-z$0-9:]+)["']""")


def check_parts(path: Path) -> None:
    """Raise UserError where a workbook's parts are too large or hold too many cells (`bomb`).

    And where one of them has a document type (`unsafe_xml`), by which it could declare entities;
    ECMA-376 allows none in any part (part 2, 9.1.4).
    """
    sizes = check_sizes(path)
    with zipfile.ZipFile(path) as archive:
        for name in sizes:
            with archive.open(name) as part:
                if _has_document_type(part):
                    raise UserError("unsafe_xml", file=path)
        _check_sheets(path, archive, {k: v for k, v in sizes.items() if "/worksheets/" in k})


def _has_document_type(part: IO[bytes]) -> bool:
    """Whether one stands before the first element; of a part that is damaged there, False."""
    parser = expat.ParserCreate()
    passed: list[bool] = []
    parser.StartDoctypeDeclHandler = lambda *_: passed.append(True)
    parser.StartElementHandler = lambda *_: passed.append(False)
    while not passed and (chunk := part.read(PROLOG)):
        try:
            parser.Parse(chunk, False)
        except expat.ExpatError:
            break
    return bool(passed) and passed[0]


def _check_sheets(path: Path, archive: zipfile.ZipFile, sizes: Mapping[str, int]) -> None:
    cells = 0
    for name, size in sizes.items():
        data = archive.read(name)
        if sum(sizes.values()) > MOST_BYTES_UNCOUNTED:
            cells += sum(1 for _ in _CELL_TAG.finditer(data))
        if cells > MOST_SHEET_CELLS or (size and _linked(data) > MOST_MERGED):
            raise UserError("bomb", file=path)


def _linked(data: bytes) -> int:
    """How many cells have links: openpyxl makes each of them."""
    if b"hyperlink" not in data:
        return 0
    refs = (_REF.search(link[0]) for link in _LINK.finditer(data))
    return sum(map(_cells_of, (ref[1].decode("ascii") for ref in refs if ref)))


def _cells_of(ref: str) -> int:
    try:
        area = CellRange(ref)
    except (ValueError, TypeError):
        return 0  # it is read as damage
    return int(area.size["rows"] * area.size["columns"])


class MergedCellCounter:
    """Counts the cells of the merged areas of one workbook."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._cells = 0

    def add(self, title: str, area: CellRange) -> None:
        """Count a merged area; UserError where it, or all of them together, has too many cells."""
        cells = int(area.size["rows"] * area.size["columns"])
        self._cells += cells
        if cells > MOST_MERGED or self._cells > MOST_MERGED_ALL:
            facts = {"sheet": title, "area": area.coord, "count": cells}
            raise UserError("merged_too_large", file=self._path, **facts)


def check_cells(book: Workbook, path: Path) -> None:
    """Refuse a workbook with cells that are outside a sheet, such as A0."""
    for row, col in (at for cells in _cells(book) for at in cells):
        if not (0 < row <= LAST_ROW and 0 < col <= LAST_COLUMN):
            raise UserError("damaged", file=path)


def _cells(book: Workbook) -> Iterator[Mapping[tuple[int, int], object]]:
    return (sheet._cells for sheet in book.worksheets if hasattr(sheet, "_cells"))
