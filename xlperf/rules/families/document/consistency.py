"""Whether one name means one thing, and whether targets rest on something that can be looked up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from xlperf.record import Department, Indicator, Project
from xlperf.rules.core import INFO, WARNING, Facts, Hit, hit, rule
from xlperf.rules.memo import once
from xlperf.rules.message_facts import money, project_label, shorten
from xlperf.rules.profiles import Profile
from xlperf.rules.text import lexicon
from xlperf.rules.text.amounts import sound
from xlperf.rules.text.indicator_traits import is_count
from xlperf.rules.text.levels import first_or_implied, second_level
from xlperf.rules.text.similarity import (
    LONGEST_LIKENESS_TEXT,
    characters,
    few,
    has_a_pair,
    indicators,
    quoted_name,
    share_a_character,
    text_key,
)
from xlperf.targets import Target, parse

FEWEST_CHARACTERS = 2  # of a name that can be compared with a description
SHORTEST_TELLING_DESCRIPTION = 4  # characters of a description that is more than a unit
AT_LEAST_SIGNS, AT_MOST_SIGNS = ("≥", ">", "=", ""), ("≤", "<")


@rule("REL805", WARNING, source="88/relevance")
def project_below_its_department(department: Department) -> Iterator[Hit]:
    """A project's target is lower than the department's own for the indicator of the same name.

    **Why**: the department cannot reach with its projects what each of them promises less of.
    Only percentages of the same direction are compared, and only names that say of what.
    **Bad**: upkeep of shelters, department at least 95%, project at least 90%.
    **Good**: the project's target is the department's, or higher.
    """
    for indicator, target, over in _below(department):
        facts: Facts = {"target": shorten(target.source_text), "other": shorten(over.target)}
        also = [(*over.path, "target")]
        yield hit(*indicator.path, "target", name=quoted_name(indicator), also=also, **facts)


@once
def _below(department: Department) -> list[tuple[Indicator, Target, Indicator]]:
    """Project indicators whose percentage falls short of an activity's of the same name.

    Each with its target and the indicator of the activity.
    """
    result = []
    above: dict[str, list[Indicator]] = defaultdict(list)
    for activity in department.activities:
        for indicator in activity.indicators:
            if _share(indicator) and has_a_pair(indicator.name):
                above[text_key(indicator.name)].append(indicator)
    for project in department.projects:
        for indicator in project.indicators:
            target = _share(indicator)
            for over in above.get(text_key(indicator.name), ()) if target else ():
                if target and _weaker(target, parse(over.target)):
                    result.append((indicator, target, over))
                    break
    return result


def _share(indicator: Indicator) -> Target | None:
    """The target, if it is one number in percent; else None."""
    target = parse(indicator.target)
    return target if target.unit == "%" and target.low == target.high else None


def _weaker(target: Target, over: Target) -> bool:
    """Whether a target asks for less than the one above it; False where they cannot be compared."""
    if target.low is None or over.low is None:
        return False
    if target.operator in AT_MOST_SIGNS and over.operator in AT_MOST_SIGNS:
        return target.low > over.low
    same = target.operator in AT_LEAST_SIGNS and over.operator in AT_LEAST_SIGNS
    return same and target.low < over.low


@rule("REL806", INFO, source="88/relevance")
def one_name_many_targets(department: Department) -> Iterator[Hit]:
    """Indicators of the same name have different percentages in different places.

    **Why**: they may be different things under one name, or one of the targets was not brought up
    to date. Said once for every name, at its first place; where the project's is the lower one,
    REL805 speaks.
    **Bad**: "rate of acceptance" at least 95% here and at least 90% there.
    **Good**: one target, or names that say the difference.
    """
    reported = {text_key(indicator.name) for indicator, _, _ in _below(department)}
    places: dict[str, list[Indicator]] = defaultdict(list)
    for indicator in indicators(department):
        if _share(indicator):
            places[text_key(indicator.name)].append(indicator)
    several = [(name, items) for name, items in places.items() if len(items) > 1]
    for name, alike in several:
        namesakes = [item for item in alike if has_a_pair(item.name)]
        targets = {parse(item.target).values: parse(item.target).tidy for item in namesakes}
        lists = {item.path[:2] for item in namesakes}
        if len(targets) > 1 and len(lists) > 1 and name not in reported:
            facts: Facts = {"targets": few(targets.values()), "count": len(namesakes)}
            first, *others = ((*item.path, "target") for item in namesakes)
            yield hit(*first, name=quoted_name(namesakes[0]), also=others, **facts)


@rule("REL809", INFO, source="101/values; 88/reasonable")
def basis_names_nothing(department: Department) -> Iterator[Hit]:
    """The basis of a target is a general word that nobody can look up.

    **Why**: "work plan" or "industry standard" is true of any number; a basis is a document with
    its number, last year's figure, or the standard's name. Said once for every such basis, at its
    first place.
    **Bad**: "yearly work plan".
    **Good**: "42 events last year"; "GB 50208-2011".
    """
    places: dict[str, list[Indicator]] = defaultdict(list)
    vague = {text_key(word) for word in lexicon.words("vague_bases")}
    for indicator in indicators(department):
        if text_key(indicator.basis) in vague:
            places[text_key(indicator.basis)].append(indicator)
    for place in places.values():
        facts: Facts = {"basis": shorten(place[0].basis), "count": len(place)}
        first, *others = ((*item.path, "basis") for item in place)
        yield hit(*first, also=others, **facts)


@rule("REL810", INFO, source="88/clarity")
def description_of_something_else(indicator: Indicator) -> Iterator[Hit]:
    """Name and description have not one character in common that says anything.

    **Why**: a description explains its name; one that shares no word with it was mostly copied from
    elsewhere, or names a method only. Heuristic: empty words are left out; formulas (this of that),
    time, cost and satisfaction, which are rightly told in other words, are not looked at.
    **Bad**: "compensation paid in full", described as "satisfaction of the masses".
    **Good**: "households paid in full, of all households due this year".
    """
    if second_level(indicator) in ("timeliness", "cost", "satisfaction"):
        return
    if share_a_character(indicator.name, indicator.description[:LONGEST_LIKENESS_TEXT]):
        return  # as nearly all do
    if len(characters(indicator.name)) < FEWEST_CHARACTERS:
        return
    of_volume = indicator.name.endswith(lexicon.words("volumes"))
    if of_volume and is_count(indicator.description):
        return  # passengers, and people who boarded
    formula = lexicon.pattern("formula").search(indicator.description)
    explained = len(text_key(indicator.description)) >= SHORTEST_TELLING_DESCRIPTION and not formula
    if explained and characters(indicator.description):
        facts: Facts = {"description": shorten(indicator.description)}
        yield hit("description", name=quoted_name(indicator), **facts)


@rule("REL811", WARNING, source="88/adequacy")
def construction_without_quantity(project: Project, profile: Profile) -> Iterator[Hit]:
    """A large construction project has no indicator in a unit of something built.

    **Why**: from square metres, kilometres or places the cost of one can be reckoned and compared;
    percentages hide how much is built. What is large is in the profile; heuristic: construction is
    known by words of the project's name.
    **Bad**: 2,100,000 yuan for rebuilding; quantity: upkeep at least 90%.
    **Good**: area rebuilt: at least 1,200 square metres.
    """
    if not _is_construction(project.name):
        return
    budget = sound(project.budget)
    large = budget is not None and budget >= Decimal(str(profile["large_construction"]))
    unmeasured = project.indicators and not any(map(_built, project.indicators))
    if large and unmeasured:
        facts: Facts = {"project": project_label(project), "budget": money(budget or Decimal(0))}
        yield hit("indicators", **facts)


def _is_construction(name: str) -> bool:
    return lexicon.holds(name, "construction") and not lexicon.holds(name, "not_construction")


def _built(indicator: Indicator) -> bool:
    """Whether a target is a number of something that can be seen and measured."""
    target = parse(indicator.target)
    is_count_target = target.kind in ("number", "range") and bool(target.unit)
    result = first_or_implied(indicator) in ("output", "benefit", "")
    no_thing = target.unit in lexicon.words("not_physical") or "/" in target.unit
    return is_count_target and result and not no_thing
