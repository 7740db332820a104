"""The sheets of a file as plain cells to calculate with, each read when it is first looked at.

Values are those of the file as its XML has them: numbers, dates as numbers of days, texts, TRUE or
FALSE, errors. Of formulas that are not calculated anew the file's last results count.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from xlperf.calculation.book import Sheet
from xlperf.calculation.values import CellError, UnknownValueError
from xlperf.forms.defined_names import FIELD
from xlperf.layout import Coord
from xlperf.workbook.fast_read.book import BookParts, SheetEntry, book_parts
from xlperf.workbook.fast_read.contents import formulas_of
from xlperf.workbook.fast_read.formats import Format, formats_of
from xlperf.workbook.fast_read.raw_cells import SHARED, Coords, RawCells, RawFormula
from xlperf.workbook.fast_read.sheet import raw_sheet
from xlperf.workbook.fast_read.strings import strings_of
from xlperf.workbook.fast_read.xml import UnsupportedError, checked
from xlperf.workbook.package.calculated import cells_of_ours, is_ours, lies_in
from xlperf.workbook.package.sheet_xml.xml_escapes import decode

_SPAN = re.compile(rb":[^<>\"!,()+=$]+!")  # of sheets, in XML
_CODE = re.compile(rb"&#(?:x([0-9A-Fa-f]+)|([0-9]+));")  # of a character, as openpyxl writes words
KINDS = ("", SHARED)  # of formulas that are calculated anew: arrays and tables are not


@dataclass
class _Read:
    """A sheet that was read: its values, formulas to calculate, what these had, styles.

    `others`: formulas that are not calculated, keep their results and stand in no field.
    """

    values: dict[Coord, Any]
    formulas: dict[Coord, str]
    others: dict[Coord, str]
    had: dict[Coord, Any]
    styles: dict[Coord, str]


class PlainSheet(Sheet):
    """A sheet of a file; with `anew` its formulas of ours are calculated, else those alone of which
    the file has no result.
    """

    def __init__(self, stored: StoredSheets, part: SheetEntry, *, anew: bool) -> None:
        super().__init__(part.title, {}, {}, part.names, self._format)
        self._stored, self._part, self._anew = stored, part, anew
        self._is_read = False
        self._is_kept: Callable[[Coord], bool] | None = None  # once it was released

    def read(self) -> None:
        """Read the sheet, if it was not read yet."""
        if not self._is_read:
            self._is_read = True
            self.known |= self._content.values
            self.formulas = self._content.formulas

    @property
    def is_read(self) -> bool:
        """Whether its cells are in memory."""
        return self._is_read

    def release(self, is_kept: Callable[[Coord], bool]) -> None:
        """Forget all cells but some; it is read again for any other."""
        self.known = {at: value for at, value in self.known.items() if is_kept(at)}
        self.formulas = {at: formula for at, formula in self.formulas.items() if is_kept(at)}
        self._is_kept, self._is_read = is_kept, False
        self.areas.clear()
        self.__dict__.pop("_content", None)

    @cached_property
    def _content(self) -> _Read:
        return self._stored.read(self._part, anew=self._anew)

    @property
    def had(self) -> dict[Coord, Any]:
        """What the formulas that are calculated anew have in the file; those with a result."""
        return self._content.had

    @property
    def others(self) -> dict[Coord, str]:
        """The formulas that keep their results, those in fields of forms aside."""
        return self._content.others

    def calculate_too(self, cells: Collection[Coord]) -> None:
        """Calculate some of the others, too."""
        self.read()
        self.areas.clear()
        for at in cells:
            self.had[at] = self.known.pop(at)
            self._content.formulas[at] = self.others[at]

    def compute(self, at: Coord) -> Any:
        """The value of a cell that is not known yet."""
        if not (self._is_read or (self._is_kept and self._is_kept(at))):
            self.read()
            if at in self.known:
                return self.known[at]
        return super().compute(at)

    def _format(self, at: Coord) -> str:
        return self._stored.code(self._content.styles.get(at, ""))


class StoredSheets:
    """The sheets of a file. Raises UnsupportedError for what is not certain, as `contents_of`."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.book: BookParts = book_parts(archive)
        self._coords = Coords()

    @cached_property
    def _strings(self) -> list[str]:
        part = self.book.strings
        texts = strings_of(checked(self._archive.read(part))) if part else []
        return [decode(text) for text in texts]

    @cached_property
    def _formats(self) -> list[Format]:
        return formats_of(self._archive)

    def code(self, style: str) -> str:
        """The number format of a cell style."""
        return self._formats[int(style or 0)].code

    def mentioning(self, titles: Collection[str]) -> Iterator[SheetEntry]:
        """The sheets whose formulas may look at one of these sheets: by its title, or in a span."""
        quoted = [_in_formulas(title) for title in titles]
        for part in self.book.sheets:
            xml = _CODE.sub(_character, self._archive.read(part.part))
            is_one = part.title in titles or any(text in xml for text in quoted)
            if is_one or _SPAN.search(xml):
                yield part

    def read(self, part: SheetEntry, *, anew: bool) -> _Read:
        """The cells of a sheet."""
        xml = checked(self._archive.read(part.part))
        cells: RawCells = raw_sheet(xml, frozenset(), self._coords).cells
        ours = cells_of_ours(part.names)
        values: dict[Coord, Any] = {}
        styles: dict[Coord, str] = {}
        for address, style, kind, text in cells.constants:
            at = self._coords[address]
            values[at], styles[at] = self._value(kind, text), style
        fields = [box for name, box in part.names.items() if name.startswith(FIELD)]
        formulas: dict[Coord, str] = {}
        others: dict[Coord, str] = {}
        had: dict[Coord, Any] = {}
        texts = dict(formulas_of(cells.formulas, self._coords))
        for formula in cells.formulas:
            at = self._coords[formula.at]
            styles[at] = formula.style
            result = self._result(formula)
            text = str(texts[at])
            is_counted = formula.formula_kind in KINDS and is_ours(at, text, part.names, ours)
            if is_counted and (anew or result is None):  # what nobody sees has no result in files
                formulas[at] = text
                had |= {} if result is None else {at: result}
                continue
            values[at] = UnknownValueError() if result is None else result
            is_other = not is_counted and formula.formula_kind in KINDS and result is not None
            if is_other and not any(lies_in(at, box) for box in fields):
                others[at] = text
        return _Read(values, formulas, others, had, styles)

    def _result(self, formula: RawFormula) -> Any:
        """What a formula gave; None where that is not in the file."""
        if formula.kind == "str" or formula.result:
            return self._value(formula.kind, formula.result)
        return None

    def _value(self, kind: str, text: str) -> Any:
        if kind == "s":
            return self._strings[int(text)]
        if kind == "e":
            return CellError(text)
        if kind == "b":
            return text == "1"
        if kind in ("", "n"):
            return float(text) if set(".eE") & set(text) else int(text)
        if kind == "d":
            raise UnsupportedError
        return decode(text)


def _in_formulas(title: str) -> bytes:
    """A part of a title as any formula in XML has it, whatever quotes stand around it."""
    longest = max(title.replace("'", "&").replace('"', "&").replace("<", "&").split("&"), key=len)
    return longest.partition(">")[0].encode("utf-8")


def _character(code: re.Match[bytes]) -> bytes:
    """The character of its code in XML."""
    number = int(code[1], 16) if code[1] else int(code[2])
    return chr(number).encode("utf-8", "replace")
