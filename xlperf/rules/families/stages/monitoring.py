"""Monitoring during the year: money against plan and budget, goals against money."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xlperf.record import Department, Project
from xlperf.rules.core import ERROR, WARNING, Facts, Hit, hit, rule
from xlperf.rules.formulas.stage_natives import (
    BEHIND_PLAN,
    BEYOND_BUDGET,
    EXPECTED_IMPOSSIBLE,
    FAR_BEYOND,
    GOALS_GONE,
    OUT_OF_STEP,
    of_evaluation,
    of_monitoring,
)
from xlperf.rules.message_facts import Word, money, percent
from xlperf.rules.profiles import Profile
from xlperf.rules.stages.comparing import goal_progress, is_far_beyond, projects_left_out
from xlperf.rules.stages.scoring import one_decimal
from xlperf.rules.stages.views import (
    EVALUATION,
    MONITORING,
    StageProject,
    indicators_in,
    projects_in,
    stages_of,
)
from xlperf.rules.text.similarity import few


@rule("MON901", ERROR, source="136/monitoring", native=of_monitoring("executed", BEYOND_BUDGET))
def spent_more_than_the_budget(department: Department) -> Iterator[Hit]:
    """More was spent than the budget has.

    **Why**: spending is within the budget, or the budget was adjusted and that is not written.
    **Bad**: 260,000 spent of 240,000.
    **Good**: 110,000 spent of 240,000.
    """
    for _, project in projects_in(department, MONITORING):
        budget, executed = project.budget, project.executed
        if budget is not None and executed is not None and executed > budget:
            facts: Facts = {"executed": money(executed), "budget": money(budget)}
            yield hit(*project.path, "executed", name=project.label, **facts)


@rule("MON902", WARNING, source="136/monitoring", native=of_monitoring("executed", BEHIND_PLAN))
def spending_behind_plan(department: Department, chosen: Profile) -> Iterator[Hit]:
    """Less was spent than was planned for the day.

    **Why**: money that is not spent in time is taken back; the goals wait for it. Measured by
    the document's own plan, at the last month of it that has passed.
    **Bad**: 20% spent by the end of July, 50% planned for June.
    **Good**: 48% spent by the end of July, 50% planned for June.
    """
    for stage, project in projects_in(department, MONITORING):
        planned = planned_by(project.goal, stage.month) if project.goal else None
        if planned is None or project.rate is None:
            continue
        month, share = planned
        if share - project.rate > Decimal(str(chosen["behind_plan"])):
            facts: Facts = {
                "rate": one_decimal(project.rate),
                "planned": percent(share),
                "month": month,
            }
            yield hit(*project.path, "executed", name=project.label, **facts)


def planned_by(project: Project, month: int) -> tuple[int, Decimal] | None:
    """The last month of a plan that is not after a month, and its share in percent."""
    passed = [(int(key), share) for key, share in project.plan.items() if int(key) <= month]
    shares = [(key, share) for key, share in passed if share is not None]
    return max(shares) if shares else None


@rule("MON903", WARNING, source="136/monitoring", native=of_monitoring("executed", OUT_OF_STEP))
def money_and_goals_out_of_step(department: Department, chosen: Profile) -> Iterator[Hit]:
    """Money and goals do not progress together.

    **Why**: money spent without results, or results without money, both want an explanation. The
    goals' progress is the mean of the indicators whose values are numbers; three at least.
    **Bad**: 80% of the money spent, 30% of the goals reached.
    **Good**: 50% of the money spent, 55% of the goals reached.
    """
    for _, project in projects_in(department, MONITORING):
        progress = goal_progress(project)
        if progress is None or project.rate is None:
            continue
        if abs(progress - project.rate) > Decimal(str(chosen["out_of_step"])):
            facts: Facts = {"rate": one_decimal(project.rate), "progress": one_decimal(progress)}
            yield hit(*project.path, "executed", name=project.label, **facts)


@rule(
    "MON910", ERROR, source="136/monitoring", native=of_monitoring("expected", EXPECTED_IMPOSSIBLE)
)
def expected_spending_impossible(department: Department) -> Iterator[Hit]:
    """Less is expected to be spent in the year than was spent already, or more than the budget.

    **Why**: spending of the year includes what was spent until now, and stays in the budget.
    **Bad**: 110,000 spent, 90,000 expected.
    **Good**: 110,000 spent, 240,000 expected, of 240,000.
    """
    for _, project in projects_in(department, MONITORING):
        expected, executed, budget = project.expected, project.executed, project.budget
        if expected is None:
            continue
        if executed is not None and expected < executed:
            yield _impossible(project, expected, executed, "executed")
        elif budget is not None and expected > budget:
            yield _impossible(project, expected, budget, "budget")


def _impossible(project: StageProject, expected: Decimal, other: Decimal, key: str) -> Hit:
    facts: Facts = {
        "expected": money(expected),
        "other": money(other),
        "what": Word(f"stage.{key}"),
    }
    return hit(*project.path, "expected", name=project.label, **facts)


@rule(
    "MON911",
    WARNING,
    source="136/monitoring",
    native=of_monitoring("indicators/completed", FAR_BEYOND),
)
def passed_by_far_already(department: Department, chosen: Profile) -> Iterator[Hit]:
    """The target of the year was passed by far already.

    **Why**: it was too low; at the end of the year points are taken off for it.
    **Bad**: target 48, completed 70 by July.
    **Good**: target 48, completed 27 by July.
    """
    for _, indicator in indicators_in(department, MONITORING):
        if is_far_beyond(indicator, chosen["far_beyond"]):
            facts: Facts = {"target": indicator.target, "completed": indicator.completed}
            yield hit(*indicator.path, "completed", name=indicator.name, **facts)


@rule("MON914", WARNING, source="136/monitoring")
def project_not_monitored(department: Department) -> Iterator[Hit]:
    """A project of the document is not monitored.

    **Why**: every project with goals is. A monitoring of one project alone is left alone.
    **Bad**: ten of eleven projects.
    **Good**: all eleven.
    """
    for stage in stages_of(department, MONITORING):
        if names := projects_left_out(stage, department):
            yield hit(*stage.path, "projects", names=few(names), count=len(names))


@rule(
    "MON916",
    ERROR,
    source="136/monitoring",
    native=of_monitoring("code", GOALS_GONE) + of_evaluation("code", GOALS_GONE),
)
def project_unknown(department: Department) -> Iterator[Hit]:
    """A project is monitored or evaluated that the document does not have.

    **Why**: its goals cannot be compared with what was reached.
    **Bad**: another code.
    **Good**: the code that stands in the goals.
    """
    for kind in (MONITORING, EVALUATION):
        for stage in stages_of(department, kind):
            for project in stage.projects:
                if project.goal is None:
                    yield hit(*project.path, "code", code=project.code or project.name)
