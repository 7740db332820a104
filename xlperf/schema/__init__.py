"""The record's JSON Schema, and what a record does against it, as data.

A fault is a path, a kind and what was expected, which `rules.families.shape` turns into a finding
in the user's words. Of JSON Schema the record's needs types, properties and items only: one walk
asks for them, and a test holds it to what a validator of the whole standard says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from xlperf.paths import Path
from xlperf.schema.building import made

PLAIN = {  # Python's types of JSON's, each value of which is of that type
    "string": (str,),
    "number": (int, float, Decimal),
    "integer": (int,),
    "boolean": (bool,),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of shape: `wrong_type`, `missing` or `unknown`.

    `expected`, `found`: JSON's names of types, for `wrong_type` only.
    """

    kind: str
    path: Path
    expected: tuple[str, ...] = ()
    found: str = ""


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema of the record (draft 2020-12), built from the table of fields.

    `record.schema.json` beside this module is its published form.
    """
    return made()


def is_valid(record: object) -> bool:
    """Whether a record has no fault of shape."""
    return not any(_faults(record, _shape(), ()))


def faults(record: object) -> list[Fault]:
    """Every fault of shape, in the order of paths; none for a valid record."""
    return sorted(_faults(record, _shape(), ()), key=_place)


def _place(fault: Fault) -> list[str]:
    """The path of the object that lacks a key or has one too many, else of the value itself."""
    return [str(step) for step in (fault.path if fault.found else fault.path[:-1])]


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the schema says of one value, as it is asked of each.

    `names`: JSON's names of its types; `plain`: the Python types of which every value fits;
    `parts`: of an object, by key; `items`: of the elements of an array.
    """

    names: tuple[str, ...]
    plain: frozenset[type]
    parts: Mapping[str, _Shape]
    required: tuple[str, ...]
    items: _Shape | None

    def fits(self, value: object) -> bool:
        """Whether a value is of one of the types; booleans are no numbers."""
        name = kind_of(value)
        whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
        return name in self.names or (name == "number" and whole and "integer" in self.names)


@cache
def _shape() -> _Shape:
    return _shape_of(schema())


def _shape_of(part: Mapping[str, Any]) -> _Shape:
    names = (part["type"],) if isinstance(part["type"], str) else tuple(part["type"])
    return _Shape(
        names,
        frozenset(kind for name in names for kind in PLAIN.get(name, ())),
        {key: _shape_of(below) for key, below in part.get("properties", {}).items()},
        tuple(part.get("required", ())),
        _shape_of(part["items"]) if "items" in part else None,
    )


def _faults(value: Any, shape: _Shape, path: Path) -> Iterator[Fault]:
    """The faults of a value and of all below it; what has a plain type is not looked into."""
    if not shape.fits(value):
        yield Fault("wrong_type", path, shape.names, kind_of(value))
    elif isinstance(value, dict):
        yield from (Fault("missing", (*path, key)) for key in shape.required if key not in value)
        for key, item in value.items():
            part = shape.parts.get(key)
            if part is None:
                yield Fault("unknown", (*path, key))
            elif type(item) not in part.plain:
                yield from _faults(item, part, (*path, key))
    elif shape.items is not None:
        for number, item in enumerate(value):
            if type(item) not in shape.items.plain:
                yield from _faults(item, shape.items, (*path, number))


def kind_of(value: object) -> str:
    """The JSON name of a value's type."""
    names: tuple[tuple[type, str], ...] = (
        (bool, "boolean"),
        (str, "string"),
        (list, "array"),
        (dict, "object"),
        (type(None), "null"),
    )
    return next((name for kind, name in names if isinstance(value, kind)), "number")
