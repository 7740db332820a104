"""What a rate (so much for each) is for each of, and how often a year. Nothing here judges."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from xlperf.rules.numbers.quantities import Quantity
from xlperf.rules.numbers.things import thing_of
from xlperf.rules.text import lexicon
from xlperf.targets.words import units

ONCE_A_YEAR, A_YEAR = Decimal(1), Decimal(12)


def times_of(rate: Quantity, around: Sequence[Quantity]) -> tuple[Decimal, ...]:
    """Possible numbers of times a year for a rate, ascending; () if they cannot be told.

    around: the quantities that may say for how many months or days it is.
    """
    lengths = {item.spelled: item.low for item in around if item.unit in units("time")}
    months = lengths.get(lexicon.words("months")[0])
    if lexicon.holds(rate.phrase, "daily"):
        days = lengths.get(lexicon.words("days")[0])
        return (days,) if days else ()
    if periods := periods_of(rate):
        return (months or max(periods),)
    monthly = {A_YEAR} if lexicon.words("month")[0] in rate.phrase else set()
    return tuple(sorted({ONCE_A_YEAR, *monthly, *([months] if months else [])}))


def periods_of(rate: Quantity) -> list[Decimal]:
    """Number of periods a year (12 for monthly) of each period named with a rate."""
    words = rate.head[rate.head.rfind(",") + 1 :] + rate.source_text + rate.tail[:3]
    table = lexicon.table("periods")
    matches = lexicon.pattern("per_period").finditer(words)
    periods = [item["period"] or item["other"] or _period_name(item) for item in matches]
    return [Decimal(table[item]) for item in periods]


def _period_name(match: re.Match[str]) -> str:
    """The word for the period of a match that names none itself: month, else year."""
    return lexicon.words("month")[0] if match["monthly"] else lexicon.words("year_word")[0]


def heads_of(rate: Quantity) -> frozenset[str] | None:
    """Units that a rate may be for each of, with their beginnings; empty if it names none.

    None if it is for each ten, hundred or so, which cannot be multiplied.
    """
    head = rate.text[max(rate.clause[0], rate.since) : rate.start]  # each of 3, each of 4 yuan
    words = [_head(match) for match in lexicon.pattern("per_what").finditer(head)]
    slash = lexicon.pattern("after_slash").match(rate.text[rate.end : rate.end + 4])
    words += [slash["what"]] if slash else []
    words = [word for word in words if not word.startswith(tuple(lexicon.table("periods")))]
    if any(lexicon.pattern("numeral_at_first").match(word) for word in words):
        return None
    people = lexicon.words("people")
    result = {word[:size] for word in words for size in range(1, len(word) + 1)}
    are_people = result & {*people, *lexicon.words("persons_each")}
    return frozenset(result | ({people[0]} if are_people else set()))


def _head(match: re.Match[str]) -> str:
    """The unit after "for each"; people for "a head", household for "a household"."""
    if match["head"]:
        return lexicon.words("people")[0]
    if match["household"]:
        return lexicon.words("household")[0]
    word: str = match["what"] or match["one"]
    return word


def fits(count: Quantity, heads: frozenset[str]) -> bool:
    """Whether a count is of what a rate is for each of: by its unit, or by the noun it counts."""
    if count.spelled in heads or count.unit in heads:
        return True
    visits = lexicon.words("people_and_visits")
    if count.unit in visits and heads & {*visits}:
        return True
    noun = thing_of(count).noun if count.spelled in lexicon.words("before_what_is_counted") else ""
    return bool(noun) and any(noun.endswith(head) for head in heads)
