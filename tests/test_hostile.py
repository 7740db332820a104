"""Hostile and odd inputs: bounded before anything is built, told in a sentence, never obeyed."""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import stat
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.documents.test_other_layouts import read
from xlperf.__main__ import run
from xlperf.canonical import dumps, loads
from xlperf.characters.control import on_one_line, visible
from xlperf.cli import running as entry
from xlperf.comparison.sequence_diff import steps
from xlperf.documents.blocks import list_formats
from xlperf.documents.html import reader
from xlperf.errors import UserError
from xlperf.layout import Box
from xlperf.layout.addresses import area_of, box_of
from xlperf.reading import Reading
from xlperf.record import Raw, amount, round_cent
from xlperf.rules import catalogue
from xlperf.rules import core as rules_core
from xlperf.rules.text.lexicon import without_end
from xlperf.storage import files, temporary_files
from xlperf.workbook.package import cell_count_limits, part_size_limits
from xlperf.workbook.package.open_safely import values_of

SECONDS = 60  # far more than a linear rule needs; a quadratic one needs minutes
LONG = 32_000


@pytest.fixture
def record(tmp_path: Path, small: Raw) -> Path:
    path = tmp_path / "in.json"
    path.write_text(dumps(small), encoding="utf-8")
    return path


def stderr_of(capsys: pytest.CaptureFixture[str], status: int, *words: object) -> str:
    """What a command that ends with a status says on standard error."""
    capsys.readouterr()
    assert run([*map(str, words), "--lang", "zh"]) == status
    return capsys.readouterr().err


