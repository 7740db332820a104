"""Whether the columns beside a target agree with it: points, direction."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xlperf.record import Indicator, Project
from xlperf.rules.core import WARNING, Facts, Hit, hit, rule
from xlperf.rules.message_facts import project_label, shorten
from xlperf.rules.text import lexicon
from xlperf.rules.text.similarity import quoted_name
from xlperf.targets import AT_LEAST_OPERATORS, AT_MOST_OPERATORS, format_decimal, parse

ALL_POINTS = (Decimal(100), Decimal(90))  # the other 10 are for the rate of execution


@rule("REL855", WARNING, source="10/completeness", fields="projects/indicators/weight")
def points_do_not_make_the_whole(project: Project) -> Iterator[Hit]:
    """The points of a project's indicators make up neither 100 nor 90.

    **Why**: the score is reckoned out of 100, 10 of which may be for the rate of execution. Looked
    for where every indicator has points.
    **Bad**: points of 20, 20, 30 and 10.
    **Good**: points of 20, 20, 40 and 20.
    """
    points = [parse(indicator.text("weight")) for indicator in project.indicators]
    numbers = [item.low for item in points if item.low is not None and not item.is_percent]
    total = sum(numbers, Decimal(0))
    if numbers and len(numbers) == len(points) and total not in ALL_POINTS:
        facts: Facts = {
            "sum": "＋".join(map(format_decimal, numbers)),
            "total": format_decimal(total),
        }
        yield hit("indicators", project=project_label(project), **facts)


@rule("VAL425", WARNING, source="88/sound-indicators", fields="projects/indicators/direction")
def column_of_direction_contradicts_the_target(indicator: Indicator) -> Iterator[Hit]:
    """The column of direction says "the more the better" and the target "at most", or otherwise.

    **Why**: the score is reckoned by the column, and comes out the wrong way round.
    **Bad**: direction "positive", target ≤2%.
    **Good**: direction "negative", target ≤2%.
    """
    direction = indicator.text("direction")
    operator = parse(indicator.target).operator if direction else ""
    positive = direction.startswith(lexicon.words("the_more_the_better"))
    negative = direction.startswith(lexicon.words("the_less_the_better"))
    if (positive and operator in AT_MOST_OPERATORS) or (
        negative and operator in AT_LEAST_OPERATORS
    ):
        facts: Facts = {"target": shorten(indicator.target), "direction": shorten(direction)}
        yield hit("direction", name=quoted_name(indicator), also=[("target",)], **facts)
