"""Sheets that are stamped from one of their shape are those that would be drawn one by one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.odd_projects import odd_projects
from tests.records import RECORD
from tests.workbook.same_books import differences
from xlperf.canonical import canonical
from xlperf.errors import UserError
from xlperf.record import Raw
from xlperf.workbook.package.saving import save
from xlperf.workbook.read import read_workbook
from xlperf.workbook.write import master_book, write_master


def assert_same(record: Raw, folder: Path) -> None:
    save(master_book(record), folder / "drawn.xlsx")
    write_master(record, folder / "stamped.xlsx")
    assert differences(folder / "drawn.xlsx", folder / "stamped.xlsx") == []


@pytest.mark.long
def test_all_that_depends_on_a_value(sample: Raw, tmp_path: Path) -> None:
    assert_same(odd_projects(sample), tmp_path)


@pytest.mark.parametrize("edition", ["central-2022", "sichuan-2023"])
def test_other_editions(sample: Raw, tmp_path: Path, edition: str) -> None:
    keys = ("code", "name", "unit", "budget", "goals")
    columns = ("level1", "level2", "name", "target")
    projects = [
        {
            **{key: project[key] for key in keys},
            "indicators": [
                {key: indicator[key] for key in columns} for indicator in project["indicators"]
            ],
        }
        for project in sample["projects"][:3]
    ]
    units = {"units": sample["units"], "department": sample["department"]}
    assert_same(canonical({"edition": edition, **units, "projects": projects}), tmp_path)


def test_no_projects_at_all(tmp_path: Path) -> None:
    assert_same(canonical({"edition": "hebei-2021"}), tmp_path)


@pytest.mark.long
@settings(
    max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(RECORD)
def test_any_record(tmp_path: Path, record: Raw) -> None:
    try:
        write_master(record, tmp_path / "stamped.xlsx")
    except UserError as refusal:
        with pytest.raises(UserError) as same:
            master_book(record)
        assert str(same.value) == str(refusal)
        return
    assert_same(record, tmp_path)
    assert read_workbook(tmp_path / "stamped.xlsx").record == record
