"""The sheets of a file as plain cells to calculate with, each read when it is first looked at.

Values are those of the file as its XML has them: numbers, dates as numbers of days, texts, TRUE or
FALSE, errors. Of formulas that are not calculated anew the file's last results count.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from xlperf.calculation.book import BoundCalculation, Sheet
from xlperf.calculation.compiling import compiled_anew
from xlperf.calculation.syntax import GOALS_TITLE
from xlperf.calculation.values import CellError, UnknownValueError
from xlperf.forms.defined_names import FIELD_PREFIX
from xlperf.forms.stages.choice import is_stage
from xlperf.layout import Box, Coord
from xlperf.layout.addresses import quoted
from xlperf.workbook.fast_read.book import BookParts, BookSheet, book_parts
from xlperf.workbook.fast_read.formats import Format, formats_of
from xlperf.workbook.fast_read.raw_cells import (
    SHARED_FORMULA,
    TABLE_FORMULA,
    Coords,
    RawCells,
    RawFormula,
)
from xlperf.workbook.fast_read.sheet import raw_sheet
from xlperf.workbook.fast_read.strings import strings_of
from xlperf.workbook.fast_read.xml import UnsupportedError, checked
from xlperf.workbook.package.calculated import cells_of_ours, is_ours, lies_in
from xlperf.workbook.package.sheet_xml.xml_escapes import decode

_SPAN = re.compile(rb":[^<>\"!,()+=$]+!")  # of sheets, in XML
_QUOTED_TITLE = re.compile(r"(?<!')'((?:[^']|'')+)'!")
_CODE = re.compile(rb"&#(?:x([0-9A-Fa-f]+)|([0-9]+));")  # of a character, as openpyxl writes words
FORMULA_KINDS = ("", SHARED_FORMULA)  # that are calculated anew: arrays and tables are not


class SharedFormula(NamedTuple):
    """A formula that cells share: as the first one has it, the address of that, and its own."""

    formula: str
    first: str
    address: str

    def moved(self) -> str:
        """The formula in its own cell."""
        from xlperf.workbook.fast_read.openpyxl_rules import moved

        return moved(f"={self.formula}", self.first, self.address)


Stored = str | SharedFormula  # a formula, as a sheet of a file has it


def _plain(formula: Stored) -> str:
    """A formula as the text that its own cell has."""
    return formula if isinstance(formula, str) else formula.moved()


@lru_cache(10_000)  # those of a few forms; each sheet has some of its own, too
def calculation_of(formula: Stored) -> BoundCalculation:
    """The calculation of a formula; raises NotUnderstoodError."""
    return compiled_anew(_plain(formula))


@dataclass
class _Read:
    """A sheet that was read: its values, formulas to calculate, what these had, styles.

    `others`: formulas that are not calculated, keep their results and stand in no field.
    `goals_title`: of the sheet whose title has its mark in the formulas to calculate; "" for none.
    `has_results`: whether any formula of ours has one in the file.
    """

    values: dict[Coord, Any]
    formulas: dict[Coord, Any]  # `Stored`
    others: dict[Coord, str]
    had: dict[Coord, Any]
    styles: dict[Coord, str]
    goals_title: str
    has_results: bool


class PlainSheet(Sheet):
    """A sheet of a file; with `anew` its formulas of ours are calculated, else those alone of which
    the file has no result.
    """

    def __init__(self, stored: StoredSheets, part: BookSheet, *, anew: bool) -> None:
        super().__init__(part.title, {}, {}, part.names, self._format)
        self._stored, self._part, self._anew = stored, part, anew
        self._is_read = False
        self._is_kept: Callable[[Coord], bool] | None = None  # once it was released

    def read(self) -> None:
        """Read the sheet, if it was not read yet."""
        if not self._is_read:
            self._is_read = True
            self.known_values |= self._content.values
            self.formulas = self._content.formulas
            self.goals_title = self._content.goals_title

    @property
    def is_read(self) -> bool:
        """Whether its cells are in memory."""
        return self._is_read

    def release(self, is_kept: Callable[[Coord], bool]) -> None:
        """Forget all cells but some; it is read again for any other."""
        self.known_values = {at: value for at, value in self.known_values.items() if is_kept(at)}
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
    def has_results(self) -> bool:
        """Whether any formula of ours has a result in the file."""
        return self._content.has_results

    @property
    def others(self) -> dict[Coord, str]:
        """The formulas that keep their results, those in fields of forms aside."""
        return self._content.others

    def calculate_too(self, cells: Collection[Coord]) -> None:
        """Calculate some of the others, too."""
        self.read()
        self.areas.clear()
        for at in cells:
            self.had[at] = self.known_values.pop(at)
            self._content.formulas[at] = self.others[at]

    def compute(self, at: Coord) -> Any:
        """The value of a cell that is not known yet."""
        if not (self._is_read or (self._is_kept and self._is_kept(at))):
            self.read()
            if at in self.known_values:
                return self.known_values[at]
        return super().compute(at)

    def _format(self, at: Coord) -> str:
        return self._stored.code(self._content.styles.get(at, ""))


class StoredSheets:
    """The sheets of a file. Raises UnsupportedError for what is not certain, as `contents_of`."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.book: BookParts = book_parts(archive)
        self._coords = Coords()
        self._ours_by_names: dict[frozenset[tuple[str, Box]], dict[Stored, bool]] = {}

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

    def mentioning(self, titles: Collection[str]) -> Iterator[BookSheet]:
        """The sheets whose formulas may look at one of these sheets: by its title, or in a span."""
        texts = [_in_formulas(title) for title in titles]
        for part in self.book.sheets:
            xml = _CODE.sub(_character, self._archive.read(part.part))
            is_one = part.title in titles or any(text in xml for text in texts)
            if is_one or _SPAN.search(xml):
                yield part

    def read(self, part: BookSheet, *, anew: bool) -> _Read:
        """The cells of a sheet."""
        xml = checked(self._archive.read(part.part))
        cells: RawCells = raw_sheet(xml, frozenset(), self._coords).cells
        ours = cells_of_ours(part.names)
        values: dict[Coord, Any] = {}
        styles: dict[Coord, str] = {}
        for address, style, kind, text in cells.constants:
            at = self._coords[address]
            values[at], styles[at] = self._value(kind, text), style
        fields = [box for name, box in part.names.items() if name.startswith(FIELD_PREFIX)]
        formulas: dict[Coord, Any] = {}
        others: dict[Coord, str] = {}
        had: dict[Coord, Any] = {}
        goals = self._goals_title(cells.formulas) if is_stage(part.names) else ""
        first, has_results = dict[str, RawFormula](), False
        cache = self._ours_by_names.setdefault(frozenset(part.names.items()), {})
        for formula in _marked(cells.formulas, goals):
            at = self._coords[formula.at]
            styles[at] = formula.style
            result = self._result(formula)
            stored = _stored(formula, first)
            is_counted = formula.formula_kind in FORMULA_KINDS and (
                at in ours or self._is_shown(stored, part.names, cache)
            )
            has_results = has_results or (is_counted and result is not None)
            if is_counted and (anew or result is None):  # what nobody sees has no result in files
                formulas[at] = stored
                had |= {} if result is None else {at: result}
                continue
            values[at] = UnknownValueError() if result is None else result
            is_anew = formula.formula_kind in FORMULA_KINDS
            is_other = not is_counted and is_anew and result is not None
            if is_other and not any(lies_in(at, box) for box in fields):
                others[at] = _plain(stored).replace(f"'{GOALS_TITLE}'!", f"{quoted(goals)}!")
        return _Read(values, formulas, others, had, styles, goals, has_results)

    def _is_shown(self, text: Stored, names: dict[str, Box], cache: dict[Stored, bool]) -> bool:
        """Whether a formula of ours stands in a field; `cache`: of sheets with these names."""
        if text not in cache:
            cache[text] = is_ours((0, 0), _plain(text), names, ())
        return cache[text]

    def _goals_title(self, formulas: Sequence[RawFormula]) -> str:
        """The title that most formulas of a stage's sheet name, its goals'; "" for none."""
        matches = Counter(_QUOTED_TITLE.findall("\n".join(formula.text for formula in formulas)))
        titles = (text.replace("''", "'") for text, _ in matches.most_common())
        titles_here = {part.title for part in self.book.sheets}
        return next((title for title in titles if title in titles_here), "")

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


