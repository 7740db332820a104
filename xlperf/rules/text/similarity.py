"""When two texts are the same, and when they speak of the same thing.

The same: equal but for blanks, punctuation and full-width signs. Of the same thing: they share a
pair of neighbouring Chinese characters, or a word in Latin letters, after the words that say
nothing of a subject (`without_subject` in the lexicon) were taken out. That is a heuristic: it
misses synonyms, and takes two texts for related that share a pair by chance. Rules that build on
it say so, and stay silent where a text has no pair left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import add

from xlperf.record import Activity, Department, Indicator, Project
from xlperf.rules.memo import once
from xlperf.rules.message_facts import Word, label, listed
from xlperf.rules.text import lexicon
from xlperf.rules.text.width_folding import MOST_TEXTS, fold_width
from xlperf.targets import parse
from xlperf.wording import say

LONGEST_LIKENESS_TEXT = 4000  # characters of a text that are looked at
LONGEST_FOLDING = 18  # usual signs that one compatible sign may stand for
NO_WORDS = re.compile(r"[^\w%‰≥≤=<>+.\-]+")
CHINESE_RUN, LATIN = re.compile("[\u4e00-\u9fff]{2,}"), re.compile("[A-Za-z]{2,}")
FIRST_CHINESE_SIGN, LAST_CHINESE_SIGN = "\u4e00", "\u9fff"  # of the Chinese characters
MEMBERS_IN_MESSAGE = 4  # members of a long list that a message names
IndicatorOwner = Activity | Project
RowKey = tuple[str, str, tuple[object, ...]]  # of an indicator: name, description, target


@dataclass(frozen=True, slots=True)
class Few:
    """Many facts in a row: the first of them, and how many there are."""

    items: tuple[object, ...]

    def __str__(self) -> str:
        first_items = listed(self.items[:MEMBERS_IN_MESSAGE])
        if len(self.items) <= MEMBERS_IN_MESSAGE:
            return str(first_items)
        return say("rule_part.first_of_many", shown=first_items, n=len(self.items))


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
    """An activity's number and name, for messages where two activities may have one name."""
    step = activity.path[-1]
    number = step + 1 if isinstance(step, int) else 0
    return Numbered(number, label(activity.name, activity.path, "activity"))


def quoted_name(indicator: Indicator) -> str | Word:
    """What a message calls an indicator."""
    return label(indicator.name, indicator.path, "indicator")


@lru_cache(maxsize=MOST_TEXTS)
def text_key(text: str) -> str:
    """A text without blanks and punctuation: equal for texts of the same words."""
    folded = fold_width(text[:LONGEST_LIKENESS_TEXT])
    return folded if folded.isalnum() else NO_WORDS.sub("", folded).rstrip(".")


@once
def rows_of(owner: IndicatorOwner) -> tuple[RowKey, ...]:
    """Of each indicator name, description and target as a key: equal for copies, however spaced."""
    return tuple(
        [
            (text_key(item.name), text_key(item.description), parse(item.target).values)
            for item in owner.indicators
        ]
    )


def owners(department: Department) -> Iterator[IndicatorOwner]:
    """Everything that has indicators, the activities first."""
    yield from department.activities
    yield from department.projects


@once
def indicators(department: Department) -> tuple[Indicator, ...]:
    """Every indicator of the document, the activities' first."""
    return tuple([item for owner in owners(department) for item in owner.indicators])


@once
def namesakes(department: Department) -> list[tuple[Indicator, Indicator]]:
    """Pairs of indicators of one list with the same name: the first one, and a later one."""
    pairs = []
    for owner in owners(department):
        first_of_name: dict[str, Indicator] = {}
        for indicator, (name, _, _) in zip(owner.indicators, rows_of(owner), strict=True):
            first = first_of_name.setdefault(name, indicator)
            if first is not indicator and name:
                pairs.append((first, indicator))
    return pairs


@once
def with_namesakes(department: Department) -> list[IndicatorOwner]:
    """The activities and projects with two indicators of one name."""
    paths = {indicator.path[:2] for _, indicator in namesakes(department)}
    return [owner for owner in owners(department) if owner.path in paths]


def work_of(project: Project) -> str:
    """A project's name without a bracket that only says whose or which batch of money it is."""
    name = lexicon.without_brackets(project.name) if is_share_of_work(project) else project.name
    return text_key(name)


@once
def is_share_of_work(project: Project) -> bool:
    """Whether a bracket in its name says that it is one source or batch of money of some work."""
    inside = lexicon.pattern("in_bracket_at_end").search(project.name.strip())
    source = lexicon.pattern("shares_of_one_work")
    return inside is not None and source.search(inside["inside"].strip()) is not None


