"""Buttons on workbooks of other editions than the first."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.editions.records import CENTRAL, SICHUAN
from tests.live.conftest import Excel
from tests.masters import put_master
from xlperf.live.book.reading import read_book
from xlperf.record import Raw


@pytest.mark.office
@pytest.mark.parametrize("record", [CENTRAL, SICHUAN], ids=lambda raw: raw["edition"])
def test_buttons_read_and_grow_a_workbook_of_any_edition(
    excel: Excel, record: Raw, tmp_path: Path
) -> None:
    put_master(record, tmp_path / "m.xlsx")
    book = excel.open(Path(shutil.copy(tmp_path / "m.xlsx", tmp_path / "绩效文本.xlsx")))
    assert read_book(book).record == record
    excel.click("add_project", book)
    after = read_book(book).record
    assert after["edition"] == record["edition"]
    assert len(after["projects"]) == len(record["projects"]) + 1
    assert after["projects"][:-1] == record["projects"]
    excel.click("refresh_summary", book)
    assert read_book(book).record == after
