"""Whether the department's own part counts the same as its projects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from xlperf.paths import RecordPath
from xlperf.record import Activity, Department, Project
from xlperf.rules.core import WARNING, Facts, Hit, hit, rule
from xlperf.rules.message_facts import FactList, project_label, shorten
from xlperf.rules.numbers.agreement import CountIndicator, add_up, agree, measure, measures
from xlperf.rules.numbers.mentions import Interval, can_be_compared, mentions
from xlperf.rules.numbers.quantities import around, quantities
from xlperf.rules.numbers.things import SAME_KIND, Thing, relation, thing_of
from xlperf.rules.text import lexicon
from xlperf.rules.text.levels import BENEFITS, second_level
from xlperf.rules.text.similarity import few, quoted_name
from xlperf.targets.words import units

MOST_PROJECTS = 60  # projects whose numbers are added up


class DepartmentFigure(NamedTuple):
    """A number in the department's own part: where, in which words, how many of what."""

    path: RecordPath
    passage: object
    unit: str
    number: Interval
    thing: Thing


def claims_of(path: RecordPath, text: str, year: int | None) -> list[DepartmentFigure]:
    """The numbers of a text that can be compared, durations left out."""
    return [
        DepartmentFigure(
            path,
            around(quantity),
            quantity.unit,
            Interval(quantity.low, quantity.high, quantity.operator, quantity.step),
            thing_of(quantity),
        )
        for quantity in quantities(text)
        if can_be_compared(quantity, year) and quantity.unit not in units("time")
    ]


class ProjectFigure(NamedTuple):
    """A project's number of the thing that a claim counts, and where it stands."""

    project: Project
    path: RecordPath
    passage: str
    number: Interval


def _shares(claim: DepartmentFigure, department: Department) -> list[ProjectFigure]:
    """One number each of the first `MOST_PROJECTS` projects that count what a claim counts."""
    shares = (share_of(claim, project) for project in department.projects[:MOST_PROJECTS])
    return [item for item in shares if item is not None]


def share_of(claim: DepartmentFigure, project: Project) -> ProjectFigure | None:
    """A project's number of a claim's thing: from an indicator, else from a text, else None."""
    for measured in measures(project):
        if measured.unit != claim.unit:
            continue
        if claim.number.low > measured.number.high and _is_benefit(measured):
            continue  # what a project brings about may be a part of what the department does
        if relation(claim.thing, measured.thing) == SAME_KIND:
            name = f"{quoted_name(measured.indicator)} {measured.target.source_text}"
            return ProjectFigure(
                project, (*measured.indicator.path, "target"), shorten(name), measured.number
            )
    for mention in mentions(project, claim.unit):
        if relation(claim.thing, mention.thing) == SAME_KIND:
            path = (*project.path, *mention.text.path)
            return ProjectFigure(project, path, around(mention.quantity), mention.number)
    return None


def _is_benefit(measured: CountIndicator) -> bool:
    return second_level(measured.indicator) in BENEFITS


def _places(shares: list[ProjectFigure]) -> list[RecordPath]:
    return [share.path for share in shares]


def _contradicted(claim: DepartmentFigure, shares: list[ProjectFigure]) -> bool:
    """Whether no project's number, and no sum of several, agrees with the claim's."""
    if any(agree(claim.number, share.number) for share in shares):
        return False
    lows = [share.number.low for share in shares]
    total = sum(lows, Decimal(0))
    together = Interval(total, total, shares[0].number.operator, shares[0].number.step)
    if agree(claim.number, together) or add_up(claim.number.low, Decimal(0), lows):
        return False
    return not any(_made_within(claim, share.project) for share in shares)


