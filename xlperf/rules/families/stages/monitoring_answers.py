"""Monitoring during the year: what is answered of each indicator, and the reasons for what lags."""

from __future__ import annotations

from collections.abc import Iterator

from xlperf.record import Department
from xlperf.rules.core import ERROR, WARNING, Facts, Hit, hit, rule
from xlperf.rules.formulas.stage_natives import (
    CAUSE_WITHOUT_WORDS,
    CERTAIN_OF_LESS,
    DOUBT_WITHOUT_REASON,
    NO_GOAL,
    NO_PROGRESS,
    NOT_ANSWERED,
    ROW_BLANK,
    of_another_kind,
    of_monitoring,
)
from xlperf.rules.message_facts import shorten
from xlperf.rules.stages.comparing import (
    copied_reasons,
    indicators_left_out,
    is_added,
    is_of_another_kind,
)
from xlperf.rules.stages.lateness import is_late
from xlperf.rules.stages.scoring import degree
from xlperf.rules.stages.views import (
    MONITORING,
    POSSIBILITIES,
    indicators_in,
    projects_in,
    stages_of,
)
from xlperf.rules.text import lexicon
from xlperf.rules.text.similarity import few

CERTAIN_ANSWER, POSSIBLE, IMPOSSIBLE_ANSWER = POSSIBILITIES


@rule(
    "MON904",
    ERROR,
    source="136/monitoring",
    native=of_monitoring("indicators/reason", DOUBT_WITHOUT_REASON),
)
def doubt_without_a_reason(department: Department) -> Iterator[Hit]:
    """It is not certain that the target will be reached, and no reason is given.

    **Why**: the reason says what has to be done about it.
    **Bad**: possible, and nothing else.
    **Good**: possible; the tender was delayed by a month, the contract is signed in August.
    """
    for _, indicator in indicators_in(department, MONITORING):
        if indicator.possibility in (POSSIBLE, IMPOSSIBLE_ANSWER) and not indicator.reason:
            yield hit(*indicator.path, "reason", name=indicator.name)


@rule("MON917", WARNING, source="136/monitoring")
def impossible_without_a_measure(department: Department) -> Iterator[Hit]:
    """A target cannot be reached any more, and the reason does not say what is done about it.

    **Why**: what cannot be reached is corrected, or its money is given back or used otherwise.
    **Bad**: impossible; the contractor withdrew.
    **Good**: impossible; the contractor withdrew, and the money is given back in September.
    """
    for _, indicator in indicators_in(department, MONITORING):
        if indicator.possibility != IMPOSSIBLE_ANSWER or not indicator.reason:
            continue
        if not lexicon.holds(indicator.reason, "says_what_is_done"):
            yield hit(*indicator.path, "reason", name=indicator.name)


@rule(
    "MON905",
    ERROR,
    source="136/monitoring",
    native=of_monitoring("indicators/possibility", NOT_ANSWERED),
)
def possibility_not_stated(department: Department) -> Iterator[Hit]:
    """It is not said whether the target will be reached.

    **Why**: that is what a monitoring is for: one of the three answers.
    **Bad**: blank, or words that are none of the three.
    **Good**: certain.
    """
    for _, project in projects_in(department, MONITORING):
        answered = any(indicator.possibility for indicator in project.indicators)
        for indicator in project.indicators:
            unknown = indicator.possibility and indicator.possibility not in POSSIBILITIES
            if unknown or (answered and not indicator.possibility):
                yield hit(*indicator.path, "possibility", name=indicator.name)


@rule(
    "MON906",
    WARNING,
    source="136/monitoring",
    native=of_monitoring("indicators/possibility", CERTAIN_OF_LESS, whole=False),
)
def certain_of_less_than_the_target(department: Department) -> Iterator[Hit]:
    """Less than the target is expected, or later, and it is called certain.

    **Why**: one of the two is wrong.
    **Bad**: target 48, expected 40, certain.
    **Good**: target 48, expected 40, possible, with the reason.
    """
    for _, indicator in indicators_in(department, MONITORING):
        if indicator.possibility != CERTAIN_ANSWER:
            continue
        reached = degree(indicator.target, indicator.expected, indicator.name)
        late = is_late(indicator.target, indicator.expected, department.year)
        if late or (reached is not None and reached < 1):
            facts: Facts = {"target": indicator.target, "expected": indicator.expected}
            yield hit(*indicator.path, "possibility", name=indicator.name, **facts)


