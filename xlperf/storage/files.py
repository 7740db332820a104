"""Files: whole or not at all on the way out, bounded and known by content on the way in.

What only zips and temporary files need is imported for them: a record has neither.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from xlperf.errors import UserError
from xlperf.wording import has, say

MOST_FILE_BYTES = 200 * 2**20  # of one file as stored
ANY_MAY_WRITE = 0o222  # the permissions of which a file that is not read-only has one


OF_WORKBOOKS = (".xlsx", ".xlsm")
OF_OTHERS = (".xltm", ".xltx", ".xlsb", ".xls", ".et", ".ods", ".xlam")

SPREADSHEET_XML = b"urn:schemas-microsoft-com:office:spreadsheet"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def bytes_of(path: Path) -> bytes:
    """A regular file's content, or a refusal that says what is wrong with it."""
    try:
        _must_be_regular(path, path.stat())
        with path.open("rb") as file:
            _must_be_regular(path, os.fstat(file.fileno()))
            return file.read()
    except FileNotFoundError:
        raise UserError("no_file", file=path) from None
    except PermissionError:
        raise UserError("not_readable", file=path) from None
    except OSError as error:
        raise UserError("not_read", file=path, why=reason(error)) from None


def _must_be_regular(path: Path, status: os.stat_result) -> None:
    """Refuse a folder, a pipe, a device, and a file that is too large."""
    if stat.S_ISDIR(status.st_mode):
        raise UserError("is_folder", file=path)
    if not stat.S_ISREG(status.st_mode):
        raise UserError("not_regular", file=path)
    if status.st_size > MOST_FILE_BYTES:
        raise UserError("too_large", file=path, most=MOST_FILE_BYTES // 2**20)


def reason(error: OSError) -> str:
    """Why the machine could not do it, in the user's language where that is known."""
    key = f"why.{errno.errorcode.get(error.errno or 0)}"
    return say(key) if has(key) else str(error.strerror or error)


def kind_of(path: Path) -> str:
    """What a file is by its first bytes.

    One of workbook, word, xls, xlsb, ods, odt, excel_xml, locked, doc, json, html, text, pdf, rtf,
    mht, zip, other.
    """
    data = bytes_of(path)
    if not data:
        raise UserError("empty", file=path)
    if data.startswith(OLE):
        return _ole_kind(data)
    if data.startswith(b"PK"):
        from xlperf.storage import office_zips

        return office_zips.kind_of(path)
    if kind := _printed_kind(data[:4096]):
        return kind
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "other"
    head = _head(data)
    if head.startswith((b"{", b"[")) or path.suffix.lower() == ".json":
        return "json"
    return _markup_kind(head) if head.startswith(b"<") else "text"


def _head(data: bytes) -> bytes:
    """The beginning of a text in small letters, as UTF-8 where it is UTF-16."""
    head = data[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode("utf-8")
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()


def _markup_kind(head: bytes) -> str:
    """The kind of what begins with a tag; web systems leave out the first ones of a page."""
    if SPREADSHEET_XML in head and re.search(rb"<(?:\w+:)?workbook\b", head):
        return "excel_xml"
    return "html" if re.search(rb"<(?:!doctype html|html|head|body|table|meta)\b", head) else "text"


def _printed_kind(head: bytes) -> str:
    """The kind of a PDF, of rich text, or of a web page in one piece (a mail of several parts)."""
    for kind, beginning in (("pdf", b"%PDF"), ("rtf", b"{\\rtf")):
        if head.lstrip().startswith(beginning):
            return kind
    page = b"multipart/related" in head.lower() and b"mime-version:" in head.lower()
    return "mht" if page else ""


def _ole_kind(data: bytes) -> str:
    """The kind by the streams, of which one set into the file comes after the file's own."""
    streams = {
        "locked": "EncryptedPackage",
        "xls": "Workbook",
        "doc": "WordDocument",
    }
    at = {kind: _entry(data, name) for kind, name in streams.items()}
    present = {kind: place for kind, place in at.items() if place >= 0}
    if present:
        return "locked" if "locked" in present else min(present, key=lambda kind: present[kind])
    for kind, stream in streams.items():
        if stream.encode("utf-16-le") in data:
            return kind
    return "xls" if "Book".encode("utf-16-le") in data else "other"


def _entry(data: bytes, name: str) -> int:
    """Where the directory lists a stream, which it does every 128 bytes; -1 if it does not."""
    name_bytes = f"{name}\0".encode("utf-16-le")
    at = data.find(name_bytes)
    while at >= 0 and at % 128:
        at = data.find(name_bytes, at + 1)
    return at


def refuse_misnamed(path: Path, *, macros: bool = False) -> None:
    """Refuse a name for a workbook that no spreadsheet program would open it by.

    One with macros is .xlsm, one without is .xlsx; other endings than those of workbooks pass.
    """
    ending = path.suffix.lower()
    if (ending in OF_WORKBOOKS and (ending == ".xlsm") != macros) or ending in OF_OTHERS:
        raise UserError("not_xlsx", file=path)


def write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Let `write` fill a neighbour file, then put it in place in one step: whole or no file.

    Where a link stands in the place, the file that it leads to is written; a file that is
    replaced keeps its permissions. One that nobody may write (read-only) is not replaced.
    """
    from xlperf.storage import temporary_files

    place = _place(path)
    try:
        with temporary_files.neighbour(place) as neighbour:
            try:
                write(neighbour)
                neighbour.chmod(_mode(place))
                neighbour.replace(place)
            except OSError as error:
                raise UserError("not_written", file=path, why=reason(error)) from None
    except OSError:
        raise UserError("not_writable", file=path, folder=place.parent) from None


def make_folder(folder: Path) -> None:
    """Make a folder to write into, and those above it; it may be there already.

    Raises UserError: a file stands in its place (`not_a_folder`), or it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        standing = (place for place in (folder, *folder.parents) if place.exists())
        raise UserError("not_a_folder", file=next(standing, folder)) from None
    except OSError:
        raise UserError("not_writable", file=folder, folder=folder.parent) from None


def _place(path: Path) -> Path:
    """Where a file is really written, which can be; a refusal where it cannot."""
    try:
        place = path.resolve() if path.is_symlink() else path
        if place.is_dir():
            raise UserError("is_folder", file=path)
        if not place.parent.is_dir():
            raise UserError("no_folder", file=path, folder=place.parent)
        if place.exists() and not place.is_file():
            raise UserError("not_regular", file=path)
        if place.exists() and not stat.S_IMODE(place.stat().st_mode) & ANY_MAY_WRITE:
            raise UserError("file_read_only", file=path)
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead in a circle
        why = reason(error) if isinstance(error, OSError) else say("why.ELOOP")
        raise UserError("not_written", file=path, why=why) from None
    return place


def _mode(place: Path) -> int:
    """The permissions of the file that stands there, else those of a new one."""
    if place.exists():
        return stat.S_IMODE(place.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder for temporary files, gone afterwards; a refusal where there is no room for one."""
    from xlperf.storage import temporary_files

    try:
        with temporary_files.folder() as folder:
            yield folder
    except OSError as error:
        raise UserError("no_temporary", why=reason(error)) from None


def write_bytes(path: Path, data: bytes) -> None:
    """Write bytes, whole or not at all."""

    def write(target: Path) -> None:
        target.write_bytes(data)

    write_whole(path, write)


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text, whole or not at all."""
    write_bytes(path, text.encode("utf-8"))


def shipped(*parts: str) -> Path:
    """A file that comes with xlperf: from the wheel, or from the checkout beside the package."""
    package = Path(__file__).parents[1]
    for root in (package / "_shipped", package.parent):
        if (path := root.joinpath(*parts)).exists():
            return path
    raise UserError("not_shipped", file="/".join(parts))
