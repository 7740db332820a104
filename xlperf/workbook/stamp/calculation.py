"""What the formulas of stamped sheets give, of one project after the other."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from openpyxl import Workbook

from xlperf.calculation.book import Book, BoundCalculation, Sheet
from xlperf.calculation.compiling import compiled
from xlperf.calculation.syntax import NUMBER_MARK as OWN_NUMBER
from xlperf.calculation.syntax import QUOTED_TITLE_MARK, TITLE_MARK, NotUnderstoodError
from xlperf.formulas.contributions import COLUMN_MARGIN, QUANTITIES, START
from xlperf.layout import Box, Coord, Formula
from xlperf.wording import official
from xlperf.workbook.grids import sheet_of
from xlperf.workbook.package.calculated import areas_of, hidden_rows, is_nothing, plain_sheet
from xlperf.workbook.package.sheet_xml.cell_xml import plain_number
from xlperf.workbook.package.sheet_xml.sheet_template import (
    NUMBER_KEY,
    NUMBER_MARK,
    holes_in,
    is_marked,
    titled,
)

LAST_COLUMN_OF_LINES = 60  # of the summary, the hidden list beside its lines included
SUMMED_ROWS = 5  # the first rows of a sheet, in which sums over all sheets look
CellTest = Callable[[Coord], bool]


class Pattern:
    """The cells and formulas of a drawn sheet, or of an area on it, with marks in them.

    `steps` are the rows to which formulas of other sheets point; `is_shown` says of a cell whether
    what its formula gives goes into the file, `is_worked_out` whether it is calculated.
    """

    def __init__(
        self,
        model: Sheet,
        area: Box | None = None,
        steps: Container[int] = (),
        is_shown: CellTest = bool,
        is_worked_out: CellTest = bool,
    ) -> None:
        self.model = model
        within = set(area.coords()) if area else None
        formulas = {
            at: text
            for at, text in self.model.formulas.items()
            if (within is None or at in within) and is_worked_out(at)
        }
        holes = {at: holes_in(text) for at, text in formulas.items() if is_marked(text)}
        self.marked = {at: hole for at, hole in holes.items() if hole.keys}
        self.formulas = {at: text for at, text in formulas.items() if at not in self.marked}
        values = self.model.known_values.items()
        self.cells = {at: value for at, value in values if within is None or at in within}
        self.steps = steps
        self.is_shown = is_shown
        self.contribution = _contribution(self.model.formulas)
        self.order: list[Coord] | None = None  # in which formulas can be worked out
        self.referenced_cells: set[Coord] = set()  # the cells that other sheets look at

    @cached_property
    def all_formulas(self) -> dict[Coord, str]:
        """All formulas, as sheets have them in common: `calculation.syntax` has what differs."""
        return self.formulas | {at: holes.fill(_Own()) for at, holes in self.marked.items()}

    @cached_property
    def common(self) -> dict[Coord, BoundCalculation]:
        """The calculations of the formulas; of one that is not understood none."""
        result = {}
        for at, formula in self.all_formulas.items():
            try:
                result[at] = compiled(formula)
            except NotUnderstoodError:
                continue
        return result

    @cached_property
    def shown_formulas(self) -> list[Coord]:
        """The formulas whose values go into the file, from below: what is above sums them up."""
        return sorted(filter(self.is_shown, self.all_formulas), reverse=True)

    @cached_property
    def referenced_formulas(self) -> list[Coord]:
        """The formulas that other sheets look at."""
        return sorted(filter(self.is_asked, self.all_formulas), reverse=True)

    def is_asked(self, at: Coord) -> bool:
        """Whether other sheets look at a cell."""
        return at[0] <= SUMMED_ROWS or at[0] in self.steps

    def own_formulas(self, title: str, number: int) -> dict[Coord, str]:
        """The formulas in which the title or the number stands."""
        values = {NUMBER_KEY: str(number), **titled(title, in_xml=False)}
        return {at: holes.fill(values) for at, holes in self.marked.items()}


class _Own(dict[str, str]):
    """What stands in the holes of formulas that sheets have in common."""

    def __missing__(self, key: str) -> str:
        return OWN_NUMBER if key == NUMBER_KEY else QUOTED_TITLE_MARK if "''" in key else TITLE_MARK


class ProjectNumbers(NamedTuple):
    """A project's numbers in the order of `QUANTITIES`, and its unit's line from 1, 0 for none."""

    numbers: Sequence[Any]
    unit: int


class Contribution(NamedTuple):
    """The cells of a project's sheet that sums look at."""

    cells: tuple[Coord, ...]

    def results(self, numbers: Sequence[Any], unit: int) -> dict[Coord, Any]:
        """What the cells give, as `contributions.formulas_of` has it."""
        result = {}
        for at in self.cells:
            place, quantity = divmod(at[1] - START, len(QUANTITIES))
            is_wanted = place == unit or at[1] < START + len(QUANTITIES)
            result[at] = numbers[quantity] if is_wanted else 0
        return result


def _contribution(formulas: Mapping[Coord, str]) -> Contribution | None:
    """The cells that sums look at; None on a sheet that adds nothing."""
    if (1, START) not in formulas:
        return None
    return Contribution(
        tuple(at for at in formulas if at[0] == 1 and at[1] >= START - COLUMN_MARGIN)
    )


