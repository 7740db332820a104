"""Self-evaluation after the year: what was completed, why targets were missed, what is left out."""

from __future__ import annotations

from collections.abc import Iterator

from xlperf.record import Department
from xlperf.rules.core import ERROR, WARNING, Facts, Hit, hit, rule
from xlperf.rules.families.stages.evaluation import values
from xlperf.rules.formulas.stage_natives import (
    BEYOND_BUDGET,
    BEYOND_WITHOUT_REASON,
    NO_GOAL,
    NOT_SCORED,
    NOTHING_YET,
    ROW_BLANK,
    SHORT_WITHOUT_REASON,
    of_another_kind,
    of_evaluation,
)
from xlperf.rules.message_facts import Word, money, shorten
from xlperf.rules.profiles import Profile
from xlperf.rules.stages.comparing import (
    copied_reasons,
    indicators_left_out,
    is_added,
    is_far_beyond,
    is_of_another_kind,
    is_unmet,
    projects_left_out,
)
from xlperf.rules.stages.views import EVALUATION, indicators_in, projects_in, stages_of
from xlperf.rules.text.similarity import few, text_key


@rule(
    "EVA957",
    WARNING,
    source="10/self-evaluation",
    native=of_evaluation("indicators/reason", BEYOND_WITHOUT_REASON),
)
def far_beyond_without_a_reason(department: Department, chosen: Profile) -> Iterator[Hit]:
    """A target was passed by far, and nothing is said of it.

    **Why**: it was too low, or something unforeseen happened; points are taken off for the first.
    **Bad**: target 48, reached 96, no reason.
    **Good**: target 48, reached 96: the festival was moved here at short notice.
    """
    for _, indicator in indicators_in(department, EVALUATION):
        if not indicator.reason and is_far_beyond(indicator, chosen["far_beyond"]):
            facts: Facts = {**values(indicator), "share": chosen["far_beyond"]}
            yield hit(*indicator.path, "reason", name=indicator.name, **facts)


@rule(
    "EVA958",
    ERROR,
    source="10/self-evaluation",
    native=of_evaluation("indicators/reason", SHORT_WITHOUT_REASON, whole=False),
)
def unmet_without_a_reason(department: Department) -> Iterator[Hit]:
    """A target was not met, and no reason is given.

    **Why**: reason and remedy are what the last column is for.
    **Bad**: target 48, reached 24, blank.
    **Good**: target 48, reached 24: the hall was closed from May; the rest is held in March.
    """
    for _, indicator in indicators_in(department, EVALUATION):
        if not indicator.reason and is_unmet(indicator, department.year):
            yield hit(*indicator.path, "reason", name=indicator.name, **values(indicator))


@rule(
    "EVA960",
    ERROR,
    source="10/self-evaluation",
    native=of_evaluation("indicators/completed", of_another_kind(), whole=False),
)
def reached_in_another_unit(department: Department) -> Iterator[Hit]:
    """The value reached is not of the target's kind or unit.

    **Why**: it cannot be scored against it.
    **Bad**: target 48 events, reached: done.
    **Good**: target 48 events, reached 50 events.
    """
    for _, indicator in indicators_in(department, EVALUATION):
        if is_of_another_kind(indicator):
            yield hit(*indicator.path, "completed", name=indicator.name, **values(indicator))


@rule("EVA961", ERROR, source="10/self-evaluation")
def indicators_not_evaluated(department: Department) -> Iterator[Hit]:
    """Indicators of the goals are not evaluated.

    **Why**: what is evaluated are the indicators that were approved, all of them.
    **Bad**: those that failed are left out.
    **Good**: all are there.
    """
    for _, project in projects_in(department, EVALUATION):
        if names := indicators_left_out(project):
            yield hit(*project.path, "indicators", name=project.label, names=few(names))


@rule("EVA963", ERROR, source="10/self-evaluation", native=of_evaluation("indicators/of", NO_GOAL))
def evaluated_but_not_a_goal(department: Department) -> Iterator[Hit]:
    """An indicator is evaluated that is none of the goals.

    **Why**: what is evaluated are the indicators that were approved, name and level unchanged.
    **Bad**: an indicator of another name, easily met.
    **Good**: the indicator as it stands among the goals.
    """
    for project, indicator in indicators_in(department, EVALUATION):
        if is_added(project, indicator):
            yield hit(*indicator.path, "of", name=indicator.name)


