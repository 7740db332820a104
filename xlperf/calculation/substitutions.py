"""SUBSTITUTE within SUBSTITUTE within ..., as our formulas tidy texts: done in few passes.

Constant signs are replaced character by character in one pass; a longer word takes a pass of its
own. The result is that of one replacement after the other, since each of a single sign looks at
one character only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from xlperf.calculation.book import Calculation, Sheet
from xlperf.calculation.syntax import Call, Literal, Node
from xlperf.calculation.values import text_of
from xlperf.layout import Coord

Pass = Callable[[str], str]


class _Signs(dict[int, Any]):
    """What becomes of each character; of one that is not named, itself."""

    def __missing__(self, code: int) -> int:
        self[code] = code
        return code


def substitutions(node: Call, many: bool, build: Any) -> tuple[Calculation, bool] | None:
    """The calculation of nested replacements of constants; None where there are none."""
    pairs: list[tuple[str, str]] = []
    inner: Node = node
    while isinstance(inner, Call) and inner.name == "SUBSTITUTE" and len(inner.arguments) == 3:
        old, new = (_constant(argument) for argument in inner.arguments[1:])
        if not old or new is None:
            break
        pairs.append((old, new))
        inner = inner.arguments[0]
    if not pairs:
        return None
    part, is_many = build(inner, many)
    if is_many:
        return None
    passes = _passes(pairs[::-1])

    def calculation(sheet: Sheet, places: Sequence[Any], at: Coord) -> str:
        text = text_of(part(sheet, places, at))
        if text:
            for replaced in passes:
                text = replaced(text)
        return text

    return calculation, False


def _constant(node: Node) -> str | None:
    """A text that is the same for every cell; None of anything else."""
    if isinstance(node, Literal) and isinstance(node.value, str):
        return node.value
    if isinstance(node, Call) and node.name == "CHAR" and isinstance(node.arguments[0], Literal):
        code = node.arguments[0].value
        return chr(code) if isinstance(code, int) and 0 < code < 128 else None
    return None


def _passes(pairs: list[tuple[str, str]]) -> list[Pass]:
    """The replacements in their order, those of single signs in a row taken together."""
    passes: list[Pass] = []
    signs: list[tuple[str, str]] = []
    for old, new in pairs:
        if len(old) == 1:
            signs.append((old, new))
            continue
        passes += [*_together(signs), _replacement(old, new)]
        signs = []
    return [*passes, *_together(signs)]


def _together(pairs: list[tuple[str, str]]) -> list[Pass]:
    if not pairs:
        return []
    table = _Signs()
    for sign in {character for pair in pairs for character in "".join(pair)}:
        text = sign
        for old, new in pairs:
            text = text.replace(old, new)
        table[ord(sign)] = text
    return [lambda text: text.translate(table)]


def _replacement(old: str, new: str) -> Pass:
    return lambda text: text.replace(old, new)