class BookCalculation:
    """The sheets of a workbook as plain cells: those that are drawn, and those of all projects."""

    def __init__(
        self, book: Workbook, first: int, patterns: Sequence[Pattern], is_known: CellTest | None
    ) -> None:
        """Read the drawn sheets.

        `is_known`: whether the result of a cell of the summary goes into the file, and no result
        of other sheets; None where all goes there that people see.
        """
        titles = book.sheetnames
        shapes = titles[first : first + len(patterns)]
        self._patterns = patterns
        others = [title for title in titles if title not in shapes]
        self._drawn_sheets = {
            title: plain_sheet(sheet_of(book, title), None)[0] for title in others
        }
        hidden = {title: hidden_rows(sheet_of(book, title)) for title in others}
        summary = titles[1]

        def is_shown(title: str, at: Coord) -> bool:
            is_written = is_known is None or (title == summary and is_known(at))
            return is_written and at[0] not in hidden[title]

        # what a sheet beside last year's shows stands in any cell of the projects' sheets
        self._is_forgotten = official("sheet.renewal") not in titles
        self._is_shown = is_shown
        self._first, self._areas = first, areas_of(book)
        self._projects: list[Sheet] = []
        self._pattern_of: list[Pattern] = []
        self._has_numbers: list[bool] = []

    def add(
        self,
        shape: int,
        sheet: tuple[str, int],
        contents: Mapping[Coord, Any],
        numbers: ProjectNumbers | None,
    ) -> None:
        """Add the sheet of the next project: its title and number, and what stands in it.

        With its `numbers` these are what sums find, and what the checks say is not worked out.
        """
        title, number = sheet
        pattern = self._patterns[shape]
        formulas, cells = dict(pattern.all_formulas), dict(pattern.cells)
        for at, content in contents.items():
            if isinstance(content, Formula):
                formulas[at] = str(content)
            elif content not in (None, ""):
                cells[at] = plain_number(content)
        if numbers is not None and pattern.contribution:
            cells |= pattern.contribution.results(*numbers)
        if not pattern.referenced_cells:
            pattern.referenced_cells = set(filter(pattern.is_asked, [*formulas, *cells, *contents]))
        model = pattern.model
        self._pattern_of.append(pattern)
        self._has_numbers.append(numbers is not None)
        project_sheet = Sheet(title, cells, formulas, model.names, model.number_format)
        project_sheet.join(number, pattern.common)
        self._projects.append(project_sheet)

    def add_lines(
        self,
        summary: str,
        lines: Sequence[tuple[int, str, int]],
        top: int,
        known_cells: Mapping[Coord, Any],
    ) -> None:
        """Add the lines of all projects to the summary: each with its shape, title and number.

        `top` is the row of the first line; so many lines are drawn as there are shapes. What cells
        of the lines show that is known already is not worked out.
        """
        sheet, width = self._drawn_sheets[summary], LAST_COLUMN_OF_LINES
        patterns = [
            Pattern(sheet, Box(top + shape, 1, width)) for shape in range(len(self._patterns))
        ]
        formulas = dict(sheet.formulas)
        for shape, title, number in lines:
            pattern = patterns[shape]
            row = top + number - 1
            formulas |= {
                (row, col): text for (_, col), text in pattern.own_formulas(title, number).items()
            }
            sheet.known_values |= {
                (row, col): number if value == NUMBER_MARK else value
                for (_, col), value in pattern.cells.items()
            }
        sheet.formulas = formulas
        sheet.known_values |= known_cells

    def results(self, project: int) -> dict[Coord, Any]:
        """What the formulas of a project's sheet give; most of it is forgotten at once."""
        sheet, pattern = self._projects[project], self._pattern_of[project]
        book = self._whole
        before = len(sheet.known_values)
        if not self._has_numbers[project]:
            sheet.work_out(pattern.order or ())
        own_cells = filter(pattern.is_shown, sheet.formulas.keys() - pattern.all_formulas.keys())
        values = self._values(sheet, [*pattern.shown_formulas, *own_cells])
        # what other sheets look at: worked out before them, who would try again and again
        if not self._has_numbers[project]:
            for at in pattern.referenced_formulas:
                book.value(sheet.title, at)
            if pattern.order is None:
                pattern.order = [
                    at for at in list(sheet.known_values)[before:] if at in pattern.common
                ]
        if self._is_forgotten:
            sheet.forget(pattern.referenced_cells)
        return values

    def of_drawn(self, title: str) -> dict[Coord, Any]:
        """What the formulas of another sheet give."""
        sheet = self._drawn_sheets[title]
        # from below: what stands above sums it up, and would be tried again for each that is new
        shown_cells = sorted(
            (at for at in sheet.formulas if self._is_shown(title, at)), reverse=True
        )
        return self._values(sheet, shown_cells)

    def _values(self, sheet: Sheet, cells: Iterable[Coord]) -> dict[Coord, Any]:
        values = [(at, self._whole.value(sheet.title, at)) for at in cells]
        return {at: value for at, value in values if not is_nothing(value)}

    @cached_property
    def _whole(self) -> Book:
        """The workbook, once all its sheets are there."""
        drawn_sheets = list(self._drawn_sheets.values())
        sheets = [*drawn_sheets[: self._first], *self._projects, *drawn_sheets[self._first :]]
        return Book(sheets, self._areas, compiled)
