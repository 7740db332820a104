"""Where a path stands in the printed document: its parts in the order of the record's schema."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from xlperf.paths import Path
from xlperf.schema import schema


def place_in_print(path: Path) -> list[int]:
    """Numbers that sort paths as the document prints what they name."""
    keys, place, ranks = "", [], _ranks()
    for step in path:
        keys += f"/{step}" if isinstance(step, str) else ""
        place.append(step if isinstance(step, int) else ranks.get(keys, len(ranks)))
    return place


@cache
def _ranks() -> dict[str, int]:
    """Where each part of a record stands, by its keys, in the order of the schema."""
    return {keys: rank for rank, keys in enumerate(_keys(schema(), ""))}


def _keys(node: dict[str, Any], above: str) -> Iterator[str]:
    node = schema()["$defs"][node["$ref"].rpartition("/")[2]] if "$ref" in node else node
    for key, below in node.get("properties", {}).items():
        yield f"{above}/{key}"
        yield from _keys(below, f"{above}/{key}")
    yield from _keys(node["items"], above) if "items" in node else ()
