"""Findings that blame a source for what its layout does not have.

Where the layout is known, its edition says what has to be filled in. Of a source whose layout is
not known only the fields count that it fills in somewhere: what it lacks everywhere it has no
place for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol, TypeVar

from xlperf.editions import UNKNOWN_EDITION
from xlperf.paths import RecordPath, get
from xlperf.record import Raw

OF_THE_EDITION = {"STR005", "STR008", "STR009", "STR010", "STR012"}  # judge by its words, or habits
ABOUT_UNITS = {"VAL408", "VAL416"}  # of a target, whose unit may have a column of its own
DEPARTMENT_FIELDS = {
    "overall_goal",
    "activities",
    "safeguards",
    "region",
    "department",
    "fiscal_year",
    "units",
}


class HasPath(Protocol):
    """What `without_lacking` reads of a finding: code and path."""

    @property
    def code(self) -> str:
        """The rule's code."""

    @property
    def path(self) -> RecordPath:
        """Where it is."""


F = TypeVar("F", bound=HasPath)


def without_lacking(findings: Iterable[F], record: Raw) -> list[F]:
    """The findings without those about what an unknown layout has no place for."""
    if record.get("edition") != UNKNOWN_EDITION:
        return list(findings)
    return [
        item
        for item in findings
        if item.code not in OF_THE_EDITION and _says_something(record, item.path)
    ]


def _says_something(record: Raw, path: RecordPath) -> bool:
    """Whether a field says something, or does so elsewhere in the record."""
    if not path or path[0] not in (*DEPARTMENT_FIELDS, "projects"):
        return True
    return any(True for _ in _values(record, path))


def _values(node: Any, path: RecordPath) -> Iterable[Any]:
    """What stands at a path, or at one that differs from it in positions alone."""
    if not path:
        if node not in (None, "", [], {}):
            yield node
        return
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        for item in node if isinstance(node, list) else ():
            yield from _values(item, rest)
    else:
        yield from _values(get(node, (step,)) if isinstance(node, dict) else None, rest)
