# ruff: noqa: E501 (a row of a table is a line)
"""Targets up to the middle of a year, which have no place in a record: they are left over, said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.documents.test_other_layouts import MAKERS, read, record
from xlperf.documents import read_text
from xlperf.jobs.inputs.importing import doubts

HEAD = """
2024年项目支出绩效目标表
单位：万元
项目名称 | 农村道路养护 | 预算金额 | 120 | 主管部门 | 某县交通局
"""
ROW = "产出指标 | 数量指标 | 养护里程 | 15公里 | 30公里 |"
PAIRS = [
    ("半年（程）目标值", "全年目标值"),
    ("半年目标值", "年度目标值"),
    ("上半年目标值", "全年目标值"),
    ("上半年指标值", "指标值"),
    ("半年", "全年指标值"),
]
BELOW = [
    ("半年", "全年"),
    ("上半年", "全年"),
    ("半年（程）目标", "全年目标"),
    ("半年目标值", "全年目标值"),
    ("1-6月", "全年"),
    ("年中", "年末"),
    ("半年值", "全年值"),
]


def check(result: Any, half: str) -> None:
    (project,) = result["projects"]
    (one,) = project["indicators"]
    assert (one["name"], one["target"]) == ("养护里程", "30公里")
    assert "period" not in one
    texts = [item["text"] for item in result["leftovers"]]
    assert {half, "15公里"} <= {*texts}
    assert "30公里" not in texts


@pytest.mark.parametrize(("half", "whole"), PAIRS)
@pytest.mark.parametrize("is_first", [True, False])
def test_the_years_target_stands_beside(
    half: str, whole: str, is_first: bool, tmp_path: Path
) -> None:
    titles, row = (
        (f"{half} | {whole}", ROW)
        if is_first
        else (f"{whole} | {half}", ROW.replace("15公里 | 30公里", "30公里 | 15公里"))
    )
    picture = f"{HEAD}一级指标 | 二级指标 | 三级指标 | {titles} | 备注\n{row}"
    reading, coverage = read(picture, tmp_path)
    check(reading.record, half)
    assert reading.recognition is not None and half in reading.recognition.aside
    assert len(doubts(reading, coverage)) == 1  # so that an import ends with 1


@pytest.mark.parametrize(("half", "whole"), BELOW)
@pytest.mark.parametrize("made", [*MAKERS, "text"])
def test_the_years_target_stands_beside_below_one_title(
    half: str, whole: str, made: str, tmp_path: Path
) -> None:
    picture = f"{HEAD}一级指标 | 二级指标 | 三级指标 | 指标值 | < | 备注\n^ | ^ | ^ | {half} | {whole} | ^\n{ROW}"
    lines = [[cell.strip(" <^") for cell in line.split("|")] for line in picture.splitlines()]
    text = "\n".join("\t".join(cells) for cells in lines)
    reading = read_text(text) if made == "text" else read(picture, tmp_path, made)[0]
    check(reading.record, half)
    assert reading.recognition is not None and half in reading.recognition.aside


@pytest.mark.parametrize(
    "rows",
    [
        "半年目标 | 养护15公里 | < | < | < | <\n年度目标 | 养护30公里 | < | < | < | <",
        "总体目标 | 半年（程）目标 | < | 全年目标 | < | <\n^ | 养护15公里 | < | 养护30公里 | < | <",
    ],
)
def test_a_goal_of_half_a_year_is_left_over(rows: str, tmp_path: Path) -> None:
    result = record(
        f"{HEAD}{rows}\n一级指标 | 二级指标 | 三级指标 | 指标值 | < | <\n产出指标 | 数量指标 | 养护里程 | 30公里 | < | <",
        tmp_path,
    )
    assert result["projects"][0]["goals"] == ["养护30公里"]
    assert "养护15公里" in [item["text"] for item in result["leftovers"]]


def test_what_was_reached_in_half_a_year_is_completed(tmp_path: Path) -> None:
    picture = """
    2024年1-6月项目支出绩效运行监控表
    项目名称 | 农村道路养护 | 主管部门 | 某县交通局 | | |
    一级指标 | 二级指标 | 三级指标 | 全年目标值 | 半年目标值 | 半年完成值 | 全年预计完成值
    产出指标 | 数量指标 | 养护里程 | 30公里 | 15公里 | 14公里 | 29公里
    """
    result = record(picture, tmp_path)
    (stage,) = result["stages"]
    assert stage["until"] == "2024-06-30"
    (one,) = stage["projects"][0]["indicators"]
    assert (one["completed"], one["expected"]) == ("14公里", "29公里")
    assert result["projects"][0]["indicators"][0]["target"] == "30公里"
    assert [item["text"] for item in result["leftovers"]] == ["半年目标值", "15公里"]


QUARTERS = f"""
{HEAD}一级指标 | 二级指标 | 三级指标 | 指标值 | < | <
^ | ^ | ^ | 一季度 | 二季度 | {{last}}
产出指标 | 数量指标 | 监测次数 | 36次 | 72次 | 144次
"""


@pytest.mark.parametrize(("last", "target"), [("全年", "144次"), ("三季度", None)])
def test_targets_of_quarters_are_not_the_years(
    last: str, target: str | None, tmp_path: Path
) -> None:
    reading = read(QUARTERS.format(last=last), tmp_path)[0]
    (one,) = reading.record["projects"][0]["indicators"]
    assert (one["name"], one.get("target")) == ("监测次数", target)
    texts = [item["text"] for item in reading.record["leftovers"]]
    assert {"一季度", "36次", "二季度", "72次"} <= {*texts}
    assert ("144次" in texts) == (target is None)
    assert reading.recognition is not None and "一季度" in reading.recognition.aside
