"""Any file that may hold a document or forms, in whatever container, as a reading.

Spreadsheets are read as printed sheets, documents by their own readers. What only an office program
reads is converted by LibreOffice, where it is installed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from xlperf.documents import Coverage, read_composed, read_document_with_residue
from xlperf.documents.blocks.composing import ComposedSource
from xlperf.documents.blocks.sheet_items import composed_sheets
from xlperf.documents.reader import composed
from xlperf.documents.word.reader import read_word
from xlperf.errors import UserError
from xlperf.printed_sheet import PrintedSheet
from xlperf.publishing.libreoffice import converted
from xlperf.reading import Reading
from xlperf.storage.files import bytes_of, kind_of, temporary_folder
from xlperf.wording import official
from xlperf.workbook.foreign.ods import ods_sheets
from xlperf.workbook.foreign.spreadsheetml import xml_sheets
from xlperf.workbook.foreign.xls import old_sheets
from xlperf.workbook.read import read_workbook

T = TypeVar("T")


def _sheets_of_workbook(path: Path, _: str = "") -> list[PrintedSheet]:
    """The sheets of a workbook, read with openpyxl, which no other file needs."""
    from xlperf.workbook.foreign.xlsx import printed_sheets

    return printed_sheets(path)


SHEET_READERS: dict[str, Callable[[Path], list[PrintedSheet]]] = {
    "workbook": _sheets_of_workbook,
    "xls": old_sheets,
    "ods": ods_sheets,
    "excel_xml": xml_sheets,
}
CONVERTED_KINDS = {  # by LibreOffice: the suffix it knows them by, and what they become
    "doc": (".doc", ".docx"),
    "odt": (".odt", ".docx"),
    "rtf": (".rtf", ".docx"),
    "xlsb": (".xlsb", ".xlsx"),
}
CONVERSION_REASONS = {"no_office": "convert_no_office", "office_failed": "convert_failed"}
KEYS_OF_FORMS = ("code", "purpose", "goals", "spending_plan")  # what forms say and lists seldom
REASONS_NOTHING_READ = ("not_document", "nothing_read")  # reasons: nothing of a document was found
CONVERSION_SECONDS = 120  # of one conversion


def read_container(path: Path) -> tuple[Reading, Coverage]:
    """The reading of a document in any container, and the account of every character.

    Raises a refusal where nothing of a document is in it, or it cannot be read.
    """
    document = _composed(path)
    return read_composed(document) if document else read_document_with_residue(path)


def sheets_of(path: Path) -> list[PrintedSheet]:
    """The sheets of a spreadsheet in any format; none where the file is something else."""
    kind = kind_of(path)
    if kind in SHEET_READERS:
        try:
            return SHEET_READERS[kind](path)
        except UserError as refusal:
            if refusal.key != "strict_workbook":
                raise
            return _through_office(path, (".xlsx", ".xlsx"), _sheets_of_workbook, "strict_workbook")
    to = CONVERTED_KINDS.get(kind, ("", ""))
    return _through_office(path, to, _sheets_of_workbook) if to[1] == ".xlsx" else []


def looks_ours(sheets: Iterable[PrintedSheet]) -> bool:
    """Whether sheets are those of a master workbook, in whatever format it was saved."""
    titles = {sheet.title for sheet in sheets}
    return {official("sheet.guide"), official("sheet.summary")} <= titles


def master_elsewhere(path: Path) -> Reading:
    """The reading of a master workbook that was saved in another format than .xlsx."""
    suffix = {"xls": ".xls", "ods": ".ods", "excel_xml": ".xml"}.get(kind_of(path), path.suffix)
    return _through_office(path, (suffix, ".xlsx"), _read_master)


def _read_master(path: Path, name: str) -> Reading:
    return replace(read_workbook(path), source=name, is_workbook=False)


def holds_forms(path: Path) -> bool:
    """Whether forms are filled in here: a project with indicators, or with a name and more."""
    try:
        return has_forms(read_container(path)[0])
    except UserError:
        return False


def has_forms(reading: Reading) -> bool:
    """Whether a reading has a project with indicators, or with several other parts of a form.

    Points and grades are a form's, too: no plain list of projects has them.
    """
    reports = (
        project for stage in reading.record.get("stages", ()) for project in stage["projects"]
    )
    return any("total" in report or "grade" in report for report in reports) or any(
        item.get("indicators") or sum(1 for key in KEYS_OF_FORMS if item.get(key)) > 1
        for item in reading.record.get("projects", ())
    )


def is_spreadsheet(path: Path) -> bool:
    """Whether a file is a spreadsheet in any format."""
    kind = kind_of(path)
    return kind in SHEET_READERS or CONVERTED_KINDS.get(kind, ("", ""))[1] == ".xlsx"


def composed_any(path: Path) -> ComposedSource:
    """A document in any container put together: by its own reader, or once it was converted."""
    return _composed(path) or composed(path)


def _composed(path: Path) -> ComposedSource | None:
    """What is read here, put together; None for what the readers of documents read."""
    if is_spreadsheet(path):
        sheets = sheets_of(path)
        if looks_ours(sheets):
            raise UserError("ours_elsewhere", file=path)
        return composed_sheets(sheets, str(path))
    to = CONVERTED_KINDS.get(kind_of(path))
    return _through_office(path, to, read_word) if to else None


def _through_office(
    path: Path,
    suffixes: tuple[str, str],
    read: Callable[[Path, str], T],
    otherwise: str = "",
) -> T:
    """What `read` reads of a file and its name once LibreOffice has converted it.

    `otherwise`: the refusal where it is not installed; else one that says how to save the file.
    """
    suffix, to = suffixes
    try:
        converted_bytes = converted(bytes_of(path), suffix, to, CONVERSION_SECONDS)
    except UserError as refusal:
        key = CONVERSION_REASONS.get(refusal.key, "convert_slow")
        if key == "convert_no_office" and otherwise:
            key = otherwise
        raise UserError(key, file=path, kind=suffix, to=to, seconds=CONVERSION_SECONDS) from None
    with temporary_folder() as folder:
        copy = folder / f"converted{to}"
        copy.write_bytes(converted_bytes)
        return read(copy, str(path))
