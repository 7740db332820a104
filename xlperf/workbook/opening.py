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
from openpyxl.utils.exceptions import InvalidFileException

from xlperf.errors import Refusal
from xlperf.files import bytes_of, kind_of

REFUSED = {"xls": "old_xls", "locked": "locked", "doc": "not_workbook", "other": "not_workbook"}


def open_book(path: Path, *, values: bool = False) -> Workbook:
    """A workbook's content; with `values`, what its formulas gave when it was last calculated."""
    kind = kind_of(path)
    if kind != "workbook":
        raise Refusal(REFUSED.get(kind, "not_workbook"), file=path)
    with _refusing(path), path.open("rb") as file:
        return load_workbook(file, data_only=values)


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
