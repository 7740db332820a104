"""The texts of a document as they were written, and what is left of them without idle words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from xlperf.fields import WRITTEN, paths
from xlperf.paths import Path
from xlperf.record import Department
from xlperf.rules.text import lexicon

NO_WORDS = re.compile(r"[\W_]+")
DIGIT = re.compile("[0-9]")
METHODS = ("before_methods", "methods")  # the lists of what a method begins with
LONGEST = 20_000  # characters of a text that are compared with another

IDENTITIES = frozenset(paths(("name",)))
TARGETS = frozenset(paths(("target",)))
SENTENCES = frozenset(paths(("prose",)))

Tree = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Passage:
    """One text: where it stands, in which field (its keys without positions), what it says."""

    path: Path
    field: str
    text: str


def passages(department: Department, but: frozenset[str] = frozenset()) -> Iterator[Passage]:
    """Every text that people write into a document, in its order, but those of some fields."""
    return (item for item in _all(_TheSame(department)) if item.field not in but)


@dataclass(frozen=True, slots=True, eq=False)
class _TheSame:
    """A document by its identity: a dozen rules in a row read the same one."""

    department: Department

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _TheSame) and self.department is other.department

    def __hash__(self) -> int:
        return id(self.department)


@lru_cache(maxsize=1)
def _all(document: _TheSame) -> tuple[Passage, ...]:
    return tuple(_walk(document.department.raw, tree_of(paths(WRITTEN)), (), ""))


@cache
def tree_of(fields: tuple[str, ...]) -> Tree:
    """Key paths such as projects/name as nested dicts, one level a step; a field is {}."""
    tree: Tree = {}
    for keys in fields:
        node = tree
        for step in keys.split("/"):
            node = node.setdefault(step, {})
    return tree


def _walk(node: Any, shape: Tree, path: Path, field: str) -> Iterator[Passage]:
    if isinstance(node, list):
        for position, item in enumerate(node):
            if not isinstance(item, list):
                yield from _walk(item, shape, (*path, position), field)
    elif not shape:
        if isinstance(node, str) and node.strip():
            yield Passage(path, field, node)
    elif isinstance(node, dict):
        for key, below in shape.items():
            if key in node:
                yield from _walk(node[key], below, (*path, key), f"{field}/{key}".lstrip("/"))


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """A text without blanks, punctuation and what stands in brackets at its end."""
    words = lexicon.without_brackets(text[:LONGEST])
    return words if words.isalnum() else NO_WORDS.sub("", words)


def begin_apart(one: str, other: str) -> bool:
    """Whether two texts begin with different letters or digits, so that their words differ."""
    first, second = one[:1], other[:1]
    return first != second and first.isalnum() and second.isalnum()


def may_be_a_method(description: str) -> bool:
    """Whether the first sign of a description is one with which a method can begin."""
    return description.lstrip()[:1] in _begin_methods()


@cache
def _begin_methods() -> frozenset[str]:
    return frozenset(word[0] for name in METHODS for word in lexicon.words(name))


@lru_cache(maxsize=8192)
def content(text: str, idle: str) -> str:
    """What is left of a text without the idle words of a list; the longest word goes first."""
    return lexicon.any_word(idle).sub("", bare(text))
