"""No result is written over what is read, nor two results to one file."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import combinations, product
from pathlib import Path

from xlperf.errors import UserError


def keep_apart(sources: Iterable[Path], targets: Iterable[Path]) -> None:
    """Refuse to write over what is read, or two results to one file."""
    results = list(targets)
    for result, other_result in combinations(results, 2):
        if is_same(result, other_result):
            raise UserError("two_results", file=other_result)
    for source, target in product(sources, results) if results else ():
        if is_same(source, target):
            raise UserError("same_file", file=target)


def is_same(path_a: Path, path_b: Path) -> bool:
    """Whether two paths are one file, or would be one where upper and lower case are the same."""
    try:
        if path_a.exists() and path_b.exists():
            return path_a.samefile(path_b)
        path_a, path_b = path_a.resolve(), path_b.resolve()
        names = [unicodedata.normalize("NFC", path.name).casefold() for path in (path_a, path_b)]
        above, beside = path_a.parent, path_b.parent
        together = above.exists() and beside.exists() and above.samefile(beside)
        return names[0] == names[1] and (together or above == beside)
    except (OSError, RuntimeError, ValueError):  # links in a circle, names that no disk can have
        return path_a == path_b
