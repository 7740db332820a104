"""Sheets of stages in a live book: read as in their file, marked like the others."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.live.conftest import Excel
from tests.masters import put_master
from tests.workbook.stage_books import record
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
