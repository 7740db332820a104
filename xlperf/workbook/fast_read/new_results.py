"""Results of formulas on sheets that were just put into a file, one sheet after the other.

What was read of a sheet is forgotten once no other asks for it: a thousand sheets take no more
memory than a few.
"""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from xlperf.calculation.book import Book
from xlperf.forms.defined_names import AID, field_name
from xlperf.forms.stages.central import RESULTS_LIST
from xlperf.formulas.stages.summary import BLOCK
from xlperf.layout import Coord
from xlperf.storage.files import temporary_folder
from xlperf.workbook.fast_read.changed_results import NOT_READ
from xlperf.workbook.fast_read.plain_sheets import PlainSheet, StoredSheets, calculation_of
from xlperf.workbook.package.archive import Package, opened
from xlperf.workbook.package.calculated import STEPS_NAME, area_of_name, is_nothing, lies_in
from xlperf.workbook.package.renewed_results import put_results
from xlperf.workbook.package.sheet_xml.formula_results import with_results_and_count
from xlperf.workbook.package.workbook_part import WorkbookPart

CHECKS, RESULT = AID + "checks", AID + "result_"
GOAL_NAME = field_name("indicators/name")
INDICATOR_LEVELS_NAME = field_name(f"{RESULTS_LIST}/level1")


def fill_results(path: Path, titles: Collection[str]) -> bool:
    """Give the formulas of ours on some sheets what they give, those in hidden steps aside.

    Sheets of the department stand before those of its projects and need them. False where the
    file is none that is read at once; it stays as it is then.
    """
    with temporary_folder() as folder, opened(path) as package:
        copy = folder / path.name
        parts = {entry.title: entry.part for entry in WorkbookPart(package).sheets()}
        try:
            for title, results in _results(path, WorkbookPart(package), titles):
                _put(package, parts[title], results)
        except NOT_READ:
            return False
        package.write(copy)
        path.write_bytes(copy.read_bytes())
    return True


def _put(package: Package, part: str, results: Mapping[Coord, Any]) -> None:
    """Give formulas of a part their results: soon where none has one yet."""
    xml, count = with_results_and_count(package.read(part).decode("utf-8"), results)
    if count == len(results):
        package.put(part, xml.encode("utf-8"))
        return
    with package.changing(part) as root:
        put_results(root, results)


def _results(
    path: Path, book: WorkbookPart, titles: Collection[str]
) -> Iterator[tuple[str, dict[Coord, Any]]]:
    """By title and cell what formulas give that have another result in the file, or none."""
    with zipfile.ZipFile(path) as archive:
        stored = StoredSheets(archive)
        sheets = [
            PlainSheet(stored, part, anew=part.title in titles and BLOCK not in part.names)
            for part in stored.book.sheets
        ]
        targets = {name: text for name, text, scope in book.names() if scope is None}
        names = {name: area for name, text in targets.items() if (area := area_of_name(text))}
        plain = Book(sheets, names, calculation_of)
        orders = _Orders(plain)
        for sheet in (item for item in reversed(sheets) if item.title in titles):
            orders.follow(sheet)
            formula_cells = list(_formula_cells(sheet))
            result_cells = [box.at for name, box in sheet.names.items() if name.startswith(RESULT)]
            values = {at: plain.value(sheet.title, at) for at in (*formula_cells, *result_cells)}
            yield (
                sheet.title,
                {
                    at: values[at]
                    for at in formula_cells
                    if not is_nothing(values[at]) and values[at] != sheet.had.get(at)
                },
            )
            for item in (item for item in sheets if item.is_read):
                orders.learn(item)
                _release(item)


class _Orders:
    """In which order formulas can be worked out, as it was found on the first sheet of a form."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._orders: dict[tuple[Coord, ...], list[Coord]] = {}  # by the cells with formulas

    def follow(self, sheet: PlainSheet) -> None:
        """Work out the formulas of a sheet, those that it needs of its goals' before them."""
        sheet.read()
        goals = self._book.sheets.get(sheet.goals_title)
        for plain in (goals, sheet):
            if isinstance(plain, PlainSheet):
                plain.read()
                plain.work_out(self._orders.get(tuple(plain.formulas), ()))

    def learn(self, sheet: PlainSheet) -> None:
        """Take over the order in which the formulas of a sheet were worked out."""
        key = tuple(sheet.formulas)
        if key not in self._orders:
            self._orders[key] = [at for at in sheet.known_values if at in sheet.formulas]


def _formula_cells(sheet: PlainSheet) -> Iterator[Coord]:
    """The formulas whose results go into the file: of the summary those of its stages alone.

    What else the summary shows looks at no sheet of a stage, and has its result in the file; all of
    it is worked out where the program that saved the file left every result out.
    """
    steps, block = (
        sheet.names.get(STEPS_NAME),
        sheet.names.get(BLOCK) if sheet.has_results else None,
    )
    for at in sheet.formulas:
        if not lies_in(at, steps) and (block is None or lies_in(at, block)):
            yield at


def _release(sheet: PlainSheet) -> None:
    """Forget what no other sheet asks for: a stage's list, all but the head of goals' checks."""
    rows, checks = sheet.names.get(INDICATOR_LEVELS_NAME), sheet.names.get(CHECKS)
    if rows and STEPS_NAME in sheet.names:
        sheet.release(lambda at: not rows.row <= at[0] <= rows.bottom)
    elif checks and GOAL_NAME in sheet.names:
        sheet.release(lambda at: at[0] <= checks.row)
