"""The forms of slips of the pen by two neighbouring characters in them, and which a text has."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from operator import add

from xlperf.rules.text import lexicon

ENTRY = re.compile("([0-9])([^0-9]+)")

Slip = tuple[str, str]  # what is written, what is meant
Forms = dict[str, list[Slip]]


def pairs_of(text: str) -> Iterable[str]:
    """Every two neighbouring characters of a text."""
    return map(add, text, text[1:])


@lru_cache(maxsize=8192)
def suspects(text: str) -> tuple[str, ...]:
    """The pairs of a text that stand in a form of either list, each once, in their order."""
    in_forms = _in_any_form()
    if in_forms.isdisjoint(pairs_of(text)):
        return ()
    return tuple(pair for pair in dict.fromkeys(pairs_of(text)) if pair in in_forms)


@cache
def _in_any_form() -> frozenset[str]:
    return frozenset(certain()).union(likely())


@cache
def certain() -> Forms:
    """The certain slips by a pair of characters that is wrong in them."""
    result: Forms = {}
    for entry in lexicon.words("misspelled"):
        wrong, _, right = entry.partition("→")
        of_right = set(pairs_of(right))
        pair = next((pair for pair in pairs_of(wrong) if pair not in of_right), wrong[:2])
        result.setdefault(pair, []).append((wrong, right))
    return result


@cache
def likely() -> Forms:
    """The likely slips by a pair of characters that has the wrong one."""
    text = files(__package__).joinpath("slips.txt").read_text(encoding="utf-8")
    entries = [line for line in text.splitlines() if not line.startswith("#")]
    words = [re.split("[0-9]", line, maxsplit=1)[0] for line in entries]
    usual = frozenset(pair for word in words for pair in pairs_of(word))
    result: Forms = {}
    for word, line in zip(words, entries, strict=True):
        for at, signs in ENTRY.findall(line):
            place = int(at)
            before, after = word[:place], word[place + 1 :]
            for sign in signs:
                left, right = before[-1:] + sign, sign + after[:1]
                pair = right if len(left) == 1 or (left in usual and len(right) > 1) else left
                result.setdefault(pair, []).append((before + sign + after, word))
    return result
