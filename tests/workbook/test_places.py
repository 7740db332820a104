"""A finding about several places is marked, listed and linked at each of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from tests.books import opened
from tests.masters import put_master
from xlperf.__main__ import run
from xlperf.canonical import canonical
from xlperf.wording import official
from xlperf.workbook.read import read_workbook

PURPOSE = "用于单位正常运转支出"
NAMES = ("修路", "修桥", "植树")
RULE = ("--select", "DUP712", "--lang", "zh", "--fail-on", "never")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three projects, of which the first and the third have one purpose."""
    projects = [
        {"code": f"13039721000000000000{n}", "name": name, "purpose": PURPOSE}
        for n, name in enumerate(NAMES)
    ]
    projects[1]["purpose"] = "用于更换桥面铺装"
    path = tmp_path_factory.mktemp("places") / "master.xlsx"
    put_master(canonical({"edition": "hebei-2021", "projects": projects}), path)
    return path


@pytest.fixture(scope="module")
def marked(book: Path) -> Path:
    target = book.with_name("marked.xlsx")
    assert run(["validate", str(book), *RULE, "--annotate", str(target)]) == 0
    return target


def lines(book: Workbook) -> list[list[Any]]:
    sheet = book[official("sheet.findings")]
    return [[cell.value for cell in row[:6]] for row in sheet.iter_rows(min_row=4)]


def test_each_place_is_marked_with_a_note_that_names_the_others(marked: Path) -> None:
    book = opened(marked)
    first, other = book["01 修路"]["B5"], book["03 植树"]["B5"]
    for cell in (first, other):
        assert cell.fill.fgColor.rgb == "FFDDEBF7"
        assert "DUP712" in cell.comment.text and "03 植树!B5" in cell.comment.text
    assert book["02 修桥"]["B5"].comment is None


def test_each_place_has_a_line_of_the_list_with_a_link(marked: Path) -> None:
    book = opened(marked)
    listed = lines(book)
    assert [line[:5] for line in listed] == [
        [1, "提示", "DUP712", "01 修路", "B5"],
        [None, "提示", "DUP712", "03 植树", "B5"],
    ]
    assert listed[0][5].endswith("（其他位置：03 植树!B5。）")
    assert listed[1][5].startswith("第 1 项的另一处：")
    sheet = book[official("sheet.findings")]
    assert [sheet.cell(row, 5).hyperlink.location for row in (4, 5)] == [
        "'01 修路'!B5",
        "'03 植树'!B5",
    ]


@pytest.mark.parametrize("row", [4, 5])
def test_an_explanation_counts_on_whichever_of_its_lines_it_stands(
    marked: Path, row: int, tmp_path: Path
) -> None:
    book = opened(marked)
    sheet = book[official("sheet.findings")]
    heads = {cell.value: cell.column for cell in sheet[3]}
    for head, words in {
        "说明（理由）": "两个项目同属机关运转，分别核算，用途口径由区财政局统一规定",
        "说明人": "张三",
        "日期": "2021-01-05",
    }.items():
        sheet.cell(row, heads[head], words)
    with_reason, report, again = (
        tmp_path / name for name in ("told.xlsx", "report.json", "again.xlsx")
    )
    book.save(with_reason)
    run(["validate", str(with_reason), *RULE, "--format", "json", "-o", str(report)])
    summary = json.loads(report.read_text(encoding="utf-8"))["summary"]
    assert summary["explained"] == 1 and summary["info"] == 0
    run(["validate", str(with_reason), *RULE, "--annotate", str(again)])
    (waiver,) = read_workbook(again).record["waivers"]
    assert waiver["reason"].startswith("两个项目同属机关运转")


def test_marking_twice_is_marking_once(marked: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.xlsx"
    run(["validate", str(marked), *RULE, "--annotate", str(again)])
    second, first = load_workbook(again), opened(marked)
    assert lines(second) == lines(first)
    cell = second["03 植树"]["B5"]
    assert cell.comment.text == first["03 植树"]["B5"].comment.text


def test_json_and_sarif_name_the_other_places(book: Path, tmp_path: Path) -> None:
    report = tmp_path / "report"
    run(["validate", str(book), *RULE, "--format", "json", "-o", str(report)])
    (finding,) = json.loads(report.read_text(encoding="utf-8"))["findings"]
    also = {"path": ["projects", 2, "purpose"], "sheet": "03 植树", "cell": "B5"}
    assert (finding["cell"], finding["also"]) == ("B5", [also])
    run(["validate", str(book), *RULE, "--format", "sarif", "-o", str(report)])
    ((result),) = json.loads(report.read_text(encoding="utf-8"))["runs"][0]["results"]
    (related,) = result["relatedLocations"]
    assert related["id"] == 1
    assert related["logicalLocations"][0]["fullyQualifiedName"] == "03 植树!B5"
    assert result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "01 修路!B5"


def test_the_list_says_how_many_rules_the_workbook_judges_by_itself(marked: Path) -> None:
    tally = opened(marked)[official("sheet.findings")]["A2"].value
    assert tally.startswith("共 0 个错误，0 个警告，1 条提示。")
    assert "工作簿自己能判断" in tally and "文字表述" in tally
