"""`xlperf diff` on files: records, workbooks, documents; its four formats."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

import xlperf
from tests.comparison.test_changes import document, edited, put
from tests.masters import put_master
from xlperf.__main__ import main
from xlperf.canonical import dumps
from xlperf.record import Raw

Output = pytest.CaptureFixture[str]


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A record, and a workbook of the same with another budget and a removed indicator."""

    def edit(record: Raw) -> None:
        record["projects"][0]["budget"] = Decimal(1100)
        del record["projects"][0]["indicators"][1]

    before, after = tmp_path / "a.json", tmp_path / "b.xlsx"
    before.write_text(dumps(document()), encoding="utf-8")
    put_master(edited(edit), after)
    return before, after


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(ended.value.code or 0)


def test_json_has_the_shape_of_the_contract(files: tuple[Path, Path], capsys: Output) -> None:
    assert run("diff", *files, "--format", "json") == 0
    shape = json.loads(capsys.readouterr().out)
    first, second = shape["changes"]
    assert first == {
        "kind": "changed",
        "project": "130303210000000000001",
        "path": ["projects", 0, "budget"],
        "before": 1000.0,
        "after": 1100.0,
        "sheet": "01 道路维修",
        "cell": "C4",
    }
    assert (second["kind"], second["path"]) == ("removed", ["projects", 0, "indicators", 1])
    assert shape["summary"]["budget"] == {
        "before": "1230.00",
        "after": "1330.00",
        "difference": "100.00",
    }
    assert (shape["summary"]["changed"], shape["summary"]["removed"]) == (1, 1)
    assert shape["units"][0]["because"]["changed"] == "100.00"


def test_text_says_what_where_and_how_much(files: tuple[Path, Path], capsys: Output) -> None:
    assert run("diff", *files) == 0
    output = capsys.readouterr().out
    assert "共 2 处变化：修改 1 处，删除 1 处。" in output
    assert "甲局本级（333001）  1,200.00 → 1,300.00，增减 +100.00" in output
    assert "修改  预算数  +100.00  01 道路维修!C4" in output
    assert "删除  指标“验收合格率”" in output


def test_a_page_holds_every_change_and_no_markup_of_the_document(tmp_path: Path) -> None:
    before, after, target = (tmp_path / name for name in ("a.json", "b.json", "d.html"))
    before.write_text(dumps(document()), encoding="utf-8")
    hostile = edited(put("overall_goal", "<script>alert(1)</script>"))
    after.write_text(dumps(hostile), encoding="utf-8")
    assert run("diff", before, after, "-o", target) == 0
    page = target.read_text(encoding="utf-8")
    assert "<script>alert" not in page and "&lt;script&gt;" in page
    assert "http" not in page.replace("http-equiv", "") and page.count('class="change"') == 1


def test_a_workbook_sets_both_side_by_side(files: tuple[Path, Path], tmp_path: Path) -> None:
    target = tmp_path / "d.xlsx"
    assert run("diff", *files, "-o", target) == 0
    book = load_workbook(target)
    rows = [[cell.value for cell in row] for row in book["变化明细"].iter_rows(min_row=3)]
    assert rows[0][:8] == [
        *(1, "修改", "130303210000000000001", "道路维修", "预算数"),
        *("1,000.00", "1,100.00", 100),
    ]
    assert rows[1][1] == "删除" and "验收合格率" in str(rows[1][5]) and not rows[1][6]
    totals = [cell.value for cell in book["变化汇总"][11]]
    assert totals[2:5] == [1230, 1330, 100]


HARMLESS: dict[str, Callable[[Path, Path], object]] = {
    "a record": xlperf.generate,
    "openpyxl": lambda workbook, target: load_workbook(workbook).save(target),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_a_save_by_another_program_is_no_change(
    name: str, files: tuple[Path, Path], tmp_path: Path, capsys: Output
) -> None:
    copy = tmp_path / "copy.xlsx"
    HARMLESS[name](files[1], copy)
    assert run("diff", files[1], copy) == 0
    assert capsys.readouterr().out.startswith("没有变化")


@pytest.mark.parametrize("suffix", [".docx", ".txt", ".html"])
def test_a_published_document_differs_in_nothing_that_is_printed(
    suffix: str, tmp_path: Path, sample: Raw
) -> None:
    record = deepcopy(sample)
    published = tmp_path / f"document{suffix}"
    source = tmp_path / "record.json"
    source.write_text(dumps(record), encoding="utf-8")
    xlperf.publish(source, published)
    assert xlperf.diff(source, published).compared.changes == ()
    assert xlperf.diff(published, source).compared.changes == ()


def test_a_changed_document_is_compared_with_a_workbook(tmp_path: Path, sample: Raw) -> None:
    record = deepcopy(sample)
    record["projects"][0]["purpose"] = "另行安排"
    changed, workbook, published = (tmp_path / name for name in ("c.json", "m.xlsx", "c.docx"))
    changed.write_text(dumps(record), encoding="utf-8")
    put_master(sample, workbook)
    xlperf.publish(changed, published)
    (change,) = xlperf.diff(workbook, published).compared.changes
    assert (change.path, change.after) == (("projects", 0, "purpose"), "另行安排")


def test_what_cannot_be_written_is_refused_at_once(
    files: tuple[Path, Path], tmp_path: Path, capsys: Output
) -> None:
    assert run("diff", *files, "-o", tmp_path / "d.docx") == 2
    assert "d.docx" in capsys.readouterr().err
    assert run("diff", *files, "--format", "json", "-o", tmp_path / "d.html") == 2
    assert run("diff", *files, "-o", files[0]) == 2
    assert run("diff", tmp_path / "none.json", files[0]) == 2


def test_english(files: tuple[Path, Path], capsys: Output) -> None:
    assert run("--lang", "en", "diff", *files) == 0
    assert "2 changes in all: 1 changed, 1 removed." in capsys.readouterr().out


def test_a_project_without_code_and_name_is_not_called_the_department(
    tmp_path: Path, capsys: Output
) -> None:
    def add(record: Raw) -> None:
        record["projects"] += [
            {"budget": Decimal(n), "goals": [], "indicators": []} for n in (7, 9)
        ]

    before, after = tmp_path / "a.json", tmp_path / "b.json"
    before.write_text(dumps(document()), encoding="utf-8")
    after.write_text(dumps(edited(add)), encoding="utf-8")
    assert run("diff", before, after, "--lang", "zh") == 0
    shown = capsys.readouterr().out
    assert "部门整体" not in shown
    assert shown.count("\n（未写项目名称）  新增\n") == 2


def test_forms_that_nobody_has_named_are_the_same_in_a_copy(tmp_path: Path, capsys: Output) -> None:
    """Two blank projects without code and name, and a third that is in the copy alone."""
    record = document()
    record["projects"] = [{}, {}]
    before, after = tmp_path / "a.json", tmp_path / "b.json"
    before.write_text(dumps(record), encoding="utf-8")
    assert run("diff", before, before, "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["changes"] == []
    record["projects"].append({})
    after.write_text(dumps(record), encoding="utf-8")
    assert run("diff", before, after, "--format", "json") == 0
    (change,) = json.loads(capsys.readouterr().out)["changes"]
    assert (change["kind"], change["path"]) == ("added", ["projects", 2])
