"""Whether the shares and sums of the department's own goals are those of its indicators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from xlperf.paths import RecordPath
from xlperf.record import Department, Indicator, Project
from xlperf.rules.core import WARNING, Facts, Hit, hit, rule
from xlperf.rules.families.money.department_numbers import claims_of, share_of
from xlperf.rules.message_facts import field_label, shorten
from xlperf.rules.numbers.agreement import agree, measure
from xlperf.rules.numbers.promised_shares import (
    disagree,
    is_promise,
    is_share_of,
    promised_shares,
    share_named,
)
from xlperf.rules.numbers.quantities import SHARE, quantities
from xlperf.rules.numbers.things import SAME_KIND, relation
from xlperf.rules.text.counted_things import Share
from xlperf.rules.text.similarity import indicators, quoted_name, text_key
from xlperf.targets import Target, parse

SHORTEST_RATE_PHRASE = 5  # characters of a phrase that tell whose rate it is


class PercentIndicator(NamedTuple):
    """An indicator with a target in percent, and its name as a key (see `text_key`)."""

    name: str
    indicator: Indicator
    target: Target


@rule("REL848", WARNING, source="88/goal-relevance; 88/accuracy")
def goal_names_another_number_than_the_department(department: Department) -> Iterator[Hit]:
    """The overall goal, or an activity's, names another number than the indicator of that name.

    **Why**: it is the part that everybody reads, and the indicators are what is judged. Compared
    are shares that an indicator's name stands for, where all indicators of it have one target, and
    what the overall goal counts with the activities' indicators; a project's goals may promise
    more than an activity's indicator, not less.
    **Bad**: overall goal: 75% of the files digitised; indicator of that name: at least 70%.
    **Good**: both 70%.
    """
    yield from _counts(department)
    goals: list[tuple[RecordPath, str]] = [(("overall_goal",), department.overall_goal)]
    goals += [((*item.path, "goal"), item.goal) for item in department.activities]
    promised = [(path, share) for path, text in goals for share in _shares(text, department.year)]
    rates = _rates(indicators(department)) if promised else []
    reported: set[RecordPath] = set()
    for path, share in promised:
        other = _other(share, rates) if path not in reported else None
        if other is not None:
            reported.add(path)
            yield _hit(path, field_label(path), share, other)
    of_activities = _rates(item for owner in department.activities for item in owner.indicators)
    for project in department.projects if of_activities else ():
        yield from _of_project(project, of_activities)


def _rates(items: Iterable[Indicator]) -> list[PercentIndicator]:
    """The indicators with a target in percent."""
    return [
        PercentIndicator(text_key(item.name), item, target)
        for item in items
        if (target := parse(item.target)).unit == "%"
    ]


def _hit(path: RecordPath, place: object, share: Share, other: PercentIndicator) -> Hit:
    _, indicator, target = other
    facts: Facts = {"field": place, "text": shorten(share.passage)}
    facts |= {"name": quoted_name(indicator), "target": shorten(target.source_text)}
    return hit(*path, also=[(*indicator.path, "target")], **facts)


def _of_project(project: Project, rates: Sequence[PercentIndicator]) -> Iterator[Hit]:
    """Hits where a project's text promises less than an activity, its own indicators aside."""
    promised = promised_shares(project)
    names = [text_key(indicator.name) for indicator in (project.indicators if promised else ())]
    for text, share in promised:
        if any(is_share_of(share.name, name, names) for name in names):
            continue
        phrase = share.name
        # a whole name is in it, or it is a long end of one
        long = len(phrase) >= SHORTEST_RATE_PHRASE
        about = [r for r in rates if r.name in phrase or (long and r.name.endswith(phrase))]
        other = _other(share, about) if about else None
        if other is not None and share.number < (other.target.low or 0):
            yield _hit((*project.path, *text.path), text.place, share, other)


def _counts(department: Department) -> Iterator[Hit]:
    """Hits where the overall goal counts what an activity's indicator counts differently."""
    activity_indicators = [
        item for activity in department.activities for item in activity.indicators
    ]
    measured = [item for item in map(measure, activity_indicators) if item is not None]
    goal = department.overall_goal
    for claim in claims_of(("overall_goal",), goal, department.year) if measured else ():
        about = [item for item in measured if item.unit == claim.unit]
        about = [item for item in about if relation(claim.thing, item.thing) == SAME_KIND]
        agreed = any(agree(claim.number, item.number) for item in about)
        if about and not agreed and not any(share_of(claim, p) for p in department.projects):
            other = about[0]
            facts: Facts = {"field": field_label(claim.path), "text": claim.passage}
            facts |= {"name": quoted_name(other.indicator), "target": other.target.source_text}
            yield hit(*claim.path, also=[(*other.indicator.path, "target")], **facts)


def _shares(text: str, year: int | None) -> Iterator[Share]:
    """The shares that a text promises for the year."""
    for quantity in quantities(text):
        if quantity.unit == SHARE and is_promise(quantity, year):
            share = share_named(quantity)
            if share:
                yield share


def _other(share: Share, rates: Sequence[PercentIndicator]) -> PercentIndicator | None:
    """The indicator that a share contradicts; None where one agrees or they differ themselves."""
    names = [rate.name for rate in rates]
    about = [rate for rate in rates if is_share_of(share.name, rate.name, names)]
    ends: set[Decimal | None] = {end for _, _, target in about for end in (target.low, target.high)}
    return about[0] if len(ends) == 1 and disagree(share, about[0].target) else None
