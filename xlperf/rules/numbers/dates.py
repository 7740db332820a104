"""The dates of a text, and the deadlines: which event is over by which day. Nothing here judges."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from xlperf.characters.numerals import number_in_words
from xlperf.record import Indicator, Project
from xlperf.rules.memo import lazy, once
from xlperf.rules.message_facts import Named
from xlperf.rules.numbers.things import CHINESE, acts_in
from xlperf.rules.text import lexicon
from xlperf.rules.text.counted_things import ProjectText, texts
from xlperf.rules.text.levels import second_level
from xlperf.rules.text.similarity import quoted_name
from xlperf.rules.text.width_folding import compact
from xlperf.targets import parse

MONTH_NUMBERS = range(1, 13)
DECEMBER, JUNE, FEBRUARY, LEAP_DAY = 12, 6, 2, 29
# what “end”, “middle” and “first third” of a month run to
LAST_DAY_OF_MONTH, MIDDLE, FIRST_THIRD_END = 31, 20, 10
LEAP_YEAR = 2024
FROM_LAST_TO_FIRST = 2  # from the 31st of a month to the 1st, counted in months of 32 days
INDICATOR_NAMED = "rule_part.indicator_named"
DEADLINE_CONTEXT = 4  # characters after a date that say whether it is a deadline


class Date(NamedTuple):
    """A date as it is written; `day` is 31 for the end of a month, 0 for a month alone."""

    year: int
    month: int
    day: int
    has_day: bool  # whether the day is written as a number
    start: int
    end: int
    text: str

    @property
    def source_text(self) -> str:
        """The date as it stands in the text."""
        return self.text[self.start : self.end]

    def exists(self, year: int | None) -> bool:
        """Whether a calendar has it, in its own year or the one that is given."""
        if self.month not in MONTH_NUMBERS:
            return False
        year = self.year or year or LEAP_YEAR
        return not self.has_day or 1 <= self.day <= calendar.monthrange(year, self.month)[1]


def _several(ranks: object) -> bool:
    return isinstance(ranks, list)


def signs_of_a_date() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns of which every text with a date has one."""
    return lexicon.pattern("date_in_words"), lexicon.pattern("date_in_digits")


@lru_cache(maxsize=8192)
def dates(text: str) -> tuple[Date, ...]:
    """Every date of a text in its order, those that no calendar has among them."""
    if not any(pattern.search(text) for pattern in signs_of_a_date()):
        return ()
    words = compact(text)
    result = [*_months(words), *_parts(words)]
    return tuple(sorted(result, key=lambda date: date.start))


def _months(text: str) -> Iterator[Date]:
    for match in lexicon.pattern("month_and_day").finditer(text):
        year = match["year"] or match["y"] or match["named_year"]
        month = match["month"] or match["m"] or match["named_month"]
        day = match["day"] or match["d"] or match["named_day"]
        part = match["part"] or match["named_part"] or ""
        until = _number(day) if day else _parts_of_a_month().get(part[:1], 0)
        yield Date(int(year or 0), _number(month), until, bool(day), *match.span(), text)


def _parts(text: str) -> Iterator[Date]:
    """The ends of the year, of its first half, of a quarter."""
    for match in lexicon.pattern("part_of_year").finditer(text):
        month = DECEMBER if match["end"] else JUNE
        if match["quarter"]:
            month = 3 * _number(match["quarter"])
        yield Date(int(match["year"] or 0), month, LAST_DAY_OF_MONTH, False, *match.span(), text)


def _number(numeral: str) -> int:
    return int(numeral) if numeral.isascii() else int(number_in_words(numeral) or 0)


@cache
def _parts_of_a_month() -> dict[str, int]:
    ends = (LAST_DAY_OF_MONTH, LAST_DAY_OF_MONTH, MIDDLE, FIRST_THIRD_END)
    return dict(zip(lexicon.words("parts_of_a_month"), ends, strict=True))


