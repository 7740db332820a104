"""Bad input: one clear sentence with the remedy, exit 2, nothing written."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from xlperf.__main__ import run

OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def broken_json(folder: Path) -> Path:
    path = folder / "broken.json"
    path.write_text('{"projects": [', encoding="utf-8")
    return path


def json_list(folder: Path) -> Path:
    path = folder / "list.json"
    path.write_text("[1, 2]", encoding="utf-8")
    return path


def foreign_json(folder: Path) -> Path:
    path = folder / "foreign.json"
    path.write_text('{"hello": 1}', encoding="utf-8")
    return path


def wrong_types(folder: Path) -> Path:
    path = folder / "types.json"
    path.write_text('{"edition": "hebei-2021", "projects": {"a": 1}}', encoding="utf-8")
    return path


def deep_json(folder: Path) -> Path:
    path = folder / "deep.json"
    path.write_text('{"projects":' + "[" * 100_000 + "]" * 100_000 + "}", encoding="utf-8")
    return path


def nan_json(folder: Path) -> Path:
    path = folder / "nan.json"
    path.write_text('{"edition": "hebei-2021", "projects": [{"budget": NaN}]}', encoding="utf-8")
    return path


def half_character(folder: Path) -> Path:
    path = folder / "half.json"
    path.write_text('{"edition": "\\ud800", "projects": []}', encoding="utf-8")
    return path


def not_a_workbook(folder: Path) -> Path:
    path = folder / "picture.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 100)
    return path


def somebody_elses(folder: Path) -> Path:
    path = folder / "other.xlsx"
    book = Workbook()
    book.active["A1"] = "工资表"
    book.save(path)
    return path


def old_xls(folder: Path) -> Path:
    path = folder / "old.xls"
    path.write_bytes(OLE + b"\0" * 600 + "Workbook".encode("utf-16-le") + b"\0" * 600)
    return path


def locked(folder: Path) -> Path:
    path = folder / "locked.xlsx"
    path.write_bytes(OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600)
    return path


def truncated(folder: Path) -> Path:
    whole = somebody_elses(folder).read_bytes()
    path = folder / "cut.xlsx"
    path.write_bytes(whole[: len(whole) // 2])
    return path


def bomb(folder: Path) -> Path:
    path = folder / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<a/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (64 * 2**20))
    return path


def entities(folder: Path) -> Path:
    plain = somebody_elses(folder)
    path = folder / "entity.xlsx"
    evil = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/workbook.xml":
                data = evil + data.replace(b"<?xml version='1.0' encoding='UTF-8'?>", b"")
            target.writestr(name, data)
    return path


def no_file(folder: Path) -> Path:
    return folder / "missing.json"


def folder_itself(folder: Path) -> Path:
    (folder / "inner").mkdir(exist_ok=True)
    return folder / "inner"


def no_document(folder: Path) -> Path:
    path = folder / "diary.txt"
    path.write_text("今天天气不错。\n", encoding="utf-8")
    return path


def odd_encoding(folder: Path) -> Path:
    path = folder / "odd.txt"
    path.write_bytes(b"\xff\xff\x80\x81 not text \xfe\xff")
    return path


def old_doc(folder: Path) -> Path:
    path = folder / "old.doc"
    path.write_bytes(OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le") + b"\0" * 600)
    return path


ANY = (broken_json, json_list, foreign_json, deep_json, nan_json, half_character, not_a_workbook,
       somebody_elses, old_xls, locked, truncated, bomb, entities, no_file, folder_itself,
       no_document, odd_encoding, old_doc)  # fmt: skip
BOOKS = (not_a_workbook, somebody_elses, old_xls, locked, truncated, bomb, entities, no_file,
         broken_json, folder_itself)  # fmt: skip
TEXTS = (not_a_workbook, old_doc, no_file, no_document, odd_encoding, folder_itself)


def refused(capsys: pytest.CaptureFixture[str], folder: Path, *arguments: str) -> str:
    before = sorted(folder.rglob("*"))
    assert run([*arguments, "--lang", "zh"]) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert "Traceback" not in output.err
    assert len(output.err.strip().splitlines()) == 1
    assert output.err.rstrip().endswith(("。", "）"))
    assert "意料之外" not in output.err
    assert sorted(folder.rglob("*")) == before
    return output.err


@pytest.mark.parametrize("make", [*ANY, wrong_types], ids=lambda make: make.__name__)
def test_generate_refuses_what_it_cannot_read(
    make: Callable[[Path], Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = make(tmp_path)
    message = refused(capsys, tmp_path, "generate", str(source), "-o", str(tmp_path / "out.xlsx"))
    assert source.name in message


@pytest.mark.parametrize("make", [*ANY, wrong_types], ids=lambda make: make.__name__)
def test_publish_refuses_what_it_cannot_read(
    make: Callable[[Path], Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = make(tmp_path)
    message = refused(capsys, tmp_path, "publish", str(source), "-o", str(tmp_path / "out.docx"))
    assert source.name in message


@pytest.mark.parametrize("make", ANY, ids=lambda make: make.__name__)
def test_validate_refuses_what_it_cannot_read(
    make: Callable[[Path], Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused(capsys, tmp_path, "validate", str(make(tmp_path)))


@pytest.mark.parametrize("make", BOOKS, ids=lambda make: make.__name__)
def test_read_refuses_what_is_no_master_workbook(
    make: Callable[[Path], Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused(capsys, tmp_path, "read", str(make(tmp_path)), "-o", str(tmp_path / "out.json"))


@pytest.mark.parametrize("make", TEXTS, ids=lambda make: make.__name__)
def test_import_refuses_what_is_no_document(
    make: Callable[[Path], Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused(capsys, tmp_path, "import", str(make(tmp_path)), "-o", str(tmp_path / "out.json"))


def test_a_target_that_cannot_be_written_is_refused(
    master: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "taken.json").mkdir()
    for target in (tmp_path / "nowhere" / "out.json", tmp_path / "taken.json"):
        refused(capsys, tmp_path, "read", str(master), "-o", str(target))
    (tmp_path / "file").write_text("x", encoding="utf-8")
    refused(capsys, tmp_path, "demo", str(tmp_path / "file" / "inside"))


def test_nothing_is_written_over_what_is_read(
    master: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "master.xlsx"
    copy.write_bytes(master.read_bytes())
    refused(capsys, tmp_path, "generate", str(copy), "-o", str(copy))
    assert copy.read_bytes() == master.read_bytes()


def test_a_failed_write_leaves_the_old_file_as_it_was(
    master: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    old = tmp_path / "out.json"
    old.write_text("old", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(Path, "write_bytes", full)
    refused(capsys, tmp_path, "read", str(master), "-o", str(old))
    assert old.read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize(
    "arguments",
    [["nonsense"], ["read"], ["generate", "a.json"], ["validate", "--what", "x"], ["explain", "X1"],
     ["validate", "--profile", "mars", "x"], ["rollup", "x"], ["validate", "--select", "ZZZ", "x"]],
)  # fmt: skip
def test_a_command_that_is_wrong_is_refused_in_one_sentence(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert refused(capsys, tmp_path, *arguments)


def test_a_workbook_with_a_form_whose_sheet_is_damaged_is_refused(
    master: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "damaged.xlsx"
    with zipfile.ZipFile(master) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data[:-200] if name.endswith("sheet4.xml") else data)
    refused(capsys, tmp_path, "read", str(path), "-o", str(tmp_path / "o.json"))
    assert load_workbook(master)
