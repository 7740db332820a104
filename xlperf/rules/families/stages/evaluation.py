"""Self-evaluation after the year: weights, points, totals and grades."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from xlperf.record import Department
from xlperf.rules.core import ERROR, WARNING, Facts, Hit, hit, rule
from xlperf.rules.formulas.stage_natives import (
    FULL_BUT_SHORT,
    SCORE_OUT_OF_RANGE,
    SCORE_TOO_HIGH,
    WEIGHTS_AMISS,
    of_evaluation,
)
from xlperf.rules.message_facts import Word, shorten
from xlperf.rules.profiles import Profile
from xlperf.rules.stages.comparing import NUMERALS, is_unmet
from xlperf.rules.stages.results import (
    least_points,
    most_points,
)
from xlperf.rules.stages.views import (
    EVALUATION,
    StageIndicator,
    StageProject,
    indicators_in,
    projects_in,
)
from xlperf.rules.text import lexicon
from xlperf.rules.text.similarity import text_key
from xlperf.targets import format_decimal, parse

FULL_POINTS, ONE_POINT = Decimal(100), Decimal(1)
LEVEL_LISTS = ("level_satisfaction", "level_benefit", "level_output")  # lists of words
LONGEST_VAGUE_TARGET = 12  # signs of a target that may be without a standard
FEWEST_INDICATORS = 5  # indicators that make a copied form plain


@rule(
    "EVA951", ERROR, source="10/self-evaluation", native=of_evaluation("indicators", WEIGHTS_AMISS)
)
def weights_do_not_add_up(department: Department, chosen: Profile) -> Iterator[Hit]:
    """The weights of a project do not come to 100 with those of budget execution.

    **Why**: the grade is read off a total of 100.
    **Bad**: weights of 85, and 10 for execution.
    **Good**: weights of 90, and 10 for execution.
    """
    for _, project in projects_in(department, EVALUATION):
        weights = [item.weight for item in project.indicators if item.weight is not None]
        total = sum(weights, Decimal(0))
        execution = Decimal(chosen["execution_points"])
        if weights and len(weights) == len(project.indicators) and total + execution != FULL_POINTS:
            if total == FULL_POINTS and project.execution_score is None:
                continue  # a form in which execution is one of the rows
            facts: Facts = {"sum": format_decimal(total), "execution": format_decimal(execution)}
            yield hit(*project.path, "indicators", name=project.label, **facts)


@rule("EVA952", WARNING, source="10/self-evaluation")
def weights_of_levels_unusual(department: Department, chosen: Profile) -> Iterator[Hit]:
    """The weights of output, benefit and satisfaction are not the usual ones.

    **Why**: 50, 30 and 10 are what the measures name; others want a reason. A form with costs as
    a first level of its own is left alone.
    **Bad**: output 70, benefit 10, satisfaction 10.
    **Good**: output 50, benefit 30, satisfaction 10.
    """
    usual = dict(zip(LEVEL_LISTS, chosen["level_points"], strict=True))
    for _, project in projects_in(department, EVALUATION):
        sums = _by_level(project)
        if set(sums) != set(usual):
            continue
        for key, expected in usual.items():
            if sums[key] != expected:
                level = str(lexicon.words(key)[0])
                facts: Facts = {"level": level, "sum": format_decimal(sums[key]), "usual": expected}
                yield hit(*project.path, "indicators", name=project.label, **facts)


def _by_level(project: StageProject) -> dict[str, Decimal]:
    """The weights by first level, where all have one and all are of the usual three."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for item in project.indicators:
        keys = [key for key in LEVEL_LISTS if item.of and item.of[0] in lexicon.words(key)]
        if not keys or item.weight is None:
            return {}
        sums[keys[0]] += item.weight
    return sums


@rule(
    "EVA953",
    ERROR,
    source="10/self-evaluation",
    native=of_evaluation("indicators/score", SCORE_OUT_OF_RANGE),
)
def score_out_of_range(department: Department) -> Iterator[Hit]:
    """A score is above its weight, or below nothing.

    **Why**: an indicator can earn its weight and no more.
    **Bad**: 12 points of 10.
    **Good**: 9 points of 10.
    """
    for _, indicator in indicators_in(department, EVALUATION):
        score, weight = indicator.score, indicator.weight
        if score is not None and (score < 0 or (weight is not None and score > weight)):
            facts: Facts = {"score": format_decimal(score)}
            facts["weight"] = (
                format_decimal(weight) if weight is not None else Word("stage.no_weight")
            )
            yield hit(*indicator.path, "score", name=indicator.name, **facts)


