"""What an indicator's name says its value must be: a share, a count, an amount of satisfaction."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any

from xlperf.record import Indicator
from xlperf.rules.text import lexicon


@lru_cache(maxsize=8192)
def is_ratio(name: str) -> bool:
    """Whether a name is that of a share of a whole."""
    return lexicon.ends(name, "ratio_endings") and not lexicon.ends(name, "not_ratio_endings")


@lru_cache(maxsize=8192)
def is_bounded_ratio(name: str) -> bool:
    """Whether it is a share that lies between 0 and 100 percent by its nature."""
    return is_ratio(name) and not lexicon.holds(name, "unbounded_ratios")


@lru_cache(maxsize=8192)
def is_count(name: str) -> bool:
    """Whether a name is that of a count; not of a change of one, nor of a share."""
    count = lexicon.ends(name, "count_endings") and not lexicon.ends(name, "not_count_endings")
    return count and not lexicon.holds(name, "changes")


@lru_cache(maxsize=8192)
def is_satisfaction(name: str) -> bool:
    """Whether a name is that of somebody's satisfaction."""
    return lexicon.holds(name, "satisfaction") and not lexicon.holds(name, "dissatisfaction")


def unit_in_brackets(name: str) -> str:
    """The unit of measure in brackets at a name's end, "" if there is none."""
    if not name.endswith(lexicon.TEXT_ENDINGS):
        return ""
    match = lexicon.pattern("in_bracket_at_end").search(name.strip())
    inside = match["inside"].strip() if match else ""
    return inside if inside in lexicon.words("units_in_names") else ""


@cache
def values_under(keys: tuple[str, ...]) -> Callable[[Indicator], tuple[Any, ...]]:
    """A function that gives what an indicator's columns of some keys say, "" for a blank one."""
    if len(keys) > 1 and set(keys) <= set(Indicator._fields):
        return attrgetter(*keys)
    return lambda indicator: tuple(map(indicator.text, keys))
