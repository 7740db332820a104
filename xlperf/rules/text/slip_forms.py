"""The forms of slips of the pen by two neighbouring characters in them, and which a text has."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain, compress, count
from operator import add
from pathlib import Path

from xlperf.record import Department
from xlperf.rules.memo import once
from xlperf.rules.text import lexicon
from xlperf.rules.text.text_fields import Passage, passages_of

OF_TWO_UNITS = re.compile("[\U00010000-\U0010ffff]")  # characters that UTF-16 has two units for
LONGEST = 20  # characters of a form
WORD = re.compile("[^0-9]*")
ENTRY = re.compile("([0-9])([^0-9]+)")

Slip = tuple[str, str]  # what is written, what is meant
Alteration = tuple[str, int, str]  # a word, a place in it from 0, the signs that are wrong there
Forms = dict[str, list[Slip]]
SlipsWith = Callable[[str], Sequence[Slip]]  # the slips that a pair of characters tells of


def pairs_of(text: str) -> Iterable[str]:
    """Every two neighbouring characters of a text."""
    return map(add, text, text[1:])


def with_slips(department: Department, slips_with: SlipsWith) -> Iterator[Passage]:
    """The passages of a document that may have a slip in them of those that a pair tells of."""
    written = passages_of(department)
    text = written.joined
    return written.at(
        place for place in _suspect(department) if _is_slip_at(text, place, slips_with)
    )


def _is_slip_at(text: str, place: int, slips_with: SlipsWith) -> bool:
    """Whether a form stands around the pair at a place."""
    around = text[max(0, place - LONGEST) : place + LONGEST]
    return any(wrong in around for wrong, _ in slips_with(text[place : place + 2]))


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
    pairs = (pair.encode("utf-16-le") for pair in chain(_certain_by_pair(), _likely_pairs()))
    return frozenset(int.from_bytes(pair, sys.byteorder) for pair in pairs if len(pair) == 4)


def slips_in(text: str, slips_with: SlipsWith) -> list[Slip]:
    """The slips that the pairs of a text tell of, in the order of the pairs, each pair once."""
    return [slip for pair in dict.fromkeys(pairs_of(text)) for slip in slips_with(pair)]


def certain(pair: str) -> Sequence[Slip]:
    """The certain slips in which a pair of characters is wrong."""
    return _certain_by_pair().get(pair, ())


@cache
def _certain_by_pair() -> Forms:
    """The certain slips by a pair of characters that is wrong in them."""
    result: Forms = {}
    for entry in lexicon.words("misspelled"):
        wrong, _, right = entry.partition("→")
        of_right = set(pairs_of(right))
        pair = next((pair for pair in pairs_of(wrong) if pair not in of_right), wrong[:2])
        result.setdefault(pair, []).append((wrong, right))
    return result


@lru_cache(maxsize=8192)
def likely(pair: str) -> tuple[Slip, ...]:
    """The likely slips in which a pair of characters has the wrong one, in the file's order."""
    if pair not in _likely_pairs():
        return ()
    by_neighbour = _by_neighbour()
    numbers = {*by_neighbour.get((pair[0], ""), ()), *by_neighbour.get(("", pair[-1]), ())}
    slips = []
    for word, place, signs in (_alterations()[number] for number in sorted(numbers)):
        before, after = word[:place], word[place + 1 :]
        slips += [
            (before + sign + after, word)
            for sign in signs
            if sign in pair and _pair(before[-1:], sign, after[:1]) == pair
        ]
    return tuple(slips)


def _pair(before: str, sign: str, after: str) -> str:
    """The pair that tells of a wrong sign between two others: the one that is in no word."""
    left, right = before + sign, sign + after
    return right if len(left) == 1 or (left in _usual_pairs() and len(right) > 1) else left


@cache
def _alterations() -> tuple[Alteration, ...]:
    """The lines of the file, split: each place of a word, and the signs that are wrong there."""
    text = Path(__file__).with_name("slips.txt").read_text(encoding="utf-8")
    result: list[Alteration] = []
    for line in text.splitlines():
        if not line.startswith("#"):
            word = WORD.match(line)[0]  # type: ignore[index]
            result += [(word, int(place), signs) for place, signs in ENTRY.findall(line)]
    return tuple(result)


@cache
def _usual_pairs() -> frozenset[str]:
    """The pairs of the words as they are right."""
    words = "\n".join(dict.fromkeys(word for word, _, _ in _alterations()))
    return frozenset(pairs_of(words))


@cache
def _likely_pairs() -> frozenset[str]:
    """The pairs of all likely slips; made without the slips, of which a text needs few."""
    usual = _usual_pairs()
    result: set[str] = set()
    for word, place, signs in _alterations():
        before, after = word[:place][-1:], word[place + 1 : place + 2]
        lefts = {before + sign for sign in signs} if before else set()
        mistakable = lefts & usual if after else set()
        result |= lefts - mistakable
        alone = "".join(left[1] for left in mistakable) if before else signs
        result.update(sign + after for sign in alone)
    return frozenset(result)


@cache
def _by_neighbour() -> dict[tuple[str, str], list[int]]:
    """The numbers of alterations by the character before the place, and by the one behind it."""
    result: dict[tuple[str, str], list[int]] = {}
    for number, (word, place, _) in enumerate(_alterations()):
        result.setdefault((word[:place][-1:], ""), []).append(number)
        result.setdefault(("", word[place + 1 : place + 2]), []).append(number)
    return result
