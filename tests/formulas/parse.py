"""From the tokens of a formula (openpyxl's tokenizer) to its tree, by Excel's precedence."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from openpyxl.formula.tokenizer import Token, Tokenizer

from tests.formulas import tree
from tests.formulas.tree import Node

STRENGTH = {
    **dict.fromkeys(("=", "<>", "<", ">", "<=", ">="), 1),
    "&": 2,
    **dict.fromkeys("+-", 3),
    **dict.fromkeys("*/", 4),
    "^": 5,
}
OF_A_SIGN = 6  # a minus before an operand is stronger than any operator between two
LITERALS: dict[str, Callable[[str], Node]] = {
    Token.NUMBER: tree.Number,
    Token.LOGICAL: tree.Boolean,
    Token.ERROR: tree.Error,
}
# a text as it stands, or a cell or range with its sheets
_TEXT_OR_CELLS = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")|(?<![\w.!'$:])(?P<cells>
    (?:'(?:[^']|'')+'!|[^\W\d][\w.]*(?::[^\W\d][\w.]*)?!)?
    \$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?(?![\w.(!'\[]))""",
    re.VERBOSE,
)
STAND_IN = "\ue000"  # begins what stands for a cell, or a range, while a formula is read
_STAND_IN = re.compile(f"{STAND_IN}[0-9]+")
Piece = tuple[str, str, str]  # type, subtype, value of a token; a reference's value is its number


class NotAFormulaError(ValueError):
    """The text cannot be read as a formula."""


def parse(formula: str) -> tuple[Node, tuple[str, ...]]:
    """A formula, beginning with "=", as a tree, and the references that are numbered in it."""
    pieces, references = pieces_of(formula)
    return tree_of(pieces), references


def pieces_of(formula: str) -> tuple[tuple[Piece, ...], tuple[str, ...]]:
    """The tokens of a formula with its references numbered, so that alike formulas have the same
    tokens wherever they stand; and the references."""
    stand_ins: dict[str, str] = {}

    def stand_in(match: re.Match[str]) -> str:
        cells = match["cells"]
        return stand_ins.setdefault(cells, f"{STAND_IN}{len(stand_ins)}") if cells else match[0]

    pieces, references = _pieces_of(_TEXT_OR_CELLS.sub(stand_in, formula))
    cells_of = {name: cells for cells, name in stand_ins.items()}
    return pieces, tuple(
        _STAND_IN.sub(lambda m: cells_of[m[0]], reference) for reference in references
    )


@cache
def _pieces_of(formula: str) -> tuple[tuple[Piece, ...], tuple[str, ...]]:
    """The same of a formula with something in place of its cells: rows that are alike are one."""
    references: dict[str, str] = {}

    def number(reference: str) -> str:
        return references.setdefault(reference, str(len(references)))

    pieces: list[Piece] = []
    for token in Tokenizer(formula).items:
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            ranged = token.value.startswith(":")  # what the tokenizer leaves of INDEX(...):A1
            pieces += [(Token.OP_IN, "", ":")] * ranged
            pieces.append((Token.OPERAND, Token.RANGE, number(token.value.removeprefix(":"))))
        elif token.type == Token.FUNC and ":" in token.value:  # as in A1:INDEX(
            first, _, name = token.value.rpartition(":")
            pieces += [(Token.OPERAND, Token.RANGE, number(first))] * bool(first)
            pieces += [(Token.OP_IN, "", ":"), (Token.FUNC, Token.OPEN, name)]
        elif token.type != Token.WSPACE:
            pieces.append((token.type, token.subtype, token.value))
    return tuple(pieces), tuple(references)


def tree_of(pieces: tuple[Piece, ...]) -> Node:
    """The tree of numbered tokens."""
    reader = _Reader(pieces)
    root = reader.expression()
    if reader.at < len(pieces):
        raise NotAFormulaError(f"not expected: {pieces[reader.at][2]}")
    return root


class _Reader:
    def __init__(self, pieces: tuple[Piece, ...]) -> None:
        self.pieces, self.at = pieces, 0

    @property
    def now(self) -> Piece:
        return self.pieces[self.at] if self.at < len(self.pieces) else ("", "", "")

    def take(self) -> Piece:
        piece, self.at = self.now, self.at + 1
        return piece

    def expression(self, least: int = 0) -> Node:
        """What stands here, with all operators behind it that bind stronger than `least`."""
        left = self.operand()
        while self.now[0] == Token.OP_IN and STRENGTH[self.now[2]] > least:
            sign = self.take()[2]
            left = tree.Binary(sign, left, self.expression(STRENGTH[sign]))
        return left

    def operand(self) -> Node:
        if self.now[0] == Token.OP_PRE:
            return tree.Unary(self.take()[2], self.operand())
        node = self.atom()
        while self.now[2] == ":" and self.now[0] == Token.OP_IN:
            self.take()
            node = tree.Binary(":", node, self.atom())
        while self.now[0] == Token.OP_POST:
            node = tree.Unary(self.take()[2], node)
        return node

    def atom(self) -> Node:
        kind, subtype, value = self.take()
        if kind == Token.OPERAND:
            return literal(subtype, value)
        if kind == Token.FUNC and subtype == Token.OPEN:
            return tree.Call(value[:-1].upper(), self.listed(Token.FUNC))
        if kind == Token.ARRAY and subtype == Token.OPEN:
            return self.constants()
        if kind == Token.PAREN and subtype == Token.OPEN:
            node = self.expression()
            self.close(Token.PAREN)
            return node
        raise NotAFormulaError(f"an operand is missing before {value or 'the end'}")

    def close(self, kind: str) -> None:
        if self.take()[:2] != (kind, Token.CLOSE):
            raise NotAFormulaError("a bracket is not closed")

    def listed(self, kind: str) -> tuple[Node, ...]:
        """Arguments up to the closing bracket."""
        arguments: list[Node] = []
        while self.now[:2] != (kind, Token.CLOSE):
            empty = self.now[0] == Token.SEP
            arguments.append(tree.Missing() if empty else self.expression())
            if self.now[0] != Token.SEP:
                break
            self.take()
            if self.now[:2] == (kind, Token.CLOSE):
                arguments.append(tree.Missing())
        self.close(kind)
        return tuple(arguments)

    def constants(self) -> Node:
        items = [self.operand()]
        while self.now[0] == Token.SEP:
            self.take()
            items.append(self.operand())
        self.close(Token.ARRAY)
        return tree.Constants(tuple(items))


def literal(subtype: str, value: str) -> Node:
    if subtype == Token.RANGE:
        return tree.Reference(int(value))
    if subtype == Token.TEXT:
        return tree.Text(value[1:-1].replace('""', '"'))
    return LITERALS[subtype](value)
