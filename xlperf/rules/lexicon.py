"""Word lists that rules judge by, each named after what it is for; see lexicon*.toml."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

CLOSING = ("）", ")", "\n")  # what a text with a bracket at its end ends with


@cache
def words(name: str) -> tuple[str, ...]:
    """A word list by its name."""
    return tuple(_file()["words"][name])


def table(name: str) -> dict[str, Any]:
    """A table by its name, such as the kinds of indicators."""
    return dict(_file()[name])


@cache
def pattern(name: str) -> re.Pattern[str]:
    """A pattern by its name, made once."""
    return re.compile(_file()["patterns"][name])


def ends(text: str, name: str) -> bool:
    """Whether a text ends with a word of the list; what stands in brackets at its end aside."""
    bare = without_brackets(text) if text.endswith(CLOSING) else text.strip()
    last_signs, endings = _endings(name)
    return bare[-1:] in last_signs and bare.endswith(endings)


@cache
def _endings(name: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """The words of a list and the signs that they end with, by which most texts are told apart."""
    return frozenset(word[-1] for word in words(name)), words(name)


def first(text: str, name: str) -> str:
    """The first word of the list that a text holds, "" if it holds none."""
    if not holds(text, name):
        return ""  # which is so nearly always, and seen in one go
    return next(word for word in words(name) if word in text)


def holds(text: str, name: str) -> bool:
    """Whether a text holds a word of the list."""
    return any_word(name).search(text) is not None


@cache
def any_word(name: str) -> re.Pattern[str]:
    """Any word of a list, the longest first."""
    longest_first = sorted(words(name), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))


def without_brackets(text: str) -> str:
    """A name without what stands in brackets at its end."""
    closed = text.endswith(CLOSING)
    return pattern("bracket_at_end").sub("", text).strip() if closed else text.strip()


@cache
def _file() -> dict[str, Any]:
    """All lexicon files as one; a list stands in one of them only."""
    whole: dict[str, Any] = {}
    for file in sorted(files(__package__).iterdir(), key=lambda each: each.name):
        if file.name.startswith("lexicon") and file.name.endswith(".toml"):
            for name, part in tomllib.loads(file.read_text(encoding="utf-8")).items():
                twice = whole.setdefault(name, {}).keys() & part.keys()
                if twice:
                    raise ValueError(f"listed twice: {sorted(twice)} ({file.name})")
                whole[name] |= part
    return whole
