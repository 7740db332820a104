"""What a reference of a formula points at, and the kinds of what stands there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from openpyxl import Workbook
from openpyxl.utils.cell import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from tests.formulas.kinds import NOTHING, Kind, Value

_REFERENCE = re.compile(
    r"(?:'(?P<quoted>(?:[^']|'')+)'!|(?P<plain>[^\W\d][\w.]*(?::[^\W\d][\w.]*)?)!)?"
    r"(?P<cells>\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)"
)


@dataclass(frozen=True, slots=True)
class Area:
    """Cells of one sheet, or of several ("first:last")."""

    sheet: str
    left: int
    top: int
    right: int
    bottom: int
    several: bool = False

    @property
    def many(self) -> bool:
        return (self.left, self.top) != (self.right, self.bottom)


class Places:
    """The cells of a workbook; `formula_kinds` has the kinds that their formulas give."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.formula_kinds: dict[tuple[str, int, int], Kind] = {}
        self._areas: dict[tuple[str, str], Area | None] = {}
        self._kinds: dict[Area, Kind] = {}
        self._several: dict[tuple[str, Area], bool] = {}

    def forget_areas(self) -> None:
        """What is known of ranges is to be found anew, as cells have changed."""
        self._kinds.clear()

    def area(self, reference: str, sheet: str) -> Area | None:
        """The cells that a reference or a name stands for; None if there are none."""
        key = (reference, sheet)
        if key not in self._areas:
            self._areas[key] = self._area_of(reference, sheet)
        return self._areas[key]

    def _area_of(self, reference: str, sheet: str) -> Area | None:
        match = _REFERENCE.fullmatch(reference)
        if match is None:
            return self._named(reference, sheet)
        title = (match["quoted"] or match["plain"] or sheet).replace("''", "'")
        ends = title.split(":")
        if not all(end in self.book.sheetnames for end in ends):
            return None
        left, top, right, bottom = range_boundaries(match["cells"].replace("$", ""))
        return Area(title, left, top, right, bottom, len(ends) > 1)  # type: ignore[arg-type]

    def _named(self, name: str, sheet: str) -> Area | None:
        sheet_names = self.book[sheet].defined_names if sheet else {}
        defined = sheet_names.get(name) or self.book.defined_names.get(name)
        return self.area(str(defined.attr_text), sheet) if defined is not None else None

    def value(self, reference: str, sheet: str) -> Value:
        """What a reference gives; a list of words is many values, even if it has one now."""
        area = self.area(reference, sheet)
        if area is None:
            return Value(Kind.ANY, cells=True)
        if area.several:
            return Value(Kind.ANY, array=True, cells=True, sheets=True)
        return _value(self.kinds(area).value, self._many(reference, area))

    def _many(self, reference: str, area: Area) -> bool:
        key = (reference, area)
        if key not in self._several:
            named = not _REFERENCE.fullmatch(reference)
            listed = named and self.book[area.sheet].sheet_state != "visible"
            self._several[key] = area.many or listed
        return self._several[key]

    def kinds(self, area: Area) -> Kind:
        """The kinds of everything that stands in some cells."""
        if not area.many:
            return self._of_cell(area.sheet, area.top, area.left)
        if area not in self._kinds:
            kinds = NOTHING
            for row in range(area.top, area.bottom + 1):
                for col in range(area.left, area.right + 1):
                    kinds |= self._of_cell(area.sheet, row, col)
            self._kinds[area] = kinds
        return self._kinds[area]

    def _of_cell(self, title: str, row: int, col: int) -> Kind:
        key = (title, row, col)
        if key not in self.formula_kinds:
            self.formula_kinds[key] = _written(self.book[title], row, col)
        return self.formula_kinds[key]


@cache
def _value(kinds: int, array: bool) -> Value:
    """The one value of cells of these kinds: most references have one of a few."""
    return Value(Kind(kinds), array=array, cells=True)


def _written(sheet: Worksheet, row: int, col: int) -> Kind:
    """The kind of a cell without a formula: of what it holds where nobody types, else anything."""
    cell = sheet._cells.get((row, col))
    hidden = sheet.sheet_state != "visible" or sheet.row_dimensions[row].hidden
    if cell is None:
        return Kind.BLANK if hidden else Kind.ANY
    column = sheet.column_dimensions.get(get_column_letter(col))
    hidden = hidden or (column is not None and column.hidden)
    if not hidden and not (sheet.protection.sheet and cell.protection.locked):
        return Kind.ANY
    match cell.value:
        case None:
            return Kind.BLANK
        case bool():
            return Kind.BOOLEAN
        case str() as text:
            return Kind.TEXT if text else Kind.EMPTY
    return Kind.NUMBER
