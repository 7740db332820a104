"""The texts of a document as they were written, and what is left of them without idle words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Container, Iterable, Iterator
from functools import cache, lru_cache
from itertools import accumulate, chain
from typing import Any, NamedTuple

from xlperf.fields import COMPOSED_KINDS, paths
from xlperf.paths import RecordPath
from xlperf.record import Department, Raw
from xlperf.rules.memo import lazy, once
from xlperf.rules.text import lexicon
from xlperf.rules.text.lazy_patterns import LazyPattern

NO_WORDS = re.compile(r"[\W_]+")
DIGIT = re.compile("[0-9]")
ENDS_OF_LINES = re.compile(r"(?<!\[)\^|\\\[\^|\$")  # in a pattern, but for [^ of other signs
LONGEST_PASSAGE = 20_000  # characters of a text that are compared with another

IDENTITIES = frozenset(paths(("name",)))
TARGETS = frozenset(paths(("target",)))
PROSE_FIELDS = frozenset(paths(("prose",)))
COPIED_KINDS = ("heading",)
HEADING_FIELDS = frozenset(paths(COPIED_KINDS))

FieldTree = dict[str, tuple[str, Any]]
TextEntry = tuple[
    RecordPath, str | int, str, str
]  # above a text, its key or position, its field, the text


class Passage(NamedTuple):
    """One text: where it stands, in which field (its keys without positions), what it says."""

    path: RecordPath
    field: str
    text: str


class JoinedTexts:
    """Texts, each with an end of line behind it, as one text that is looked through at once."""

    def __init__(self, texts: list[str]) -> None:
        self.texts = texts
        self.joined = "\n".join([*texts, ""])
        self._starts = [0, *accumulate([len(text) + 1 for text in texts])]
        self._numbers: dict[re.Pattern[str], list[int]] = {}  # of those with a pattern

    def numbers_with(self, hint: re.Pattern[str]) -> list[int]:
        """The numbers of texts that may have a match of a pattern; `^`, `$` are ends of lines.

        Also of some without one: a match may end in the next text.
        """
        if isinstance(hint, LazyPattern):
            return list(self._with(hint)) if hint.may_match(self.joined) else []
        if hint not in self._numbers:
            self._numbers[hint] = list(self._with(hint))
        return self._numbers[hint]

    def _with(self, hint: re.Pattern[str]) -> Iterator[int]:
        joined, starts, search, at = self.joined, self._starts, _by_lines(hint).search, 0
        while at < starts[-1] and (match := search(joined, at)):
            number = bisect_right(starts, match.start()) - 1
            yield number
            at = starts[number + 1]

    def numbers_with_words(self, words: Iterable[str]) -> set[int]:
        """The numbers of texts that have one of some words: no pattern of them is made."""
        joined, starts, numbers = self.joined, self._starts, set()
        for word in words:
            place = joined.find(word)
            while place >= 0:
                number = bisect_right(starts, place) - 1
                numbers.add(number)
                place = joined.find(word, starts[number + 1])
        return numbers

    def of_several_lines(self) -> list[int]:
        """The numbers of texts with an end of line inside them."""
        if self.joined.count("\n") == len(self.texts):
            return []  # as mostly
        return [number for number, text in enumerate(self.texts) if "\n" in text]

    def numbers_at(self, places: Iterable[int]) -> Iterator[int]:
        """The numbers of the texts at some places of `joined`, in ascending order, each once."""
        starts, last = self._starts, -1
        for place in places:
            if place >= starts[last + 1]:
                last = bisect_right(starts, place) - 1
                yield last


class Passages:
    """The texts of some fields of a record, in its order; joined they are looked through at once.

    `texts` and `fields` have an entry for every text; in `joined` each of them ends with a line.
    """

    def __init__(self, entries: list[TextEntry]) -> None:
        self._entries = entries
        self.texts = [text for _, _, _, text in entries]
        self.fields = [field for _, _, field, _ in entries]
        self._lines = JoinedTexts(self.texts)

    @property
    def joined(self) -> str:
        """All texts as one, each with an end of line behind it."""
        return self._lines.joined

    def __getitem__(self, number: int) -> Passage:
        above, step, field, text = self._entries[number]
        return Passage((*above, step), field, text)

    def __iter__(self) -> Iterator[Passage]:
        return map(self.__getitem__, range(len(self.texts)))

    def with_any(self, *hints: re.Pattern[str]) -> Iterator[Passage]:
        """The passages that may have a match of a pattern: see `JoinedTexts.numbers_with`."""
        numbers_by_hint = [self._lines.numbers_with(hint) for hint in hints]
        numbers = (
            numbers_by_hint[0]
            if len(numbers_by_hint) == 1
            else sorted(set().union(*numbers_by_hint))
        )
        return map(self.__getitem__, numbers)

    def of(self, fields: Container[str], test: Callable[[str], object] = bool) -> Iterator[Passage]:
        """The passages of some fields whose text passes a test."""
        texts = self.texts
        numbers_by_field = [numbers for field, numbers in self._by_field.items() if field in fields]
        return (self[n] for n in sorted(chain.from_iterable(numbers_by_field)) if test(texts[n]))

    @lazy
    def _by_field(self) -> dict[str, list[int]]:
        """The numbers of the texts of each field."""
        result: dict[str, list[int]] = {}
        for number, field in enumerate(self.fields):
            result.setdefault(field, []).append(number)
        return result

    def with_ends(self, first: Container[str], last: Container[str]) -> Iterator[Passage]:
        """The passages that begin with one of some signs, or a blank, or end with one of others."""
        numbered = enumerate(self.texts)
        numbers = [n for n, t in numbered if t[-1] in last or t[0] in first or t[0].isspace()]
        return map(self.__getitem__, numbers)

    def of_several_lines_or_with(self, hint: re.Pattern[str]) -> Iterator[Passage]:
        """The passages of several lines, and those that may have a match of a pattern."""
        numbers = {*self._lines.of_several_lines(), *self._lines.numbers_with(hint)}
        return map(self.__getitem__, sorted(numbers))

    def where(self, test: Callable[[str], object]) -> Iterator[Passage]:
        """The passages whose text passes a test."""
        return (self[number] for number, text in enumerate(self.texts) if test(text))

    def at(self, places: Iterable[int]) -> Iterator[Passage]:
        """The passages at some places of `joined`, in ascending order, each once."""
        return map(self.__getitem__, self._lines.numbers_at(places))


@cache
def _by_lines(pattern: re.Pattern[str]) -> re.Pattern[str]:
    if not ENDS_OF_LINES.search(pattern.pattern):
        return pattern
    return re.compile(pattern.pattern, pattern.flags | re.MULTILINE)


@once
def passages_of(department: Department) -> Passages:
    """Every text that people write into a document."""
    return Passages([item for item in _every_text(department) if item[2] not in HEADING_FIELDS])


@once
def headings_of(department: Department) -> Passages:
    """Every short text of a document that is copied and not composed."""
    return Passages([item for item in _every_text(department) if item[2] in HEADING_FIELDS])


@once
def _every_text(department: Department) -> list[TextEntry]:
    """The texts of all fields that rules look through, from one walk over the record."""
    entries: list[TextEntry] = []
    _walk(department.raw, tree_of(paths((*COMPOSED_KINDS, *COPIED_KINDS))), (), entries)
    return entries


def _walk(node: Raw, shape: FieldTree, above: RecordPath, entries: list[TextEntry]) -> None:
    for key, (field, below) in shape.items():
        value = node.get(key)
        if not value:
            continue
        if isinstance(value, str):
            if not below and not value.isspace():
                entries.append((above, key, field, value))
        elif isinstance(value, list):
            _walk_list(value, field, below, (*above, key), entries)
        elif isinstance(value, dict) and below:
            _walk(value, below, (*above, key), entries)


def _walk_list(
    items: list[Any], field: str, below: FieldTree, above: RecordPath, entries: list[TextEntry]
) -> None:
    for position, item in enumerate(items):
        if isinstance(item, dict) and below:
            _walk(item, below, (*above, position), entries)
        elif isinstance(item, str) and not below and item and not item.isspace():
            entries.append((above, position, field, item))


def passages(department: Department, but: frozenset[str] = frozenset()) -> Iterator[Passage]:
    """Every text that people write into a document, in its order, but those of some fields."""
    return (item for item in passages_of(department) if item.field not in but)


def passages_with(
    department: Department, *hints: re.Pattern[str], but: frozenset[str] = frozenset()
) -> Iterator[Passage]:
    """The passages in which one of some patterns may be found, and hardly any others.

    hints: every text of which the caller has anything to say has one; see `Passages.with_any`.
    They are fast if they begin with a set of signs, or are words with | between.
    """
    return (item for item in passages_of(department).with_any(*hints) if item.field not in but)


@cache
def tree_of(fields: tuple[str, ...]) -> FieldTree:
    """Key paths such as projects/name as nested dicts, one level a step: each key with its path
    and what is below it, {} for a field."""
    tree: FieldTree = {}
    for keys in fields:
        node, path = tree, ""
        for step in keys.split("/"):
            path = f"{path}/{step}".lstrip("/")
            _, node = node.setdefault(step, (path, {}))
    return tree


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """A text without blanks, punctuation and what stands in brackets at its end."""
    words = lexicon.without_brackets(text[:LONGEST_PASSAGE])
    return words if words.isalnum() else NO_WORDS.sub("", words)


def begin_apart(text: str, other: str) -> bool:
    """Whether two texts begin with different letters or digits, so that their words differ."""
    first, second = text[:1], other[:1]
    return first != second and first.isalnum() and second.isalnum()


def content(text: str, idle: str) -> str:
    """What is left of a text without the idle words of a list; the longest word goes first."""
    return lexicon.any_word(idle).sub("", bare(text))
