"""The table of what a host may be asked (`host_members.toml`), as Python."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class ObjectType:
    """One type of object: what it leads to, what can be got from it, put to it, called on it."""

    name: str
    links: Mapping[str, str]  # a member, and the type of what it gives
    get: frozenset[str]
    put: frozenset[str]
    call: Mapping[str, tuple[str, ...]]  # a method, and the names of its arguments
    items: str = ""  # the type of what `object(which)` gives


MACRO_ENTRY = "inside"  # the entry that is no type: what the add-in's macro answers


@cache
def _table() -> dict[str, dict[str, Any]]:
    text = Path(__file__).with_name("host_members.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def inside() -> Mapping[str, Sequence[str]]:
    """What the add-in's macro answers: links, and members to get, put and call, in its order."""
    return _table()[MACRO_ENTRY]


@cache
def types() -> Mapping[str, ObjectType]:
    """Every type by its name."""
    return {
        name: ObjectType(
            name,
            entry.get("links", {}),
            frozenset(entry.get("get", ())),
            frozenset(entry.get("put", ())),
            {method: tuple(names) for method, names in entry.get("call", {}).items()},
            entry.get("items", ""),
        )
        for name, entry in _table().items()
        if name != MACRO_ENTRY
    }


def as_data() -> dict[str, dict[str, object]]:
    """The table as interpreters take it: JSON values, sorted."""
    return {
        name: {
            "links": dict(sorted(kind.links.items())),
            "items": kind.items,
            "get": sorted(kind.get),
            "put": sorted(kind.put),
            "call": {method: list(names) for method, names in sorted(kind.call.items())},
        }
        for name, kind in sorted(types().items())
    }
