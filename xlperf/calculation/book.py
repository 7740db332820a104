"""The sheets of a workbook as plain cells, and what their formulas give, each worked out once.

Values are worked out when they are asked for, and what they need before. Where that goes too
deep for Python's stack, the cell that is needed comes first and the others are tried again.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from xlperf.calculation.syntax import (
    GOALS_TITLE,
    NUMBER_MARK,
    QUOTED_TITLE_MARK,
    TITLE_MARK,
    NotUnderstoodError,
)
from xlperf.calculation.values import CellError, EvaluationError, UnknownValueError, text_of
from xlperf.errors import XlperfError
from xlperf.layout import Box, Coord

DEEPEST_RECURSION = 8  # cells that may wait for one another on Python's stack
LARGEST_AREA = 100_000  # cells of one area
_NO_VALUE = object()
Calculation = Callable[["Sheet", Sequence[Any], Coord], Any]
BoundCalculation = tuple[Calculation, Sequence[Any]]  # and the references that it is given
Compiled = Callable[
    [Any], BoundCalculation
]  # of a formula's text, or of what a sheet has in its place


class ErrorValues(list[Any]):
    """Values of many cells with an error among them."""


class _DeeperError(XlperfError):
    """A cell that has to be worked out first."""

    def __init__(self, sheet: Sheet, at: Coord) -> None:
        super().__init__()
        self.cell = (sheet, at)


class Cells:
    """The values of an area, row by row, with what is often asked of them."""

    def __init__(self, values: list[Any]) -> None:
        self.is_faulty = any(isinstance(value, CellError) for value in values)
        self.values: list[Any] = ErrorValues(values) if self.is_faulty else values

    @cached_property
    def is_numeric(self) -> bool:
        """Whether every value is a number, TRUE and FALSE aside."""
        return all(type(value) in (int, float) for value in self.values)

    @cached_property
    def texts(self) -> list[str]:
        """Every value as a text; only of cells without errors."""
        return [text_of(value) for value in self.values]

    @cached_property
    def positions(self) -> dict[str, list[int]]:
        """For each text the positions, from 0, of the cells that have exactly this text."""
        result: dict[str, list[int]] = {}
        for at, words in enumerate(self.texts):
            result.setdefault(words, []).append(at)
        return result

    @cached_property
    def alike(self) -> dict[str, int]:
        """For each text, capitals aside, the number of the first cell that has it, from 1."""
        result: dict[str, int] = {}
        for number, value in enumerate(self.values, 1):
            if isinstance(value, str):
                result.setdefault(value.casefold(), number)
        return result


class Sheet:
    """A sheet: what its cells hold, and the values of its formulas as far as they are known.

    `cells` are the values of all that are no formulas, `formulas` begin with "=", `names` are the
    sheet's own, `number_format` gives a cell's code. A formula whose value is known from
    elsewhere stands in `cells`, not in `formulas`.
    """

    def __init__(
        self,
        title: str,
        cells: Mapping[Coord, Any],
        formulas: Mapping[Coord, str],
        names: Mapping[str, Box],
        number_format: Callable[[Coord], str],
    ) -> None:
        self.title = title
        self.formulas = formulas
        self.names = names
        self.number_format = number_format
        self.number, self.goals_title = 0, ""
        self.common: Mapping[Coord, BoundCalculation] = {}
        self.known_values: dict[Coord, Any] = dict(cells)
        self.areas: dict[Box, Cells] = {}
        self.pending: set[Coord] = set()
        self.book: Book

    def get(self, at: Coord) -> Any:
        """A cell's value; raises its Fault."""
        value = self.known_values.get(at, _NO_VALUE)
        if value is _NO_VALUE:
            value = self.compute(at)
        if isinstance(value, EvaluationError):
            raise type(value)(*value.args)
        return value

    def join(self, number: int, common: Mapping[Coord, BoundCalculation]) -> None:
        """Take the calculations that several sheets have in common, by cells, and a number."""
        self.number, self.common = number, common

    def own_words(self, text: str) -> Any:
        """A text with the sheet's title and number, and its goals' title, where their marks are."""
        if text == NUMBER_MARK:
            return self.number
        quoted = self.title.replace("'", "''")
        with_title = text.replace(TITLE_MARK, self.title).replace(QUOTED_TITLE_MARK, quoted)
        with_goals = with_title.replace(GOALS_TITLE, self.goals_title.replace("'", "''"))
        return with_goals.replace(NUMBER_MARK, str(self.number))

    def work_out(self, order: Iterable[Coord]) -> None:
        """Calculate formulas in an order in which each comes behind what it needs.

        What is not so, or needs too much, is left until somebody asks for it.
        """
        book, known_values = self.book, self.known_values
        for at in order:
            if at in known_values or (formula := self.formulas.get(at)) is None:
                continue
            book.depth, book.chosen = 0, None
            self.pending.add(at)
            try:
                known_values[at] = self._result(formula, at)
            except _DeeperError:
                continue
            finally:
                self.pending.discard(at)

    def compute(self, at: Coord) -> Any:
        """The value of a cell that is not known yet, a Fault too; None of a blank one."""
        formula = self.formulas.get(at)
        if formula is None:
            return None
        book = self.book
        if book.depth >= DEEPEST_RECURSION:
            raise _DeeperError(self, at)
        if at in self.pending:
            raise UnknownValueError("circular")
        self.pending.add(at)
        book.depth += 1
        chosen, book.chosen = book.chosen, None
        try:
            value = self._result(formula, at)
        finally:
            self.pending.discard(at)
            book.depth -= 1
            book.chosen = chosen
        self.known_values[at] = value
        return value

    def _result(self, formula: str, at: Coord) -> Any:
        try:
            calculation, places = self.common.get(at) or self.book.compiled(formula)
            value = calculation(self, places, at)
        except (CellError, UnknownValueError) as fault:
            return type(fault)(*fault.args)  # without its traceback
        except (NotUnderstoodError, RecursionError, OverflowError, ValueError) as fault:
            return UnknownValueError(str(fault))
        if isinstance(value, float) and not math.isfinite(value):
            return UnknownValueError("too large")
        return 0 if value is None else value

    def cells_of(self, box: Box) -> Cells:
        """The values of an area; raises UnknownValueError where one of them is not known."""
        cells = self.areas.get(box)
        if cells is None:
            if box.width * box.height > LARGEST_AREA:
                raise UnknownValueError("too many cells")
            cells = self.areas[box] = Cells(list(self._values(box)))
        return cells

    def _values(self, box: Box) -> Iterator[Any]:
        known_values = self.known_values
        for at in box.coords():
            value = known_values.get(at, _NO_VALUE)
            if value is _NO_VALUE:
                value = self.compute(at)
            if isinstance(value, UnknownValueError):
                raise UnknownValueError(*value.args)
            yield value

    def forget(self, remaining_cells: Iterable[Coord]) -> None:
        """Forget the values of all formulas but those of some cells: others may ask for these."""
        self.known_values = {
            at: self.known_values[at] for at in remaining_cells if at in self.known_values
        }
        self.formulas, self.areas = {}, {}


