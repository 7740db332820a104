"""Saving a workbook as Excel itself would: clean under the Open XML validators.

openpyxl writes texts into the cells and the parts of a font in an order of its own; Excel reads
both but changes them at the next save. Here texts go to the shared-string table, fonts into the
schema's order, and the parts of the zip get a fixed date.
"""

from __future__ import annotations

import datetime
import errno
import gc
import io
import math
import os
import re
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml.etree import LxmlError  # type: ignore[import-untyped]
from openpyxl import Workbook
from openpyxl.cell import _writer
from openpyxl.compat import safe_string
from openpyxl.writer.excel import ExcelWriter

from xlperf.layout import Coord
from xlperf.layout.addresses import column
from xlperf.storage import deterministic_zips
from xlperf.storage.files import refuse_misnamed, temporary_folder, write_bytes
from xlperf.workbook.package.sheet_xml.shared_formulas import share
from xlperf.workbook.package.sheet_xml.xml_escapes import digits, result
from xlperf.workbook.package.styles_part import FONT_ORDER
from xlperf.workbook.part_names import SPREADSHEETML, STYLES_PART

if TYPE_CHECKING:
    from xlperf.workbook.package.calculated import Kept, Results

SHARED_PART_NAMES = "xl/sharedStrings.xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
SHARED_STRINGS_TYPE = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
)

# What openpyxl writes: attributes in its order, texts inline, an empty value after a formula.
_INLINE_CELL = re.compile(r'<c ([^>]*?)\s*t="inlineStr"([^>]*)><is>(.*?)</is></c>', re.DOTALL)
_FORMULA_OF_OPENPYXL = re.compile(
    r'(?P<start><c r="(?P<col>[A-Z]+)(?P<row>[0-9]+)"[^>]*)>(?P<formula><f>[^<]*</f>)'
    r"(?:<v ?/>|<v></v>)"
)
_FONT = re.compile(r"<font>(.*?)</font>", re.DOTALL)
_LOCAL = re.compile(rb'(\blocalSheetId=)"(\d+)"')
# In sheets written with lxml, signs beyond ASCII are decimal references.
_DECIMAL_REFERENCE = re.compile(r"&#([1-9][0-9]{3,6});")
_NUMBERED_ANY = re.compile(r"&#(1[6-9][0-9]|[2-9][0-9]{2}|[1-9][0-9]{3,6});")  # from 160 on
_PART = re.compile(r"<(\w+)[^>]*/>")


def save(book: Workbook, path: Path) -> None:
    """Write a workbook, whole or not at all."""
    refuse_misnamed(path)
    write_bytes(path, pack_book(book))


def pack_book(book: Workbook, earlier_result: Kept | None = None) -> bytes:
    """A workbook as the bytes of its file, its formulas with what they give.

    `earlier_result` is what formulas of people's had, by title and cell, None for nothing; without
    it all formulas are ours. Who reads the file before a spreadsheet program does finds values.
    """
    from xlperf.workbook.package.calculated import calculated
    from xlperf.workbook.package.sheet_xml.merged_cell_values import covered

    with covered(book):
        results = calculated(book, earlier_result)
        by_title = {sheet.title: results.of(sheet.title) for sheet in book.worksheets}
        parts, strings = parts_of(book, by_title)
    return deterministic_zips.pack(parts | strings.parts())


def parts_of(book: Workbook, results: Results) -> tuple[dict[str, bytes], StringTable]:
    """The parts of a workbook's file, and the texts of its cells, which are a part, too.

    `results` are what its formulas give, by title and cell.
    """
    _know_every_style(book)
    raw = io.BytesIO()
    with _exact_numbers(), temporary_folder():
        _save(book, raw)  # openpyxl writes each sheet into a file first
    positions = [n for n, sheet in enumerate(book._sheets) if sheet in book.worksheets]  # type: ignore[attr-defined]
    by_part = {
        f"xl/worksheets/sheet{number}.xml": results.get(sheet.title, {})
        for number, sheet in enumerate(book.worksheets, 1)
    }
    return _tidied(raw, by_part, positions)


@contextmanager
def _exact_numbers() -> Iterator[None]:
    """While openpyxl writes cells, their numbers are what they are, not 600596.9300000001."""

    def text(value: Any) -> Any:
        is_number = type(value) in (int, float) and math.isfinite(value)
        return digits(value) if is_number else safe_string(value)

    writing: Any = _writer
    writing.safe_string = text
    try:
        yield
    finally:  # what it was: not what stood there, which another thread may have put there
        writing.safe_string = safe_string


def unshared_book(book: Workbook) -> bytes:
    """A workbook as the bytes of a file whose texts stand in the cells, like formulas shared."""
    from xlperf.workbook.package.sheet_xml.merged_cell_values import covered

    _know_every_style(book)
    raw = io.BytesIO()
    with covered(book), temporary_folder():
        _save(book, raw)
    with zipfile.ZipFile(raw) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    for name, data in parts.items():
        if name.startswith("xl/worksheets/sheet"):
            parts[name] = share(_plain(data, _NUMBERED_ANY)).encode("utf-8")
    parts[STYLES_PART] = _ordered(parts[STYLES_PART].decode("utf-8"))
    return deterministic_zips.pack(parts, compression=zipfile.ZIP_STORED)


def _save(book: Workbook, raw: io.BytesIO) -> None:
    """What `book.save` does; OSError where there is no room for its files."""
    number = 0
    before, sys.unraisablehook = sys.unraisablehook, lambda _: None
    try:
        number = _failure(book, raw)
        if number:
            gc.collect()  # openpyxl's generators, half done, complain on standard error as they go
    finally:
        sys.unraisablehook = before
    if number:
        raise OSError(number, os.strerror(number))


