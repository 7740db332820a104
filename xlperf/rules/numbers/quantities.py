"""The quantities of a text: number or range, unit, what stands around them, and in which role.

A text is read once and remembered. Numbers are in digits (1,200) or in words, with or without
ten thousands; what is no quantity (years, ordinals, models, numbers of documents and roads) is
left out. Nothing here judges; what is counted is told in `things`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from math import prod

from xlperf.characters.numerals import number_in_words
from xlperf.rules.memo import lazy
from xlperf.rules.message_facts import LONGEST_QUOTE
from xlperf.rules.numbers.compact_text import as_printed, to_be_read
from xlperf.rules.numbers.quantity_pattern import PERCENT_SIGN, counting, quantity_pattern
from xlperf.rules.text import lexicon
from xlperf.rules.text.width_folding import MOST_TEXTS
from xlperf.targets.words import table

NUMBER_CONTEXT = 12  # characters before a number that say whether it is one
CALENDAR_YEARS = range(1900, 2101)
LIMITS = (  # the operators that words say, with the patterns before and after a number
    ("≥", "at_least_before", "at_least_after"),
    ("≤", "at_most_before", "at_most_after"),
    ("~", "about_before", "about_after"),
)
WORDS_OF = {"change_before": "change", "from_before": "from"}  # patterns that look at an end
IN_YUAN, SHARE = "yuan", PERCENT_SIGN
UNIT_FACTOR = Decimal(1)


@dataclass(frozen=True)
class Quantity:
    """So many of something. Numbers are in the base unit: metres for kilometres, yuan for money."""

    low: Decimal
    high: Decimal
    unit: str  # the base unit, such as metres; IN_YUAN, SHARE
    spelled: str  # the unit as it is written
    step: Decimal  # what one of the last written digit is worth; 0 for a plain whole number
    text: str
    start: int
    end: int
    since: int  # where the quantity before it ends

    def __hash__(self) -> int:
        return hash((self.text, self.start))

    @property
    def source_text(self) -> str:
        """Number and unit as they stand in the text."""
        return self.text[self.start : self.end]

    @lazy
    def as_spelled(self) -> Decimal:
        """The number in the unit that is written: tons, not kilograms."""
        return self.low / _base(self.spelled)[1]

    @property
    def rounding(self) -> Decimal:
        """What its last decimal may be off; 0 for a whole number, also of ten thousands."""
        return self.step / 2 if "." in self.source_text else Decimal(0)

    @lazy
    def sentence(self) -> tuple[int, int]:
        """Where its sentence begins and ends."""
        return _around(self.text, self.start, self.end, "end_of_sentence")

    @lazy
    def clause(self) -> tuple[int, int]:
        """Where its clause begins and ends: between two marks of punctuation."""
        return _around(self.text, self.start, self.end, "clause_mark")

    @lazy
    def lead(self) -> str:
        """Its sentence up to the number."""
        return self.text[self.sentence[0] : self.start]

    @lazy
    def head(self) -> str:
        """Its clause up to the number."""
        return self.text[self.clause[0] : self.start]

    @lazy
    def tail(self) -> str:
        """Its clause after the unit."""
        return self.text[self.end : self.clause[1]]

    @lazy
    def operator(self) -> str:
        """≥, ≤, ~ (about) or "" as the words beside the number say."""
        after, before = self.text[self.end : self.end + NUMBER_CONTEXT], self.head[-NUMBER_CONTEXT:]
        for sign, ahead, behind in LIMITS:
            if lexicon.pattern(behind).match(after) or lexicon.pattern(ahead).search(before):
                return sign
        return "~" if lexicon.pattern("roughly_in_text").search(self.source_text) else ""

    @lazy
    def phrase(self) -> str:
        """The clause around it, as a message quotes it."""
        return self.text[slice(*self.clause)]

    @lazy
    def year(self) -> int:
        """The year that its sentence gives it: 0 for none or this one, -1 for another time."""
        if not _holds("time_marks", self.text):
            return 0
        marks = list(lexicon.pattern("time_marks").finditer(self.lead))
        if not marks or marks[-1]["this"]:
            return 0
        return int(marks[-1]["until"] or marks[-1]["year"] or -1)

    @lazy
    def is_part(self) -> bool:
        """Whether it is a part of another number: of which, phases, sites, steps of the work."""
        if lexicon.pattern("step_after").match(self.tail):
            return True
        if _holds("phase_before", self.text) and lexicon.pattern("phase_before").search(self.head):
            return True
        if not _holds("part_before", self.text):
            return False
        marks = list(lexicon.pattern("part_before").finditer(self.lead))
        after = self.lead[marks[-1].end() :] if marks else ""
        return bool(marks) and not lexicon.pattern("total_after_part").search(after)

    @lazy
    def is_for_each(self) -> bool:
        """Whether it is so many for each of something."""
        if self.text.startswith(lexicon.words("per"), self.end):
            return True
        has_words = _holds("each_before", self.text)
        return has_words and lexicon.pattern("each_before").search(self.head) is not None

    @lazy
    def is_planned(self) -> bool:
        """Whether it is a number that is to be reached, and not what there is, grew, or limits."""
        for name in ("stock_before", "change_before"):
            if _holds(name, self.text) and lexicon.pattern(name).search(self.head):
                return False
        if lexicon.pattern("attribute_after").match(self.tail):
            return False
        rising = _holds("from_before", self.text) and self._rising
        return not (rising and lexicon.pattern("to_after").match(self.tail))

    @property
    def _rising(self) -> bool:
        return lexicon.pattern("from_before").search(self.head) is not None


def _holds(name: str, text: str) -> bool:
    """Whether there is anything in a text that a pattern about the words before a number finds."""
    return lexicon.pattern(WORDS_OF.get(name, name)).search(text) is not None


def _around(text: str, start: int, end: int, name: str) -> tuple[int, int]:
    """From the mark before a place to the mark after it."""
    begin = 0
    for mark in lexicon.pattern(name).finditer(text, 0, start):
        begin = mark.end()
    after = lexicon.pattern(name).search(text, end)
    return begin, after.start() if after else len(text)


@lru_cache(maxsize=MOST_TEXTS)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Every quantity of a text in its order; shares and money are among them."""
    if lexicon.pattern("may_be_a_number").search(text) is None:
        return ()
    words = to_be_read(text)
    if counting().search(words) is None:
        return ()
    return tuple(_read(words, _matches(words)))


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Every number with a unit; looked for only where digits or numerals begin."""
    end = 0
    for begins in lexicon.pattern("digits_or_numerals").finditer(text):
        if begins.start() >= end and (match := quantity_pattern().match(text, begins.start())):
            end = match.end()
            yield match


def _read(text: str, matches: Iterator[re.Match[str]]) -> Iterator[Quantity]:
    since = 0
    for match in matches:
        numbers = _numbers(match)
        if numbers is None or _is_none(text, match):
            continue
        low, high, step = numbers
        unit, factor = _base(match["unit"])
        step = step * factor if step != UNIT_FACTOR or factor != UNIT_FACTOR else Decimal(0)
        yield Quantity(
            low * factor, high * factor, unit, match["unit"], step, text, *match.span(), since
        )
        since = match.end()


def _numbers(match: re.Match[str]) -> tuple[Decimal, Decimal, Decimal] | None:
    """The ends of a range, and what one of the last digit is worth; None if it is no number."""
    by = match["by"] or ""
    low = _number(match["low"], match["first_by"] or by)
    high = _number(match["high"], by) if match["high"] else low
    if low is None or high is None or high[0] < low[0]:
        return None
    return low[0], high[0], max(low[1], high[1])


def _number(numeral: str, by: str) -> tuple[Decimal, Decimal] | None:
    multiple = _multiple(by)
    if numeral[0].isdigit() and numeral[0].isascii():
        number = Decimal(numeral.replace(",", ""))
        exponent = number.as_tuple().exponent
        step = multiple.scaleb(exponent if isinstance(exponent, int) else 0)
        return number * multiple, step
    if lexicon.pattern("idle_numerals").match(numeral + by):
        return None
    number_ = number_in_words(numeral + by)
    return None if number_ is None else (number_, UNIT_FACTOR)


@cache
def _multiple(by: str) -> Decimal:
    """What the signs for noughts between a number and its unit stand for: 10,000, a million."""
    table_ = lexicon.table("multiples")
    return prod((Decimal(table_[sign]) for sign in by), start=UNIT_FACTOR)


def _is_none(text: str, match: re.Match[str]) -> bool:
    """Whether a number and a unit are no quantity: an ordinal, a year, another word."""
    before, unit = text[max(0, match.start() - NUMBER_CONTEXT) : match.start()], match["unit"]
    if lexicon.pattern("ordinal_before").search(before):
        return True
    start = match.start("unit")
    other = _not_a_unit(text[start])
    if other is not None and other.match(text, start):
        return True
    year = unit == table("units")["time"][0] and match["low"].isdigit()
    return year and int(match["low"]) in CALENDAR_YEARS


@lru_cache(maxsize=1024)
def _not_a_unit(sign: str) -> re.Pattern[str] | None:
    """A pattern of the words that begin with the first sign of a unit and are none; else None."""
    listed = [word for word in lexicon.words("not_units") if word.startswith(sign)]
    return re.compile("|".join(listed)) if listed else None


@cache
def _base(unit: str) -> tuple[str, Decimal]:
    """The unit that a number is kept in, and how many of it one of this unit is."""
    if unit in lexicon.table("money_units"):
        return IN_YUAN, UNIT_FACTOR
    base, factor = lexicon.table("same_units").get(unit, (unit, 1))
    return base, Decimal(factor)


def base_of(unit: str, number: Decimal) -> tuple[str, Decimal]:
    """A target's unit and number in the base unit: 2 km is 2000 m; money is in yuan."""
    base, factors = _with_multiple(unit)
    for factor in factors:
        number *= factor
    return base, number


