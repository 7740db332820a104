"""The words of `words.toml`, and texts made comparable with them."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from xlperf.documents.blocks.source import is_blank
from xlperf.editions import TRAITS
from xlperf.fields import keys_of, table


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """A text without blank space, full-width signs and digits as half-width ones."""
    visible = "".join(sign for sign in text if not is_blank(sign))
    return unicodedata.normalize("NFKC", visible)


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))


def meaning(section: str, text: str) -> str:
    """The key of a section that a text is a way of writing, with or without a colon; or nothing."""
    return meanings(section).get(plain(text).rstrip(":"), "")


def word(section: str, key: str) -> str:
    """The one word or pattern that a key of a section stands for."""
    return str(_file()[section][key])


@cache
def words(section: str, key: str) -> tuple[str, ...]:
    """The ways in which one thing is written; levels are those of all editions, too."""
    ways = tuple(_file()[section][key])
    return tuple(dict.fromkeys((*ways, *_levels(key)))) if section == "levels" else ways


def _levels(key: str) -> Iterator[str]:
    for traits in TRAITS.values():
        yield from traits.levels if key == "level1" else traits.second_levels()


def is_page_number(text: str) -> bool:
    """Whether a head or foot of a page is nothing but the page's number."""
    return any(re.fullmatch(way, plain(text)) for way in words("margin", "page"))


@cache
def meanings(section: str) -> dict[str, str]:
    """Each way of writing to the key it stands for, over a whole section.

    Labels and titles of columns are those of all editions, too.
    """
    by_way = {
        plain(way): key
        for key, ways in _file()[section].items()
        if isinstance(ways, list)
        for way in ways
    }
    return {**dict(_of_editions(OBJECTS[section])), **by_way} if section in OBJECTS else by_way


OBJECTS = {"table": "projects", "columns": "projects/indicators"}  # whose fields a section labels


def _of_editions(above: str) -> Iterator[tuple[str, str]]:
    """What the editions print for the fields of an object, with the fields' keys."""
    for traits in TRAITS.values():
        for key in keys_of(above):
            word = table()[f"{above}/{key}"].word
            if word and f"{above}/{key}" in traits.fields:
                yield plain(traits.word(word)), key
