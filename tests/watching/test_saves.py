"""When a save is over, and which findings one brought or settled."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tests.watching.savers import WAYS, record, try_saves
from xlperf.canonical import dumps
from xlperf.cli.watching import _tell
from xlperf.errors import SetAside
from xlperf.record import Raw
from xlperf.watching.files import FileHistory, changes, name_among
from xlperf.watching.saves import Saves, signature
from xlperf.watching.snapshot import UnsettledError, check_snapshot, snapshot
from xlperf.watching.watcher import Watcher, look_once


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return written(tmp_path / "record.json", record())


def written(path: Path, content: Raw) -> Path:
    path.write_text(dumps(content), encoding="utf-8")
    return path


def with_budget(budget: int, **other: object) -> Raw:
    """The small record with a budget beside the 1 yuan of funds."""
    content = record()
    content["projects"][0] |= {"budget": Decimal(budget), **other}
    return content


def test_a_save_is_over_after_a_moment_without_a_change(path: Path) -> None:
    saves = Saves([path], settling=0.4)
    assert saves.due(10.0) == [path]  # nobody has read it yet
    first = signature(path)
    assert first is not None
    saves.was_read(path, first)
    assert saves.due(10.1) == []
    assert not saves.pending
    path.write_text("{", encoding="utf-8")
    assert saves.due(20.0) == []
    assert saves.pending
    assert saves.due(20.3) == []
    path.write_text("{}", encoding="utf-8")  # still being written
    assert saves.due(20.5) == []
    assert saves.due(20.8) == []
    assert saves.due(20.95) == [path]


def test_a_file_of_the_same_size_and_time_under_another_number_is_a_save(path: Path) -> None:
    saves = Saves([path])
    saves.due(0)
    first = signature(path)
    assert first is not None
    saves.was_read(path, first)
    other = path.with_name("other")
    other.write_bytes(path.read_bytes())
    os.utime(other, ns=(first.modified, first.modified))
    other.replace(path)
    saves.due(1)
    assert saves.due(2) == [path]


def test_files_of_a_folder_come_and_go_and_locks_are_none(tmp_path: Path) -> None:
    saves = Saves([tmp_path])
    assert saves.due(0) == []  # empty, and that is no fault
    one = written(tmp_path / "one.json", record())
    written(tmp_path / "~$one.json", record())
    written(tmp_path / ".~lock.json", record())
    assert saves.due(1) == [one]
    one.unlink()
    assert saves.due(2) == []
    assert saves.files == []


def test_what_changes_while_it_is_copied_is_not_read(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def copy_while_saved(source: Path, target: Path) -> None:
        target.write_bytes(source.read_bytes()[:10])
        source.write_text("{}", encoding="utf-8")

    monkeypatch.setattr("xlperf.watching.snapshot.shutil.copyfile", copy_while_saved)
    with pytest.raises(UnsettledError), snapshot(path):
        pass


def test_a_full_disk_is_not_told_as_a_file_in_use(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    written(path, with_budget(100))
    monkeypatch.setattr("xlperf.watching.snapshot.shutil.copyfile", full)
    (history,) = look_once([path])
    assert "TMPDIR" in history.fault and path.name not in history.fault
    reasons: list[str] = []
    watcher = Watcher([path], lambda history: reasons.append(history.trouble))
    for now in (0.0, 10.0):
        watcher.look(now)
    assert reasons and all("TMPDIR" in words for words in reasons)


def test_findings_and_refusals_name_the_file_and_not_its_copy(path: Path) -> None:
    with snapshot(path) as (copy, _):
        assert copy != path
        checked = check_snapshot(path, copy)
        assert not isinstance(checked, SetAside)
        assert {finding.file for finding in checked.findings} == {str(path)}
    path.write_text("{", encoding="utf-8")
    with snapshot(path) as (copy, _):
        aside = check_snapshot(path, copy)
    assert isinstance(aside, SetAside)
    assert str(path) in aside.reason
    assert str(copy.parent) not in aside.reason


def test_what_is_new_and_what_was_settled(path: Path) -> None:
    """The budget goes wrong, then right; a project before it moves every position."""

    def findings(content: Raw) -> FileHistory:
        (history,) = look_once([written(path, content)])
        return history

    right, wrong = findings(with_budget(1)).findings, findings(with_budget(5)).findings
    added, settled = changes(right, wrong)
    assert [(item.code, item.path) for item in added] == [("AMT202", ("projects", 0, "budget"))]
    assert settled == []
    more = with_budget(5)
    more["projects"].insert(0, {**record()["projects"][0], "code": "P0", "name": "Bridges"})
    moved = findings(more).findings
    added, _ = changes(wrong, moved)
    assert [item for item in added if item.code == "AMT202"] == []  # only its position changed
    added, settled = changes(moved, right)
    assert "AMT202" in {item.code for item in settled}
    otherwise = findings(with_budget(7)).findings
    assert changes(wrong, otherwise) == ([], [])  # the same fault at the same place


def test_an_explained_finding_is_settled(path: Path) -> None:
    (history,) = look_once([written(path, with_budget(5))])
    (fault,) = [item for item in history.findings if item.code == "AMT202"]
    explained = [replace(item, standing="explained") for item in (fault,)]
    assert explained[0].explained
    assert changes([fault], explained) == ([], [fault])


def test_what_cannot_be_read_leaves_the_last_findings(path: Path) -> None:
    (history,) = look_once([path])
    before = history.findings
    history.take(SetAside(str(path), "broken"), datetime(2021, 1, 1))
    assert history.findings == before
    assert (history.trouble, history.saves) == ("broken", 1)


def test_a_file_that_is_gone_is_said_to_be_so_and_welcome_back(path: Path) -> None:
    lines = []
    watcher = Watcher([path], lambda history: lines.append((history.trouble, history.saves)))
    watcher.look(0)
    data = path.read_bytes()
    path.unlink()
    watcher.look(1)
    watcher.look(2)
    assert len(lines) == 1  # perhaps it is only being replaced
    watcher.look(3.5)
    assert "不在了" in lines[-1][0]
    path.write_bytes(data)
    watcher.look(5)
    watcher.look(6)
    assert lines[-1] == ("", 2)


def test_other_settings_are_a_reason_to_look_again(path: Path) -> None:
    lines = []
    watcher = Watcher([path], lambda history: lines.append((history.trouble, history.saves)))
    watcher.look(0)
    settings = path.with_name("xlperf.toml")
    settings.write_text("profile =", encoding="utf-8")
    watcher.look(1)
    watcher.look(2)
    assert "xlperf.toml" in lines[-1][0]
    settings.unlink()
    for now in range(3, 8):
        watcher.look(now)
    assert lines[-1] == ("", 2)
    assert len(lines) == 3


def test_a_name_gives_the_terminal_no_commands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for trouble in ("", "broken"):
        history = FileHistory(written(tmp_path / "a.json", record()), "\x1b[31m\r.json")
        (fresh_history,) = look_once([history.path])
        history.checked, history.saved, history.trouble = (
            fresh_history.checked,
            fresh_history.saved,
            trouble,
        )
        _tell(history)
    output = capsys.readouterr().out
    assert output.count("[31m") == 2
    assert not {"\x1b", "\r"} & set(output)


def test_a_damaged_file_that_was_away_is_still_damaged(path: Path) -> None:
    path.write_text("{", encoding="utf-8")
    watcher = Watcher([path], lambda history: None)
    watcher.look(0)
    (history,) = watcher.files
    fault = history.trouble
    aside = path.rename(path.with_suffix(".away"))
    watcher.look(1)
    watcher.look(4)
    assert "不在了" in history.trouble
    aside.rename(path)  # as it was: nothing to validate
    watcher.look(5)
    watcher.look(6)
    assert fault
    assert history.trouble == fault


def test_an_absence_is_over_once_the_file_is_back_as_it_was(path: Path) -> None:
    """A second absence is not taken for the first."""
    lines = []
    watcher = Watcher([path], lambda history: lines.append(history.trouble))
    watcher.look(0)
    for away in (1, 10):
        aside = path.rename(path.with_suffix(".away"))
        watcher.look(away)
        aside.rename(path)
        watcher.look(away + 1)
    assert lines == [""]


def test_an_absence_ends_with_the_watching_of_a_file(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    one = written(folder / "one.json", record())
    lines = []
    watcher = Watcher([folder], lambda history: lines.append(history.trouble))
    watcher.look(0)
    for away in (1, 10):
        aside = folder.rename(tmp_path / "away")
        watcher.look(away)
        assert [history.path for history in watcher.files] == [folder]
        aside.rename(folder)
        watcher.look(away + 1)
        assert [history.path for history in watcher.files] == [one]
    assert set(lines) == {""}  # never said to be gone


@pytest.mark.parametrize(
    ("path", "sources", "name"),
    [
        ("/d/a.xlsx", ["/d/a.xlsx"], "a.xlsx"),
        ("/d/a.xlsx", ["/d"], "a.xlsx"),
        ("/d/sub/a.xlsx", ["/d"], "sub/a.xlsx"),
        ("/d/sub/a.xlsx", ["/d", "/d"], "sub/a.xlsx"),
        ("/d/sub/a.xlsx", ["/d", "/e"], "d/sub/a.xlsx"),
        ("/d/a.xlsx", ["/d/a.xlsx", "/d/b.xlsx"], "a.xlsx"),
        ("/d/a.xlsx", ["/d/a.xlsx", "/e/a.xlsx"], "/d/a.xlsx"),
        ("/1/d/a.xlsx", ["/1/d", "/2/d"], "/1/d/a.xlsx"),
        ("sub/a.xlsx", ["."], "sub/a.xlsx"),
        ("a.xlsx", ["a.xlsx"], "a.xlsx"),
    ],
)
def test_files_of_one_name_are_told_apart(path: str, sources: list[str], name: str) -> None:
    assert name_among(Path(path), [Path(source) for source in sources]) == str(Path(name))


def test_saves_of_every_kind_are_seen_and_read_whole(tmp_path: Path) -> None:
    """`python -m tests.watching.savers` does it a hundred times, with LibreOffice too."""
    missed, witness = try_saves(tmp_path / "book.xlsx", WAYS, len(WAYS))
    assert missed == []
    assert witness.troubles == []
    assert witness.budgets == [1, 1001, 1002, 1003, 1004]
