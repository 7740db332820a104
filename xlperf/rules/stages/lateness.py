"""Whether something was done later than its target says, where both name a day or a month."""

from __future__ import annotations

from typing import NamedTuple

from xlperf.rules.numbers.dates import (
    FIRST_THIRD_END,
    LAST_DAY_OF_MONTH,
    MIDDLE,
    MONTH_NUMBERS,
    Date,
    dates,
)
from xlperf.rules.text import lexicon
from xlperf.targets import parse

MONTH_WORD = "\u6708"
FIRST_DAYS = {
    FIRST_THIRD_END: 1,
    MIDDLE: FIRST_THIRD_END + 1,
    LAST_DAY_OF_MONTH: MIDDLE + 1,
    0: 1,
}  # of a third of a month, by its last


class Day(NamedTuple):
    """A day of a year; `year` is 0 where none is written."""

    year: int
    month: int
    day: int


def is_late(target: str, completed: str, year: int | None) -> bool:
    """Whether the day of what was completed is after the last one that the target leaves.

    `year` is the document's, for days without one. What has no single day, or may have been in
    time, is not late.
    """
    if parse(target).kind != "date" or lexicon.pattern("no_deadline").search(target):
        return False
    until, since = _latest(dates(target)), _earliest(completed)
    if until is None or since is None:
        return False
    any_year = year or until.year or since.year
    return since._replace(year=since.year or any_year) > until._replace(year=until.year or any_year)


def _latest(days: tuple[Date, ...]) -> Day | None:
    """The last day that is in time; a month alone runs to its end."""
    if not days or any(date.month not in MONTH_NUMBERS for date in days):
        return None
    return max(Day(date.year, date.month, date.day or LAST_DAY_OF_MONTH) for date in days)


def _earliest(completed: str) -> Day | None:
    """The first day that is meant; None of several days, and of a quarter or a half of the year."""
    days = dates(completed)
    is_span = parse(completed).kind == "date"
    if not days or (len(days) > 1 and not is_span):
        return None
    last = days[-1]
    if last.month not in MONTH_NUMBERS:
        return None
    if last.has_day:
        return Day(last.year, last.month, last.day)
    if MONTH_WORD not in last.source_text:
        return None
    return Day(last.year, last.month, FIRST_DAYS.get(last.day, last.day))
