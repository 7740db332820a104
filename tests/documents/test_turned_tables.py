"""Titles of indicators at the left of rows, for one project or a column each; by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.documents.test_other_layouts import MAKERS, read

SEVERAL = """
某局2025年项目绩效目标表
项目名称 | 国道养护 | 桥梁检测
预算金额（万元） | 800 | 700
年度目标 | 养护国道 | 检测桥梁
一级指标 | 产出指标 | 产出指标
二级指标 | 数量指标 | 质量指标
三级指标 | 养护里程 | 检测合格率
指标值 | 120公里 | ≥95%
一级指标 | 效益指标 | 效益指标
二级指标 | 社会效益指标 | 社会效益指标
三级指标 | 通行能力 | 安全水平
指标值 | 提升 | 提高
"""
SIDE_BY_SIDE = """
某局2025年项目绩效目标表
项目名称 | 国道养护 | < | 桥梁检测 | <
预算金额（万元） | 800 | < | 700 | <
年度目标 | 养护国道 | < | 检测桥梁 | <
一级指标 | 产出指标 | 效益指标 | 产出指标 | 效益指标
二级指标 | 数量指标 | 社会效益指标 | 质量指标 | 社会效益指标
三级指标 | 养护里程 | 通行能力 | 检测合格率 | 安全水平
指标值 | 120公里 | 提升 | ≥95% | 提高
"""
ONE = """
某局2025年项目绩效目标表
项目名称 | 国道养护 | <
预算金额（万元） | 800 | <
年度目标 | 养护国道 | <
一级指标 | 产出指标 | 效益指标
二级指标 | 数量指标 | 社会效益指标
三级指标 | 养护里程 | 通行能力
指标值 | 120公里 | 提升
"""
FIRST = [
    ["产出指标", "数量指标", "养护里程", "120公里"],
    ["效益指标", "社会效益指标", "通行能力", "提升"],
]
SECOND = [
    ["产出指标", "质量指标", "检测合格率", "≥95%"],
    ["效益指标", "社会效益指标", "安全水平", "提高"],
]
BOTH = [("国道养护", 8000000, ["养护国道"], FIRST), ("桥梁检测", 7000000, ["检测桥梁"], SECOND)]


@pytest.mark.parametrize("made", MAKERS)
@pytest.mark.parametrize(
    ("picture", "truth"), [(SEVERAL, BOTH), (SIDE_BY_SIDE, BOTH), (ONE, BOTH[:1])]
)
def test_each_column_is_an_indicator(
    picture: str, truth: list[Any], made: str, tmp_path: Path
) -> None:
    reading, coverage = read(picture, tmp_path, made)
    projects = [
        (p["name"], p["budget"], p["goals"], [[*i.values()] for i in p["indicators"]])
        for p in reading.record["projects"]
    ]
    assert (projects, coverage.leftover) == (truth, 0)


EVALUATED = """
某局2024年度项目支出绩效自评表
项目名称 | < | 国道养护 | 桥梁检测
全年预算数（万元） | < | 800 | 700
全年执行数（万元） | < | 760 | 700
产出指标 | 指标名称 | 养护里程 | 检测座数
^ | 指标值 | 120公里 | 30座
^ | 完成值 | 118公里 | 30座
^ | 得分 | 49 | 50
自评得分 | < | 96 | 99
"""


def test_what_came_of_projects_in_columns_is_a_self_evaluation(tmp_path: Path) -> None:
    result = read(EVALUATED, tmp_path)[0].record
    (stage,) = result["stages"]
    assert (result["fiscal_year"], stage["kind"]) == (2024, "self-evaluation")
    assert [
        (p["name"], p["adjusted"], p["executed"], p["total"], p["indicators"])
        for p in stage["projects"]
    ] == [
        (
            "国道养护",
            8000000,
            7600000,
            96,
            [{"of": ["产出指标", "", "养护里程", 0], "completed": "118公里", "score": 49}],
        ),
        (
            "桥梁检测",
            7000000,
            7000000,
            99,
            [{"of": ["产出指标", "", "检测座数", 0], "completed": "30座", "score": 50}],
        ),
    ]


MONITORED = """
某局2025年1-6月项目支出绩效运行监控表
项目名称 | 国道养护 | 桥梁检测
年初预算数（万元） | 800 | 700
1-6月执行数（万元） | 360 | 300
全年预计执行数（万元） | 800 | 700
三级指标 | 养护里程 | 检测座数
年度指标值 | 120公里 | 30座
1-6月完成情况 | 50公里 | 10座
全年预计完成情况 | 120公里 | 30座
"""


def test_all_projects_in_columns_are_of_the_months_of_their_title(tmp_path: Path) -> None:
    (stage,) = read(MONITORED, tmp_path)[0].record["stages"]
    assert (stage["kind"], stage["until"]) == ("monitoring", "2025-06-30")
    assert [(p["executed"], p["expected"]) for p in stage["projects"]] == [
        (3600000, 8000000),
        (3000000, 7000000),
    ]
    assert [
        [i["completed"], i["expected"]] for p in stage["projects"] for i in p["indicators"]
    ] == [
        ["50公里", "120公里"],
        ["10座", "30座"],
    ]


def test_titles_of_targets_and_results_are_no_names_of_indicators(tmp_path: Path) -> None:
    picture = """
某局2024年度项目支出绩效自评表
项目名称 | < | 国道养护 | 桥梁检测
全年预算数（万元） | < | 800 | 700
数量指标 | 目标值 | 养护国道120公里 | 检测桥梁30座
^ | 完成值 | 118公里 | 30座
"""
    projects = read(picture, tmp_path)[0].record["projects"]
    named = [[(i["name"], i["target"]) for i in p["indicators"]] for p in projects]
    assert named == [[("养护国道", "120公里")], [("检测桥梁", "30座")]]
