"""The forms of slips of the pen by two neighbouring characters in them, and which a text has."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from itertools import chain, compress, count
from operator import add

from xlperf.record import Department
from xlperf.rules.memo import once
from xlperf.rules.text import lexicon
from xlperf.rules.text.text_fields import Passage, passages_of

OF_TWO_UNITS = re.compile("[\U00010000-\U0010ffff]")  # characters that UTF-16 has two units for
LONGEST = 20  # characters of a form
ENTRY = re.compile("([0-9])([^0-9]+)")

Slip = tuple[str, str]  # what is written, what is meant
Forms = dict[str, list[Slip]]


def pairs_of(text: str) -> Iterable[str]:
    """Every two neighbouring characters of a text."""
    return map(add, text, text[1:])


def with_slips(department: Department, forms: Forms) -> Iterator[Passage]:
    """The passages of a document that may have a slip of a list in them."""
    written = passages_of(department)
    text = written.joined
    return written.at(place for place in _suspect(department) if _is_slip_at(text, place, forms))


def _is_slip_at(text: str, place: int, forms: Forms) -> bool:
    """Whether a form stands around the pair at a place."""
    around = text[max(0, place - LONGEST) : place + LONGEST]
    return any(wrong in around for wrong, _ in forms.get(text[place : place + 2], ()))


@once
def _suspect(department: Department) -> list[int]:
    """Where in the joined text of a document a pair stands that is in a form of either list.

    Its pairs are looked up as numbers, which is twice as fast as to make a text of each.
    """
    text = OF_TWO_UNITS.sub("\ufffd", passages_of(department).joined)
    units = text.encode("utf-16-le", "surrogatepass")
    places: list[int] = []
    for first in (0, 1):  # pairs that begin at even places, and at odd ones
        pairs = memoryview(units[2 * first : len(units) - (len(units) // 2 - first) % 2 * 2])
        suspect = map(_numbers_of_pairs().__contains__, pairs.cast("I"))
        places += compress(count(first, 2), suspect)
    return sorted(places)


@cache
def _numbers_of_pairs() -> frozenset[int]:
    pairs = (pair.encode("utf-16-le") for pair in chain(certain(), likely()))
    return frozenset(int.from_bytes(pair, sys.byteorder) for pair in pairs if len(pair) == 4)


def suspects(text: str, forms: Forms) -> list[str]:
    """The pairs of a text that stand in a form of a list, each once, in their order."""
    return [pair for pair in dict.fromkeys(pairs_of(text)) if pair in forms]


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
