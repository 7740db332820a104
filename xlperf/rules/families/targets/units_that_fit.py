"""Whether a target's unit can measure what its indicator is named after."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from xlperf.record import Indicator
from xlperf.rules.core import ERROR, Facts, Hit, hit, rule
from xlperf.rules.message_facts import Word, shorten
from xlperf.rules.text import lexicon
from xlperf.rules.text.levels import second_level
from xlperf.rules.text.similarity import quoted_name
from xlperf.targets import parse

LONGEST_NAME_ENDING = 6  # signs of a word at a name's end
A_NUMBER = "number"  # of anything but money
SHARE, PERCENT_UNIT = "share", "%"
IN_QUANTITIES = "persons"  # people are what is counted where they are the quantity


@rule(
    "VAL421",
    ERROR,
    source="88/sound-indicators; integration/unit-of-measure",
    of="number range percent",
)
def unit_of_another_thing(indicator: Indicator) -> Iterator[Hit]:
    """A target's unit measures something else than the indicator is named after.

    **Why**: a length in yuan or an area in kilometres cannot be checked; either the number or the
    name came from another line. Known by the ending of the name; shares are VAL403 and VAL415.
    **Bad**: length of new roads ≥120000 yuan; area planted ≥300 km.
    **Good**: length of new roads ≥12 km; area planted ≥3000 mu.
    """
    target = parse(indicator.target)
    rate = "/" in target.unit
    if rate and _for_each_of_another(indicator.name, target.unit):
        facts: Facts = {"target": shorten(target.source_text), "unit": target.unit}
        words: Facts = {"thing": Word("thing.price"), "right": Word("thing_units.price")}
        yield hit("target", name=quoted_name(indicator), **facts, **words)
        return
    if rate and _a_head_of_a_count(indicator.name, target.unit):
        facts = {"target": shorten(target.source_text), "unit": target.unit}
        words = {"thing": Word("thing.number"), "right": Word("thing_units.number")}
        yield hit("target", name=quoted_name(indicator), **facts, **words)
        return
    thing = _thing(indicator.name) if target.unit and target.high else ""
    if not thing or (target.is_percent and lexicon.holds(indicator.name, "changes")):
        return  # a time may be shortened by so much percent
    if thing == IN_QUANTITIES and second_level(indicator) != "quantity":
        return
    measured = _measured_by(target.unit)
    if measured in lexicon.table("units_that_do_not_fit")[thing]:
        facts = {"target": shorten(target.source_text), "unit": target.unit}
        words = {"thing": Word(f"thing.{thing}"), "right": Word(f"thing_units.{thing}")}
        yield hit("target", name=quoted_name(indicator), **facts, **words)


def _a_head_of_a_count(name: str, unit: str) -> bool:
    """Whether a target is so many a head, and its name is that of a whole number."""
    first, _, divisor = unit.partition("/")
    money = first.endswith(lexicon.words("money_of_one"))
    if divisor not in lexicon.words("people") or money or not first:
        return False
    counts = name.endswith(lexicon.words("ends_of_counts"))
    return counts and lexicon.pattern("each_before").search(name) is None


@lru_cache(maxsize=4096)
def _for_each_of_another(name: str, unit: str) -> bool:
    """Whether a price is for each of something else than its name says: a head, for a firm's."""
    money, slash, divisor = unit.partition("/")
    if not slash or not money.endswith(lexicon.words("money_of_one")) or "/" in divisor:
        return False
    things = {match["of"] for match in lexicon.pattern("price_of_each").finditer(name)}
    if not things or divisor not in lexicon.words("units_of_a_price"):
        return False
    groups = [line.split() for line in lexicon.words("units_of_one_price")]
    return not any(
        thing == divisor or any(thing in group and divisor in group for group in groups)
        for thing in things
    )


@lru_cache(maxsize=4096)
def _thing(name: str) -> str:
    """What a name measures, by its longest known ending; "" where that does not tell."""
    if lexicon.endings(name).isdisjoint(_things_called()):
        return ""  # as most
    bare = lexicon.without_brackets(name)
    endings = _by_ending()
    for length in range(min(LONGEST_NAME_ENDING, len(bare)), 1, -1):
        thing = endings.get(bare[-length:])
        if thing is not None:
            before = bare[: len(bare) - length]
            if thing == A_NUMBER and lexicon.holds(before, "money_named"):
                return ""
            return "" if before.endswith(lexicon.words("unlike_things")) else thing
    return ""


@cache
def _things_called() -> frozenset[str]:
    """What `lexicon.endings` calls every kind of thing."""
    return frozenset(map(lexicon.things_called, lexicon.table("things")))


@cache
def _by_ending() -> dict[str, str]:
    return {word: thing for thing, words in lexicon.table("things").items() for word in words}


@lru_cache(maxsize=1024)
def _measured_by(unit: str) -> str:
    """What a unit measures; "" for an unknown unit."""
    if unit == PERCENT_UNIT:
        return SHARE
    if unit in lexicon.table("units_of_things")["concentration"]:
        return "concentration"
    first, slash, _ = unit.partition("/")
    bare = first.lstrip("".join(lexicon.words("noughts"))) or first
    if slash and bare not in lexicon.words("money_of_one"):
        return ""
    return next(
        (kind for kind, units in lexicon.table("units_of_things").items() if bare in units), ""
    )
