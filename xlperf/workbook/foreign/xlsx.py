"""Workbooks that are not ours, as printed sheets: what people made in Excel or WPS themselves.

Formulas show what they gave when the workbook was last calculated; one that was never calculated
shows itself, so that it is read as text and not lost.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from posixpath import join, normpath
from typing import Any

from defusedxml.ElementTree import fromstring
from openpyxl import Workbook
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.layout import Coord, Formula, StruckText
from xlperf.layout.addresses import cell_address
from xlperf.layout.cell_values import as_decimal, parse_text
from xlperf.layout.shown_numbers import display_text
from xlperf.printed_sheet import PrintedSheet, TextBesideCells
from xlperf.workbook.grids import grid_of, sheets_of
from xlperf.workbook.package.open_safely import open_book, refusing
from xlperf.workbook.package.sheet_xml.xml_escapes import decode
from xlperf.workbook.read import FormulaValues
from xlperf.workbook.repair.drawings import SHEET_DRAWING, text_of

DRAWING = "/drawing"  # what the type of a sheet's relation to its drawing ends with
SHEET_RELATIONSHIPS = re.compile(r"xl/worksheets/_rels/(?P<part>[^/]+)\.rels")
# Codes in heads and feet: a font, size, colour, page number ...; `&&` is the sign itself.
_SETTING = re.compile(r'&(?:"[^"]*"|[0-9]{1,3}|K[0-9A-Fa-f]{6}|[A-Za-z]|(&))')


def printed_sheets(path: Path) -> list[PrintedSheet]:
    """The sheets of a workbook that say anything, in their order.

    Raises a refusal where the file is no workbook, damaged or too large.
    """
    book = open_book(path)
    computed, texts_by_sheet = FormulaValues(path), drawn_texts(path, book)
    sheets = (
        _printed(sheet, computed, texts_by_sheet.get(sheet.title, [])) for sheet in sheets_of(book)
    )
    return [sheet for sheet in sheets if sheet.cells or sheet.beside]


def _printed(sheet: Worksheet, computed: FormulaValues, boxes: list[str]) -> PrintedSheet:
    cells: dict[Coord, str] = {}
    numbers: set[Coord] = set()
    beside = [TextBesideCells(text, f"box{number}") for number, text in enumerate(boxes, 1)]
    grid = computed.without_struck(grid_of(sheet))
    for at, original in grid.values.items():
        content = original
        if isinstance(original, Formula):
            value = computed.value(sheet.title, at)
            content = decode(value) if isinstance(value, str) else value
            content = parse_text(original) if content is None else content
        if isinstance(original, StruckText):
            beside.append(TextBesideCells(original.struck_text, f"{cell_address(*at)}/struck"))
        text = display_text(content, _code(sheet, at))
        if text.strip():
            cells[at] = text
        if as_decimal(content) is not None:
            numbers.add(at)
    return PrintedSheet(
        title=sheet.title,
        cells=cells,
        spans=grid.spans,
        numbers=frozenset(numbers),
        hidden_rows=_hidden_rows(sheet, cells),
        hidden_columns=_hidden_columns(sheet, cells),
        hidden=sheet.sheet_state != "visible",
        beside=(*beside, *_comments(sheet), *_margins(sheet)),
    )


def _code(sheet: Worksheet, at: Coord) -> str:
    return str(sheet._cells[at].number_format or "")


def _hidden_rows(sheet: Worksheet, cells: dict[Coord, str]) -> tuple[int, ...]:
    dimensions: Any = sheet.row_dimensions
    hidden = {row for row, look in dimensions.items() if look.hidden or look.height == 0}
    return tuple(sorted(hidden & {row for row, _ in cells}))


def _hidden_columns(sheet: Worksheet, cells: dict[Coord, str]) -> tuple[int, ...]:
    dimensions: Any = sheet.column_dimensions
    used_columns = {col for _, col in cells}
    hidden: set[int] = set()
    for letters, look in dimensions.items():
        if look.hidden or look.width == 0:
            first = look.min or column_index_from_string(letters)
            hidden |= {col for col in used_columns if first <= col <= (look.max or first)}
    return tuple(sorted(hidden))


def _comments(sheet: Worksheet) -> Iterator[TextBesideCells]:
    for (row, col), cell in sorted(sheet._cells.items()):
        note = getattr(cell, "comment", None)
        if note is not None and note.text and note.text.strip():
            yield TextBesideCells(note.text, f"{cell_address(row, col)}/comment1")


def _margins(sheet: Worksheet) -> Iterator[TextBesideCells]:
    """What pages have at their head and foot, without the codes of page numbers and fonts."""
    heads = (sheet.oddHeader, sheet.evenHeader, sheet.firstHeader)
    feet = (sheet.oddFooter, sheet.evenFooter, sheet.firstFooter)
    for kind, several in (("header", heads), ("footer", feet)):
        texts = [
            getattr(part, side).text for part in several for side in ("left", "center", "right")
        ]
        plain = [_SETTING.sub(r"\1", text).strip() for text in texts if text]
        for number, text in enumerate(dict.fromkeys(filter(None, plain)), 1):
            yield TextBesideCells(text, f"{kind}{number}", margin=True)


def drawn_texts(path: Path, book: Workbook) -> dict[str, list[str]]:
    """The texts of the text boxes of each sheet, by its title."""
    parts = _parts_of_sheets(path, book)
    texts: dict[str, list[str]] = {}
    with refusing(path), zipfile.ZipFile(path) as archive:
        names = {*archive.namelist()}
        for name in sorted(names):
            match = SHEET_RELATIONSHIPS.fullmatch(name)
            title = parts.get(f"xl/worksheets/{match['part']}", "") if match else ""
            for relation in fromstring(archive.read(name)) if title else ():
                drawing = normpath(join("xl/worksheets", relation.get("Target", ""))).lstrip("/")
                if relation.get("Type", "").endswith(DRAWING) and drawing in names:
                    shapes = fromstring(archive.read(drawing)).iter(f"{SHEET_DRAWING}sp")
                    texts.setdefault(title, []).extend(filter(None, map(text_of, shapes)))
    return texts


def _parts_of_sheets(path: Path, book: Workbook) -> dict[str, str]:
    """The title of each sheet by the part of the file that it is."""
    with refusing(path), zipfile.ZipFile(path) as archive:
        relations = "xl/_rels/workbook.xml.rels"
        if relations not in archive.namelist() or "xl/workbook.xml" not in archive.namelist():
            return {}
        targets = {
            element.get("Id"): normpath(join("xl", element.get("Target", ""))).lstrip("/")
            for element in fromstring(archive.read(relations))
        }
        tree = fromstring(archive.read("xl/workbook.xml"))
        listed = [element for element in tree.iter() if element.tag.endswith("}sheet")]
        related = [
            (value, element.get("name", ""))
            for element in listed
            for key, value in element.attrib.items()
            if key.endswith("}id")
        ]
    titles = {sheet.title for sheet in book.worksheets}
    return {targets[key]: title for key, title in related if key in targets and title in titles}
