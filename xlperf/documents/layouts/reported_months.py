"""The months that a form reports of, as its title or a line below it says them: 2025, 1 to 7."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xlperf.documents.layouts.titles import entry
from xlperf.documents.words import plain

MONTHS_BY_NAME: dict[str, int] = entry("parts_of_year", "months")
_NAMES = "|".join(sorted(MONTHS_BY_NAME, key=len, reverse=True))
OF_YEAR, MONTH_ALONE = (
    re.compile(entry("patterns", key).replace("{named}", _NAMES))
    for key in ("months_of_year", "months_alone")
)


@dataclass(frozen=True, slots=True)
class ReportedMonths:
    """A stretch of months: its year (None if not said), its last month, where it stands in a text.

    `day`: the last day of it where that is said, as YYYY-MM-DD, otherwise "".
    """

    year: int | None
    month: int
    day: str
    span: tuple[int, int]


def reported_months(text: str) -> Iterator[ReportedMonths]:
    """The stretches of months that a title names, in brackets where it names no year."""
    for pattern in (OF_YEAR, MONTH_ALONE):
        matches = list(map(_months, pattern.finditer(text)))
        yield from filter(None, matches)
        if any(matches):
            return


def line_of_months(text: str) -> ReportedMonths | None:
    """The months that a line names which says nothing else."""
    match = OF_YEAR.fullmatch(text)
    return _months(match) if match else None


def _months(match: re.Match[str]) -> ReportedMonths | None:
    """What a match says; None where it is a date, or no month: a date says when, not till when."""
    months = plain(match["months"])
    day = match["day"]
    month = MONTHS_BY_NAME.get(months) or _last_number(months, of=-2 if day else -1)
    if month not in range(1, 13) or (day and not match["till"]):
        return None
    year = int(match["year"]) if "year" in match.re.groupindex else None
    is_day = bool(day) and year is not None
    return ReportedMonths(
        year, month, f"{year}-{month:02d}-{int(day):02d}" if is_day else "", match.span()
    )


def _last_number(text: str, *, of: int) -> int:
    """A number of a text, counted from its end: -1 is the last one."""
    return int(re.findall(r"\d+", text)[of])
