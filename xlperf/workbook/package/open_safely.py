"""Opening a workbook that came from anywhere: known by content, bounded, without entities.

Sheets and the texts they share are read without entities (`xml_events`); lxml reads all other parts
(the book, styles, charts), and leaves entities as they are.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from itertools import islice
from pathlib import Path
from typing import IO, Any, BinaryIO

from defusedxml import DefusedXmlException
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles import Border
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.worksheet.merge import MergedCellRange
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

from xlperf.errors import UserError
from xlperf.storage.files import bytes_of, kind_of
from xlperf.storage.office_zips import main_part
from xlperf.wording import official_table
from xlperf.workbook.package.cell_count_limits import MergedCellCounter, check_cells, check_parts
from xlperf.workbook.package.sheet_xml.shared_formulas import read_soon
from xlperf.workbook.package.xml_events import elements, parsed_in_c
from xlperf.workbook.part_names import FIRST_CUSTOM_FORMAT

STRICT = b"http://purl.oclc.org/ooxml/"
REFUSAL_BY_FORMAT = {
    "xls": "old_xls",
    "locked": "locked",
    "doc": "not_workbook",
    "other": "not_workbook",
}


def open_book(path: Path, *, values: bool = False) -> Workbook:
    """A workbook's content; with `values`, what its formulas gave when it was last calculated."""
    kind = kind_of(path)
    if kind != "workbook":
        raise UserError(REFUSAL_BY_FORMAT.get(kind, "not_workbook"), file=path)
    refuse_strict(path)
    with refusing(path), path.open("rb") as file:
        check_parts(path)
        return open_parts(file, path, values=values)


def open_parts(file: BinaryIO, path: Path, *, values: bool = False) -> Workbook:
    """The workbook of a file whose parts are known to be sane; `path` is named in refusals."""
    with refusing(path):
        reader = _Reader(file, MergedCellCounter(path), data_only=values)
        reader.path = path
        reader.read()  # what `load_workbook` does
        check_cells(reader.wb, path)
        return reader.wb


def values_of(path: Path) -> Callable[[str], dict[tuple[int, int], Any]]:
    """By title what a sheet's cells hold, formulas as they were last calculated.

    Sooner than opening the book: nothing but values is read, and of the sheets asked for only.
    """
    with refusing(path):
        book = load_workbook(io.BytesIO(bytes_of(path)), read_only=True, data_only=True)

    def values(title: str) -> dict[tuple[int, int], Any]:
        sheet: Any = book[title]
        dated: Any = book
        with refusing(path), parsed_in_c(), sheet._get_source() as source:
            # cell by cell: openpyxl's rows have a place for every cell up to the last one
            parser = WorkSheetParser(
                source,
                sheet._shared_strings,
                data_only=True,
                epoch=book.epoch,
                date_formats=dated._date_formats,
                timedelta_formats=dated._timedelta_formats,
            )
            cells = (cell for _, row in parser.parse() for cell in row)
            entries = ((cell["row"], cell["column"], cell["value"]) for cell in cells)
            return {(row, col): value for row, col, value in entries if value is not None}

    return values


def refuse_strict(path: Path) -> None:
    """Refuse a workbook in the strict variant of its format, of which openpyxl reads nothing."""
    with refusing(path), zipfile.ZipFile(path) as archive:
        head = archive.open(main_part(archive)).read(4096)
    if STRICT in head:
        raise UserError("strict_workbook", file=path)


def know_formats(book: Any) -> None:
    """Cell styles whose number format openpyxl does not know, in a workbook being read.

    Those that East Asian editions build in get their code, and are dates; those that the file
    does not define are General, as Excel shows them.
    """
    formats, built_in = book._number_formats, official_table("cell_format")
    for position, style in enumerate(book._cell_styles):
        number = style.numFmtId
        if str(number) in built_in:
            style.numFmtId = formats.add(built_in[str(number)]) + FIRST_CUSTOM_FORMAT
            book._date_formats.add(position)
        elif number >= FIRST_CUSTOM_FORMAT + len(formats):
            style.numFmtId = 0


