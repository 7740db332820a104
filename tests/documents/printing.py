"""A record printed as a published document is, as text: the test's own writer, kept simple.

Each cell is a line that starts with a tab, each row ends with a blank line, a cell merged into
the one above is a tab alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from xlperf.characters.numerals import chinese, circled
from xlperf.record import PLAN_MONTHS, Raw

HEADER = ("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据")
COLUMNS = ("level1", "level2", "name", "description", "target", "basis")


def printed(record: Raw, cover: str = "") -> str:
    """The whole document."""
    lines = [*([cover, ""] if cover else []), "第一部分", "部门整体绩效目标"]
    lines += ["一、总体绩效目标", f"    {record.get('overall_goal', '')}", ""]
    lines += ["二、分项绩效目标", *_activities(record), "三、工作保障措施", *_safeguards(record)]
    lines += ["第二部分", "预算项目绩效目标"]
    names = {unit["code"]: unit.get("name", "") for unit in record["units"]}
    for number, project in enumerate(record["projects"], 1):
        title = project.get("title") or project.get("name", "") + "绩效目标表"
        lines += [f"{number}.{title}", table(rows_of(project, names))]
    return "\n".join(lines) + "\n"


def _activities(record: Raw) -> Iterator[str]:
    for number, activity in enumerate(record["activities"], 1):
        yield f"（{chinese(number)}）{activity.get('name', '')}\n"
        if "goal" in activity:
            yield f"绩效目标：{activity['goal']}\n"
        if activity["indicators"]:
            yield "绩效指标：" + "".join(map(_sentence, *_counted(activity["indicators"]))) + "\n"


def _counted(items: list[Any]) -> tuple[range, list[Any]]:
    return range(1, len(items) + 1), items


def _sentence(number: int, one: Raw) -> str:
    text = f"{one.get('name', '')}：{one.get('description', '')}"
    joint = "" if text[-1:] in ",;；" else "，"
    return f"{circled(number)}{text}{joint}指标值{one.get('target', '')}。"


def _safeguards(record: Raw) -> Iterator[str]:
    for number, safeguard in enumerate(record["safeguards"], 1):
        yield f"（{chinese(number)}）{safeguard.get('title', '')}。{safeguard.get('text', '')}\n"


def rows_of(project: Raw, names: dict[str, str]) -> list[list[str]]:
    """The rows of a project's form, cells as text."""
    unit = project.get("unit", "")
    name = project.get("unit_name", names.get(unit, ""))
    plan = project.get("spending_plan", {})
    goals = "\n".join(f"{n}.{goal}" for n, goal in enumerate(project["goals"], 1))
    return [
        [f"{unit}{name}", "单位：元"],
        ["项目编码", project.get("code", ""), "项目名称", project.get("name", "")],
        ["预算规模及资金用途", *_funds(project)],
        ["", project.get("purpose", "")],
        ["资金支出计划（%）", "3月底", "6月底", "10月底", "12月底"],
        ["", *(_percent(plan.get(month)) for month in PLAN_MONTHS)],
        ["绩效目标", goals],
        list(HEADER),
        *_indicator_rows(project),
    ]


def _funds(project: Raw) -> Iterator[str]:
    for label, key in (("预算数", "budget"), ("其中：财政资金", "fiscal"), ("其他资金", "other")):
        yield label
        value = project.get(key, "")
        yield "0" if value == 0 else str(value)


def _percent(share: object) -> str:
    return f"{share:.2f}%" if isinstance(share, int | Decimal) else str(share or "")


def _indicator_rows(project: Raw) -> Iterator[list[str]]:
    above = ("", "")
    for indicator in project["indicators"]:
        cells = [indicator.get(key, "") for key in COLUMNS]
        here = (cells[0], cells[1])
        if here[0] == above[0]:
            cells[0] = ""
            cells[1] = "" if here == above else cells[1]
        above = here
        yield cells


def table(rows: list[list[str]]) -> str:
    """Rows of cells as the text of a table."""
    return "\n".join("".join(f"\t{cell}\n" for cell in row) for row in rows)
