"""What is read sooner than openpyxl does, by us or by the tests, is what openpyxl reads."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Border, Font, Protection, Side
from openpyxl.worksheet.formula import ArrayFormula

from tests.quick_openpyxl import OWN, forget, remember
from xlperf.workbook.package.open_safely import string_table

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHARED = f"""<?xml version="1.0" encoding="UTF-8"?>
<x:sst xmlns:x="{MAIN}"><x:si><x:t xml:space="preserve"> 数量 </x:t></x:si><x:si><x:t/></x:si>
<x:si/><x:si><x:r><x:t>质</x:t></x:r><x:r><x:rPr><x:b/></x:rPr><x:t xml:space="preserve">量 </x:t>
</x:r></x:si><x:si><x:t>東京</x:t><x:rPh sb="0" eb="2"><x:t>トウキョウ</x:t></x:rPh></x:si>
<x:si><x:t>a_x005F_x000D_b&lt;</x:t></x:si></x:sst>"""


def test_shared_texts_are_read_whole_and_without_their_pronunciation() -> None:
    data = SHARED.encode("utf-8")
    texts = string_table(io.BytesIO(data))
    assert texts == [" 数量 ", "", "", "质量 ", "東京", "a_x000D_b<"]
    assert texts == OWN[5](io.BytesIO(data))


def everything(book: Any) -> list[Any]:
    """What openpyxl has read: of every cell its kind, value, border and lock; sheets and styles."""
    styles = (book._fonts, book._fills, book._borders, book._alignments, book._number_formats)
    named = [(style.name, repr(style.font)) for style in book._named_styles]
    more = (book._differential_styles.styles, book._cell_styles, book._date_formats)
    sheets = [
        {
            "asked": repr(sheet.data_validations),
            "coloured": [
                (str(at.sqref), [*map(repr, rules)])
                for at, rules in sheet.conditional_formatting._cf_rules.items()
            ],
            "rows": {at: dict(size) for at, size in sheet.row_dimensions.items()},
            "columns": {at: dict(size) for at, size in sheet.column_dimensions.items()},
            "merged": sorted(map(str, sheet.merged_cells.ranges)),
            "paper": (repr(sheet.page_setup), repr(sheet.page_margins), repr(sheet.views)),
            "guard": (repr(sheet.protection), repr(sheet.sheet_properties), sheet.legacy_drawing),
            "links": [(link.ref, link.location) for link in sheet._hyperlinks],
            "looks": [cell._style for _, cell in sorted(sheet._cells.items())],
        }
        for sheet in book.worksheets
    ]
    return [repr(styles), named, repr(more), sheets, *cells(book)]


def cells(book: Workbook) -> list[Any]:
    return [
        (
            sheet.title,
            at,
            type(cell).__name__,
            value_of(cell),
            repr(cell.border),
            repr(cell.protection),
        )
        for sheet in book.worksheets
        for at, cell in sorted(sheet._cells.items())
    ]


def value_of(cell: Any) -> Any:
    value = getattr(cell, "value", None)
    return (value.ref, value.text) if isinstance(value, ArrayFormula) else value


def test_openpyxl_reads_the_same_where_it_remembers(
    small_master: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bordered = tmp_path / "bordered.xlsx"
    book = Workbook()
    sheet: Any = book.active
    sheet["B2"].border = Border(left=Side("thin"), top=Side("double"))
    sheet["D4"].border = Border(right=Side("thick"), bottom=Side("dashed"))
    sheet["C2"].border = Border(top=Side("hair"))
    sheet["B2"].protection = Protection(locked=False)
    sheet.merge_cells("B2:D4")
    sheet.merge_cells("F1:G1")
    book.save(bordered)
    files = (small_master, bordered)
    with pytest.MonkeyPatch.context() as plain:
        forget(plain)
        expected = [everything(load_workbook(file)) for file in files]
    remember(monkeypatch)
    for _ in range(3):  # what was worked out, and what is remembered whatever is done to it
        books = [load_workbook(file) for file in files]
        assert [everything(book) for book in books] == expected
        for book in books:
            spoil(book)


def spoil(book: Any) -> None:
    """Change what was read: cells, and what else stands in sheets and styles."""
    for sheet in book.worksheets:
        for cell in list(sheet._cells.values())[:40]:
            if not isinstance(cell, MergedCell):
                cell.value, cell.font = "changed", Font(b=True, color="FF00FF00")
        sheet.row_dimensions[1].height = sheet.column_dimensions["A"].width = 77
        sheet.data_validations.dataValidation.clear()
        for rules in sheet.conditional_formatting._cf_rules.values():
            rules.clear()
        sheet.protection.sheet, sheet.page_margins.left = False, 3
        for link in sheet._hyperlinks:
            link.location = "elsewhere"
        sheet.insert_rows(1)
    book._named_styles[0].font.b = True


def test_what_openpyxl_warns_of_is_warned_of_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet["A1"], sheet["A1"].number_format = 10**12, "yyyy-mm-dd"  # no day is that far away
    book.save(tmp_path / "late.xlsx")
    remember(monkeypatch)
    for _ in range(2):
        with pytest.warns(UserWarning, match="outside the limits for dates"):
            assert load_workbook(tmp_path / "late.xlsx").active["A1"].value == "#VALUE!"
