"""What lines above forms say of whose they are, in workbooks with a cover; by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.documents.test_other_layouts import record
from xlperf.jobs.inputs.importing import import_any

TITLE = "项目支出绩效目标表"
COVER = "某市部门预算项目申报\n填报单位：某市教育局\n填报日期：2024年1月5日"
LEFT = ["某市部门预算项目申报", "填报日期：2024年1月5日"]


def form(name: str, label: str = "", unit: str = "", line: str = "") -> str:
    return f"""
    {TITLE}
    {line}
    项目名称 | {name} | {label} | {unit}
    预算金额（万元） | 10 | |
    一级指标 | 二级指标 | 三级指标 | 指标值
    产出指标 | 数量指标 | 里程 | 30公里
    """


def book(sheets: list[str], file: Path) -> dict[str, Any]:
    """The record of a workbook with a sheet for each picture."""
    workbook = Workbook()
    workbook.remove(workbook.active)  # type: ignore[arg-type]
    for picture in sheets:
        sheet = workbook.create_sheet()
        for line in filter(None, map(str.strip, picture.splitlines())):
            sheet.append([cell.strip() or None for cell in line.split("|")])
    workbook.save(file)
    return dict(import_any(file)[0].record)


def units(result: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(project["name"], project.get("unit_name")) for project in result["projects"]]


def left(result: dict[str, Any]) -> list[str]:
    return [item["text"] for item in result.get("leftovers", [])]


def test_the_unit_of_a_cover_is_of_every_project(tmp_path: Path) -> None:
    result = book([COVER, form("甲"), form("乙"), form("丙")], tmp_path / "a.xlsx")
    assert units(result) == [(name, "某市教育局") for name in "甲乙丙"]
    assert result["department"]["name"] == "某市教育局"
    assert left(result) == LEFT


def test_a_forms_own_unit_comes_before_that_of_the_cover(tmp_path: Path) -> None:
    sheets = [COVER, form("甲", "项目单位", "一中"), form("乙"), form("丙", "项目单位", "二中")]
    result = book(sheets, tmp_path / "a.xlsx")
    assert units(result) == [("甲", "一中"), ("乙", "某市教育局"), ("丙", "二中")]
    assert result["department"]["name"] == "某市教育局"
    assert left(result) == LEFT


def test_a_cover_that_no_form_is_of_names_the_department(tmp_path: Path) -> None:
    sheets = [COVER, form("甲", "项目单位", "一中"), form("乙", "项目单位", "二中")]
    result = book(sheets, tmp_path / "a.xlsx")
    assert units(result) == [("甲", "一中"), ("乙", "二中")]
    assert result["department"]["name"] == "某市教育局"
    assert "department/name" not in result.get("inferred", [])
    assert left(result) == LEFT


def test_who_is_in_charge_by_the_cover_is_the_department(tmp_path: Path) -> None:
    cover = "项目支出绩效目标申报表\n主管部门：某市教育局\n填报单位：某市第一中学"
    result = book([cover, form("甲"), form("乙")], tmp_path / "a.xlsx")
    assert units(result) == [("甲", "某市第一中学"), ("乙", "某市第一中学")]
    assert [project["managing_department"] for project in result["projects"]] == ["某市教育局"] * 2
    assert result["department"]["name"] == "某市教育局"
    assert left(result) == []


def test_a_line_below_a_title_holds_up_to_the_next_title(tmp_path: Path) -> None:
    sheets = [form("甲", line="填报单位：一中"), form("乙", line="填报单位：二中"), form("丙")]
    result = book(sheets, tmp_path / "a.xlsx")
    assert units(result) == [("甲", "一中"), ("乙", "二中"), ("丙", None)]


@pytest.mark.parametrize("title", ["", TITLE])
def test_a_line_above_two_tables_holds_for_both(title: str, tmp_path: Path) -> None:
    tables = [form(name).replace(TITLE, "") for name in "甲乙"]
    result = record(f"{title}\n填报单位：某校\n{tables[0]}\n续\n{tables[1]}", tmp_path)
    assert units(result) == [("甲", "某校"), ("乙", "某校")]


def test_a_cover_may_be_a_table(tmp_path: Path) -> None:
    cover = "封面 | |\n填报单位 | 某市教育局 |\n联系人 | 张三 |"
    result = book([cover, form("甲"), form("乙")], tmp_path / "a.xlsx")
    assert units(result) == [("甲", "某市教育局"), ("乙", "某市教育局")]


def test_a_cover_above_a_departments_own_form_begins_no_project(tmp_path: Path) -> None:
    whole = """
    部门整体支出绩效目标表
    部门名称 | 某市教育局 | |
    年度总体目标 | 办好教育 | |
    一级指标 | 二级指标 | 三级指标 | 指标值
    产出指标 | 数量指标 | 学校 | 30所
    """
    result = book([COVER, whole, form("甲"), form("乙")], tmp_path / "a.xlsx")
    assert units(result) == [("甲", "某市教育局"), ("乙", "某市教育局")]
    assert result["department"]["name"] == "某市教育局"
    assert result["overall_goal"] == "办好教育"
    assert [indicator["name"] for indicator in result["activities"][-1]["indicators"]] == ["学校"]


@pytest.mark.parametrize("titled", [True, False])
@pytest.mark.parametrize("sheets", [1, 2])
def test_lines_below_forms_are_of_the_form_above(sheets: int, titled: bool, tmp_path: Path) -> None:
    forms = [f"{form(name)}\n填报单位：{unit}" for name, unit in (("甲", "一中"), ("乙", "二中"))]
    forms = [picture if titled else picture.replace(TITLE, "") for picture in forms]
    result = book(forms if sheets == 2 else ["\n".join(forms)], tmp_path / "a.xlsx")
    assert units(result) == [("甲", "一中"), ("乙", "二中")]


@pytest.mark.parametrize("sheets", [1, 2])
def test_lines_above_forms_without_titles_are_of_the_form_below(
    sheets: int, tmp_path: Path
) -> None:
    forms = [
        f"填报单位：{unit}\n{form(name)}".replace(TITLE, "")
        for name, unit in (("甲", "一中"), ("乙", "二中"))
    ]
    result = book(forms if sheets == 2 else ["\n".join(forms)], tmp_path / "a.xlsx")
    assert units(result) == [("甲", "一中"), ("乙", "二中")]
