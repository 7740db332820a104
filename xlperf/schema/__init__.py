"""The record's JSON Schema, and what a record does against it, as data.

Raw jsonschema text never reaches a user: a fault is a path, a keyword and what was expected,
which `rules.families.shape` turns into a finding in the user's words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import fastjsonschema
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from xlperf.paths import Path
from xlperf.schema.building import made


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


@cache
def validator() -> Draft202012Validator:
    """The validator of the record's schema; building it costs more than using it."""
    return Draft202012Validator(schema())


@cache
def _quick() -> Callable[[object], object]:
    """The same schema compiled to plain Python: thirty times faster, but it stops at once."""
    compiled: Callable[[object], object] = fastjsonschema.compile(schema())
    return compiled


def is_valid(record: object) -> bool:
    """Whether a record has no fault of shape."""
    try:
        _quick()(record)
    except fastjsonschema.JsonSchemaValueException:
        return False
    return True


def faults(record: object) -> list[Fault]:
    """Every fault of shape, in the order of paths; none for a valid record."""
    if is_valid(record):
        return []
    errors = sorted(
        validator().iter_errors(record), key=lambda e: [str(s) for s in e.absolute_path]
    )
    return [fault for error in errors for fault in _faults(error)]


def _faults(error: ValidationError) -> Iterator[Fault]:
    path: Path = tuple(error.absolute_path)
    wanted: Any = error.validator_value
    if error.validator == "required":
        missing = next(key for key in wanted if repr(key) in error.message)
        yield Fault("missing", (*path, missing))
    elif error.validator == "additionalProperties":
        allowed: Any = error.schema
        instance: Any = error.instance
        for key in (key for key in instance if key not in allowed["properties"]):
            yield Fault("unknown", (*path, key))
    else:
        expected = (wanted,) if isinstance(wanted, str) else tuple(wanted)
        yield Fault("wrong_type", path, expected, kind_of(error.instance))


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
