"""Whether a description measures what the indicator's name asks for, and the right way round."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from xlperf.record import Indicator
from xlperf.rules.core import WARNING, Facts, Hit, hit, rule
from xlperf.rules.message_facts import Word, shorten
from xlperf.rules.text import lexicon
from xlperf.rules.text.indicator_traits import is_ratio, is_satisfaction
from xlperf.rules.text.similarity import quoted_name
from xlperf.rules.text.text_fields import bare, begin_apart

SAME_END = 3  # characters of what both sides of a share count
STEM = 2  # characters before the ending of a rate that say what it is a rate of
SHORTEST_DESCRIPTION = 4  # characters of a description that says something
MEASURE_PATTERNS = {  # the patterns of what a description measures by how it ends
    "time": "described_time",
    "people": "described_people",
    "pieces": "described_pieces",
    "money": "described_money",
    "area": "described_area",
    "length": "described_length",
}
SHARES, NO_SHARES = ("share", "in_time", "right"), ("time", "money", "area", "length")
COUNTED_KINDS = ("people", "pieces", "area", "length")


@rule("TXT641", WARNING, source="88/clarity", needs="description/between_sides")
def share_turned_around(indicator: Indicator) -> Iterator[Hit]:
    """A description has the two sides of a share the wrong way round, twice the same, or opposed.

    **Why**: by these words a rate is above 100 percent, always 100, or what is left of it. The
    sides are told apart by words such as "all" and by the word that the rate is named for.
    **Bad**: rate of samples passed: all samples as a share of the samples that passed.
    **Good**: samples that passed as a share of all samples.
    """
    match = _sides(indicator.description)
    how = _how_wrong(indicator.name, match["part"], match["whole"]) if match else ""
    if how:
        facts: Facts = {"description": shorten(indicator.description)}
        facts["how"] = Word(f"rule_part.{how}")
        yield hit("description", name=quoted_name(indicator), **facts)


@lru_cache(maxsize=8192)
def _sides(description: str) -> re.Match[str] | None:
    """The part and the whole of a share that a description tells; None if it tells none."""
    if lexicon.words("between_sides")[0] not in description:
        return None
    return lexicon.pattern("a_share_of").search(description)


@lru_cache(maxsize=4096)
def _how_wrong(name: str, part: str, whole: str) -> str:
    """What is wrong with the sides of a share, as the key of a `rule_part`; "" if nothing is."""
    if not begin_apart(part, whole) and bare(part) == bare(whole):
        return "sides_the_same"
    core = lexicon.without_brackets(name)
    end = lexicon.pattern("end_of_a_rate").search(core, max(0, len(core) - STEM))
    stem = core[: end.start()][-STEM:] if end else ""
    bad = is_satisfaction(name) and lexicon.pattern("said_of_the_bad").search(part)
    if bad or (stem not in part and _is_antonym(stem, part)):
        return "side_opposed"
    if _other_people(core, part, whole):
        return "sides_of_others"
    says_both = lexicon.words("between_sides")[0] in core  # the name says both sides itself
    if says_both or len(stem) < STEM or is_satisfaction(name):
        return ""
    if _opposed(core, stem, part):
        return "side_opposed"
    return "sides_exchanged" if _exchanged(stem, part, whole) else ""


def _exchanged(stem: str, part: str, whole: str) -> bool:
    """Whether a rate's word is in the whole alone, and the part is all of it or alike."""
    if stem in part or stem not in whole:
        return False
    wide = lexicon.holds(part, "of_the_whole") and not lexicon.holds(whole, "of_the_whole")
    return wide or part[-SAME_END:] == whole[-SAME_END:] or whole.endswith(part)


def _other_people(name: str, part: str, whole: str) -> bool:
    """Whether a share of the people that a name speaks of is taken of other people."""
    if not lexicon.holds(whole, "kinds_of_people") or not lexicon.holds(name, "kinds_of_people"):
        return False  # which is so nearly always
    kinds = lexicon.words("kinds_of_people")
    ours = {word for word in kinds if word in part and word in name}
    theirs = {word for word in kinds if word in whole}
    return len(ours) == len(theirs) == 1 and not any(word in name + part for word in theirs)


def _is_antonym(stem: str, part: str) -> bool:
    """Whether a part counts the opposite of what its rate is named for: dead plants for living."""
    words = lexicon.table("antonyms").get(stem, ())
    return any(word in part for word in words) and not lexicon.holds(part, "the_rest_of_it")


