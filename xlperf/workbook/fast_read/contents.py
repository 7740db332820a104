"""The sheets of a workbook's file as the reader of forms takes them, one sheet after the other."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from pathlib import Path
from typing import Any

from xlperf.forms.defined_names import own_cells
from xlperf.forms.sheet_reading.sheet_content import SheetContent
from xlperf.layout import Coord, Formula, Grid
from xlperf.storage.files import kind_of
from xlperf.workbook.fast_read.book import BookParts, BookSheet, book_parts
from xlperf.workbook.fast_read.cell_values import CellValues
from xlperf.workbook.fast_read.formats import formats_of
from xlperf.workbook.fast_read.raw_cells import SHARED_FORMULA, TABLE_FORMULA, Coords, RawFormula
from xlperf.workbook.fast_read.sheet import MOST_CELLS_OF_AREAS, RawSheet, box_of_ref, raw_sheet
from xlperf.workbook.fast_read.strings import strings_of
from xlperf.workbook.fast_read.xml import UnsupportedError, check_sound, checked
from xlperf.workbook.package.part_size_limits import MOST_IN_TURN, MOST_SHEET_CELLS, check_sizes
from xlperf.workbook.package.sheet_xml.struck_text import has_line, struck_texts, with_struck


def contents_of(path: Path) -> list[SheetContent]:
    """Every sheet of a workbook that has cells, in their order, as openpyxl would give it.

    Raises UnsupportedError for whatever is not certain: other files than workbooks, damage, what no
    spreadsheet program writes. UserError where the file cannot be read at all.
    """
    if kind_of(path) != "workbook":
        raise UnsupportedError
    try:
        check_sizes(path, MOST_IN_TURN)
        with zipfile.ZipFile(path) as archive:
            book = book_parts(archive)
            _check_others(archive, book)
            return _Reader(archive, book).contents(path)
    except UnsupportedError:
        raise
    except Exception as error:  # zlib, expat and others raise whatever the damage leads to
        raise UnsupportedError from error


def _check_others(archive: zipfile.ZipFile, book: BookParts) -> None:
    """Raise UnsupportedError where a part that says nothing here, such as a chart, is damaged."""
    read = {sheet.part for sheet in book.sheets} | {book.strings}
    for name in archive.namelist():
        if name.endswith((".xml", ".rels")) and name not in read:
            check_sound(archive.read(name))


class _Reader:
    def __init__(self, archive: zipfile.ZipFile, book: BookParts) -> None:
        self._archive = archive
        self._sheets = book.sheets
        strings = checked(archive.read(book.strings)) if book.strings else b""
        self._struck = has_line(strings)
        texts = strings_of(strings) if strings else []
        self._values = CellValues(texts, formats_of(archive), book.is_1904)
        self._coords = Coords()
        self._cells = 0

    def contents(self, path: Path) -> list[SheetContent]:
        """The sheets; texts that are struck out in part are known as that."""
        contents = [self._sheet(sheet) for sheet in self._sheets]
        if self._struck and (struck := struck_texts(path)):
            return [replace(item, grid=with_struck(item.grid, struck)) for item in contents]
        return contents

    def _sheet(self, sheet: BookSheet) -> SheetContent:
        ours = own_cells(sheet.names)
        xml = checked(self._archive.read(sheet.part))
        self._struck = self._struck or has_line(xml)
        raw = raw_sheet(xml, ours, self._coords)
        self._cells += len(raw.cells.constants) + len(raw.cells.formulas)
        if self._cells > MOST_SHEET_CELLS:
            raise UnsupportedError
        return self._content(sheet, raw, ours)

    def _content(self, sheet: BookSheet, raw: RawSheet, ours: Set[Coord]) -> SheetContent:
        values: dict[Coord, Any] = {}
        for address, style, kind, text in raw.cells.constants:
            values[self._coords[address]] = self._values.content(style, kind, text)
        formulas = dict(formulas_of(raw.cells.formulas, self._coords))
        theirs = {at: text for at, text in formulas.items() if at not in ours}
        machinery, covered = raw.cells.machinery, raw.merged.covered
        is_twice = len(values) < len(raw.cells.constants) or not theirs.keys().isdisjoint(values)
        if is_twice or not machinery.isdisjoint(values):
            raise UnsupportedError  # two cells have one address
        values |= theirs
        _check_links(raw, values.keys(), machinery)
        for at in covered:
            values.pop(at, None)
        present = {at: value for at, value in sorted(values.items()) if value not in (None, "")}
        return SheetContent(
            sheet.title,
            sheet.names,
            Grid(present, raw.merged.spans),
            self._results(raw.cells.formulas, theirs).get,
            sheet.lost,
            machinery if machinery.isdisjoint(covered) else machinery - covered,
        )

    def _results(
        self, formulas: Sequence[RawFormula], cells: Mapping[Coord, Any]
    ) -> dict[Coord, Any]:
        """What the formulas of these cells gave when they were last calculated."""
        return {
            at: self._values.result(formula.style, formula.kind, formula.result)
            for formula in formulas
            if (at := self._coords[formula.at]) in cells
        }


def formulas_of(formulas: Sequence[RawFormula], coords: Coords) -> Iterator[tuple[Coord, Formula]]:
    """The formulas by their cells, shared ones moved to each."""
    first: dict[str, RawFormula] = {}
    for formula in formulas:
        text = f"={formula.text}"
        if formula.formula_kind == TABLE_FORMULA:
            text = "=TABLE()"
        elif formula.formula_kind == SHARED_FORMULA and formula.group in first:
            from xlperf.workbook.fast_read.openpyxl_rules import moved

            text = moved(f"={first[formula.group].text}", first[formula.group].at, formula.at)
        elif formula.formula_kind == SHARED_FORMULA and formula.text:
            first[formula.group] = formula
        yield coords[formula.at], Formula(text)


def _check_links(raw: RawSheet, filled_cells: Set[Coord], machinery: Set[Coord]) -> None:
    """Raise UnsupportedError for a link in a blank cell, which openpyxl fills with the link."""
    boxes = [*map(box_of_ref, raw.links)]
    if sum(box.width * box.height for box in boxes) > MOST_CELLS_OF_AREAS:
        raise UnsupportedError
    first = Grid({}, raw.merged.spans).owner  # a link of a covered cell is the first one's
    cells = {first(box.at) for box in boxes}
    cells |= {at for box in boxes for at in box.coords()} - raw.merged.covered
    if not cells - filled_cells <= machinery:
        raise UnsupportedError
