"""A workbook of any edition that lost its names and its manifest is put in order again."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.editions.records import CENTRAL, PLAIN, SICHUAN, another_edition
from tests.masters import put_master
from xlperf.jobs.fix_repair.repair_file import repair
from xlperf.record import Raw
from xlperf.workbook.read import read_workbook


@pytest.mark.parametrize("names", ["some", "all"])
@pytest.mark.parametrize("record", [CENTRAL, SICHUAN, PLAIN], ids=lambda raw: raw["edition"])
def test_lost_names_are_found_again(record: Raw, names: str, tmp_path: Path) -> None:
    with another_edition():
        put_master(record, tmp_path / "m.xlsx")
        book = load_workbook(tmp_path / "m.xlsx")
        for sheet in book.worksheets:
            lost = list(sheet.defined_names)
            for name in lost[:6] if names == "some" else lost:
                del sheet.defined_names[name]
        del book["_xlperf"]
        book.save(tmp_path / "harmed.xlsx")
        repair(tmp_path / "harmed.xlsx", tmp_path / "whole.xlsx")
        reading = read_workbook(tmp_path / "whole.xlsx")
    assert reading.record == record
