"""What an indicator's name says its value must be: a share, a count, an amount of satisfaction."""

from __future__ import annotations

from functools import lru_cache

from xlperf.rules.text import lexicon

LONGEST_NAME = 20  # of one thing that is measured


@lru_cache(maxsize=8192)
def kind_from_name(name: str) -> frozenset[str]:
    """The traits of a name: those of ENDINGS that it has, and "ratio", "count", "long" …"""
    ends = lexicon.endings(name)
    traits = [
        "ratio" if "ratio_endings" in ends and "not_ratio_endings" not in ends else "",
        "satisfaction" if is_satisfaction(name) else "",
        "no measure" if "measurable" not in ends or "not_measurable" in ends else "",
        "" if name.isalpha() else "marked",
        "long" if len(name) > LONGEST_NAME else "",
        "level" if name.strip() in lexicon.words("names_of_levels") else "",
    ]
    if "count_endings" in ends and "not_count_endings" not in ends:
        traits.append("" if lexicon.holds(name, "changes") else "count")
    return ends.union(traits)


def is_ratio(name: str) -> bool:
    """Whether a name is that of a share of a whole."""
    return "ratio" in kind_from_name(name)


@lru_cache(maxsize=8192)
def is_bounded_ratio(name: str) -> bool:
    """Whether it is a share that lies between 0 and 100 percent by its nature."""
    return is_ratio(name) and not lexicon.holds(name, "unbounded_ratios")


def is_count(name: str) -> bool:
    """Whether a name is that of a count; not of a change of one, nor of a share."""
    return "count" in kind_from_name(name)


@lru_cache(maxsize=8192)
def is_satisfaction(name: str) -> bool:
    """Whether a name is that of somebody's satisfaction."""
    return lexicon.holds(name, "satisfaction") and not lexicon.holds(name, "dissatisfaction")


@lru_cache(maxsize=8192)
def unit_in_brackets(name: str) -> str:
    """The unit of measure in brackets at a name's end, "" if there is none."""
    match = lexicon.pattern("in_bracket_at_end").search(name.strip())
    inside = match["inside"].strip() if match else ""
    return inside if inside in lexicon.words("units_in_names") else ""
