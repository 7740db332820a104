"""Whether dates belong to the budget year and say the same in goals and indicators."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlperf.record import Department, Indicator, Project
from xlperf.rules.core import WARNING, Facts, Hit, hit, rule
from xlperf.rules.message_facts import Named, shorten
from xlperf.rules.numbers.dates import NAMED, Deadline, deadlines
from xlperf.rules.numbers.things import clash
from xlperf.rules.text import lexicon
from xlperf.rules.text.counted_things import Text, neat, texts
from xlperf.rules.text.similarity import indicators, quoted_name
from xlperf.targets import parse

Place = tuple[str | int, ...]
ALIKE = 2  # pairs of characters in common that make two deadlines speak of one work


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
            place = Named(NAMED, quoted_name(indicator))
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


def _due_in_texts(department: Department) -> Iterator[tuple[Project, Text, list[int]]]:
    """Purposes and goals that name years by whose dates something is due; no attributes."""
    for project in department.projects if department.year else ():
        for text in texts(project)[1:]:
            found = lexicon.pattern("due_year").finditer(neat(text.words))
            years = [int(item["year"]) for item in found]
            if years:
                yield project, text, years


def _due(department: Department) -> Iterator[tuple[Indicator, list[int]]]:
    """Indicators whose target is a date with a year, and its years; no spans of years."""
    for indicator in indicators(department):
        target = parse(indicator.target)
        if target.kind == "date" and not lexicon.pattern("several_years").search(indicator.name):
            found = lexicon.pattern("year").finditer(target.words)
            if years := [int(item["year"]) for item in found]:
                yield indicator, years


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
    found = deadlines(project)
    told: set[Place] = set()
    for position, late in enumerate(found):
        for known in found[:position]:
            if late.path in told or known.path == late.path or not _one_event(known, late, found):
                continue
            if known.same_day(late) or _confirmed(known, late, found):
                continue
            told.add(late.path)
            facts: Facts = {"place": known.place, "text": shorten(known.shown)}
            facts |= {"other_place": late.place, "other": shorten(late.shown)}
            yield hit(*late.path, also=[known.path], **facts)


def _one_event(known: Deadline, late: Deadline, found: Sequence[Deadline]) -> bool:
    """Whether two deadlines are those of one event."""
    same = known.events & late.events or (known.orders & late.orders) - {0}
    if not same or clash(known.acts, late.acts):
        return False
    if known.subject and late.subject:
        common = known.subject & late.subject
        return len(common) >= min(ALIKE, len(known.subject), len(late.subject))
    done = lexicon.words("done")[0]
    if done in known.events or done in late.events:
        return False
    dated = [item for item in found if item.of_indicator and item.orders & late.orders]
    return len(dated) <= 1


def _confirmed(known: Deadline, late: Deadline, found: Sequence[Deadline]) -> bool:
    """Whether one of two places, or another indicator, has the other's date for such an event."""
    for one, other in ((known, late), (late, known)):
        for item in found:
            same = item.events & other.events or (item.orders & other.orders) - {0}
            elsewhere = item.of_indicator and item.path != other.path
            beside = item is not one and (item.path == one.path or elsewhere)
            if beside and same and item.same_day(other):
                return True
    return False
