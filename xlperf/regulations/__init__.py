"""The documents that rules cite, as data, and how far each was checked.

That is said once, at the head of a catalogue or a report, and on a rule's own page; a citation in a
finding is the document only. A source is written `88/completeness`: a document, and what of it. No
article is ever cited.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from xlperf.wording import language, say


@dataclass(frozen=True, slots=True)
class Regulation:
    """One document: its short name, its key in a rule's source, what it is, how far checked."""

    short: str
    key: str
    title: str
    title_en: str
    status: str
    number: str = ""
    number_en: str = ""
    date: str = ""


def cite(source: str, *, noted: bool = False) -> str:
    """A source in the user's language; if wished, with how far its text was checked."""
    document, _, dimension = _parted(source)
    cited = _by_name()[document]
    chinese = language() == "zh"
    title = cited.title if chinese else cited.title_en
    number = cited.number if chinese else cited.number_en
    note = _words("status", cited.status) if noted else ""
    form = f"regulation.{'numbered' if number else 'plain'}{'' if dimension else '_whole'}"
    text = say(form, number=number, title=title, dimension=_dimension(dimension))
    return say("regulation.noted", cited=text, note=note) if note else text


def heading(source: str) -> str:
    """The heading of a review that a source's dimension belongs to; "" for none."""
    key = _dimension_key(_parted(source)[2])
    table: dict[str, list[str]] = _file()["review"]
    return next((name for name, keys in table.items() if key in keys), "")


def _parted(source: str) -> tuple[str, str, str]:
    """Document, slash, dimension; a document's own name may have a slash in it."""
    if source in _by_name():
        return source, "", ""
    return source.rpartition("/")


def _dimension(name: str) -> str:
    key = _dimension_key(name)
    return _words("dimensions", key) if key else name


def _dimension_key(name: str) -> str | None:
    """A dimension by its key or by its Chinese name."""
    table: dict[str, dict[str, str]] = _file()["dimensions"]
    return next((key for key, names in table.items() if name in (key, names["zh"])), None)


def _words(table: str, key: str) -> str:
    return str(_file()[table][key][language()])


@cache
def _by_name() -> dict[str, Regulation]:
    """Documents by their short names and by their keys."""
    result: dict[str, Regulation] = {}
    for short, table in _file().items():
        if "key" in table:
            facts = {name: str(value) for name, value in table.items()}
            result[short] = result[table["key"]] = Regulation(short=short, **facts)
    return result


@cache
def _file() -> dict[str, Any]:
    text = Path(__file__).with_name("regulations.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