class Book:
    """The sheets of a workbook in their order, and the names that all of them have.

    `names` are areas by name: the title of their sheet, and the cells. `compiled` makes a
    calculation of a formula's text.
    """

    def __init__(
        self,
        sheets: Sequence[Sheet],
        names: Mapping[str, tuple[str, Box]],
        compiled: Compiled,
    ) -> None:
        self.sheets = {sheet.title: sheet for sheet in sheets}
        self.names = names
        self.compiled = compiled
        self.depth = 0
        self.chosen: Sequence[int] | None = None  # positions that are looked at of all areas
        self.sums: dict[Any, Any] = {}  # over spans of sheets
        self._order = list(self.sheets)
        for sheet in sheets:
            sheet.book = self

    def sheet(self, title: str) -> Sheet | None:
        """The sheet of a title; capitals do not matter."""
        sheet_there = self.sheets.get(title)
        if sheet_there is None:
            folded = title.casefold()
            sheet_there = next((s for t, s in self.sheets.items() if t.casefold() == folded), None)
        return sheet_there

    def between(self, first: str, last: str) -> list[Sheet]:
        """The sheets from one to another."""
        try:
            ends = sorted((self._order.index(first), self._order.index(last)))
        except ValueError:
            raise UnknownValueError(first) from None
        return [self.sheets[title] for title in self._order[ends[0] : ends[1] + 1]]

    def value(self, title: str, at: Coord) -> Any:
        """What a cell shows: a number, a text, TRUE or FALSE, None for blank, or an error."""
        asked_sheet = self.sheets[title]
        if at in asked_sheet.known_values:
            return asked_sheet.known_values[at]
        waiting = [(asked_sheet, at)]
        while waiting:
            sheet, cell = waiting[-1]
            if cell in sheet.known_values:
                waiting.pop()
                continue
            try:
                self.depth, self.chosen = 0, None
                sheet.compute(cell)
                waiting.pop()
            except _DeeperError as deeper:
                if deeper.cell in waiting:
                    sheet.known_values[cell] = UnknownValueError("circular")
                else:
                    waiting.append(deeper.cell)
        return asked_sheet.known_values.get(at)