def _failure(book: Workbook, raw: io.BytesIO) -> int:
    """Save a book; the number of the system's error that lxml has met on the disk, 0 for none."""
    book.properties.modified = datetime.datetime.now(tz=datetime.UTC).replace(tzinfo=None)
    try:  # as `book.save` does, but not deflated: the parts are read again at once
        ExcelWriter(book, zipfile.ZipFile(raw, "w", zipfile.ZIP_STORED)).save()
    except LxmlError as error:  # its message is IO_ENOSPC and the like
        number = getattr(errno, str(error).removeprefix("IO_"), 0)
        if not number:
            raise
        return int(number)
    return 0


def _calculated(xml: str, results: Mapping[Coord, Any]) -> str:
    """A sheet whose formulas have their results."""

    def cell(match: re.Match[str]) -> str:
        value = results.get((int(match["row"]), column(match["col"])))
        if value is None:
            return match[0]
        kind, content = result(value)
        typed = f'{match["start"]} t="{kind}"' if kind else match["start"]
        return f"{typed}>{match['formula']}{content}"

    return _FORMULA_OF_OPENPYXL.sub(cell, xml) if results else xml


def _know_every_style(book: Workbook) -> None:
    """Cells whose named style openpyxl lost, as of files that LibreOffice saved, use Normal."""
    count = len(book._named_styles)  # type: ignore[attr-defined]
    cell_styles = (getattr(c, "_style", None) for s in book.worksheets for c in s._cells.values())
    for style in chain(book._cell_styles, cell_styles):  # type: ignore[attr-defined]
        if style is not None and style.xfId >= count:
            style.xfId = 0


def _tidied(
    raw: io.BytesIO, results: Mapping[str, Mapping[Coord, Any]], positions: Sequence[int]
) -> tuple[dict[str, bytes], StringTable]:
    """The same workbook with shared strings and ordered fonts; `results` by part and cell.

    `positions` are those, among all sheets, of the ones that have cells: openpyxl numbers the
    sheets of names without chart sheets.
    """
    strings = StringTable()
    with zipfile.ZipFile(raw) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    for name, data in parts.items():
        if name.startswith("xl/worksheets/sheet"):
            xml = _calculated(_lean(_plain(data)), results.get(name, {}))
            parts[name] = _shared(share(xml), strings)
    if strings:
        parts["[Content_Types].xml"] = _typed(parts["[Content_Types].xml"])
        parts["xl/_rels/workbook.xml.rels"] = _related(parts["xl/_rels/workbook.xml.rels"])
    if positions:
        parts["xl/workbook.xml"] = _LOCAL.sub(
            lambda match: b'%b"%d"' % (match[1], positions[int(match[2])]), parts["xl/workbook.xml"]
        )
    parts[STYLES_PART] = _ordered(parts[STYLES_PART].decode("utf-8"))
    return parts, strings


def _plain(data: bytes, numbered: re.Pattern[str] = _DECIMAL_REFERENCE) -> str:
    """A part as a text whose characters stand for themselves: three bytes instead of eight."""
    return numbered.sub(lambda match: chr(int(match[1])), data.decode("utf-8"))


def _lean(xml: str) -> str:
    """A sheet without the type of cells that is the usual one, as Excel writes them."""
    return xml.replace(' t="n"></c>', "/>").replace(' t="n">', ">")


class StringTable:
    """The texts of a workbook's cells, each once: what stands in `<si>`, and its number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._uses = 0

    def __len__(self) -> int:
        return len(self._numbers)

    def number(self, content: str) -> int:
        """The number of a text (as XML: `<t>words</t>`) for one more cell that shows it."""
        self._uses += 1
        return self._numbers.setdefault(content, len(self._numbers))

    def again(self, cells: int) -> None:
        """So many more cells show texts that are in the table."""
        self._uses += cells

    def parts(self) -> dict[str, bytes]:
        """The table as the part that it is; none where no cell has a text."""
        if not self._numbers:
            return {}
        items = "".join(f"<si>{content}</si>" for content in self._numbers)
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        counts = f'count="{self._uses}" uniqueCount="{len(self._numbers)}"'
        return {
            SHARED_PART_NAMES: f'{head}<sst xmlns="{SPREADSHEETML}" {counts}>{items}</sst>'.encode()
        }


def _shared(xml: str, strings: StringTable) -> bytes:
    """A sheet whose texts stand in the table."""

    def cell(match: re.Match[str]) -> str:
        number = strings.number(match[3])
        before, after = match[1].strip(), match[2].strip()
        attributes = " ".join(part for part in (before, after, 't="s"') if part)
        return f"<c {attributes}><v>{number}</v></c>"

    return _INLINE_CELL.sub(cell, xml).encode("utf-8")


def _typed(xml: bytes) -> bytes:
    part = (
        f'<Override PartName="/{SHARED_PART_NAMES}" ContentType="{SHARED_STRINGS_TYPE}"/></Types>'
    )
    return xml if SHARED_PART_NAMES.encode() in xml else xml.replace(b"</Types>", part.encode())


def _related(xml: bytes) -> bytes:
    part = f'<Relationship Id="rIdStrings" Type="{RELATION}" Target="sharedStrings.xml"/>'
    if RELATION.encode() in xml:
        return xml
    return xml.replace(b"</Relationships>", f"{part}</Relationships>".encode())


def _ordered(xml: str) -> bytes:
    def font(match: re.Match[str]) -> str:
        parts = sorted(_PART.finditer(match[1]), key=lambda part: FONT_ORDER.index(part[1]))
        return "<font>" + "".join(part[0] for part in parts) + "</font>"

    return _FONT.sub(font, xml).encode("utf-8")
