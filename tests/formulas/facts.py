"""What is known of other expressions where a condition is true, or where it is false."""

from __future__ import annotations

from collections.abc import Mapping

from tests.formulas.kinds import EVERY, WORDS, Kind
from tests.formulas.tree import Binary, Boolean, Call, Node, Number, Text

Facts = Mapping[Node, Kind]  # expressions and the kinds that are possible for them
NONE: Facts = {}
TESTED = {
    "ISNUMBER": Kind.NUMBER,
    "ISTEXT": WORDS,
    "ISLOGICAL": Kind.BOOLEAN,
    "ISBLANK": Kind.BLANK,
    "ISERROR": Kind.ERROR,
}
TRUE, FALSE = Boolean("TRUE"), Boolean("FALSE")


def together(*several: Facts) -> Facts:
    """All that is known by several conditions."""
    kinds_of: dict[Node, Kind] = {}
    for facts in several:
        for node, kinds in facts.items():
            kinds_of[node] = kinds_of.get(node, EVERY) & kinds
    return kinds_of


def facts_of(condition: Node, holds: bool) -> Facts:
    """What is known where a condition holds, or where it does not."""
    match condition:
        case Call("NOT", (inner,)):
            return facts_of(inner, not holds)
        case Call("AND" | "OR" as name, parts) if holds == (name == "AND"):
            return together(*(facts_of(part, holds) for part in parts))
        case Call("IF", (test, yes)) if holds:
            return together(facts_of(test, True), facts_of(yes, True))
        case Call("IF", (test, yes, no)) if no == FALSE and holds:
            return together(facts_of(test, True), facts_of(yes, True))
        case Call("IF", (test, yes, no)) if yes == TRUE and not holds:
            return together(facts_of(test, False), facts_of(no, False))
    return _tested(condition, holds)


def _tested(condition: Node, holds: bool) -> Facts:
    match condition:
        case Call(name, (inner,)) if name in TESTED:
            return {inner: TESTED[name] if holds else ~TESTED[name]}
        case Binary("<>" | ">", Call("N", (inner,)), Number("0")) if holds:
            return {inner: Kind.NUMBER | Kind.BOOLEAN}
        case Binary(">", Call("LEN", (inner,)), Number("0")):
            return _empty(inner, not holds)
        case Binary(sign, left, right) if sign in ("=", "<>"):
            return _equal(left, right, holds == (sign == "="))
    return NONE


def _equal(left: Node, right: Node, same: bool) -> Facts:
    if right == Text(""):
        return _empty(left, same)
    if isinstance(left, Call) and left.name == "LEN" and right == Number("0"):
        return _empty(left.arguments[0], same)
    return NONE


def _empty(node: Node, is_empty: bool) -> Facts:
    return {node: WORDS | Kind.BLANK | Kind.ANY if is_empty else ~(Kind.EMPTY | Kind.BLANK)}
