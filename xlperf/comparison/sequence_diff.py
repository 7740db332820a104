"""How two sequences differ, piece by piece, in bounded time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from difflib import SequenceMatcher

MOST_EQUAL_PAIRS = 1_000_000  # pairs of equal items; past that what differs is told as one piece

EditStep = tuple[str, int, int, int, int]  # equal, replace, delete or insert; from, to; from, to


def steps(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[EditStep]:
    """The steps from one sequence to the other, as difflib's opcodes: (tag, i1, i2, j1, j2).

    What agrees at both ends is taken off first; the rest is one "replace" where it has so many
    equal pairs that difflib would not come to an end.
    """
    start = _alike(before, after)
    end = _alike(before[start:][::-1], after[start:][::-1])
    before_middle, after_middle = before[start : len(before) - end], after[start : len(after) - end]
    result: list[EditStep] = [("equal", 0, start, 0, start)] if start else []
    if _pairs(before_middle, after_middle) > MOST_EQUAL_PAIRS:
        result.append(
            ("replace", start, start + len(before_middle), start, start + len(after_middle))
        )
    else:
        between = SequenceMatcher(None, before_middle, after_middle, autojunk=False).get_opcodes()
        result += [
            (kind, i + start, j + start, k + start, m + start) for kind, i, j, k, m in between
        ]
    if end:
        result.append(("equal", len(before) - end, len(before), len(after) - end, len(after)))
    return result


def _alike(before: Sequence[Hashable], after: Sequence[Hashable]) -> int:
    """How many items at the beginning agree."""
    pairs = zip(before, after, strict=False)
    shorter = min(len(before), len(after))
    return next((n for n, (old, new) in enumerate(pairs) if old != new), shorter)


def _pairs(before: Sequence[Hashable], after: Sequence[Hashable]) -> int:
    """How many pairs of equal items there are: what difflib goes through again and again."""
    counts = Counter(after)
    return sum(number * counts[item] for item, number in Counter(before).items())