def _opposed(name: str, stem: str, part: str) -> bool:
    """Whether a part is what did not do what its rate is named for, and nothing else."""
    if stem not in part or lexicon.holds(name, "opposites"):
        return False
    opposite = next((sign for sign in lexicon.words("opposites") if sign + stem in part), "")
    alone = bool(opposite) and stem not in part.replace(opposite + stem, "")
    return alone and not lexicon.holds(part, "the_rest_of_it")


@rule("TXT642", WARNING, source="88/clarity")
def description_of_another_measure(indicator: Indicator) -> Iterator[Hit]:
    """A description measures something else than the name: a number of visits for a time limit.

    **Why**: the result is collected by the description and judged by the name. Told by how both
    end: share, time, people, pieces, money, area, length; descriptions that divide or average are
    left alone.
    **Bad**: time to respond: number of visits at home.
    **Good**: time to respond: longest time from the call to the visit.
    """
    description = indicator.description.rstrip("。；;. ")
    if len(description) < SHORTEST_DESCRIPTION or description[-STEM:] in indicator.name:
        return
    name_measure = _name_measure(indicator.name)
    if (
        name_measure in ("share", "satisfaction")
        and lexicon.words("between_sides")[0] in description
    ):
        return  # which is a share, as nearly always
    measure = _described_measure(description) if name_measure else ""
    if measure and _apart(name_measure, measure, description):
        facts: Facts = {"description": shorten(description)}
        facts |= {"asked": Word(f"measure.{name_measure}"), "told": Word(f"measure.{measure}")}
        yield hit("description", name=quoted_name(indicator), **facts)


@lru_cache(maxsize=8192)
def _name_measure(name: str) -> str:
    """What a name asks for: satisfaction, in_time, right, share, one of MEASURE_PATTERNS, ""."""
    core = lexicon.without_brackets(name)
    if is_satisfaction(core):
        return "satisfaction"
    ends = lexicon.endings(name)
    for kind, words in (("in_time", "rates_in_time"), ("right", "rates_without_fault")):
        if words in ends:
            return kind
    if is_ratio(core):
        return "share"
    if "named_money" in ends:
        return "money"
    return next((kind for called, kind in _things_described() if called in ends), "")


@cache
def _things_described() -> tuple[tuple[str, str], ...]:
    """What `lexicon.endings` calls the things of MEASURE_PATTERNS, with their kinds."""
    return tuple((lexicon.things_called(kind), kind) for kind in MEASURE_PATTERNS)


@lru_cache(maxsize=8192)
def _described_measure(description: str) -> str:
    """What a description tells: share (in_time and right are such) or a key of MEASURE_PATTERNS."""
    if lexicon.words("between_sides")[0] in description:
        if _sides(description) is None:
            return ""
        in_time = lexicon.holds(description, "says_in_time")
        right = lexicon.holds(description, "says_without_fault")
        if in_time != right:
            return "in_time" if in_time else "right"
        return "share"
    end = lexicon.without_brackets(description)[-lexicon.LONGEST_WORD :]
    if _described().search(end) is None:
        return ""  # as most
    return next(
        (kind for kind, name in MEASURE_PATTERNS.items() if lexicon.pattern(name).search(end)), ""
    )


@cache
def _described() -> re.Pattern[str]:
    """What a description of any of these measures ends with."""
    names = MEASURE_PATTERNS.values()
    signs = "".join(map(lexicon.table("begins").__getitem__, names))
    return re.compile(lexicon.from_signs(signs, "|".join(map(lexicon.source, names))))


def _apart(name_measure: str, measure: str, description: str) -> bool:
    """Whether a name and its description measure different things."""
    if name_measure in ("in_time", "right") and measure in SHARES:
        return measure not in ("share", name_measure)
    if name_measure == "satisfaction":
        return measure not in SHARES and not lexicon.holds(description, "says_satisfied")
    if name_measure in SHARES:
        in_time = name_measure == "in_time" and measure == "time"
        return measure in NO_SHARES and not in_time and not _divides(description)
    if measure in SHARES:
        return name_measure in (*COUNTED_KINDS, "time") or (
            name_measure == "money" and not _divides(description)
        )
    apart = name_measure != measure and (
        "time" in (name_measure, measure) or "money" in (name_measure, measure)
    )
    return apart and not _divides(description)


def _divides(description: str) -> bool:
    return lexicon.holds(description, "divides")
