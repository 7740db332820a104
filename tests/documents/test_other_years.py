# ruff: noqa: E501 (a row of a table is a line)
"""Columns and rows of another year are no values of this year's; what is read, by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.documents.test_other_layouts import read, record

HEAD = """
项目支出绩效目标表
（2024年度）
"""
LIST = """
2024年项目支出绩效目标表
金额单位：万元
项目名称 | 预算数 | < | < | 绩效目标 | 一级指标 | 二级指标 | 三级指标 | 指标值
^ | {years} | ^ | ^ | ^ | ^ | ^
水库移民后扶 | 600 | 620 | 640 | 扶持移民2100人。 | 产出指标 | 数量指标 | 扶持人数 | 2100人
抗旱应急 | 170 | 180 | 200 | 打井25眼。 | 产出指标 | 数量指标 | 打井数 | 25眼
"""
FORM = """
项目名称 | < | < | 水库移民后扶 | < | <
项目资金（万元） | 年度资金总额 | < | 620 | < | <
年度目标 | 扶持移民2100人。 | < | < | < | <
"""
FUNDS = """
项目名称 | < | 水库移民后扶 | <
{funds}
年度目标 | 扶持移民2100人。 | < | <
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 扶持人数 | 2100人
"""


@pytest.mark.parametrize(
    ("years", "budgets"),
    [
        ("2023年 | 2024年 | 2025年", [6200000, 1800000]),
        ("上年 | 本年 | 下年", [6200000, 1800000]),
        ("2024年 | 2025年 | 2026年", [6000000, 1700000]),
        ("2022年 | 2023年 | 2024年", [6400000, 2000000]),
        ("2021年 | 2022年 | 2023年", [None, None]),
    ],
)
def test_of_budgets_of_several_years_that_of_the_form_is_read(
    years: str, budgets: list[int | None], tmp_path: Path
) -> None:
    projects = record(LIST.format(years=years), tmp_path)["projects"]
    assert [project.get("budget") for project in projects] == budgets


@pytest.mark.parametrize(
    ("titles", "row", "target"),
    [
        ("2022年实际值 | 2023年预计值 | 2024年目标值", "1980人 | 2050人 | 2100人", "2100人"),
        ("指标值 | 上年实际值 | 历史最好水平", "2100人 | 1980人 | 2200人", "2100人"),
        ("2023年指标值 | 2024年指标值 | 2025年指标值", "2050人 | 2100人 | 2200人", "2100人"),
    ],
)
def test_of_targets_of_several_years_that_of_the_form_is_read(
    titles: str, row: str, target: str, tmp_path: Path
) -> None:
    table = f"一级指标 | 二级指标 | 三级指标 | {titles}\n产出指标 | 数量指标 | 扶持人数 | {row}\n"
    result = record(HEAD + FORM + table, tmp_path)
    assert [indicator["target"] for indicator in result["projects"][0]["indicators"]] == [target]
    assert "stages" not in result  # last year's results are no self-evaluation of this year


@pytest.mark.parametrize(
    ("years", "row", "target"),
    [
        ("前年 | 上年 | 预计当年实现", "300个 | 350个 | 400个", "400个"),
        ("2023年 | 2024年 | 2025年", "350个 | 400个 | 450个", "400个"),
    ],
)
def test_of_targets_below_one_title_that_of_the_year_is_read(
    years: str, row: str, target: str, tmp_path: Path
) -> None:
    table = f"一级指标 | 二级指标 | 三级指标 | 指标值 | < | <\n^ | ^ | ^ | {years}\n产出指标 | 数量指标 | 新增学位 | {row}\n"
    result = record(HEAD + FORM + table, tmp_path)
    assert [indicator["target"] for indicator in result["projects"][0]["indicators"]] == [target]


@pytest.mark.parametrize(
    "funds",
    [
        "资金情况（万元） | | 2023年 | 2024年\n^ | 资金总额 | 500 | 620\n^ | 财政拨款 | 450 | 600\n^ | 其他资金 | 50 | 20",
        "上年预算资金（万元） | 资金总额 | 500 | <\n^ | 其中：财政拨款 | 450 | <\n本年预算资金（万元） | 资金总额 | 620 | <\n^ | 其中：财政拨款 | 600 | <\n^ | 其他资金 | 20 | <",
        "项目总投资（万元） | 1860 | 已安排资金 | 1000\n本年度申请资金 | 620 | 以后年度资金 | 240\n其中：财政拨款 | 600 | 其他资金 | 20",
    ],
)
def test_funds_of_other_years_are_no_budget(funds: str, tmp_path: Path) -> None:
    project = record(HEAD + FUNDS.format(funds=funds), tmp_path)["projects"][0]
    amounts = [project[key] for key in ("budget", "fiscal", "other")]
    assert amounts == [Decimal(6200000), Decimal(6000000), Decimal(200000)]


def test_a_column_of_another_year_is_named_and_its_cells_are_left_over(tmp_path: Path) -> None:
    result, _ = read(LIST.format(years="2023年 | 2024年 | 2025年"), tmp_path)
    assert result.recognition and {"2023年", "2025年"} <= set(result.recognition.aside)
    assert {"600", "640", "170", "200"} <= {item["text"] for item in result.record["leftovers"]}


def test_a_start_and_an_end_are_no_titles_of_years(tmp_path: Path) -> None:
    form = """
    项目名称 | 水库移民后扶 | 资金总额（万元） | 620
    起始年份 | 终止年份 | 项目类别 | 项目负责人
    2023年 | 2025年 | 特定目标类 | 张某
    一级指标 | 二级指标 | 三级指标 | 指标值
    产出指标 | 时效指标 | 完成时间 | 2024年
    """
    project = record(HEAD + form, tmp_path)["projects"][0]
    assert (project["start"], project["end"]) == ("2023年", "2025年")
    assert project["indicators"][0]["target"] == "2024年"


def test_the_whole_of_several_years_is_no_budget(tmp_path: Path) -> None:
    funds = "项目起止时间 | < | 2023年至2025年 | <\n项目总投资（万元） | < | 1860 | <"
    project = record(HEAD + FUNDS.format(funds=funds), tmp_path)["projects"][0]
    assert "budget" not in project
    assert project["funds"] == [{"source": "项目总投资（万元）", "amount": Decimal(18600000)}]
    one_year = funds.replace("2023年至2025年", "2024年1月至2024年12月")
    project = record(HEAD + FUNDS.format(funds=one_year), tmp_path)["projects"][0]
    assert project["budget"] == Decimal(18600000)
