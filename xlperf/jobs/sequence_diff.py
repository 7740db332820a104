"""How two sequences differ, piece by piece, in bounded time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from difflib import SequenceMatcher

MOST = 1_000_000  # pairs of equal items; past that what differs is told as one piece

Step = tuple[str, int, int, int, int]  # equal, replace, delete or insert; from, to; from, to


def steps(one: Sequence[Hashable], other: Sequence[Hashable]) -> list[Step]:
    """What difflib tells of two sequences; one piece where all is alike and it would not end."""
    start = _alike(one, other)
    end = _alike(one[start:][::-1], other[start:][::-1])
    mine, theirs = one[start : len(one) - end], other[start : len(other) - end]
    found: list[Step] = [("equal", 0, start, 0, start)] if start else []
    if _pairs(mine, theirs) > MOST:
        found.append(("replace", start, start + len(mine), start, start + len(theirs)))
    else:
        between = SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes()
        found += [
            (kind, i + start, j + start, k + start, m + start) for kind, i, j, k, m in between
        ]
    if end:
        found.append(("equal", len(one) - end, len(one), len(other) - end, len(other)))
    return found


def _alike(one: Sequence[Hashable], other: Sequence[Hashable]) -> int:
    """How many items at the beginning agree."""
    pairs = zip(one, other, strict=False)
    shorter = min(len(one), len(other))
    return next((n for n, (mine, theirs) in enumerate(pairs) if mine != theirs), shorter)


def _pairs(one: Sequence[Hashable], other: Sequence[Hashable]) -> int:
    """How many pairs of equal items there are: what difflib goes through again and again."""
    those = Counter(other)
    return sum(number * those[item] for item, number in Counter(one).items())
