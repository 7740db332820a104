"""Levels known by their words, and titles of columns made of usual words: worked out by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.documents.test_other_layouts import read, record
from xlperf.documents.layouts.titles import column_meanings, label_meaning
from xlperf.record import Raw

IN_ONE_CELL = """
某某县市场监督管理局2025年部门预算
项目支出绩效目标表
项目名称 | 市场监管执法专项 | < | <
项目金额（元） | 245,000.00 | < | <
指标类别 | 指标名称 | 目标值 | 评扣分标准
产出指标{sign}数量指标 | 执法检查次数 | ≥36次 | 按完成率计分
产出{sign}时效指标 | 举报处理时限 | ≤7天 | 按完成率计分
满意度指标{sign}服务对象满意度指标 | 经营者满意度 | ≥88% | 按完成率计分
"""
ROWS = [
    ("产出指标", "数量指标", "执法检查次数", "≥36次"),
    ("产出", "时效指标", "举报处理时限", "≤7天"),
    ("满意度指标", "服务对象满意度指标", "经营者满意度", "≥88%"),
]


def rows_of(raw_record: Raw) -> list[tuple[object, ...]]:
    keys = ("level1", "level2", "name", "target")
    return [
        tuple(indicator.get(k) for k in keys)
        for indicator in raw_record["projects"][0]["indicators"]
    ]


@pytest.mark.parametrize("sign", ["-", "——", "/", "→", " "])
def test_two_levels_in_one_cell_are_two(sign: str, tmp_path: Path) -> None:
    reading, coverage = read(IN_ONE_CELL.format(sign=sign), tmp_path)
    raw_record = reading.record
    assert rows_of(raw_record) == ROWS
    assert {indicator["scoring"] for indicator in raw_record["projects"][0]["indicators"]} == {
        "按完成率计分"
    }
    assert raw_record["department"]["name"] == "某某县市场监督管理局"
    assert raw_record["fiscal_year"] == 2025
    assert raw_record["projects"][0]["budget"] == Decimal(245000)
    assert coverage.residue == ()


CLASSED = """
2025年项目支出绩效目标表
部门名称：某某县司法局
项目名称 | 法律援助 | 预算金额 | 15万元
{title} | 指标内容 | 预期年度值 | 备注
{first} | 援助案件数 | ≥50件 |
{second} | 受援人满意度 | ≥90% |
"""


@pytest.mark.parametrize("title", ["指标类型", "指标类别", "指标属性"])
def test_a_column_of_second_levels_is_one_whatever_its_title(title: str, tmp_path: Path) -> None:
    form = CLASSED.format(title=title, first="数量指标", second="服务对象满意度指标")
    assert rows_of(record(form, tmp_path)) == [
        (None, "数量指标", "援助案件数", "≥50件"),
        (None, "服务对象满意度指标", "受援人满意度", "≥90%"),
    ]


def test_a_column_of_first_levels_is_one_whatever_its_title(tmp_path: Path) -> None:
    form = CLASSED.format(title="指标类型", first="产出指标", second="满意度指标")
    rows = rows_of(record(form, tmp_path))
    assert [row[:2] for row in rows] == [("产出指标", None), ("满意度指标", None)]


def test_a_column_of_other_types_is_kept_aside(tmp_path: Path) -> None:
    raw_record = record(CLASSED.format(title="指标类型", first="正向指标", second="定量"), tmp_path)
    assert [row[:2] for row in rows_of(raw_record)] == [(None, None), (None, None)]
    assert {leftover["text"] for leftover in raw_record["leftovers"]} >= {"正向指标", "定量"}


@pytest.mark.parametrize(
    ("title", "key"),
    [
        *(("预期年度值", "target"), ("年度预期指标值", "target"), ("计划年度目标值", "target")),
        *(("三级指标名称", "name"), ("二级指标名称", "level2"), ("评（扣）分标准", "scoring")),
        *(("评扣分标准", "scoring"), ("加减分标准", "scoring"), ("指标值设定依据", "basis")),
        *(("年度指标值计量单位", "unit"), ("指标权重值", "weight"), ("是否核心", "required")),
    ],
)
def test_a_title_is_known_by_the_words_it_is_made_of(title: str, key: str) -> None:
    assert [meaning for meaning, _ in column_meanings("indicator", title)] == [key]


@pytest.mark.parametrize(
    "title",
    [
        "实际完成值",
        "历史值",
        "上年指标值",
        "半年目标值",
        "扣分原因",
        "得分",
        "指标",
        "参考值",
        "价值",
    ],
)
def test_other_titles_with_these_words_are_none(title: str) -> None:
    keys = {key for key, _ in column_meanings("indicator", title)}
    assert not keys & {"target", "scoring", "weight"}


def test_whole_goals_and_levels_of_government_are_labels() -> None:
    assert label_meaning("goals", "整体目标") == "goals"
    assert label_meaning("goals", "项目整体绩效目标") == "goals"
    assert {label_meaning("funds", f"{of}财政") for of in ("本级", "上级", "中央")} == {"source"}


MUNICIPAL = """
专项资金绩效目标表
单位信息： | 203001-某某区林业局 | 项目名称： | 森林质量提升
当年预算（万元） | 本级财政 | 320.00 | 上级补助 | 540.00
^ | 其他资金 | 0.00 | 合计 | 860.00
整体目标 | 完成抚育1500亩 | < | < | <
一级指标 | 二级指标 | 三级指标 | 绩效指标值 | 是否核心
产出指标 | 数量指标 | 抚育面积 | ≥1500亩 | 是
"""


def test_sources_beside_the_label_of_the_years_budget(tmp_path: Path) -> None:
    raw_record = record(MUNICIPAL, tmp_path)
    project = raw_record["projects"][0]
    assert project["budget"] == Decimal(8600000) and project["goals"] == ["完成抚育1500亩"]
    sources = {fund["source"]: fund["amount"] for fund in project["funds"]}
    assert sources["本级财政"] == Decimal(3200000) and sources["上级补助"] == Decimal(5400000)
    assert raw_record["units"] == [{"code": "203001", "name": "某某区林业局"}]


def test_a_department_named_twice_is_named_once(tmp_path: Path) -> None:
    form = "某某县司法局2025年部门预算\n" + CLASSED.format(
        title="指标类型", first="数量指标", second="质量指标"
    )
    reading, coverage = read(form, tmp_path)
    assert reading.record["department"]["name"] == "某某县司法局"
    assert coverage.residue == ()


def test_a_code_printed_in_groups_is_one(tmp_path: Path) -> None:
    form = CLASSED.format(title="指标类型", first="数量指标", second="质量指标").replace(
        "项目名称 |", "项目编码 | 1303 0025 0000 0000 0021 | |\n项目名称 |"
    )
    reading, coverage = read(form, tmp_path)
    assert reading.record["projects"][0]["code"] == "13030025000000000021"
    assert coverage.residue == ()
