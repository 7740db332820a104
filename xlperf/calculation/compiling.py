"""From a formula's tree to a calculation: a function of the sheet, the references and the cell.

Each formula's pattern is compiled once. Whether a part gives one value or many is known from its
tree: many are only calculated within SUMPRODUCT, as before Excel's dynamic arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from xlperf.calculation import aggregates, areas, logic, products, references
from xlperf.calculation.book import Calculation, ErrorValues, Sheet
from xlperf.calculation.functions import PLAIN_FUNCTIONS, ScalarFunction
from xlperf.calculation.logic import Built
from xlperf.calculation.substitutions import substitutions
from xlperf.calculation.syntax import (
    CELL_MARK,
    FAR_CELL,
    SPAN,
    Call,
    Constants,
    Literal,
    Name,
    Node,
    NotUnderstoodError,
    OwnWords,
    Reference,
    TextReference,
    split,
)
from xlperf.calculation.tree import tree_of
from xlperf.calculation.values import CellError
from xlperf.layout import Coord


@lru_cache(50_000)
def compiled(formula: str) -> tuple[Calculation, Sequence[Any]]:
    """The calculation of a formula's text, and its references; raises NotUnderstoodError."""
    pattern, places = split(formula)
    return _calculation(pattern), places


def compiled_anew(formula: str) -> tuple[Calculation, Sequence[Any]]:
    """The same, for who keeps it himself: nothing but the calculation of its pattern is kept."""
    pattern, places = split.__wrapped__(formula)
    return _calculation(pattern), places


@lru_cache(5_000)
def _calculation(pattern: str) -> Calculation:
    calculation, _ = build(tree_of(pattern), many=False)
    return calculation


def build(node: Node, many: bool) -> Built:
    """The calculation of a part of a formula; `many`: within SUMPRODUCT."""
    match node:
        case Literal(value):
            return (lambda sheet, places, at: value), False
        case OwnWords() | TextReference():
            return _text(node), False
        case Reference(position, kind) if kind in (CELL_MARK, FAR_CELL):
            return references.single(position, kind), False
        case Reference(_, kind) if kind == SPAN:
            raise NotUnderstoodError("a span of sheets as a value")
        case Reference() | Name():
            if many:
                return references.chosen(node), True
            raise NotUnderstoodError("many cells as one value")
        case Constants(items):
            if many:
                return (lambda sheet, places, at: list(items)), True
            raise NotUnderstoodError("an array as one value")
        case Call():
            return _call(node, many)


def _text(node: OwnWords | TextReference) -> Calculation:
    """A text that is a sheet's own, or stands among the references."""
    if isinstance(node, OwnWords):
        text = node.text
        return lambda sheet, places, at: sheet.own_words(text)
    position = node.position
    return lambda sheet, places, at: places[position]


def _call(node: Call, many: bool) -> Built:
    name = node.name.removeprefix("_XLFN.")
    if name == "SUBSTITUTE" and (built := substitutions(node, many, build)):
        return built
    for special in (
        logic.LOGIC_FUNCTIONS,
        areas.AREA_FUNCTIONS,
        aggregates.AGGREGATE_FUNCTIONS,
        products.PRODUCT_FUNCTIONS,
    ):
        if name in special:
            return special[name](node.arguments, many, build)
    function = PLAIN_FUNCTIONS.get(name)
    if function is None or not function.least <= len(node.arguments) <= function.most:
        raise NotUnderstoodError(name)
    return _plain(function, node.arguments, [build(part, many) for part in node.arguments])


def _plain(function: ScalarFunction, nodes: Sequence[Node], arguments: list[Built]) -> Built:
    """A function of single values, of each of many where an argument is many."""
    call, parts = function.call, [part for part, _ in arguments]
    if any(is_many for _, is_many in arguments):
        return _for_each(call, arguments), True
    if len(parts) == 1:
        (only,) = parts
        return (lambda sheet, places, at: call(only(sheet, places, at))), False
    if len(parts) == 2:
        first, second = parts
        if isinstance(nodes[1], Literal):
            constant = nodes[1].value
            return (lambda sheet, places, at: call(first(sheet, places, at), constant)), False
        return (
            lambda sheet, places, at: call(first(sheet, places, at), second(sheet, places, at)),
            False,
        )
    return (lambda sheet, places, at: call(*[part(sheet, places, at) for part in parts])), False


def _for_each(call: Callable[..., Any], arguments: list[Built]) -> Calculation:
    def calculation(sheet: Sheet, places: Sequence[Any], at: Coord) -> Any:
        values = [part(sheet, places, at) for part, _ in arguments]
        sizes = {len(v) for v, (_, is_many) in zip(values, arguments, strict=True) if is_many}
        if len(sizes) > 1:
            raise NotUnderstoodError("areas of several sizes")
        (size,) = sizes
        lists = [
            value if is_many else [value] * size
            for value, (_, is_many) in zip(values, arguments, strict=True)
        ]
        if not any(isinstance(value, ErrorValues) for value in lists):
            try:
                return list(map(call, *lists))
            except CellError:
                pass
        return ErrorValues(_or_error(call, items) for items in zip(*lists, strict=True))

    return calculation


def _or_error(call: Callable[..., Any], items: Sequence[Any]) -> Any:
    for item in items:
        if isinstance(item, CellError):
            return item
    try:
        return call(*items)
    except CellError as error:
        return CellError(*error.args)
