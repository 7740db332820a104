"""Functions that make one value of many: SUM, COUNT and the like, also over spans of sheets."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from xlperf.calculation.book import Calculation, Sheet
from xlperf.calculation.logic import Built
from xlperf.calculation.references import cells
from xlperf.calculation.syntax import SPAN, Name, Node, NotUnderstoodError, Reference
from xlperf.calculation.values import EvaluationError, UnknownValueError, number_of
from xlperf.layout import Coord


def _gathered(arguments: tuple[Node, ...], many: bool, build: Any) -> Any:
    """All values that an aggregate takes: of areas and spans, and single ones (as numbers)."""
    parts: list[tuple[Any, str]] = []
    for argument in arguments:
        if isinstance(argument, Reference) and argument.kind == SPAN:
            parts.append((_spanned(argument.position), "area"))
        elif isinstance(argument, Reference | Name) or getattr(argument, "name", "") == "INDIRECT":
            of_area = cells(argument, build)
            parts.append((lambda s, p, at, of=of_area: of(s, p, at).values, "area"))
        else:
            calculation, is_many = build(argument, many)
            parts.append((calculation, "area" if is_many else "one"))

    def gathered(sheet: Sheet, places: Sequence[Any], at: Coord) -> Iterator[Any]:
        before, sheet.book.chosen = sheet.book.chosen, None
        try:
            for part, kind in parts:
                value = part(sheet, places, at)
                if kind == "area":
                    yield from value
                else:
                    yield number_of(value)
        finally:
            sheet.book.chosen = before

    return gathered


def _spanned(position: int) -> Calculation:
    """The values of the same cells on all sheets from one to another."""

    def calculation(sheet: Sheet, places: Sequence[Any], at: Coord) -> list[Any]:
        place, book = places[position], sheet.book
        if place not in book.sums:
            sheets = book.between(place.title, place.last)
            values = (value for there in sheets for value in there.cells_of(place.box).values)
            book.sums[place] = [value for value in values if value is not None]
        result: list[Any] = book.sums[place]
        return result

    return calculation


def _numbers(values: Iterable[Any]) -> Iterator[Any]:
    """The numbers among some values; raises the first error."""
    for value in values:
        if isinstance(value, EvaluationError):
            raise type(value)(*value.args)
        if isinstance(value, int | float) and not isinstance(value, bool):
            yield value


def total(values: Iterable[Any]) -> Any:
    """A sum; of whole numbers a whole number."""
    numbers = list(values)
    return sum(numbers) if all(isinstance(n, int) for n in numbers) else math.fsum(numbers)


def _aggregate(result: Callable[[Iterable[Any]], Any]) -> Callable[..., Built]:
    def function(arguments: tuple[Node, ...], many: bool, build: Any) -> Built:
        gathered = _gathered(arguments, many, build)
        return (lambda sheet, places, at: result(gathered(sheet, places, at))), False

    return function


def sum_if(arguments: tuple[Node, ...], many: bool, build: Any) -> Built:
    """SUMIF: the numbers of an area beside those of another that equal a number."""
    if len(arguments) != 3:
        raise NotUnderstoodError("SUMIF")
    of_keys, of_numbers = (cells(area, build) for area in arguments[::2])
    criterion = build(arguments[1], False)[0]

    def calculation(sheet: Sheet, places: Sequence[Any], at: Coord) -> Any:
        key = criterion(sheet, places, at)
        if type(key) not in (int, float):
            raise UnknownValueError("a condition that is no number")
        keys, numbers = (of(sheet, places, at).values for of in (of_keys, of_numbers))
        if len(keys) != len(numbers):
            raise UnknownValueError("areas of several sizes")
        beside = (n for k, n in zip(keys, numbers, strict=True) if type(k) is not bool and k == key)
        return total(_numbers(beside))

    return calculation, False


AGGREGATE_FUNCTIONS: dict[str, Callable[..., Built]] = {
    "COUNT": _aggregate(lambda values: sum(type(value) in (int, float) for value in values)),
    "COUNTA": _aggregate(lambda values: sum(value is not None for value in values)),
    "MAX": _aggregate(lambda values: max(_numbers(values), default=0)),
    "MIN": _aggregate(lambda values: min(_numbers(values), default=0)),
    "SUM": _aggregate(lambda values: total(_numbers(values))),
    "SUMIF": sum_if,
}
