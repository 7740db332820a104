"""What a stage's form shows of the goals, in words: for its printing and its rows' heights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xlperf.formulas.stages.goals import Goals
from xlperf.layout import Form
from xlperf.layout.cell_values import CODE_NAME_SEPARATOR, show
from xlperf.record import Raw, words
from xlperf.rules.stages.views import EVALUATION, MONTH_OF_DAY
from xlperf.wording import official, official_table


@dataclass
class StageProjectRecord:
    """A project in a stage: the stage, what is said of the project, its goals, the document."""

    stage: Raw
    project: Raw
    goals: Goals | None
    record: Raw


def project_name(plan: StageProjectRecord) -> str:
    """What a project is called: in the goals, else in the stage."""
    goal = words(plan.goals.project, "name") if plan.goals else ""
    return goal or words(plan.project, "name") or words(plan.project, "code")


def period_word(until: str, name: str) -> str:
    """What a column of monitoring is called whose title names the months that have passed."""
    match = MONTH_OF_DAY.match(until)
    ending = "" if name == "executed" else f"_{name}"
    key = f"stage_form.until_{'month' if match else 'now'}{ending}"
    return official(key).format(month=int(match[1])) if match else official(key)


def shown_values(plan: StageProjectRecord) -> dict[str, Any]:
    """What a form shows of the goals, as values: for its printing and the heights of its rows."""
    project = plan.goals.project if plan.goals else {}
    department = plan.record.get("department") or {}
    unit = words(project, "unit")
    names = {words(u, "code"): words(u, "name") for u in plan.record.get("units", ())}
    unit_name = project.get("unit_name") or names.get(unit, "")
    year, until = str(plan.record.get("fiscal_year", "")), words(plan.stage, "until")
    heading = {
        "year": official("stage_form.of_year").format(year=year) if year else None,
        "project": project_name(plan),
        "managing_department": project.get("managing_department") or department.get("name"),
        "implementing_unit": project.get("implementing_unit")
        or str(show("unit", {"code": unit, "name": unit_name}) or "").replace(
            CODE_NAME_SEPARATOR, ""
        ),
        **{name: period_word(until, name) for name in ("executed", "rate", "completed")},
    }
    return {"heading": heading, "goal": project}


def goal_values(goal: Raw, form: Form) -> dict[str, Any]:
    """What a row shows of its indicator: the columns of the list that nobody fills in."""
    cells = (cell for part in form.lists() for cell in part.cells if cell.role == "display")
    return {cell.ref: goal.get(cell.ref) for cell in cells}


def stage_word(stages: Sequence[Raw], number: int) -> str:
    """What the titles of a stage's sheets begin with; a later one of a kind names its month."""
    stage = stages[number]
    kind = words(stage, "kind")
    stage_words = official_table("stage")
    word = str(stage_words.get(kind, stage_words[EVALUATION]))
    match = MONTH_OF_DAY.match(words(stage, "until"))
    is_first = all(words(item, "kind") != kind for item in stages[:number])
    if is_first or not match:
        return word
    return word + official("stage.month").format(month=int(match[1]))
