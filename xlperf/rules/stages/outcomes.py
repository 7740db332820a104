"""What projects report in the end: spending, rate, points and grade of their last stage."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from xlperf.paths import RecordPath
from xlperf.record import Department, round_cent
from xlperf.rules.profiles import DEFAULT, Profile, profile
from xlperf.rules.stages.results import total_of
from xlperf.rules.stages.scoring import grade_of
from xlperf.rules.stages.views import EVALUATION, MONITORING, StageProject, projects_in
from xlperf.rules.text import lexicon

LARGEST_OUTCOME = Decimal(10) ** 14  # yuan and points; more is a slip of the hand
PER_CENT = Decimal(100)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a project reports in its last stage: amounts in yuan, points of 100, the grade.

    `of_budget`: the budget that spending is measured by, after adjustment if there was one.
    """

    stage: str  # monitoring or self-evaluation
    executed: Decimal | None
    of_budget: Decimal | None
    score: Decimal | None = None
    grade: str = ""

    @property
    def rate(self) -> Decimal | None:
        """Budget execution in percent; None where it is not known."""
        if self.executed is None or not self.of_budget:
            return None
        return self.executed / self.of_budget * PER_CENT


def outcomes(record: Department, by: Profile | None = None) -> dict[RecordPath, Outcome]:
    """The outcome of each project that reports one, by its path: of the last stage that has it.

    A self-evaluation counts before monitoring, a later monitoring before an earlier one. Total and
    grade that nobody wrote are those that its sheet shows, by the numbers of the profile `by`.
    """
    chosen = by or profile(DEFAULT)
    result: dict[RecordPath, Outcome] = {}
    monitored = sorted(projects_in(record, MONITORING), key=lambda pair: pair[0].until)
    for stage, project in (*monitored, *projects_in(record, EVALUATION)):
        outcome = _outcome(stage.kind, project, chosen)
        if project.goal is not None and outcome is not None:
            result[project.goal.path] = outcome
    return result


def _outcome(kind: str, project: StageProject, chosen: Profile) -> Outcome | None:
    """What a project reports; None where it is nothing that can be compared."""
    total = total_of(project, chosen) if kind == EVALUATION else project.total
    executed, score = _number(project.executed), _number(total)
    if executed is None and score is None and not project.grade:
        return None
    outcome = Outcome(kind, executed, _number(project.budget), score, project.grade)
    if project.grade or project.total is not None:
        return outcome
    return replace(outcome, grade=grade_for(outcome, chosen))


def _number(value: Decimal | None) -> Decimal | None:
    return round_cent(value) if value is not None and abs(value) < LARGEST_OUTCOME else None


def grade_for(outcome: Outcome, chosen: Profile) -> str:
    """The grade that a project's points earn; "" where it has none."""
    if outcome.score is None:
        return ""
    names = lexicon.words("grades_of_evaluation")
    return str(names[grade_of(outcome.score, sorted(chosen["grade_bands"], reverse=True)) - 1])


def is_graded_otherwise(outcome: Outcome, chosen: Profile) -> bool:
    """Whether a project's grade is not the one that its points earn."""
    earned = grade_for(outcome, chosen)
    return bool(earned and outcome.grade) and outcome.grade[:1] != earned[:1]
