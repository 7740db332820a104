"""What kinds of values an expression can give."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Flag, auto


class Kind(Flag):
    NUMBER = auto()
    TEXT = auto()
    EMPTY = auto()  # the text ""
    BOOLEAN = auto()
    BLANK = auto()  # an empty cell: equals 0 and "" alike
    ERROR = auto()
    ANY = auto()  # what people type


NOTHING = Kind(0)  # not known yet, or never reached
WORDS = Kind.TEXT | Kind.EMPTY
EVERY = ~NOTHING
NAMES = {
    Kind.NUMBER: "number",
    Kind.TEXT: "text",
    Kind.EMPTY: '""',
    Kind.BOOLEAN: "Boolean",
    Kind.BLANK: "blank",
    Kind.ERROR: "error",
    Kind.ANY: "anything",
}


@dataclass(frozen=True, slots=True)
class Value:
    """What an expression gives: kinds, one value or an array of them, from cells or made."""

    kinds: Kind
    array: bool = False
    cells: bool = False  # a reference, as functions like SUMIF need it
    sheets: bool = False  # a reference through several sheets
    ready: bool = False  # an array that INDEX(...,0) has calculated
    tally: bool = False  # Booleans added up, and nothing else


def described(kinds: Kind) -> str:
    return " or ".join(NAMES[kind] for kind in kinds) or "nothing"


def narrowed(kinds: Kind, mask: Kind) -> Kind:
    """The kinds that are left where only those of the mask are possible."""
    left = kinds & mask
    if Kind.ANY in kinds and mask in (Kind.NUMBER, Kind.BOOLEAN, WORDS):
        return mask
    return left
