"""A project's form, field by field: one trap a test."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.documents.forms import (
    CODE,
    FIRST,
    FUNDS,
    GOALS,
    MONTHS,
    PROJECT,
    PURPOSE,
    SECOND,
    SHARES,
    THIRD,
    TITLES,
    UNIT,
    document,
    leftovers,
    project,
    read,
    remarks,
    rows,
)
from xlperf.documents.words import meanings, plain, words
from xlperf.editions import first


def test_a_form_is_read_field_by_field_with_its_lines() -> None:
    reading = read(document(rows()))
    assert reading.record["projects"] == [PROJECT]
    assert reading.record["units"] == [{"code": "333001", "name": "某县水利局本级"}]
    lines = {path: place.line for path, place in reading.where.items()}
    above = ("projects", 0)
    assert lines[above] == 3
    assert lines[(*above, "unit")] == lines[("units", 0, "name")] == 4
    assert lines[(*above, "code")] == 8
    assert lines[(*above, "other")] == 18
    assert lines[(*above, "purpose")] == 21
    assert lines[(*above, "spending_plan", "12")] == 33
    assert lines[(*above, "goals", 1)] == 37
    assert lines[(*above, "indicators", 1)] == 53
    assert lines[(*above, "indicators", 1, "level2")] == 54
    assert lines[(*above, "indicators", 1, "level1")] == 46  # printed once, merged down


def test_amounts_are_decimals_and_text_that_is_no_amount_stays_text() -> None:
    form = rows()
    form[FUNDS][2], form[FUNDS][4], form[FUNDS][6] = "1,234,567.8", "约六千元", "0"
    fields = project(document(form))
    assert fields["budget"] == Decimal("1234567.80")
    assert str(fields["budget"]) == "1234567.80"
    assert fields["fiscal"] == "约六千元"
    assert str(fields["other"]) == "0.00"


def test_amounts_printed_in_ten_thousands_are_kept_in_yuan() -> None:
    form = rows()
    form[UNIT][1], form[FUNDS][2] = "单位：万元", "0.64"
    form[FUNDS][4], form[FUNDS][6] = "0.6", "0.04"
    fields = project(document(form))
    assert [str(fields[key]) for key in ("budget", "fiscal", "other")] == [
        "6400.00",
        "6000.00",
        "400.00",
    ]


def test_shares_are_percentages_and_text_that_is_none_stays_text() -> None:
    form = rows()
    form[SHARES] = ["", "25", "50.5％", "待定", "100.00%"]
    plan = project(document(form))["spending_plan"]
    assert plan == {"03": 25, "06": Decimal("50.5"), "10": "待定", "12": 100}


def test_an_empty_share_leaves_its_month_absent() -> None:
    form = rows()
    form[SHARES] = ["", "25%", "", "75%", "100%"]
    assert project(document(form))["spending_plan"] == {"03": 25, "10": 75, "12": 100}


def test_blank_lines_inside_a_cell_do_not_break_its_row() -> None:
    form = rows()
    form[FIRST][4] = "≥5公里\n\n\n"
    form[SECOND][3] = "不超预算\n\n"
    form[SECOND][5] = "历史标准\n\n\n\n"
    form[CODE][0] = "项目编码\n\n"
    form[GOALS][1] += "\n\n"
    form[TITLES][2] = "三级指标\n\n"
    form[SHARES][2] = "50%\n\n"
    assert project(document(form)) == PROJECT


@pytest.mark.parametrize("row", [at for at in range(THIRD + 1) if at != UNIT])
def test_a_blank_line_lost_between_two_rows_does_no_harm(row: int) -> None:
    form = rows()
    form[row - 1 : row + 1] = [form[row - 1] + form[row]]
    assert project(document(form)) == PROJECT


def test_labels_may_end_with_a_colon() -> None:
    form = rows()
    form[CODE][0], form[FUNDS][1], form[GOALS][0] = "项目编码：", "预算数:", "绩效目标 ："
    assert project(document(form)) == PROJECT


@pytest.mark.parametrize("row", [MONTHS, SHARES])
@pytest.mark.parametrize("cell", [1, 4])
def test_shares_that_do_not_match_the_months_are_left_over_rather_than_guessed(
    row: int, cell: int
) -> None:
    form = rows()
    del form[row][cell]
    reading = read(document(form))
    shares = [text for text in form[SHARES] if text]
    assert "spending_plan" not in reading.record["projects"][0]
    assert [text for _, text in leftovers(reading)] == shares
    assert remarks(reading)[0][3] == {"text": " | ".join(shares)}
    assert reading.remarks[0].code == "STR021"


def test_line_breaks_within_a_cell_are_kept_and_those_around_it_are_not() -> None:
    form = rows()
    form[FIRST][4] = "≥5公里\n其中干渠2公里\n\n"
    form[PURPOSE][1] = "用于渠道清淤\n及边坡整修"
    fields = project(document(form))
    assert fields["indicators"][0]["target"] == "≥5公里\n其中干渠2公里"
    assert fields["purpose"] == "用于渠道清淤\n及边坡整修"


def test_a_cell_that_goes_on_after_a_blank_line_is_put_together() -> None:
    form = rows()
    form[GOALS][1] = "1.渠道畅通\n\n2.按期完工"
    form[PURPOSE][1] = "用于渠道清淤\n\n及边坡整修"
    form[FIRST][3] = "清淤渠道\n\n的长度"
    fields = project(document(form))
    assert fields["goals"] == ["渠道畅通", "按期完工"]
    assert fields["purpose"] == "用于渠道清淤\n\n及边坡整修"
    assert fields["indicators"][0]["description"] == "清淤渠道\n\n的长度"
    assert len(fields["indicators"]) == 3


@pytest.mark.parametrize(
    ("cell", "goals"),
    [
        ("1.甲\n2.乙", ["甲", "乙"]),
        ("1、甲\n2、乙", ["甲", "乙"]),
        ("1．甲\n２．乙", ["甲", "乙"]),
        ("（1）甲\n(2) 乙", ["甲", "乙"]),
        ("①甲\n②乙", ["甲", "乙"]),
        ("1.甲\n（2）乙\n3、丙", ["甲", "乙", "丙"]),
        ("1.甲；2.乙；\n3.丙", ["甲；", "乙；", "丙"]),
        ("甲\n乙", ["甲", "乙"]),
        ("甲，乙", ["甲，乙"]),
        ("1.甲\n续甲\n2.乙", ["甲\n续甲", "乙"]),
        ("1.甲：\n（1）子\n（2）丑\n2.乙", ["甲：\n（1）子\n（2）丑", "乙"]),
        ("总目标\n1.甲\n2.乙", ["总目标", "甲", "乙"]),
        ("1.17名职工\n2.5个班组", ["17名职工", "5个班组"]),
        ("1.5公里渠道", ["1.5公里渠道"]),
        ("1.2021年完工", ["2021年完工"]),
        ("1.新建2.5公里\n2.完成1、2号泵站", ["新建2.5公里", "完成1、2号泵站"]),
        ("", []),
    ],
)
def test_goals_are_kept_without_their_printed_numbers(cell: str, goals: list[str]) -> None:
    form = rows()
    form[GOALS][1] = cell
    assert project(document(form))["goals"] == goals


def test_goals_in_cells_of_their_own_are_read_too() -> None:
    form = rows()
    form[GOALS:TITLES] = [["绩效目标", "1.渠道畅通"], ["", "2.按期完工"]]
    assert project(document(form))["goals"] == ["渠道畅通", "按期完工"]


@pytest.mark.parametrize(
    ("row", "cell", "lost"),
    [
        (CODE, 0, ()),  # a code is known by its shape
        (CODE, 2, ("name",)),
        (FUNDS, 0, ()),
        (FUNDS, 1, ("budget",)),
        (FUNDS, 5, ("other",)),
        (MONTHS, 0, ()),
        (GOALS, 0, ("goals",)),
    ],
)
def test_a_lost_label_costs_no_more_than_its_own_value(
    row: int, cell: int, lost: tuple[str, ...]
) -> None:
    form = rows()
    value = form[row][cell + 1]
    form[row][cell] = ""
    reading = read(document(form))
    fields = {k: v for k, v in reading.record["projects"][0].items() if k != "title"}
    expected = {k: v for k, v in PROJECT.items() if k not in lost}
    assert fields == ({**expected, "goals": []} if "goals" in lost else expected)
    left = "\n".join(text for _, text in leftovers(reading))
    assert left == (value if lost else "")


def test_a_value_may_read_like_a_label_of_another_part() -> None:
    form = rows(name="其他资金")
    assert project(document(form, "1.其他资金绩效目标表"))["name"] == "其他资金"


def test_a_missing_value_does_not_take_the_next_label() -> None:
    form = rows()
    del form[CODE][1], form[FUNDS][2]
    fields = project(document(form))
    assert not fields.keys() & {"code", "budget"}
    assert (fields["name"], fields["fiscal"]) == ("渠道清淤", Decimal("6000.00"))


def test_every_label_of_the_official_form_is_known() -> None:
    cells = {**meanings("table"), **meanings("columns")}
    for key, label in (
        *(("code", "project_code"), ("name", "project_name"), ("money", "budget_and_purpose")),
        *(("budget", "budget"), ("fiscal", "fiscal"), ("other", "other"), ("yuan", "yuan")),
        *(("plan", "spending_plan"), ("march", "by_march"), ("june", "by_june")),
        *(("october", "by_october"), ("december", "by_december"), ("goals", "goals")),
        *(("level1", "level1"), ("level2", "level2"), ("name", "level3")),
        *(("description", "description"), ("target", "target"), ("basis", "basis")),
    ):
        assert cells[plain(first().word(label))] == key
    for key in ("department", "projects", "overall", "itemised", "safeguards"):
        assert key in meanings("headings").values()
    for level1, level2 in first().levels.items():
        assert level1 in words("levels", "level1")
        assert set(level2) <= set(words("levels", "level2"))


@pytest.mark.parametrize("colon", ["：", ":", " ： "])
def test_a_label_and_its_value_may_stand_in_one_cell(colon: str) -> None:
    form = rows()
    form[CODE] = [f"项目编码{colon}13030321GOE2BGRTFUYL2", f"项目名称{colon}渠道清淤"]
    assert project(document(form)) == PROJECT


def test_a_unit_of_money_behind_an_amount_is_its_own() -> None:
    form = rows()
    assert form[FUNDS][1:4] == ["预算数", "6400.00", "其中：财政资金"]
    form[FUNDS][2:3] = ["0.64", "万元"]
    fields = project(document(form))
    assert [fields[key] for key in ("budget", "fiscal", "other")] == [
        Decimal("6400.00"),
        Decimal("6000.00"),
        Decimal("400.00"),
    ]
