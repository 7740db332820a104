"""Files brought to the wrong command: the refusal says what they are and which command is meant.

What tells kinds of files apart is imported when there is a refusal: most files are the right ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xlperf.errors import UserError

REFUSALS_OF_KIND = ("not_yet", "not_workbook", "foreign_workbook", "ours_elsewhere")


@contextmanager
def pointing_to_command(path: Path, command: str) -> Iterator[None]:
    """Read a file for a command (`import`, `read`, `repair`); point to the one that it is for.

    Raises the refusal that names the other command, or the reader's own where there is none.
    """
    try:
        yield
    except UserError as refusal:
        if refusal.key not in REFUSALS_OF_KIND:
            raise

        from xlperf.jobs.inputs.input_kinds import what_is

        kind = what_is(path)
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
