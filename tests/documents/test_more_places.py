# ruff: noqa: E501 (a row of a table is a line)
"""More of what forms of single places print in ways of their own; what is read, by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.documents.test_other_layouts import MAKERS, read, record
from xlperf.documents import read_text

TITLE = "项目支出绩效目标表\n（2025年度）"
ROWS = """
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 里程 | 30公里
"""


def levels(project: Any) -> list[tuple[Any, ...]]:
    keys = ("level1", "level2", "name", "target")
    return [tuple(indicator.get(key) for key in keys) for indicator in project["indicators"]]


def as_text(picture: str) -> str:
    lines = [[cell.strip(" <^") for cell in line.split("|")] for line in picture.splitlines()]
    return "\n".join("\t".join(cells) for cells in lines)


@pytest.mark.parametrize("made", [*MAKERS, "text"])
def test_sources_side_by_side_have_their_amounts_below(made: str, tmp_path: Path) -> None:
    picture = f"""
    {TITLE}
    单位：万元
    项目名称 | 名村保护 | < | < | < | <
    资金来源 | 预算安排数 | 财政拨款 | 市级财政资金 | 单位自有资金 | 其他
    ^ | 180 | 100 | 60 | 20 | /
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 指标值内容说明 | 备注
    产出指标 | 数量指标 | 修缮名村 | 12处 | 名录内 |
    """
    result = (
        read_text(as_text(picture)).record
        if made == "text"
        else read(picture, tmp_path, made)[0].record
    )
    (project,) = result["projects"]
    assert (project["budget"], project["fiscal"]) == (Decimal(1800000), Decimal(1000000))
    assert "other" not in project
    assert [line["amount"] for line in project["funds"]] == [
        Decimal(amount) for amount in (1800000, 1000000, 600000, 200000)
    ]
    assert project["indicators"][0]["description"] == "名录内"
    assert "leftovers" not in result


def test_labels_side_by_side_are_no_sources(tmp_path: Path) -> None:
    picture = f"{TITLE}\n项目名称 | 甲 | 主管部门 | 某局\n财政拨款 | 其他资金 | 自有资金 | 备注\n30万元 | 5万元 | 3万元 | 无{ROWS}"
    (project,) = record(picture, tmp_path)["projects"]
    assert not project.keys() & {"fiscal", "other", "budget"}  # a title among them is no source


def test_operator_value_and_unit_below_one_title(tmp_path: Path) -> None:
    picture = f"""
    {TITLE}
    项目名称 | 智慧交通 | < | < | < | <
    一级指标 | 二级指标 | 指标内容 | 指标值 | < | <
    ^ | ^ | ^ | 符号 | 值 | 单位
    产出指标 | 数量指标 | 联网路口 | ≥ | 320 | 个
    """
    (one,) = record(picture, tmp_path)["projects"][0]["indicators"]
    assert (one["operator"], one["target"], one["unit"]) == ("≥", "320", "个")


def test_a_department_and_its_project_one_after_another(tmp_path: Path) -> None:
    picture = f"""
    部门整体绩效目标表
    （2025年度）
    部门（单位）名称 | 某区卫生健康局 | < | <
    年度总体目标 | 提升服务水平 | < | <
    年度绩效指标 | 一级指标 | 二级指标 | 指标值
    ^ | 履职效能 | 基层诊疗率 | ≥65%
    ^ | 管理效率 | 预算执行率 | 100%
    {TITLE}
    项目名称 | 家庭医生签约 | 预算金额（万元） | 210
    绩效目标 | 签约居民12万人 | < | <
    {ROWS}
    """
    result = record(picture, tmp_path)
    (project,) = result["projects"]
    assert (project["name"], project["budget"], project["goals"]) == (
        "家庭医生签约",
        Decimal(2100000),
        ["签约居民12万人"],
    )
    assert result["overall_goal"] == "提升服务水平"
    whole = result["activities"][-1]
    assert [
        (indicator["level1"], indicator["name"], indicator["target"])
        for indicator in whole["indicators"]
    ] == [
        ("履职效能", "基层诊疗率", "≥65%"),
        ("管理效率", "预算执行率", "100%"),
    ]
    assert "leftovers" not in result


def test_second_levels_are_no_names(tmp_path: Path) -> None:
    picture = (
        f"{TITLE}\n项目名称 | 甲 | <\n一级指标 | 二级指标 | 指标值\n产出指标 | 数量指标 | 30公里\n"
    )
    assert record(picture, tmp_path)["projects"][0]["indicators"] == []


@pytest.mark.parametrize("second", ["项目当年绩效目标", "年度目标"])
def test_goals_in_all_before_those_of_the_year(second: str, tmp_path: Path) -> None:
    rows = f"项目名称 | 甲 | < | <\n项目总目标: | 提升服务能力 | < | <\n{second} | 更新6家图书馆 | < | <"
    reading, coverage = read(f"{TITLE}\n{rows}{ROWS}", tmp_path)
    (project,) = reading.record["projects"]
    assert project["goals_mid_term"] == ["提升服务能力"]
    assert project["goals"] == ["更新6家图书馆"]
    assert ("projects", 0, "goals_mid_term", 0) in reading.where
    assert coverage.leftover == 0


def test_two_goals_of_the_year_are_not_both_taken(tmp_path: Path) -> None:
    rows = "项目名称 | 甲 | < | <\n年度目标 | 一 | < | <\n年度绩效目标 | 二 | < | <"
    result = record(f"{TITLE}\n{rows}{ROWS}", tmp_path)
    assert result["projects"][0]["goals"] == ["一"]
    assert "goals_mid_term" not in result["projects"][0]
    assert "二" in [item["text"] for item in result["leftovers"]]


@pytest.mark.parametrize("made", [*MAKERS, "text"])
def test_a_list_whose_levels_stand_in_one_row_or_two(made: str, tmp_path: Path) -> None:
    picture = """
    某县2025年度部门预算项目绩效目标汇总表
    金额单位：元
    序号 | 项目名称 | 预算安排金额 | < | < | 绩效目标 | 产出指标 | < | 满意度指标
    ^ | ^ | 合计 | 财政拨款 | 其他资金 | ^ | 数量指标 | 质量指标 | ^
    1 | 操场改造 | 860000 | 800000 | 60000 | 改造操场1处 | 改造面积4200平方米 | 验收合格率100% | 师生满意度≥90%
    2 | 食堂改造 | 500000 | 500000 | 0 | 改造食堂1处 | 改造面积900平方米 | 验收合格率100% | 师生满意度≥95%
    """
    result = (
        read_text(as_text(picture)).record
        if made == "text"
        else read(picture, tmp_path, made)[0].record
    )
    first, second = result["projects"]
    assert [first[key] for key in ("budget", "fiscal", "other")] == [
        Decimal(860000),
        Decimal(800000),
        Decimal(60000),
    ]
    assert levels(second) == [
        ("产出指标", "数量指标", "改造面积", "900平方米"),
        ("产出指标", "质量指标", "验收合格率", "100%"),
        ("满意度指标", None, "师生满意度", "≥95%"),
    ]


def test_forms_below_each_other_know_their_levels_by_words(tmp_path: Path) -> None:
    one = "项目名称 | {} | 项目预算（万元） | {}\n指标类别 | 指标名称 | 指标值 | 指标说明\n数量指标 | 批次 | 20批 | 含农产品\n时效指标 | 按期率 | 100% |\n"
    first, second = record(f"{TITLE}\n{one.format('甲', 9)}{one.format('乙', 8)}", tmp_path)[
        "projects"
    ]
    assert (
        levels(first)
        == levels(second)
        == [(None, "数量指标", "批次", "20批"), (None, "时效指标", "按期率", "100%")]
    )


@pytest.mark.parametrize(
    ("label", "goal_label"),
    [("项目资金合计", "资金绩效目标"), ("资金投入总额", "专项资金绩效目标")],
)
def test_labels_put_together_of_usual_words(label: str, goal_label: str, tmp_path: Path) -> None:
    rows = f"项目名称 | 甲 | < | <\n{label}（万元） | 230 | 财政性资金 | 200\n{goal_label} | 改造小区14个 | < | <"
    (project,) = record(f"{TITLE}\n{rows}{ROWS}", tmp_path)["projects"]
    assert (project["budget"], project["fiscal"]) == (Decimal(2300000), Decimal(2000000))
    assert project["goals"] == ["改造小区14个"]


def test_an_amount_in_prose_may_have_a_label_of_its_own(tmp_path: Path) -> None:
    line = "（四）项目资金：本年度预算安排560万元，其中：中央资金400万元，县级资金160万元。"
    result = record(f"（一）项目名称：石漠化治理\n{line}\n{ROWS}", tmp_path)
    (project,) = result["projects"]
    assert project["budget"] == Decimal(5600000)
    assert [line["amount"] for line in project["funds"]] == [
        Decimal(5600000),
        Decimal(4000000),
        Decimal(1600000),
    ]
    assert "leftovers" not in result


def test_the_unit_of_an_amount_stands_in_the_cell_after_it(tmp_path: Path) -> None:
    rows = "项目名称 | 甲 | 主管部门 | 某局 | |\n预算金额 | 120.5 | 万元 | 其中：财政拨款 | 1000000 | 元"
    indicators = "一级指标 | 二级指标 | 三级指标 | 指标值 | < | <\n产出指标 | 数量指标 | 里程 | 30公里 | < | <"
    reading = read(f"{TITLE}\n{rows}\n{indicators}", tmp_path)[0]
    (project,) = reading.record["projects"]
    assert (project["budget"], project["fiscal"]) == (Decimal(1205000), Decimal(1000000))
    assert "leftovers" not in reading.record
    assert [remark.code for remark in reading.remarks if remark.code == "AMT212"] == []


def test_a_sum_and_what_it_is_made_of_in_one_cell(tmp_path: Path) -> None:
    rows = "项目名称 | 防汛抢险 | 项目资金 | 85万元（其中：财政拨款80万元，自筹5万元）"
    result = record(f"{TITLE}\n{rows}{ROWS}", tmp_path)
    (project,) = result["projects"]
    assert (project["budget"], project["fiscal"]) == (Decimal(850000), Decimal(800000))
    assert [line["amount"] for line in project["funds"]] == [
        Decimal(850000),
        Decimal(800000),
        Decimal(50000),
    ]
    assert "leftovers" not in result


@pytest.mark.parametrize(
    "cell", ["85万元（其中2024年40万元）", "85万元（含上年）", "三年85万元，其中：财政拨款80万元"]
)
def test_an_amount_with_other_words_is_kept_as_it_is_written(cell: str, tmp_path: Path) -> None:
    rows = f"项目名称 | 防汛抢险 | 项目资金 | {cell}"
    result = record(f"{TITLE}\n{rows}{ROWS}", tmp_path)
    assert result["projects"][0]["budget"] == cell


def test_a_year_is_no_amount(tmp_path: Path) -> None:
    rows = "项目名称 | 防汛抢险 | < | <\n预算安排 | 2024年 | 2025年 | 合计\n^ | 85 | 90 | 175"
    (project,) = record(f"{TITLE}\n{rows}{ROWS}", tmp_path)["projects"]
    assert project.get("budget") in (None, Decimal(90))
