"""Numbers that a text mentions: how many of what, and what share of what.

A count is digits and a unit of counting (not money, time or percent), with the words before and
after it up to the next punctuation. Nothing here judges.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from xlperf.record import Project
from xlperf.rules.memo import once
from xlperf.rules.message_facts import Word, field_label
from xlperf.rules.text import lexicon
from xlperf.rules.text.text_fields import DIGIT
from xlperf.rules.text.width_folding import compact
from xlperf.targets.words import any_of, table

THOUSANDS_COMMA = re.compile(",(?<=[0-9],)(?=[0-9]{3}(?![0-9]))")  # 1,000 is one number
NOT_CHINESE = re.compile("[^\u4e00-\u9fff]")
SIGNS_BEFORE_SHARE = ("", "≥", ">=", "=", "≤", "<=", ">", "<")  # between a name and its share
# Chinese characters that are the name of a share
SHORTEST_COUNTED_NAME, LONGEST_COUNTED_NAME = 2, 24
LONGEST_LEAD = LONGEST_COUNTED_NAME + 2  # … and a sign
COUNTED_CONTEXT = 8  # characters beside a number that say what is counted


@dataclass(frozen=True)
class Count:
    """So many of something, as a text says it; what stands beside it is read when it is asked."""

    number: Decimal
    unit: str
    text: str
    start: int  # where it stands in the text, and where it ends
    end: int

    @cached_property
    def before(self) -> str:
        """The words that lead to the number, without "at least" and the like."""
        return _last_run(lexicon.without_end(self._head, "before_a_number"))

    @cached_property
    def after(self) -> str:
        """The words that follow the unit."""
        return _first_run(self._tail)

    @property
    def thing(self) -> tuple[str, str]:
        """What is counted: the words before and the words after, at most 8 characters of each."""
        return self.before[-COUNTED_CONTEXT:], self.after[:COUNTED_CONTEXT]

    @cached_property
    def clause(self) -> str:
        """Everything between two marks of punctuation around it."""
        return self._head + self.text[self.start : self.end] + self._tail

    @property
    def _head(self) -> str:
        return lexicon.pattern("end_of_clause").split(self.text[: self.start])[-1]

    @property
    def _tail(self) -> str:
        return lexicon.pattern("end_of_clause").split(self.text[self.end :], maxsplit=1)[0]


class Share(NamedTuple):
    """So much percent of something, as a text says it: the words before and the number."""

    name: str
    number: Decimal
    passage: str
    operator: str = ""  # ≥, ≤, ~ or "", as the words beside it say


class ProjectText(NamedTuple):
    """A text of a project, and where it stands below the project."""

    path: tuple[str | int, ...]
    words: str

    @property
    def place(self) -> Word:
        """The place's name in a message: purpose, 2nd goal, description of the 3rd indicator."""
        if len(self.path) > 1 and isinstance(self.path[-1], int):
            return Word("rule_part.goal_number", self.path[-1] + 1)
        if self.path[0] == "indicators" and isinstance(self.path[1], int):
            return Word(f"rule_part.{self.path[2]}_of_indicator", self.path[1] + 1)
        return field_label(("projects", *self.path))


@once
def texts(project: Project) -> tuple[ProjectText, ...]:
    """A project's name, purpose and goals."""
    of_goals = (ProjectText(("goals", place), goal) for place, goal in enumerate(project.goals))
    return (
        ProjectText(("name",), project.name),
        ProjectText(("purpose",), project.purpose),
        *of_goals,
    )


def neat(text: str) -> str:
    """A text without blanks, full-width signs as usual ones, digits not grouped."""
    words = compact(text)
    return THOUSANDS_COMMA.sub("", words) if "," in words else words


def find_counts(text: str) -> tuple[Count, ...]:
    """Everything that a text counts, in its order."""
    words = neat(text)
    digit = DIGIT.search(words)
    return tuple(_counts(words, digit.start())) if digit else ()


def _counts(text: str, start: int) -> Iterator[Count]:
    for match in _number_and_unit().finditer(text, start):
        if lexicon.pattern("time_after_a_number").match(text, match.end()):
            continue
        if lexicon.pattern("ordinal_before_a_number").search(
            text[: match.start()][-COUNTED_CONTEXT:]
        ):
            continue
        number = Decimal(match["number"]) * _multiple(match["by"] or "")
        yield Count(number, match["unit"], text, match.start(), match.end())


@cache
def _multiple(by: str) -> int:
    return int(lexicon.table("multiples")[by])


def _last_run(text: str) -> str:
    """The Chinese characters at the end of a text, since the last word that belongs elsewhere."""
    run = NOT_CHINESE.split(text)[-1]
    thing = lexicon.pattern("end_of_thing").split(run)[-1]
    return lexicon.pattern("before_a_thing").sub("", thing)


def _first_run(text: str) -> str:
    run = NOT_CHINESE.split(text, maxsplit=1)[0]
    return lexicon.pattern("end_of_thing").split(run, maxsplit=1)[0]


@cache
def _number_and_unit() -> re.Pattern[str]:
    number = r"(?<![0-9.])(?P<number>[0-9]{1,9}(?:\.[0-9]{1,4})?)"
    by = any_of(sign for sign in lexicon.table("multiples") if sign)
    return re.compile(f"{number}(?P<by>{by})?(?P<unit>{any_of(table('units')['known'])})")


@lru_cache(maxsize=8192)
def shares(text: str) -> tuple[Share, ...]:
    """Every share in percent that a text gives to something."""
    words = neat(text)
    matches = lexicon.pattern("share").finditer(words) if "%" in words else ()
    return tuple(filter(None, map(_share, matches)))


def _share(match: re.Match[str]) -> Share | None:
    """A percentage with the Chinese words that lead to it, None if there are none."""
    head = match.string[max(0, match.start() - LONGEST_LEAD) : match.start()]
    bare = head.rstrip("≥≤=<>")
    sign, name = head[len(bare) :], NOT_CHINESE.split(bare[-LONGEST_COUNTED_NAME:])[-1]
    if sign not in SIGNS_BEFORE_SHARE or len(name) < SHORTEST_COUNTED_NAME:
        return None
    cleaned = lexicon.pattern("before_a_share").sub("", name)
    return Share(cleaned, Decimal(match["number"]), name + sign + match[0])


def no_number_of_its_own(count: Count) -> bool:
    """Whether it is a part of another number, a total, or so many for each."""
    return lexicon.holds(count.clause, "not_of_its_own")


def same_unit(unit: str, other: str) -> bool:
    """Whether two units count the same."""
    return unit in units_like(other)


def units_like(unit: str) -> tuple[str, ...]:
    """The units that count the same as this one, as the words for persons do."""
    people = lexicon.words("people")
    return people if unit in people else (unit,)
