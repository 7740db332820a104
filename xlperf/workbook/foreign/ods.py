"""Spreadsheets of OpenDocument (.ods) as printed sheets: their cells keep the text they show."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from xlperf.errors import UserError
from xlperf.layout import Box, Coord
from xlperf.layout.addresses import LAST_COLUMN, LAST_ROW, cell_address
from xlperf.printed_sheet import PrintedSheet, TextBesideCells
from xlperf.storage.office_zips import checked_names
from xlperf.workbook.package.part_size_limits import (
    MOST_MERGED,
    MOST_SHEET_CELLS,
    MOST_SHEETS,
)

OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
OFFICE_NAMESPACE, TABLE_NAMESPACE, TEXT_NAMESPACE, STYLE_NAMESPACE, DRAW = (
    f"{OASIS}{name}:1.0}}" for name in ("office", "table", "text", "style", "drawing")
)
CONTENT_PART, ODS_STYLES, MANIFEST_PART = "content.xml", "styles.xml", "META-INF/manifest.xml"
FIELDS = {  # of heads and feet: their texts are put there by the program
    *(
        f"{TEXT_NAMESPACE}{name}"
        for name in ("sheet-name", "page-number", "page-count", "date", "time")
    ),
    *(f"{TEXT_NAMESPACE}{name}" for name in ("title", "file-name")),
}
TAGS_ASIDE = (f"{OFFICE_NAMESPACE}annotation", f"{DRAW}frame", f"{DRAW}custom-shape", f"{DRAW}g")
GROUPS = ("table-row-group", "table-header-rows", "table-rows")
COLUMN_GROUPS = ("table-column-group", "table-header-columns", "table-columns")


def ods_sheets(path: Path) -> list[PrintedSheet]:
    """The sheets that say anything, in their order.

    Raises a refusal where the file is locked, damaged, unsafe or too large.
    """
    parts = _parts(path)
    try:
        root = fromstring(parts[CONTENT_PART])
        margins = list(_margins(fromstring(parts[ODS_STYLES]))) if parts.get(ODS_STYLES) else []
        undisplayed = {*_undisplayed(root)}
        tables = root.iter(f"{TABLE_NAMESPACE}table")
        sheets = [_Sheet(table, path).printed(undisplayed, margins) for table in tables]
    except DefusedXmlException:
        raise UserError("unsafe_xml", file=path) from None
    except (SyntaxError, ValueError, RecursionError):
        raise UserError("damaged", file=path) from None
    return [sheet for sheet in sheets if sheet.cells or len(sheet.beside) > len(margins)]


def _parts(path: Path) -> dict[str, bytes]:
    """The parts of the file that say something, after their sizes were found to be sane."""
    names = checked_names(path)
    try:
        with zipfile.ZipFile(path) as archive:
            part_names = [
                name for name in (CONTENT_PART, ODS_STYLES, MANIFEST_PART) if name in names
            ]
            if sum(archive.getinfo(name).file_size for name in part_names) > MOST_SHEETS:
                raise UserError("bomb", file=path)
            parts = {name: archive.read(name) for name in part_names}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, zlib.error):
        raise UserError("damaged", file=path) from None
    if b"encryption-data" in parts.get(MANIFEST_PART, b""):
        raise UserError("locked", file=path)
    if CONTENT_PART not in parts:
        raise UserError("damaged", file=path)
    return parts


def _margins(root: Element) -> Iterator[TextBesideCells]:
    """What pages have at their head and foot, each text once."""
    yielded: set[str] = set()
    for kind in ("header", "footer"):
        for element in root.iter(f"{STYLE_NAMESPACE}{kind}"):
            text = "\n".join(
                filter(None, (_text_of(p).strip() for p in element.iter(f"{TEXT_NAMESPACE}p")))
            )
            if element.get(f"{STYLE_NAMESPACE}display") != "false" and text and text not in yielded:
                yielded.add(text)
                yield TextBesideCells(text, f"{kind}1", margin=True)


def _undisplayed(root: Element) -> Iterator[str]:
    """The styles of tables that are not shown."""
    for style in root.iter(f"{STYLE_NAMESPACE}style"):
        looks = style.find(f"{STYLE_NAMESPACE}table-properties")
        if looks is not None and looks.get(f"{TABLE_NAMESPACE}display") == "false":
            yield style.get(f"{STYLE_NAMESPACE}name", "")


def _text_of(paragraph: Element) -> str:
    """The text of a paragraph, without what stands in it beside the text."""
    if paragraph.tag == f"{TEXT_NAMESPACE}s":
        return " " * min(_count(paragraph, f"{TEXT_NAMESPACE}c"), 100)
    if paragraph.tag in (f"{TEXT_NAMESPACE}tab", f"{TEXT_NAMESPACE}line-break"):
        return "\t" if paragraph.tag == f"{TEXT_NAMESPACE}tab" else "\n"
    if paragraph.tag in FIELDS or paragraph.tag in TAGS_ASIDE:
        return ""
    inner = (_text_of(child) + (child.tail or "") for child in paragraph)
    return (paragraph.text or "") + "".join(inner)


def _count(element: Element, name: str) -> int:
    return max(1, int(element.get(name) or 1))


class _Sheet:
    """A table as its rows come."""

    def __init__(self, table: Element, path: Path) -> None:
        self.table, self.path = table, path
        self.cells: dict[Coord, str] = {}
        self.spans: list[Box] = []
        self.numbers: set[Coord] = set()
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.beside: list[TextBesideCells] = []

    def printed(self, undisplayed: set[str], margins: list[TextBesideCells]) -> PrintedSheet:
        """Read all rows, columns and shapes; the sheet as it would be printed."""
        row = 1
        for element in _within(self.table, "table-row", GROUPS):
            repeated = _count(element, f"{TABLE_NAMESPACE}number-rows-repeated")
            before = len(self.cells)
            self.row(row, element)
            has_content = len(self.cells) > before
            for again in range(1, min(repeated, MOST_SHEET_CELLS) if has_content else 1):
                self.row(row + again, element)
            if (
                element.get(f"{TABLE_NAMESPACE}visibility") in ("collapse", "filter")
                and has_content
            ):
                self.hidden_rows |= {*range(row, row + min(repeated, LAST_ROW))}
            row += repeated
        self.columns()
        for shape in self.table.findall(f"{TABLE_NAMESPACE}shapes/*"):
            self.box(shape)
        return PrintedSheet(
            title=self.table.get(f"{TABLE_NAMESPACE}name", ""),
            cells=self.cells,
            spans=tuple(self.spans),
            numbers=frozenset(self.numbers),
            hidden_rows=tuple(sorted(self.hidden_rows)),
            hidden_columns=tuple(sorted(self.hidden_columns & {col for _, col in self.cells})),
            hidden=self.table.get(f"{TABLE_NAMESPACE}style-name", "") in undisplayed,
            beside=(*self.beside, *margins),
        )

    def columns(self) -> None:
        """Note the columns that are not shown."""
        col = 1
        for element in _within(self.table, "table-column", COLUMN_GROUPS):
            repeated = _count(element, f"{TABLE_NAMESPACE}number-columns-repeated")
            if element.get(f"{TABLE_NAMESPACE}visibility") in ("collapse", "filter"):
                self.hidden_columns |= {*range(col, min(col + repeated, LAST_COLUMN + 1))}
            col += repeated

    def row(self, row: int, element: Element) -> None:
        """Keep the cells of a row, repeated ones repeated; UserError (`bomb`) for too many."""
        col = 1
        for cell in element:
            repeated = _count(cell, f"{TABLE_NAMESPACE}number-columns-repeated")
            paragraphs = list(self.texts(cell, (row, col)))
            for again in range(min(repeated, LAST_COLUMN) if paragraphs else 0):
                self.put((row, col + again), cell, "\n".join(paragraphs))
            if cell.tag == f"{TABLE_NAMESPACE}table-cell":
                self.span(row, col, cell)
            col += repeated
        if len(self.cells) > MOST_SHEET_CELLS or row > LAST_ROW:
            raise UserError("bomb", file=self.path)

    def span(self, row: int, col: int, cell: Element) -> None:
        """Keep the range that a cell spans, if it is merged."""
        width = _count(cell, f"{TABLE_NAMESPACE}number-columns-spanned")
        height = _count(cell, f"{TABLE_NAMESPACE}number-rows-spanned")
        if width * height > MOST_MERGED:
            raise UserError("bomb", file=self.path)
        if width * height > 1:
            self.spans.append(Box(row, col, width, height))

    def put(self, at: Coord, cell: Element, text: str) -> None:
        """Keep a cell's text; one under a merged cell is not shown and stands beside."""
        if not text.strip():
            return
        if cell.tag != f"{TABLE_NAMESPACE}table-cell":
            self.beside.append(TextBesideCells(text, f"{cell_address(*at)}/hidden"))
            return
        kind = cell.get(f"{OFFICE_NAMESPACE}value-type", "")
        if kind in ("float", "percentage", "currency"):
            self.numbers.add(at)
            text = _exact(
                text, cell.get(f"{OFFICE_NAMESPACE}value", ""), percent=kind == "percentage"
            )
        self.cells[at] = text

    def texts(self, cell: Element, at: Coord) -> Iterator[str]:
        """The paragraphs of a cell; its comments and text boxes go beside."""
        for child in cell:
            if child.tag == f"{OFFICE_NAMESPACE}annotation":
                lines = [_text_of(p) for p in child.iter(f"{TEXT_NAMESPACE}p")]
                if text := "\n".join(lines).strip():
                    self.beside.append(TextBesideCells(text, f"{cell_address(*at)}/comment1"))
            elif child.tag == f"{TEXT_NAMESPACE}p":
                yield _text_of(child)
            elif child.tag.startswith(DRAW):
                self.box(child)

    def box(self, shape: Element) -> None:
        """Keep what a text box says."""
        if text := "\n".join(_text_of(p) for p in shape.iter(f"{TEXT_NAMESPACE}p")).strip():
            number = sum(1 for item in self.beside if item.at.startswith("box")) + 1
            self.beside.append(TextBesideCells(text, f"box{number}"))


def _within(table: Element, tag: str, groups: tuple[str, ...]) -> Iterator[Element]:
    """The rows or columns of a table, also those in groups."""
    for child in table:
        if child.tag == TABLE_NAMESPACE + tag:
            yield child
        elif child.tag in {TABLE_NAMESPACE + group for group in groups}:
            yield from _within(child, tag, groups)


def _exact(text: str, value: str, *, percent: bool) -> str:
    """A number as it is shown, with the digits that its format rounds away."""
    try:
        number = Decimal(value).normalize()
        rounded = Decimal(text.replace(",", "").removesuffix("%"))
    except InvalidOperation:
        return text
    exact = number.scaleb(2) if percent else number
    return text if rounded == exact else f"{exact:f}{'%' if percent else ''}"
