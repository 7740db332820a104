"""Paths into the record: a tuple of keys and positions names one place everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

RecordPath = tuple[str | int, ...]

T = TypeVar("T")


def get(node: Any, path: RecordPath) -> Any:
    """The value at a path, or None where the record has nothing there."""
    for step in path:
        if isinstance(node, dict):
            node = node.get(step)
        elif isinstance(node, list) and isinstance(step, int) and 0 <= step < len(node):
            node = node[step]
        else:
            return None
    return node


def put(node: dict[str, Any], path: RecordPath, value: object) -> None:
    """Set the value at a path of keys, making the dictionaries on the way."""
    *parents, last = path
    for step in parents:
        node = node.setdefault(str(step), {})
    node[str(last)] = value


def nearest(path: RecordPath, places: Mapping[RecordPath, T]) -> T | None:
    """The place of a path, or of its nearest parent that has one."""
    for end in range(len(path), -1, -1) if places else ():
        if path[:end] in places:
            return places[path[:end]]
    return None
