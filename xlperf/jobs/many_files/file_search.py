"""What there is to roll up in folders, and what looks like a submission and is not read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from xlperf.errors import SetAside, UserError
from xlperf.jobs.inputs.open_any import open_any
from xlperf.jobs.many_files.skip_reasons import reason_of
from xlperf.jobs.many_files.sources import FileSource, Url, files_below
from xlperf.storage.files import kind_of
from xlperf.wording import say

WORKBOOKS = {".xlsx", ".xlsm"}
SPREADSHEETS = {".xls", ".xlt", ".xlsb", ".xltx", ".xltm", ".et", ".ett", ".ods", ".ots", ".csv"}
DOCUMENTS = {
    *(".doc", ".docx", ".docm", ".dot", ".dotx", ".wps", ".wpt", ".odt", ".rtf", ".pdf", ".ofd"),
    *(".mht", ".mhtml"),
}
ARCHIVES = {".zip", ".rar", ".7z"}
# a submission by what they say, not by their name
UNCERTAIN_SUFFIXES = {".json", ".txt", ".html", ".htm"}
# no submission at all
REASONS_NO_SUBMISSION = {
    *("not_record", "not_document", "not_known", "not_yet", "not_text", "project_list"),
}
BY_KIND = {"locked": "locked", "doc": "old_doc"}  # the reason, by what it is
OFFICE_SIGNATURES = (bytes.fromhex("d0cf11e0a1b11ae1"), b"PK")  # how office files begin


@dataclass
class FolderSearch:
    """The files to read, and what was passed over with its reason."""

    files: list[FileSource] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)


def search(paths: Iterable[FileSource]) -> FolderSearch:
    """The files given, and in the folders given the workbooks; of URLs likewise.

    Every other file of a folder that looks like an office document or a record is set aside;
    hidden files and the lock files of office programs are none.
    """
    result = FolderSearch()
    files: dict[FileSource, None] = {}
    for path in paths:
        if not isinstance(path, Path):
            files |= dict.fromkeys(_elsewhere(path, result.set_aside))
            continue
        for item in _inside(path, result.set_aside) if path.is_dir() else [path]:
            reason = _passed_over(item) if path.is_dir() else None
            if reason is None:
                files[item] = None
            elif reason:
                result.set_aside.append(SetAside(str(item), reason))
    result.files = list(files)
    file_names = {str(item) for item in files}  # by itself, and in a folder too
    result.set_aside = [item for item in result.set_aside if item.file not in file_names]
    return result


def _elsewhere(url: Url, aside: list[SetAside]) -> Iterator[Url]:
    """The file of a URL; of a folder's or pattern's the spreadsheets, by their names."""
    files = files_below(url)
    for item in files:
        suffix = Path(item.name).suffix.lower()
        if files == [url] or suffix in WORKBOOKS | SPREADSHEETS:
            yield item
        elif suffix in DOCUMENTS | ARCHIVES | UNCERTAIN_SUFFIXES:
            aside.append(SetAside(str(item), say("aside.name_it")))


def _inside(folder: Path, aside: list[SetAside]) -> Iterator[Path]:
    """The files of a folder and those below it, in order; a folder that cannot be read is told."""

    def unreadable(error: OSError) -> None:
        reason = say("error.not_readable", file=error.filename)
        aside.append(SetAside(str(error.filename), reason))

    files = []
    for above, below, names in os.walk(folder, onerror=unreadable):
        below[:] = [name for name in below if not name.startswith(".")]
        files += [Path(above, name) for name in names if not name.startswith(("~$", "."))]
    return iter(sorted(files))


def _passed_over(path: Path) -> str | None:
    """Why a file of a folder is not read; None where it is, "" where it is nothing of ours."""
    suffix = path.suffix.lower()
    if suffix in WORKBOOKS:
        return None
    try:
        if suffix in SPREADSHEETS | DOCUMENTS | ARCHIVES or _begins_as_office_file(path):
            return _office(suffix, kind_of(path))
        if suffix in UNCERTAIN_SUFFIXES:
            open_any(path)
            return say("aside.name_it")
    except UserError as refusal:
        return (
            ""
            if suffix in UNCERTAIN_SUFFIXES and refusal.key in REASONS_NO_SUBMISSION
            else reason_of(refusal)
        )
    except Exception as error:
        return reason_of(error)
    return ""


def _begins_as_office_file(path: Path) -> bool:
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            return file.read(8).startswith(OFFICE_SIGNATURES)
    except OSError:
        return False


def _office(suffix: str, kind: str) -> str | None:
    """Why an office file is not read; None where it is a spreadsheet under whatever name."""
    from xlperf.jobs.inputs.containers import SHEET_READERS

    if kind in SHEET_READERS:
        return None
    if kind in BY_KIND:
        return say(f"aside.{BY_KIND[kind]}")
    if suffix in SPREADSHEETS:
        return say("aside.spreadsheet")
    if suffix in ARCHIVES:
        return say("aside.archive")
    if kind in ("word", "html", "text", "json"):
        return say("aside.name_it")
    return say("aside.document") if suffix in DOCUMENTS else ""
