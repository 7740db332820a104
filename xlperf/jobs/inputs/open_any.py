"""Any file xlperf knows, as a reading: a record, a master workbook, a published document.

Readers are imported at their use: a record needs none of those of workbooks and documents.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from xlperf.canonical import canonical, dumps, loads
from xlperf.errors import UserError
from xlperf.reading import Reading
from xlperf.record import Raw
from xlperf.schema import schema
from xlperf.storage.files import bytes_of, kind_of

Write = Callable[[Raw, Path, object], object]
WORKBOOKS = ("workbook", "locked")
FOREIGN = ("foreign_workbook", "strict_workbook")  # by these reasons no workbook of ours
NOTHING_THERE = ("not_document", "nothing_read", "foreign_workbook")  # reasons: it holds no form
REPORT_KEYS = ({"findings", "summary"}, {"totals", "set_aside"})  # what our own reports hold
DOCUMENTS = ("text", "html", "word", "doc", "odt", "pdf", "rtf", "mht")


def open_any(path: Path) -> Reading:
    """Read a file by what it is, not by its name: a record, a master workbook, or a document or
    filled forms in any container.

    Raises a refusal that names `generate` where it is but a list of projects (`project_list`).
    """
    try:
        return _read(path)
    except UserError as refusal:
        if refusal.key not in NOTHING_THERE:
            raise

        from xlperf.jobs.inputs.input_kinds import is_project_list

        if not is_project_list(path):
            raise
        raise UserError("project_list", file=path) from None


def _read(path: Path) -> Reading:
    kind = kind_of(path)
    if kind == "json":
        return read_record(path)
    if kind in WORKBOOKS:
        return _read_any_workbook(path)

    from xlperf.jobs.inputs.containers import is_spreadsheet, read_container

    if kind in DOCUMENTS:
        return read_container(path)[0]
    if is_spreadsheet(path):
        return _read_spreadsheet(path)
    raise UserError("not_known", file=path)


def is_master(path: Path) -> bool:
    """Whether a file is a master workbook of ours."""
    if kind_of(path) not in WORKBOOKS:
        return False

    from xlperf.workbook.read import read_workbook

    try:
        read_workbook(path)
    except UserError as refusal:
        return refusal.key not in FOREIGN
    return True


def _read_any_workbook(path: Path) -> Reading:
    """A master workbook, or one of somebody else's with forms in it."""
    from xlperf.workbook.read import read_workbook

    try:
        return read_workbook(path)
    except UserError as refusal:
        if refusal.key not in FOREIGN:
            raise

        from xlperf.jobs.inputs.containers import REASONS_NOTHING_READ, master_elsewhere

        try:
            return _read_spreadsheet(path)
        except UserError as other:
            if other.key == "ours_elsewhere" and refusal.key == "strict_workbook":
                return master_elsewhere(path)
            raise (
                refusal if other.key in (*REASONS_NOTHING_READ, "ours_elsewhere") else other
            ) from None


def _read_spreadsheet(path: Path) -> Reading:
    """Filled forms in a spreadsheet; a master workbook in another format than its own."""
    from xlperf.jobs.inputs.containers import has_forms, master_elsewhere, read_container

    try:
        reading = read_container(path)[0]
    except UserError as refusal:
        if refusal.key != "ours_elsewhere" or kind_of(path) == "workbook":
            raise
        return master_elsewhere(path)
    if not has_forms(reading):
        raise UserError("not_document", file=path)
    return reading


def read_record(path: Path) -> Reading:
    """A JSON record, in canonical writing; its faults of shape are for the rules."""
    try:
        text = bytes_of(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UserError("not_text", file=path) from None
    data = loads(text, path)
    if isinstance(data, dict) and any(keys <= data.keys() for keys in REPORT_KEYS):
        raise UserError("program_result", file=path)
    if not isinstance(data, dict) or not data.keys() & schema()["properties"].keys():
        raise UserError("not_record", file=path)
    return Reading(canonical(data), source=str(path))


def generate(
    source: Path, target: Path, edition: str = "", write: Write | None = None
) -> tuple[Reading, tuple[str, ...]]:
    """The master workbook of anything that can be read, and remarks.

    `edition`: the forms into which a record of unknown ones is put; `write` writes a record's
    workbook to the target, in one file where it is left out.
    """
    from xlperf.jobs.inputs.choose_edition import put_into
    from xlperf.jobs.inputs.well_formed import well_formed
    from xlperf.workbook.write import write_master

    reading = _read(source)
    record, remarks = put_into(well_formed(reading.record, source), edition, source)
    (write or write_master)(record, target, source)
    return replace(reading, record=record), remarks


def record_text(reading: Reading) -> str:
    """A reading's record as the text of a JSON file."""
    return dumps(reading.record)
