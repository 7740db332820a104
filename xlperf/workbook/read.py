"""A master workbook's file back to its record, by names: wherever people have moved things to.

Files are read from their parts (`workbook.parts`), and with openpyxl where these are not certain;
it is loaded only then, as that takes as long as reading a hundred forms.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlperf.errors import UserError
from xlperf.forms import Edition
from xlperf.forms.official import edition_recognition
from xlperf.forms.sheet_reading import sheet_reader
from xlperf.forms.sheet_reading.sheet_content import SheetContent
from xlperf.forms.sheet_reading.sheet_reader import record_of
from xlperf.layout import Coord, Grid, StruckText
from xlperf.reading import Reading
from xlperf.wording import official
from xlperf.workbook.fast_read.contents import contents_of
from xlperf.workbook.fast_read.xml import UnsupportedError
from xlperf.workbook.package.sheet_xml.struck_text import struck_texts, with_struck

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


def read_workbook(path: Path) -> Reading:
    """A workbook's record, with the place of everything, and what no form claimed.

    Raises UserError for what cannot be read, and for what is no workbook of ours.
    """
    try:
        contents = contents_of(path)
    except UnsupportedError:
        return read_carefully(path)
    return record_of(contents, str(path))


def read_carefully(path: Path) -> Reading:
    """What `read_workbook` gives, all of it read with openpyxl."""
    from xlperf.workbook.package.open_safely import open_book

    return reading_of(open_book(path), path)


def reading_of(book: Workbook, path: Path) -> Reading:
    """The record of a workbook that is open already; raises UserError where it is none of ours.

    `path` is its file, from which the values of formulas are read.
    """
    computed = FormulaValues(path)
    return record_of([see(sheet, computed) for sheet in book.worksheets], str(path))


def reading_by_names(book: Workbook, path: Path) -> Reading:
    """What an open workbook says by the names that it has; nothing where it has none of ours."""
    try:
        return reading_of(book, path)
    except UserError:
        return Reading({})


def manifest(book: Workbook) -> dict[str, str]:
    """The entries of the hidden manifest, key → value; empty where it was deleted."""
    title = official("sheet.manifest")
    sheets = [sheet for sheet in book.worksheets if sheet.title == title]
    return sheet_reader.manifest([see(sheet, FormulaValues(Path())) for sheet in sheets])


def edition_of(book: Workbook) -> Edition:
    """The edition the manifest names; where that is lost, the one that the sheets are most like."""
    from xlperf.workbook.grids import grid_of

    sheets = ((set(sheet.defined_names), grid_of(sheet)) for sheet in book.worksheets)
    return edition_recognition.edition_of(manifest(book), sheets)


def see(sheet: Worksheet, computed: FormulaValues) -> SheetContent:
    """A sheet as the reader of forms takes it: its names, its grid, values of formulas."""
    from xlperf.workbook.grids import check_cells_of, grid_of
    from xlperf.workbook.names import named_boxes

    names = named_boxes(sheet)
    return SheetContent(
        title=sheet.title,
        names=names,
        grid=computed.without_struck(grid_of(sheet)),
        value=lambda coord: computed.value(sheet.title, coord),
        lost=frozenset(name for name in sheet.defined_names if name not in names),
        machinery=check_cells_of(sheet),
    )


class FormulaValues:
    """The values of formulas when the workbook was last calculated; read only when needed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.sheets: dict[str, dict[Coord, Any]] = {}

    def value(self, title: str, coord: Coord) -> Any:
        """A formula's last value; None where it was never calculated."""
        if title not in self.sheets:
            self.sheets[title] = self.of(title)
        return self.sheets[title].get(coord)

    def without_struck(self, grid: Grid) -> Grid:
        """The grid with a `StruckText` for each text that is struck out in part."""
        return with_struck(grid, self.struck)

    @cached_property
    def struck(self) -> dict[str, StruckText]:
        """The texts of the file that are struck out in part."""
        return struck_texts(self.path) if self.path.is_file() else {}

    @cached_property
    def of(self) -> Callable[[str], dict[Coord, Any]]:
        """A function from a sheet's title to its cells' last values."""
        from xlperf.workbook.package.open_safely import values_of

        return values_of(self.path)
