"""`validate` given folders: every file in them is checked, or spoken of."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from xlperf.__main__ import run
from xlperf.canonical import dumps
from xlperf.errors import UserError
from xlperf.jobs.validation import folders
from xlperf.record import Raw


@pytest.fixture
def submissions(tmp_path: Path, sample: Raw, master: Path) -> Path:
    inside = tmp_path / "各单位" / "甲局"
    inside.mkdir(parents=True)
    shutil.copy(master, inside / "master.xlsx")
    (inside.parent / "乙局.json").write_text(dumps(sample), encoding="utf-8")
    (inside.parent / "说明.txt").write_text("请于周五前报送", encoding="utf-8")
    (inside.parent / "~$乙局.xlsx").write_bytes(b"lock")
    (inside.parent / ".hidden.json").write_text("{}", encoding="utf-8")
    (inside.parent / "照片.png").write_bytes(b"\x89PNG")
    return inside.parent


def test_the_files_of_a_folder_and_those_below_it_are_given(submissions: Path) -> None:
    files, aside = folders.files_in([submissions])
    assert [file.relative_to(submissions).as_posix() for file in files] == [
        "乙局.json",
        "说明.txt",
        "甲局/master.xlsx",
    ]
    assert aside == []


def test_a_folder_is_validated_and_what_cannot_be_read_is_spoken_of(
    submissions: Path, tmp_path: Path
) -> None:
    report = tmp_path / "report.json"
    assert run(["validate", str(submissions), "--format", "json", "-o", str(report)]) == 1
    content = json.loads(report.read_text(encoding="utf-8"))
    assert content["summary"]["files"] == 2
    assert [Path(entry["file"]).name for entry in content["set_aside"]] == ["说明.txt"]
    assert {Path(finding["file"]).name for finding in content["findings"]} == {
        "乙局.json",
        "master.xlsx",
    }


def test_a_file_of_a_folder_is_never_written_over(
    submissions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = submissions / "乙局.json"
    before = target.read_bytes()
    assert run(["validate", str(submissions), "--format", "json", "-o", str(target)]) == 2
    assert target.read_bytes() == before
    assert str(target) in capsys.readouterr().err


def test_an_empty_folder_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", str(tmp_path)]) == 2
    assert str(tmp_path) in capsys.readouterr().err


def test_a_folder_of_too_many_files_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "MOST_FILES", 3)
    for number in range(4):
        (tmp_path / f"{number}.json").touch()
    with pytest.raises(UserError, match="folder_large"):
        folders.files_in([tmp_path])


def test_folders_too_deep_are_set_aside(tmp_path: Path) -> None:
    deepest = tmp_path.joinpath(*map(str, range(folders.DEEPEST_FOLDER + 1)))
    deepest.mkdir(parents=True)
    (deepest / "a.json").touch()
    (deepest.parent / "b.json").touch()
    files, aside = folders.files_in([tmp_path])
    assert [file.name for file in files] == ["b.json"]
    assert [entry.file for entry in aside] == [str(deepest)]
