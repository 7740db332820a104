"""What kind of indicator it is, from the words at its two levels; the words are in the lexicon."""

from __future__ import annotations

from functools import lru_cache

from xlperf.editions import TRAITS, Traits, first
from xlperf.record import Indicator
from xlperf.rules.text import lexicon

OUTPUTS = ("quantity", "quality", "timeliness", "cost")
BENEFITS = ("economic", "social", "ecological", "sustained")
FIRST_LEVELS = ("output", "benefit", "satisfaction")


def first_level(indicator: Indicator) -> str:
    """output, benefit, satisfaction or cost; "" if its words are none of the known ones."""
    return _kind("level1", indicator.level1)


def second_level(indicator: Indicator) -> str:
    """quantity, quality, timeliness, cost, economic and so on; "" if not known."""
    return _second(indicator.level2)


def stands_right(indicator: Indicator) -> bool:
    """Whether the second level is one of those under the first."""
    return _stands_under(indicator.level1, indicator.level2)


@lru_cache(maxsize=1024)
def _stands_under(level1: str, level2: str) -> bool:
    return _kind("level1", level1) in lexicon.table("belongs").get(_kind("level2", level2), ())


def first_or_implied(indicator: Indicator) -> str:
    """The first level; where it is blank, the one that the second level stands under."""
    return implied_kind(indicator.level1, indicator.level2)


@lru_cache(maxsize=1024)
def implied_kind(level1: str, level2: str) -> str:
    """The same from the words at the two levels."""
    if level1:
        return _kind("level1", level1)
    return next(iter(lexicon.table("belongs").get(_kind("level2", level2), ())), "")


def names_under(indicator: Indicator, traits: Traits) -> tuple[str, ...]:
    """The words that may stand at the second level; where the first is not known, at the first."""
    levels = traits.levels or first().levels
    if first_level(indicator) == "cost" and indicator.level1 not in levels:
        return _below_costs()
    return tuple(levels.get(indicator.level1, levels))


def _below_costs() -> tuple[str, ...]:
    """What stands below costs in the first edition where they are a first level; () if in none."""
    levels = (pair for trait in TRAITS.values() for pair in trait.levels.items())
    return next((below for above, below in levels if _kind("level1", above) == "cost"), ())


def kinds_of(traits: Traits) -> frozenset[str]:
    """The kinds of an edition's first levels; those of the first edition where it has none."""
    return frozenset(_kind("level1", word) for word in traits.levels or first().levels) - {""}


def are_known(traits: Traits) -> bool:
    """Whether an edition's first levels include output, benefit and satisfaction."""
    return kinds_of(traits).issuperset(FIRST_LEVELS)


@lru_cache(maxsize=1024)
def _second(words: str) -> str:
    return _kind("level2", words)


@lru_cache(maxsize=1024)
def _kind(table: str, words: str) -> str:
    bare = lexicon.without_brackets("".join(words.split()))
    bare = lexicon.pattern("word_at_end_of_levels").sub("", bare)
    return str(lexicon.table(table).get(bare, ""))
