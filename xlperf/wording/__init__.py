"""Words a user sees: one folder a language, and one file for the words printed on official papers.

`say` speaks the user's language; `official` gives the text of a form, the same in every language.
"""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

from xlperf.toml_entries import entries_of, value_of

LANGUAGES = ("zh", "en")

_language: ContextVar[str] = ContextVar("language", default="zh")


def use(language: str) -> None:
    """Speak "zh" or "en" from now on."""
    _language.set(language)


def language() -> str:
    """The language spoken now."""
    return _language.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language within a `with` block, and the one before it afterwards."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


def users_language() -> str:
    """XLPERF_LANG if it names a language, else Chinese for a Chinese locale, else English."""
    wished = os.environ.get("XLPERF_LANG", "").lower()[:2]
    if wished in LANGUAGES:
        return wished
    return "zh" if _locale().lower().startswith(("zh", "chinese")) else "en"


def _locale() -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value
    if sys.platform == "win32":  # pragma: no cover - Windows only
        return str(locale.getlocale()[0] or "")
    return ""


def say(key: str, /, **facts: object) -> str:
    """The sentence under a dotted key in the language spoken now, its facts filled in.

    KeyError where the language has no such sentence, or a fact of it is missing.
    """
    return text(language(), key).format(**facts)


def has(key: str) -> bool:
    """Whether the language spoken now has a sentence under this key."""
    return _is_sentence(language(), key)


def text(lang: str, key: str) -> str:
    """The sentence as it stands in the file of `lang` ("zh", "en", "official"), braces and all."""
    return _sentence(lang, key)


def official(key: str) -> str:
    """A text printed on the official forms: Chinese in every language."""
    return _sentence("official", key)


def has_official(key: str) -> bool:
    """Whether the official words have a text under this key."""
    return _is_sentence("official", key)


def official_list(key: str) -> tuple[str, ...]:
    """A list of words printed on the official forms."""
    return tuple(_value("official", key))


def official_table(key: str) -> dict[str, Any]:
    """A table of the official words, such as level 1 to its level 2."""
    within = [name for name in _entries("official") if name.startswith(f"{key}.")]
    return {name.removeprefix(f"{key}."): _value("official", name) for name in within}


def sentences(*prefixes: str) -> Iterator[str]:
    """Every sentence, in every language, whose key begins in one of these ways."""
    for lang in LANGUAGES:
        matching_keys = (key for key in _entries(lang) if key.startswith(prefixes))
        yield from (text(lang, key) for key in matching_keys if _is_sentence(lang, key))


def officials() -> Iterator[str]:
    """Every text and word that is printed on the official forms, the keys of tables among them."""
    for key in _entries("official"):
        value = _value("official", key)
        yield from key.split(".")
        yield from [value] if isinstance(value, str) else value if isinstance(value, list) else ()


def keys(lang: str) -> frozenset[str]:
    """Every key a language has a sentence for."""
    return frozenset(key for key in _entries(lang) if _is_sentence(lang, key))


def _sentence(name: str, key: str) -> str:
    """One sentence; KeyError where there is none."""
    if not _is_sentence(name, key):
        raise KeyError(key)
    sentence: str = _value(name, key)
    return sentence


def _is_sentence(name: str, key: str) -> bool:
    return key in _entries(name) and isinstance(_value(name, key), str)


@cache
def _value(name: str, key: str) -> Any:
    """A text or a list as it stands in its file; KeyError where there is none."""
    return value_of(_entries(name)[key])


@cache
def _entries(name: str) -> dict[str, str]:
    """The entries of `official.toml`, or of all the files of a language's folder."""
    here = Path(__file__).parent
    if name == "official":
        return entries_of([here / "official.toml"])
    files = [file for file in here.joinpath(name).iterdir() if file.name.endswith(".toml")]
    return entries_of(sorted(files, key=lambda file: file.name))
