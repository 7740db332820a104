# ruff: noqa: E501 (a row of a table is a line)
"""Tables with a column for each project; what is read, by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.documents.test_other_layouts import MAKERS, read
from xlperf.documents import read_text

PLAIN = """
2024年项目支出绩效目标表
单位：万元
项目名称 | 农村道路养护 | 桥梁检测 | 路灯维修
预算金额 | 120 | 80.5 | 33
其中：财政拨款 | 100 | 80.5 | 33
主管部门 | 某县交通局 | 某县交通局 | 某县住建局
年度目标 | 养护道路 | 检测桥梁 | 维修路灯
产出指标 | 养护里程≥30公里 | 检测桥梁12座 | 维修路灯300盏
效益指标 | 通行率≥95% | 安全率100% | 亮灯率≥98%
"""


@pytest.mark.parametrize("label", ["绩效目标", "总体目标", "项目目标"])
def test_a_label_of_goals_is_no_level(label: str, tmp_path: Path) -> None:
    result = read(PLAIN.replace("年度目标", label), tmp_path)[0].record
    goals = [project["goals"] for project in result["projects"]]
    assert goals == [["养护道路"], ["检测桥梁"], ["维修路灯"]]
    assert [len(project["indicators"]) for project in result["projects"]] == [2, 2, 2]


def facts(project: Any) -> tuple[Any, ...]:
    indicators = [
        (
            indicator.get("level1"),
            indicator.get("level2"),
            indicator["name"],
            indicator.get("target"),
        )
        for indicator in project["indicators"]
    ]
    return (project["name"], project.get("budget"), project["goals"], indicators)


@pytest.mark.parametrize("made", MAKERS)
def test_every_column_is_a_project(made: str, tmp_path: Path) -> None:
    result = read(PLAIN, tmp_path, made)[0].record
    assert [facts(project) for project in result["projects"]] == [
        (
            "农村道路养护",
            Decimal(1200000),
            ["养护道路"],
            [("产出指标", None, "养护里程", "≥30公里"), ("效益指标", None, "通行率", "≥95%")],
        ),
        (
            "桥梁检测",
            Decimal(805000),
            ["检测桥梁"],
            [("产出指标", None, "检测桥梁", "12座"), ("效益指标", None, "安全率", "100%")],
        ),
        (
            "路灯维修",
            Decimal(330000),
            ["维修路灯"],
            [("产出指标", None, "维修路灯", "300盏"), ("效益指标", None, "亮灯率", "≥98%")],
        ),
    ]
    assert [project["fiscal"] for project in result["projects"]] == [
        Decimal(1000000),
        Decimal(805000),
        Decimal(330000),
    ]
    assert [project["managing_department"] for project in result["projects"]] == [
        "某县交通局",
        "某县交通局",
        "某县住建局",
    ]
    assert result["fiscal_year"] == 2024
    assert "leftovers" not in result


TWO_LEVELS = """
某县水利局项目绩效目标表（2025年度）
金额单位：万元
序号 | < | 1 | 2 | 合计
项目名称 | < | 河道清淤 | 堤防加固 |
项目资金 | 年度资金总额 | 50 | 60.5 | 110.5
^ | 其中：财政拨款 | 50 | / | 50
^ | 其他资金 | 0 | 60.5 | 60.5
实施单位 | < | 某县河道站 | < |
年度目标 | < | 清淤12公里 | 加固3公里 |
绩效指标 | 数量指标 | 1.清淤长度≥12公里；/n2.清运土方5万方 | 加固长度3公里 |
^ | 成本指标 | 成本≤50万元 | 成本≤60.5万元 |
^ | 社会效益指标 | 受益人口2万人 | |
"""


@pytest.mark.parametrize("made", MAKERS)
def test_a_column_of_sums_is_no_project_and_a_merged_text_is_of_each(
    made: str, tmp_path: Path
) -> None:
    result = read(TWO_LEVELS, tmp_path, made)[0].record
    first, second = result["projects"]
    assert facts(first) == (
        "河道清淤",
        Decimal(500000),
        ["清淤12公里"],
        [
            (None, "数量指标", "清淤长度", "≥12公里"),
            (None, "数量指标", "清运土方", "5万方"),
            (None, "成本指标", "成本", "≤50万元"),
            (None, "社会效益指标", "受益人口", "2万人"),
        ],
    )
    assert facts(second) == (
        "堤防加固",
        Decimal(605000),
        ["加固3公里"],
        [
            (None, "数量指标", "加固长度", "3公里"),
            (None, "成本指标", "成本", "≤60.5万元"),
        ],
    )
    assert (first["fiscal"], first["other"]) == (Decimal(500000), Decimal(0))
    assert ("fiscal" in second, second["other"]) == (False, Decimal(605000))
    assert [project["implementing_unit"] for project in result["projects"]] == ["某县河道站"] * 2
    assert [item["text"] for item in result["leftovers"]] == ["110.5", "50", "60.5"]


@pytest.mark.parametrize("header", ["", "一级指标 | 二级指标 | 三级指标 | 指标值 | 指标值\n"])
def test_indicators_may_have_their_names_at_the_left(header: str, tmp_path: Path) -> None:
    picture = f"""
    某县水利局项目绩效目标表（2025年度）
    项目名称 | < | < | 河道清淤 | 堤防加固
    预算数（万元） | < | < | 50 | 60.5
    {header}产出指标 | 数量指标 | 施工长度 | ≥12公里 | ≥3公里
    ^ | 质量指标 | 合格率 | 100% | 100%
    效益指标 | 社会效益指标 | 受益人口 | 2万人 | /
    """
    first, second = read(picture, tmp_path)[0].record["projects"]
    both = [("产出指标", "数量指标", "施工长度"), ("产出指标", "质量指标", "合格率")]
    assert facts(first)[1:] == (
        Decimal(500000),
        [],
        [
            (*both[0], "≥12公里"),
            (*both[1], "100%"),
            ("效益指标", "社会效益指标", "受益人口", "2万人"),
        ],
    )
    assert facts(second)[1:] == (Decimal(605000), [], [(*both[0], "≥3公里"), (*both[1], "100%")])


def test_a_text_that_runs_over_a_blank_cell_is_of_no_project_for_sure() -> None:
    lines = PLAIN.strip().replace(" | ", "\t").replace("检测桥梁12座", "")
    result = read_text(lines).record
    assert [len(project["indicators"]) for project in result["projects"]] == [1, 1, 2]
    assert [item["text"] for item in result["leftovers"]] == ["养护里程≥30公里"]


@pytest.mark.parametrize(
    "rows",
    [
        "项目名称 | 河堤加固 | 业务科室 | 规划科\n主管部门 | 水利局 | 实施单位 | 河道站\n资金总额 | 10 | 财政拨款 | 8",
        "项目名称 | 河堤加固 | 2024年度 |\n资金总额 | 10 | | \n其中：财政拨款 | 8 | |",
        "项目名称 | 河堤加固 | |\n项目资金 | 年初预算数 | 全年预算数 | 全年执行数\n年度资金总额 | 10 | 12 | 8",
    ],
)
def test_labels_side_by_side_are_no_columns_of_projects(rows: str, tmp_path: Path) -> None:
    picture = f"项目绩效目标表\n单位：万元\n{rows}\n一级指标 | 二级指标 | 三级指标 | 指标值\n产出指标 | 数量指标 | 长度 | 3公里"
    (project,) = read(picture, tmp_path)[0].record["projects"]
    assert (project["name"], project["budget"]) == ("河堤加固", Decimal(100000))


def test_points_beside_indicators_are_no_project(tmp_path: Path) -> None:
    picture = """
    2024年项目绩效目标表
    项目名称 | 道路养护 | 续建
    主管部门 | 某局 | 本级
    产出指标 | 养护里程≥30公里 | 30分
    效益指标 | 通行率≥95% | 20分
    """
    names = [project.get("name") for project in read(picture, tmp_path)[0].record["projects"]]
    assert names == ["道路养护"]
