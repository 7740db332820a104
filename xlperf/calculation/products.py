"""SUMPRODUCT: over many values; where a text is looked up, only at the places that have it.

Our formulas look texts up in columns and lists: what they multiply is 0 wherever the texts differ,
so that only the other places count. Where an area holds an error, everything is multiplied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from xlperf.calculation import word_counts
from xlperf.calculation.aggregates import total
from xlperf.calculation.book import Calculation, Cells, Sheet
from xlperf.calculation.logic import Built
from xlperf.calculation.references import cells, is_area
from xlperf.calculation.syntax import (
    Call,
    Literal,
    Node,
)
from xlperf.calculation.values import EvaluationError, UnknownValueError, number_of, text_of
from xlperf.calculation.word_counts import condition, is_single
from xlperf.layout import Coord

COMPARISONS = ("=", "<>", "<", ">", "<=", ">=")
CellsOf = Callable[[Sheet, Sequence[Any], Coord], Cells]


def sum_product(arguments: tuple[Node, ...], many: bool, build: Any) -> Built:
    """The sum of products, calculated in the shortest way that there is for its form."""
    whole = _whole(arguments, build)
    for way in PRODUCT_SHORTCUTS:
        if quick := way(arguments, build, whole):
            return quick, False
    return whole, False


def _whole(arguments: tuple[Node, ...], build: Any) -> Calculation:
    """Every product, one after the other."""
    parts = [build(argument, True) for argument in arguments]

    def calculation(sheet: Sheet, places: Sequence[Any], at: Coord) -> Any:
        before, sheet.book.chosen = sheet.book.chosen, None
        try:
            values = [part(sheet, places, at) for part, _ in parts]
        finally:
            sheet.book.chosen = before
        lists = [v if m else [v] for v, (_, m) in zip(values, parts, strict=True)]
        if len({len(factor_values) for factor_values in lists}) > 1:
            raise UnknownValueError("areas of several sizes")
        return total(_product(items) for items in zip(*lists, strict=True))

    return calculation


def _product(items: Sequence[Any]) -> Any:
    """Numbers multiplied; anything else, TRUE too, counts as 0. Raises an error among them."""
    product: Any = 1
    for item in items:
        if isinstance(item, EvaluationError):
            raise type(item)(*item.args)
        is_counted = isinstance(item, int | float) and not isinstance(item, bool)
        product *= item if is_counted else 0
    return product


class _Lookup(NamedTuple):
    """An EXACT of an area and a text among what is multiplied, and the other factors."""

    area: CellsOf
    lookup_text: Calculation
    others: list[Calculation]
    clean: list[CellsOf]  # areas that must hold no error
    numeric: list[CellsOf]  # areas that must hold numbers only

    def positions(self, sheet: Sheet, places: Sequence[Any], at: Coord) -> list[int] | None:
        """Where the text stands; None where everything has to be multiplied."""
        area = self.area(sheet, places, at)
        size = len(area.values)
        clean = [of(sheet, places, at) for of in self.clean]
        numeric = [of(sheet, places, at) for of in self.numeric]
        is_usual = (
            not any(values.is_faulty for values in (area, *clean))
            and all(values.is_numeric for values in numeric)
            and all(len(values.values) == size for values in (*clean, *numeric))
        )
        if not is_usual:
            return None
        return area.positions.get(text_of(self.lookup_text(sheet, places, at)), [])

    def products(
        self, positions: list[int], sheet: Sheet, places: Sequence[Any], at: Coord
    ) -> list[Any]:
        """The product of the other factors at each of some positions."""
        products: list[Any] = [1] * len(positions)
        before, sheet.book.chosen = sheet.book.chosen, positions
        try:
            for other in self.others:  # also for no position: one text may be an error
                values = other(sheet, places, at)
                products = [a * number_of(b) for a, b in zip(products, values, strict=True)]
        finally:
            sheet.book.chosen = before
        return products


def _lookup(factors: list[Node], build: Any) -> _Lookup | None:
    """The text that is looked up among some factors; None where there is none to be used."""
    key = next((n for n, factor in enumerate(factors) if _looks_up(factor, build)), None)
    if key is None:
        return None
    exact = factors[key]
    assert isinstance(exact, Call)
    area, text = exact.arguments if is_area(exact.arguments[0]) else exact.arguments[::-1]
    others = [factor for n, factor in enumerate(factors) if n != key]
    clean, numeric = list[CellsOf](), list[CellsOf]()
    for other in others:
        if not _is_safe(other, build, clean, numeric, adding=True):
            return None
    built = [build(other, True) for other in others]
    if not all(is_many for _, is_many in built):
        return None
    of_area, of_text = cells(area, build), build(text, False)[0]
    return _Lookup(of_area, of_text, [part for part, _ in built], clean, numeric)


def _looks_up(factor: Node, build: Any) -> bool:
    if not (isinstance(factor, Call) and factor.name == "EXACT" and len(factor.arguments) == 2):
        return False
    return sorted(map(is_area, factor.arguments)) == [False, True] and all(
        is_area(argument) or is_single(argument, build) for argument in factor.arguments
    )


def _is_safe(
    node: Node, build: Any, clean: list[CellsOf], numeric: list[CellsOf], adding: bool = False
) -> bool:
    """Whether a factor gives no error as long as its areas are `clean`, or `numeric`."""
    if is_area(node):
        (numeric if adding else clean).append(cells(node, build))
        return True
    if isinstance(node, Literal):
        return True
    if not isinstance(node, Call):
        return not adding  # a text among what is added is an error
    if node.name == "ROW":
        return all(map(is_area, node.arguments))
    is_sum = node.name in ("+", "-", "*", "negative", "MIN")
    return (is_sum or node.name in (*COMPARISONS, "EXACT", "counted")) and all(
        _is_safe(part, build, clean, numeric, is_sum) for part in node.arguments
    )


def _factors(node: Node) -> Iterator[Node]:
    """What is multiplied, conditions without the signs that make numbers of them."""
    if isinstance(node, Call) and node.name == "*":
        for argument in node.arguments:
            yield from _factors(argument)
    elif (inner := condition(node)) is not None:
        yield inner
    elif node != Literal(1):
        yield node


def _looked_up(arguments: tuple[Node, ...], build: Any, whole: Calculation) -> Calculation | None:
    """Products with a text that is looked up: SUMPRODUCT(--EXACT(area,text),...)."""
    for argument in arguments:  # a bare condition counts as 0 between commas
        if isinstance(argument, Call) and argument.name in ("EXACT", *COMPARISONS):
            return None
    parts = (Call("counted", (a,)) if is_area(a) else a for a in arguments)
    lookup = _lookup([factor for part in parts for factor in _factors(part)], build)
    if lookup is None:
        return None

    def calculation(sheet: Sheet, places: Sequence[Any], at: Coord) -> Any:
        positions = lookup.positions(sheet, places, at)
        if positions is None:
            return whole(sheet, places, at)
        return total(lookup.products(positions, sheet, places, at))

    return calculation


def _lowest(arguments: tuple[Node, ...], build: Any, whole: Calculation) -> Calculation | None:
    """SUMPRODUCT(MIN(numbers+much*(1-1*conditions))): the lowest number where they hold."""
    match arguments:
        case (Call("MIN", (Call("+", (numbers, Call("*", (Literal(much), rest)))),)),) if is_area(
            numbers
        ):
            pass
        case _:
            return None
    match rest:
        case Call("-", (Literal(1), conditions)):
            pass
        case _:
            return None
    lookup, of_numbers = _lookup(list(_factors(conditions)), build), cells(numbers, build)
    if lookup is None:
        return None

    def calculation(sheet: Sheet, places: Sequence[Any], at: Coord) -> Any:
        values = of_numbers(sheet, places, at)
        positions = lookup.positions(sheet, places, at) if values.is_numeric else None
        if positions is None:
            return whole(sheet, places, at)
        products = lookup.products(positions, sheet, places, at)
        held = [n for n, product in zip(positions, products, strict=True) if product]
        if held:
            return min(values.values[n] for n in held)
        return min(values.values) + much

    return calculation


def _longest(arguments: tuple[Node, ...], build: Any, whole: Calculation) -> Calculation | None:
    """SUMPRODUCT(MAX(EXACT(LEFT(text,LEN(words)),words)*numbers)), or RIGHT: the greatest number
    beside a word that a text begins, or ends, with; 0 for none.
    """
    match arguments:
        case (Call("MAX", (Call("*", (Call("EXACT", (cut, words)), numbers)),)),) if is_area(
            words
        ) and is_area(numbers):
            pass
        case _:
            return None
    match cut:
        case Call("LEFT" | "RIGHT" as side, (text, Call("LEN", (same,)))) if (
            same == words and is_single(text, build)
        ):
            has: Any = str.startswith if side == "LEFT" else str.endswith
        case _:
            return None
    of_words, of_numbers, of_text = (
        cells(words, build),
        cells(numbers, build),
        build(text, False)[0],
    )

    def calculation(sheet: Sheet, places: Sequence[Any], at: Coord) -> Any:
        listed, values = of_words(sheet, places, at), of_numbers(sheet, places, at)
        is_usual = not listed.is_faulty and values.is_numeric
        if not is_usual or len(listed.values) != len(values.values):
            return whole(sheet, places, at)
        content = text_of(of_text(sheet, places, at))
        beside = zip(listed.texts, values.values, strict=True)
        return max((n if has(content, word) else 0 for word, n in beside), default=0)

    return calculation


Way = Callable[[tuple[Node, ...], Any, Calculation], Calculation | None]
PRODUCT_SHORTCUTS: tuple[Way, ...] = (
    *word_counts.WORD_COUNT_SHORTCUTS,
    _lowest,
    _longest,
    _looked_up,
)
PRODUCT_FUNCTIONS = {"SUMPRODUCT": sum_product}
