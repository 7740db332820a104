"""What two records are said to differ in: each kind of change, and what is none."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest

from xlperf.canonical import canonical
from xlperf.comparison import Change, changes, counts, money_of
from xlperf.comparison.marked_words import marked
from xlperf.record import Raw

Edit = Callable[[Raw], object]


def indicator(level2: str, name: str, target: str, description: str = "") -> Raw:
    level1 = "效益指标" if "效益" in level2 else "产出指标"
    row = {"level1": level1, "level2": level2, "name": name, "target": target}
    return {**row, "description": description or f"反映{name}的情况", "basis": "年度工作计划"}


def project(number: int, name: str, unit: str, budget: str, *rows: Raw) -> Raw:
    return {
        "code": f"13030321{number:013d}",
        "name": name,
        "unit": unit,
        "budget": Decimal(budget),
        "fiscal": Decimal(budget),
        "other": Decimal(0),
        "purpose": f"用于{name}的各项支出",
        "spending_plan": {"03": 25, "06": 50, "10": 75, "12": 100},
        "goals": [f"{name}按期完成", f"{name}的群众满意"],
        "indicators": list(rows),
    }


def document() -> Raw:
    """Two units and three projects: 1,000 and 200 yuan in the first, 30 in the second."""
    return canonical(
        {
            "edition": "hebei-2021",
            "fiscal_year": 2021,
            "overall_goal": "全年道路完好。",
            "activities": [
                {
                    "name": "道路养护",
                    "goal": "路面平整",
                    "indicators": [{"name": "路面完好率", "description": "完好", "target": "≥95%"}],
                }
            ],
            "safeguards": [{"title": "加强领导", "text": "成立专班。"}],
            "units": [{"code": "333001", "name": "甲局本级"}, {"code": "333002", "name": "甲中心"}],
            "projects": [
                project(
                    1,
                    "道路维修",
                    "333001",
                    "1000",
                    indicator("数量指标", "维修里程", "12公里"),
                    indicator("质量指标", "验收合格率", "100%"),
                    indicator("社会效益指标", "出行时间缩短", "≥10分钟"),
                ),
                project(
                    2, "桥梁检测", "333001", "200", indicator("数量指标", "检测桥梁数量", "8座")
                ),
                project(3, "路灯电费", "333002", "30", indicator("数量指标", "路灯盏数", "500盏")),
            ],
        }
    )


def edited(edit: Edit) -> Raw:
    record = deepcopy(document())
    edit(record)
    return canonical(record)


def brief(change: Change) -> tuple[str, str, Any, Any]:
    return str(change.kind), "/".join(map(str, change.path)), change.before, change.after


def put(path: str, value: Any) -> Edit:
    """Set a value at a path written with slashes."""

    def edit(record: Raw) -> None:
        node: Any = record
        *above, last = (int(step) if step.isdecimal() else step for step in path.split("/"))
        for step in above:
            node = node[f"{step:02d}" if isinstance(node, dict) and isinstance(step, int) else step]
        node[f"{last:02d}" if isinstance(node, dict) and isinstance(last, int) else last] = value

    return edit


def vars_of(thing: object, names: str) -> list[Decimal]:
    return [getattr(thing, name) for name in names.split()]


FIELDS: dict[str, tuple[Edit, tuple[str, str, Any, Any]]] = {
    "a budget": (
        put("projects/0/budget", Decimal(1100)),
        ("changed", "projects/0/budget", Decimal("1000.00"), Decimal("1100.00")),
    ),
    "a share": (
        put("projects/0/spending_plan/06", 60),
        ("changed", "projects/0/spending_plan/06", 50, 60),
    ),
    "a target": (
        put("projects/0/indicators/0/target", "15公里"),
        ("changed", "projects/0/indicators/0/target", "12公里", "15公里"),
    ),
    "a project's name": (
        put("projects/1/name", "桥梁检测评估"),
        ("renamed", "projects/1/name", "桥梁检测", "桥梁检测评估"),
    ),
    "a project's unit": (
        put("projects/1/unit", "333002"),
        ("moved", "projects/1/unit", "333001", "333002"),
    ),
    "an indicator's level": (
        put("projects/0/indicators/0/level2", "成本指标"),
        ("moved", "projects/0/indicators/0/level2", "数量指标", "成本指标"),
    ),
    "an indicator's name": (
        put("projects/0/indicators/0/name", "道路维修里程"),
        ("renamed", "projects/0/indicators/0/name", "维修里程", "道路维修里程"),
    ),
    "a goal": (
        put("projects/0/goals/0", "道路维修按期优质完成"),
        ("changed", "projects/0/goals/0", "道路维修按期完成", "道路维修按期优质完成"),
    ),
    "the overall goal": (
        put("overall_goal", "全年道路完好、路灯常亮。"),
        ("changed", "overall_goal", "全年道路完好。", "全年道路完好、路灯常亮。"),
    ),
    "an activity's target": (
        put("activities/0/indicators/0/target", "≥98%"),
        ("changed", "activities/0/indicators/0/target", "≥95%", "≥98%"),
    ),
    "a safeguard": (
        put("safeguards/0/text", "成立工作专班。"),
        ("changed", "safeguards/0/text", "成立专班。", "成立工作专班。"),
    ),
    "a unit's name": (
        put("units/1/name", "甲服务中心"),
        ("renamed", "units/1/name", "甲中心", "甲服务中心"),
    ),
    "a project's code": (
        put("projects/2/code", "13030321ZZZZZZZZZZZZZ"),
        ("changed", "projects/2/code", "130303210000000000003", "13030321ZZZZZZZZZZZZZ"),
    ),
    "a purpose that goes": (
        lambda record: record["projects"][0].pop("purpose"),
        ("changed", "projects/0/purpose", "用于道路维修的各项支出", None),
    ),
    "the year": (put("fiscal_year", 2022), ("changed", "fiscal_year", 2021, 2022)),
}


@pytest.mark.parametrize("name", FIELDS)
def test_one_edit_is_one_change(name: str) -> None:
    edit, expected = FIELDS[name]
    assert [brief(change) for change in changes(document(), edited(edit))] == [expected]


def test_what_comes_and_goes_is_there_whole() -> None:
    def edit(record: Raw) -> None:
        record["projects"].append(project(4, "绿化补植", "333002", "70"))
        del record["projects"][1]
        record["projects"][0]["indicators"].insert(0, indicator("时效指标", "按期完工率", "100%"))
        del record["projects"][0]["goals"][1]

    listed = changes(document(), edited(edit))
    assert [(str(c.kind), c.path, c.project_name) for c in listed] == [
        ("removed", ("projects", 0, "goals", 1), "道路维修"),
        ("added", ("projects", 0, "indicators", 0), "道路维修"),
        ("removed", ("projects", 1), "桥梁检测"),
        ("added", ("projects", 2), "绿化补植"),
    ]
    assert listed[0].before == "道路维修的群众满意" and listed[0].after is None
    assert listed[2].before["indicators"][0]["target"] == "8座"
    assert counts(listed) == {"changed": 0, "added": 2, "removed": 2, "moved": 0, "renamed": 0}


HARMLESS: dict[str, Edit] = {
    "projects in another order": lambda record: record["projects"].reverse(),
    "rows in another order": lambda record: record["projects"][0]["indicators"].reverse(),
    "goals in another order": lambda record: record["projects"][0]["goals"].reverse(),
    "units in another order": lambda record: record["units"].reverse(),
    "an amount written otherwise": put("projects/0/budget", "1,000.00"),
    "a share with its sign": put("projects/0/spending_plan/06", "50%"),
    "blanks": put("projects/0/purpose", " 用于道路维修\n的各项支出\u200b "),
    "a blank in a target": put("projects/0/indicators/0/target", "12 公里"),
    "what a reader inferred": put("inferred", ["fiscal_year"]),
    "a blank goal": lambda record: record["projects"][0]["goals"].append(" "),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_order_blanks_and_formats_are_no_change(name: str) -> None:
    assert changes(document(), edited(HARMLESS[name])) == []


def test_next_years_codes_are_the_same_projects() -> None:
    def edit(record: Raw) -> None:
        for item in record["projects"]:
            item["code"] = item["code"][:6] + "22" + item["code"][8:]
        record["projects"][0]["name"] = "道路大修"

    kinds = [(str(change.kind), change.path[-1]) for change in changes(document(), edited(edit))]
    assert kinds == [
        ("changed", "code"),
        ("renamed", "name"),
        ("changed", "code"),
        ("changed", "code"),
    ]


def test_rows_that_moved_and_changed_are_recognised_by_what_they_say() -> None:
    def edit(record: Raw) -> None:
        rows = record["projects"][0]["indicators"]
        rows[0]["name"], rows[0]["target"] = "完成维修里程", "13公里"
        rows.append(rows.pop(0))

    listed = [brief(change) for change in changes(document(), edited(edit))]
    assert listed == [
        ("renamed", "projects/0/indicators/2/name", "维修里程", "完成维修里程"),
        ("changed", "projects/0/indicators/2/target", "12公里", "13公里"),
    ]


def test_why_the_money_changed() -> None:
    def edit(record: Raw) -> None:
        record["projects"][0]["budget"] = Decimal(1100)  # +100 in 333001
        record["projects"][1]["unit"] = "333002"  # 200 from 333001 to 333002
        del record["projects"][2]  # -30 in 333002
        record["projects"].append(project(4, "绿化补植", "333002", "70"))  # +70

    money = money_of(document(), edited(edit))
    assert vars_of(money.sums["budget"], "before after difference") == [1230, 1370, 140]
    first, second = money.units
    assert (first.code, second.code) == ("333001", "333002")
    assert vars_of(first.budget, "before after") == [1200, 1100]
    assert vars_of(first, "changed left added removed arrived") == [100, 200, 0, 0, 0]
    assert vars_of(second.budget, "before after") == [30, 270]
    assert vars_of(second, "changed left added removed arrived") == [0, 0, 70, 30, 200]
    assert [item.name for item in money.projects] == ["道路维修", "绿化补植", "路灯电费"]
    assert [int(item.difference) for item in money.projects] == [100, 70, -30]


def test_a_unit_with_a_new_code_is_no_move_of_its_projects() -> None:
    def edit(record: Raw) -> None:
        record["units"][1]["code"] = "333009"
        record["projects"][2]["unit"] = "333009"

    after = edited(edit)
    assert [brief(change) for change in changes(document(), after)] == [
        ("changed", "units/1/code", "333002", "333009")
    ]
    money = money_of(document(), after)
    assert [unit.code for unit in money.units] == ["333001", "333009"]
    assert all(not unit.budget.difference and not unit.arrived for unit in money.units)


def test_a_budget_that_is_no_number_is_a_change_and_counted_apart() -> None:
    after = edited(put("projects/2/budget", "三十"))
    listed = [brief(change) for change in changes(document(), after)]
    assert listed == [("changed", "projects/2/budget", Decimal("30.00"), "三十")]
    assert money_of(document(), after).unread == 1


def test_words_are_marked_whole() -> None:
    left, right = marked("全年维修道路12公里。", "全年养护道路15.5公里。")
    assert [piece.text for piece in left if not piece.same] == ["维修", "12"]
    assert [piece.text for piece in right if not piece.same] == ["养护", "15.5"]
    assert "".join(piece.text for piece in left) == "全年维修道路12公里。"


def test_parts_of_any_shape_are_compared() -> None:
    before = {"projects": "none", "units": [1, 2], "more": [1], "overall_goal": ["x"]}
    after = {"projects": [], "units": [1, 3], "more": [2], "overall_goal": "x"}
    paths = [change.path for change in changes(before, after)]
    assert ("projects",) in paths and ("units",) in paths and ("more",) in paths
