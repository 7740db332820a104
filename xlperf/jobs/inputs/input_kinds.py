"""What a file is to the commands: a master workbook, a record, a document, forms or a list."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from xlperf.errors import UserError
from xlperf.jobs.inputs.containers import is_spreadsheet, looks_ours, sheets_of
from xlperf.jobs.inputs.open_any import DOCUMENTS, read_record
from xlperf.jobs.lists.columns import find_headings
from xlperf.jobs.lists.files import sheets_in
from xlperf.jobs.lists.first_forms import is_list, lists_of_document
from xlperf.storage.files import kind_of
from xlperf.workbook.read import read_workbook


def what_is(path: Path) -> str:
    """What a file is to the commands: master, list, record, document, or "" for nothing known."""
    kind = kind_of(path)
    if kind in DOCUMENTS:
        return "list" if is_project_list(path) else "document"
    if kind == "json":
        return "record" if _reads(read_record, path) else ""
    if kind == "workbook" and _reads(read_workbook, path):
        return "master"
    if not is_spreadsheet(path):
        return ""
    sheets = sheets_of(path)
    if looks_ours(sheets):
        return "" if kind == "workbook" else "master"
    return "list" if is_list(path, sheets_in(path)) else "forms"


def is_project_list(path: Path) -> bool:
    """Whether a file of which nothing was read is a list of projects, which `generate` takes."""
    with suppress(UserError):
        sheets = sheets_in(path)
        if any(find_headings(sheet, path) for sheet in sheets) and is_list(path, sheets):
            return True
    return lists_of_document(path) is not None


def _reads(read: Callable[[Path], object], path: Path) -> bool:
    try:
        read(path)
    except UserError:
        return False
    return True