@rule(
    "EVA954",
    WARNING,
    source="10/self-evaluation",
    native=of_evaluation("indicators/score", SCORE_TOO_HIGH),
)
def score_above_what_was_reached(department: Department, chosen: Profile) -> Iterator[Hit]:
    """A score is higher than the value reached earns.

    **Why**: where the target was not met, points are in proportion, or in the band of the words
    that say how far. Full points for an unmet target are EVA962.
    **Bad**: target 48, reached 24, 8 points of 10.
    **Good**: target 48, reached 24, 5 points of 10.
    """
    tolerance = Decimal(str(chosen["score_tolerance"]))
    for _, indicator in indicators_in(department, EVALUATION):
        due = _most(indicator, chosen)
        score, weight = indicator.score, indicator.weight
        if (
            due is None
            or score is None
            or score == weight
            or not is_unmet(indicator, department.year)
        ):
            continue
        if score > due + tolerance:
            facts: Facts = {"score": format_decimal(score), "due": format_decimal(due)}
            yield hit(*indicator.path, "score", name=indicator.name, **values(indicator), **facts)


def _most(indicator: StageIndicator, chosen: Profile) -> Decimal | None:
    """The points that a value earns at most; None where people have to judge."""
    return None if indicator.weight is None else most_points(indicator, indicator.weight, chosen)


def values(indicator: StageIndicator) -> Facts:
    """The target and what was completed, as messages show them."""
    return {"target": shorten(indicator.target), "completed": shorten(indicator.completed)}


@rule("EVA972", WARNING, source="10/self-evaluation")
def points_taken_off_without_a_reason(department: Department, chosen: Profile) -> Iterator[Hit]:
    """A target was met, points were taken off, and no reason is given.

    **Why**: what was met earns its points; whoever takes some off knows why.
    **Bad**: target 48, reached 50, 6 points of 10, no reason.
    **Good**: target 48, reached 50, 6 points of 10: four of them were held after the season.
    """
    tolerance = Decimal(str(chosen["score_tolerance"]))
    for _, indicator in indicators_in(department, EVALUATION):
        score, weight = indicator.score, indicator.weight
        if score is None or weight is None or indicator.reason:
            continue
        due = least_points(indicator, weight, chosen)
        if due is None or is_unmet(indicator, department.year) or score + tolerance >= due:
            continue
        facts: Facts = {"score": format_decimal(score), "due": format_decimal(due)}
        yield hit(*indicator.path, "score", name=indicator.name, **values(indicator), **facts)


@rule("EVA956", WARNING, source="10/self-evaluation")
def full_points_for_a_vague_target(department: Department) -> Iterator[Hit]:
    """Full points stand at a target that nobody can measure.

    **Why**: a target without a standard is met by anything.
    **Bad**: target “improved”, completed “improved”, full points.
    **Good**: target ≥90%, completed 92%, full points.
    """
    for _, indicator in indicators_in(department, EVALUATION):
        target = parse(indicator.target)
        vague = target.kind in ("text", "choice") and not indicator.reason
        full = indicator.weight is not None and indicator.score == indicator.weight
        has_number = not NUMERALS.isdisjoint(indicator.target)
        described = bool(indicator.goal and any(c.isdigit() for c in indicator.goal.description))
        if (
            vague
            and full
            and not (has_number or described)
            and len(indicator.target) <= LONGEST_VAGUE_TARGET
        ):
            facts: Facts = {
                "target": shorten(indicator.target),
                "score": format_decimal(indicator.score or ONE_POINT),
            }
            yield hit(*indicator.path, "score", name=indicator.name, **facts)


@rule(
    "EVA962",
    ERROR,
    source="10/self-evaluation",
    native=of_evaluation("indicators/score", FULL_BUT_SHORT, whole=False),
)
def full_points_for_an_unmet_target(department: Department) -> Iterator[Hit]:
    """A target was not met and earns all its points.

    **Why**: points are in proportion to what was reached.
    **Bad**: target 4,754, reached 4,604, full points.
    **Good**: target 4,754, reached 4,604, 9.68 points of 10.
    """
    for _, indicator in indicators_in(department, EVALUATION):
        full = indicator.weight is not None and indicator.score == indicator.weight
        if full and indicator.weight and is_unmet(indicator, department.year):
            facts: Facts = {**values(indicator), "score": format_decimal(indicator.weight)}
            yield hit(*indicator.path, "score", name=indicator.name, **facts)


@rule("EVA970", WARNING, source="10/self-evaluation")
def everything_exactly_as_planned(department: Department) -> Iterator[Hit]:
    """Every value reached is the target, word for word, and all points are given.

    **Why**: a form that was copied and not filled in looks like this. Five indicators at least.
    **Bad**: seven targets, seven times the same in the column beside.
    **Good**: 50 events for ≥48, 97.4% for ≥97%.
    """
    for _, project in projects_in(department, EVALUATION):
        rows = project.indicators
        copied = [
            row for row in rows if row.completed and text_key(row.completed) == text_key(row.target)
        ]
        full = all(row.score is None or row.score == row.weight for row in rows)
        if len(rows) >= FEWEST_INDICATORS and len(copied) == len(rows) and full:
            yield hit(*project.path, "indicators", name=project.label, count=len(rows))
