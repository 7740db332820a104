"""What SUMPRODUCT gives in a quick way is what it gives when everything is multiplied."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import tries
from xlperf.calculation import products
from xlperf.calculation.book import Book, Calculation, Sheet
from xlperf.calculation.compiling import build
from xlperf.calculation.syntax import split
from xlperf.calculation.tree import tree_of
from xlperf.calculation.values import CellError, EvaluationError

ROWS = 5
FORMULAS = (
    "SUMPRODUCT(--EXACT(A1:A5,D1))",
    "SUMPRODUCT(EXACT(D1,A1:A5)*B1:B5)",
    "SUMPRODUCT(EXACT(A1:A5,D1)*(ROW(A1:A5)-MIN(ROW(A1:A5))+1))",
    "SUMPRODUCT(--(B1:B5<D2),--EXACT(A1:A5,D1))",
    "SUMPRODUCT(--EXACT(A1:A5,D1),--EXACT(C1:C5,D3),B1:B5)",
    "SUMPRODUCT(MIN(B1:B5+1000000*(1-1*EXACT(A1:A5,D1))))",
    "SUMPRODUCT(MIN(B1:B5+1000000*(1-1*(C1:C5=D3)*EXACT(A1:A5,D1))))",
    "SUMPRODUCT(MAX(EXACT(LEFT(D1,LEN(A1:A5)),A1:A5)*B1:B5))",
    "SUMPRODUCT(MAX(EXACT(RIGHT(D1,LEN(A1:A5)),A1:A5)*B1:B5))",
    'SUMPRODUCT(LEN(D1)-LEN(SUBSTITUTE(D1,A1:A5,"")))',
    "SUMPRODUCT(COUNT(FIND(A1:A5,D1)))",
    "SUMPRODUCT(--EXACT(RIGHT(D1,LEN(A1:A5)),A1:A5))",
)
WORDS = st.sampled_from(["", "a", "A", "ab", "b", "甲", "甲乙"])
MIXED = st.one_of(st.integers(0, 3), WORDS, st.none(), st.booleans(), st.just(CellError("#N/A")))
NUMBERS = st.lists(st.integers(0, 9), min_size=ROWS, max_size=ROWS)
COLUMN = st.one_of(
    st.lists(WORDS, min_size=ROWS, max_size=ROWS),
    NUMBERS,
    st.lists(MIXED, min_size=ROWS, max_size=ROWS),
)


def result(calculation: Calculation, places: Any, sheet: Sheet) -> Any:
    """A value with its type, or the sign of an error."""
    try:
        value = calculation(sheet, places, (9, 9))
    except EvaluationError as fault:
        return type(fault), fault.args[:1] if isinstance(fault, CellError) else ()
    return type(value) in (int, float), value


@pytest.mark.parametrize("formula", FORMULAS)
def test_each_form_has_a_quick_way(formula: str) -> None:
    tree: Any = tree_of(split(formula)[0])
    whole: Calculation = lambda sheet, places, at: None  # noqa: E731
    ways = [way for way in products.PRODUCT_SHORTCUTS if way(tree.arguments, build, whole)]
    assert len(ways) >= 1


@settings(max_examples=tries(60), deadline=None)
@given(
    st.sampled_from(FORMULAS),
    st.tuples(COLUMN, COLUMN, COLUMN),
    st.tuples(MIXED, st.integers(0, 9), MIXED),
)
def test_quick_ways_give_what_the_whole_gives(
    formula: str, columns: tuple[Any, ...], singles: tuple[Any, ...]
) -> None:
    pattern, places = split(formula)
    tree: Any = tree_of(pattern)
    cells = {(row, 4): value for row, value in enumerate(singles, 1)}
    for col, values in enumerate(columns, 1):
        cells |= {(row, col): value for row, value in enumerate(values, 1)}
    cells = {at: value for at, value in cells.items() if value is not None}
    sheet = Sheet("s", cells, {}, {}, lambda at: "")
    Book([sheet], {}, lambda text: (lambda *_: None, ()))
    quick, _ = build(tree, many=False)
    ways, products.PRODUCT_SHORTCUTS = products.PRODUCT_SHORTCUTS, ()
    try:
        whole, _ = build(tree, many=False)
    finally:
        products.PRODUCT_SHORTCUTS = ways
    assert result(quick, places, sheet) == result(whole, places, sheet)
