"""The number that a target or a completed value states, as far as a workbook's formula reads it.

Scores are proposed beside the form by formulas and judged by rules; both go by what stands here,
so that they never differ. What only a person would read as a number (a scanned letter among
digits, sixteen digits, a year) is none: people judge it.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache, lru_cache

from xlperf.rules.text import lexicon
from xlperf.targets import NOUGHTS, Target, parse
from xlperf.targets.words import beginning, characters, table

MOST_CELL_DIGITS = 15  # that a cell keeps
SINGLE_NUMBER_KINDS = ("number", "percent")  # kinds of targets with a single number
YEAR_NUMBERS = range(1900, 2100)
YEAR_UNIT = "\u5e74"
OF_DATES = (YEAR_UNIT, "\u6708", "\u5b63", "\u4e2a\u5b63", "\u65e5\u6b62", "\u53f7\u6b62")
ENDS_LEFT_OUT = 2  # so many marks at a text's end say nothing; more are no slip


@lru_cache(maxsize=1 << 14)
def quantity(text: str) -> Target | None:
    """The number or range that a text states; None where it is none that a cell reads."""
    target = parse(text)
    if target.low is None or target.high is None:
        return None
    if not all(map(_fits_a_cell, (target.low, target.high))):
        return None
    compact = "".join(text.translate(characters()).split())
    is_odd = not NOUGHTS.isdisjoint(compact) or _ends(compact) > ENDS_LEFT_OUT
    return None if is_odd or _is_of_a_date(target) else target


@lru_cache(maxsize=1 << 14)
def result_quantity(text: str) -> Target | None:
    """The number that is reported, also behind a word that says no more than that it was reached.

    None where words for “at least” and the like stand behind that word.
    """
    number = quantity(text)
    if number is not None:
        return number
    compact = "".join(parse(text).neat.split())
    sign = beginning("signs").match(compact)
    start = sign.end() if sign else 0
    word = _longest_word_before(compact[start:])
    rest = compact[start + len(word) :]
    if not word or beginning("signs", "prefixes", "soft_prefixes").match(rest):
        return None
    return quantity(compact[:start] + rest)


def _longest_word_before(text: str) -> str:
    words = (*lexicon.words("words_before_a_result"), *_operators_in_words())
    longest = max((word for word in words if text.startswith(word)), key=len, default="")
    return "" if longest in _operators_in_words() else longest


@cache
def _operators_in_words() -> frozenset[str]:
    names = ("prefixes", "soft_prefixes")
    return frozenset(word for name in names for words in table(name).values() for word in words)


def _ends(compact: str) -> int:
    return len(compact) - len(compact.rstrip(table("ends")["written"]))


def _fits_a_cell(number: Decimal) -> bool:
    _, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    return max(1, len(digits) + exponent) + max(0, -exponent) <= MOST_CELL_DIGITS


def _is_of_a_date(target: Target) -> bool:
    """Whether its unit begins like a part of a date and is not known, or it is a year."""
    if target.unit not in units_known():
        return target.unit.startswith(OF_DATES)
    return target.unit == YEAR_UNIT and any(n in YEAR_NUMBERS for n in (target.low, target.high))


@cache
def units_known() -> tuple[str, ...]:
    """The units that follow any number without making a date of it."""
    kinds = ("percent", "money", "known", "time")
    units_listed = dict.fromkeys(unit for kind in kinds for unit in table("units")[kind])
    return tuple(unit for unit in units_listed if parse(f"1{unit}").unit == unit)
