"""Findings that say at once what others say cell by cell: these are left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol, TypeVar

from xlperf.paths import RecordPath
from xlperf.rules.further_places import OtherPlace

# by the code of the finding that says it all: how many steps of its paths name the whole part, and
# the codes that are said of each of the part's cells
COVERS: Mapping[str, tuple[int, tuple[str, ...]]] = {
    "STR040": (2, ("STR006", "STR011")),
    "STR041": (4, ("STR011",)),
}


class Coverable(Protocol):
    """What `uncovered` reads of a finding: code, path and other places."""

    @property
    def code(self) -> str:
        """Its rule's code."""

    @property
    def path(self) -> RecordPath:
        """Where it is in the record."""

    @property
    def also(self) -> tuple[OtherPlace, ...]:
        """Its other places."""


F = TypeVar("F", bound=Coverable)


def uncovered(findings: Iterable[F]) -> list[F]:
    """The findings, without those that say of a cell what another one says of its whole part."""
    listed = list(findings)
    parts: set[tuple[str, RecordPath]] = set()
    for finding in listed:
        if finding.code in COVERS:
            steps, codes = COVERS[finding.code]
            paths = (finding.path, *(item.path for item in finding.also))
            parts.update((code, path[:steps]) for code in codes for path in paths)
    if not parts:
        return listed
    lengths = {len(path) for _, path in parts}
    return [
        item
        for item in listed
        if not any((item.code, item.path[:length]) in parts for length in lengths)
    ]