@rule("EVA965", WARNING, source="10/self-evaluation")
def explanations_of_deviation_copied(department: Department) -> Iterator[Hit]:
    """One reason for deviations stands at several indicators.

    **Why**: a copied reason explains none of them.
    **Bad**: three indicators, one sentence.
    **Good**: each its own.
    """
    for stage in stages_of(department, EVALUATION):
        for alike in copied_reasons(stage):
            first, *others = [(*item.path, "reason") for item in alike]
            yield hit(*first, also=others, reason=shorten(alike[0].reason), count=len(alike))


@rule(
    "EVA966",
    ERROR,
    source="10/self-evaluation",
    native=(
        *of_evaluation("indicators/completed", ROW_BLANK, blank=True),
        *of_evaluation("indicators/score", NOT_SCORED, blank=True),
        *of_evaluation("indicators", NOTHING_YET, blank=True),
    ),
)
def evaluation_incomplete(department: Department) -> Iterator[Hit]:
    """A value reached, or its score, is missing while others are there.

    **Why**: the total is not one before all rows are filled in. A project of which nothing is
    filled in yet is said once.
    **Bad**: six of seven indicators have a score.
    **Good**: all seven have.
    """
    for _, project in projects_in(department, EVALUATION):
        rows = project.indicators
        for key, blank in (
            ("completed", [row for row in rows if not row.completed]),
            ("score", [row for row in rows if not row.is_scored]),
        ):
            what = Word(f"stage.{key}")
            if blank and len(blank) == len(rows):
                yield hit(*project.path, "indicators", name=project.label, what=what)
            else:
                for row in blank:
                    yield hit(*row.path, key, name=row.name, what=what)


@rule("EVA967", ERROR, source="10/self-evaluation", native=of_evaluation("executed", BEYOND_BUDGET))
def spent_more_than_the_adjusted_budget(department: Department) -> Iterator[Hit]:
    """More was spent in the year than the budget had.

    **Why**: spending is within the budget; if it was raised, the raised one is written.
    **Bad**: 260,000 spent of 240,000.
    **Good**: 238,000 spent of 240,000.
    """
    for _, project in projects_in(department, EVALUATION):
        budget, executed = project.budget, project.executed
        if budget is not None and executed is not None and executed > budget:
            facts: Facts = {"executed": money(executed), "budget": money(budget)}
            yield hit(*project.path, "executed", name=project.label, **facts)


@rule("EVA968", WARNING, source="10/self-evaluation")
def completion_copied_from_the_goals(department: Department) -> Iterator[Hit]:
    """What is said to be completed is the goal once more.

    **Why**: the goal says what was to be done, not what was.
    **Bad**: the goal's own sentence.
    **Good**: 50 events were held, two more than planned; 14,800 people came.
    """
    for _, project in projects_in(department, EVALUATION):
        goals = {text_key(goal) for goal in project.goal.goals} if project.goal else set()
        whole = text_key("".join(project.goal.goals)) if project.goal else ""
        if project.goal_completion and text_key(project.goal_completion) in {
            *goals,
            whole,
        } - {""}:
            yield hit(*project.path, "goal_completion", name=project.label)


@rule("EVA969", WARNING, source="10/self-evaluation")
def project_not_evaluated(department: Department) -> Iterator[Hit]:
    """A project of the document is not evaluated.

    **Why**: every project with goals is. An evaluation of one project alone is left alone.
    **Bad**: ten of eleven projects.
    **Good**: all eleven.
    """
    for stage in stages_of(department, EVALUATION):
        if names := projects_left_out(stage, department):
            yield hit(*stage.path, "projects", names=few(names), count=len(names))


@rule("EVA971", WARNING, source="10/self-evaluation")
def completion_of_goals_not_told(department: Department) -> Iterator[Hit]:
    """It is not said what became of the goals.

    **Why**: the form has a box for it; the scores say how much, not what.
    **Bad**: blank, while the indicators are filled in.
    **Good**: 50 events were held, two more than planned.
    """
    for stage in stages_of(department, EVALUATION):
        any_filled = any(project.goal_completion for project in stage.projects)
        for project in stage.projects:
            if any_filled and not project.goal_completion and project.indicators:
                yield hit(*project.path, "goal_completion", name=project.label)
