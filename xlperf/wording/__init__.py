"""Words a user sees: one folder a language, and one file for the words printed on official papers.

`say` speaks the user's language; `official` gives the text of a form, the same in every language.
"""

from __future__ import annotations

import locale
import os
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

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
    return key in _sentences(language())


def text(lang: str, key: str) -> str:
    """The sentence as it stands in the file of `lang` ("zh", "en", "official"), braces and all."""
    return _sentences(lang)[key]


def official(key: str) -> str:
    """A text printed on the official forms: Chinese in every language."""
    return _sentences("official")[key]


def has_official(key: str) -> bool:
    """Whether the official words have a text under this key."""
    return key in _sentences("official")


def official_list(key: str) -> tuple[str, ...]:
    """A list of words printed on the official forms."""
    return tuple(_table("official", key))


def official_table(key: str) -> dict[str, Any]:
    """A table of the official words, such as level 1 to its level 2."""
    return dict(_table("official", key))


def sentences(*prefixes: str) -> Iterator[str]:
    """Every sentence, in every language, whose key begins in one of these ways."""
    for lang in LANGUAGES:
        yield from (text for key, text in _sentences(lang).items() if key.startswith(prefixes))


def officials() -> Iterator[str]:
    """Every text and every word of the lists that are printed on the official forms."""
    return _words(_file("official"))


def _words(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict | list):
        for part in [*node, *node.values()] if isinstance(node, dict) else node:
            yield from _words(part)


def keys(lang: str) -> frozenset[str]:
    """Every key a language has a sentence for."""
    return frozenset(_sentences(lang))


@cache
def _file(name: str) -> dict[str, Any]:
    """`official.toml`, or all the files of a language's folder as one."""
    here = Path(__file__).parent
    if name == "official":
        return tomllib.loads(here.joinpath("official.toml").read_text(encoding="utf-8"))
    merged: dict[str, Any] = {}
    for file in sorted(here.joinpath(name).iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            _merge(merged, tomllib.loads(file.read_text(encoding="utf-8")), file.name)
    return merged


def _merge(merged: dict[str, Any], part: dict[str, Any], file: str) -> None:
    """A table may stand in several files; a sentence in one only."""
    for key, value in part.items():
        if isinstance(value, dict) and isinstance(merged.setdefault(key, {}), dict):
            _merge(merged[key], value, file)
        elif key in merged:
            raise ValueError(f"said twice: {key} ({file})")
        else:
            merged[key] = value


@cache
def _sentences(name: str) -> dict[str, str]:
    return dict(_flat(_file(name), ""))


@cache
def _table(name: str, key: str) -> Any:
    node: Any = _file(name)
    for step in key.split("."):
        node = node[step]
    return node


def _flat(node: dict[str, Any], prefix: str) -> list[tuple[str, str]]:
    result: list[tuple[str, str]] = []
    for key, value in node.items():
        if isinstance(value, dict):
            result += _flat(value, f"{prefix}{key}.")
        elif isinstance(value, str):
            result.append((prefix + key, value))
    return result
