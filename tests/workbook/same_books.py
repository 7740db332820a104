"""Whether two workbooks are the same but for how their files are made, as openpyxl reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import unescape
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.books import cells_of

STYLES = ("font", "fill", "border", "alignment", "number_format", "protection", "quotePrefix")


# A cell with a formula, shared or not: its place, its other properties, what the formula gives.
_GIVEN = re.compile(r'<c r="(\w+)"([^>/]*)><f(?:[^>]*/>|[^>]*>[^<]*</f>)(<v>.*?</v>)?</c>')


def facts(path: Path) -> dict[str, Any]:
    """Everything that a workbook says and shows, by places."""
    book = load_workbook(path)
    result: dict[str, Any] = {
        "sheets": book.sheetnames,
        "names": {
            name: defined_name.attr_text for name, defined_name in book.defined_names.items()
        },
        "active": book.active.title,
        "title": (book.properties.title, book.properties.creator, book.properties.language),
        "calculated": book.calculation.fullCalcOnLoad,
    }
    styles: dict[tuple[int, ...], Any] = {}
    for sheet in book.worksheets:
        for key, value in _sheet(sheet, book, styles):
            result[f"{sheet.title}!{key}"] = value
    return result | _texts(path)


def _texts(path: Path) -> dict[str, str]:
    """The texts that the cells have in the file, also those that merged cells cover."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist() if "xl/" in name}
    texts = [
        re.sub("<[^>]*>", "", item) for item in parts["xl/sharedStrings.xml"].split("<si>")[1:]
    ]
    texts = [unescape(re.sub(r"&#(\d+);", lambda sign: chr(int(sign[1])), text)) for text in texts]
    results = {
        f"{name} {cell} gives": (re.findall('t="\\w+"', kind), value)
        for name, xml in parts.items()
        for cell, kind, value in _GIVEN.findall(xml)
    }
    return results | {
        f"{name} {cell}": texts[int(number)]
        for name, xml in parts.items()
        for cell, number in re.findall(r'<c r="(\w+)"[^>]*t="s"><v>(\d+)</v>', xml)
    }


def _sheet(sheet: Worksheet, book: Workbook, styles: dict[Any, Any]) -> Iterator[tuple[str, Any]]:
    for cell in cells_of(sheet):
        value = getattr(cell, "value", None)
        if isinstance(value, float | int) and not isinstance(value, bool):
            value = float(f"{value:.15g}")
        look: Any = ()
        if getattr(cell, "_style", None):  # a cell below the first of merged ones has none
            key = tuple(cell._style)
            if key not in styles:
                named = book._named_styles[cell._style.xfId].name
                styles[key] = (*(repr(getattr(cell, name)) for name in STYLES), named)
            look = styles[key]
        link = getattr(cell, "hyperlink", None)
        yield cell.coordinate, (value, cell.data_type, look, link and (link.location, link.tooltip))
    for row, line in sheet.row_dimensions.items():
        yield f"row {row}", (line.height and round(line.height, 6), line.hidden)
    for col, column in sheet.column_dimensions.items():
        yield f"column {col}", (column.min, column.max, column.width, column.hidden)
    yield "merged", sorted(map(str, sheet.merged_cells.ranges))
    yield (
        "names",
        {name: defined_name.attr_text for name, defined_name in sheet.defined_names.items()},
    )
    yield (
        "validations",
        sorted(repr(validation) for validation in sheet.data_validations.dataValidation),
    )
    yield (
        "formats",
        [
            (
                str(area.sqref),
                [(r.type, r.formula, r.operator, r.stopIfTrue, repr(r.dxf)) for r in rules],
            )
            for area, rules in sheet.conditional_formatting._cf_rules.items()
        ],
    )
    yield (
        "page",
        [repr(part) for part in (sheet.page_setup, sheet.page_margins, sheet.print_options)],
    )
    yield "printed", (sheet.print_area, sheet.print_title_rows, repr(sheet.row_breaks))
    yield (
        "heads",
        [
            (part.text, part.size)
            for head in (sheet.oddHeader, sheet.oddFooter)
            for part in (head.left, head.center, head.right)
        ],
    )
    yield "view", (repr(sheet.sheet_view), sheet.freeze_panes, sheet.sheet_state)
    yield "protection", repr(sheet.protection)
    yield "filter", sheet.auto_filter.ref
    yield "charts", len(sheet._charts)


def differences(one: Path, other: Path) -> list[str]:
    """The places in which two workbooks differ, with both, the first ones."""
    a, b = facts(one), facts(other)
    return [
        f"{key}: {a.get(key)!r} | {b.get(key)!r}" for key in {**a, **b} if a.get(key) != b.get(key)
    ]
