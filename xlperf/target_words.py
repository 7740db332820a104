"""The words of the target grammar, read once and made ready; they are in targets.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _words() -> dict[str, Any]:
    text = files("xlperf").joinpath("targets.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def table(name: str) -> Mapping[str, Any]:
    """A table of the file."""
    found: Mapping[str, Any] = _words()[name]
    return found


@cache
def characters() -> dict[int, int]:
    """Look-alike characters to those that are meant."""
    pairs = table("characters")
    return {ord(a): ord(b) for a, b in zip(pairs["written"], pairs["read"], strict=True)}


@cache
def flat(name: str) -> tuple[str, ...]:
    """All words of a table of lists."""
    return tuple(word for words in table(name).values() for word in words)


def meaning(name: str, word: str) -> str:
    """The operator a word stands for, "" if it stands for none."""
    return next((operator for operator, words in table(name).items() if word in words), "")


def any_of(words: Iterable[str]) -> str:
    """A pattern of any of these words, the longest first."""
    ordered = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(map(re.escape, ordered)) + ")"


@cache
def sides_of_choices() -> tuple[tuple[str, str], ...]:
    """The two sides of every known choice, in both orders."""
    pairs = [tuple(pair) for pair in table("choices")["pairs"]]
    return tuple(sides for one, other in pairs for sides in ((one, other), (other, one)))


@cache
def answers() -> frozenset[str]:
    """Every side of a known choice: alone, it is an answer."""
    return frozenset(side for sides in sides_of_choices() for side in sides)


@cache
def date_pattern() -> re.Pattern[str]:
    """A moment or a span of time, with “before” and what is to be finished by then."""
    parts = table("patterns")
    year, month, day, within = (parts[name] for name in ("year", "month", "day", "within"))
    in_year = f"(?:{month}(?:{day}|{within})?|{parts['quarter']})"
    moment = f"(?:{year}(?:{in_year}|{within})?|{in_year}|{day}(?={parts['by']}))"
    short = f"(?:(?:19|20)[0-9]{{2}}|1[0-2]|0?[1-9])(?={parts['range']})"
    span = f"(?:{moment}|{short}){parts['range']}{moment}"
    return re.compile(
        f"(?P<until>{parts['until']})?(?:{span}|{moment})(?P<by>{parts['by']})?{parts['finish']}"
    )
