"""The record's JSON Schema, and what a record does against it, as data.

Raw jsonschema text never reaches a user: a fault is a path, a kind and what was expected, which
`rules.families.document.shape` turns into a finding in the user's words. One quick walk says
whether there is any fault, as nearly never; what it is says jsonschema, loaded for that alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from xlperf.paths import RecordPath
from xlperf.schema.building import build_schema

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

PYTHON_TYPES = {  # Python's types of JSON's, each value of which is of that type
    "string": (str,),
    "number": (int, float, Decimal),
    "integer": (int,),
    "boolean": (bool,),
}
KINDS_OF_PARTS: Mapping[type, str] = {dict: "object", list: "array"}  # of what has parts


class Fault(NamedTuple):
    """One fault of shape: `wrong_type`, `missing` or `unknown`.

    `expected`, `actual`: JSON's names of types, for `wrong_type` only.
    """

    kind: str
    path: RecordPath
    expected: tuple[str, ...] = ()
    actual: str = ""


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema of the record (draft 2020-12), built from the table of fields.

    `record.schema.json` beside this module is its published form.
    """
    return build_schema()


@cache
def validator() -> Draft202012Validator:
    """The validator of the record's schema; building it costs more than using it."""
    from jsonschema import Draft202012Validator

    return Draft202012Validator(schema())


def is_valid(record: object) -> bool:
    """Whether a record has no fault of shape."""
    return _is_sound(record, _shape())


def faults(record: object) -> list[Fault]:
    """Every fault of shape, in the order of paths; none for a valid record."""
    if is_valid(record):
        return []
    errors = sorted(
        validator().iter_errors(record), key=lambda e: [str(s) for s in e.absolute_path]
    )
    return [fault for error in errors for fault in _faults(error)]


def _faults(error: ValidationError) -> Iterator[Fault]:
    path: RecordPath = tuple(error.absolute_path)
    keyword_value: Any = error.validator_value
    if error.validator == "required":
        missing = next(key for key in keyword_value if repr(key) in error.message)
        yield Fault("missing", (*path, missing))
    elif error.validator == "additionalProperties":
        allowed: Any = error.schema
        instance: Any = error.instance
        for key in (key for key in instance if key not in allowed["properties"]):
            yield Fault("unknown", (*path, key))
    else:
        expected = (keyword_value,) if isinstance(keyword_value, str) else tuple(keyword_value)
        yield Fault("wrong_type", path, expected, kind_of(error.instance))


class _Shape(NamedTuple):
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
        if type(value) in KINDS_OF_PARTS:
            return KINDS_OF_PARTS[type(value)] in self.names
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
        frozenset(kind for name in names for kind in PYTHON_TYPES.get(name, ())),
        {key: _shape_of(below) for key, below in part.get("properties", {}).items()},
        tuple(part.get("required", ())),
        _shape_of(part["items"]) if "items" in part else None,
    )


def _is_sound(value: Any, shape: _Shape) -> bool:
    """Whether a value and all below it fit; what has a plain type is not looked into."""
    if not shape.fits(value):
        return False
    if isinstance(value, dict):
        parts = shape.parts
        for key, item in value.items():
            part = parts.get(key)
            if part is None or (type(item) not in part.plain and not _is_sound(item, part)):
                return False
        return all(map(value.__contains__, shape.required))
    below = shape.items
    return below is None or all(
        type(item) in below.plain or _is_sound(item, below) for item in value
    )


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
