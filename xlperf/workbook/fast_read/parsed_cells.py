"""The cells of any sheet by a parser: prefixes, attributes in any order, rich texts, comments."""

from __future__ import annotations

import re
from collections.abc import Set
from xml.etree.ElementTree import Element

from xlperf.layout import Coord
from xlperf.layout.addresses import cell_address
from xlperf.workbook.fast_read.raw_cells import INLINE, Constant, Coords, RawCells, RawFormula
from xlperf.workbook.fast_read.strings import text_of
from xlperf.workbook.fast_read.xml import UnsupportedError
from xlperf.workbook.part_names import SPREADSHEETML

ROW_TAG, CELL_TAG, FORMULA = (
    f"{{{SPREADSHEETML}}}row",
    f"{{{SPREADSHEETML}}}c",
    f"{{{SPREADSHEETML}}}f",
)
VALUE_TAG, STRING = f"{{{SPREADSHEETML}}}v", f"{{{SPREADSHEETML}}}is"
_ADDRESS = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")


def parsed_cells(sheet: Element, ours: Set[Coord], coords: Coords) -> RawCells:
    """The cells of a sheet, given its root; `ours`: those whose formulas say nothing.

    Cells and rows without an address follow the one before. Raises UnsupportedError for what is
    nothing that a spreadsheet program writes.
    """
    reader = _Reader(coords)
    for row in sheet.iter(ROW_TAG):
        reader.row(row)
    machinery, theirs = coords.split([formula.at for formula in reader.formulas], ours)
    formulas = reader.formulas if theirs else []
    return RawCells(reader.constants, formulas, machinery)


class _Reader:
    def __init__(self, coords: Coords) -> None:
        self.coords = coords
        self.constants: list[Constant] = []
        self.formulas: list[RawFormula] = []
        self._row = 0

    def row(self, row: Element) -> None:
        """Read the cells of a row."""
        self._row = int(row.get("r", self._row + 1))
        col = 0
        for cell in row:
            if cell.tag != CELL_TAG:
                raise UnsupportedError
            at = cell.get("r") or cell_address(self._row, col + 1)
            if not _ADDRESS.fullmatch(at):
                raise UnsupportedError
            col = self.coords[at][1]
            self._cell(at, cell)

    def _cell(self, at: str, cell: Element) -> None:
        style, kind = cell.get("s", ""), cell.get("t", "")
        value = _value(cell, kind)
        formula = cell.find(FORMULA)
        if formula is None:
            if value:
                self.constants.append((at, style, kind, value))
            return
        keys = formula.get("t", ""), formula.get("si", "")
        self.formulas.append(RawFormula(at, style, kind, *keys, formula.text or "", value))


def _value(cell: Element, kind: str) -> str:
    """The text of a cell's value, "" if it has none."""
    if kind == INLINE:
        string = cell.find(STRING)
        return text_of(string) if string is not None else ""
    return cell.findtext(VALUE_TAG) or ""
