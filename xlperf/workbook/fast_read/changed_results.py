"""New results of formulas where some sheets of a file have changed, whatever number it has."""

from __future__ import annotations

import zipfile
from collections.abc import Collection
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from xlperf.calculation.book import Book
from xlperf.calculation.values import CellError
from xlperf.layout import Coord
from xlperf.storage.files import temporary_folder
from xlperf.workbook.fast_read.dependents import ChangedCells, dependents
from xlperf.workbook.fast_read.plain_sheets import PlainSheet, StoredSheets, calculation_of
from xlperf.workbook.fast_read.xml import UnsupportedError
from xlperf.workbook.package.archive import opened
from xlperf.workbook.package.calculated import area_of_name
from xlperf.workbook.package.renewed_results import given_by, put_results
from xlperf.workbook.package.workbook_part import WorkbookPart

NOT_READ = (UnsupportedError, ParseError, KeyError, IndexError, ValueError)


def renew_changed(path: Path, titles: Collection[str]) -> None:
    """Give the formulas in a file what they give now, where some sheets have changed.

    `titles` are theirs. Formulas of ours are calculated anew on these sheets and on those that
    look at them, such as the summary; of all others those that look at what has changed, also
    people's, which keep what they had in the fields of forms. An error is written as one; a result
    that is not known any more is left out. A formula that had no result gets none. Where the file
    is none that is read at once, it stays as it is: a spreadsheet program calculates it on opening.
    """
    with temporary_folder() as folder, opened(path) as package:
        renewed = folder / path.name
        book = WorkbookPart(package)
        parts = {entry.title: entry.part for entry in book.sheets()}
        try:
            changed = _changed(book, path, titles)
        except NOT_READ:
            return
        for title, results in changed.items():
            with package.changing(parts[title]) as root:
                put_results(root, results)
        package.write(renewed)
        data = renewed.read_bytes()
    path.write_bytes(data)


def _changed(
    book: WorkbookPart, path: Path, titles: Collection[str]
) -> dict[str, dict[Coord, Any]]:
    """The results that are others than the file has, by title and cell."""
    with zipfile.ZipFile(path) as archive:
        stored = StoredSheets(archive)
        anew = {part.title for part in stored.mentioning(titles)}
        sheets = [PlainSheet(stored, part, anew=part.title in anew) for part in stored.book.sheets]
        targets = {name: text for name, text, scope in book.names() if scope is None}
        names = {name: area for name, text in targets.items() if (area := area_of_name(text))}
        plain = Book(sheets, names, calculation_of)
        results = {
            sheet.title: _news(plain, sheet, sheet.had)
            for sheet in reversed(sheets)  # the summary, which is in front, needs all the others
            if sheet.title in anew
        }
        changed = ChangedCells(titles, {title: {*values} for title, values in results.items()})
        others = {sheet.title: sheet.others for sheet in sheets}
        later = dependents(others, changed, names)
        affected = [(sheet, later[sheet.title]) for sheet in sheets if sheet.title in later]
        for sheet, cells in affected:
            sheet.calculate_too(cells)
        for sheet, cells in affected:
            results.setdefault(sheet.title, {}).update(_news(plain, sheet, cells))
    return {title: values for title, values in results.items() if values}


def _news(plain: Book, sheet: PlainSheet, cells: Collection[Coord]) -> dict[Coord, Any]:
    """What some formulas give where it is not what the file has; None for what is not known."""
    sheet.read()
    values = {at: given_by(plain.value(sheet.title, at)) for at in cells}
    return {at: value for at, value in values.items() if not _same(value, sheet.had[at])}


def _same(value: Any, had: Any) -> bool:
    """Whether a file has a result already; 1 and TRUE are not the same."""
    if isinstance(value, CellError) and isinstance(had, CellError):
        return value.args == had.args
    return value == had and isinstance(value, bool) == isinstance(had, bool)
