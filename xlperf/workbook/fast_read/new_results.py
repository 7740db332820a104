"""Results of formulas on sheets that were just put into a file, one sheet after the other.

What was read of a sheet is forgotten once no other asks for it: a thousand sheets take no more
memory than a few.
"""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from xlperf.calculation.book import Book
from xlperf.calculation.compiling import compiled
from xlperf.files import temporary_folder
from xlperf.forms.defined_names import AID, field_name
from xlperf.forms.stages.central import LIST
from xlperf.layout import Coord
from xlperf.workbook.fast_read.changed_results import NOT_READ
from xlperf.workbook.fast_read.plain_sheets import PlainSheet, StoredSheets
from xlperf.workbook.package.archive import opened
from xlperf.workbook.package.calculated import STEPS, area_of_name, is_nothing, lies_in
from xlperf.workbook.package.renewed_results import put_results
from xlperf.workbook.package.workbook_part import WorkbookPart

CHECKS, RESULT = AID + "checks", AID + "result_"
GOALS = field_name("indicators/name")
ROWS = field_name(f"{LIST}/level1")


def fill_results(path: Path, titles: Collection[str]) -> bool:
    """Give the formulas of ours on some sheets what they give, those in hidden steps aside.

    Sheets of the department stand before those of its projects and need them. False where the
    file is none that is read at once; it stays as it is then.
    """
    with temporary_folder() as folder, opened(path) as package:
        filled = folder / path.name
        parts = {entry.title: entry.part for entry in WorkbookPart(package).sheets()}
        try:
            for title, results in _results(path, WorkbookPart(package), titles):
                with package.changing(parts[title]) as root:
                    put_results(root, results)
        except NOT_READ:
            return False
        package.write(filled)
        path.write_bytes(filled.read_bytes())
    return True


def _results(
    path: Path, book: WorkbookPart, titles: Collection[str]
) -> Iterator[tuple[str, dict[Coord, Any]]]:
    """By title and cell what formulas give that have another result in the file, or none."""
    with zipfile.ZipFile(path) as archive:
        stored = StoredSheets(archive)
        sheets = [
            PlainSheet(stored, part, anew=part.title in titles) for part in stored.book.sheets
        ]
        targets = {name: text for name, text, scope in book.names() if scope is None}
        names = {name: area for name, text in targets.items() if (area := area_of_name(text))}
        plain = Book(sheets, names, compiled)
        for sheet in (each for each in reversed(sheets) if each.title in titles):
            sheet.read()
            steps = sheet.names.get(STEPS)
            shown = [at for at in sheet.formulas if not lies_in(at, steps)]
            asked = [box.at for name, box in sheet.names.items() if name.startswith(RESULT)]
            values = {at: plain.value(sheet.title, at) for at in (*shown, *asked)}
            yield (
                sheet.title,
                {
                    at: values[at]
                    for at in shown
                    if not is_nothing(values[at]) and values[at] != sheet.had.get(at)
                },
            )
            for each in (each for each in sheets if each.is_read):
                _release(each)


def _release(sheet: PlainSheet) -> None:
    """Forget what no other sheet asks for: a stage's list, all but the head of goals' checks."""
    rows, checks = sheet.names.get(ROWS), sheet.names.get(CHECKS)
    if rows and STEPS in sheet.names:
        sheet.release(lambda at: not rows.row <= at[0] <= rows.bottom)
    elif checks and GOALS in sheet.names:
        sheet.release(lambda at: at[0] <= checks.row)
