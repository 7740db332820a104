"""Sums of money as printed: in figures, written out, or both; in brackets, below nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from xlperf.characters.number_widths import folded_number
from xlperf.characters.numerals import money_in_words
from xlperf.documents.layouts.funding.money import MoneyUnit, unit_of, unit_pattern
from xlperf.documents.layouts.titles import entry, words_of
from xlperf.documents.words import plain
from xlperf.record import amount

PADDING = re.compile(r"\s{3,}")  # blanks that part no thousands
LONGEST_SUM_TEXT = 120  # signs of a sum that is printed in figures and words
BRACKETED_SUM = re.compile(r"\((?P<inside>[^()]+)\)(?P<unit>[^()]{0,6})")
CAPITALS = re.compile(entry("patterns", "capitals"))
BESIDE_CAPITALS = re.compile(entry("patterns", "beside_capitals"))


@dataclass(frozen=True, slots=True)
class FundSum:
    """A sum of money: its number as printed, not yet in yuan; the unit glued to it, if one is.

    `in_words`: the yuan that the same cell writes out beside the number.
    """

    number: Decimal
    unit: MoneyUnit | None = None
    in_words: Decimal | None = None


@cache
def _glued() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A number behind a sign of yuan if there is one, with the blanks in it; and its unit."""
    scales = "|".join(sorted(map(re.escape, entry("money", "scales")), key=len, reverse=True))
    sign = "|".join(words_of("money", "signs"))
    number = rf"\s*(?:{sign})?\s*(?P<number>[+-]?\d(?:[\d,.]|\s(?=\s*\d))*)"
    return re.compile(number), re.compile(rf"(?:{unit_pattern()}|{scales})?")


def sum_of(text: str) -> FundSum | None:
    """The sum that a text is, with the unit glued to it if there is one; None if it is no sum."""
    number = amount(text)
    if number is not None:
        return FundSum(number)
    return _in_figures(text) or _in_words(text) or _both_ways(text)


def sum_in_brackets(text: str) -> FundSum | None:
    """The sum that stands in brackets, without them; None if a text is none.

    Accounts print so what is below nothing, others what they set apart: which it is, is not said.
    """
    match = BRACKETED_SUM.fullmatch(plain(text)) if len(text) <= LONGEST_SUM_TEXT else None
    return _in_figures(match["inside"] + match["unit"]) if match else None


def _in_figures(text: str) -> FundSum | None:
    """A number, maybe behind a sign of yuan, maybe with a unit glued to it."""
    digits, unit = _glued()
    folded = PADDING.sub("  ", folded_number(text))
    match = digits.match(folded)
    if match is None or (number := amount(match["number"])) is None:
        return None
    word = plain(folded[match.end() :])
    if not unit.fullmatch(word):
        return None
    scales: dict[str, int] = entry("money", "scales")
    yuan = entry("money", "yuan")
    return FundSum(number, unit_of(word + yuan if word in scales else word))


def _in_words(text: str) -> FundSum | None:
    """A sum that is written out, which says its unit of money."""
    number = money_in_words(plain(text))
    return None if number is None else FundSum(number, unit_of(entry("money", "yuan")))


def _both_ways(text: str) -> FundSum | None:
    """A number with the same sum written out beside it, in either order."""
    capitals = list(CAPITALS.finditer(plain(text))) if len(text) <= LONGEST_SUM_TEXT else []
    if len(capitals) != 1:
        return None
    (capital_sum,) = capitals
    in_words = money_in_words(capital_sum[0])
    rest = BESIDE_CAPITALS.sub(
        "", plain(text)[: capital_sum.start()] + plain(text)[capital_sum.end() :]
    )
    figures = _in_figures(rest)
    return replace(figures, in_words=in_words) if figures and in_words is not None else None
