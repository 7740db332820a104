"""Word lists that rules judge by, each named after what it is for; see lexicon*.toml."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from xlperf.rules.text.lazy_patterns import AnyWordPattern, LazyPattern
from xlperf.toml_entries import entries_of, value_of

TEXT_ENDINGS = ("）", ")", "\n")  # what a text with a bracket at its end ends with
ENDINGS = (  # the lists of words that names are told apart by, where they end with one
    *("ratio_endings", "not_ratio_endings", "count_endings", "not_count_endings"),
    *("measurable", "not_measurable", "satisfaction_endings", "smaller_is_better"),
    *("limits_in_money", "rates_of_control", "reaching_rates", "about_time", "about_quality"),
    *("plainly_output", "plainly_economic", "plainly_ecological", "without_unit"),
    *("rates_in_time", "rates_without_fault", "named_money"),
)
Ends = tuple[tuple[int, ...], dict[str, list[str]]]
WORTH_A_PATTERN = 100  # texts that are looked through: making a pattern takes as long
LONGEST_WORD = 12  # characters of a word at the end of a text
NO_ENDING: Ends = ((), {})
VERBOSE = "(?x)"  # how a pattern begins in which blanks and lines say nothing


@cache
def words(name: str) -> tuple[str, ...]:
    """A word list by its name, in the order of the file; KeyError for an unknown one."""
    return tuple(value_of(_entries()[f"words.{name}"]))


@cache
def table(name: str) -> Mapping[str, Any]:
    """A table by its name, such as "acts" or "multiples"; KeyError for an unknown one."""
    if not names(name):
        raise KeyError(name)
    return MappingProxyType({key: value_of(_entries()[f"{name}.{key}"]) for key in names(name)})


@cache
def names(table_: str) -> tuple[str, ...]:
    """The names in a table, such as "words" or "patterns", in the order of the files."""
    begin = f"{table_}."
    return tuple([key.removeprefix(begin) for key in _entries() if key.startswith(begin)])


@cache
def pattern(name: str) -> re.Pattern[str]:
    """A pattern by its name, made once; one of the table `needs` where a text has a word of it."""
    if (needed := f"needs.{name}") in _entries():
        return cast(
            "re.Pattern[str]", LazyPattern(lambda: quick(name), value_of(_entries()[needed]))
        )
    return re.compile(quick(name))


def quick(name: str) -> str:
    """A pattern as it is written; one of the table `begins` is tried at those signs only."""
    source_text, begins = source(name), f"begins.{name}"
    return (
        from_signs(value_of(_entries()[begins]), source_text)
        if begins in _entries()
        else source_text
    )


def from_signs(signs: str, source_text: str) -> str:
    """A pattern as it is written, tried only where one of the signs stands that it begins with."""
    flags = VERBOSE if source_text.startswith(VERBOSE) else ""
    return f"{flags}(?=[{re.escape(signs)}])(?:{source_text.removeprefix(flags)})"


def source(name: str) -> str:
    """A pattern by its name as it is written, to be a part of another one."""
    return str(value_of(_entries()[f"patterns.{name}"]))


def ends(text: str, name: str) -> bool:
    """Whether a text ends with a word of one of ENDINGS; brackets at its end aside."""
    return name in endings(text)


@lru_cache(maxsize=8192)
def endings(text: str) -> frozenset[str]:
    """All those of ENDINGS with a word that a text ends with; brackets at its end aside."""
    return endings_of(without_brackets(text))


def endings_of(bare: str) -> frozenset[str]:
    """All those of ENDINGS with a word that a text ends with, however it ends.

    Also those of the table `things`, each called by `things_called`.
    """
    lengths, lists = _by_last_sign().get(bare[-1:], NO_ENDING)
    result: list[str] = []
    for length in lengths:
        result += lists.get(bare[-length:], ())
    return frozenset(result)


def things_called(kind: str) -> str:
    """What `endings` calls the list of a kind of the table `things`, such as “time”."""
    return f"things: {kind}"


@cache
def _by_last_sign() -> dict[str, Ends]:
    """The words of ENDINGS by their last sign: how long they are, and the lists of each."""
    result: dict[str, tuple[set[int], dict[str, list[str]]]] = {}
    listed = {name: words(name) for name in ENDINGS}
    listed |= {things_called(kind): names_ for kind, names_ in table("things").items()}
    for name, word_ends in listed.items():
        for word in word_ends:
            lengths, lists = result.setdefault(word[-1], (set(), {}))
            lengths.add(len(word))
            lists.setdefault(word, []).append(name)
    return {sign: (tuple(lengths), lists) for sign, (lengths, lists) in result.items()}


def first(text: str, name: str) -> str:
    """The first word of the list that a text holds, "" if it holds none."""
    if not holds(text, name):
        return ""  # which is so nearly always, and seen in one go
    return next(word for word in words(name) if word in text)


def holds(text: str, name: str) -> bool:
    """Whether a text holds a word of the list."""
    search = _searches.get(name)
    return _finder(name)(text) if search is None else search(text) is not None


class Finder:
    """Whether texts hold a word of a list: by a pattern, as soon as it is worth its making."""

    def __init__(self, name: str) -> None:
        self.name, self.words, self.ask_count = name, words(name), 0

    def __call__(self, text: str) -> bool:
        """Whether a text holds a word."""
        self.ask_count += 1
        if self.ask_count < WORTH_A_PATTERN:
            return any(map(text.__contains__, self.words))
        word_pattern = re.compile(any_word_source(self.name))
        search = _searches[self.name] = word_pattern.search
        return search(text) is not None


_searches: dict[str, Callable[[str], re.Match[str] | None]] = {}  # those that are worth it
_finder = cache(Finder)


@cache
def any_word(name: str) -> re.Pattern[str]:
    """A pattern of any word of a list, made once, where a text has a word."""
    return cast("re.Pattern[str]", AnyWordPattern(lambda: any_word_source(name), words(name)))


def any_word_source(name: str) -> str:
    """A pattern of any word of a list as it is written, to be a part of another one.

    The longest word comes first; the words are grouped by their first sign for speed.
    """
    by_first: dict[str, list[str]] = {}
    for word in sorted(words(name), key=len, reverse=True):
        by_first.setdefault(word[0], []).append(re.escape(word[1:]))
    alternatives = (f"{re.escape(sign)}(?:{'|'.join(rests)})" for sign, rests in by_first.items())
    return "|".join(alternatives)


@lru_cache(maxsize=1 << 14)
def without_brackets(text: str) -> str:
    """A name without what stands in brackets at its end."""
    closed = text.endswith(TEXT_ENDINGS)
    return pattern("bracket_at_end").sub("", text).strip() if closed else text.strip()


def place_at_end(text: str, name: str, end: str) -> int:
    """The first place of a word of a list right before what a pattern finds; -1 if there is none.

    Word by word: a pattern of them all takes longer to make than all names that are looked at.
    """
    behind, first_place = pattern(end), -1
    for word in filter(text.__contains__, words(name)):
        place = text.find(word)
        while place >= 0 and not behind.match(text, place + len(word)):
            place = text.find(word, place + 1)
        if place >= 0 and (first_place < 0 or place < first_place):
            first_place = place
    return first_place


def without_end(text: str, name: str) -> str:
    """A text without all that a pattern of short words finds at its end, one after the other.

    A pattern like `(?:a|b)+$` would try every place of the text, and from each go to its end.
    """
    end = len(text)
    while match := pattern(name).search(text[max(0, end - LONGEST_WORD) : end]):
        end -= len(match[0])
    return text[:end]


@cache
def _entries() -> dict[str, str]:
    """The entries of all lexicon files, by table and name; a list stands in one of them only."""
    files = [file for file in Path(__file__).parent.iterdir() if file.name.startswith("lexicon")]
    listed = (file for file in files if file.name.endswith(".toml"))
    return entries_of(sorted(listed, key=lambda file: file.name))
