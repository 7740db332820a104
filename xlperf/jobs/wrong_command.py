"""Files brought to the wrong command: the refusal says what they are and which command is meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from xlperf.errors import UserError
from xlperf.files import kind_of
from xlperf.jobs.lists.files import sheets_in
from xlperf.jobs.new_workbook import is_list
from xlperf.jobs.opening import DOCUMENTS, read_record
from xlperf.workbook.read import read_workbook

WORKBOOK, RECORD, DOCUMENT = ".xlsx", ".json", ".docx"
MADE_BY = {
    **dict.fromkeys((".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv"), WORKBOOK),
    **dict.fromkeys((".docx", ".doc", ".txt", ".html", ".htm", ".pdf"), DOCUMENT),
    ".json": RECORD,
}
MEANT = {WORKBOOK: "generate", DOCUMENT: "publish", RECORD: "read"}
REFUSED = ("not_yet", "not_workbook", "foreign_workbook")


@contextmanager
def pointing_to_command(path: Path, command: str) -> Iterator[None]:
    """Read a file for a command (`import`, `read`, `repair`); point to the one that it is for.

    Raises the refusal that names the other command, or the reader's own where there is none.
    """
    try:
        yield
    except UserError as refusal:
        kind = what_is(path) if refusal.key in REFUSED else ""
        if (command, kind) not in WRONG_COMMANDS:
            raise
        raise UserError(WRONG_COMMANDS[command, kind], file=path) from None


WRONG_COMMANDS = {
    ("import", "master"): "import_master",
    ("import", "record"): "import_record",
    ("import", "list"): "import_list",
    ("read", "document"): "read_document",
    ("read", "record"): "read_record",
    ("read", "list"): "read_list",
    ("repair", "document"): "repair_document",
    ("repair", "record"): "repair_record",
}


def what_is(path: Path) -> str:
    """What a file is to the commands: master, list, record, document, or "" for nothing known."""
    kind = kind_of(path)
    if kind in DOCUMENTS:
        return "document"
    if kind == "json":
        return "record" if _reads(read_record, path) else ""
    if kind == "workbook" and _reads(read_workbook, path):
        return "master"
    return "list" if kind == "workbook" and is_list(path, sheets_in(path)) else ""


def _reads(read: Callable[[Path], object], path: Path) -> bool:
    try:
        read(path)
    except UserError:
        return False
    return True


def is_meant_for(target: Path, suffix: str) -> Path:
    """A file to write whose name does not say that it is of another kind than `suffix`.

    Raises a refusal that names the command which makes what the name says.
    """
    text = target.suffix.lower()
    if text != suffix and text in MADE_BY:
        meant = MADE_BY[text]
        key = "wrong_kind" if meant != suffix else "wrong_ending"
        raise UserError(key, file=target, suffix=suffix, said=text, command=MEANT[meant])
    return target