def string_table(source: IO[bytes]) -> list[str]:
    """The texts that the cells of a workbook share, as openpyxl reads them, in less time.

    They are taken from the XML as they stand: of a text with fonts of its own, which LibreOffice
    writes wherever scripts change, openpyxl makes every font.
    """
    item, plain, run = (f"{{{SHEET_MAIN_NS}}}{name}" for name in ("si", "t", "r"))
    texts: list[str] = []
    for _, node in elements(source):
        if node.tag == item:
            runs = (node_run.findtext(plain, "") for node_run in node.iterfind(run))
            text = node.findtext(plain, "") + "".join(runs)
            texts.append(text.replace("x005F_", ""))  # as openpyxl does
            node.clear()
    return texts


class _Reader(ExcelReader):
    """openpyxl's reader, which spends half its time on texts and on borders of merged cells.

    A sheet whose part is not in the file is left out by openpyxl in silence; here it is refused.
    """

    path: Path

    def __init__(self, file: Any, merged: MergedCellCounter, *, data_only: bool) -> None:
        super().__init__(file, data_only=data_only)
        self.merged = merged

    def read_strings(self) -> None:
        """Read the texts that cells share."""
        package: Any = self.package
        if part := package.find(SHARED_STRINGS):
            with self.archive.open(part.PartName[1:]) as source:
                self.shared_strings = string_table(source)

    def read_worksheets(self) -> None:
        """Read the sheets; the cells of their merged ranges get their styles sooner."""
        book: Any = self.wb
        for sheet, relation in self.parser.find_sheets():
            if relation.target not in self.valid_files:
                raise UserError("sheet_missing", file=self.path, sheet=sheet.name)
        know_formats(book)
        merging = _Merging(self.merged)

        def create_sheet(title: str) -> Any:
            sheet = Workbook.create_sheet(book, title)
            sheet._clean_merge_range = merging
            return sheet

        book.create_sheet = create_sheet
        with read_soon(), parsed_in_c():
            super().read_worksheets()
        del book.create_sheet
        for sheet in book.worksheets:
            del sheet._clean_merge_range


class _Merging:
    """What openpyxl does with the cells of a merged range, without adding the same borders twice.

    Every cell at an edge gets the border of the first cell on that side, all get its lock.
    """

    def __init__(self, counter: MergedCellCounter) -> None:
        self._counter = counter
        self._sides: dict[tuple[int, str], Border | None] = {}
        self._sums: dict[tuple[int, int, str], int] = {}  # a cell's border, the first cell's, side
        self._locks: dict[int, int] = {}

    def __call__(self, merged: MergedCellRange) -> None:
        """Make the cells of a range anew, but for the first."""
        self._counter.add(merged.ws.title, merged)
        cells: Any = merged.ws._cells
        first: Any = merged.start_cell
        first._style = first._style or StyleArray()
        for row, col in islice(merged.cells, 1, None):
            cells[row, col] = MergedCell(merged.ws, row, col)
            cells[row, col]._style = StyleArray()
        for side in ("top", "left", "right", "bottom"):
            if border := self._side(first, side):
                for coord in getattr(merged, side):
                    self._add(cells[coord], border, (first._style.borderId, side))
        for coord in merged.cells:
            self._lock(cells[coord], first)

    def _side(self, first: Any, side: str) -> Border | None:
        key = (first._style.borderId, side)
        if key not in self._sides:
            line = getattr(first.border, side)
            bare = line and line.style is None
            self._sides[key] = None if bare else Border(**{side: line})
        return self._sides[key]

    def _add(self, cell: Any, border: Border, of: tuple[int, str]) -> None:
        key = (cell._style.borderId, *of)
        if key not in self._sums:
            cell.border += border
            self._sums[key] = cell._style.borderId
        cell._style.borderId = self._sums[key]

    def _lock(self, cell: Any, first: Any) -> None:
        number = first._style.protectionId
        if number not in self._locks:
            cell.protection = copy(first.protection)
            self._locks[number] = cell._style.protectionId
        cell._style.protectionId = self._locks[number]


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """Read parts of a workbook; a refusal where they are unsafe or damaged."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions openpyxl does not know
            yield
    except UserError:
        raise
    except MemoryError:
        raise UserError("bomb", file=path) from None
    except Exception as error:
        # openpyxl, lxml, expat and zlib raise whatever the damage leads to
        is_unsafe = any(isinstance(cause, DefusedXmlException) for cause in _causes(error))
        raise UserError("unsafe_xml" if is_unsafe else "damaged", file=path) from None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """An exception and those that led to it: openpyxl wraps what it meets in its own."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