def has_a_pair(text: str) -> bool:
    """Whether a text has any pairs."""
    return CHINESE_RUN.search(_subject(text)) is not None or bool(_latin(text))


def has_one_of(pairs_: frozenset[str], text: str) -> bool:
    """Whether a text has one of some pairs."""
    runs = CHINESE_RUN.findall(_subject(text))
    common = any(not pairs_.isdisjoint(map(add, run, run[1:])) for run in runs)
    return common or not pairs_.isdisjoint(_latin(text))


@lru_cache(maxsize=16384)
def pairs(text: str) -> frozenset[str]:
    """The neighbouring characters and Latin words of a text that say what it is about."""
    result = {
        pair for run in CHINESE_RUN.findall(_subject(text)) for pair in map(add, run, run[1:])
    }
    return _latin(text).union(result)


def pairs_of(texts: Iterable[str]) -> frozenset[str]:
    """The union of the pairs of several texts."""
    return frozenset().union(*map(pairs, texts))


def plainly_related(text: str, others: Sequence[str]) -> bool:
    """Whether it is seen at once that a text has a pair in common with one of the others.

    Its pairs are tried one by one, since mostly one of the first is found; if not, there may
    still be one that is written otherwise.
    """
    joined = "\n".join(others)
    for run in CHINESE_RUN.findall(_subject(text)):
        for pair in map(add, run, run[1:]):
            if pair in joined and _is_pair_of(pair, others):
                return True
    return False


def _is_pair_of(pair: str, texts: Iterable[str]) -> bool:
    """Whether a pair that is in some texts is still there without the words of no subject."""
    return any(pair in _subject(text) for text in texts if pair in text)


def share_a_pair(pairs_: frozenset[str], texts: Sequence[str]) -> bool:
    """Whether some of these pairs are pairs of one of the texts."""
    words = {pair for pair in pairs_ if pair.isascii()}
    joined = "\n".join(texts)
    if any(pair in joined and _is_pair_of(pair, texts) for pair in pairs_ - words):
        return True  # as mostly, and seen in the texts as they are written
    everything = "\n".join(map(_subject, texts))
    if any(pair in everything for pair in pairs_ - words):
        return True
    return bool(words) and not all(words.isdisjoint(_latin(text)) for text in texts)


@lru_cache(maxsize=16384)
def _latin(text: str) -> frozenset[str]:
    return frozenset(
        word.lower() for word in LATIN.findall(fold_width(text[:LONGEST_LIKENESS_TEXT]))
    )


@lru_cache(maxsize=16384)
def signs(text: str) -> frozenset[str]:
    """The single Chinese characters of a text that say what it is about: a looser measure."""
    return characters(_subject(text))


def _as_one(lines: Sequence[str]) -> Sequence[str]:
    """Lines by themselves, which is the same, unless they are so long that they are cut."""
    long = sum(map(len, lines)) * LONGEST_FOLDING + len(lines) > LONGEST_LIKENESS_TEXT
    return ["\n".join(lines)] if long else lines


def share_a_sign(texts: Iterable[str], lines: Sequence[str]) -> bool:
    """Whether one of some texts has a single character in common with several lines."""
    subjects = [_subject(line)[:LONGEST_LIKENESS_TEXT] for line in _as_one(lines)]
    return any(share_a_character(_subject(text), subject) for text in texts for subject in subjects)


@lru_cache(maxsize=16384)
def _subject(text: str) -> str:
    """A text without the words that say nothing of a subject."""
    return lexicon.any_word("without_subject").sub(" ", fold_width(text[:LONGEST_LIKENESS_TEXT]))


@lru_cache(maxsize=16384)
def characters(text: str) -> frozenset[str]:
    """The Chinese characters of a text but those that stand in any name."""
    return frozenset(_idle_characters().sub("", text[:LONGEST_LIKENESS_TEXT]))


@cache
def _idle_characters() -> re.Pattern[str]:
    """A pattern of what is no Chinese character, or one that stands in any name."""
    empty = lexicon.source("empty_characters")
    return re.compile(f"[^{FIRST_CHINESE_SIGN}-{LAST_CHINESE_SIGN}]+|{empty}")


def share_a_character(text: str, other: str) -> bool:
    """Whether another text has one of the characters of a text; those of any name aside."""
    for sign in text[:LONGEST_LIKENESS_TEXT]:  # noqa: SIM110
        if sign in other and _is_telling(sign):
            return True
    return False


@lru_cache(maxsize=16384)
def _is_telling(sign: str) -> bool:
    """Whether it is a Chinese character, but for those that stand in any name."""
    return _idle_characters().match(sign) is None
