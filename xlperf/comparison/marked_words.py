"""Two texts side by side, with the words that differ marked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xlperf.comparison.sequence_diff import EditStep, steps

# a number, a word, one other sign
WORD_PATTERN = re.compile(r"[0-9][0-9,.]*%?|[A-Za-z]+|\s+|.", re.DOTALL)
FEWEST_COMMON_SIGNS = 2  # signs in common between two differences; fewer are taken into them


@dataclass(frozen=True, slots=True)
class DiffPiece:
    """A piece of a text: whether the other text has it too."""

    text: str
    same: bool


DiffSide = list[DiffPiece]


def marked(before: str, after: str) -> tuple[DiffSide, DiffSide]:
    """Both texts in pieces; numbers and Latin words are never cut, slivers in common not kept."""
    old, new = WORD_PATTERN.findall(before), WORD_PATTERN.findall(after)
    left: DiffSide = []
    right: DiffSide = []
    for tag, i, j, k, m in _without_slivers(steps(old, new), old):
        if j > i:
            left.append(DiffPiece("".join(old[i:j]), tag == "equal"))
        if m > k:
            right.append(DiffPiece("".join(new[k:m]), tag == "equal"))
    return left, right


def _without_slivers(edit_steps: list[EditStep], old: list[str]) -> list[EditStep]:
    """Steps in which a short piece in common between two differences is part of them."""
    result: list[EditStep] = []
    for n, (tag, *at) in enumerate(edit_steps):
        between = 0 < n < len(edit_steps) - 1
        if tag == "equal" and between and len("".join(old[at[0] : at[1]])) < FEWEST_COMMON_SIGNS:
            tag = "replace"  # noqa: PLW2901 - one sign alone says nothing
        kind = tag if tag == "equal" else "replace"
        if result and kind == "replace" and result[-1][0] == "replace":
            _, i, _, k, _ = result[-1]
            result[-1] = ("replace", i, at[1], k, at[3])
        else:
            result.append((kind, at[0], at[1], at[2], at[3]))
    return result
