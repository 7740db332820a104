"""Small clean departments of many fields, and single words changed in them: faults and innocents.

`faults/subjects*.toml` hold the departments; the other files rows of a department, a place in it, a
fault there, the codes of which one has to be found, and innocent words that look alike.
"""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent / "faults"
YEAR = 2021
MONEY = ("budget", "fiscal", "other")
FIRST = {"数量": "产出", "质量": "产出", "时效": "产出", "成本": "产出", "满意度": "满意度"}
SECOND = {"满意度": "服务对象满意度指标"}


class Row(NamedTuple):
    """One place of a clean department, a fault there, the codes, and what may stand there."""

    name: str
    subject: str
    place: str
    fault: Any
    codes: str
    innocent: Any


def rows() -> list[Row]:
    """All rows of all files but those of the departments, each with a name."""
    result = []
    for file in sorted(HERE.glob("*.toml")):
        listed = tomllib.loads(file.read_text(encoding="utf-8")).get("rows", [])
        for number, row in enumerate(listed, 1):
            result.append(Row(f"{file.stem} {number} {row[0]} {row[1]}", *row))
    return result


def innocents() -> list[tuple[str, str]]:
    """Lines of indicators and goals of any subject that are right, with the place for each."""
    table = tomllib.loads((HERE / "innocent.toml").read_text(encoding="utf-8"))
    return [("i1", line) for line in table["indicators"]] + [
        ("g2", goal) for goal in table["goals"]
    ]


def left_alone() -> list[tuple[str, str, str]]:
    """Words for one place of a clean department that are right: subject, place, words."""
    table = tomllib.loads((HERE / "left_alone.toml").read_text(encoding="utf-8"))
    return [(subject, place, words) for subject, place, words in table["left_alone"]]


@cache
def subjects() -> dict[str, dict[str, Any]]:
    """The tables of the clean departments by their field."""
    tables: dict[str, dict[str, Any]] = {}
    for file in sorted(HERE.glob("subjects*.toml")):
        tables |= tomllib.loads(file.read_text(encoding="utf-8"))
    return tables


def department(subject: str) -> dict[str, Any]:
    """The record of a clean department."""
    table = subjects()[subject]
    name = table["department"]
    region = name[:3]
    return {
        "edition": "hebei-2021",
        "fiscal_year": YEAR,
        "region": {"code": "130397", "name": region},
        "department": {"code": "410", "name": name},
        "overall_goal": table["overall"],
        "activities": [
            {
                "name": table["activity"],
                "goal": table["goal"],
                "indicators": [_of_activity(line) for line in table["of_activity"]],
            }
        ],
        "safeguards": [
            {"title": "健全制度", "text": "修订项目管理和资金支付办法，明确绩效责任人。"},
            {"title": "开展绩效监控", "text": "7月对照指标值逐项检查进展，发现偏差的及时纠正。"},
            {"title": "加快支出进度", "text": "二季度签订合同，按月通报支出进度。"},
        ],
        "units": [{"code": "410001", "name": f"{name}本级"}],
        "projects": [_project(table)],
    }


def _project(table: dict[str, Any]) -> dict[str, Any]:
    budget = Decimal(table["budget"])
    return {
        "code": "130397210AB1C2D3E4F5G",
        "name": table["name"],
        "unit": "410001",
        "budget": budget,
        "fiscal": budget,
        "other": Decimal(0),
        "purpose": table["purpose"],
        "spending_plan": {"03": 20, "06": 50, "10": 85, "12": 100},
        "goals": list(table["goals"]),
        "indicators": [_indicator(line) for line in table["indicators"]],
    }


def _indicator(line: str) -> dict[str, str]:
    second, name, description, target, basis = line.split("|")
    return {
        "level1": FIRST.get(second, "效益") + "指标",
        "level2": SECOND.get(second, f"{second}指标"),
        "name": name,
        "description": description,
        "target": target,
        "basis": basis,
    }


def _of_activity(line: str) -> dict[str, str]:
    name, description, target = line.split("|")
    return {"name": name, "description": description, "target": target}


def changed(subject: str, place: str, value: Any) -> tuple[dict[str, Any], tuple[str | int, ...]]:
    """The record with one change, and the path of what was changed.

    place: `i3.target` is the target of the 4th indicator, `i3` the whole line, `a0` one of the
    activity; `g1` a goal, `s0.text` a safeguard; else a field of the project, or `overall`, `goal`.
    """
    record = department(subject)
    above, key = _parent(place)
    node: Any = record
    for step in above:
        node = node[step]
    if isinstance(value, str) and "|" in value:
        value = _indicator(value) if place.startswith("i") else _of_activity(value)
    node[key] = Decimal(value) if key in MONEY else value
    if key == "budget":
        node["fiscal"] = node[key]
    return record, (*above, key)


LISTS = {"i": ("projects", 0, "indicators"), "g": ("projects", 0, "goals"), "s": ("safeguards",)}
LISTS["a"] = ("activities", 0, "indicators")
PLACES = {"overall": ("overall_goal",), "goal": ("activities", 0, "goal")}


def _parent(place: str) -> tuple[tuple[str | int, ...], str | int]:
    head, _, rest = place.partition(".")
    if head in PLACES:
        path: tuple[str | int, ...] = PLACES[head]
    elif head == "plan":
        path = ("projects", 0, "spending_plan", rest)
    elif head[0] in LISTS and head[1:].isdigit():
        path = (*LISTS[head[0]], int(head[1:]), *([rest] if rest else []))
    else:
        path = ("projects", 0, head)
    return path[:-1], path[-1]