@rule(
    "MON907",
    WARNING,
    source="136/monitoring",
    native=of_monitoring("indicators/completed", of_another_kind(), whole=False),
)
def completed_in_another_unit(department: Department) -> Iterator[Hit]:
    """What was completed is not of the target's kind or unit.

    **Why**: it cannot be compared with the target.
    **Bad**: target 48 events, completed: as usual.
    **Good**: target 48 events, completed 27 events.
    """
    for _, indicator in indicators_in(department, MONITORING):
        if is_of_another_kind(indicator):
            facts: Facts = {"target": indicator.target, "completed": indicator.completed}
            yield hit(*indicator.path, "completed", name=indicator.name, **facts)


@rule(
    "MON908",
    WARNING,
    source="136/monitoring",
    native=(
        *of_monitoring("indicators/completed", ROW_BLANK, blank=True),
        *of_monitoring("", NO_PROGRESS, blank=True),
    ),
)
def progress_not_reported(department: Department) -> Iterator[Hit]:
    """It is not said what was completed.

    **Why**: without it there is nothing to monitor. A project of which nothing is filled in yet
    is said once.
    **Bad**: blank.
    **Good**: 27 events.
    """
    for _, project in projects_in(department, MONITORING):
        blank = [indicator for indicator in project.indicators if not indicator.completed]
        if blank and len(blank) == len(project.indicators):
            yield hit(*project.path, name=project.label, count=len(blank))
        else:
            for indicator in blank:
                yield hit(*indicator.path, "completed", name=indicator.name, count=1)


@rule(
    "MON909",
    WARNING,
    source="136/monitoring",
    native=of_monitoring("indicators/reason", CAUSE_WITHOUT_WORDS),
)
def cause_without_words(department: Department) -> Iterator[Hit]:
    """A cause of deviation is ticked, and nothing is said of it.

    **Why**: a tick does not say what happened, nor what is done about it.
    **Bad**: funding is ticked, the reason is blank.
    **Good**: funding is ticked; the second instalment arrives in August.
    """
    for _, indicator in indicators_in(department, MONITORING):
        doubtful = indicator.possibility in (POSSIBLE, IMPOSSIBLE_ANSWER)  # MON904 says so
        if indicator.causes and not indicator.reason and not doubtful:
            yield hit(*indicator.path, "reason", name=indicator.name)


@rule("MON912", ERROR, source="136/monitoring")
def indicators_not_monitored(department: Department) -> Iterator[Hit]:
    """Indicators of the goals are not monitored.

    **Why**: all that were approved are monitored.
    **Bad**: five of seven indicators are in the form.
    **Good**: all seven are.
    """
    for _, project in projects_in(department, MONITORING):
        if names := indicators_left_out(project):
            yield hit(*project.path, "indicators", name=project.label, names=few(names))


@rule("MON913", ERROR, source="136/monitoring", native=of_monitoring("indicators/of", NO_GOAL))
def monitored_but_not_a_goal(department: Department) -> Iterator[Hit]:
    """An indicator is monitored that is none of the goals.

    **Why**: what is monitored are the indicators that were approved, name and level unchanged.
    **Bad**: an indicator of another name.
    **Good**: the indicator as it stands among the goals.
    """
    for project, indicator in indicators_in(department, MONITORING):
        if is_added(project, indicator):
            yield hit(*indicator.path, "of", name=indicator.name)


@rule("MON915", WARNING, source="136/monitoring")
def reasons_copied(department: Department) -> Iterator[Hit]:
    """One reason stands at several indicators.

    **Why**: different indicators lag for different reasons; a copied one explains none.
    **Bad**: three indicators, one sentence.
    **Good**: each its own.
    """
    for stage in stages_of(department, MONITORING):
        for alike in copied_reasons(stage):
            first, *others = [(*item.path, "reason") for item in alike]
            yield hit(*first, also=others, reason=shorten(alike[0].reason), count=len(alike))
