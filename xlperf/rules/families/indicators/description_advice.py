"""Advice on a description that is made of the indicator's own name: what it should explain."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from xlperf.rules.message_facts import Word
from xlperf.rules.text import lexicon
from xlperf.rules.text.indicator_traits import is_count, is_ratio, is_satisfaction
from xlperf.wording import say

KINDS_OF_RATIO = (
    *(("in_time", "ratios_in_time"), ("of_change", "ratios_of_change")),
    *(("of_quality", "ratios_of_quality"), ("of_reach", "ratios_of_reach")),
    ("of_plan", "ratios_of_plan"),
)
ADVICE_WORDS = (("time", "names_of_times"), ("money", "names_of_money"), ("of_change", "changes"))


class Explanation(NamedTuple):
    """What a description of an indicator should say, in the user's language."""

    kind: str
    name: str | Word

    def __str__(self) -> str:
        return say(f"explain.{self.kind}", name=self.name)


def how_to_explain(name: str, quotation: str | Word) -> Explanation:
    """Advice for the description of an indicator; `quotation`: its name as messages quote it."""
    return Explanation(_kind(name), quotation)


@lru_cache(maxsize=4096)
def _kind(name: str) -> str:
    if is_satisfaction(name):
        return "satisfaction"
    bare = lexicon.without_brackets(name)
    if is_ratio(name) or bare.endswith(lexicon.words("signs_of_a_rate")[0]):
        return next((kind for kind, words in KINDS_OF_RATIO if lexicon.holds(bare, words)), "ratio")
    if kind := next((kind for kind, words in ADVICE_WORDS if lexicon.holds(bare[-6:], words)), ""):
        return kind
    return "count" if is_count(name) else "anything"
