"""Patterns that are made when they are needed: making one takes as long as hundreds of searches."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from functools import cached_property

WORTH_MAKING = 100  # texts that were looked through for words alone
PATTERN_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub")


class LazyPattern:
    """A pattern for texts of which few have a match: made when a text has a word of it.

    words: every match has one of them, so that a text without has no match. Once it is made, or
    worth making, it is asked as any other.
    """

    def __init__(self, source: Callable[[], str], words: Collection[str]) -> None:
        self._source, self.words, self._ask_count = source, words, 0

    @property
    def pattern(self) -> str:
        """The pattern as it is written."""
        return self._source()

    @property
    def flags(self) -> int:
        """None but those that are written in it."""
        return 0

    def may_match(self, text: str) -> bool:
        """Whether a text has one of the words."""
        return any(map(text.__contains__, self.words))

    def _compile(self, text: str) -> re.Pattern[str] | None:
        """The pattern, where a text may have a match or it is worth making."""
        self._ask_count += 1
        if self._ask_count < WORTH_MAKING and not self.may_match(text):
            return None
        pattern = re.compile(self.pattern)
        for way in PATTERN_METHODS:
            setattr(self, way, getattr(pattern, way))  # from now on these are asked
        return pattern

    def search(self, text: str, *bounds: int) -> re.Match[str] | None:
        """As a pattern's."""
        pattern = self._compile(text)
        return pattern.search(text, *bounds) if pattern else None

    def match(self, text: str, *bounds: int) -> re.Match[str] | None:
        """As a pattern's."""
        pattern = self._compile(text)
        return pattern.match(text, *bounds) if pattern else None

    def fullmatch(self, text: str, *bounds: int) -> re.Match[str] | None:
        """As a pattern's."""
        pattern = self._compile(text)
        return pattern.fullmatch(text, *bounds) if pattern else None

    def finditer(self, text: str, *bounds: int) -> Iterator[re.Match[str]]:
        """As a pattern's."""
        pattern = self._compile(text)
        return pattern.finditer(text, *bounds) if pattern else iter(())

    def findall(self, text: str, *bounds: int) -> list[str]:
        """As a pattern's."""
        pattern = self._compile(text)
        return pattern.findall(text, *bounds) if pattern else []

    def split(self, text: str, most: int = 0) -> list[str]:
        """As a pattern's."""
        pattern = self._compile(text)
        return pattern.split(text, most) if pattern else [text]

    def sub(self, repl: str | Callable[[re.Match[str]], str], text: str, count: int = 0) -> str:
        """As a pattern's."""
        pattern = self._compile(text)
        return pattern.sub(repl, text, count) if pattern else text


class AnyWordPattern(LazyPattern):
    """A pattern of any word of a list; a few texts are rid of the words without its being made."""

    @cached_property
    def _by_first_sign(self) -> dict[str, list[str]]:
        """The words by their first sign, the longest first."""
        result: dict[str, list[str]] = {}
        for word in sorted(self.words, key=len, reverse=True):
            result.setdefault(word[0], []).append(word)
        return result

    def sub(self, repl: str | Callable[[re.Match[str]], str], text: str, count: int = 0) -> str:
        """As a pattern's."""
        if self._ask_count >= WORTH_MAKING or count or not isinstance(repl, str) or "\\" in repl:
            return super().sub(repl, text, count)
        self._ask_count += 1
        pieces, at = [], 0
        while at < len(text):
            words = self._by_first_sign.get(text[at], ())
            word = next((word for word in words if text.startswith(word, at)), "")
            pieces.append(repl if word else text[at])
            at += len(word) or 1
        return "".join(pieces)
