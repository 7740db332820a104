"""Opening a workbook that came from anywhere: known by content, bounded, without entities."""

from __future__ import annotations

import warnings
import zipfile
from pathlib import Path
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from xlperf.errors import Refusal
from xlperf.files import kind_of

REFUSED = {"xls": "old_xls", "locked": "locked", "doc": "not_workbook", "other": "not_workbook"}


def open_book(path: Path, *, values: bool = False) -> Workbook:
    """A workbook's content; with `values`, what its formulas gave when it was last calculated."""
    kind = kind_of(path)
    if kind != "workbook":
        raise Refusal(REFUSED.get(kind, "not_workbook"), file=path)
    try:
        with path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions openpyxl does not know
            return load_workbook(file, data_only=values)
    except DefusedXmlException:
        raise Refusal("unsafe_xml", file=path) from None
    except (
        InvalidFileException, zipfile.BadZipFile, zipfile.LargeZipFile, ParseError, KeyError,
        ValueError, TypeError, AttributeError, IndexError, EOFError, OSError, NotImplementedError,
    ):  # fmt: skip
        # openpyxl raises whatever the damage leads to
        raise Refusal("damaged", file=path) from None
