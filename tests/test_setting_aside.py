"""Whatever one file does, the others are added up and checked, and it is told why it is not."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from xlperf.__main__ import run
from xlperf.errors import UserError
from xlperf.jobs.many_files import rolling_up
from xlperf.jobs.many_files.file_search import search
from xlperf.jobs.validation import validating

OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def with_part(master: Path, path: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """A copy of a workbook with another content of one part."""
    with zipfile.ZipFile(master) as source, zipfile.ZipFile(path, "w") as target:
        for part_name in source.namelist():
            data = source.read(part_name)
            target.writestr(part_name, change(data) if part_name == name else data)
    return path


def cut_styles(master: Path, folder: Path) -> Path:
    return with_part(master, folder / "cut.xlsx", "xl/styles.xml", lambda x: x[: len(x) // 2])


def cut_book(master: Path, folder: Path) -> Path:
    return with_part(master, folder / "book.xlsx", "xl/workbook.xml", lambda x: x[:-20])


def cut_chart(master: Path, folder: Path) -> Path:
    return with_part(master, folder / "chart.xlsx", "xl/charts/chart1.xml", lambda x: x[:100])


def bad_deflate(master: Path, folder: Path) -> Path:
    """Zeros in the middle of what was packed of the styles."""
    path = folder / "deflate.xlsx"
    data = bytearray(master.read_bytes())
    with zipfile.ZipFile(master) as archive:
        part = archive.getinfo("xl/styles.xml")
    middle = part.header_offset + 30 + len(part.filename) + part.compress_size // 2
    data[middle : middle + 40] = bytes(40)
    path.write_bytes(data)
    return path


def encrypted(master: Path, folder: Path) -> Path:
    """Every part says in the directory that it needs a password."""
    path = folder / "encrypted.xlsx"
    data = bytearray(master.read_bytes())
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 8] |= 1
        at += 4
    path.write_bytes(data)
    return path


DAMAGED = (cut_styles, cut_book, cut_chart, bad_deflate)


@pytest.mark.parametrize("make", [*DAMAGED, encrypted], ids=lambda make: make.__name__)
def test_a_damaged_or_locked_workbook_is_said_to_be_so(
    make: Callable[[Path, Path], Path],
    small_master: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = make(small_master, tmp_path)
    assert run(["read", str(path), "-o", str(tmp_path / "o.json")]) == 2
    message = capsys.readouterr().err
    assert path.name in message and ("密码" if make is encrypted else "已损坏") in message
    assert not (tmp_path / "o.json").exists()


def test_damaged_workbooks_in_a_folder_are_set_aside_and_the_good_one_is_added(
    small_master: Path, tmp_path: Path
) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    bad = {make(small_master, inside).name for make in (*DAMAGED, encrypted)}
    shutil.copy(small_master, inside / "good.xlsx")
    target = tmp_path / "sum.json"
    assert run(["rollup", str(inside), "--json", str(target)]) == 1
    content = json.loads(target.read_text("utf-8"))
    assert content["totals"]["projects"] == 3
    assert {Path(entry["file"]).name for entry in content["set_aside"]} == bad


@pytest.mark.parametrize(
    "error", [ZeroDivisionError(), RecursionError(), MemoryError(), UnicodeError(), SystemError()]
)
def test_an_unforeseen_error_of_one_file_sets_it_aside_and_no_other(
    error: Exception,
    small_master: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    real = rolling_up.open_any

    def failing(path: Path) -> object:
        if path.name == "bad.xlsx":
            raise error
        return real(path)

    for module in (rolling_up, validating):
        monkeypatch.setattr(module, "open_any", failing)
    good, bad = (tmp_path / name for name in ("good.xlsx", "bad.xlsx"))
    for path in (good, bad):
        shutil.copy(small_master, path)
    rollup = rolling_up.roll_up_files([bad, good])
    assert (rollup.files, [aside.file for aside in rollup.set_aside]) == (1, [str(bad)])
    assert rollup.set_aside[0].reason.endswith("。")
    arguments = ["validate", str(bad), str(good), "--fail-on", "never", "--format"]
    assert run([*arguments, "json"]) == 1
    shown = capsys.readouterr()
    content = json.loads(shown.out)
    assert content["summary"]["files"] == 1
    assert [entry["file"] for entry in content["set_aside"]] == [str(bad)]
    assert "未校验" in shown.err and "bad.xlsx" in shown.err
    for form in ("html", "sarif", "text"):
        target = tmp_path / f"report.{form}"
        assert run([*arguments, form, "-o", str(target)]) == 1
        assert "bad.xlsx" in target.read_text("utf-8")
        assert rollup.set_aside[0].reason in target.read_text("utf-8")


def test_where_no_file_can_be_checked_nothing_is_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["validate", str(tmp_path / "a.json"), str(tmp_path / "b.json")]) == 2
    output = capsys.readouterr()
    assert output.out == "" and "a.json" in output.err and "b.json" in output.err


def test_a_folder_passes_over_nothing_that_looks_like_a_submission(
    small_master: Path, sample_json: Path, tmp_path: Path
) -> None:
    ole = {"乙局.xls": "Workbook", "己局.doc": "WordDocument", "庚局.et": "Workbook"}
    for name, stream in ole.items():
        (tmp_path / name).write_bytes(OLE + bytes(600) + stream.encode("utf-16-le") + bytes(600))
    for name in ("甲局.xlsx", "戊局.xlsm", "辛局.et", "壬局"):  # workbooks, whatever their names
        shutil.copy(small_master, tmp_path / name)
    for name in ("丁局.ods", "癸局.zip"):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr("content.xml", "<a/>")
    shutil.copy(sample_json, tmp_path / "子局.json")
    (tmp_path / "丑局.pdf").write_bytes(b"%PDF-1.4\n")
    (tmp_path / "寅局.csv").write_text("项目名称,预算数\n", "utf-8")
    (tmp_path / "卯局.json").write_text('{"projects": [', "utf-8")
    for name in ("~$甲局.xlsx", ".甲局.xlsx", ".~lock.甲局.xlsx#", "说明.txt", "照片.png"):
        (tmp_path / name).write_text("x", "utf-8")
    (tmp_path / "totals.json").write_text("{}", "utf-8")
    submissions = search([tmp_path])
    read = {"甲局.xlsx", "戊局.xlsm", "辛局.et", "壬局"}
    assert {path.name for path in submissions.files} == {*read, "乙局.xls", "庚局.et"}
    damaged = [path for path in submissions.files if path.name not in read]
    rolled = rolling_up.roll_up_files(damaged, aside=submissions.set_aside)
    reasons = {Path(entry.file).name: entry.reason for entry in rolled.set_aside}
    assert set(reasons) == {
        *ole, "丁局.ods", "癸局.zip", "子局.json", "丑局.pdf", "寅局.csv", "卯局.json"
    }  # fmt: skip
    assert all(reason.endswith("。") for reason in reasons.values())
    assert "另存为 .xlsx" in reasons["乙局.xls"] and "另存为 .xlsx" in reasons["丁局.ods"]
    assert "解压" in reasons["癸局.zip"] and "直接写出" in reasons["子局.json"]


def test_a_file_that_is_named_is_read_whatever_it_is_called(sample_json: Path) -> None:
    assert search([sample_json]).files == [sample_json]
    with pytest.raises(UserError):
        rolling_up.roll_up_files([])


@pytest.fixture
def sample_json(small_master: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("record") / "record.json"
    assert run(["read", str(small_master), "-o", str(path)]) == 0
    return path


def test_a_file_that_is_named_is_not_set_aside_by_its_folder_too(tmp_path: Path) -> None:
    named, other = tmp_path / "named.docx", tmp_path / "other.docx"
    for path in (named, other):
        path.write_bytes(b"")
    for paths in ([tmp_path, named], [named, tmp_path]):
        submissions = search(paths)
        assert submissions.files == [named]
        assert [item.file for item in submissions.set_aside] == [str(other)]
