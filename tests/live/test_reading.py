"""A live book read: the same record, places and findings as its file gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.live.conftest import Excel
from tests.live.pywin32 import round_trips
from xlperf.live.book.reading import read_book
from xlperf.workbook.read import read_workbook


def test_a_live_book_reads_as_its_file_does(excel: Excel, opened: Any, master: Path) -> None:
    with round_trips() as trips:
        live = read_book(opened)
    assert len(trips) <= 16 * len(opened.sheets)
    file = read_workbook(master)
    assert live.record == file.record
    assert live.where == file.where
    assert live.remarks == file.remarks
