"""Which way a number should go: what a name says is better the smaller, or the larger, it is.

All of it goes by words in lexicon_directions.toml: what nobody wants at a name's end, work that
should be fast before a length of time, rates of something wanted. A name of neither kind has no
direction, and nothing is said of it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from xlperf.rules.text import lexicon
from xlperf.targets import AT_LEAST_OPERATORS, Target
from xlperf.targets.words import units


def unwanted(name: str) -> bool:
    """Whether a name is that of faults, harm or waste, not of what is done about them."""
    return lexicon.holds(name, "bad_things") and _unwanted(name)  # few hold one


@lru_cache(maxsize=1024)
def _unwanted(name: str) -> bool:
    bare = lexicon.without_brackets(name)
    if not lexicon.holds(bare, "bad_things"):
        return False
    start = lexicon.place_at_end(bare, "bad_things", "bad_thing_at_end")
    if start < 0 or bare[:start].endswith(lexicon.words("without_it")):
        return False
    bare = lexicon.pattern("work_of_a_rate").sub("", bare)
    return not lexicon.holds(bare, "done_about_it")


@lru_cache(maxsize=8192)
def should_be_fast(name: str) -> bool:
    """Whether a name is that of the time that some work takes, which should be short."""
    bare = lexicon.without_brackets(name)
    if lexicon.holds(bare, "time_saved"):
        return False
    slow = lexicon.pattern("slow_by_itself").search(bare)
    return slow is not None or lexicon.place_at_end(bare, "done_fast", "time_at_end") >= 0


@lru_cache(maxsize=8192)
def wanted_rate(name: str) -> bool:
    """Whether a name is that of a rate of which all or most is wanted, such as attendance."""
    bare = lexicon.without_brackets(name)
    if not bare.endswith(lexicon.words("signs_of_a_rate")) or lexicon.ends(
        bare, "smaller_is_better"
    ):
        return False
    start = lexicon.place_at_end(bare, "good_rates", "rate_at_end")
    if start < 0:
        ending = next(
            (word for word in lexicon.words("larger_is_better") if bare.endswith(word)), ""
        )
        start = len(bare) - len(ending)
    before = bare[:start]
    has_ending = start < len(bare)
    return has_ending and not before.endswith(lexicon.words("reversing")) and not unwanted(name)


def changes_the_wrong_way(name: str) -> bool:
    """Whether a name is that of the growth of something bad, or of the decline of something good.

    Of these "at least so much" is never wanted.
    """
    bare = lexicon.without_brackets(name)
    change = lexicon.pattern("change_at_end").search(bare)
    return change is not None and _is_wrong_change(bare)  # which are few


@lru_cache(maxsize=1024)
def _is_wrong_change(bare: str) -> bool:
    match = _rate_of_change().search(bare)
    if match is None:
        return False
    what = match["what"]
    if match["up"]:
        return unwanted(what) or unwanted(what + lexicon.words("signs_of_a_rate")[0])
    return wanted_rate(what) or wanted_rate(what + lexicon.words("signs_of_a_rate")[0])


@cache
def _rate_of_change() -> re.Pattern[str]:
    return re.compile(lexicon.source("what_changes") + lexicon.source("change_at_end"))


def too_slow_allowed(name: str, target: Target) -> bool:
    """Whether what should be fast is to take at least so long."""
    if target.operator not in AT_LEAST_OPERATORS or target.kind != "number":
        return False
    moments, single = lexicon.words("years_and_months"), lexicon.words("single")
    length = target.unit in units("time") and target.unit not in moments
    return (length or target.unit in single) and should_be_fast(name)


def dear_allowed(name: str, target: Target) -> bool:
    """Whether a cost is to be at least so much money; what people are paid is a floor."""
    unit = target.unit.partition("/")[0]
    money = (
        unit.endswith(lexicon.words("money_of_one"))
        and target.low is not None
        and target.kind == "number"
    )
    is_floor = money and target.operator in AT_LEAST_OPERATORS
    return is_floor and not lexicon.holds(name, "floors_in_money")
