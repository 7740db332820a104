"""Which indicators a rule can have anything to say of: declared beside it, as data.

A rule still asks everything itself; what it declares only spares calls. Of each indicator the
traits that can be declared are told once, and which rules they concern is looked up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Generic, TypeVar

from xlperf.record import Indicator
from xlperf.rules import lexicon
from xlperf.rules.alike import LONGEST, share_a_character
from xlperf.rules.levels import second_level
from xlperf.rules.naming import LONGEST_NAME, is_count, is_ratio, is_satisfaction
from xlperf.rules.passages import DIGIT, begin_apart
from xlperf.targets import parse

T = TypeVar("T")
Words = tuple[str, ...]

NUMBERS = ("number", "range")  # targets that are numbers of something
PERCENT, NO_UNIT, ANOTHER_UNIT = "%", "", "another"
AT_LEAST, AT_MOST = ("≥", ">"), ("≤", "<")


@dataclass(frozen=True, slots=True)
class Concern:
    """Indicators of which, in every field that is given, one of the words holds."""

    level2: Words = ()  # the kind of the second level
    target: Words = ()  # the kind of the target
    operator: Words = ()
    unit: Words = ()
    parts: Words = ()  # "blank": a part is blank
    name: Words = ()  # "ratio", "count", "satisfaction"; "marked": not of letters alone; "long"
    description: Words = ()  # "ratio"; "wordy": without digits; "as name": may be; "unlike name"

    def wanted(self) -> Wanted:
        """The words of the fields that are given, and at which places of the traits to look."""
        given = zip(PLACES, (getattr(self, each.name) for each in fields(self)), strict=True)
        return [(places, words) for places, words in given if words]


ANY = Concern()
# where among the traits each field of a concern looks
PLACES = ((0,), (1,), (2,), (3,), (4,), (5, 6, 7, 8, 9), (10, 11, 12, 13))
Wanted = list[tuple[tuple[int, ...], Words]]


def traits_of(indicator: Indicator) -> Words:
    """What holds of this indicator: a word, or none, at every one of PLACES."""
    name, description = indicator.name, indicator.description
    target, level2 = parse(indicator.target), second_level(indicator)
    parts = (name, description, target.written, indicator.level1, indicator.level2, indicator.basis)
    return (
        level2,
        target.kind,
        target.operator,
        target.unit if target.unit in (PERCENT, NO_UNIT) else ANOTHER_UNIT,
        "blank" if "" in parts else "",
        "ratio" if is_ratio(name) else "",
        "count" if is_count(name) else "",
        "satisfaction" if is_satisfaction(name) else "",
        "" if name.isalpha() else "marked",
        "long" if len(name) > LONGEST_NAME else "",
        "ratio" if lexicon.words("between_sides")[0] in description else "",
        "" if DIGIT.search(description) else "wordy",
        "" if begin_apart(name, description) else "as name",
        "" if share_a_character(name, description[:LONGEST]) else "unlike name",
    )


class Concerned(Generic[T]):
    """Rules by the traits of the indicators that they concern."""

    def __init__(self, rules: Iterable[tuple[Concern, T]]) -> None:
        self.rules = [(concern.wanted(), each) for concern, each in rules]
        self.known: dict[Words, list[T]] = {}

    def by(self, indicator: Indicator) -> list[T]:
        """The rules that an indicator concerns, in their order."""
        if not self.rules:
            return []
        traits = traits_of(indicator)
        found = self.known.get(traits)
        if found is None:
            found = [each for wanted, each in self.rules if _met(wanted, traits)]
            self.known[traits] = found
        return found


def _met(wanted: Wanted, traits: Words) -> bool:
    """Whether of every field that is given one of the words holds."""
    for places, words in wanted:
        for place in places:
            if traits[place] in words:
                break
        else:
            return False
    return True
