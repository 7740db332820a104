"""The words of `words.toml`, and texts made comparable with them."""

from __future__ import annotations

import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from xlperf.documents.blocks.source import is_blank


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """A text without blank space, full-width signs and digits as half-width ones."""
    kept = "".join(sign for sign in text if not is_blank(sign))
    return unicodedata.normalize("NFKC", kept)


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))


def meaning(section: str, text: str) -> str:
    """The key of a section that a text is a way of writing, with or without a colon; or nothing."""
    return meanings(section).get(plain(text).rstrip(":"), "")


def word(section: str, key: str) -> str:
    """One word or pattern."""
    return str(_file()[section][key])


def words(section: str, key: str) -> tuple[str, ...]:
    """The ways in which one thing is written."""
    return tuple(_file()[section][key])


@cache
def meanings(section: str) -> dict[str, str]:
    """Each way of writing to the key it stands for, over a whole section."""
    return {
        plain(way): key
        for key, ways in _file()[section].items()
        if isinstance(ways, list)
        for way in ways
    }
