# ruff: noqa: E501 (a row of a table is a line)
"""Forms in prose: labels with values, headings with text, above a table of indicators; by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.documents.test_other_layouts import MAKERS, read, record
from tests.documents.test_other_places import sheet
from xlperf.documents import read_text
from xlperf.jobs.inputs.open_any import open_any

TABLE = """
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 建设面积 | ≥2万亩
效益指标 | 社会效益指标 | 受益农户 | ≥3000户
"""
ONE = f"""
某市农业农村局2024年部门预算项目绩效目标
一、项目概况
项目名称：高标准农田建设
项目单位：某市农业农村局
（一）立项依据：根据省政府文件实施。
（二）预算安排：1,200.50万元，其中：财政拨款1,000.50万元，其他资金200万元。
三、绩效目标
建成高标准农田2万亩，提升粮食产能。
四、绩效指标
{TABLE}
"""


def texts(result: Any) -> list[str]:
    return [item["text"] for item in result.get("leftovers", [])]


def check_one(result: Any) -> None:
    (project,) = result["projects"]
    assert (project["name"], project["unit_name"]) == ("高标准农田建设", "某市农业农村局")
    assert [project[key] for key in ("budget", "fiscal", "other")] == [
        Decimal(12005000),
        Decimal(10005000),
        Decimal(2000000),
    ]
    assert project["goals"] == ["建成高标准农田2万亩，提升粮食产能。"]
    assert [indicator["name"] for indicator in project["indicators"]] == ["建设面积", "受益农户"]
    assert (result["fiscal_year"], result["department"]["name"]) == (2024, "某市农业农村局")
    assert texts(result) == ["（一）立项依据：根据省政府文件实施。"]


@pytest.mark.parametrize("made", MAKERS)
def test_labels_and_headings_give_name_budget_and_goal(made: str, tmp_path: Path) -> None:
    check_one(read(ONE, tmp_path, made)[0].record)


def test_a_sheet_and_a_text_are_read_alike(tmp_path: Path) -> None:
    check_one(open_any(sheet(ONE.replace("\n\n", "\n"), tmp_path / "a.xlsx")).record)
    check_one(read_text(ONE.replace(" | ", "\t")).record)


SEVERAL = f"""
2025年重点项目绩效目标
填报单位：某市农业农村局
项目一
一、项目概况
项目名称：农田建设；
项目总投资：3600万元
（一）预算安排：2025年安排资金1200万元。
二、绩效目标
1.建成农田2万亩；
2.提升粮食产能。
三、绩效指标
{TABLE}
项目二
一、项目概况
项目名称：粪污利用
实施单位：某市畜牧站
（一）预算安排：80万元（其中：中央资金50万元，市级资金30万元）。
二、绩效目标
利用率达到90%以上。
进一步完善收储运体系。
三、绩效指标
{TABLE}
"""


def test_several_projects_stand_in_one_sheet(tmp_path: Path) -> None:
    result = open_any(sheet(SEVERAL.replace("\n\n", "\n"), tmp_path / "a.xlsx")).record
    facts = [
        (project["name"], project.get("budget"), len(project["indicators"]))
        for project in result["projects"]
    ]
    assert facts == [("农田建设", None, 2), ("粪污利用", Decimal(800000), 2)]
    assert result["projects"][1]["goals"] == ["利用率达到90%以上。", "进一步完善收储运体系。"]


@pytest.mark.parametrize("made", [*MAKERS, "text"])
def test_several_projects_stand_one_after_another(made: str, tmp_path: Path) -> None:
    text = SEVERAL.replace(" | ", "\t")
    result = read_text(text).record if made == "text" else read(SEVERAL, tmp_path, made)[0].record
    first, second = result["projects"]
    assert (first["name"], first["goals"]) == ("农田建设", ["建成农田2万亩；", "提升粮食产能。"])
    assert "budget" not in first  # what it takes this year is said in a sentence, and not in all
    assert (second["name"], second["budget"]) == ("粪污利用", Decimal(800000))
    assert second["implementing_unit"] == "某市畜牧站"
    assert second["goals"] == ["利用率达到90%以上。", "进一步完善收储运体系。"]
    assert [project["unit_name"] for project in result["projects"]] == ["某市农业农村局"] * 2
    assert [len(project["indicators"]) for project in result["projects"]] == [2, 2]
    assert [indicator["target"] for indicator in first["indicators"]] == ["≥2万亩", "≥3000户"]
    assert {"项目总投资：3600万元", "（一）预算安排：2025年安排资金1200万元。"} <= {*texts(result)}


def test_headings_stand_over_their_values(tmp_path: Path) -> None:
    picture = f"""
    2025年项目支出绩效目标
    一、项目名称
    城区道路维修
    二、项目概况
    对城区12条道路进行维修，总面积3万平方米。
    三、预算金额
    320万元
    四、实施周期
    2025年1月至2025年12月
    五、年度绩效目标
    完成12条道路维修，群众出行更加便利。
    六、实施方案
    按计划推进。
    七、绩效指标
    {TABLE}
    """
    result = record(picture, tmp_path)
    (project,) = result["projects"]
    assert (project["name"], project["budget"]) == ("城区道路维修", Decimal(3200000))
    assert project["overview"] == "对城区12条道路进行维修，总面积3万平方米。"
    assert (project["start"], project["end"]) == ("2025年1月", "2025年12月")
    assert project["goals"] == ["完成12条道路维修，群众出行更加便利。"]
    assert result["fiscal_year"] == 2025
    assert texts(result) == ["六、实施方案", "按计划推进。"]


def test_numbered_labels_and_goals_of_two_periods(tmp_path: Path) -> None:
    picture = f"""
    （一）项目基本情况
    1.项目名称：农村供水
    2. 主管部门：某县水务局
    3.年度预算资金（万元）：260.5，其中：财政拨款260.5
    （二）总体目标
    中期目标：到2027年自来水普及率95%以上。
    年度目标：新建供水站3座。
    （三）绩效指标
    {TABLE}
    """
    result = record(picture, tmp_path)
    (project,) = result["projects"]
    assert (project["budget"], project["fiscal"]) == (Decimal(2605000), Decimal(2605000))
    assert project["managing_department"] == "某县水务局"
    assert project["goals_mid_term"] == ["到2027年自来水普及率95%以上。"]
    assert project["goals"] == ["新建供水站3座。"]
    assert texts(result) == []


@pytest.mark.parametrize(
    "line",
    [
        "本项目名称为道路维修，由城管局实施。",
        "项目预算资金共320万元，用于道路维修。",
        "预算安排：三年共安排960万元，其中2025年320万元。",
        "预算安排：960万元，其中2025年320万元。",
        "预算安排：320万元（2024年为300万元）。",
        "预算安排：约320万元。",
        "预算安排：320-350万元。",
        "绩效目标是让群众满意。",
    ],
)
def test_what_a_sentence_says_is_left_over(line: str, tmp_path: Path) -> None:
    result = record(f"项目名称：甲\n{line}\n{TABLE}", tmp_path)
    (project,) = result["projects"]
    assert not project.keys() & {"budget", "fiscal", "other", "funds"}
    assert (project["name"], project["goals"]) == ("甲", [])
    assert texts(result) == [line]


def test_words_behind_an_amount_are_left_over(tmp_path: Path) -> None:
    result = record(f"项目名称：甲\n预算安排：320万元，用于道路维修。\n{TABLE}", tmp_path)
    assert result["projects"][0]["budget"] == Decimal(3200000)
    assert texts(result) == ["，用于道路维修。"]


def test_the_goal_of_a_department_is_no_projects(tmp_path: Path) -> None:
    picture = f"""
    一、总体绩效目标
    全面提升教育质量。
    二、重点项目
    项目名称：校舍维修
    绩效目标：维修校舍12栋。
    {TABLE}
    """
    (project,) = record(picture, tmp_path)["projects"]
    assert project["goals"] == ["维修校舍12栋。"]


@pytest.mark.parametrize("title", ["", "项目支出绩效目标表"])
def test_money_of_a_department_is_no_projects(title: str, tmp_path: Path) -> None:
    above = "2025年部门预算说明\n一、预算安排情况\n资金总额：32000万元"
    rows = "项目名称 | 国道养护 | 预算金额（万元） | 800\n" if title else ""
    lines = title or "项目名称：国道养护\n资金总额：800万元"
    (project,) = record(f"{above}\n{lines}\n{rows}{TABLE.strip()}", tmp_path)["projects"]
    assert (project["name"], project["budget"]) == ("国道养护", Decimal(8000000))


def test_several_labels_in_a_line_and_of_it(tmp_path: Path) -> None:
    picture = f"2024年项目支出绩效自评报告\n项目名称：农业　　项目编码：370100240000000012345\n资金总额：150万元　　其中：财政拨款：120万元\n{TABLE}"
    result = record(picture, tmp_path)
    (project,) = result["projects"]
    assert (project["name"], project["code"]) == ("农业", "370100240000000012345")
    assert (project["budget"], project["fiscal"]) == (Decimal(1500000), Decimal(1200000))
    assert result["fiscal_year"] == 2024
    assert texts(result) == []


def test_a_second_head_without_a_name_is_another_project(tmp_path: Path) -> None:
    picture = f"项目名称：智慧城管\n预算金额：100万元\n{TABLE}\n（二）污水处理\n预算金额：200万元\n{TABLE}"
    first, second = record(picture, tmp_path)["projects"]
    assert (first["name"], first["budget"]) == ("智慧城管", Decimal(1000000))
    assert ("name" in second, second["budget"]) == (False, Decimal(2000000))
    assert [len(one["indicators"]) for one in (first, second)] == [2, 2]


def test_a_project_without_a_table_keeps_what_it_says(tmp_path: Path) -> None:
    picture = f"项目名称：甲\n预算金额：10万元\n绩效目标：一\n项目名称：乙\n预算金额：20万元\n绩效目标：二\n{TABLE}"
    facts = [
        (project["name"], project["budget"], project["goals"], len(project["indicators"]))
        for project in record(picture, tmp_path)["projects"]
    ]
    assert facts == [("甲", Decimal(100000), ["一"], 0), ("乙", Decimal(200000), ["二"], 2)]


def test_tables_of_two_periods_are_of_one_project(tmp_path: Path) -> None:
    picture = f"项目名称：智慧城管\n一、中期目标：三年建成平台。\n{TABLE}\n二、年度目标：建成一期。\n{TABLE}"
    (project,) = record(picture, tmp_path)["projects"]
    assert (project["goals_mid_term"], project["goals"]) == (["三年建成平台。"], ["建成一期。"])
    assert len(project["indicators"]) == 4


@pytest.mark.parametrize(
    "sign", [" ", "　", "1", "-", "（", "：", "，", "一、", "其中：", "1，", "（一）"]
)
def test_long_lines_are_read_in_time(sign: str, tmp_path: Path) -> None:
    long = sign * (30_000 // len(sign))
    lines = [
        f"预算安排：12万元，{long}",
        f"三、绩效目标{long}",
        f"{long}项目代码：甲",
        f"实施单位：{long}",
    ]
    result = record("项目名称：甲\n" + "\n".join(lines) + TABLE, tmp_path)
    assert result["projects"][0]["name"] == "甲"
