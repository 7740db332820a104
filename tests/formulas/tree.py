"""A formula as a tree. Cells, ranges and defined names are numbered; their text is apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Number:
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    text: str  # without its quotes


@dataclass(frozen=True, slots=True)
class Boolean:
    text: str


@dataclass(frozen=True, slots=True)
class Error:
    text: str


@dataclass(frozen=True, slots=True)
class Missing:
    """An argument that is left out between two commas."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A cell, a range or a defined name: the nth different one of the formula."""

    index: int


@dataclass(frozen=True, slots=True)
class Constants:
    """An array constant: {1,2,3}."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Unary:
    sign: str  # + - or % (which stands behind)
    operand: Node


@dataclass(frozen=True, slots=True)
class Binary:
    sign: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    arguments: tuple[Node, ...]


Node = (
    Number | Text | Boolean | Error | Missing | Reference | Constants | Unary | Binary | Call
)  # fmt: skip


def children(node: Node) -> tuple[Node, ...]:
    match node:
        case Constants(items):
            return items
        case Unary(_, operand):
            return (operand,)
        case Binary(_, left, right):
            return left, right
        case Call(_, arguments):
            return arguments
    return ()


def nodes(node: Node) -> Iterator[Node]:
    """The node and everything below it."""
    yield node
    for child in children(node):
        yield from nodes(child)


def depth(node: Node) -> int:
    """How many functions stand within each other."""
    return isinstance(node, Call) + max(map(depth, children(node)), default=0)


def shown(node: Node, references: Sequence[str]) -> str:
    """The node as a formula writes it."""
    below = [shown(child, references) for child in children(node)]
    formula = ""
    match node:
        case Reference(index):
            formula = references[index]
        case Text(text):
            formula = '"' + text.replace('"', '""') + '"'
        case Number(text) | Boolean(text) | Error(text):
            formula = text
        case Constants():
            formula = "{" + ",".join(below) + "}"
        case Unary(sign):
            formula = below[0] + sign if sign == "%" else sign + below[0]
        case Binary(sign):
            formula = "(" + sign.join(below) + ")"
        case Call(name):
            formula = f"{name}({','.join(below)})"
    return formula
