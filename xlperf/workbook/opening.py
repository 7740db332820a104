"""Opening a workbook that came from anywhere: known by content, bounded, without entities."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from openpyxl import Workbook, load_workbook
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.utils.indexed_list import IndexedList

from xlperf.errors import Refusal
from xlperf.files import bytes_of, kind_of

REFUSED = {"xls": "old_xls", "locked": "locked", "doc": "not_workbook", "other": "not_workbook"}


def open_book(path: Path, *, values: bool = False) -> Workbook:
    """A workbook's content; with `values`, what its formulas gave when it was last calculated."""
    kind = kind_of(path)
    if kind != "workbook":
        raise Refusal(REFUSED.get(kind, "not_workbook"), file=path)
    with _refusing(path), path.open("rb") as file:
        reader = _Reader(file, data_only=values)
        reader.read()  # what `load_workbook` does
        return reader.wb


def values_of(path: Path) -> Callable[[str], dict[tuple[int, int], Any]]:
    """By title what a sheet's cells hold, formulas as they were last calculated.

    Sooner than opening the book: nothing but values is read, and of the sheets asked for only.
    """
    with _refusing(path):
        book = load_workbook(io.BytesIO(bytes_of(path)), read_only=True, data_only=True)

    def values(title: str) -> dict[tuple[int, int], Any]:
        sheet = book[title]
        sheet.reset_dimensions()  # what the file says of them need not be true
        with _refusing(path):
            rows = enumerate(sheet.iter_rows(values_only=True), 1)
            cells = ((row, col, value) for row, line in rows for col, value in enumerate(line, 1))
            return {(row, col): value for row, col, value in cells if value is not None}

    return values


class _Reader(ExcelReader):
    """openpyxl's reader, which spends half its time on the borders of merged cells."""

    def read_worksheets(self) -> None:
        """Read the sheets, with tables of styles that find them sooner."""
        for name in ("_borders", "_protections"):
            table = getattr(self.wb, name, None)
            if type(table) is IndexedList:  # as long as openpyxl keeps them so
                setattr(self.wb, name, _Styles.of(table))
        super().read_worksheets()


class _Styles(IndexedList):  # type: ignore[type-arg]
    """A table of styles to which one style after the other is added, often the same twice."""

    _dict: dict[Any, int]
    _last: tuple[object, int] = (None, -1)

    @classmethod
    def of(cls, table: Any) -> _Styles:
        """A table with the same content."""
        made = cls()
        made.extend(table)
        made._dict, made.clean = {value: number for number, value in enumerate(made)}, True
        return made

    def add(self, value: Any) -> int:
        """The number of a style, new or known."""
        if value is not self._last[0]:
            if (number := self._dict.get(value)) is None:
                number = self._dict[value] = len(self)
                list.append(self, value)
            self._last = (value, number)
        return self._last[1]


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    """Read a file of a workbook; a refusal where it is unsafe or damaged."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions openpyxl does not know
            yield
    except DefusedXmlException:
        raise Refusal("unsafe_xml", file=path) from None
    except (
        InvalidFileException, zipfile.BadZipFile, zipfile.LargeZipFile, ParseError, KeyError,
        ValueError, TypeError, AttributeError, IndexError, EOFError, OSError, NotImplementedError,
    ):  # fmt: skip
        # openpyxl raises whatever the damage leads to
        raise Refusal("damaged", file=path) from None
