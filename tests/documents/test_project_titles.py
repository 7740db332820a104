"""Projects one after another: their titles, numbers and units; one trap a test."""

from __future__ import annotations

import pytest

from tests.documents.forms import (
    CODE,
    HEADING,
    PROJECT,
    UNIT,
    document,
    leftovers,
    project,
    read,
    remarks,
    rows,
)
from tests.documents.printing import rows_of, table


@pytest.mark.parametrize(
    "heading",
    [
        "1.渠道清淤绩效目标表",
        "渠道清淤绩效目标表",
        "1、渠道清淤绩效目标表",
        "（1）渠道清淤绩效目标表",
        "一、渠道清淤绩效目标表",
        "1.渠道清淤绩效目标表 TC 1、渠道清淤绩效目标表 \\f C \\l 1 ",
        "1. 渠道清淤 绩效目标表",
    ],
)
def test_a_title_that_is_the_name_and_the_forms_is_furniture(heading: str) -> None:
    reading = read(document(rows(), heading))
    assert reading.record["projects"] == [PROJECT]
    assert leftovers(reading) == []
    assert {remark.code for remark in reading.remarks} <= {"STR013"}


@pytest.mark.parametrize("name", ["2021年清淤", "120急救车", "1.5万方清淤"])
def test_a_name_that_begins_with_digits_is_told_from_the_number(name: str) -> None:
    assert project(document(rows(name=name), f"1.{name}绩效目标表")) == {**PROJECT, "name": name}
    assert project(document(rows(name=name), f"{name}绩效目标表")) == {**PROJECT, "name": name}


def test_a_title_that_is_not_the_name_is_kept() -> None:
    fields = project(document(rows(), "1.渠道疏浚绩效目标表"))
    assert fields == {**PROJECT, "title": "渠道疏浚绩效目标表"}


def test_a_title_without_a_name_in_the_form_is_kept() -> None:
    form = rows()
    form[CODE] = form[CODE][:2]
    fields = project(document(form))
    assert fields["title"] == "渠道清淤绩效目标表"
    assert "name" not in fields


@pytest.mark.parametrize(
    ("entry", "agrees"),
    [
        ("1、渠道清淤绩效目标表", True),
        ("渠道清淤绩效目标表", True),
        ("2、渠道清淤绩效目标表", False),
        ("1、渠道疏浚绩效目标表", False),
    ],
)
def test_a_field_code_must_agree_with_the_title(entry: str, agrees: bool) -> None:
    reading = read(document(rows(), f"{HEADING} TC {entry} \\f C \\l 1 "))
    remark = ("STR007", ("projects", 0), 3, {"title": HEADING, "entry": entry})
    assert (remark in remarks(reading)) is not agrees
    assert ("STR013", (), 3, {"n": 1}) in remarks(reading)


def test_a_title_set_in_the_table_is_a_title() -> None:
    forms = table([[HEADING], *rows(), ["2.乙绩效目标表"], *rows(name="乙")])
    text = f"第二部分\n预算项目绩效目标\n{forms}"
    reading = read(text)
    assert [item["name"] for item in reading.record["projects"]] == ["渠道清淤", "乙"]
    assert leftovers(reading) == []


def test_forms_without_any_title_are_projects_too() -> None:
    reading = read(table([*rows(), *rows(name="乙", code="13030321GOE2BGRTFUYL3")]))
    assert [item["name"] for item in reading.record["projects"]] == ["渠道清淤", "乙"]
    assert [len(item["indicators"]) for item in reading.record["projects"]] == [3, 3]
    assert leftovers(reading) == []


def test_a_project_may_have_no_indicators_and_no_goals() -> None:
    fields = project(document(rows(indicators=[], goals=[])))
    assert fields == {**PROJECT, "indicators": [], "goals": []}


def test_a_project_may_have_a_title_and_nothing_else() -> None:
    reading = read("第二部分\n预算项目绩效目标\n1.渠道清淤绩效目标表\n")
    assert reading.record["projects"] == [
        {"title": "渠道清淤绩效目标表", "goals": [], "indicators": []}
    ]


def three_units() -> str:
    units = {"333001": "某县水利局本级", "333002": "某县水文站", "333003": "某县河道所"}
    forms = [
        (f"{n}.项目{n}绩效目标表", {**PROJECT, "unit": unit, "name": f"项目{n}"})
        for n, unit in ((1, "333001"), (2, "333002"), (4, "333001"), (5, "333003"))
    ]
    body = "\n".join(f"{title}\n{table(rows_of(form, units))}" for title, form in forms)
    return f"第二部分\n预算项目绩效目标\n{body}"


def test_units_are_listed_in_the_order_they_first_appear() -> None:
    reading = read(three_units())
    assert [unit["code"] for unit in reading.record["units"]] == ["333001", "333002", "333003"]
    units = [item["unit"] for item in reading.record["projects"]]
    assert units == ["333001", "333002", "333001", "333003"]


def test_a_project_number_out_of_order_is_remarked() -> None:
    reading = read(three_units())
    assert [remark[:2] + remark[3:] for remark in remarks(reading)] == [
        ("STR003", (), {"expected": 3, "found": 4})
    ]


def test_another_name_for_a_listed_unit_stays_with_the_project() -> None:
    text = three_units().replace("333002某县水文站", "333001某县水利局")
    reading = read(text)
    assert reading.record["units"][0] == {"code": "333001", "name": "某县水利局本级"}
    named = [item.get("unit_name") for item in reading.record["projects"]]
    assert named == [None, "某县水利局", None, None]


@pytest.mark.parametrize(
    ("printed", "unit", "name"),
    [
        ("333001某县水利局", "333001", "某县水利局"),
        ("333001-某县水利局", "333001", "某县水利局"),
        ("[333001]某县水利局", "333001", "某县水利局"),
        ("333001 某县水利局", "333001", "某县水利局"),
        ("333001", "333001", None),
    ],
)
def test_a_units_code_is_the_digits_before_its_name(printed: str, unit: str, name: str) -> None:
    form = rows()
    form[UNIT][0] = printed
    reading = read(document(form))
    assert reading.record["projects"][0]["unit"] == unit
    assert reading.record["units"][0].get("name") == name
    assert leftovers(reading) == []


def test_a_unit_named_without_a_code_is_kept_with_the_project() -> None:
    form = rows()
    form[UNIT] = ["某县水利局", "单位：元"]
    fields = project(document(form))
    assert fields["unit_name"] == "某县水利局"
    assert "unit" not in fields


def test_a_unit_above_the_table_is_read_too() -> None:
    form = rows()
    text = f"{HEADING}\n333001某县水利局本级  单位：元\n{table(form[CODE:])}"
    assert project(f"第二部分\n预算项目绩效目标\n{text}") == PROJECT


def test_a_paragraph_between_two_projects_is_left_over_with_its_line() -> None:
    first, second = document(rows()), f"2.乙绩效目标表\n{table(rows(name='乙'))}"
    reading = read(f"{first}\n以上为第一个项目。\n\n{second}")
    line = first.count("\n") + 2
    assert leftovers(reading) == [(f"L{line}", "以上为第一个项目。")]
    assert reading.record["projects"] == [PROJECT, {**PROJECT, "name": "乙"}]
