"""Files brought to the wrong command: the refusal says what they are and which command is meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from xlperf.documents import Coverage
from xlperf.errors import UserError
from xlperf.jobs.inputs.containers import (
    REASONS_NOTHING_READ,
    has_forms,
    is_spreadsheet,
    looks_ours,
    read_container,
    sheets_of,
)
from xlperf.jobs.inputs.open_any import DOCUMENTS, is_master, read_record
from xlperf.jobs.lists.columns import find_headings
from xlperf.jobs.lists.files import sheets_in
from xlperf.jobs.lists.first_forms import is_list, lists_of_document
from xlperf.reading import Reading
from xlperf.storage.files import kind_of
from xlperf.workbook.read import read_workbook

REFUSALS_OF_KIND = ("not_yet", "not_workbook", "foreign_workbook", "ours_elsewhere")


@contextmanager
def pointing_to_command(path: Path, command: str) -> Iterator[None]:
    """Read a file for a command (`import`, `read`, `repair`); point to the one that it is for.

    Raises the refusal that names the other command, or the reader's own where there is none.
    """
    try:
        yield
    except UserError as refusal:
        kind = what_is(path) if refusal.key in REFUSALS_OF_KIND else ""
        if (command, kind) not in WRONG_COMMANDS:
            raise
        raise UserError(WRONG_COMMANDS[command, kind], file=path) from None


WRONG_COMMANDS = {
    ("import", "master"): "import_master",
    ("import", "record"): "import_record",
    ("import", "list"): "project_list",
    ("read", "document"): "read_document",
    ("read", "record"): "read_record",
    ("read", "list"): "read_list",
    ("read", "forms"): "read_forms",
    ("repair", "document"): "repair_document",
    ("repair", "list"): "repair_list",
    ("repair", "forms"): "repair_forms",
    ("repair", "record"): "repair_record",
}


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


def import_any(path: Path) -> tuple[Reading, Coverage]:
    """What `xlperf import` reads: a document or filled forms in any container.

    Raises the refusal that names the command for a master workbook, a record or a list.
    """
    with pointing_to_command(path, "import"):
        if is_master(path):
            raise UserError("import_master", file=path)
        try:
            reading, coverage = read_container(path)
        except UserError as refusal:
            if refusal.key in REASONS_NOTHING_READ and is_project_list(path):
                raise UserError("project_list", file=path) from None
            raise
        if not has_forms(reading) and is_project_list(path):
            raise UserError("project_list", file=path)
        return reading, coverage


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
