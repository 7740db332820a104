"""Sheets of stages in a live book: read as in their file, marked like the others."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.live.conftest import Excel
from tests.masters import put_master
from tests.workbook.stage_books import record
from xlperf.layout.addresses import box_of
from xlperf.live.book.reading import read_book
from xlperf.workbook.read import read_workbook


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stages") / "book.xlsx"
    put_master(record(), path)
    return path


def test_a_live_book_with_stages_reads_as_its_file_does(
    excel: Excel, book: Path, tmp_path: Path
) -> None:
    opened = excel.open(Path(shutil.copy(book, tmp_path / "监控.xlsx")))
    live, file = read_book(opened), read_workbook(book)
    assert live.record == file.record
    assert live.where == file.where
    assert live.remarks == file.remarks


def test_a_refreshed_summary_has_the_columns_in_new_lines(
    excel: Excel, book: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(book, tmp_path / "一个项目.xlsx"))
    live = excel.open(path)
    excel.click("add_project", live)
    excel.click("refresh_summary", live)
    live.save()
    sheet = openpyxl.load_workbook(path)["汇总"]
    box = box_of(sheet.defined_names["XPL_stages"].attr_text)
    assert box is not None and box.height == 18
    for row in (14, 15, 16, 17, 18, 19):
        line = [sheet.cell(row, col).value for col in range(box.col, box.col + box.width)]
        assert [value for value in line if f"{row}" not in str(value)] == []
    assert "leftovers" not in read_workbook(path).record
