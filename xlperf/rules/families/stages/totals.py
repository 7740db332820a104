"""Self-evaluation after the year: points for budget execution, total and grade."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xlperf.record import Department
from xlperf.rules.core import ERROR, Facts, Hit, hit, rule
from xlperf.rules.formulas.stage_natives import (
    EXECUTION_AMISS,
    GRADE_AMISS,
    TOTAL_AMISS,
    of_evaluation,
)
from xlperf.rules.profiles import Profile
from xlperf.rules.stages.results import execution_points, proposed_execution, total_of
from xlperf.rules.stages.scoring import grade_of, one_decimal
from xlperf.rules.stages.views import EVALUATION, StageProject, projects_in
from xlperf.rules.text import lexicon
from xlperf.targets import format_decimal


@rule(
    "EVA955",
    ERROR,
    source="10/self-evaluation",
    native=of_evaluation("execution_score", EXECUTION_AMISS),
)
def execution_scored_wrongly(department: Department, chosen: Profile) -> Iterator[Hit]:
    """The points for budget execution do not follow from the rate.

    **Why**: they are the rate's share of ten points.
    **Bad**: 180,000 spent of 240,000, 10 points.
    **Good**: 180,000 spent of 240,000, 7.5 points.
    """
    tolerance = Decimal(str(chosen["score_tolerance"]))
    for _, project in projects_in(department, EVALUATION):
        due = proposed_execution(project, chosen)
        if project.rate is None or due is None or project.execution_score is None:
            continue
        if abs(project.execution_score - due) > tolerance:
            facts: Facts = {"rate": one_decimal(project.rate), "due": format_decimal(due)}
            score = format_decimal(project.execution_score)
            yield hit(*project.path, "execution_score", name=project.label, score=score, **facts)


@rule(
    "EVA959",
    ERROR,
    source="10/self-evaluation",
    native=of_evaluation("grade", GRADE_AMISS, whole=False),
)
def grade_against_the_total(department: Department, chosen: Profile) -> Iterator[Hit]:
    """The grade is not the one of the total.

    **Why**: 90 and more, 80, 60, and less. Where no total is written, of what the points come to.
    **Bad**: 82 points, the best grade.
    **Good**: 82 points, the second.
    """
    names = lexicon.words("grades_of_evaluation")
    for _, project in projects_in(department, EVALUATION):
        total = total_of(project, chosen)
        if total is None or project.grade[:1] not in names:
            continue
        expected = names[grade_of(total, sorted(chosen["grade_bands"], reverse=True)) - 1]
        if project.grade[:1] != expected:
            facts: Facts = {
                "total": format_decimal(total),
                "grade": project.grade,
                "expected": expected,
            }
            yield hit(*project.path, "grade", name=project.label, **facts)


@rule("EVA964", ERROR, source="10/self-evaluation", native=of_evaluation("total", TOTAL_AMISS))
def total_is_not_the_sum(department: Department, chosen: Profile) -> Iterator[Hit]:
    """The total is not the sum of the points.

    **Why**: the grade is read off it. Where no points are written for execution, those that follow
    from the rate may be in it or not.
    **Bad**: 7.5 for execution, 80 for the indicators, 90 in all.
    **Good**: 7.5 and 80, 87.5 in all.
    """
    for _, project in projects_in(department, EVALUATION):
        scores = [item.score for item in project.indicators]
        number_scores = [score for score in scores if score is not None]
        if project.total is None or not scores or len(number_scores) < len(scores):
            continue
        points = sum(number_scores, Decimal(0))
        if not _is_of_execution(project.total - points, project, chosen):
            due = points + (execution_points(project, chosen) or Decimal(0))
            facts: Facts = {"total": format_decimal(project.total), "sum": format_decimal(due)}
            yield hit(*project.path, "total", name=project.label, **facts)


def _is_of_execution(rest: Decimal, project: StageProject, chosen: Profile) -> bool:
    """Whether what a total has beyond the indicators' points may be for budget execution."""
    if project.execution_score is not None:
        return rest == project.execution_score
    due = proposed_execution(project, chosen)
    if due is None:
        return 0 <= rest <= Decimal(chosen["execution_points"])
    return rest == 0 or abs(rest - due) <= Decimal(str(chosen["score_tolerance"]))
