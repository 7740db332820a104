"""Which indicators a rule can have anything to say of: declared beside it, as data.

A rule still asks everything itself; what it declares only spares calls. Of each indicator the
traits that can be declared are told once, and which rules they concern is looked up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Generic, TypeVar

from xlperf.record import Indicator
from xlperf.rules.text import lexicon
from xlperf.rules.text.indicator_traits import kind_from_name
from xlperf.rules.text.levels import second_level
from xlperf.rules.text.similarity import LONGEST, share_a_character
from xlperf.rules.text.text_fields import DIGIT, begin_apart, may_be_a_method
from xlperf.targets import Target, parse

T = TypeVar("T")
Words = tuple[str, ...]

SHORT = 12  # signs of a description that may be a target
NUMBERS = ("number", "range")  # targets that are numbers of something
PERCENT, NO_UNIT, ANOTHER_UNIT = "%", "", "another"
NOTHING, ALL_OF_IT = Decimal(0), Decimal(100)


@dataclass(frozen=True, slots=True)
class Concern:
    """Indicators of which, in every field that is given, one of the words holds."""

    level2: Words = ()  # the kind of the second level
    target: Words = ()  # the kind of the target
    operator: Words = ()
    unit: Words = ()
    number: Words = ()  # "at an end": not between 0 and 100
    parts: Words = ()  # "blank": a part is blank
    name: Words = ()  # see `told_by`
    description: Words = ()  # see `told_by_description`


ANY = Concern()
FIELDS = tuple(field.name for field in fields(Concern))
Trait = str | frozenset[str] | Words
Traits = tuple[Trait, ...]


def traits_of(indicator: Indicator) -> Traits:
    """What holds of this indicator: for every field of a concern a word, or all that do."""
    name, description, target_text = indicator.name, indicator.description, indicator.target
    parts = (name, description, target_text, indicator.level1, indicator.level2, indicator.basis)
    target = parse(target_text)
    unit = target.unit
    return (
        second_level(indicator),
        target.kind,
        target.operator,
        unit if unit in (PERCENT, NO_UNIT) else ANOTHER_UNIT,
        "at an end" if _at_an_end(target) else "",
        "blank" if "" in parts else "",
        kind_from_name(name),
        described_kind(name, description),
    )


def _at_an_end(target: Target) -> bool:
    """Whether its number is not between nothing and all of it."""
    low, high = target.low, target.high
    return low is not None and high is not None and not NOTHING < low <= high < ALL_OF_IT


def described_kind(name: str, description: str) -> Words:
    """The traits of a description that a `Concern` can name, "" for each it lacks."""
    return (
        "ratio" if lexicon.words("between_sides")[0] in description else "",
        "" if DIGIT.search(description) else "wordy",
        "short" if len(description) <= SHORT else "",
        "method" if may_be_a_method(description) else "",  # by its first sign
        "" if begin_apart(name, description) else "as name",  # may be the name once more
        "" if share_a_character(name, description[:LONGEST]) else "unlike name",
    )


class IndicatorFilter(Generic[T]):
    """Looks up the rules that can concern an indicator; remembers them by its traits."""

    def __init__(self, rules: Iterable[tuple[Concern, T]]) -> None:
        pairs = list(rules)
        self.rules = [rule for _, rule in pairs]
        self.tables = [_Table(getattr(concern, name) for concern, _ in pairs) for name in FIELDS]
        self.known: dict[Traits, list[T]] = {}
        self.chosen: dict[int, list[T]] = {}

    def by(self, indicator: Indicator) -> list[T]:
        """The rules that an indicator concerns, in their order."""
        if not self.rules:
            return []
        traits = traits_of(indicator)
        rules = self.known.get(traits)
        if rules is None:
            rules = self.known[traits] = self._by(traits)
        return rules

    def _by(self, traits: Traits) -> list[T]:
        concerned = -1
        for table, trait in zip(self.tables, traits, strict=True):
            concerned &= table[trait]
        if concerned not in self.chosen:
            chosen = [rule for place, rule in enumerate(self.rules) if concerned >> place & 1]
            self.chosen[concerned] = chosen
        return self.chosen[concerned]


class _Table(dict[Trait, int]):
    """The rules that the words of one field concern: a bit for every rule, in their order."""

    def __init__(self, words_of_rules: Iterable[Words]) -> None:
        super().__init__()
        self.whatever, self.by_word = 0, defaultdict[str, int](int)
        for place, words in enumerate(words_of_rules):
            self.whatever |= 0 if words else 1 << place
            for word in words:
                self.by_word[word] |= 1 << place

    def __missing__(self, trait: Trait) -> int:
        concerned = self.whatever
        for word in (trait,) if isinstance(trait, str) else trait:
            concerned |= self.by_word.get(word, 0)
        self[trait] = concerned
        return concerned
