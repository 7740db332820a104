# ruff: noqa: E501 (a row of a table is a line)
"""Amounts of several years in one form: the budget is that of the form's year; by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.documents.test_other_layouts import record

FORM = """
项目支出绩效目标表
（{year}）
项目名称 | 城区道路维修 | < | <
{funds}
年度目标 | 完成12条道路维修 | < | <
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 维修道路 | 12条
"""
ROWS = """预算安排（万元） | 合计 | 930 | <
^ | 2023年 | 300 | <
^ | 2024年 | 310 | <
^ | 2025年 | 320 | <"""
BELOW = """预算安排情况（万元） | < | < | <
2023年 | 300 | 2024年 | 310
2025年 | 320 | 合计 | 930"""
COLUMNS = """预算安排（万元） | 2023年 | 2024年 | 2025年
^ | 300 | 310 | 320"""
WORDED_COLUMNS = """项目资金（万元） | 2023年预算 | 2024年预算 | 2025年预算
^ | 300 | 310 | 320"""
WORDED = """项目资金（万元） | 项目总投资 | 930 | <
^ | 2023年预算 | 300 | <
^ | 2024年预算 | 310 | <
^ | 2025年预算 | 320 | <"""
SIDE_BY_SIDE = "2024年预算（万元） | 310 | 2025年预算（万元） | 320"
SPENT_BEFORE = "2024年决算数（万元） | 310 | 预算金额（万元） | 320"
WHOLE = "项目总投资（万元） | 930 | 2025年计划投资 | 320"


@pytest.mark.parametrize(
    "funds",
    [ROWS, BELOW, COLUMNS, WORDED_COLUMNS, WORDED, SIDE_BY_SIDE, SPENT_BEFORE, WHOLE],
)
def test_the_budget_is_the_amount_of_the_form_s_year(funds: str, tmp_path: Path) -> None:
    (project,) = record(FORM.format(year="2025年度", funds=funds), tmp_path)["projects"]
    assert project["budget"] == 3200000


def test_amounts_of_years_before_are_left_over(tmp_path: Path) -> None:
    result = record(FORM.format(year="2025年度", funds=WORDED), tmp_path)
    left = [item["text"] for item in result["leftovers"]]
    assert left == ["2023年预算", "300", "2024年预算", "310"]


@pytest.mark.parametrize("funds", [ROWS, BELOW])
def test_without_the_form_s_year_none_of_them_is_the_budget_nor_is_their_sum(
    funds: str, tmp_path: Path
) -> None:
    text = FORM.format(year="", funds=funds).replace("（）\n", "")
    (project,) = record(text, tmp_path)["projects"]
    assert "budget" not in project


@pytest.mark.parametrize(
    "funds",
    [
        "预算安排（万元） | 2024年 | 310 | <\n^ | 其中：财政拨款 | 300 | <\n^ | 2025年 | 320 | <\n^ | 其中：财政拨款 | 315 | <",
        "2024年预算（万元） | 310 | 其中：财政拨款 | 300\n2025年预算（万元） | 320 | 其中：财政拨款 | 315",
    ],
)
def test_sources_belong_to_the_year_before_them(funds: str, tmp_path: Path) -> None:
    (project,) = record(FORM.format(year="2025年度", funds=funds), tmp_path)["projects"]
    assert (project["budget"], project["fiscal"]) == (3200000, 3150000)


def test_years_below_a_heading_for_money_are_read_in_prose_too(tmp_path: Path) -> None:
    text = """
2025年项目支出绩效目标
项目名称：城区道路维修
预算安排：
2024年：310万元
2025年：320万元
绩效目标：完成12条道路维修。
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 维修道路 | 12条
"""
    result = record(text, tmp_path)
    assert result["projects"][0]["budget"] == 3200000
    assert [item["text"] for item in result["leftovers"]] == ["2024年", "310万元"]
