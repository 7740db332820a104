"""When two texts are the same, and when they speak of the same thing.

The same: equal but for blanks, punctuation and full-width signs. Of the same thing: they share a
pair of neighbouring Chinese characters, or a word in Latin letters, after the words that say
nothing of a subject (`without_subject` in the lexicon) were taken out. That is a heuristic: it
misses synonyms, and takes two texts for related that share a pair by chance. Rules that build on
it say so, and stay silent where a text has no pair left.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from xlperf.record import Activity, Department, Indicator, Project
from xlperf.rules import lexicon
from xlperf.rules.facts import Word, label, listed
from xlperf.targets import parse
from xlperf.wording import say

LONGEST = 4000  # characters of a text that are looked at
SHOWN = 4  # members of a long list that a message names
Owner = Activity | Project


@dataclass(frozen=True, slots=True)
class Few:
    """Many facts in a row: the first of them, and how many there are."""

    items: tuple[object, ...]

    def __str__(self) -> str:
        shown = listed(self.items[:SHOWN])
        if len(self.items) <= SHOWN:
            return str(shown)
        return say("rule_part.first_of_many", shown=shown, n=len(self.items))


@dataclass(frozen=True, slots=True)
class Numbered:
    """A part of a list by its name and its number."""

    number: int
    name: object

    def __str__(self) -> str:
        return say("rule_part.with_number", n=self.number, name=self.name)


def few(items: Iterable[object]) -> Few:
    """Many facts in a row, the first of them named."""
    return Few(tuple(items))


def numbered(activity: Activity) -> Numbered:
    """What an activity is called among activities of which two may have one name."""
    step = activity.path[-1]
    number = step + 1 if isinstance(step, int) else 0
    return Numbered(number, label(activity.name, activity.path, "activity"))


def called(indicator: Indicator) -> str | Word:
    """What a message calls an indicator."""
    return label(indicator.name, indicator.path, "indicator")


@lru_cache(maxsize=16384)
def bare(text: str) -> str:
    """A text without blanks and punctuation: equal for texts of the same words."""
    folded = unicodedata.normalize("NFKC", text[:LONGEST])
    return re.sub(r"[^\w%‰≥≤=<>+.\-]", "", folded).rstrip(".")


def written(indicator: Indicator) -> tuple[Hashable, ...]:
    """Everything an indicator says but its levels and basis: equal for copies."""
    return bare(indicator.name), bare(indicator.description), parse(indicator.target).values


def owners(department: Department) -> Iterator[Owner]:
    """Everything that has indicators, the activities first."""
    yield from department.activities
    yield from department.projects


def work_of(project: Project) -> str:
    """A project's name without a bracket that only says whose or which batch of money it is."""
    name = lexicon.without_brackets(project.name) if is_share_of_work(project) else project.name
    return bare(name)


def is_share_of_work(project: Project) -> bool:
    """Whether a bracket in its name says that it is one source or batch of money of some work."""
    inside = lexicon.pattern("in_bracket_at_end").search(project.name.strip())
    source = lexicon.pattern("shares_of_one_work")
    return inside is not None and source.search(inside["inside"].strip()) is not None


@lru_cache(maxsize=16384)
def pairs(text: str) -> frozenset[str]:
    """The neighbouring characters and Latin words of a text that say what it is about."""
    folded = unicodedata.normalize("NFKC", text[:LONGEST])
    runs = re.findall("[\u4e00-\u9fff]{2,}", lexicon.any_word("without_subject").sub(" ", folded))
    found = {run[start : start + 2] for run in runs for start in range(len(run) - 1)}
    return frozenset(found | {word.lower() for word in re.findall("[A-Za-z]{2,}", folded)})


def pairs_of(texts: Iterable[str]) -> frozenset[str]:
    """The pairs of several texts together."""
    return frozenset().union(*(pairs(text) for text in texts))


@lru_cache(maxsize=16384)
def signs(text: str) -> frozenset[str]:
    """The single Chinese characters of a text that say what it is about: a looser measure."""
    said = lexicon.any_word("without_subject").sub(
        " ", unicodedata.normalize("NFKC", text[:LONGEST])
    )
    return characters(said)


@lru_cache(maxsize=16384)
def characters(text: str) -> frozenset[str]:
    """The Chinese characters of a text but those that stand in any name."""
    said = lexicon.pattern("empty_characters").sub("", text[:LONGEST])
    return frozenset(re.findall("[\u4e00-\u9fff]", said))
