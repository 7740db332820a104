"""The baseline of `test_generating`: a careful openpyxl program that writes the same cells.

`python -m tests.benchmarks.careful_openpyxl MODEL.pickle SHEETS OUT.xlsx` writes so many sheets by
turns as the model has them (`model_of`): every style array is shared, no cell is touched twice, no
format or validation is made twice.
"""

from __future__ import annotations

import pickle
import sys
from copy import copy
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.formatting.rule import Rule
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

LOOKS = ("font", "fill", "border", "alignment", "number_format", "protection")


def model_of(path: Path, is_project: str) -> dict[str, Any]:
    """What the sheets of a workbook hold whose titles begin with a digit, as plain data."""
    book = load_workbook(path)
    styles: dict[tuple[int, ...], dict[str, Any]] = {}
    sheets = [_sheet(sheet, styles) for sheet in book.worksheets if sheet.title[:1] in is_project]
    return {"styles": list(styles.values()), "keys": list(styles), "sheets": sheets}


def _sheet(sheet: Worksheet, styles: dict[tuple[int, ...], dict[str, Any]]) -> dict[str, Any]:
    cells = []
    for (row, col), cell in sorted(sheet._cells.items()):
        if getattr(cell, "_style", None):
            key = tuple(cell._style)
            if key not in styles:
                styles[key] = {name: copy(getattr(cell, name)) for name in LOOKS}
            cells.append((row, col, cell.value, key))
    return {
        "cells": cells,
        "merged": [area.coord for area in sheet.merged_cells.ranges],
        "rows": {row: (line.height, line.hidden) for row, line in sheet.row_dimensions.items()},
        "columns": {
            name: (dimension.min, dimension.max, dimension.width, dimension.hidden)
            for name, dimension in sheet.column_dimensions.items()
        },
        "validations": [
            dict(validation) | {"formula1": validation.formula1, "formula2": validation.formula2}
            for validation in sheet.data_validations.dataValidation
        ],
        "formats": [
            (str(area.sqref), [(r.type, r.operator, list(r.formula), r.dxf) for r in rules])
            for area, rules in sheet.conditional_formatting._cf_rules.items()
        ],
        "names": {
            name: str(defined_name.attr_text).rpartition("!")[2]
            for name, defined_name in sheet.defined_names.items()
        },
        "links": [
            (hyperlink.ref, hyperlink.location, hyperlink.tooltip)
            for hyperlink in sheet._hyperlinks
        ],
        "printed": (str(sheet.print_area).rpartition("!")[2], sheet.print_title_rows),
        "freeze": sheet.freeze_panes,
    }


def write(model: dict[str, Any], sheets: int, path: Path) -> None:
    """Write a workbook with so many sheets."""
    book = Workbook()
    scratch = book.active
    arrays = {}
    for at, (key, looks) in enumerate(zip(model["keys"], model["styles"], strict=True), 1):
        cell = scratch.cell(at, 1)
        for name, look in looks.items():
            setattr(cell, name, look)
        arrays[key] = cell._style
    for number in range(sheets):
        one = model["sheets"][number % len(model["sheets"])]
        _write_sheet(book.create_sheet(f"{number + 1:02d} project"), one, arrays)
    book.remove(scratch)
    book.save(path)


def _write_sheet(sheet: Worksheet, model: dict[str, Any], arrays: dict[Any, Any]) -> None:
    at = sheet.cell
    for row, col, value, key in model["cells"]:
        cell = at(row, col, value)
        cell._style = copy(arrays[key])
    for area in model["merged"]:
        sheet.merge_cells(area)
    for row, (height, hidden) in model["rows"].items():
        line = sheet.row_dimensions[row]
        line.height, line.hidden = height, hidden
    for name, (first, last, width, hidden) in model["columns"].items():
        column = sheet.column_dimensions[name]
        column.min, column.max, column.width, column.hidden = first, last, width, hidden
    for facts in model["validations"]:
        sheet.add_data_validation(DataValidation(**facts))
    for area, rules in model["formats"]:
        for kind, operator, formula, dxf in rules:
            rule = Rule(kind, operator=operator, formula=formula, stopIfTrue=True, dxf=dxf)
            sheet.conditional_formatting.add(area, rule)
    for name, target in model["names"].items():
        sheet.defined_names[name] = DefinedName(name, attr_text=f"'{sheet.title}'!{target}")
    for ref, location, tip in model["links"]:
        sheet[ref].hyperlink = Hyperlink(ref=ref, location=location, tooltip=tip)
    sheet.print_area, sheet.print_title_rows = model["printed"]
    sheet.freeze_panes = model["freeze"]


if __name__ == "__main__":
    write(pickle.loads(Path(sys.argv[1]).read_bytes()), int(sys.argv[2]), Path(sys.argv[3]))