def _made_within(claim: DepartmentFigure, project: Project) -> bool:
    """Whether numbers of people in one text, or in the indicators, of a project make the number."""
    if claim.unit not in lexicon.words("people"):
        return False
    pools: dict[object, list[Decimal]] = defaultdict(list)
    for item in measures(project):
        pools[""].append(item.number.low if item.unit == claim.unit else Decimal(0))
    for mention in mentions(project, claim.unit):
        pools[mention.text.path].append(mention.number.low)
    whole = claim.number.low
    return any(
        add_up(whole, Decimal(0), [low for low in pool if 0 < low < whole])
        for pool in pools.values()
    )


@rule("REL844", WARNING, source="88/goal-relevance; 88/accuracy")
def overall_goal_counts_differently(department: Department) -> Iterator[Hit]:
    """The overall goal counts a thing that the projects count differently.

    **Why**: it is the part that everybody reads, and nobody can say by which number the year is
    judged. Compared is the same noun in the same unit, with one project's number, or the sum of
    several; what there is already, other years and so many for each are left alone.
    **Bad**: overall goal: 45 km of country roads rebuilt; the only project for it: 30 km.
    **Good**: both 30 km.
    """
    for claim in claims_of(("overall_goal",), department.overall_goal, department.year):
        shares = _shares(claim, department)
        if shares and _contradicted(claim, shares):
            facts: Facts = {"text": claim.passage, "projects": _project_list(shares)}
            yield hit("overall_goal", also=_places(shares), **facts)


@rule("REL845", WARNING, source="88/relevance; 88/accuracy")
def activity_counts_differently(department: Department) -> Iterator[Hit]:
    """An activity of the department counts a thing that its projects count differently.

    **Why**: the projects are how the activity is done; whichever number is reached, the other may
    not be. Compared as in REL844.
    **Bad**: activity: at least 100 shows in villages; project: at least 120.
    **Good**: both 120; or the projects' numbers together.
    """
    for activity in department.activities:
        for claim in _claims(activity, department.year):
            shares = _shares(claim, department)
            if shares and _contradicted(claim, shares):
                facts: Facts = {"text": claim.passage, "projects": _project_list(shares)}
                yield hit(*claim.path, also=_places(shares), **facts)


def _claims(activity: Activity, year: int | None) -> Iterator[DepartmentFigure]:
    """What an activity's goal and indicators count."""
    yield from claims_of((*activity.path, "goal"), activity.goal, year)
    for indicator in activity.indicators:
        if measured := measure(indicator):
            quotation = shorten(f"{quoted_name(indicator)} {measured.target.source_text}")
            yield DepartmentFigure(
                (*indicator.path, "target"),
                quotation,
                measured.unit,
                measured.number,
                measured.thing,
            )


@rule("REL846", WARNING, source="88/relevance")
def activity_goal_and_indicator_differ(activity: Activity) -> Iterator[Hit]:
    """The goal of an activity counts a thing, its own indicator counts it differently.

    **Why**: whichever of the two is reached, the other may not be. Compared is the same noun in
    the same unit; what may differ is told apart as in REL814.
    **Bad**: goal: 4,500 new jobs in towns; indicator: new jobs in towns, at least 5,400.
    **Good**: both 4,500.
    """
    for measured in filter(None, map(measure, activity.indicators)):
        claims = claims_of((), activity.goal, None)
        same = [claim for claim in claims if _is_of(claim, measured, activity)]
        if same and not any(agree(item.number, measured.number) for item in same):
            facts: Facts = {"text": same[0].passage, "name": quoted_name(measured.indicator)}
            path = (*measured.indicator.path[len(activity.path) :], "target")
            yield hit(*path, also=[("goal",)], target=measured.target.source_text, **facts)


def _is_of(claim: DepartmentFigure, measured: CountIndicator, activity: Activity) -> bool:
    context = activity.name + activity.goal
    same = relation(claim.thing, measured.thing, context) == SAME_KIND
    return same and claim.unit == measured.unit


def _project_list(shares: list[ProjectFigure]) -> object:
    """The projects with what each says."""
    return few(FactList((project_label(share.project), share.passage), "colon") for share in shares)
