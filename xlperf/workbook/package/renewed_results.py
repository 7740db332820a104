"""New results of formulas in the file of a workbook; all the rest stays as it was."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from xlperf.calculation.values import UnknownValueError
from xlperf.layout import Coord
from xlperf.storage.files import temporary_folder
from xlperf.workbook.package.archive import XmlNode, opened
from xlperf.workbook.package.calculated import Kept, calculated
from xlperf.workbook.package.open_safely import open_book
from xlperf.workbook.package.sheet_xml.merged_cell_values import covered
from xlperf.workbook.package.sheet_xml.sheet_part import SheetPart
from xlperf.workbook.package.sheet_xml.xml_escapes import result
from xlperf.workbook.package.workbook_part import WorkbookPart

MOST_SHEETS = 60  # of a workbook that is calculated anew after a change


def renew_results(path: Path, earlier_result: Kept, only: Collection[str] = ()) -> None:
    """Give the formulas of ours in a file what they give now; those of people's keep theirs.

    `earlier_result` is what formulas had, by title and cell; `only` names sheets, all if none. A
    workbook of more than `MOST_SHEETS` sheets keeps what it had until a spreadsheet program
    calculates it, as it does on opening.
    """
    with temporary_folder() as folder, opened(path) as package:
        renewed = folder / path.name
        sheets = list(WorkbookPart(package).sheets())
        if len(sheets) > MOST_SHEETS:
            return
        for title, results in _changed(path, earlier_result, only).items():
            for part in (entry.part for entry in sheets if entry.title == title):
                with package.changing(part) as root:
                    put_results(root, results)
        package.write(renewed)
        data = renewed.read_bytes()
    path.write_bytes(data)


def _changed(
    path: Path, earlier_result: Kept, only: Collection[str]
) -> dict[str, dict[Coord, Any]]:
    """The results that are others than the file has, by title and cell; None for none."""
    book = open_book(path)
    with covered(book):
        results = calculated(book, earlier_result, only)
    changed = {
        title: {at: value for at, value in values.items() if earlier_result(title, at) != value}
        for title, values in results.ours.items()
    }
    for title, faults in results.faults.items():
        had = {at: fault for at, fault in faults.items() if earlier_result(title, at) is not None}
        changed[title] |= {at: given_by(fault) for at, fault in had.items()}
    return {title: values for title, values in changed.items() if values}


def given_by(value: Any) -> Any:
    """What a file can hold of what a formula gives: an error, too; None for what is not known."""
    return None if isinstance(value, UnknownValueError) else value


def put_results(root: XmlNode, results: Mapping[Coord, Any]) -> None:
    """Give formulas of a sheet new results, by their cells; those with None have none then."""
    sheet = SheetPart(root)
    rows = dict[int, dict[int, Any]]()
    for (row, col), value in results.items():
        rows.setdefault(row, {})[col] = value
    for number, values in rows.items():
        for col, cell in sheet.cells_of(number):
            if col in values and sheet.formula(cell) is not None:
                if values[col] is None:
                    sheet.drop_result(cell)
                    cell.attrib.pop("t", None)  # a text without a value would be ""
                else:
                    sheet.put_result(cell, *result(values[col]))
