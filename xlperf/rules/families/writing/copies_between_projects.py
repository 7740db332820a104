"""Whether a text was copied over several projects, or stands twice where lists are short.

Each rule sorts rows, goals or purposes into buckets of equal texts once; no two projects are
compared with each other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator

from xlperf.record import Department, Indicator, Project
from xlperf.rules.core import INFO, WARNING, Facts, Hit, hit, rule
from xlperf.rules.memo import once
from xlperf.rules.message_facts import Word, percent, project_label, shorten
from xlperf.rules.profiles import Profile
from xlperf.rules.text.levels import first_or_implied, second_level
from xlperf.rules.text.proportions import share_of
from xlperf.rules.text.similarity import few, quoted_name, rows_of, text_key, work_of

SHORTEST_COPIED_TEXT = 6  # characters of a purpose or goal that is not the same by chance
FEWEST_ROWS = 3  # so many indicators that are all the same are no accident
ProjectIndicator = tuple[Project, Indicator]


@once
def _form_of(project: Project) -> Hashable:
    """All indicators of a project, their order aside, as a key: copies have equal keys."""
    return frozenset(Counter(rows_of(project)).items())


@rule("DUP706", WARNING, source="88/relevance")
def form_of_another_project(department: Department) -> Iterator[Hit]:
    """Several projects have all their indicators in common.

    **Why**: a form that was copied whole says nothing of the project it stands under. Work that
    is split by source or batch of money, such as "(central)" and "(provincial)", may share one.
    Said once for all of them, at the first project.
    **Bad**: two projects, nine indicators each, all nine the same.
    **Good**: each project's quantities, dates and amounts are its own.
    """
    groups: dict[Hashable, list[Project]] = defaultdict(list)
    for project in department.projects:
        if len(project.indicators) >= FEWEST_ROWS and any(
            indicator.name for indicator in project.indicators
        ):
            groups[_form_of(project)].append(project)
    for alike in groups.values():
        if len(alike) > 1 and _apart(alike):
            first, *others = alike
            facts: Facts = {"others": few(map(project_label, others))}
            facts["count"] = len(first.indicators)
            also = [(*other.path, "indicators") for other in others]
            yield hit(*first.path, "indicators", project=project_label(first), also=also, **facts)


def _apart(projects: Iterable[Project]) -> bool:
    """Whether projects are separate pieces of work, or two have the same name.

    Parts of one work that were split by source of money are not apart.
    """
    alike = list(projects)
    names = {text_key(project.name) for project in alike}
    return len({work_of(project) for project in alike}) > 1 or len(names) < len(alike)


@rule("DUP707", WARNING, source="88/relevance")
def same_result_of_many_projects(department: Department, profile: Profile) -> Iterator[Hit]:
    """One quantity or benefit, with the same description and target, stands under many projects.

    **Why**: what projects make and are good for differs; a row that fits all of them measures
    none. Said once for every row, at its first place. Quality, punctuality, cost and
    satisfaction are left to DUP716; projects that are copies of each other count as one (DUP706).
    **Bad**: "raises efficiency: yes/no" under shelters, cameras and a building site.
    **Good**: for the building site: area that was sheltered from flooding.
    """
    for places in _rows_of_many(department, profile):
        if not _common(places[0][1]):
            yield _row(department, places)


@rule("DUP716", INFO, source="88/relevance")
def same_frame_of_many_projects(department: Department, profile: Profile) -> Iterator[Hit]:
    """One row on quality, punctuality, cost or satisfaction stands under many projects.

    **Why**: here a common row is usual and may be right; but a date, an amount or the people who
    are asked would be the project's own. Said once for every row, at its first place.
    **Bad**: "work done as planned: 100%" under eight projects.
    **Good**: the date by which each of them is done.
    """
    for places in _rows_of_many(department, profile):
        if _common(places[0][1]):
            yield _row(department, places)


def _rows_of_many(department: Department, profile: Profile) -> Iterator[list[ProjectIndicator]]:
    """Rows shared by at least `copied_rows` projects of different forms, each with its places."""
    fewest = profile["copied_rows"]
    for place in _places_of_rows(department):
        if len(place) >= fewest and len({_form_of(owner) for owner, _ in place}) >= fewest:
            yield place


@once
def _places_of_rows(department: Department) -> list[list[ProjectIndicator]]:
    """The places of every row that has a name, one for each project."""
    places: dict[Hashable, list[ProjectIndicator]] = defaultdict(list)
    for project in department.projects:
        indicator_of = dict(zip(rows_of(project), project.indicators, strict=True))
        for row, indicator in indicator_of.items():
            if row[0]:
                places[row].append((project, indicator))
    return list(places.values())


def _common(indicator: Indicator) -> bool:
    """Whether it is of a kind whose rows many projects share: quality, time, cost, satisfaction."""
    kind = second_level(indicator)
    return kind in ("quality", "timeliness", "cost") or first_or_implied(indicator) in (
        "satisfaction",
        "cost",
    )


def _row(department: Department, places: list[ProjectIndicator]) -> Hit:
    first, *others = (indicator for _, indicator in places)
    facts: Facts = {"count": len(places), "total": len(department.projects)}
    facts["share"] = percent(share_of(len(places), len(department.projects)))
    facts["projects"] = few(project_label(project) for project, _ in places)
    facts |= {"name": quoted_name(first), "target": shorten(first.target) or "—"}
    return hit(*first.path, "name", also=[(*other.path, "name") for other in others], **facts)


@rule("DUP708", INFO, source="88/relevance")
def goal_of_another_project(department: Department) -> Iterator[Hit]:
    """The same goal, word for word, stands under several projects.

    **Why**: a goal that fits several projects says of none what its money is for. Said once for
    every goal, at its first place.
    **Bad**: "keep the unit running" under the insurance of cars and under a building site.
    **Good**: what this project will have done, how much of it, by when.
    """
    places: dict[str, dict[int, tuple[Project, int]]] = defaultdict(dict)
    for number, project in enumerate(department.projects):
        for place, goal in enumerate(project.goals):
            places[text_key(goal)].setdefault(number, (project, place))
    for text, owners in places.items():
        apart = len(owners) > 1 and _apart(project for project, _ in owners.values())
        if apart and len(text) >= SHORTEST_COPIED_TEXT:
            (first, place), *others = owners.values()
            facts: Facts = {"text": shorten(first.goals[place]), "count": len(owners)}
            facts["others"] = few(project_label(project) for project, _ in others)
            facts["also"] = [(*project.path, "goals", number) for project, number in others]
            yield hit(*first.path, "goals", place, project=project_label(first), **facts)


@rule("DUP713", WARNING, source="88/clarity")
def goal_said_twice(department: Department) -> Iterator[Hit]:
    """A project says one of its goals twice.

    **Why**: the second one adds nothing; mostly another goal was meant.
    **Bad**: goals 1 and 3 are the same.
    **Good**: three goals, each with an indicator of its own.
    """
    for project in department.projects:
        first_place: dict[str, int] = {}
        for place, goal in enumerate(project.goals):
            first = first_place.setdefault(text_key(goal), place)
            if first != place and text_key(goal):
                facts: Facts = {"project": project_label(project), "text": shorten(goal)}
                facts["other"] = Word("rule_part.goal_number", first + 1)
                also = [(*project.path, "goals", first)]
                yield hit(*project.path, "goals", place, also=also, **facts)


@rule("DUP712", INFO, source="88/money-match")
def purpose_of_another_project(department: Department) -> Iterator[Hit]:
    """Several projects have the same purpose, word for word.

    **Why**: money for the same purpose under two codes is one project, or the text was copied.
    Said once for every purpose, at its first place.
    **Bad**: "spent on running the unit" under two projects.
    **Good**: what each of them buys, for whom, and how much of it.
    """
    places: dict[str, list[Project]] = defaultdict(list)
    for project in department.projects:
        places[text_key(project.purpose)].append(project)
    for text, (first, *others) in places.items():
        if others and len(text) >= SHORTEST_COPIED_TEXT and _apart((first, *others)):
            facts: Facts = {"others": few(map(project_label, others))}
            facts["text"] = shorten(first.purpose)
            also = [(*other.path, "purpose") for other in others]
            yield hit(*first.path, "purpose", project=project_label(first), also=also, **facts)


@rule("DUP714", WARNING, source="88/completeness")
def safeguard_said_twice(department: Department) -> Iterator[Hit]:
    """Two safeguards have the same title or the same text.

    **Why**: the second one promises nothing more; its own text or title is missing.
    **Bad**: two safeguards called "stronger supervision".
    **Good**: each safeguard has a title and a text of its own.
    """
    first_number: dict[tuple[str, str], int] = {}
    for number, safeguard in enumerate(department.safeguards, start=1):
        for part, text in (("title", safeguard.title), ("text", safeguard.text)):
            first = first_number.setdefault((part, text_key(text)), number)
            if first != number and text_key(text):
                facts: Facts = {"text": shorten(text)}
                facts["other"] = Word("rule_part.safeguard_number", first)
                yield hit(*safeguard.path, part, also=[("safeguards", first - 1, part)], **facts)
