# ruff: noqa: E501 (a row of a table is a line)
"""Titles that are put together of usual words: what is read under them, worked out by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.documents.test_other_layouts import record
from xlperf.documents.layouts.titles import column_meanings, label_meaning

FORM = """
2024年部门预算项目绩效目标表
专项资金名称 | < | 50011224T000003456789-法律援助补贴 | < | 项目周期 | <
业务主管部门 | < | 某区司法局 | < | 2024年预算 | 1,234,500.50元
起始年份 | < | 2023 | < | 终止年份 | 2025
项目当年绩效目标 | < | 办理法律援助案件1500件 | < | < | <
实施周期绩效目标 | < | 三年办理四千件 | < | < | <
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 实施周期指标值 | 年度指标值
^ | 产出指标 | 数量指标 | 办理案件数 | ≥4000件 | ≥1500件
"""


def test_a_form_whose_titles_are_put_together_otherwise(tmp_path: Path) -> None:
    project = record(FORM, tmp_path)["projects"][0]
    assert project["code"] == "50011224T000003456789"
    assert project["budget"] == Decimal("1234500.50")
    assert (project["start"], project["end"]) == ("2023", "2025")
    assert project["goals"] == ["办理法律援助案件1500件"]
    assert project["goals_mid_term"] == ["三年办理四千件"]
    targets = [(indicator["period"], indicator["target"]) for indicator in project["indicators"]]
    assert targets == [("mid-term", "≥4000件"), ("annual", "≥1500件")]


LIST = """
2023年部门预算项目绩效目标汇总表
单位：万元
项目编码 | 项目名称 | {over} | < | < | 项目当年绩效目标 | 一级指标 | 二级指标 | 三级指标 | 指标值
^ | ^ | {sum} | 财政拨款 | 其他资金 | ^ | ^ | ^ | ^ | ^
411200230000000123456 | 农田建设 | 12,345.678901 | 12,000.678901 | 345 | 新建农田8万亩 | 产出指标 | 数量指标 | 建设面积 | ≥8万亩
411200230000000123457 | 良种繁育 | 0.05 | 0.05 | 0 | 繁育良种三种 | 产出指标 | 数量指标 | 良种数量 | 3种
合计 | < | 12,345.728901 | 12,000.728901 | 345 | | | | |
"""


@pytest.mark.parametrize("over", ["资金总额", "预算金额", "2023年预算"])
@pytest.mark.parametrize("sum_title", ["合计", "小计", "总额"])
def test_the_sum_under_a_title_of_amounts_is_the_budget(
    over: str, sum_title: str, tmp_path: Path
) -> None:
    projects = record(LIST.format(over=over, sum=sum_title), tmp_path)["projects"]
    amounts = [[project[key] for key in ("budget", "fiscal", "other")] for project in projects]
    first = [Decimal("123456789.01"), Decimal("120006789.01"), Decimal(3450000)]
    assert amounts == [first, [Decimal(500), Decimal(500), Decimal(0)]]
    assert [project["goals"] for project in projects] == [["新建农田8万亩"], ["繁育良种三种"]]


@pytest.mark.parametrize("title", ["部门整体绩效目标", "分项绩效目标", "目标", "绩效目标表"])
def test_other_titles_with_these_words_are_no_goals(title: str) -> None:
    assert label_meaning("goals", title) == ""
    assert column_meanings("project", title) == ()


HEADED = """
部门预算项目绩效目标表（2023年度）
部门：102某市教育局 | < | < | < | 单位：元
项目名称 | 森林防火经费 | < | 项目属性 | 经常性项目
{group} | 合计 | 1,860,000 | 备注 | 无
^ | 一般公共预算 | 1,500,000 | 政府性基金 | 360,000
年度绩效目标 | 目标1：受害率控制在0.5‰以内 | < | < | <
^ | 目标2：建成防火隔离带35公里；目标3：开展演练两次 | < | < | <
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值内容
^ | 产出指标 | 数量指标 | 隔离带长度 | 35公里
合计 | < | < | < | 100
"""


@pytest.mark.parametrize("group", ["预算金额", "项目资金", "资金总额"])
def test_a_sum_beside_the_label_of_amounts_is_the_budget(group: str, tmp_path: Path) -> None:
    raw_record = record(HEADED.format(group=group), tmp_path)
    assert raw_record["department"] == {"code": "102", "name": "某市教育局"}
    project = raw_record["projects"][0]
    assert project["budget"] == Decimal(1860000)
    sources = [(fund["source"], fund["amount"]) for fund in project["funds"]]
    assert sources[-2:] == [("一般公共预算", Decimal(1500000)), ("政府性基金", Decimal(360000))]
    goals = ["受害率控制在0.5‰以内", "建成防火隔离带35公里；", "开展演练两次"]
    assert project["goals"] == goals
    assert project["indicators"][0]["target"] == "35公里"


SHIFTED = """
2024年项目支出绩效运行监控表
项目名称 | 全民阅读推广 | < | < | <
项目资金（万元） | 年初预算数 | 1-9月执行数 | 执行率 | 全年预计执行数
年度资金总额 | | 42.6 | 30.123456 | 70.71%
绩效指标 | 一级指标 | 三级指标 | 年度指标值 | 1-9月完成值
^ | 产出指标 | 阅读场次 | 60场 | 44场
"""


def test_a_rate_in_a_column_of_amounts_shows_that_its_row_stands_elsewhere(tmp_path: Path) -> None:
    raw_record = record(SHIFTED, tmp_path)
    stage = raw_record["stages"][0]["projects"][0]
    assert not {"executed", "expected"} & stage.keys()
    texts = [leftover["text"] for leftover in raw_record["leftovers"]]
    assert {"30.123456", "70.71%"} <= set(texts)
