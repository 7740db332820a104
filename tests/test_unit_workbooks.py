"""A department in a workbook a unit: together they are the record, and add up to its totals."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal
from pathlib import Path

import pytest

from tests.many import department_of
from xlperf.__main__ import run
from xlperf.canonical import canonical, dumps, loads
from xlperf.errors import UserError
from xlperf.jobs.inputs import unit_workbooks
from xlperf.jobs.inputs.unit_records import read_by_unit
from xlperf.jobs.inputs.unit_workbooks import split, write_by_unit
from xlperf.jobs.many_files.rolling_up import roll_up_files
from xlperf.record import Raw


@pytest.fixture(scope="module")
def mixed(sample: Raw) -> Raw:
    """Five small projects: of one unit, of another, of none, of the first again."""
    record = deepcopy(department_of(sample, 5))
    record["activities"] = record["activities"][:1]
    one, two = (unit["code"] for unit in sample["units"])
    for project, unit in zip(record["projects"], (one, two, "", one, one), strict=True):
        project["unit"] = unit
        project["indicators"] = project["indicators"][:2]
    record["leftovers"] = [{"place": "P1", "text": "别处的话"}]
    record["waivers"] = [
        {
            "code": "TXT601",
            "at": f"projects/{record['projects'][3]['code']}/purpose",
            "reason": "甲",
        },
        {"code": "STR001", "at": "overall_goal", "reason": "乙"},
    ]
    return canonical(record)


@pytest.fixture(scope="module")
def folder(mixed: Raw, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("parts") / "各单位"
    write_by_unit(mixed, path)
    return path


def test_a_workbook_a_unit(mixed: Raw, folder: Path) -> None:
    names = {f"{unit['code']} {unit['name']}.xlsx" for unit in mixed["units"]} | {"无单位.xlsx"}
    assert {path.name for path in folder.iterdir()} == names


def test_together_they_are_the_record(mixed: Raw, folder: Path) -> None:
    assert read_by_unit(folder).record == mixed


def test_they_add_up_to_the_same_totals(folder: Path) -> None:
    rollup = roll_up_files(sorted(folder.iterdir()))
    assert rollup.totals.budget == Decimal(1000 + 1001 + 1002 + 1003 + 1004)
    assert (rollup.totals.projects, len(rollup.departments)) == (5, 1)


def test_a_large_unit_gets_several(mixed: Raw, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unit_workbooks, "MOST_PROJECT_SHEETS", 2)
    of_first = [part for part in split(mixed) if part.name.startswith("333001")]
    assert [len(part.record["projects"]) for part in of_first] == [2, 1]
    assert [part.titles[0][:2] for part in of_first] == ["01", "05"]
    assert [part.name[-7:] for part in of_first] == ["-1.xlsx", "-2.xlsx"]


def test_explanations_stay_with_their_projects(mixed: Raw) -> None:
    reasons = [
        [waiver["reason"] for waiver in part.record.get("waivers", ())] for part in split(mixed)
    ]
    assert [sorted(texts) for texts in reasons] == [["乙", "甲"], ["乙"], ["乙"]]


def test_a_folder_in_use_is_left_alone(mixed: Raw, tmp_path: Path) -> None:
    (tmp_path / "old.xlsx").write_text("x")
    with pytest.raises(UserError, match="folder_in_use"):
        write_by_unit(mixed, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["old.xlsx"]


def test_departments_that_differ_are_not_put_together(mixed: Raw, tmp_path: Path) -> None:
    write_by_unit({**mixed, "projects": mixed["projects"][:1]}, tmp_path / "a")
    changed = {**mixed, "overall_goal": "另一个目标", "projects": mixed["projects"][1:2]}
    write_by_unit(changed, tmp_path / "b")
    for path in (tmp_path / "b").iterdir():
        path.rename(tmp_path / "a" / path.name)
    with pytest.raises(UserError, match="总体绩效目标"):
        read_by_unit(tmp_path / "a")


def test_the_commands(
    mixed: Raw, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source, parts, back = tmp_path / "r.json", tmp_path / "parts", tmp_path / "back.json"
    small = canonical({**mixed, "projects": mixed["projects"][1:3]})
    source.write_text(dumps(small), "utf-8")
    assert run(["generate", str(source), "-o", str(parts), "--by-unit"]) == 0
    assert run(["read", str(parts), "-o", str(back)]) == 0
    assert loads(back.read_text("utf-8")) == small
    monkeypatch.setattr(unit_workbooks, "MOST_PROJECT_SHEETS", 1)
    assert run(["generate", str(source), "-o", str(tmp_path / "m.xlsx")]) == 0
    assert "--by-unit" in capsys.readouterr().err
