"""Whether dates belong to the budget year and say the same in goals and indicators."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from xlperf.record import Department, Indicator, Project
from xlperf.rules.core import INFO, WARNING, Facts, Hit, hit, rule
from xlperf.rules.message_facts import shorten
from xlperf.rules.text import lexicon
from xlperf.rules.text.counted_things import Text, neat, texts
from xlperf.rules.text.levels import second_level
from xlperf.rules.text.similarity import indicators, quoted_name
from xlperf.rules.text.text_fields import DIGIT
from xlperf.targets import parse

Day = tuple[int, int]
END, MIDDLE, TENTH = 31, 20, 10  # what “end”, “middle” and “first third” of a month run to


@rule("REL817", WARNING, source="88/timeliness")
def due_after_the_budget_year(department: Department) -> Iterator[Hit]:
    """A target is due in a year after the budget year.

    **Why**: the budget is spent and assessed within its year; what is due later cannot be scored.
    Spans of several years are left alone.
    **Bad**: done before the end of June 2022, in the budget of 2021.
    **Good**: what will be done of it by December 2021.
    """
    for indicator, year in _due(department):
        if department.year and min(year) > department.year:
            facts: Facts = {"year": department.year, "target": shorten(indicator.target)}
            yield hit(*indicator.path, "target", name=quoted_name(indicator), **facts)


@rule("REL818", WARNING, source="88/timeliness")
def due_before_the_budget_year(department: Department) -> Iterator[Hit]:
    """A target or a goal is due in a year before the budget year.

    **Why**: it was copied from an earlier document; it is over before the money is there.
    **Bad**: done before the end of November 2020, in the budget of 2021.
    **Good**: done before the end of November 2021.
    """
    this = department.year
    for indicator, year in _due(department):
        if this and max(year) < this:
            facts: Facts = {"year": this, "text": shorten(indicator.target)}
            yield hit(*indicator.path, "target", **facts)
    for project in department.projects if this else ():
        for place, goal in enumerate(project.goals):
            found = lexicon.pattern("due_year").finditer(neat(goal))
            years = [int(item["year"]) for item in found]
            if this and years and max(years) < this:
                yield hit(*project.path, "goals", place, year=this, text=shorten(goal))


def _due(department: Department) -> Iterator[tuple[Indicator, list[int]]]:
    """Indicators whose target is a date with a year, and its years; no spans of years."""
    for indicator in indicators(department):
        target = parse(indicator.target)
        if target.kind == "date" and not lexicon.pattern("several_years").search(indicator.name):
            found = lexicon.pattern("year").finditer(target.words)
            if years := [int(item["year"]) for item in found]:
                yield indicator, years


@rule("REL820", INFO, source="88/timeliness")
def deadlines_disagree(project: Project) -> Iterator[Hit]:
    """A goal names one deadline, the timeliness indicator another, for the same event.

    **Why**: the work is on time by one of them and late by the other. Heuristic: both say the same
    word for what is over (accepted, in use, paid out and so on), and the project has one dated
    indicator.
    **Bad**: goal: accepted before 20 October; date of acceptance: before 30 November.
    **Good**: the same date in both.
    """
    dated = [
        indicator
        for indicator in project.indicators
        if second_level(indicator) in ("timeliness", "")
    ]
    dated = [item for item in dated if _deadline("deadline_in_target", item.target)]
    if len(dated) != 1:
        return
    goals = [(text, _deadline("deadline", text.words)) for text in texts(project)[2:]]
    day = _deadline("deadline_in_target", dated[0].target)
    about = [(text, due) for text, due in goals if due and _same_event(text, dated[0])]
    apart = [text for text, due in about if due != day]
    if apart and len(apart) == len(about):
        facts: Facts = {"place": apart[0].place, "text": _written(apart[0].words)}
        path = (*dated[0].path[len(project.path) :], "target")
        yield hit(*path, name=quoted_name(dated[0]), target=shorten(dated[0].target), **facts)


def _same_event(text: Text, indicator: Indicator) -> bool:
    """Whether a goal and an indicator say the same word for what is over by then."""
    if not lexicon.holds(indicator.name, "finishing"):
        return False
    clause = _clause(text.words)
    words = lexicon.words("finishing")
    return any(word in clause and word in indicator.name for word in words)


def _clause(text: str) -> str:
    """The part of a text around its deadline, up to the marks of punctuation beside it."""
    words = neat(text)
    match = lexicon.pattern("deadline").search(words)
    if match is None:
        return ""
    ends = lexicon.pattern("end_of_clause")
    return ends.split(words[: match.start()])[-1] + ends.split(words[match.start() :])[0]


def _deadline(pattern: str, text: str) -> Day | None:
    """The one deadline of a text as month and day; None if it has none, or several."""
    if pattern == "deadline_in_target" and parse(text).kind != "date":
        return None
    words = neat(text)
    digit = DIGIT.search(words) if lexicon.words("month")[0] in words else None
    found = list(lexicon.pattern(pattern).finditer(words, digit.start())) if digit else []
    if len(found) != 1:
        return None
    return int(found[0]["month"]), _day(found[0]["day"] or "")


def _day(written: str) -> int:
    day = int(written) if written.isdigit() else _parts_of_a_month().get(written, END)
    return END if day >= 30 or not day else day


@cache
def _parts_of_a_month() -> dict[str, int]:
    return dict(zip(lexicon.words("parts_of_a_month"), (END, END, MIDDLE, TENTH), strict=True))


def _written(text: str) -> str:
    match = lexicon.pattern("deadline").search(neat(text))
    return match[0] if match else ""
