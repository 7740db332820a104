"""What the formulas of an open workbook give, for their places in its file.

Ours are calculated from the cells as they are about to be written. A formula that people wrote
keeps what it had: only they know what it is to give, and some functions are not known here.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Container
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.calculation.book import Book, Sheet
from xlperf.calculation.compiling import compiled
from xlperf.calculation.values import ERROR_VALUES, CellError, EvaluationError, UnknownValueError
from xlperf.forms.defined_names import AID, FIELD_PREFIX, own_cells
from xlperf.forms.stages.choice import is_stage
from xlperf.forms.stages.links import is_computed, read_link
from xlperf.layout import Box, Coord
from xlperf.layout.addresses import box_of
from xlperf.workbook.names import named_boxes
from xlperf.workbook.package.sheet_xml.xml_escapes import decode

Kept = Callable[[str, Coord], Any]  # by title and cell what a formula had, None for nothing
Results = dict[str, dict[Coord, Any]]
# hidden columns of a stage's sheet: what nobody sees is left out of files
STEPS_NAME = AID + "steps"


class FormulaResults(NamedTuple):
    """What the formulas of ours give, and what those of people's had: no errors, no unknowns.

    `faults`: those of ours that give an error or what nobody knows, with it.
    """

    ours: Results
    had: Results
    faults: Results

    def of(self, title: str) -> dict[Coord, Any]:
        """What the formulas of a sheet have in the file."""
        return self.had[title] | self.ours[title]


def calculated(
    book: Workbook, earlier_result: Kept | None = None, only: Collection[str] = ()
) -> FormulaResults:
    """By title and cell what the formulas of a workbook give: numbers, texts, TRUE or FALSE.

    With `earlier_result` only cells of ours are calculated; other formulas give what they had.
    Without it every formula is ours. `only`: the sheets that are asked for, all if none is named.
    """
    pairs = [plain_sheet(worksheet, earlier_result) for worksheet in book.worksheets]
    plain = Book([sheet for sheet, _ in pairs], areas_of(book), compiled)
    ours: Results = {}
    faults: Results = {}
    for sheet, _ in reversed(pairs):  # the summary, which is in front, needs all the others
        if only and sheet.title not in only:
            continue
        hidden = hidden_rows(book[sheet.title])
        steps = sheet.names.get(STEPS_NAME)
        visible_cells = (
            at for at in sheet.formulas if at[0] not in hidden and not lies_in(at, steps)
        )
        values = {at: plain.value(sheet.title, at) for at in visible_cells}
        faults[sheet.title] = {at: value for at, value in values.items() if is_nothing(value)}
        ours[sheet.title] = {at: v for at, v in values.items() if at not in faults[sheet.title]}
    return FormulaResults(ours, {sheet.title: had for sheet, had in pairs}, faults)


def lies_in(at: Coord, box: Box | None) -> bool:
    """Whether a cell lies in a rectangle; in none where there is none."""
    if box is None:
        return False
    return 0 <= at[0] - box.row < box.height and 0 <= at[1] - box.col < box.width


def hidden_rows(worksheet: Worksheet) -> frozenset[int]:
    """The rows that nobody sees: what formulas give there on their way is left out of files."""
    rows = worksheet.row_dimensions.items()
    return frozenset(number for number, row in rows if row.hidden)


def areas_of(book: Workbook) -> dict[str, tuple[str, Box]]:
    """The areas of the names that all sheets have, by name: the title of a sheet, and cells."""
    names = ((name, str(item.attr_text or "")) for name, item in book.defined_names.items())
    return {name: area for name, text in names if (area := area_of_name(text))}


def is_nothing(value: Any) -> bool:
    """Whether a formula gives nothing that a file can hold: an error, or what nobody knows."""
    return value is None or isinstance(value, EvaluationError)


def plain_sheet(
    worksheet: Worksheet, earlier_result: Kept | None
) -> tuple[Sheet, dict[Coord, Any]]:
    """A sheet to calculate with, and what its formulas that are people's had."""
    names = named_boxes(worksheet)
    ours = cells_of_ours(names) if earlier_result else ()
    cells: dict[Coord, Any] = {}
    formulas: dict[Coord, str] = {}
    had: dict[Coord, Any] = {}
    for at, cell in worksheet._cells.items():
        if not isinstance(cell, Cell) or cell.value is None:
            continue
        if cell.data_type != "f":
            is_error = cell.data_type == "e"
            cells[at] = CellError(cell.value) if is_error else _plain(cell.value, worksheet)
        elif earlier_result is None or (
            isinstance(cell.value, str) and is_ours(at, cell.value, names, ours)
        ):
            formulas[at] = str(cell.value)
        else:
            cells[at] = _result(earlier_result(worksheet.title, at), worksheet)
            if not is_nothing(cells[at]):
                had[at] = cells[at]

    def number_format(at: Coord) -> str:
        cell = worksheet._cells.get(at)
        return str(cell.number_format) if cell is not None else ""

    return Sheet(worksheet.title, cells, formulas, names, number_format), had


def is_ours(at: Coord, formula: str, names: dict[str, Box], ours: Container[Coord]) -> bool:
    """Whether a formula is ours: in a cell of ours, or in a field of a stage's sheet."""
    if at in ours:
        return True
    is_linked = read_link(formula) is not None or is_computed(formula, names)
    return is_linked and is_stage(names)


def cells_of_ours(names: dict[str, Box]) -> frozenset[Coord]:
    """The cells of a sheet in which formulas are ours: outside the fields, and a live title."""
    title = names.get(FIELD_PREFIX + "title")
    return own_cells(names) | ({title.at} if title else set())


def _result(value: Any, worksheet: Worksheet) -> Any:
    """What a formula of people's had, as formulas see it."""
    if value is None:
        return UnknownValueError()
    return CellError(value) if value in ERROR_VALUES else _plain(value, worksheet)


def _plain(value: Any, worksheet: Worksheet) -> Any:
    """A value of openpyxl's as formulas see it; dates are numbers of days."""
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        book: Any = worksheet.parent
        serial: Callable[..., Any] = to_excel
        return serial(value, book.epoch)
    return decode(str(value))


def area_of_name(target: str) -> tuple[str, Box] | None:
    """The title and the cells that a name stands for."""
    box, (title, _, _) = box_of(target), target.rpartition("!")
    bare = title[1:-1].replace("''", "'") if title.startswith("'") else title
    return (bare, box) if box and bare else None
