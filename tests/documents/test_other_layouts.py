"""Forms of other places: what is read of them, by truths that were counted by hand."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.documents.accounts import closed
from tests.documents.held_out import LAYOUTS, Truth
from tests.documents.layouts import html, word
from xlperf.documents import Coverage, read_document_with_residue
from xlperf.reading import Reading
from xlperf.record import Raw
from xlperf.schema import faults

Maker = Callable[[str, Path], Path]
MAKERS: dict[str, Maker] = {"form.html": html, "form.docx": word}
ALWAYS = {"goals", "indicators", "funds"}


def read(picture: str, folder: Path, name: str = "form.html") -> tuple[Reading, Coverage]:
    return read_document_with_residue(MAKERS[name](picture, folder / name))


def record(picture: str, folder: Path) -> Raw:
    return read(picture, folder)[0].record


@pytest.mark.parametrize("made", MAKERS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_says_what_was_counted_by_hand(layout: str, made: str, tmp_path: Path) -> None:
    picture, truth = LAYOUTS[layout]
    raw_record = read(picture, tmp_path, made)[0].record
    assert raw_record["edition"] == "unknown"
    for key in ("fiscal_year", "money_unit", "department", "overall_goal"):
        if key in truth:
            assert raw_record[key] == truth[key]
    assert len(raw_record["projects"]) == len(truth["projects"])
    for project, expected in zip(raw_record["projects"], truth["projects"], strict=True):
        assert {key: project[key] for key in expected} == expected
    _check_stages(raw_record.get("stages", []), truth.get("stages", []))


def _check_stages(stages: list[Raw], expected: list[Truth]) -> None:
    assert [stage["kind"] for stage in stages] == [stage["kind"] for stage in expected]
    for stage, expected_stage in zip(stages, expected, strict=True):
        assert stage.get("until") == expected_stage.get("until")
        for project, expected_project in zip(
            stage["projects"], expected_stage["projects"], strict=True
        ):
            indicators = zip(project["indicators"], expected_project["indicators"], strict=True)
            assert all(_holds(indicator, other) for indicator, other in indicators)
            rest = {key: value for key, value in expected_project.items() if key != "indicators"}
            assert {key: project[key] for key in rest} == rest


def _holds(indicator: Raw, expected: Truth) -> bool:
    """All that is wanted, and beside it only weights and scores."""
    return indicator.items() >= expected.items() and indicator.keys() - expected.keys() <= {
        "weight",
        "score",
    }


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_of_a_layout_is_lost_or_claimed_twice(layout: str, tmp_path: Path) -> None:
    reading, coverage = read(LAYOUTS[layout][0], tmp_path)
    residue = [text for _, text in coverage.residue]
    assert [leftover["text"] for leftover in reading.record.get("leftovers", [])] == residue
    assert coverage.leftover == sum(len(closed(text)) for text in residue)
    assert {fault.kind for fault in faults(reading.record)} <= {"missing"}


def test_a_departments_own_form_gives_its_goal_its_tasks_and_its_indicators(tmp_path: Path) -> None:
    picture, truth = LAYOUTS["whole department"]
    raw_record = record(picture, tmp_path)
    *tasks, whole = raw_record["activities"]
    assert [task["name"] for task in tasks] == truth["activities"]
    assert [indicator["name"] for indicator in whole["indicators"]] == truth[
        "department_indicators"
    ]
    assert whole["indicators"][0]["level1"] == "产出指标"


def test_a_rows_total_and_a_conclusion_are_no_indicators(tmp_path: Path) -> None:
    names = [
        indicator["name"]
        for layout in LAYOUTS
        for project in record(LAYOUTS[layout][0], tmp_path)["projects"]
        for indicator in project["indicators"]
    ]
    assert not {"合计", "总分", "小计", "评价结论"} & {*names}


UNKNOWN_TITLE = """
项目支出绩效目标表
项目名称 | 河堤加固 | 金额单位 | 元
一级指标 | 三级指标 | 目标值 | 质控参数
产出指标 | 加固长度 | 3公里 | 每月复测
"""


def test_a_column_with_an_unknown_title_is_kept_aside_and_named(tmp_path: Path) -> None:
    reading, coverage = read(UNKNOWN_TITLE, tmp_path)
    assert reading.recognition is not None
    assert reading.recognition.unknown == ("质控参数",)
    assert (reading.recognition.known_columns, reading.recognition.titles) == (3, 4)
    assert [text for _, text in coverage.residue] == ["质控参数", "每月复测"]
    assert [(remark.code, remark.facts["title"]) for remark in reading.remarks] == [
        ("STR044", "质控参数")
    ]


def unit_in(place: str, folder: Path, amount: str = "12.5") -> tuple[Any, str]:
    """The budget and the printed unit of a form, with the unit at one place of it."""
    places = {"line": "", "label": "", "pair": "", "number": "", place: "万元"}
    line = f"金额单位：{places['line']}" if places["line"] else "附件"
    label = f"年度资金总额（{places['label']}）" if places["label"] else "年度资金总额"
    pair = f"单位 | {places['pair']}" if places["pair"] else "项目属性 | 新增项目"
    picture = f"""
{line}
项目名称 | 河堤加固 | {pair}
{label} | {amount}{places["number"]} | 主管部门 | 某县水利局
一级指标 | 三级指标 | 指标值 | 计量单位
产出指标 | 受益人数 | 300 | 人
产出指标 | 工程款 | 12 | 万元
"""
    raw_record = record(picture, folder)
    return raw_record["projects"][0]["budget"], raw_record.get("money_unit", "")


@pytest.mark.parametrize("place", ["line", "label", "pair", "number"])
def test_the_unit_of_money_is_looked_for_near_the_amount(place: str, tmp_path: Path) -> None:
    assert unit_in(place, tmp_path) == (Decimal("125000.00"), "万元")


def test_an_indicators_unit_of_measure_is_no_unit_of_money(tmp_path: Path) -> None:
    assert unit_in("none", tmp_path)[0] == Decimal("12.50")
    reading, _ = read(LAYOUTS["no unit"][0], tmp_path)
    assert [remark.code for remark in reading.remarks if remark.code == "AMT212"] == ["AMT212"]


@pytest.mark.parametrize(
    ("word_", "yuan"),
    [
        *(("元", "7.00"), ("百元", "700.00"), ("千元", "7000.00"), ("万元", "70000.00")),
        *(("百万元", "7000000.00"), ("亿元", "700000000.00"), ("人民币万元", "70000.00")),
    ],
)
def test_every_usual_unit_becomes_yuan_exactly(word_: str, yuan: str, tmp_path: Path) -> None:
    picture = f"单位：{word_}\n" + UNKNOWN_TITLE.replace("金额单位 | 元", "年度资金总额 | 7")
    assert record(picture, tmp_path)["projects"][0]["budget"] == Decimal(yuan)


def test_the_nearest_of_two_units_holds(tmp_path: Path) -> None:
    picture = "单位：元\n" + UNKNOWN_TITLE.replace("金额单位 | 元", "预算金额（万元） | 7")
    assert record(picture, tmp_path)["projects"][0]["budget"] == Decimal("70000.00")
