"""A formula's pattern as a tree, by Excel's precedence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from xlperf.calculation.syntax import (
    FIRST_REFERENCE_SIGN,
    GOALS_TITLE,
    NUMBER_MARK,
    QUOTED_TITLE_MARK,
    TEXT_MARK,
    TITLE_MARK,
    Call,
    Constants,
    Literal,
    Name,
    Node,
    NotUnderstoodError,
    OwnWords,
    Reference,
    TextReference,
)
from xlperf.calculation.values import ERROR_VALUES

MOST_NESTED = 64  # brackets within each other, as in Excel
OWN_MARKS = (TITLE_MARK, QUOTED_TITLE_MARK, NUMBER_MARK, GOALS_TITLE)
_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\x08|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"""
    r"""|(?P<text>"(?:[^"]|"")*")|(?P<reference>[\x01-\x05\x0f][\ue000-\uf8ff])"""
    r"""|(?P<error>\#[A-Z0-9/]+[!?]?)|(?P<word>[^\W\d][\w.]*)|(?P<sign><=|>=|<>|[-+*/^&=<>%(){},;]))"""
)
_STRENGTH = {
    **dict.fromkeys(("=", "<>", "<", ">", "<=", ">="), 1),
    "&": 2,
    **dict.fromkeys("+-", 3),
    **dict.fromkeys("*/", 4),
    "^": 5,
}


@lru_cache(5_000)
def tree_of(pattern: str) -> Node:
    """The tree of a pattern; raises NotUnderstoodError."""
    reader = _Reader(list(_tokens(pattern)))
    node = reader.expression(0, MOST_NESTED)
    if reader.at < len(reader.tokens):
        raise NotUnderstoodError(pattern)
    return node


def _tokens(pattern: str) -> Iterator[tuple[str, str]]:
    at, end = 0, len(pattern.rstrip())
    while at < end:
        match = _TOKEN.match(pattern, at)
        if match is None or match.lastgroup is None:
            raise NotUnderstoodError(pattern)
        yield match.lastgroup, match[match.lastgroup]
        at = match.end()


class _Reader:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens, self.at = tokens, 0

    @property
    def sign(self) -> str:
        """The sign that stands here; "" for anything else and at the end."""
        kind, text = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        return text if kind == "sign" else ""

    def take(self, sign: str) -> None:
        if self.sign != sign:
            raise NotUnderstoodError(sign)
        self.at += 1

    def expression(self, least: int, room: int) -> Node:
        """What stands here, with all operators behind it that bind stronger than `least`.

        `room` is how many brackets may still open.
        """
        left = self.operand(room)
        while _STRENGTH.get(self.sign, 0) > least:
            sign = self.sign
            self.at += 1
            left = Call(sign, (left, self.expression(_STRENGTH[sign], room)))
        return left

    def operand(self, room: int) -> Node:
        signs = []
        while self.sign in ("-", "+"):
            signs.append(self.sign)
            self.at += 1
        node = self.atom(room)
        while self.sign == "%":
            self.at += 1
            node = Call("%", (node,))
        for sign in reversed(signs):
            node = Call("negative", (node,)) if sign == "-" else node
        return node

    def atom(self, room: int) -> Node:
        if room < 0 or self.at >= len(self.tokens):
            raise NotUnderstoodError("an operand is missing, or too many brackets")
        kind, text = self.tokens[self.at]
        self.at += 1
        if kind == "reference" and text[0] == TEXT_MARK:
            return TextReference(ord(text[1]) - FIRST_REFERENCE_SIGN)
        if kind == "reference":
            return Reference(ord(text[1]) - FIRST_REFERENCE_SIGN, text[0])
        if kind == "word":
            return self.word(text, room)
        if kind == "sign":
            return self.bracket(text, room)
        return _constant(kind, text)

    def word(self, text: str, room: int) -> Node:
        """A function, TRUE, FALSE or a defined name."""
        if self.sign == "(":
            return Call(text.upper(), self.listed(room - 1))
        if text.upper() in ("TRUE", "FALSE"):
            return Literal(text.upper() == "TRUE")
        return Name(text)

    def bracket(self, text: str, room: int) -> Node:
        """What stands in brackets, or an array constant."""
        if text == "(":
            node = self.expression(0, room - 1)
            self.take(")")
            return node
        if text != "{":
            raise NotUnderstoodError(text)
        items = []
        while True:
            items.append(self.atom(0))
            if self.sign != ",":
                break
            self.at += 1
        self.take("}")
        if not all(isinstance(item, Literal) for item in items):
            raise NotUnderstoodError("an array of other than constants")
        return Constants(tuple(item.value for item in items if isinstance(item, Literal)))

    def listed(self, room: int) -> tuple[Node, ...]:
        """The arguments of a function."""
        self.take("(")
        arguments: list[Node] = []
        if self.sign == ")":
            self.at += 1
            return ()
        while True:
            left_out = self.sign in (",", ")")
            arguments.append(Literal(None) if left_out else self.expression(0, room))
            if self.sign != ",":
                break
            self.at += 1
        self.take(")")
        return tuple(arguments)


def _constant(kind: str, text: str) -> Node:
    value = text if text == NUMBER_MARK else _literal(kind, text)
    is_own = isinstance(value, str) and any(mark in value for mark in OWN_MARKS)
    return OwnWords(value) if is_own else Literal(value)


def _literal(kind: str, text: str) -> Any:
    if kind == "text":
        return text[1:-1].replace('""', '"')
    if kind == "error" or text in ERROR_VALUES:
        raise NotUnderstoodError(text)
    return int(text) if text.isdigit() and len(text) < 16 else float(text)
