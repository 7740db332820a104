"""Large records made of the sample: many projects, each with its own words and figures."""

from __future__ import annotations

import copy
import re
from decimal import Decimal

from xlperf.canonical import canonical
from xlperf.record import Raw

SIGNS = "山河湖海路桥村镇街园校馆站库房车船机电灯书报图表粮棉油茶果林苗花草鸟鱼牛羊马鸡"


def department_of(sample: Raw, projects: int, first: int = 0) -> Raw:
    """The sample with so many projects, numbered from `first`; no two of them have a text, a
    target with a number or an amount in common, so that nothing is quick by being remembered."""
    record = copy.deepcopy(sample)
    source = record["projects"]
    record["projects"] = [_project(source[n % len(source)], first + n) for n in range(projects)]
    return canonical(record)


def with_texts_in_common(sample: Raw, projects: int, first: int = 0) -> Raw:
    """The sample with so many projects that differ in code, name and amounts alone: they repeat
    each other's purposes, goals and indicators, as similar projects of one department do."""
    record = copy.deepcopy(sample)
    source = record["projects"]
    record["projects"] = [
        copy.deepcopy(source[n % len(source)]) | _identity(source[n % len(source)], first + n)
        for n in range(projects)
    ]
    return canonical(record)


def _identity(project: Raw, number: int) -> Raw:
    """A project's own code, name and amounts."""
    amount = Decimal(1000 + number)
    return {
        "code": f"130303210000{number:09d}",
        "name": f"{project['name']}第{number}号",
        "budget": amount,
        "fiscal": amount,
        "other": Decimal(0),
    }


def of_one_project(sample: Raw, code: str, cents: int) -> Raw:
    """The sample as another department, of a code of three figures, with one unit and project."""
    record = copy.deepcopy(sample)
    record["department"] = {"code": code, "name": f"第{code}局"}
    record["units"] = [{"code": f"{code}001", "name": f"第{code}局本级"}]
    amount = Decimal(cents).scaleb(-2)
    project = record["projects"][0] | {"budget": amount, "fiscal": amount, "unit": f"{code}001"}
    record["projects"] = [project | {"code": f"130303210000000000{code}", "name": f"项目{code}"}]
    return canonical(record)


def _project(project: Raw, number: int) -> Raw:
    made = copy.deepcopy(project) | _identity(project, number)
    made["purpose"] = f"{project['purpose']}（{number}号地块）"
    made["goals"] = [_with_a_word(goal, number + at) for at, goal in enumerate(project["goals"])]
    for position, indicator in enumerate(made["indicators"]):
        indicator["name"] = _with_a_word(indicator["name"], number + position)
        indicator["description"] = f"{indicator.get('description', '')}{number}-{position}"
        indicator["target"] = _with_a_number(indicator.get("target", ""), number)
        indicator["basis"] = _with_a_word(indicator.get("basis", ""), number)
    return made


def _with_a_word(text: str, number: int) -> str:
    """A text with three characters in it that spell the number."""
    size, at = len(SIGNS), number % (len(text) + 1)
    word = "".join(SIGNS[number // size**place % size] for place in range(3))
    return text[:at] + word + text[at:] if text else text


def _with_a_number(target: str, number: int) -> str:
    """A target in percent, or of a count, with another number."""
    if "%" in target:
        return re.sub(r"[0-9]+(?:\.[0-9]+)?", f"{60 + number % 40}.{number % 9973 + 1}", target)
    return re.sub(r"[0-9]+(?=[^0-9月日号年.-]*$)", str(number + 2), target)


def of_several_shapes(record: Raw) -> Raw:
    """The record's projects with more or fewer indicators, levels, goals and columns, by turns."""
    for number, project in enumerate(record["projects"]):
        indicators = project["indicators"]
        several = [*indicators, *copy.deepcopy(indicators[-1:] * 3)]
        project["indicators"] = several[: max(3, len(indicators) - 2 + number % 7)]
        if number % 3 == 1:
            project["goals"] = project["goals"] * 2
            project["title"] = f"{project['name']}绩效表"
        if number % 5 == 1:
            project["purpose"] = project["purpose"] * 30
        for position, indicator in enumerate(project["indicators"]):
            if number % 4 == 1 and position % 2:
                indicator["level1"] = "其他指标"
            if number % 6 == 1:
                indicator.pop("basis", None)
    return canonical(record)
