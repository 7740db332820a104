"""What reports are compared with: goals they leave out or add, units, values, reasons."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from xlperf.characters.numerals import CHINESE_DIGITS as ONES
from xlperf.record import Department
from xlperf.rules.stages.lateness import is_late
from xlperf.rules.stages.measures import measures, units_of
from xlperf.rules.stages.qualitative import bare_words
from xlperf.rules.stages.quantities import result_quantity
from xlperf.rules.stages.scoring import (
    attainment,
    degree,
    no_more_than,
    same_unit,
    words_reached,
)
from xlperf.rules.stages.views import Stage, StageIndicator, StageProject
from xlperf.rules.text import lexicon
from xlperf.rules.text.similarity import text_key
from xlperf.targets import Target, parse

TENS = "\u5341\u767e\u4e24"  # ten, hundred, two
COPIES = 3  # indicators with one reason from which it was copied
TARGET_SHARE = Decimal(1)
NUMERALS = frozenset("0123456789" + ONES + TENS)


def reached(indicator: StageIndicator) -> Decimal | None:
    """How far the target was met by what was completed, 1 for just so; None where unknown."""
    return degree(indicator.target, indicator.completed, indicator.name)


def is_unmet(indicator: StageIndicator, year: int | None) -> bool:
    """Whether what was completed is short of the target, too late, or says that it was not met.

    `year` is the document's.
    """
    share = reached(indicator)
    if share is not None:
        return share < TARGET_SHARE
    if words_reached(indicator.target, indicator.completed):
        return True
    return is_late(indicator.target, indicator.completed, year)


def is_far_beyond(indicator: StageIndicator, percent: int) -> bool:
    """Whether more than so many percent of the target were completed."""
    reached = attainment(indicator.target, indicator.completed, indicator.name)
    return reached is not None and reached.percent > percent


def is_of_another_kind(indicator: StageIndicator) -> bool:
    """Whether what was completed cannot be of a target that is a number: words, another unit."""
    target, completed = parse(indicator.target), indicator.completed
    if target.low is None or not completed:
        return False
    value = result_quantity(completed) or parse(completed)
    if value.low is not None:
        return not same_unit(target, value)
    if value.kind in ("blank", "range"):
        return False
    return not _may_be_of(target, value, indicator.name)


def _may_be_of(target: Target, value: Target, name: str) -> bool:
    """Whether words may say a number of the target's kind: none, a day, or one among them."""
    if value.kind == "date" and target.is_time:
        return True
    words = bare_words(value.source_text)
    if no_more_than(target, name) and words in lexicon.words("words_for_none"):
        return True
    measure = measures().get(target.unit)
    units = (target.unit, *(units_of(measure.kind) if measure else ()))
    return not NUMERALS.isdisjoint(words) and any(unit in words for unit in units)


def is_added(project: StageProject, indicator: StageIndicator) -> bool:
    """Whether an indicator of a stage is none of the project's goals."""
    return project.goal is not None and indicator.goal is None and bool(indicator.name)


def indicators_left_out(project: StageProject) -> list[str]:
    """The names of a project's indicators that a stage leaves out; none where it has no rows."""
    if project.goal is None or not project.indicators:
        return []
    reported_goals = {id(indicator.goal) for indicator in project.indicators}
    return [item.name for item in project.goal.indicators if id(item) not in reported_goals]


def projects_left_out(stage: Stage, department: Department) -> list[str]:
    """The names of the projects that a stage leaves out; none where it is about one project."""
    if len(stage.projects) < 2:
        return []
    reported_goals = {id(project.goal) for project in stage.projects}
    return [
        item.name or item.code for item in department.projects if id(item) not in reported_goals
    ]


def copied_reasons(stage: Stage) -> list[list[StageIndicator]]:
    """The indicators that have one reason, where at least `COPIES` of them do."""
    places: dict[str, list[StageIndicator]] = defaultdict(list)
    for project in stage.projects:
        for indicator in project.indicators:
            if indicator.reason:
                places[text_key(indicator.reason)].append(indicator)
    return [alike for alike in places.values() if len(alike) >= COPIES]


def goal_progress(project: StageProject) -> Decimal | None:
    """How far a project's amounts of work are, in percent; None where fewer than three are known.

    Shares and limits say nothing of progress: they hold from the first day.
    """
    degrees = []
    for indicator in project.indicators:
        target = parse(indicator.target)
        counts = target.kind == "number" and target.operator in ("", "\u2265", ">", "=")
        share = reached(indicator) if counts else None
        if share is not None:
            degrees.append(min(share, TARGET_SHARE))
    return sum(degrees, Decimal(0)) / len(degrees) * 100 if len(degrees) >= COPIES else None