def refusal(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    """The one sentence of a command that is refused."""
    sentence = stderr_of(capsys, 2, *words)
    assert len(sentence.strip().splitlines()) == 1
    assert "意料之外" not in sentence
    return sentence


def patched(source: Path, target: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """A copy of a zip with one part changed."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", 8) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == part else data)
    return target


# Bounds.


def test_a_name_over_all_cells_is_no_name() -> None:
    assert box_of("'x'!$A$1:$XFD$1048576") is None
    assert area_of("$A$1:$XFD$1048576") == Box(1, 1, 16_384, 1_048_576)
    assert box_of("$A$1:$J$10000") == Box(1, 1, 10, 10_000)
    assert area_of("$A$1:$A$1048577") is None
    assert area_of("$XFE$1") is None


def test_a_workbook_with_a_name_over_all_cells_is_read_without_it(
    small_master: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def widen(xml: bytes) -> bytes:
        return re.sub(rb'(name="XPF_budget"[^>]*>[^<!]*)![^<]*', rb"\1!$A$1:$XFD$1048576", xml)

    wide = patched(small_master, tmp_path / "wide.xlsx", "xl/workbook.xml", widen)
    out = tmp_path / "o.json"
    assert run(["read", str(wide), "-o", str(out)]) == 0
    assert len(json.loads(out.read_text(encoding="utf-8"))["projects"]) == 3


def test_a_merged_area_larger_than_any_form_is_refused_with_its_place(
    small_master: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def merge(xml: bytes) -> bytes:
        more = b'<mergeCell ref="A500:XFD1048576"/></mergeCells>'
        return xml.replace(b"</mergeCells>", more)

    wide = patched(small_master, tmp_path / "m.xlsx", "xl/worksheets/sheet4.xml", merge)
    sentence = refusal(capsys, "read", wide, "-o", tmp_path / "o.json")
    assert "A500:XFD1048576" in sentence


def test_links_over_whole_sheets_are_refused(
    small_master: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def link(xml: bytes) -> bytes:
        link = b'<hyperlinks><hyperlink ref="A1:XFD9999" location="A1"/></hyperlinks>'
        return xml.replace(b"</worksheet>", link + b"</worksheet>")

    wide = patched(small_master, tmp_path / "l.xlsx", "xl/worksheets/sheet4.xml", link)
    assert "解压后大得不正常" in refusal(capsys, "validate", wide)


def test_a_part_that_stands_twice_is_written_once(
    small_master: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    twice = tmp_path / "twice.xlsx"
    twice.write_bytes(small_master.read_bytes())
    with zipfile.ZipFile(twice, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/charts/chart1.xml", archive.read("xl/charts/chart1.xml"))
    assert run(["fix", str(twice), "-o", str(tmp_path / "once.xlsx"), "--unsafe"]) in (0, 1)
    assert "Duplicate" not in capsys.readouterr().err
    with zipfile.ZipFile(tmp_path / "once.xlsx") as archive:
        names = archive.namelist()
    assert len(names) == len(set(names)) and "xl/charts/chart1.xml" in names


def test_a_cell_outside_the_sheet_is_damage(
    small_master: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def zero(xml: bytes) -> bytes:
        return re.sub(rb'<c r="A1"', b'<c r="A0"', xml, count=1)

    path = patched(small_master, tmp_path / "z.xlsx", "xl/worksheets/sheet4.xml", zero)
    for command in ("read", "repair"):
        out = tmp_path / ("o.json" if command == "read" else "o.xlsx")
        assert "已损坏" in refusal(capsys, command, path, "-o", out)


def test_more_cells_and_larger_parts_than_bounds_allow_are_refused(
    small_master: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cell_count_limits.check_parts(small_master)
    for name, value in (("MOST_SHEET", 1000), ("MOST_STYLES", 1000), ("MOST_SHEETS", 1000)):
        with monkeypatch.context() as patch, pytest.raises(UserError) as caught:
            patch.setattr(part_size_limits, name, value)
            cell_count_limits.check_parts(small_master)
        assert caught.value.key == "bomb"
    monkeypatch.setattr(cell_count_limits, "MOST_BYTES_UNCOUNTED", 0)
    cell_count_limits.check_parts(small_master)
    monkeypatch.setattr(cell_count_limits, "MOST_SHEET_CELLS", 100)
    with pytest.raises(UserError):
        cell_count_limits.check_parts(small_master)


@pytest.mark.parametrize(
    "text",
    ['{"projects":' + "[" * 900 + "]" * 900 + "}", '{"projects": [{"budget": 1e9999999999}]}'],
    ids=["deep", "exponent"],
)
def test_json_that_no_record_can_be_is_refused(text: str) -> None:
    with pytest.raises(UserError) as caught:
        loads(text)
    assert caught.value.key == "odd_json"


def test_a_number_longer_than_spreadsheets_know_is_no_amount() -> None:
    assert amount("9" * 400) is not None
    assert amount("9" * 401) is None
    large = amount("1" + "0" * 60 + ".005")
    assert large is not None
    assert str(round_cent(large)) == "1" + "0" * 60 + ".01"


@pytest.mark.parametrize("text", ["x = " + "[" * 3000, "x = " + "1" * 6000], ids=["deep", "long"])
def test_settings_nested_too_deep_are_refused(
    text: str, record: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (record.parent / "xlperf.toml").write_text(text, encoding="utf-8")
    assert "不是合法的 TOML" in refusal(capsys, "validate", record)


def test_half_of_a_character_in_word_is_shown_as_missing() -> None:
    assert list_formats.sign("D800", "") == "\ufffd"


@pytest.mark.parametrize("charset", ["undefined", "idna", "punycode", "unicode_escape", "rot13"])
def test_an_encoding_that_is_none_of_texts_is_passed_over(charset: str) -> None:
    page = f'<html><meta charset="{charset}"><p>绩效</p></html>'
    assert reader.decode(page.encode()) == page


def test_tables_nested_without_end_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "in.html"
    path.write_text("<html>" + "<table>" * 30_000, encoding="utf-8")
    assert "解压后大得不正常" in refusal(capsys, "import", path, "-o", tmp_path / "o.json")


def test_cells_that_a_row_is_said_to_have_are_not_made(small_master: Path, tmp_path: Path) -> None:
    def widen(xml: bytes) -> bytes:
        rows = (f'<row r="{row}"><c r="XFD{row}"/></row>' for row in range(500, 20_000))
        return xml.replace(b"</sheetData>", "".join(rows).encode() + b"</sheetData>")

    wide = patched(small_master, tmp_path / "w.xlsx", "xl/worksheets/sheet4.xml", widen)
    title = load_workbook(wide, read_only=True).sheetnames[3]
    with within(SECONDS):  # 16,384 cells a row are 300 million
        values = values_of(wide)(title)
    assert max(row for row, _ in values) < 500


def test_words_in_place_of_a_number_are_not_taken_for_one(
    small_master: Path, tmp_path: Path
) -> None:
    book = load_workbook(small_master)
    sheet = next(s for s in book.worksheets if "XPF_safeguards__ordinal" in s.defined_names)
    box = box_of(str(sheet.defined_names["XPF_safeguards__ordinal"].attr_text))
    assert box is not None
    sheet.cell(*box.at).value = "待核"
    book.save(tmp_path / "in.xlsx")
    run(["read", str(tmp_path / "in.xlsx"), "-o", str(tmp_path / "o.json")])
    record = json.loads((tmp_path / "o.json").read_text(encoding="utf-8"))
    assert [entry["text"] for entry in record["leftovers"]] == ["待核"]


# What is no file, and places that take none.


def test_only_regular_files_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero")):
        assert "不是普通文件" in refusal(capsys, "validate", path)
    assert "不是普通文件" in refusal(capsys, "validate", tmp_path)  # which is all there is in it
    assert "是文件夹" in refusal(capsys, "fix", tmp_path, "-o", tmp_path / "o.xlsx")


def test_only_regular_files_are_written_over(
    record: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pipe = record.parent / "pipe.xlsx"
    os.mkfifo(pipe)
    assert "不是普通文件" in refusal(capsys, "generate", record, "-o", pipe)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize("length", [246, 251, 300])
def test_names_too_long_for_the_disk_are_told(
    length: int, record: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "a" * length
    out = record.parent / f"{name}.xlsx"
    if length < 250:
        assert stderr_of(capsys, 0, "generate", record, "-o", out) == ""
        return
    assert "文件名太长" in refusal(capsys, "generate", record, "-o", out)
    assert "文件名太长" in refusal(capsys, "validate", record.parent / f"{name}.json")
    assert [path.name for path in record.parent.iterdir()] == ["in.json"]


def test_no_place_for_temporary_files_is_told(
    record: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere/at/all")
    assert "存放临时文件的位置" in refusal(
        capsys, "generate", record, "-o", record.parent / "o.xlsx"
    )


def test_a_full_disk_for_temporary_files_is_told(
    record: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("openpyxl.writer.excel.ExcelWriter.save", full)
    assert "磁盘已满" in refusal(capsys, "generate", record, "-o", record.parent / "o.xlsx")


def test_a_disk_that_fills_up_while_sheets_are_written_is_told_and_nothing_else(
    record: Path, tmp_path: Path
) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    command = [sys.executable, "-m", "xlperf", "generate", str(record), "-o", "o.xlsx"]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env={
            **{**os.environ, "TMPDIR": str(place), "XLPERF_LANG": "zh"},
            "PYTHONDONTWRITEBYTECODE": "1",  # what Python compiles would be cut off and kept
        },
        capture_output=True,
        text=True,
        check=False,
        # a file may have 20,000 bytes, and a sheet has more: as on a disk that is nearly full
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch("存放临时文件的位置不能用（超出了文件大小的限制）。[^\n]*\n", done.stderr)
    assert list(place.iterdir()) == []


def test_an_error_whose_log_cannot_be_written_is_still_one_sentence(
    record: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def breaks(*_: object) -> None:
        raise RuntimeError("what nobody foresaw")

    monkeypatch.setattr(entry, "build", breaks)
    monkeypatch.setenv("XLPERF_LOG_FOLDER", str(record))  # a file, in which nothing can be made
    sentence = stderr_of(capsys, 2, "validate", record)
    assert "what nobody foresaw" in sentence
    assert len(sentence.splitlines()) == 1


# What killed runs left, links, permissions.


def test_the_next_run_removes_what_a_killed_one_left(record: Path) -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)  # its number is free now
    machine = temporary_files._machine()
    gone = record.parent / f".xlperf-{machine}-{child}-abc.xlsx"
    other_files = [
        record.parent / f".xlperf-{machine}-{os.getppid()}-abc.xlsx",  # it is still running
        record.parent / f".xlperf-00000000-{child}-abc.xlsx",  # another machine's
        record.parent / ".xlperf-abc.xlsx",
        record.parent / f".other-{machine}-{child}-abc.xlsx",
    ]
    for path in (gone, *other_files):
        path.write_bytes(b"half")
    assert run(["generate", str(record), "-o", str(record.parent / "o.xlsx")]) == 0
    assert not gone.exists()
    assert all(path.exists() for path in other_files)


def test_what_this_process_is_writing_is_not_removed(tmp_path: Path) -> None:
    with (
        temporary_files.neighbour(tmp_path / "a.txt") as first,
        temporary_files.neighbour(tmp_path / "b") as _,
    ):
        assert first.exists()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_for_temporary_files_of_a_killed_run_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left = tmp_path / f"xlperf-{temporary_files._machine()}-{2**22 + 1}-abc"
    left.mkdir()
    (left / "sheet.xml").write_bytes(b"half")
    with files.temporary_folder() as folder:
        assert tempfile.gettempdir() == str(folder)
        assert list(tmp_path.iterdir()) == [folder]
    assert list(tmp_path.iterdir()) == []


def test_a_link_is_followed_and_permissions_are_kept(record: Path, tmp_path: Path) -> None:
    real = tmp_path / "elsewhere" / "real.xlsx"
    real.parent.mkdir()
    real.write_bytes(b"old")
    real.chmod(0o640)
    link = tmp_path / "link.xlsx"
    link.symlink_to(real)
    assert run(["generate", str(record), "-o", str(link)]) == 0
    assert link.is_symlink()
    assert zipfile.is_zipfile(real)
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_read_only_file_is_left_as_it_is(
    record: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "final.xlsx"
    target.write_bytes(b"final")
    target.chmod(0o444)
    assert "只读" in refusal(capsys, "generate", record, "-o", target)
    assert target.read_bytes() == b"final"
    target.chmod(0o644)
    assert run(["generate", str(record), "-o", str(target)]) == 0


def test_links_in_a_circle_are_told(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    link = record.parent / "a.xlsx"
    link.symlink_to(record.parent / "b.xlsx")
    (record.parent / "b.xlsx").symlink_to(link)
    assert "链接绕成了圈" in refusal(capsys, "generate", record, "-o", link)


# Control characters.


def test_control_characters_become_signs() -> None:
    assert visible("a\x1b[31mb\x07\x7f\x9b2J\u202e\tc\n") == "a␛[31mb␇␡<U+009B>2J<U+202E>\tc\n"
    assert on_one_line("a\nb\n") == "a␊b"


def test_nothing_that_a_document_says_commands_the_terminal(
    small: Raw, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evil = "\x1b]0;owned\x07\x9b2J"
    made: Any = loads(dumps(small))
    made["projects"][0]["name"] += evil
    made["projects"][0]["indicators"][0]["target"] = f"≧ 90 %{evil}"
    made["department"]["name"] += evil
    path = tmp_path / f"in{evil}.json"
    path.write_text(dumps(made), encoding="utf-8")
    commands = (
        *(["validate", path], ["fix", path, "--diff"], ["rollup", path, "--json", tmp_path / "r"]),
        *(["validate", path, "--format", form] for form in ("json", "sarif", "html")),
        *(["validate", tmp_path / f"no{evil}.json"], ["publish", path, "-o", tmp_path / "o.txt"]),
    )
    for words in commands:
        run([str(word) for word in words])
        output = capsys.readouterr()
        for sign in "\x1b\x07\x9b":
            assert sign not in output.out + output.err, words
    assert run(["validate", str(path)]) == 1
    assert "␛]0;owned␇" in capsys.readouterr().out


def test_a_control_character_is_shown_in_a_marked_workbook(small: Raw, tmp_path: Path) -> None:
    made: Any = loads(dumps(small))
    made["projects"][0]["name"] = "修\x07路"
    path, out = tmp_path / "in.json", tmp_path / "o.xlsx"
    path.write_text(dumps(made), encoding="utf-8")
    assert run(["validate", str(path), "--annotate", str(out)]) == 1
    book = load_workbook(out)
    notes = [c.comment.text for s in book.worksheets for c in s._cells.values() if c.comment]
    listed = [str(cell.value) for cell in book["问题清单"]._cells.values()]
    assert any("␇" in text for text in (*notes, *listed))


# Rules and fixes are linear in the length of a text.


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """Fail what does not end in time, however busy the machine is."""

    def late(*_: object) -> None:
        raise AssertionError("not done in time")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize(
    "piece", ["1", "1,", "一", "第一", "一十", "二千", "，", "?", "…", "a b", "0一", "中", "“"]
)
def test_no_rule_takes_longer_than_the_length_of_a_text_asks_for(piece: str, small: Raw) -> None:
    made: Any = loads(dumps({**small, "projects": small["projects"][:1]}))
    text = piece * (LONG // len(piece))
    made["overall_goal"] = made["activities"][0]["goal"] = text
    project = made["projects"][0]
    project["name"], project["purpose"], project["goals"] = text, text, [text]
    for indicator in project["indicators"]:
        indicator["name"], indicator["description"] = text, text
    with within(SECONDS):
        rules_core.run(Reading(made, source="x"), catalogue().values())


PADDED = """
项目绩效目标一览表（2023年度）
金额单位{b}某元
填报部门 | 333{b}1
项目编码 | 项目名称 | 预算数 | 产出指标 | 效益指标 | 满意度指标
13042523P00V3X110026A | 水库加固 | 1200 | 加固水库{b}：{b}2座 | 保护{b}人口 | 满意度：{b}≥90%
"""


def test_cells_full_of_blanks_are_read_in_time(tmp_path: Path) -> None:
    with within(SECONDS):
        record = read(PADDED.format(b=" " * LONG), tmp_path, "form.docx")[0].record
    indicators = record["projects"][0]["indicators"]
    assert [indicator.get("target") for indicator in indicators] == ["2座", None, "≥90%"]
    assert [indicators[n]["name"] for n in (0, 2)] == ["加固水库", "满意度"]
    assert indicators[1]["name"].split() == ["保护", "人口"]


PADDED_FORM = """
项目支出绩效目标表
2024年{b}1月-6月
2024年{b}1{b}-{b}6月{b}止
项目名称 | 水库加固 | 项目起止时间 | 2024年{b}1{b}-{b}6月{b}底
项目资金 | 年度资金总额 | ¥{b}1200{b}元 |
绩效目标 | 加固水库2座 | 其中：财政拨款 | {b}元整
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 加固水库 | {b}2座
"""


def test_a_form_full_of_blanks_is_read_in_time(tmp_path: Path) -> None:
    with within(SECONDS):
        record = read(PADDED_FORM.format(b=" " * LONG), tmp_path, "form.docx")[0].record
    (project,) = record["projects"]
    assert (record["fiscal_year"], project["name"]) == (2024, "水库加固")
    assert project["budget"] == Decimal(1200)
    assert [(indicator["name"], indicator["target"]) for indicator in project["indicators"]] == [
        ("加固水库", "2座")
    ]


PADDED_WORDS = """
某某{b}局2025年部门预算
项目编码 | 1303{b}0025 | 项目名称 | 水库加固
指标{b}类别 | 指标名称 | 目标值 | 评分标准
产出指标{b}数量指标 | 加固水库 | {b}2座 | {b}扣分
"""


@pytest.mark.parametrize("sign", [" ", "-", "1", "1-", "（", "年"])
def test_titles_and_levels_full_of_one_sign_are_read_in_time(sign: str, tmp_path: Path) -> None:
    padded = PADDED_WORDS.format(b=sign * LONG)
    with within(SECONDS):
        record = read(padded, tmp_path, "form.html")[0].record
    (project,) = record["projects"]
    assert project["name"] == "水库加固"
    assert [indicator["name"] for indicator in project["indicators"]] == ["加固水库"]


def test_fixes_of_a_long_text_come_to_an_end(
    small: Raw, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made: Any = loads(dumps(small))
    made["projects"][0]["goals"] = ["二" * LONG + "，，"]
    path = tmp_path / "in.json"
    path.write_text(dumps(made), encoding="utf-8")
    with within(SECONDS):
        assert run(["fix", str(path), "--diff"]) == 0


def test_what_differs_is_told_piece_by_piece_or_as_one_where_all_is_alike() -> None:
    assert steps("abc", "axc") == [
        ("equal", 0, 1, 0, 1),
        ("replace", 1, 2, 1, 2),
        ("equal", 2, 3, 2, 3),
    ]
    assert steps("", "") == []
    assert steps("二二", "二") == [("equal", 0, 1, 0, 1), ("delete", 1, 2, 1, 1)]
    with within(SECONDS):
        whole = steps("x" + "二" * LONG + "y", "z" + "二" * LONG + "w")
    assert whole == [("replace", 0, LONG + 2, 0, LONG + 2)]


def test_words_at_the_end_go_one_after_the_other() -> None:
    assert without_end("全年共计不少于", "before_a_number") == "全年"
    assert without_end("达" * 5000, "before_a_number") == ""
    assert without_end("道路", "before_a_number") == "道路"


# Settings beside a submission.


@pytest.fixture
def quiet(record: Path) -> Path:
    """A record beside which a settings file switches nearly everything off."""
    text = 'select = ["PLN"]\n[severity]\nPLN301 = "info"\n[thresholds]\noctober_share = 70\n'
    (record.parent / "xlperf.toml").write_text(text, encoding="utf-8")
    return record


def test_every_report_names_its_settings_and_what_they_switched_off(
    quiet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    number = sum(not code.startswith("PLN") for code in catalogue())
    sentence = f"关闭了 {number} 条规则"
    marked, review = quiet.parent / "m.xlsx", quiet.parent / "r.xlsx"
    for form in ("text", "sarif", "html"):
        run(["validate", str(quiet), "--format", form])
        output = capsys.readouterr().out
        assert sentence in output and "xlperf.toml" in output, form
    run(["validate", str(quiet), "--format", "json"])
    (used,) = json.loads(capsys.readouterr().out)["settings"]
    assert used["settings"] == str(quiet.parent / "xlperf.toml")
    assert len(used["off"]) == number
    assert (used["severity"], used["thresholds"]) == ({"PLN301": "info"}, {"october_share": 70})
    run(["validate", str(quiet), "--annotate", str(marked), "--review", str(review)])
    for path, title in ((marked, "问题清单"), (review, "项目绩效目标审核工作表")):
        assert sentence in str(load_workbook(path)[title]["A2"].value), title
    run(["fix", str(quiet), "--diff"])
    assert sentence in capsys.readouterr().err


def test_settings_files_are_left_out_on_request(
    quiet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (["validate", str(quiet)], ["fix", str(quiet), "--diff"]):
        run([*words, "--no-settings"])
        output = capsys.readouterr()
        assert "xlperf.toml" not in output.out + output.err
    (quiet.parent / "xlperf.toml").write_text("not toml at all [", encoding="utf-8")
    assert run(["validate", str(quiet), "--no-settings"]) in (0, 1)


def test_the_sheet_of_a_review_has_a_title_that_excel_takes(quiet: Path) -> None:
    out = quiet.parent / "r.xlsx"
    run(["validate", str(quiet), "--review", str(out), "--lang", "en"])
    assert load_workbook(out).sheetnames[0] == "Review of performance goals"
