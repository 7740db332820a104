"""Where a path stands in the printed document: its parts in the order of the table of fields."""

from __future__ import annotations

from functools import cache

from xlperf.fields import keys_of
from xlperf.paths import RecordPath

Ranks = dict[str, tuple[int, "Ranks"]]  # of each key: where it stands, and what stands below it

LAST_RANK: tuple[int, Ranks] = (1_000_000, {})  # a key that the table does not know


def place_in_print(path: RecordPath) -> list[int]:
    """A sort key for paths in the order of print: positions, and ranks of keys among the fields."""
    place, ranks = [], _ranks()
    for step in path:
        if isinstance(step, int):
            place.append(step)
        else:
            rank, ranks = ranks.get(step, LAST_RANK)
            place.append(rank)
    return place


@cache
def _ranks(path: str = "") -> Ranks:
    """Where each part of a record stands, in the order of the fields."""
    parts = enumerate(keys_of(path))
    return {key: (rank, _ranks(f"{path}/{key}".lstrip("/"))) for rank, key in parts}
