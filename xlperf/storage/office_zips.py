"""Office files as zips: bounded before anything is unpacked, known by their parts."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from xlperf.errors import UserError

MOST_UNPACKED = 2 * 2**30  # of one zip, unpacked
MOST_RATIO = 200  # unpacked to packed, above the first 10 MiB
ENCRYPTED = 0x1  # of a zip's part: it needs a password
MOST_RELATIONS = 2**16  # bytes of the part that says which part is the first
MACROS = "xl/vbaProject.bin"  # the part that holds them


def kind_of(path: Path) -> str:
    """What a zip is: workbook, word, xlsb, ods, odt, or zip for one of another kind."""
    names = checked_names(path)
    if "xl/workbook.xml" in names:
        return "workbook"
    if "word/document.xml" in names:
        return "word"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if kind := _open_document_kind(path, names):
        return kind
    with zipfile.ZipFile(path) as archive:
        folder = main_part(archive).partition("/")[0]
    if folder in ("xl", "word"):  # the part may have any name
        return "workbook" if folder == "xl" else "word"
    return "zip"


def _open_document_kind(path: Path, names: set[str]) -> str:
    """Spreadsheet or text of OpenDocument; "" for another kind, and for none."""
    if "mimetype" not in names:
        return ""
    try:
        with zipfile.ZipFile(path) as archive:
            text = archive.open("mimetype").read(100).decode("ascii", "replace")
    except (OSError, ValueError, RuntimeError, zipfile.BadZipFile, NotImplementedError):
        return ""
    kind = text.removeprefix("application/vnd.oasis.opendocument.").partition("-")[0].strip()
    return {"spreadsheet": "ods", "text": "odt"}.get(kind, "")


def has_macros(path: Path) -> bool:
    """Whether a workbook's file holds macros."""
    with zipfile.ZipFile(path) as archive:
        return MACROS in archive.namelist()


def main_part(archive: zipfile.ZipFile) -> str:
    """The name of the part that an Office file begins with, as its relations say; "" if none."""
    try:
        relations = archive.open("_rels/.rels").read(MOST_RELATIONS)
    except (KeyError, OSError, ValueError, zipfile.BadZipFile, NotImplementedError):
        return ""
    # a Relationship element, with or without a prefix; its attributes stand in any order
    for tag in re.findall(rb"<(?:\w+:)?Relationship\b[^>]*>", relations):
        pairs = re.findall(rb"""(Type|Target)\s*=\s*["']([^"']*)["']""", tag)
        attributes: dict[bytes, bytes] = dict(pairs)
        if attributes.get(b"Type", b"").endswith(b"/officeDocument"):
            return attributes.get(b"Target", b"").decode("utf-8", "replace").lstrip("/")
    return ""


def checked_names(path: Path) -> set[str]:
    """The parts of a zip, after its sizes were found to be sane."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise UserError("damaged", file=path) from None
    if any(part.flag_bits & ENCRYPTED for part in parts):
        raise UserError("locked", file=path)
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    if unpacked > MOST_UNPACKED or unpacked > 10 * 2**20 + MOST_RATIO * packed:
        raise UserError("bomb", file=path)
    return {part.filename for part in parts}
