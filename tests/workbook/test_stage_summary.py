"""What the summary shows of stages: worked out by hand, and after edits as people make them.

Two projects of 6,400 yuan each in one unit. By July 3,200 and 1,600 were spent: a half and a
quarter, together 4,800 of 12,800, which is 0.375. By the end of the year 6,400 and 4,800: 1 and
0.75, together 0.875. The points, 92 and 81, are 86.5 in the mean; the grades are one 优, one 良.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.books import opened as copy_of
from tests.masters import drawn_once, put_master
from tests.office import Office
from tests.workbook.stage_books import record
from xlperf.canonical import canonical
from xlperf.jobs.beginning import begin
from xlperf.jobs.fix_repair.repair_file import detect, repair
from xlperf.layout.addresses import box_of
from xlperf.reading import Reading
from xlperf.record import Raw, view
from xlperf.rules import catalogue
from xlperf.rules.core import run
from xlperf.rules.stages.outcomes import outcomes
from xlperf.workbook.read import read_workbook

SPENT = ((3200, 1600), (6400, 4800))
POINTS = ((92, "优"), (81, "良"))
UNIT, REST, TOTAL, PROJECTS = 5, 9, 10, 14  # rows of the summary
MONITORED = {UNIT: (4800, 0.375), TOTAL: (4800, 0.375), 14: (3200, 0.5), 15: (1600, 0.25)}
EVALUATED = {
    UNIT: (11200, 0.875, 86.5, "优1 良1"),
    TOTAL: (11200, 0.875, 86.5, "优1 良1"),
    14: (6400, 1, 92, "优"),
    15: (4800, 0.75, 81, "良"),
}


def whole_year() -> Raw:
    raw = record()
    for stage, amounts in zip(raw["stages"], SPENT, strict=True):
        for project, amount in zip(stage["projects"], amounts, strict=True):
            project["executed"] = Decimal(amount)
    for project, (total, grade) in zip(raw["stages"][1]["projects"], POINTS, strict=True):
        project["total"], project["grade"] = Decimal(total), grade
    return canonical(raw)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return put_master(whole_year(), tmp_path_factory.mktemp("summary") / "book.xlsx")


@lru_cache(8)
def values_in(path: Path) -> Any:
    """A file, which is not written any more, with the results of its formulas."""
    return openpyxl.load_workbook(path, data_only=True)


def shown(path: Path, title: str = "汇总") -> dict[int, tuple[Any, ...]]:
    """By row what the visible columns of the block show, of those rows in which something is."""
    sheet = values_in(path)[title]
    box = box_of(sheet.defined_names["XPL_stages"].attr_text)
    assert box is not None
    lines = 2 if box.width > 6 else 1
    rows = {
        row: tuple(
            sheet.cell(row, col).value for col in range(box.col + lines, box.col + box.width)
        )
        for row in range(box.row, box.row + box.height)
    }
    return {row: values for row, values in rows.items() if any(v not in (None, "") for v in values)}


def amounts(path: Path, title: str = "汇总") -> tuple[dict[int, Any], dict[int, Any]]:
    """Of units, projects and in all: what is shown of monitoring and of self-evaluation."""
    rows = {
        row: tuple(None if value == "" else value for value in values)
        for row, values in shown(path, title).items()
        if isinstance(values[0], int | float) and row != REST
    }
    return {r: v[:2] for r, v in rows.items()}, {r: v[3:7] for r, v in rows.items()}


def test_the_summary_shows_spending_points_and_grades(book: Path) -> None:
    assert amounts(book) == (MONITORED, EVALUATED)
    rows = shown(book)
    assert rows[2][0] == "绩效运行监控（截至2021-07-31）"
    assert rows[2][3] == "绩效自评"
    assert rows[3] == ("执行数", "执行率", "状态", "执行数", "执行率", "总分", "评价等级", "状态")
    assert rows[REST][0] == rows[REST][3] == 0
    values = values_in(book)
    assert [rows[row][2] for row in (14, 15)] == [
        values["监控汇总"][f"J{row}"].value for row in (4, 5)
    ]
    assert {rows[row][7] for row in (UNIT, TOTAL, 14, 15)} == {values["自评汇总"]["L4"].value}


def test_a_summary_without_stages_is_as_it_was(tmp_path: Path) -> None:
    path = put_master(record(with_stages=False), tmp_path / "goals.xlsx")
    sheet = openpyxl.load_workbook(path)["汇总"]
    assert "XPL_stages" not in sheet.defined_names
    assert sheet.max_column == 24
    assert sheet.print_area == ""


def test_a_later_monitoring_takes_the_place_of_an_earlier_one(tmp_path: Path) -> None:
    paths = [tmp_path / f"{n}.xlsx" for n in range(4)]
    put_master(record(with_stages=False), paths[0])
    begin(paths[0], paths[1], "monitoring", "2021-07-31")
    begin(paths[1], paths[2], "self-evaluation")
    begin(paths[2], paths[3], "monitoring", "2021-10-31")
    titles = [shown(path)[2] for path in paths[1:]]
    assert titles[0] == ("绩效运行监控（截至2021-07-31）", None, None)
    assert [titles[2][0], titles[2][3]] == ["绩效运行监控（截至2021-10-31）", "绩效自评"]
    charts = [len(openpyxl.load_workbook(path)["汇总"]._charts) for path in paths]
    assert charts == [3, 4, 5, 5]
    assert detect(paths[3]) == []


def test_what_people_wrote_beside_the_summary_stays(tmp_path: Path) -> None:
    path, begun = tmp_path / "goals.xlsx", tmp_path / "begun.xlsx"
    put_master(record(with_stages=False), path)
    written = copy_of(path)
    written["汇总"]["Z6"] = "局长已阅"
    written["汇总"].column_dimensions["Z"].width = 40
    written.save(path)
    begin(path, begun, "monitoring", "2021-07-31")
    sheet = openpyxl.load_workbook(begun)["汇总"]
    assert sheet["Z6"].value == "局长已阅"
    assert sheet.column_dimensions["Z"].width == 40
    assert sheet.defined_names["XPL_stages"].attr_text == "'汇总'!$AA$2:$AD$18"
    leftovers = read_workbook(begun).record["leftovers"]
    assert leftovers == [{"place": "汇总!Z6", "text": "局长已阅"}]


RENAMED = [
    {"do": "rename_sheet", "sheet": "自评 01 农机培训", "name": "改了 名"},
    {"do": "rename_sheet", "sheet": "自评汇总", "name": "自评 总表"},
    {"do": "rename_sheet", "sheet": "汇总", "name": "总 表"},
    {"do": "move_sheet", "sheet": "改了 名", "position": 0},
]
COPIED = [
    {"do": "copy_sheet", "sheet": "01 农机培训", "name": "03 新项目", "position": 4},
    {"do": "text", "sheet": "03 新项目", "cell": "B3", "value": "130397210AB1C2D3E4F5Z"},
    {"do": "text", "sheet": "汇总", "cell": "C16", "value": "03 新项目"},
]


@pytest.mark.office
def test_the_summary_follows_sheets_that_are_renamed_deleted_and_copied(
    office: Office, book: Path, tmp_path: Path
) -> None:
    deleted = {"do": "delete_sheet", "sheet": "监控 02 渠道维护"}
    gone = {"do": "delete_sheet", "sheet": "监控汇总"}
    again = {"do": "copy_sheet", "sheet": "自评 01 农机培训", "name": "抄的", "position": 6}
    edits = {"renamed": RENAMED, "copied": COPIED, "deleted": [deleted], "gone": [gone]}
    edits["again"] = [again]
    paths = {name: tmp_path / f"{name}.xlsx" for name in edits}
    for name, steps in edits.items():
        assert office.edit(book, paths[name], *steps, {"do": "errors"})[-1] == [], name
    assert amounts(paths["renamed"], "总 表") == (MONITORED, EVALUATED)
    assert amounts(paths["copied"]) == (MONITORED, EVALUATED)
    assert shown(paths["copied"])[4][0] == "还有1个项目没有这张表，请再开始一次"
    one = amounts(paths["deleted"])[0]
    assert one == {UNIT: (3200, 0.5), TOTAL: (3200, 0.5), 14: (3200, 0.5)}
    without = shown(paths["gone"])
    assert [without[row][:3] for row in (14, 15)] == [(None,) * 3] * 2
    assert [without[row][3:7] for row in (14, 15)] == [EVALUATED[14], EVALUATED[15]]
    assert amounts(paths["again"]) == (MONITORED, EVALUATED)
    assert shown(paths["again"])[12][3] == "有1张表没有列入，是复制的请删除"
    listed = values_in(paths["again"])
    assert listed["自评汇总"]["A2"].value.endswith("；有1张表没有列入，是复制的请删除")
    assert listed["监控汇总"]["A2"].value == "1—7月执行数"


@pytest.mark.office
def test_a_project_without_goals_counts_neither_in_its_unit_nor_in_all(
    office: Office, book: Path, tmp_path: Path
) -> None:
    """Of the second project only the stages are left: 3,200 of 6,400 in July, then 6,400."""
    raw = whole_year()
    raw["projects"].pop()
    never, saved, deleted = (tmp_path / f"{name}.xlsx" for name in ("never", "saved", "deleted"))
    put_master(canonical(raw), never)
    assert office.edit(never, saved, {"do": "errors"})[-1] == []
    step = {"do": "delete_sheet", "sheet": "02 渠道维护"}
    assert office.edit(book, deleted, step, {"do": "errors"})[-1] == []
    for path in (never, saved, deleted):
        monitored, evaluated = amounts(path)
        assert monitored == {UNIT: (3200, 0.5), TOTAL: (3200, 0.5), 14: (3200, 0.5)}
        totals = (6400, 1, 92, "优1")
        assert evaluated == {UNIT: totals, TOTAL: totals, 14: (6400, 1, 92, "优")}
        assert shown(path)[REST][0] == shown(path)[REST][3] == 0
        assert shown(path)[TOTAL][2] == "有问题"
        sheets = values_in(path)
        line = [cell.value or None for cell in sheets["监控汇总"][5]][3:10]
        assert line == [None] * 6 + ["有问题"]
        stage = sheets[next(title for title in sheets.sheetnames if title.startswith("监控 02"))]
        assert str(stage["R10"].value).startswith("● 目标表已删除")
        reading = read_workbook(path)
        spent = [outcome.executed for outcome in outcomes(view(reading.record)).values()]
        assert spent == [6400]
        hits = run(Reading(reading.record), [catalogue()["MON916"]])
        assert [hit.path[:4] for hit in hits] == [("stages", n, "projects", 1) for n in (0, 1)]


def test_a_repair_puts_the_columns_back(book: Path, tmp_path: Path) -> None:
    damaged, mended = tmp_path / "damaged.xlsx", tmp_path / "mended.xlsx"
    harmed = copy_of(book)
    harmed["汇总"]["AB14"] = None
    harmed["汇总"]["E14"] = None
    harmed.save(damaged)
    with drawn_once():
        assert {damage.kind for damage in detect(damaged)} == {"summary_changed"}
        repair(damaged, mended)
        assert detect(mended) == []
    assert amounts(mended) == (MONITORED, EVALUATED)
    assert read_workbook(mended).record == whole_year()


@pytest.mark.office
def test_a_unit_whose_code_begins_anothers_has_its_own_projects_only(
    tmp_path: Path, office: Office
) -> None:
    """333001 and 3330, whose name begins with a digit: a project each, of 3,200 and 1,600."""
    raw = whole_year()
    raw["units"].append({"code": "3330", "name": "1号中心"})
    raw["projects"][1]["unit"] = "3330"
    book, saved = tmp_path / "units.xlsx", tmp_path / "saved.xlsx"
    put_master(canonical(raw), book)
    assert office.edit(book, saved, {"do": "errors"})[-1] == []
    for path in (book, saved):
        sheet = values_in(path)["汇总"]
        row_of = {sheet.cell(row, 1).value: row for row in range(UNIT, PROJECTS)}
        rows = shown(path)
        first, second, rest = (rows[row_of[word]] for word in ("333001", "3330", "未归入以上单位"))
        assert (first[:2], first[3:7]) == ((3200, 0.5), (6400, 1, 92, "优1"))
        assert (second[:2], second[3:7]) == ((1600, 0.25), (4800, 0.75, 81, "良1"))
        assert (rest[0], rest[3]) == (0, 0)
        listed = values_in(path)["监控汇总"]
        lines = [[cell.value for cell in row] for row in listed.iter_rows(max_col=9)]
        spent = {code: line for line in lines for code in ("333001", "3330") if code in line[:3]}
        assert 3200 in spent["333001"] and 1600 in spent["3330"]
