"""openpyxl as tests use it: what it works out anew for every workbook is remembered.

Hundreds of tests open much the same workbooks. More than half of openpyxl's time goes into formulas
that cells share, moved from the first of them to the others, into borders of merged cells, into
texts that cells share, into XML parsed in Python, and into sheets and styles read before.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from copy import copy
from functools import cache, lru_cache
from hashlib import sha256
from io import BufferedReader, BytesIO
from typing import Any

import pytest
from openpyxl.cell.cell import MergedCell
from openpyxl.formula.translate import Translator
from openpyxl.reader import excel
from openpyxl.styles.borders import Border
from openpyxl.styles.cell_style import StyleArray
from openpyxl.styles.stylesheet import Stylesheet
from openpyxl.worksheet import _reader
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.worksheet.merge import MergedCellRange
from openpyxl.xml.functions import fromstring, tostring

from xlperf.workbook.package.open_safely import string_table
from xlperf.workbook.package.xml_events import parsed_in_c

SIDES = ("top", "left", "right", "bottom")
PLACES: tuple[tuple[Any, str], ...] = (
    (Translator, "__init__"),
    (Translator, "translate_formula"),
    (MergedCellRange, "_get_borders"),
    (MergedCellRange, "format"),
    (WorkSheetParser, "parse"),
    (excel, "read_string_table"),
    (_reader, "warn"),
    (Stylesheet, "from_tree"),
)
OWN = tuple(getattr(of, name) for of, name in PLACES)  # openpyxl's
GIVEN = ("source", "shared_strings", "date_formats", "timedelta_formats", "shared_formulae")
PLAIN = (str, int, float, bool, type(None))  # values that no reader of a cell can change
KEPT, LARGEST = 300, 4_000_000  # sheets that are remembered; bytes of one
_sheets: dict[Any, tuple[list[Any], bytes]] = {}  # rows, and what else a parser has read
_warned = [0]


def remember(patch: pytest.MonkeyPatch) -> None:
    """Let openpyxl remember from here on; it gives what it gave."""
    _put(
        patch,
        (
            _remember_formula,
            _moving(*OWN[:2]),
            _get_borders,
            _format,
            _parse,
            string_table,
            _warn,
            staticmethod(_styles),
        ),
    )


def forget(patch: pytest.MonkeyPatch) -> None:
    """Let openpyxl be as it is installed."""
    _put(patch, OWN)


def _put(patch: pytest.MonkeyPatch, functions: Iterable[Any]) -> None:
    for (of, name), function in zip(PLACES, functions, strict=True):
        patch.setattr(of, name, function)


def _remember_formula(self: Any, formula: str, origin: str) -> None:
    self.formula_and_origin = formula, origin


def _moving(begin: Any, move: Any) -> Any:
    @cache
    def first(formula: str, origin: str) -> Any:
        made: Any = object.__new__(Translator)
        begin(made, formula, origin)
        return made

    @cache
    def moved(formula: str, origin: str, dest: str | None, down: int, across: int) -> str:
        return str(move(first(formula, origin), dest, down, across))

    def translate(self: Any, dest: Any = None, row_delta: int = 0, col_delta: int = 0) -> str:
        return moved(*self.formula_and_origin, dest, row_delta, col_delta)

    return translate


def _parse(self: Any) -> Iterator[Any]:
    """Each row of a sheet with its cells, which who asks does not change."""
    data = self.source.read(LARGEST)
    if len(data) == LARGEST or self.rich_text:
        self.source.seek(0)
        with parsed_in_c():
            yield from OWN[4](self)
        return
    key = (sha256(data).digest(), *_read_by(self))
    if key not in _sheets:
        warned = _warned[0]
        self.source = BufferedReader(BytesIO(data))
        with parsed_in_c():
            rows = list(OWN[4](self))
        if warned == _warned[0] and all(type(c["value"]) in PLAIN for _, r in rows for c in r):
            if len(_sheets) == KEPT:
                del _sheets[next(iter(_sheets))]
            read = {name: value for name, value in vars(self).items() if name not in GIVEN}
            _sheets[key] = rows, pickle.dumps(read, pickle.HIGHEST_PROTOCOL)
        yield from rows
        return
    rows, state = _sheets[key]
    vars(self).update(pickle.loads(state))
    yield from rows


def _read_by(parser: Any) -> tuple[Any, ...]:
    """What else than its XML says what is read of a sheet."""
    formats = frozenset(parser.date_formats), frozenset(parser.timedelta_formats)
    return parser.data_only, parser.epoch, *formats, tuple(parser.shared_strings)


def _warn(*arguments: Any) -> None:
    _warned[0] += 1
    OWN[6](*arguments)


def _styles(node: Any) -> Any:
    return pickle.loads(_pickled_styles(tostring(node)))


@lru_cache(50)
def _pickled_styles(xml: bytes) -> bytes:
    return pickle.dumps(OWN[7](fromstring(xml)), pickle.HIGHEST_PROTOCOL)


def _sums(book: Any) -> dict[tuple[Any, ...], int]:
    """The borders that were added up in a workbook, by what they are the sum of."""
    return vars(book).setdefault("_sums_of_borders", {})  # type: ignore[no-any-return]


def _border_of(cell: Any) -> int:
    """The number of a cell's border in its workbook."""
    cell._style = cell._style or StyleArray()
    return int(cell._style.borderId)


def _get_borders(self: Any) -> None:
    """Give the first cell the right and lower border of the last one."""
    cells = self.ws._cells
    first = cells.get((self.min_row, self.min_col))
    self.start_cell = first = self.ws.cell(self.min_row, self.min_col) if first is None else first
    last = cells.get((self.max_row, self.max_col))
    if last is None:
        return
    sums, key = _sums(self.ws.parent), (_border_of(first), _border_of(last))
    if key not in sums:
        first.border += Border(right=last.border.right, bottom=last.border.bottom)
        sums[key] = first._style.borderId
    first._style.borderId = sums[key]


def _format(self: Any) -> None:
    """Give the cells at the edges the border of the first cell on that side, and all its lock."""
    cells, first, sums = self.ws._cells, self.start_cell, _sums(self.ws.parent)
    for row, col in self.cells:
        if (row, col) not in cells:
            cells[row, col] = MergedCell(self.ws, row=row, column=col)
    whole = first.border
    for side in SIDES:
        line, first_line = getattr(whole, side), _border_of(first)
        if line and line.style is None:
            continue
        for coord in getattr(self, side):
            cell = cells[coord]
            key = (first_line, _border_of(cell), side)
            if key not in sums:
                cell.border += Border(**{side: line})
                sums[key] = cell._style.borderId
            cell._style.borderId = sums[key]
    first.protection = copy(first.protection)
    for coord in self.cells:
        _border_of(cells[coord])
        cells[coord]._style.protectionId = first._style.protectionId
