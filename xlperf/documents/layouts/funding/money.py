"""Money as printed: what a sum is counted in, looked for nearest first, and sums made yuan.

A unit is glued to the number, stands in brackets in a label or title, is stated in the table or
above it, or once for the whole document. Where several statements differ and none is near, the
unit is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise

from xlperf.documents.blocks.source import Block, Paragraph, Piece, Table
from xlperf.documents.layouts.titles import entry, words_of
from xlperf.documents.words import plain


@dataclass(frozen=True, slots=True)
class MoneyUnit:
    """A unit of money: the word as printed, and how many yuan it is; None for other currencies."""

    word: str
    yuan: Decimal | None


@dataclass(frozen=True, slots=True)
class Statement:
    """A unit that a document states, and the piece that states it."""

    unit: MoneyUnit
    piece: Piece


@cache
def unit_pattern() -> str:
    """What a unit of money looks like, as a part of regular expressions."""
    scales = "|".join(sorted(map(re.escape, entry("money", "scales")), key=len, reverse=True))
    currencies = "|".join(map(re.escape, words_of("money", "currencies")))
    others = "|".join(map(re.escape, words_of("money", "other_words")))
    yuan, ours = entry("money", "yuan"), entry("money", "ours")
    plain_unit = rf"(?:{ours})?\(?(?:{scales})?\)?(?:{currencies})?{yuan}(?:\({ours}\)|{ours})?"
    return rf"(?:{plain_unit}|(?:{scales})?(?:{others}))"


def unit_of(text: str) -> MoneyUnit | None:
    """The unit of money that a text is the word for, maybe in brackets; None if it is none."""
    word = plain(text).strip("()[]【】:,、/。")
    if not re.fullmatch(unit_pattern(), word):
        return None
    core = word.replace(entry("money", "ours"), "").strip("()")
    scales: dict[str, int] = entry("money", "scales")
    longest_first = sorted(scales, key=len, reverse=True)
    scale = next((item for item in longest_first if core.startswith(item)), "")
    factor = Decimal(scales[scale]) if scale else Decimal(1)
    is_yuan = core.removeprefix(scale) == entry("money", "yuan")
    return MoneyUnit(core, factor if is_yuan else None)


@cache
def _others() -> tuple[str, ...]:
    return words_of("money", "other_words")


@cache
def _statement() -> re.Pattern[str]:
    spaced = [r"\s*".join(map(re.escape, way)) for way in words_of("money", "statement")]
    bar = "|".join(sorted(spaced, key=len, reverse=True))
    return re.compile(
        rf"(?:[(（\[【]\s*)?(?:{bar})\s*(?:[:：;；]\s*)?(?P<unit>(?:[(（]\s*)?{unit_pattern()})(?![\u4e00-\u9fff\d/])\s*[)）\]】]?"
    )


def statements_in(piece: Piece) -> Iterator[Statement]:
    """The units that a piece of text states after the word for unit."""
    text = piece.text
    if entry("money", "yuan") not in text and not any(w in text for w in _others()):
        return
    for match in _statement().finditer(text):
        if unit := unit_of(match["unit"]):
            yield Statement(unit, piece.cut(*match.span()))


def without_statement(piece: Piece) -> Piece:
    """A piece without a unit of money stated at its end."""
    result = list(_statement().finditer(piece.text))
    ends = result and not piece.text[result[-1].end() :].strip()
    return piece.cut(0, result[-1].start()) if ends else piece


@cache
def _bracketed() -> re.Pattern[str]:
    name = "|".join(words_of("money", "statement"))
    ends = r"(?:[,;、][^()]*\)|\)|$)"
    return re.compile(rf"(?:\((?:(?:{name}):?)?|[/,、])(?P<unit>{unit_pattern()}){ends}")


def unit_in_label(text: str) -> MoneyUnit | None:
    """The unit that a label or title says in brackets or at its end."""
    match = _bracketed().search(plain(text))
    return unit_of(match["unit"]) if match else None


def without_unit(text: str) -> str:
    """A label without the unit of money that it says."""
    return _bracketed().sub("", plain(text)) if unit_in_label(text) else text


class MoneyUnits:
    """Where a document states its unit of money, and which one holds at a place of it."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.above: list[tuple[int, list[Statement]]] = []  # for each table: what stands above it
        self.spans: list[tuple[int, int]] = []
        self.within: list[list[Statement]] = []
        self.statements: list[Statement] = []
        pending: list[Statement] = []
        for block in blocks:
            if isinstance(block, Table):
                self._table(block, pending)
                pending = []
            elif isinstance(block, Paragraph):
                pending += statements_in(block.piece)
        self.statements += pending

    def _table(self, table: Table, pending: list[Statement]) -> None:
        cells = [cell for row in table.rows for cell in row]
        if not cells:
            return
        inside = [item for row in table.rows for item in _in_row(row)]
        self.spans.append((cells[0].start, cells[-1].end))
        self.above.append((cells[0].start, pending))
        self.within.append(inside)
        self.statements += [*pending, *inside]

    def at(self, piece: Piece) -> MoneyUnit | None:
        """The unit stated nearest to a cell: in its table, above it, or in the whole document.

        None where no unit is stated, or several are and none of them is near.
        """
        for (start, end), inside, (_, above) in zip(
            self.spans, self.within, self.above, strict=True
        ):
            if start <= piece.start <= end:
                before = [item for item in inside if item.piece.start <= piece.start]
                near = before[-1:] or inside[:1] or above[-1:]
                if near:
                    return near[0].unit
        units = {statement.unit for statement in self.statements}
        return units.pop() if len(units) == 1 else None


def _in_row(row: Sequence[Piece]) -> Iterator[Statement]:
    """What a row states: in one cell, or the word for the unit in one and the unit in the next."""
    for cell in row:
        yield from statements_in(cell)
    for cell, following in pairwise(row):
        announced = plain(cell.text).rstrip(":") in words_of("money", "statement")
        if announced and (unit := unit_of(following.text)):
            yield Statement(unit, cell)
            yield Statement(unit, following)
