"""Sheets with long lists are, cell for cell, what openpyxl writes where it draws every row."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink

from xlperf.forms import EDITIONS
from xlperf.forms.made_sheets.books import REVIEW, ROLLUP, ROLLUP_PROJECTS
from xlperf.forms.made_sheets.survey_sheets import FAULTS
from xlperf.layout import Form, anchors, fill
from xlperf.layout.long_lists import lay_out
from xlperf.workbook.cells import cell_at
from xlperf.workbook.draw.books.list_sheets import Extras, FormulaWithResult, list_sheet, pack_lists
from xlperf.workbook.draw.cell_styles import dressed_book
from xlperf.workbook.draw.form_sheet import draw, write_values
from xlperf.workbook.package.saving import pack_book
from xlperf.workbook.package.sheet_xml.list_rows import CellLink

ODD = ("=1+1", "-", "@x", " 甲 \n乙", "_x0041_", "a\x01&<>\"'", "长" * 300, "", "7")
COLOURS = ("FFC7CE", "FFEB9C")
LINKS = (CellLink("'01 a''\"b'!F12", "%E7%94%B2.xlsx", "到那里"), CellLink("'项目'!A4"), None)
Rows = Sequence[Mapping[str, Any]]


def rows_of(form: Form, list_ref: str, count: int) -> list[dict[str, Any]]:
    """So many rows of odd texts, and of money that is none, whole, in cents, or too long."""
    money = (Decimal("0.10"), Decimal(7), None, Decimal("123456789012345678.25"), "三元")
    part = next(part for part in form.lists() if part.list_ref == list_ref)
    return [
        {
            cell.ref: money[(at + n) % 5] if cell.kind == "money" else ODD[(at + n) % len(ODD)]
            for n, cell in enumerate(part.cells)
        }
        for at in range(count)
    ]


def values_of(form: Form, count: int) -> dict[str, Any]:
    lists = {part.list_ref: rows_of(form, part.list_ref, count) for part in form.lists()}
    total = {"budget": FormulaWithResult("=SUM(1,2)", 3), "count": FormulaWithResult("=1", 1)}
    return {"title": "=标题", "hint": "一\n二", "total": total, **lists}


def by_openpyxl(form: Form, values: Mapping[str, Any], extras: Mapping[str, Extras]) -> bytes:
    """The workbook with a cell object for every cell."""
    book, styles = dressed_book()
    sheet = book.create_sheet("表")
    filled = fill(form, values)
    draw(sheet, filled.layout, styles)
    write_values(sheet, filled)
    for key, extra in extras.items():
        box = anchors(filled.layout)[key]
        for row in range(box.row, box.row + box.height):
            cell, at = cell_at(sheet, row, box.col), row - box.row
            if extra.number_format:
                cell.number_format = extra.number_format
            if extra.colours:
                cell.fill = PatternFill("solid", fgColor=f"FF{extra.colours[at]}")
            if extra.links and (link := extra.links[at]):
                value = cell.value
                cell.hyperlink = Hyperlink(
                    ref=cell.coordinate,
                    target=link.target or None,
                    location=link.location,
                    tooltip=link.tip or None,
                )
                cell.value = value
    styles.done(book)
    return pack_book(book)


def by_rows(form: Form, values: Mapping[str, Any], extras: Mapping[str, Extras]) -> bytes:
    book, styles = dressed_book()
    made = list_sheet(book.create_sheet("表"), styles, form, values)
    for key, extra in extras.items():
        made.add(key, extra)
    return pack_lists(book, styles, [made])


def sheet_content(data: bytes) -> Iterator[Any]:
    """All that a cell has, row by row; then what the sheet has."""
    (sheet,), (results,) = (load_workbook(io.BytesIO(data), data_only=way) for way in (False, True))
    book: Workbook = sheet.parent
    for row in sheet.iter_rows():
        for cell in row:
            kind = "" if cell.value is None else cell.data_type
            link = cell.hyperlink
            where = (link.target, link.location, link.tooltip) if link else None
            parts = (cell.font, cell.fill, cell.border, cell.alignment, cell.protection)
            looks = (*map(copy, parts), cell.number_format)
            yield cell.coordinate, cell.value, kind, cell.quotePrefix, cell.style, looks, where
            yield results[cell.coordinate].value
    yield {number: row.height for number, row in sheet.row_dimensions.items()}
    yield {letter: column.width for letter, column in sheet.column_dimensions.items()}
    yield {name: item.attr_text for name, item in sheet.defined_names.items()}
    yield sheet.dimensions, sheet.freeze_panes, sheet.print_title_rows, book.sheetnames
    yield sorted(str(area) for area in sheet.merged_cells.ranges)


@pytest.mark.parametrize("count", [0, 25])
@pytest.mark.parametrize("form", [REVIEW, ROLLUP, ROLLUP_PROJECTS, FAULTS], ids=lambda f: f.name)
def test_rows_are_what_openpyxl_writes(form: Form, count: int) -> None:
    values = values_of(form, count)
    part = next(iter(form.lists()))
    first, second, *_ = (f"{part.list_ref}/{cell.ref}" for cell in part.cells)
    extras = {
        first: Extras(colours=[COLOURS[at % 2] for at in range(count or 1)], number_format="0.0"),
        second: Extras(links=[LINKS[at % 3] for at in range(count or 1)]),
    }
    files = [way(form, values, extras) for way in (by_openpyxl, by_rows)]
    expected, actual = (list(sheet_content(data)) for data in files)
    assert actual == expected


def test_lists_below_one_another_push_down_what_follows() -> None:
    long = lay_out(ROLLUP, {"departments": [{}] * 3, "units": [{}] * 2})
    first, second = long.lists
    assert (first.row, second.row, long.layout.rows) == (6, 10, 11)  # five rows, 3, a heading, 2
    assert long.at["departments/name"].bottom == 8
    assert (long.at["units/name"].row, long.at["units/name"].bottom) == (10, 11)


def test_a_form_whose_items_take_several_rows_is_no_such_form() -> None:
    with pytest.raises(ValueError, match="project"):
        lay_out(EDITIONS["hebei-2021"].project, {})
