"""The guide dragged behind the hidden lists: LibreOffice's totals are 0 until a repair.

The workbook has three projects of 6,400.00, 318,480.00 and 240,000.00 yuan, together 564,880.00.
"""

from __future__ import annotations

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tests.office import Office
from xlperf.jobs.fix_repair.repair_file import detect, repair
from xlperf.workbook.package.open_safely import open_book
from xlperf.workbook.read import read_workbook

pytestmark = pytest.mark.office

GUIDE, BUDGET = "使用说明", {"do": "named", "name": "XP_BUDGET"}


def as_excel_leaves_it(path: Path) -> None:
    """Let the sums begin with the next sheet, as Excel does where the guide is dragged behind."""
    parts = dict(zip_parts(path))
    before, after = f"{GUIDE}:_lists".encode(), "汇总:_lists".encode()
    assert any(before in data for data in parts.values())
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data.replace(before, after))


def zip_parts(path: Path) -> list[tuple[str, bytes]]:
    with ZipFile(path) as package:
        return [(name, package.read(name)) for name in package.namelist()]


@pytest.mark.parametrize("is_of_excel", [False, True])
def test_a_repair_puts_the_guide_in_front_again(
    is_of_excel: bool, office: Office, small_master: Path, tmp_path: Path
) -> None:
    path, mended = tmp_path / "moved.xlsx", tmp_path / "mended.xlsx"
    move = {"do": "move_sheet", "sheet": GUIDE, "position": 99}
    assert office.edit(small_master, path, move, BUDGET)[1] == 0
    assert open_book(path).sheetnames[-1] == GUIDE
    if is_of_excel:
        as_excel_leaves_it(path)
    before = read_workbook(path).record
    assert "guide_behind" in {damage.kind for damage in repair(path, mended).damages}
    assert read_workbook(mended).record == before
    assert open_book(mended).sheetnames == open_book(small_master).sheetnames
    assert office.look(mended, BUDGET) == [564880.00]
    assert [damage for damage in detect(mended) if not damage.is_note] == []
