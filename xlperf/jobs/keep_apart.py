"""No result is written over what is read, nor two results to one file."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import combinations, product
from pathlib import Path

from xlperf.errors import UserError


def keep_apart(sources: Iterable[Path], targets: Iterable[Path]) -> None:
    """Refuse to write over what is read, or two results to one file."""
    listed = list(targets)
    for one, other in combinations(listed, 2):
        if is_same(one, other):
            raise UserError("two_results", file=other)
    for source, target in product(sources, listed) if listed else ():
        if is_same(source, target):
            raise UserError("same_file", file=target)


def is_same(one: Path, other: Path) -> bool:
    """Whether two paths are one file, or would be one where upper and lower case are the same."""
    try:
        if one.exists() and other.exists():
            return one.samefile(other)
        one, other = one.resolve(), other.resolve()
        names = [unicodedata.normalize("NFC", path.name).casefold() for path in (one, other)]
        above, beside = one.parent, other.parent
        together = above.exists() and beside.exists() and above.samefile(beside)
        return names[0] == names[1] and (together or above == beside)
    except (OSError, RuntimeError, ValueError):  # links in a circle, names that no disk can have
        return one == other
