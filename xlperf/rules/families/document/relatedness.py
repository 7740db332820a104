"""Whether goals, indicators, activities and projects have to do with each other.

All of this goes by pairs of neighbouring characters (see `text.similarity`): texts that share
none, stop words aside, seem to have nothing to do with each other. Synonyms are not known;
therefore everything here is information, and silent where a text has no pair to compare.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlperf.record import Activity, Department, Project
from xlperf.rules.core import INFO, Facts, Hit, hit, rule
from xlperf.rules.message_facts import money, percent, project_label, shorten
from xlperf.rules.text import lexicon
from xlperf.rules.text.levels import second_level
from xlperf.rules.text.proportions import money_of, share_of
from xlperf.rules.text.similarity import (
    few,
    has_a_pair,
    has_one_of,
    numbered,
    pairs,
    pairs_of,
    plainly_related,
    quoted_name,
    share_a_pair,
    share_a_sign,
    signs,
)

SIGNS_IN_COMMON = 2  # characters in common that make a name belong to a text
FEW_PAIRS = 4  # pairs of characters that are no subject yet


@rule("REL801", INFO, source="88/relevance")
def indicator_of_something_else(project: Project) -> Iterator[Hit]:
    """An indicator has no word in common with its project's name, purpose and goals.

    **Why**: an indicator that measures something else may be reached while the project fails.
    Only quantity and quality are looked at; benefits are rightly told in other words, and
    punctuality, cost and satisfaction are alike everywhere. Heuristic: neither a pair of characters
    in common nor one character of the name, stop words aside.
    **Bad**: under the insurance of cars: number of green offices.
    **Good**: rate of claims paid.
    """
    about = _texts(project)
    for indicator in project.indicators:
        if second_level(indicator) not in ("quantity", "quality"):
            continue
        if plainly_related(indicator.name, about):
            continue
        words = pairs(indicator.name)
        if not words or share_a_pair(words, about):
            continue
        alien = not share_a_pair(pairs(indicator.description), about) and any(map(pairs, about))
        if alien and not signs(indicator.name) & signs("".join(about)):
            yield hit(*indicator.path[len(project.path) :], "name", name=quoted_name(indicator))


@rule("REL802", INFO, source="88/relevance")
def goal_without_an_indicator(project: Project) -> Iterator[Hit]:
    """A goal of a project has no word in common with any of its indicators.

    **Why**: what no indicator measures is not assessed. Heuristic: neither a pair of characters in
    common, stop words aside, nor two single ones.
    **Bad**: goal: training of drivers; no indicator speaks of drivers or training.
    **Good**: an indicator "drivers trained: at least 20".
    """
    names = [indicator.name for indicator in project.indicators]
    wordings = [indicator.name + "\n" + indicator.description for indicator in project.indicators]
    for place, goal in enumerate(project.goals):
        if plainly_related(goal, names) or plainly_related(goal, wordings):
            continue
        if any(name and name in goal for name in names):
            continue
        words = pairs(goal)
        if not words or share_a_pair(words, wordings) or not any(map(pairs, wordings)):
            continue
        if len(signs(goal) & signs("\n".join(wordings))) < SIGNS_IN_COMMON:
            yield hit("goals", place, text=shorten(goal))


@rule("REL859", INFO, source="88/adequacy; 88/relevance")
def one_of_two_works_not_measured(project: Project) -> Iterator[Hit]:
    """A project's name joins two works, and nothing else in the project speaks of one of them.

    **Why**: the money is for both; whether the second was done is never asked. Heuristic: no pair
    of characters of it is in the purpose, the goals or the indicators.
    **Bad**: "rebuilding of schools and purchase of equipment", all indicators of rebuilding.
    **Good**: an indicator "sets of equipment purchased" too.
    """
    name = lexicon.without_brackets(project.name)
    match = lexicon.pattern("two_works").match(name)
    if match is None or not project.indicators:
        return
    texts = "\n".join(
        [
            project.purpose,
            *project.goals,
            *(f"{item.name}\n{item.description}" for item in project.indicators),
        ]
    )
    speaks = {
        work: any(work[at : at + SIGNS_IN_COMMON] in texts for at in range(len(work) - 1))
        for work in (match["first"], match["second"])
    }
    for work, spoken in speaks.items():
        if not spoken and any(speaks.values()):
            yield hit("indicators", project=project_label(project), work=work)


@rule("REL803", INFO, source="88/goal-relevance")
def goals_miss_the_project(project: Project) -> Iterator[Hit]:
    """None of a project's goals has a word in common with its name or purpose.

    **Why**: goals that could stand under any project say nothing about what this one's money is
    for. Heuristic: not one character in common, stop words aside, and little of a subject in the
    goals at all; goals with a subject of their own may say the same in other words.
    **Bad**: "subsidy for civil defence", goals: keep the work going, keep the unit running.
    **Good**: goals that say what civil defence gets, how much of it, and by when.
    """
    about = (project.name, project.purpose)
    if not any(project.goals) or share_a_sign(about, project.goals) or not any(map(signs, about)):
        return
    if len(pairs_of(project.goals)) <= FEW_PAIRS:
        yield hit("goals", project=project_label(project))


@rule("REL808", INFO, source="88/relevance")
def activities_without_a_project(department: Department) -> Iterator[Hit]:
    """Some activities have no word in common with any project.

    **Why**: an activity without a project needs no money of its own, or its project is missing, or
    it is there for show. Said once for all of them. Heuristic: no pair of characters in common in
    names, goals, purposes and the activities' indicators, stop words aside, and no single one in
    the names.
    **Bad**: an activity "green building"; no project speaks of building or saving energy.
    **Good**: a project for it; or a remark that it is done within the running costs.
    """
    spent = [text for project in department.projects for text in _texts(project)]
    names = signs("\n".join(project.name for project in department.projects))
    alone = [
        activity
        for activity in (department.activities if any(map(has_a_pair, spent)) else ())
        if pairs(activity.name) and not signs(activity.name) & names
        if not share_a_pair(_about(activity), spent)
    ]
    if alone:
        facts: Facts = {"count": len(alone), "total": len(department.activities)}
        facts["also"] = [(*item.path, "name") for item in alone]
        yield hit("activities", activities=few(map(numbered, alone)), **facts)


@rule("REL824", INFO, source="88/relevance")
def project_without_an_activity(department: Department) -> Iterator[Hit]:
    """A project has no word in common with any activity of the department.

    **Why**: money that belongs to none of the department's tasks, or a task that the itemised goals
    forgot. Heuristic: no pair of characters in common in names, purposes, goals and the
    activities' indicators, stop words aside, and no single one in the names.
    **Bad**: a project "insurance of cars"; no activity speaks of cars.
    **Good**: the activity "running of the office" says that it keeps the cars.
    """
    planned = pairs_of(text for activity in department.activities for text in _words(activity))
    names = signs("\n".join(activity.name for activity in department.activities))
    total = money_of(department.projects)
    for project in department.projects if planned else ():
        about = _texts(project)
        if any(has_one_of(planned, text) for text in about) or not any(map(has_a_pair, about)):
            continue
        if not signs(project.name) & names:
            share = percent(share_of(money_of([project]), total))
            facts: Facts = {"money": money(money_of([project])), "share": share}
            yield hit(*project.path, "name", project=project_label(project), **facts)


def _texts(project: Project) -> tuple[str, ...]:
    return (project.name, project.purpose, *project.goals)


def _about(activity: Activity) -> frozenset[str]:
    return pairs_of(_words(activity))


def _words(activity: Activity) -> Iterator[str]:
    yield from (activity.name, activity.goal)
    yield from (indicator.name for indicator in activity.indicators)
