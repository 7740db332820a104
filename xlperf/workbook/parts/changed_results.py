"""New results of formulas where some sheets of a file have changed, whatever number it has."""

from __future__ import annotations

import zipfile
from collections.abc import Collection
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from xlperf.calculation.book import Book
from xlperf.calculation.compiling import compiled
from xlperf.files import temporary_folder
from xlperf.layout import Coord
from xlperf.workbook.package.archive import Package, opened
from xlperf.workbook.package.calculated import area_of_name, is_nothing
from xlperf.workbook.package.renewed_results import put_results
from xlperf.workbook.package.workbook_part import WorkbookPart
from xlperf.workbook.parts.plain_sheets import PlainSheet, StoredSheets
from xlperf.workbook.parts.xml import UnsupportedError

NOT_READ = (UnsupportedError, ParseError, KeyError, IndexError, ValueError)


def renew_changed(path: Path, titles: Collection[str]) -> None:
    """Give the formulas of ours in a file what they give now, where some sheets have changed.

    `titles` are theirs. Formulas are calculated anew on these sheets and on those that look at
    them, such as the summary; all others keep what they had, those of people too. A formula that
    had no result gets none. Where the file is none that is read at once, it stays as it is: a
    spreadsheet program calculates it on opening.
    """
    with temporary_folder() as folder, opened(path) as package:
        renewed = folder / path.name
        book = WorkbookPart(package)
        parts = {entry.title: entry.part for entry in book.sheets()}
        try:
            changed = _changed(package, book, path, titles)
        except NOT_READ:
            return
        for title, results in changed.items():
            with package.changing(parts[title]) as root:
                put_results(root, results)
        package.write(renewed)
        data = renewed.read_bytes()
    path.write_bytes(data)


def _changed(
    package: Package, book: WorkbookPart, path: Path, titles: Collection[str]
) -> dict[str, dict[Coord, Any]]:
    """The results that are others than the file has, by title and cell."""
    with zipfile.ZipFile(path) as archive:
        stored = StoredSheets(archive)
        anew = {part.title for part in stored.mentioning(titles)}
        sheets = [PlainSheet(stored, part, anew=part.title in anew) for part in stored.book.sheets]
        names = ((name, area_of_name(text)) for name, text, scope in book.names() if scope is None)
        plain = Book(sheets, {name: area for name, area in names if area}, compiled)
        changed: dict[str, dict[Coord, Any]] = {}
        for sheet in reversed(sheets):  # the summary, which is in front, needs all the others
            if sheet.title not in anew:
                continue
            sheet.read()
            values = {at: plain.value(sheet.title, at) for at in sheet.had}
            changed[sheet.title] = {
                at: value
                for at, value in values.items()
                if not is_nothing(value) and not _same(value, sheet.had[at])
            }
    return {title: values for title, values in changed.items() if values}


def _same(value: Any, had: Any) -> bool:
    """Whether a file has a result already; 1 and TRUE are not the same."""
    return value == had and isinstance(value, bool) == isinstance(had, bool)