def _stored(formula: RawFormula, first: dict[str, RawFormula]) -> Stored:
    """A formula, as `formulas_of` has it; `first`: by group, of those before it, the first ones."""
    if formula.formula_kind == TABLE_FORMULA:
        return "=TABLE()"
    if formula.formula_kind == SHARED_FORMULA:
        if formula.group in first:
            shared = first[formula.group]
            return SharedFormula(shared.text, shared.at, formula.at)
        if formula.text:
            first[formula.group] = formula
    return f"={formula.text}"


def _marked(formulas: Sequence[RawFormula], goals: str) -> Sequence[RawFormula]:
    """Formulas with a mark for the goals' title: those of sheets of one form are the same then."""
    if not goals:
        return formulas
    goals_prefix, mark = f"{quoted(goals)}!", f"'{GOALS_TITLE}'!"
    return [
        formula._replace(text=formula.text.replace(goals_prefix, mark))
        if goals_prefix in formula.text and "''" not in formula.text
        else formula
        for formula in formulas
    ]


def _in_formulas(title: str) -> bytes:
    """A part of a title as any formula in XML has it, whatever quotes stand around it."""
    longest = max(title.replace("'", "&").replace('"', "&").replace("<", "&").split("&"), key=len)
    return longest.partition(">")[0].encode("utf-8")


def _character(code: re.Match[bytes]) -> bytes:
    """The character of its code in XML."""
    number = int(code[1], 16) if code[1] else int(code[2])
    return chr(number).encode("utf-8", "replace")
