"""Whether a department's document speaks once of another department's work, copied with it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from xlperf.record import Department
from xlperf.rules.core import WARNING, Facts, Hit, hit, rule
from xlperf.rules.message_facts import field_label
from xlperf.rules.text import lexicon
from xlperf.rules.text.quoting import around
from xlperf.rules.text.text_fields import PROSE_FIELDS, Passage, passages_with


@rule("TXT644", WARNING, source="88/goal-relevance")
def work_of_another_department(department: Department) -> Iterator[Hit]:
    """One sentence speaks of the work of quite another department, and nothing else does.

    **Why**: it was copied with another department's document. The department's own work must be
    known by its name, the word must belong to another's work only, and stand in one single text of
    the whole document; governments of towns, parks and street offices, which do everything, are
    left alone.
    **Bad**: traffic police: "in July the supply of school meals is checked".
    **Good**: "in July the rebuilding of the crossings is checked".
    """
    own_trades = _trades_of(department.name)
    if not own_trades or lexicon.holds(department.name, "all_trades"):
        return
    places_of: dict[str, list[tuple[Passage, re.Match[str]]]] = defaultdict(list)
    for passage in passages_with(department, _words()):
        trades = {_trade_of()[match[0]]: match for match in _words().finditer(passage.text)}
        for trade, match in trades.items():
            places_of[trade].append((passage, match))
    for trade, places in places_of.items():
        if (
            trade in own_trades
            or len(places) != 1
            or own_trades & {*lexicon.table("near_to")[trade]}
        ):
            continue
        passage, match = places[0]
        if passage.field in PROSE_FIELDS and not lexicon.holds(passage.text, "with_others"):
            facts: Facts = {"field": field_label(passage.path), "found": match[0]}
            yield hit(*passage.path, **facts, text=around(passage.text, *match.span()))


def _trades_of(name: str) -> set[str]:
    """The trades that a department's name tells of."""
    bodies = lexicon.table("bodies_of").items()
    return {trade for trade, words in bodies if any(word in name for word in words)}


@cache
def _trade_of() -> dict[str, str]:
    """Every word of a trade's work to the trade."""
    return {word: trade for trade, words in lexicon.table("work_of").items() for word in words}


@cache
def _words() -> re.Pattern[str]:
    words = sorted(_trade_of(), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))
