"""What the XML of a sheet's cells says, before it is known what it means."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from xlperf.layout import Coord
from xlperf.layout.addresses import LAST_COLUMN, LAST_ROW, column
from xlperf.workbook.fast_read.xml import UnsupportedError

INLINE = "inlineStr"  # the type of a cell that has its string in itself
TABLE_FORMULA = "dataTable"  # the kind of a formula of a table of what-if calculations
SHARED_FORMULA = "shared"  # the kind of a formula that several cells have in common


# A cell with a value: its address, the number of its style or "", the value's type or "", its text.
Constant = tuple[str, str, str, str]


class RawFormula(NamedTuple):
    """A cell with a formula, without its equals sign: `group` is the number of a shared one.

    `style`, `kind` and `result` are of the value that it gave when it was last calculated.
    """

    at: str
    style: str
    kind: str
    formula_kind: str
    group: str
    text: str
    result: str


@dataclass(frozen=True, slots=True)
class RawCells:
    """The cells of a sheet that hold anything, in the order in which they are written.

    `formulas`: those of cells that are not ours, and others where those are many or shared.
    `machinery`: the cells of ours that hold one.
    """

    constants: Sequence[Constant]
    formulas: Sequence[RawFormula]
    machinery: frozenset[Coord]


class FormulaCells(NamedTuple):
    """Cells with formulas: those of ours, and all others."""

    ours: frozenset[Coord]
    theirs: frozenset[Coord]


class Coords(dict[str, Coord]):
    """Rows and columns by addresses such as C5, for one workbook.

    Sheets of one form have the same cells, and keep their places once. Raises UnsupportedError
    for an address outside of a sheet; others than addresses are not asked for.
    """

    def __init__(self) -> None:
        super().__init__()
        self._split: dict[tuple[str, Set[Coord]], FormulaCells] = {}

    def split(self, addresses: Sequence[str], ours: Set[Coord]) -> FormulaCells:
        """Cells with formulas in those that are ours and others; UnsupportedError if one is twice.

        Sheets of one form have the same, and keep them once. `ours` is hashable.
        """
        key = " ".join(addresses), ours
        if key not in self._split:
            cells = frozenset(map(self.__getitem__, addresses))
            if len(cells) < len(addresses):
                raise UnsupportedError
            self._split[key] = FormulaCells(cells & ours, cells - ours)
        return self._split[key]

    def __missing__(self, address: str) -> Coord:
        """Work out an address, and keep it."""
        name = address.rstrip("0123456789")
        row, col = int(address[len(name) :]), column(name)
        if row > LAST_ROW or col > LAST_COLUMN:
            raise UnsupportedError
        self[address] = row, col
        return row, col
