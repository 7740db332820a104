"""What kind of indicator it is, from the words at its two levels; the words are in the lexicon."""

from __future__ import annotations

from functools import lru_cache

from xlperf.record import Indicator
from xlperf.rules.text import lexicon
from xlperf.wording import official_table

OUTPUTS = ("quantity", "quality", "timeliness", "cost")
BENEFITS = ("economic", "social", "ecological", "sustained")
FIRST = ("output", "benefit", "satisfaction")


def first_level(indicator: Indicator) -> str:
    """output, benefit, satisfaction or cost; "" if its words are none of the known ones."""
    return _kind("level1", indicator.level1)


def second_level(indicator: Indicator) -> str:
    """quantity, quality, timeliness, cost, economic and so on; "" if not known."""
    return _kind("level2", indicator.level2)


def stands_right(indicator: Indicator) -> bool:
    """Whether the second level is one of those under the first."""
    return _stands_under(indicator.level1, indicator.level2)


@lru_cache(maxsize=1024)
def _stands_under(level1: str, level2: str) -> bool:
    return _kind("level1", level1) in lexicon.table("belongs").get(_kind("level2", level2), ())


def first_or_implied(indicator: Indicator) -> str:
    """The first level; where it is blank, the one that the second level stands under."""
    return _first_or_implied(indicator.level1, indicator.level2)


@lru_cache(maxsize=1024)
def _first_or_implied(level1: str, level2: str) -> str:
    if level1:
        return _kind("level1", level1)
    return next(iter(lexicon.table("belongs").get(_kind("level2", level2), ())), "")


def names_under(indicator: Indicator) -> tuple[str, ...]:
    """The words that may stand at the second level; where the first is not known, at the first."""
    if first_level(indicator) == "cost":
        return lexicon.words("second_levels_of_cost")
    levels = official_table("levels")
    return tuple(levels.get(indicator.level1, levels))


@lru_cache(maxsize=1024)
def _kind(table: str, words: str) -> str:
    bare = lexicon.without_brackets("".join(words.split()))
    bare = lexicon.pattern("word_at_end_of_levels").sub("", bare)
    return str(lexicon.table(table).get(bare, ""))
