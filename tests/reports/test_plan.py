"""The plan as JSON: every marked cell and every line of the list, for programs that mark."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.watching.savers import record
from xlperf.__main__ import run
from xlperf.workbook.write import write_master


def test_the_plan_has_each_marked_cell_and_each_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A budget of 5 yuan beside 1 yuan of funds, in C4 of the only project's sheet."""
    content = record()
    content["projects"][0]["budget"] = 5
    book = tmp_path / "book.xlsx"
    write_master(content, book)
    assert run(["validate", str(book), "--select", "AMT202", "--format", "plan"]) == 1
    (plan,) = json.loads(capsys.readouterr().out)["plans"]
    (mark,) = plan["marks"]
    assert (plan["file"], mark["sheet"], mark["cell"]) == (str(book), "01 Roads", "C4")
    assert (mark["severity"], mark["colour"], mark["explained"]) == ("error", "FFC7CE", False)
    assert mark["note"].startswith("错误 AMT202")
    (entry,) = plan["entries"]
    assert (entry["code"], entry["sheet"], entry["cell"]) == ("AMT202", "01 Roads", "C4")
