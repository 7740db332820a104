"""What a self-evaluation comes to: weights, points and grade, a person's own where there are some.

Where people wrote a weight or a score, it counts; else the proposed one does. Nothing is a total
before every indicator and the execution of the budget have points.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from xlperf.record import Raw, is_blank, view
from xlperf.rules.profiles import Profile
from xlperf.rules.stages.qualitative import band_of
from xlperf.rules.stages.scoring import (
    Attainment,
    attainment,
    execution_score,
    grade_of,
    proposed_score,
    rounded,
    words_reached,
)
from xlperf.rules.stages.views import EVALUATION, StageIndicator, StageProject, projects_in
from xlperf.rules.stages.weights import proposed_weights
from xlperf.rules.text import lexicon
from xlperf.rules.text.levels import implied_kind

# how far a value deviates from its target
SHORT_OF_TARGET, BEYOND_TARGET, NO_DEVIATION = "short", "beyond", ""


class IndicatorResult(NamedTuple):
    """What is proposed for an indicator, what counts, and how it deviates from its target."""

    proposed_weight: Decimal | None
    weight: Decimal | None  # that counts
    proposed_score: Decimal | None
    score: Decimal | None  # that counts
    deviation: str  # SHORT_OF_TARGET, BEYOND_TARGET or NO_DEVIATION

    @property
    def wants_a_reason(self) -> bool:
        """Whether the form asks for a reason: the target was not met, or passed by far."""
        return self.deviation != NO_DEVIATION


class ProjectResult(NamedTuple):
    """The points of a project; `total` is of what is known so far."""

    indicators: tuple[IndicatorResult, ...]
    proposed_execution: Decimal | None
    execution: Decimal | None  # that counts
    total: Decimal
    missing: int  # how many points are not known
    grade: int  # from 1 for the best; 0 where points are missing


def result_of(project: StageProject, chosen: Profile) -> ProjectResult:
    """What a project's self-evaluation comes to."""
    kinds = [implied_kind(*_levels(item)) for item in project.indicators]
    weights = [item.weight for item in project.indicators]
    proposals = proposed_weights(kinds, weights, chosen)
    rows = tuple(
        _indicator(item, proposal, chosen)
        for item, proposal in zip(project.indicators, proposals, strict=True)
    )
    proposed = proposed_execution(project, chosen)
    execution = execution_points(project, chosen)
    points = [execution, *(row.score for row in rows)]
    total = sum((score for score in points if score is not None), Decimal(0))
    missing = points.count(None)
    bands: list[int] = sorted(chosen["grade_bands"], reverse=True)
    grade = 0 if missing or not rows else grade_of(total, bands)
    return ProjectResult(rows, proposed, execution, total, missing, grade)


def _levels(item: StageIndicator) -> tuple[str, str]:
    return (item.of[0], item.of[1]) if len(item.of) > 2 else ("", "")


def _indicator(item: StageIndicator, proposal: Decimal | None, chosen: Profile) -> IndicatorResult:
    weight = proposal if item.weight is None else item.weight
    score = None if weight is None else score_proposed(item, weight, chosen)
    counted_score = score if item.score is None else item.score
    return IndicatorResult(proposal, weight, score, counted_score, deviation(item, chosen))


def score_proposed(item: StageIndicator, weight: Decimal, chosen: Profile) -> Decimal | None:
    """The points of `weight` that a profile has for what was completed; None to be judged."""
    far_beyond = Decimal(str(chosen["far_beyond"])) / 100
    bands = tuple(chosen["qualitative_bands"])
    return proposed_score(item.target, item.completed, weight, far_beyond, item.name, bands)


def most_points(item: StageIndicator, weight: Decimal, chosen: Profile) -> Decimal | None:
    """The most points of `weight` that a value earns: of words the upper end of their band."""
    return _points_at(item, weight, chosen, 1)


def least_points(item: StageIndicator, weight: Decimal, chosen: Profile) -> Decimal | None:
    """The fewest points of `weight` that a value earns: of words the lower end of their band."""
    return _points_at(item, weight, chosen, 0)


def _points_at(item: StageIndicator, weight: Decimal, chosen: Profile, end: int) -> Decimal | None:
    step = words_reached(item.target, item.completed)
    if step is None:
        return score_proposed(item, weight, chosen)
    return rounded(weight * band_of(step, tuple(chosen["qualitative_bands"]))[end] / 100)


def execution_points(project: StageProject, chosen: Profile) -> Decimal | None:
    """The points for budget execution that count: a person's own, else those proposed."""
    score = project.execution_score
    return proposed_execution(project, chosen) if score is None else score


def total_of(project: StageProject, chosen: Profile) -> Decimal | None:
    """The total as it is written, else what all points come to; None where some are missing."""
    if project.total is not None:
        return project.total
    result = result_of(project, chosen)
    return None if result.missing or not result.indicators else result.total


def proposed_execution(project: StageProject, chosen: Profile) -> Decimal | None:
    """The points for budget execution; None where budget or spending is not known."""
    if project.executed is None or not project.budget or project.budget < 0:
        return None
    points = Decimal(str(chosen["execution_points"]))
    return execution_score(project.executed, project.budget, points)


def deviation(item: StageIndicator, chosen: Profile) -> str:
    """How far a completed value is off the target: SHORT_OF_TARGET, BEYOND_TARGET, NO_DEVIATION."""
    reached: Attainment | None = attainment(item.target, item.completed, item.name)
    if reached is None:
        return (
            SHORT_OF_TARGET
            if (words_reached(item.target, item.completed) or 0) > 0
            else NO_DEVIATION
        )
    if reached.part < reached.whole:
        return SHORT_OF_TARGET
    return BEYOND_TARGET if reached.percent > Decimal(str(chosen["far_beyond"])) else NO_DEVIATION


def grade_words(number: int, names: Sequence[str]) -> str:
    """The word of a grade, "" for none yet."""
    return names[number - 1] if number else ""


def with_results(record: Raw, chosen: Profile) -> Raw:
    """The record with what its self-evaluations leave to the form: see `left_to_the_form`."""
    listed = record.get("stages")
    stages = list(listed) if isinstance(listed, list) else []
    for _, project in projects_in(view(record), EVALUATION):
        computed_values = left_to_the_form(project, chosen)
        if computed_values:
            _, number, _, position = project.path
            assert isinstance(number, int) and isinstance(position, int)
            projects = list(stages[number]["projects"])
            projects[position] = {**projects[position], **computed_values}
            stages[number] = {**stages[number], "projects": projects}
    return {**record, "stages": stages} if stages else record


def left_to_the_form(project: StageProject, chosen: Profile) -> Raw:
    """The points for execution, the total and the grade that nobody wrote and that follow.

    By their keys in the record. Nothing where a score is missing: what is proposed is nobody's.
    """
    scores = [item.score for item in project.indicators if item.score is not None]
    execution = execution_points(project, chosen)
    if execution is None or not scores or len(scores) < len(project.indicators):
        return {}
    total = sum(scores, execution)
    names, bands = lexicon.words("grades_of_evaluation"), sorted(chosen["grade_bands"])
    counted_total = total if project.total is None else project.total
    grade = grade_words(grade_of(counted_total, bands[::-1]), names)
    judgement: Raw = {"execution_score": execution, "total": total, "grade": grade}
    if counted_total != total:
        del judgement["execution_score"]
    return {key: value for key, value in judgement.items() if is_blank(project.raw.get(key))}
