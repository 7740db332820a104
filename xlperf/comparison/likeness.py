"""How alike two texts are, blanks aside: a number from 0 to 1."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from xlperf.record import without_unseen

LONGEST_COMPARED_TEXT = 2000  # characters of a text that are looked at


def squeezed(value: object) -> str:
    """A value as text without blanks, line breaks and signs of no width."""
    return "".join(without_unseen(str(value)).split())


@lru_cache(maxsize=8192)
def _pairs(text: str) -> frozenset[str]:
    signs = squeezed(text)[:LONGEST_COMPARED_TEXT]
    return frozenset(map("".join, pairwise(signs))) or frozenset(signs)


def likeness(text: object, other: object) -> float:
    """The share of neighbouring characters in common (Dice): 1 for the same text, 0 for none."""
    pairs, others = _pairs(str(text)), _pairs(str(other))
    pair_count = len(pairs) + len(others)
    return 2 * len(pairs & others) / pair_count if pair_count else 0.0
