"""Where a path stands in the printed document: its parts in the order of the record's schema."""

from __future__ import annotations

from functools import cache
from typing import Any

from xlperf.paths import Path
from xlperf.schema import schema

Ranks = dict[str, tuple[int, "Ranks"]]  # of each key: where it stands, and what stands below it

LAST: tuple[int, Ranks] = (1_000_000, {})  # a key that the schema does not know


def place_in_print(path: Path) -> list[int]:
    """Numbers that sort paths as the document prints what they name."""
    place, ranks = [], _ranks()
    for step in path:
        if isinstance(step, int):
            place.append(step)
        else:
            rank, ranks = ranks.get(step, LAST)
            place.append(rank)
    return place


@cache
def _ranks() -> Ranks:
    """Where each part of a record stands, in the order of the schema."""
    return _below(schema())


def _below(node: dict[str, Any]) -> Ranks:
    if "$ref" in node:
        node = schema()["$defs"][node["$ref"].rpartition("/")[2]]
    if "items" in node:
        return _below(node["items"])
    parts = enumerate(node.get("properties", {}).items())
    return {key: (rank, _below(below)) for rank, (key, below) in parts}