@dataclass(frozen=True)
class Deadline:
    """What is over by which day, and where a project says so."""

    path: tuple[str | int, ...]
    place: object
    passage: str
    date: Date
    events: frozenset[str]
    clause: str  # the clause, or the indicator's name
    begin: int = 0  # of the clause, in the date's text
    of_indicator: bool = False

    @lazy
    def subject(self) -> frozenset[str]:
        """What is over, as pairs of characters."""
        return _subject(self.clause, None if self.of_indicator else self.date)

    @lazy
    def about(self) -> frozenset[str]:
        """The subject, or that of the clauses before it."""
        if self.subject or self.of_indicator:
            return self.subject
        return _subject_before(self.date.text, self.begin)

    @lazy
    def acts(self) -> frozenset[str]:
        """What is done."""
        return _acts(self.clause)

    @lazy
    def key(self) -> tuple[int, int]:
        """(month, day) to compare by; the last day of a month, or a month alone, is day 31."""
        day = self.date.day or LAST_DAY_OF_MONTH
        if self.date.month not in MONTH_NUMBERS:
            return self.date.month, day
        last = calendar.monthrange(self.date.year or LEAP_YEAR, self.date.month)[1]
        end_of_february = self.date.month == FEBRUARY and day >= LEAP_DAY - 1
        return self.date.month, LAST_DAY_OF_MONTH if day >= min(
            last, LAST_DAY_OF_MONTH
        ) or end_of_february else day

    def same_day(self, other: Deadline) -> bool:
        """Whether both are one day; a month's last day and the next one's first count as one."""
        days = [month * (LAST_DAY_OF_MONTH + 1) + day for month, day in (self.key, other.key)]
        across = self.key[0] != other.key[0] and abs(days[0] - days[1]) <= FROM_LAST_TO_FIRST
        return self.key == other.key or across

    @lazy
    def orders(self) -> frozenset[int]:
        """The ranks of its events in a project's usual order (lexicon `events`); 0 for none."""
        ranks = [lexicon.table("events")[event] for event in self.events]
        return frozenset(rank for item in ranks for rank in (item if _several(item) else [item]))

    def beside(self, other: Deadline) -> bool:
        """Whether both stand in one sentence of one text."""
        if self.path != other.path or self.of_indicator or other.of_indicator:
            return False
        first, last = sorted((self.date, other.date), key=lambda date: date.start)
        ends = lexicon.pattern("end_of_sentence").search(first.text, first.end, last.start)
        return ends is None


@once
def deadlines(project: Project) -> tuple[Deadline, ...]:
    """Every deadline of this year that the texts and the indicators of a project name."""
    result = [item for text in texts(project) if dates(text.words) for item in _in_text(text)]
    of_indicators = (_of_indicator(indicator, project) for indicator in project.indicators)
    result += [item for item in of_indicators if item is not None]
    return tuple(item for item in result if item.date.year in (0, project.year))


def _in_text(text: ProjectText) -> Iterator[Deadline]:
    dates_ = dates(text.words)
    ends = lexicon.pattern("clause_mark")
    for position, date in enumerate(dates_):
        words = date.text
        after = words[date.end : date.end + DEADLINE_CONTEXT]
        late = date.day == LAST_DAY_OF_MONTH and not date.has_day
        if not (late or lexicon.pattern("by_then").match(after)):
            continue
        begin = max((mark.end() for mark in ends.finditer(words, 0, date.start)), default=0)
        stop = ends.search(words, date.end)
        end = stop.start() if stop else len(words)
        following = dates_[position + 1].start if position + 1 < len(dates_) else end
        clause = words[begin : min(end, max(following, date.end))]
        if lexicon.pattern("no_deadline").search(clause):
            continue
        events = _events(words[date.end : min(end, following)]) or _events(
            words[begin : date.start]
        )
        if events:
            yield Deadline(text.path, text.place, clause, date, events, clause, begin)


def _of_indicator(indicator: Indicator, project: Project) -> Deadline | None:
    """The deadline that a timeliness indicator sets; None if it sets none, or several."""
    if second_level(indicator) not in ("timeliness", "") or parse(indicator.target).kind != "date":
        return None
    dates_, events = dates(indicator.target), _events(compact(indicator.name))
    if len(dates_) != 1 or not events or lexicon.pattern("no_deadline").search(indicator.target):
        return None
    path = (*indicator.path[len(project.path) :], "target")
    name, place = compact(indicator.name), Named(INDICATOR_NAMED, quoted_name(indicator))
    target = indicator.target
    return Deadline(path, place, target, dates_[0], events, name, of_indicator=True)


def _events(text: str) -> frozenset[str]:
    """The words of a clause for what is over; "done" only where nothing says what."""
    words = frozenset(_any_event().findall(text))
    plain = lexicon.words("done")[0]
    special = words - {plain}
    step = not special.isdisjoint(lexicon.words("steps_of_a_work"))
    return special if step or (special and not _done_itself(text, special)) else words


def _done_itself(text: str, special: frozenset[str]) -> bool:
    """Whether "done" is said of a work and not of the event after it."""
    plain = lexicon.words("done")[0]
    return plain in text and not any(
        plain + item in text or item + plain in text for item in special
    )


@cache
def _any_event() -> re.Pattern[str]:
    words = sorted(lexicon.table("events"), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def _subject_before(text: str, begin: int) -> frozenset[str]:
    """What the clauses before a place in its sentence speak of, the nearest that does."""
    sentence = lexicon.pattern("end_of_sentence").split(text[: max(begin - 1, 0)])[-1]
    for clause in reversed(lexicon.pattern("clause_mark").split(sentence)):
        if subject := _subject(lexicon.pattern("month_and_day").sub(" ", clause), None):
            return subject
    return frozenset()


def _acts(clause: str) -> frozenset[str]:
    """What is done in a clause, the events themselves aside."""
    return acts_in(_any_event().sub(" ", clause))


def _subject(clause: str, date: Date | None) -> frozenset[str]:
    """The pairs of characters of a clause that say what is over, without dates and events."""
    words = clause.replace(date.source_text, " ") if date else clause
    words = _any_event().sub(" ", words)
    words = lexicon.pattern("idle_in_event").sub(" ", words)
    runs = CHINESE.findall(words)
    return frozenset(run[at : at + 2] for run in runs for at in range(len(run) - 1))
