"""Sheets of a stage that are made of another one's XML are those that would be drawn."""

from __future__ import annotations

import copy
import zipfile
from pathlib import Path

import pytest

from tests.editions.records import CENTRAL, SICHUAN
from tests.many import department_of
from xlperf.canonical import canonical
from xlperf.jobs.beginning import begin
from xlperf.record import Raw
from xlperf.rules.stages.views import EVALUATION, MONITORING
from xlperf.workbook.stamp.stage_stamp import StageStamp
from xlperf.workbook.write import write_master


def several(record: Raw) -> Raw:
    """The record with its first project four times, once with an indicator less."""
    projects = []
    for number in range(4):
        project = copy.deepcopy(record["projects"][0])
        project["name"] += f"第{number}期"
        project["code"] = f"{project['code'][:-1]}{number}"
        if number == 2:
            project["indicators"].pop()
        projects.append(project)
    return canonical({**record, "projects": projects})


@pytest.mark.parametrize("edition", ["hebei-2021", "central-2022", "sichuan-2023"])
def test_a_made_sheet_is_the_drawn_one(
    edition: str, sample: Raw, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whole files, part for part; projects have lists of several lengths."""
    of_others = {"central-2022": CENTRAL, "sichuan-2023": SICHUAN}
    record = several(of_others.get(edition, department_of(sample, 1)))
    fits, is_like = StageStamp.fits, list[bool]()

    def noted(stamp: StageStamp, planned: object) -> bool:
        is_like.append(fits(stamp, planned))  # type: ignore[arg-type]
        return is_like[-1]

    write_master(record, tmp_path / "master.xlsx")
    for kind, until in ((MONITORING, f"{record['fiscal_year']}-07-31"), (EVALUATION, "")):
        monkeypatch.setattr(StageStamp, "fits", noted)
        begin(tmp_path / "master.xlsx", tmp_path / "made.xlsx", kind, until)
        monkeypatch.setattr(StageStamp, "fits", lambda stamp, planned: False)
        begin(tmp_path / "master.xlsx", tmp_path / "drawn.xlsx", kind, until)
        assert any(is_like)
        assert not all(is_like)
        assert parts(tmp_path / "made.xlsx") == parts(tmp_path / "drawn.xlsx")


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}
