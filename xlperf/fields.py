"""The one table of a record's fields (`fields.toml`), as data and as the questions asked of it.

Whatever goes through fields asks here: the order of keys, the schema, the texts that rules read,
the messages of cells, the columns that an importer keeps. A new field is a row of the table.
"""

from __future__ import annotations

from collections.abc import Container
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from xlperf.toml_entries import tables_of

RECORD_TABLE = "record"  # the table of the document's own keys
GROUP_KIND, LIST_KIND = "group", "list"  # kinds that have fields of their own
COMPOSED_KINDS = ("name", "text", "prose", "target")  # kinds that people compose: rules read them
TIDIED_KINDS = ("heading", "name", "text", "prose")  # kinds whose way of writing can be mended
PROTECTED_KINDS = ("amount", "share", "code", "year", "term")  # kinds that no program may change
FIELD_KINDS = frozenset(
    {
        GROUP_KIND,
        LIST_KIND,
        *COMPOSED_KINDS,
        *TIDIED_KINDS,
        *PROTECTED_KINDS,
        "number",
        "flag",
        "place",
    }
)
PROPERTIES = frozenset({"kind", "many", "word", "asks", "about"})


class Field(NamedTuple):
    """One row of the table: where the field stands (keys joined with /) and what it is."""

    path: str
    kind: str
    many: bool = False
    word: str = ""  # key of the word that forms print for it, "" for none
    asks: str = ""  # key of the message and dropdown of its cell, "" for none
    about: str = ""

    @property
    def key(self) -> str:
        """The last key of the path."""
        return self.path.rpartition("/")[2]

    @property
    def above(self) -> str:
        """The path of the object that it belongs to, "" for the document."""
        return self.path.rpartition("/")[0]


@cache
def table() -> dict[str, Field]:
    """Every field by its path, in the order of the record; ValueError where a row is wrong."""
    return read(_text())


def title() -> str:
    """The title of the record's schema."""
    return str(tables_of(_text())["title"])


def _text() -> str:
    return Path(__file__).with_name("fields.toml").read_text(encoding="utf-8")


def read(text: str) -> dict[str, Field]:
    """The fields of a table's text by path, an object's own after it; ValueError where wrong."""
    objects = tables_of(text)
    result: dict[str, Field] = {}
    _below(objects, RECORD_TABLE, "", result)
    parts = [
        name for name, rows in objects.items() if isinstance(rows, dict) and name != RECORD_TABLE
    ]
    unused = [name for name in parts if name not in result]
    if unused:
        raise ValueError(f"fields.toml: no field has the parts of [{unused[0]}]")
    return result


def _below(objects: dict[str, Any], name: str, above: str, result: dict[str, Field]) -> None:
    if name not in objects:
        raise ValueError(f"fields.toml: [{name}] is missing, a field has these parts")
    for key, row in objects[name].items():
        path = f"{above}/{key}".lstrip("/")
        if row.get("kind") not in FIELD_KINDS or not set(row) <= PROPERTIES:
            raise ValueError(f"fields.toml: [{name}] {key} has an unknown kind or property: {row}")
        result[path] = Field(path, **row)
        if row["kind"] in (GROUP_KIND, LIST_KIND):
            _below(objects, path, path, result)


def keys_of(above: str = "") -> tuple[str, ...]:
    """The keys of an object, in order; "" is the document, "projects/indicators" an indicator."""
    return _keys().get(above, ())


@cache
def _keys() -> dict[str, tuple[str, ...]]:
    """The keys of every object by its path."""
    result: dict[str, list[str]] = {}
    for path in table():
        above, _, key = path.rpartition("/")
        result.setdefault(above, []).append(key)
    return {above: tuple(keys) for above, keys in result.items()}


@cache
def paths(kinds: Container[str], below: str = "") -> tuple[str, ...]:
    """The paths of all fields of some kinds, in order; `below`: only those of this object."""
    prefix = f"{below}/" if below else ""
    return tuple(
        item.path
        for item in table().values()
        if item.kind in kinds and item.path.startswith(prefix)
    )


@cache
def keys(kinds: Container[str], above: str) -> tuple[str, ...]:
    """The keys of an object's own fields of some kinds, in order."""
    below = ((key, f"{above}/{key}".lstrip("/")) for key in keys_of(above))
    return tuple(key for key, path in below if table()[path].kind in kinds)


@cache
def asking(below: str) -> dict[str, str]:
    """The fields below an object that have a message: path from there to the message's key."""
    prefix = f"{below}/" if below else ""
    return {
        item.path.removeprefix(prefix): item.asks
        for item in table().values()
        if item.asks and item.path.startswith(prefix)
    }


@cache
def is_fixed(path: str) -> bool:
    """Whether no program may change a field: by its kind, or as a group of nothing else."""
    field = table().get(path)
    if field is None or field.kind == LIST_KIND:
        return False
    if field.kind == GROUP_KIND:
        return all(is_fixed(f"{path}/{key}") for key in keys_of(path))
    return field.kind in PROTECTED_KINDS
