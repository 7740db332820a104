"""Sheets of stages edited in LibreOffice: every value stays with its indicator, no error shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.masters import put_master
from tests.office import Office
from tests.workbook.stage_books import GOALS, MONITORED, completed_values, of, record
from xlperf.workbook.read import read_workbook

pytestmark = pytest.mark.office
FIRST, SECOND = GOALS
STAGE, _ = MONITORED
EVALUATED = "自评 01 农机培训"
TOP = 10  # the first row of the goals' list
ROW = 12  # the first row of the list of monitoring


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stages") / "book.xlsx"
    put_master(record(), path)
    return path


def unmerged(*areas: str) -> list[dict]:
    steps = [{"do": "unprotect", "sheet": FIRST}]
    return [*steps, *({"do": "unmerge", "sheet": FIRST, "area": area} for area in areas)]


GONE = [*of(2)]
RENAMED = [*of(1)[:2], "培训通过率", 0]
EDITS = {  # steps, and what is otherwise afterwards: the value, the identity (None: gone)
    "nothing": ([], {}),
    "a row of goals inserted": (
        [
            {"do": "insert_rows", "sheet": FIRST, "row": TOP + 1},
            {"do": "text", "sheet": FIRST, "cell": f"B{TOP + 1}", "value": "数量指标"},
            {"do": "text", "sheet": FIRST, "cell": f"C{TOP + 1}", "value": "培训场次"},
        ],
        {},
    ),
    "a row of goals deleted": (
        [{"do": "delete_rows", "sheet": FIRST, "row": TOP + 2}],
        {},
    ),
    "an indicator renamed": (
        [{"do": "text", "sheet": FIRST, "cell": f"C{TOP + 1}", "value": "培训通过率"}],
        {"监0-1": RENAMED, "评0-1": RENAMED},
    ),
    "goals sorted": (
        [
            *unmerged(f"A{TOP}:A{TOP + 2}"),
            {"do": "sort", "sheet": FIRST, "area": f"A{TOP}:G{TOP + 3}", "col": 3},
        ],
        {},
    ),
    "a stage sorted": (
        [
            {"do": "unprotect", "sheet": STAGE},
            {"do": "sort", "sheet": STAGE, "area": f"A{ROW}:P{ROW + 3}", "col": 5, "down": True},
        ],
        {},
    ),
    "a row of a stage inserted": (
        [
            {"do": "insert_rows", "sheet": STAGE, "row": ROW + 1},
            {"do": "text", "sheet": STAGE, "cell": f"C{ROW + 1}", "value": "临时任务"},
            {"do": "text", "sheet": STAGE, "cell": f"E{ROW + 1}", "value": "增"},
        ],
        {"增": ["", "", "临时任务", 0]},
    ),
    "an indicator typed below a stage's list": (
        [
            {"do": "text", "sheet": STAGE, "cell": f"C{ROW + 4}", "value": "临时任务"},
            {"do": "text", "sheet": STAGE, "cell": f"E{ROW + 4}", "value": "增"},
        ],
        {"增": ["", "", "临时任务", 0]},
    ),
    "a row of a stage deleted": (
        [{"do": "delete_rows", "sheet": STAGE, "row": ROW + 2}],
        {"监0-2": None},
    ),
    "sheets renamed and moved": (
        [
            {"do": "rename_sheet", "sheet": FIRST, "name": "农机 (甲)"},
            {"do": "rename_sheet", "sheet": STAGE, "name": "七月"},
            {"do": "move_sheet", "sheet": "七月", "position": 0},
        ],
        {},
    ),
    "a sheet of goals deleted": ([{"do": "delete_sheet", "sheet": FIRST}], {}),
    "a sheet of goals copied": (
        [{"do": "copy_sheet", "sheet": FIRST, "name": "03 抄的", "position": 5}],
        {},
    ),
    "a stage's sheet copied": (
        [{"do": "copy_sheet", "sheet": STAGE, "name": "抄的", "position": 8}],
        {},
    ),
    "stage's sheets deleted": (
        [
            {"do": "delete_sheet", "sheet": STAGE},
            {"do": "delete_sheet", "sheet": "监控汇总"},
        ],
        {f"监0-{n}": None for n in range(4)},
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_values_stay_with_their_indicators(
    name: str, office: Office, book: Path, tmp_path: Path
) -> None:
    """Read from the workbook that LibreOffice saved after the edit."""
    path, (steps, otherwise) = tmp_path / "edited.xlsx", EDITS[name]
    errors = office.edit(book, path, *[dict(step) for step in steps], {"do": "errors"})[-1]
    assert errors == []
    expected = completed_values(record())
    for value, identity in otherwise.items():
        expected[value] = identity
    reading = read_workbook(path)
    assert completed_values(reading.record) == {
        key: value for key, value in expected.items() if value
    }
    assert "leftovers" not in reading.record
