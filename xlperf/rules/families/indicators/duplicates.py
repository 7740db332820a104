"""Whether an indicator stands twice: in its own list, or under another activity.

Two are the same where name, description and target are equal but for blanks and punctuation.
Every rule looks indicators up by what they say, so its time grows with their number only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from xlperf.record import Activity, Department, Indicator
from xlperf.rules.core import ERROR, INFO, WARNING, Facts, Hit, hit, rule
from xlperf.rules.formulas.native import both, by_cell, either, no
from xlperf.rules.message_facts import Word, shorten
from xlperf.rules.text import lexicon
from xlperf.rules.text.similarity import (
    few,
    namesakes,
    numbered,
    owners,
    quoted_name,
    rows_of,
    text_key,
    with_namesakes,
)
from xlperf.targets import parse

OWNER_LISTS = ("activities", "projects")
SHORTEST_DUPLICATE = 6  # characters of a description or goal that is not the same by chance

SAID_BEFORE = both(
    '{name.bare}<>""',
    "SUMPRODUCT(({all:line}<{line})*({all:group}={group})*EXACT({all:name.bare},{name.bare})"
    "*EXACT({all:description.bare},{description.bare})*EXACT({all:target.flat},{target.flat}))>0",
)
SAME_NAME = both('{name.bare}<>""', "{name.first}<{line}")
OWN_DESCRIPTION, OTHER_DESCRIPTION = (
    "{description.bare}",
    "INDEX({all:description.bare},{name.first})",
)
TWO_THINGS = both(
    SAME_NAME,
    f'{OWN_DESCRIPTION}<>""',
    f'{OTHER_DESCRIPTION}<>""',
    no(f"EXACT({OWN_DESCRIPTION},{OTHER_DESCRIPTION})"),
)
TWO_TARGETS = both(
    SAME_NAME,
    either(
        f'{OWN_DESCRIPTION}=""',
        f'{OTHER_DESCRIPTION}=""',
        f"EXACT({OWN_DESCRIPTION},{OTHER_DESCRIPTION})",
    ),
    "COUNT({target.number},INDEX({all:target.number},{name.first}))=2",
    no(
        "EXACT({target.sign}&{target.number}&{target.unit},INDEX({all:target.sign},{name.first})"
        "&INDEX({all:target.number},{name.first})&INDEX({all:target.unit},{name.first}))"
    ),
)
SAME_DESCRIPTION = both(
    f"LEN({OWN_DESCRIPTION})>={SHORTEST_DUPLICATE}",
    "{description.first}<{line}",
    no("EXACT({name.bare},INDEX({all:name.bare},{description.first}))"),
)


def place_in_list(indicator: Indicator) -> Word:
    """The position of an indicator in its list, from 1, as words for a message."""
    step = indicator.path[-1]
    return Word("rule_part.nth_indicator", step + 1 if isinstance(step, int) else 0)


@rule(
    "DUP701",
    ERROR,
    source="88/completeness",
    native=by_cell("name", SAID_BEFORE, of="indicators", whole=False),
)
def indicator_said_twice(department: Department) -> Iterator[Hit]:
    """An indicator stands twice in one list, word for word.

    **Why**: it is counted twice when the list is scored; mostly another one was meant, and is
    missing.
    **Bad**: the second and the third indicator of an activity are the same.
    **Good**: every indicator of a list measures something else.
    """
    for owner in with_namesakes(department):
        first_of_row: dict[object, Indicator] = {}
        for indicator, row in zip(owner.indicators, rows_of(owner), strict=True):
            first = first_of_row.setdefault(row, indicator)
            if first is not indicator and text_key(indicator.name):
                facts: Facts = {"name": quoted_name(indicator), "other": place_in_list(first)}
                yield hit(*indicator.path, "name", also=[(*first.path, "name")], **facts)


@rule(
    "DUP702",
    ERROR,
    source="88/completeness",
    native=by_cell("name", TWO_THINGS, of="indicators", whole=False),
)
def one_name_for_two_things(department: Department) -> Iterator[Hit]:
    """Two indicators of one list have the same name and different descriptions.

    **Why**: results are reported under the name; nobody can tell which of the two is meant.
    **Bad**: "rate of equipment" twice, once for command posts, once for evacuation areas.
    **Good**: "rate of equipment of command posts" and "rate of equipment of evacuation areas".
    """
    for first, indicator in namesakes(department):
        ours, others = text_key(indicator.description), text_key(first.description)
        if ours and others and ours != others:
            facts: Facts = {"description": shorten(indicator.description)}
            facts["other_description"] = shorten(first.description)
            also = [(*first.path, "name")]
            yield hit(*indicator.path, "name", name=quoted_name(indicator), also=also, **facts)


@rule(
    "DUP709",
    ERROR,
    source="88/completeness",
    native=by_cell("target", TWO_TARGETS, of="indicators", whole=False),
)
def two_targets_for_one_thing(department: Department) -> Iterator[Hit]:
    """Two indicators of one list have the same name, no different description, and two targets.

    **Why**: one of the two targets is wrong, or they measure different things and do not say so.
    **Bad**: "persons trained: at least 100" and "persons trained: at least 120".
    **Good**: one of them; or "teachers trained" and "village doctors trained".
    """
    for first, indicator in namesakes(department):
        ours, others = text_key(indicator.description), text_key(first.description)
        target, other = parse(indicator.target), parse(first.target)
        blank = "blank" in (target.kind, other.kind)
        if (not ours or not others or ours == others) and target.values != other.values:
            facts: Facts = {
                "target": shorten(target.source_text),
                "other": shorten(other.source_text),
            }
            if not blank:
                also = [(*first.path, "target")]
                yield hit(
                    *indicator.path, "target", name=quoted_name(indicator), also=also, **facts
                )


@rule(
    "DUP704",
    WARNING,
    source="88/completeness",
    native=by_cell("description", SAME_DESCRIPTION, of="indicators", whole=False),
)
def one_description_for_two_names(department: Department) -> Iterator[Hit]:
    """Two indicators of one list have different names and the same description.

    **Why**: either they are the same, or one description was copied and never changed; what the
    second one measures is not said.
    **Bad**: files of houses and files of city building, both "files put in order of all files".
    **Good**: each says files of what, counted by whom.
    """
    for owner in owners(department):
        first_of_text: dict[str, Indicator] = {}
        for indicator, (_, described, _) in zip(owner.indicators, rows_of(owner), strict=True):
            first = first_of_text.setdefault(described, indicator)
            if first is indicator or len(described) < SHORTEST_DUPLICATE:
                continue
            if text_key(first.name) != text_key(indicator.name):
                facts: Facts = {"other": quoted_name(first), "text": shorten(indicator.description)}
                also = [(*first.path, "description")]
                yield hit(
                    *indicator.path, "description", name=quoted_name(indicator), also=also, **facts
                )


@rule("DUP710", INFO, source="88/completeness")
def one_description_all_over(department: Department) -> Iterator[Hit]:
    """In different lists, indicators of different names have the same description.

    **Why**: a description that fits any name, such as "done of planned", explains none of them.
    Said once for every description, at its first place; an activity's indicator and its project's
    are meant to be equal.
    **Bad**: "rate of completion" and "rate of projects done", both "done of planned".
    **Good**: "flats handed over of the flats in this year's plan".
    """
    places: dict[str, list[Indicator]] = defaultdict(list)
    for owner in owners(department):
        for indicator, (_, described, _) in zip(owner.indicators, rows_of(owner), strict=True):
            places[described].append(indicator)
    several_places = ((text, items) for text, items in places.items() if len(items) > 1)
    for described, alike in several_places:
        names = {text_key(item.name): quoted_name(item) for item in alike if text_key(item.name)}
        lists = {item.path[:2] for item in alike}
        several = len(names) > 1 and len(lists) > 1 and not _meant_to_be_equal(alike)
        if len(described) >= SHORTEST_DUPLICATE and several:
            facts: Facts = {"names": few(names.values()), "count": len(alike)}
            first, *others = ((*item.path, "description") for item in alike)
            yield hit(*first, text=shorten(alike[0].description), also=others, **facts)


def _meant_to_be_equal(alike: list[Indicator]) -> bool:
    """Whether they are one activity's and one project's indicator with nearly the same name."""
    by_kind = [
        {text_key(item.name) for item in alike if item.path[0] == kind} for kind in OWNER_LISTS
    ]
    if any(len(names - {""}) != 1 for names in by_kind):
        return False
    above, below = (next(iter(names - {""})) for names in by_kind)
    return (
        above in below or below in above or len(set(above) & set(below)) * 3 >= 2 * len(set(above))
    )


@rule("DUP703", WARNING, source="88/relevance")
def indicator_of_another_activity(department: Department) -> Iterator[Hit]:
    """The same indicator, with the same description, stands under several activities.

    **Why**: one result cannot show what two activities have done; one of them is not measured.
    Said once for every indicator, at its first place.
    **Bad**: "letters answered" is measured under petitions and under general affairs.
    **Good**: each activity has indicators of its own work, named after it.
    """
    places: dict[object, list[tuple[Activity, Indicator]]] = defaultdict(list)
    for activity in department.activities:
        for indicator in activity.indicators:
            if text_key(indicator.name) and text_key(indicator.description):
                key = (text_key(indicator.name), text_key(indicator.description))
                places[key].append((activity, indicator))
    for place in places.values():
        under = {activity.path: activity for activity, _ in place}
        if len(under) > 1:
            first, *others = (indicator for _, indicator in place)
            facts: Facts = {"count": len(under), "activities": few(map(numbered, under.values()))}
            facts["also"] = [(*other.path, "name") for other in others]
            yield hit(*first.path, "name", name=quoted_name(first), **facts)


@rule("DUP705", WARNING, source="88/completeness")
def activities_overlap(department: Department) -> Iterator[Hit]:
    """Two activities have the same name, or the name of one is a part of the other's.

    **Why**: work and money that belong to both are planned twice or by nobody. Only equal names
    and whole members of an enumeration count, not any word that two names share.
    **Bad**: "resettlement" beside "publicity, resettlement and payment of compensation".
    **Good**: activities that do not cover each other.
    """
    names: dict[str, Activity] = {}
    for activity in department.activities:
        names.setdefault(_core(activity.name), activity)
    for activity in department.activities:
        core = _core(activity.name)
        twin = names[core]
        if core and twin is not activity:
            yield _overlap(activity, twin)
        for part in dict.fromkeys(_parts(activity.name)):
            other = names.get(part)
            if other is not None and other is not activity and part != core:
                yield _overlap(*sorted((activity, other), key=_position, reverse=True))


def _overlap(later: Activity, earlier: Activity) -> Hit:
    facts: Facts = {"activity": numbered(later), "other": numbered(earlier)}
    return hit(*later.path, "name", also=[(*earlier.path, "name")], **facts)


def _position(activity: Activity) -> int:
    step = activity.path[-1]
    return step if isinstance(step, int) else 0


def _core(name: str) -> str:
    """A name without empty words at its end (as the word list has them)."""
    return lexicon.pattern("empty_in_activities").sub("", text_key(name))


def _parts(name: str) -> Iterator[str]:
    """The members of an enumeration that are long enough to be names by themselves."""
    for part in lexicon.pattern("between_activities").split(name):
        core = _core(part)
        if len(core) >= 4:
            yield core


@rule("DUP711", WARNING, source="88/clarity")
def goal_of_another_activity(department: Department) -> Iterator[Hit]:
    """Two activities have the same goal, word for word.

    **Why**: two activities that reach the same are one; or the goal was copied.
    **Bad**: both activities "keep social stability".
    **Good**: each says what it will have done by the end of the year.
    """
    first_of_goal: dict[str, Activity] = {}
    for activity in department.activities:
        goal = text_key(activity.goal)
        first = first_of_goal.setdefault(goal, activity)
        if first is not activity and len(goal) >= SHORTEST_DUPLICATE:
            facts: Facts = {"text": shorten(activity.goal), "other": numbered(first)}
            also = [(*first.path, "goal")]
            yield hit(*activity.path, "goal", activity=numbered(activity), also=also, **facts)