@lru_cache(maxsize=1024)
def _with_multiple(unit: str) -> tuple[str, tuple[Decimal | int, ...]]:
    """The base unit of a target's unit, and what a number of it is multiplied with one by one."""
    yuan = table("units")["money"].get(unit)
    if yuan is not None:
        return IN_YUAN, (yuan,)
    multiple = unit[:1] if unit[1:] and unit[:1] in lexicon.table("multiples") else ""
    base, factor = _base(unit[len(multiple) :])
    return base, (factor, int(lexicon.table("multiples")[multiple]))


def around(quantity: Quantity) -> str:
    """The clause around a quantity, cut at its ends only where it is too long to quote."""
    begin, end = quantity.clause
    if not quantity.head and quantity.text[begin - 1 : begin] == "(":
        begin = quantity.text.rfind(",", 0, begin) + 1  # road repair (12 km)
        end += 1
    more = end - begin - LONGEST_QUOTE
    if more <= 0:
        return as_printed(quantity.text[begin:end])
    before = min(quantity.start - begin, (LONGEST_QUOTE - (quantity.end - quantity.start)) * 2 // 3)
    start = quantity.start - before
    stop = min(end, start + LONGEST_QUOTE)
    left, right = ("…" if start > begin else ""), ("…" if stop < end else "")
    return left + as_printed(quantity.text[start:stop]) + right
