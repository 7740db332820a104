"""Whether dates belong to the budget year and say the same in goals and indicators."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlperf.paths import RecordPath
from xlperf.record import Department, Indicator, Project
from xlperf.rules.core import WARNING, Facts, Hit, hit, rule
from xlperf.rules.memo import once
from xlperf.rules.message_facts import Named, shorten
from xlperf.rules.numbers.dates import INDICATOR_NAMED, Deadline, deadlines
from xlperf.rules.numbers.things import clash
from xlperf.rules.text import lexicon
from xlperf.rules.text.counted_things import ProjectText, neat, texts
from xlperf.rules.text.similarity import indicators, quoted_name
from xlperf.targets import parse

PAIRS_IN_COMMON = 2  # pairs of characters in common that make two deadlines speak of one work


@rule("REL817", WARNING, source="88/timeliness")
def due_after_the_budget_year(department: Department) -> Iterator[Hit]:
    """A target or a text is due in a year after the budget year.

    **Why**: the budget is spent and assessed within its year; what is due later cannot be scored.
    Spans of several years are left alone.
    **Bad**: done before the end of June 2022, in the budget of 2021.
    **Good**: what will be done of it by December 2021.
    """
    for indicator, year in _due(department):
        if department.year and min(year) > department.year:
            facts: Facts = {"year": department.year, "target": shorten(indicator.target)}
            place = Named(INDICATOR_NAMED, quoted_name(indicator))
            yield hit(*indicator.path, "target", place=place, **facts)
    for project, text, years in _due_in_texts(department):
        several = lexicon.pattern("several_years").search(neat(text.words))
        if min(years) > (department.year or min(years)) and not several:
            facts = {"year": department.year, "target": shorten(text.words)}
            yield hit(*project.path, *text.path, place=text.place, **facts)


@rule("REL818", WARNING, source="88/timeliness")
def due_before_the_budget_year(department: Department) -> Iterator[Hit]:
    """A target or a text is due in a year before the budget year.

    **Why**: it was copied from an earlier document; it is over before the money is there.
    **Bad**: done before the end of November 2020, in the budget of 2021.
    **Good**: done before the end of November 2021.
    """
    this = department.year
    for indicator, year in _due(department):
        if this and max(year) < this:
            facts: Facts = {"year": this, "text": shorten(indicator.target)}
            yield hit(*indicator.path, "target", **facts)
    for project, text, years in _due_in_texts(department):
        if this and max(years) < this:
            yield hit(*project.path, *text.path, year=this, text=shorten(text.words))


@once
def _due_in_texts(department: Department) -> list[tuple[Project, ProjectText, list[int]]]:
    """Purposes and goals that set a deadline by year, with their project and the years."""
    result = []
    for project in department.projects if department.year else ():
        for text in texts(project)[1:]:
            matches = lexicon.pattern("due_year").finditer(neat(text.words))
            if years := [int(item["year"]) for item in matches]:
                result.append((project, text, years))
    return result


@once
def _due(department: Department) -> list[tuple[Indicator, list[int]]]:
    """Indicators whose target is a date with a year, with the years; spans of years left out."""
    result = []
    for indicator in indicators(department):
        target = parse(indicator.target)
        if target.kind == "date" and not lexicon.pattern("several_years").search(indicator.name):
            matches = lexicon.pattern("year").finditer(target.words)
            if years := [int(item["year"]) for item in matches]:
                result.append((indicator, years))
    return result


@rule("REL820", WARNING, source="88/timeliness")
def deadlines_disagree(project: Project) -> Iterator[Hit]:
    """Two places of a project name different deadlines for the same event.

    **Why**: the work is on time by one of them and late by the other. Heuristic: both name the
    same event (accepted, in use, paid out and so on; finished and completed are one), and the
    words beside the two dates have something in common, or one of them says nothing but the event.
    A deadline that another place confirms is one of several steps, and left alone.
    **Bad**: goal: accepted before 20 October; date of acceptance: before 30 November.
    **Good**: the same date in both.
    """
    dates = deadlines(project)
    reported: set[RecordPath] = set()
    for position, second in enumerate(dates):
        for first in dates[:position]:
            if (
                second.path in reported
                or first.path == second.path
                or not _one_event(first, second, dates)
            ):
                continue
            if first.same_day(second) or _confirmed(first, second, dates):
                continue
            reported.add(second.path)
            facts: Facts = {"place": first.place, "text": shorten(first.passage)}
            facts |= {"other_place": second.place, "other": shorten(second.passage)}
            yield hit(*second.path, also=[first.path], **facts)


def _one_event(first: Deadline, second: Deadline, dates: Sequence[Deadline]) -> bool:
    """Whether two deadlines are of one event: same event or order, no other acts, alike subjects.

    dates: all deadlines of the project; they decide where a deadline names no subject.
    """
    same = first.events & second.events or (first.orders & second.orders) - {0}
    if not same or clash(first.acts, second.acts):
        return False
    if first.subject and second.subject:
        common = first.subject & second.subject
        return len(common) >= min(PAIRS_IN_COMMON, len(first.subject), len(second.subject))
    completion = lexicon.words("done")[0]
    special = (first.events & second.events) - {completion}
    if not special and (completion in first.events or completion in second.events):
        return False
    dated = [item for item in dates if item.of_indicator and item.orders & second.orders]
    return len(dated) <= 1


def _confirmed(first: Deadline, second: Deadline, dates: Sequence[Deadline]) -> bool:
    """Whether the place of one deadline, or another indicator, also has the other's date."""
    for deadline, other in ((first, second), (second, first)):
        for item in dates:
            same = item.events & other.events or (item.orders & other.orders) - {0}
            elsewhere = item.of_indicator and item.path != other.path
            beside = item is not deadline and (item.path == deadline.path or elsewhere)
            if beside and same and item.same_day(other):
                return True
    return False
