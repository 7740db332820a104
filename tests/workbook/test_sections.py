"""Beside each form, a line a section says how it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.office import Office
from xlperf.workbook.draw.checks.section_status import FIRST_STATUS_LINE, SECTION_FIELDS

PROJECT, DEPARTMENT = "01 专项补助（人防）", "部门整体"
DAMAGE = {  # a cell of the project's form, what is typed there, the section and what it says then
    "code": ("B3", "1303", "basics", "基本信息：有问题"),
    "budget": ("C4", "", "budget", "预算与用途：未填全"),
    "fiscal": ("E4", "", "budget", "预算与用途：有问题"),
    "october": ("D7", 0.2, "spending_plan", "支出计划：有问题"),
    "goals": ("B8", "", "goals", "绩效目标：未填全"),
    "target": ("F10", "", "indicators", "绩效指标：未填全"),
}


def lines_before_and_after(
    office: Office, book: Path, sheet: str, form: str, step: dict
) -> tuple[list[str], list[str]]:
    """What the lines beside a form say before a step is taken and after it."""
    col, top = {"project": ("J", FIRST_STATUS_LINE), "department": ("J", 1)}[form]
    lines = range(top, top + len(SECTION_FIELDS[form]))
    steps = [{"do": "value", "sheet": sheet, "cell": f"{col}{row}"} for row in lines]
    values = office.look(book, *steps, step, *steps)
    return values[: len(steps)], values[len(steps) + 1 :]


@pytest.mark.office
@pytest.mark.parametrize("kind", DAMAGE)
def test_a_damaged_field_shows_in_its_section_and_in_no_other(
    office: Office, small_master: Path, kind: str
) -> None:
    cell, value, section, word = DAMAGE[kind]
    typed = {"do": "number" if isinstance(value, float) else "text", "sheet": PROJECT}
    step = {**typed, "cell": cell, "value": value}
    before, after = lines_before_and_after(office, small_master, PROJECT, "project", step)
    at = [*SECTION_FIELDS["project"]].index(section)
    assert before[at] != after[at] == word
    assert before[:at] + before[at + 1 :] == after[:at] + after[at + 1 :]


@pytest.mark.office
def test_the_departments_sections_stand_in_their_order(office: Office, small_master: Path) -> None:
    blank = {"do": "text", "sheet": DEPARTMENT, "cell": "B2", "value": ""}
    lines, after = lines_before_and_after(office, small_master, DEPARTMENT, "department", blank)
    assert [line.partition("：")[0] for line in lines] == [
        "基本信息", "预算单位", "总体目标", "分项目标", "保障措施",
    ]  # fmt: skip
    assert after[0] == "基本信息：未填全"
