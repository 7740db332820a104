"""The forms of slips of the pen by two neighbouring characters in them, and which a text has."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import compress, count
from operator import add
from pathlib import Path

from xlperf.record import Department
from xlperf.rules.memo import once
from xlperf.rules.text import lexicon
from xlperf.rules.text.text_fields import Passage, passages_of

OF_TWO_UNITS = re.compile("[\U00010000-\U0010ffff]")  # characters that UTF-16 has two units for
LONGEST_SLIP_FORM = 20  # characters of a form
MOST_PAIRS_KEPT = 100_000  # pairs that are remembered
BITS, CHARACTER_MASK = 16, 0xFFFF  # of one of two characters, in the number of a pair
SLIP_POSITION = re.compile("([0-9])")  # in a word, before the signs that are wrong there

Slip = tuple[str, str]  # what is written, what is meant
Alteration = tuple[int, str, int, str]  # its number, a word, a place from 0, the wrong signs there
Alterations = dict[str, list[Alteration]]  # by a neighbour of the place, "" at a word's end
Forms = dict[str, list[Slip]]
SlipsWith = Callable[[str], Sequence[Slip]]  # the slips that a pair of characters tells of


def pairs_of(text: str) -> Iterable[str]:
    """Every two neighbouring characters of a text."""
    return map(add, text, text[1:])


def with_slips(department: Department, slips_with: SlipsWith) -> Iterator[Passage]:
    """The passages of a document that may have a slip in them of those that a pair tells of."""
    passages = passages_of(department)
    text = passages.joined
    return passages.at(
        place for place in _suspect(department) if _is_slip_at(text, place, slips_with)
    )


def _is_slip_at(text: str, place: int, slips_with: SlipsWith) -> bool:
    """Whether a form stands around the pair at a place."""
    slips = slips_with(text[place : place + 2])
    around = text[max(0, place - LONGEST_SLIP_FORM) : place + LONGEST_SLIP_FORM] if slips else ""
    return any(wrong in around for wrong, _ in slips)


@once
def _suspect(department: Department) -> list[int]:
    """Where in the joined text of a document a pair stands that tells of a slip of either list.

    Its pairs are looked up as numbers, which is twice as fast as to make a text of each.
    """
    text = OF_TWO_UNITS.sub("\ufffd", passages_of(department).joined)
    units = text.encode("utf-16-le", "surrogatepass")
    places: list[int] = []
    for first in (0, 1):  # pairs that begin at even places, and at odd ones
        pairs = memoryview(units[2 * first : len(units) - (len(units) // 2 - first) % 2 * 2])
        places += compress(count(first, 2), map(_tells.__getitem__, pairs.cast("I")))
    return sorted(places)


class _Tells(dict[int, bool]):
    """Whether pairs, as numbers, tell of a slip: each is found out when it is first met."""

    def __missing__(self, number: int) -> bool:
        if len(self) > MOST_PAIRS_KEPT:
            self.clear()
        first, second = chr(number & CHARACTER_MASK), chr(number >> BITS)
        if sys.byteorder == "big":
            first, second = second, first
        pair = first + second
        tells = pair in _certain_by_pair() or (_may_tell(first, second) and bool(likely(pair)))
        self[number] = tells
        return tells


_tells = _Tells()


def slips_in(text: str, slips_with: SlipsWith) -> list[Slip]:
    """The slips that the pairs of a text tell of, in the order of the pairs, each pair once."""
    return [slip for pair in dict.fromkeys(pairs_of(text)) for slip in slips_with(pair)]


def certain_in(text: str) -> list[Slip]:
    """The certain slips that the pairs of a text tell of, in the order of the pairs."""
    forms = _certain_by_pair()
    telling = dict.fromkeys(filter(forms.__contains__, pairs_of(text)))  # hardly ever one
    return [slip for pair in telling for slip in forms[pair]]


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
    first, second = pair[:1], pair[1:]
    if not _may_tell(first, second):
        return ()  # which is so nearly always
    behind, before = _alterations()
    listed = {item for item in behind.get(first, ()) if second in item[-1]}
    listed |= {item for item in before.get(second, ()) if first in item[-1]}
    slips = []
    for _, word, place, signs in sorted(listed):
        begin, end = word[:place], word[place + 1 :]
        slips += [
            (begin + sign + end, word)
            for sign in signs
            if sign in pair and _pair(begin[-1:], sign, end[:1]) == pair
        ]
    return tuple(slips)


def _may_tell(first: str, second: str) -> bool:
    """Whether an alteration puts the second sign of a pair behind the first, or this before it."""
    behind, before = _wrong_signs()
    return second in behind.get(first, "") or first in before.get(second, "")


def _pair(before: str, sign: str, after: str) -> str:
    """The pair that tells of a wrong sign between two others: the one that is in no word."""
    left, right = before + sign, sign + after
    return right if len(left) == 1 or (len(right) > 1 and _is_usual(left)) else left


@cache
def _wrong_signs() -> tuple[dict[str, str], dict[str, str]]:
    """The wrong signs that alterations put behind a sign, and those that they put before one."""
    behind, before = (
        {sign: "".join([signs for *_, signs in listed]) for sign, listed in alterations.items()}
        for alterations in _alterations()
    )
    return behind, before


@cache
def _is_usual(pair: str) -> bool:
    """Whether a pair is in one of the words as they are right."""
    return pair in _words()


@cache
def _words() -> str:
    """The words as they are right, a line each."""
    return "\n".join([SLIP_POSITION.split(line, 1)[0] for line in _lines()])


@cache
def _alterations() -> tuple[Alterations, Alterations]:
    """The alterations of the file by the sign before their place, and by the one behind it."""
    behind: Alterations = defaultdict(list)
    before: Alterations = defaultdict(list)
    for number, line in enumerate(_lines()):
        word, *parts = SLIP_POSITION.split(line)
        for digit, signs in zip(parts[::2], parts[1::2], strict=True):
            place = int(digit)
            alteration = number, word, place, signs
            behind[word[place - 1 : place]].append(alteration)
            before[word[place + 1 : place + 2]].append(alteration)
    return behind, before


@cache
def _lines() -> list[str]:
    """The lines of the file without its remarks."""
    text = Path(__file__).with_name("slips.txt").read_text(encoding="utf-8")
    return [line for line in text.split("\n") if line[:1] not in ("", "#")]
