"""What is read sooner than openpyxl does, by us or by the tests, is what openpyxl reads."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Border, Protection, Side
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
    assert texts == OWN[-1](io.BytesIO(data))


def everything(book: Workbook) -> list[Any]:
    """What openpyxl has read of every cell: its kind, value, border and lock."""
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
    for _ in range(2):  # what was worked out, and what is remembered
        assert [everything(load_workbook(file)) for file in files] == expected
