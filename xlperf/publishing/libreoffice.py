"""LibreOffice as a converter of files, with a profile of its own and a time limit."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from xlperf.errors import UserError
from xlperf.storage.files import bytes_of, temporary_folder

PDF_SECONDS = 180
FILTERS = {
    ".pdf": "pdf:writer_pdf_Export",
    ".docx": "docx:MS Word 2007 XML",
    ".xlsx": "xlsx:Calc MS Excel 2007 XML",
}
CONVERSION_FOLDER = "made"  # the folder of what was converted, beside the file itself
USUAL_PROGRAMS = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
)


def office_program() -> str:
    """The path of the LibreOffice program; "" where it is not installed."""
    return next(_candidates(), "")


def _candidates() -> Iterator[str]:
    for name in ("soffice", "libreoffice"):
        if path := shutil.which(name):
            yield path
    yield from (path for path in USUAL_PROGRAMS if Path(path).exists())


def pdf_of(word: bytes, seconds: float = PDF_SECONDS) -> bytes:
    """A Word file as PDF; a refusal where LibreOffice is missing, fails or takes too long."""
    program = office_program()
    if not program:
        raise UserError("no_office")
    with temporary_folder() as folder:
        source = folder / "document.docx"
        source.write_bytes(word)
        return _output_of(program, source, ".pdf", seconds)


def converted(data: bytes, suffix: str, to: str, seconds: float = PDF_SECONDS) -> bytes:
    """A file of an office program, given as its content and suffix, in the format of another.

    Raises no_office, office_failed or office_slow as refusals. Not through HTML, which leaves out
    what is hidden.
    """
    program = office_program()
    if not program:
        raise UserError("no_office")
    with temporary_folder() as folder:
        source = folder / f"document{suffix}"
        source.write_bytes(data)
        return _output_of(program, source, to, seconds)


def _output_of(program: str, source: Path, suffix: str, seconds: float) -> bytes:
    """What LibreOffice makes of a file that stands alone in its folder."""
    _run(_command(program, source, FILTERS[suffix]), seconds)
    result = source.parent / CONVERSION_FOLDER / f"{source.stem}{suffix}"
    if not result.exists() or not result.stat().st_size:
        raise UserError("office_failed")
    return bytes_of(result)


def _command(program: str, source: Path, format_: str) -> list[str]:
    folder = source.parent
    profile = (folder / "profile").as_uri()
    return [
        *(program, f"-env:UserInstallation={profile}"),
        *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"),
        *("--convert-to", format_, "--outdir", str(folder / CONVERSION_FOLDER), str(source)),
    ]


def _run(command: list[str], seconds: float) -> None:
    """Run a command to its end; past the time limit, end it and what it has started."""
    try:
        process = subprocess.Popen(  # noqa: S603 - our own command, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        raise UserError("office_failed") from None
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        raise UserError("office_slow", seconds=round(seconds)) from None
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process by its id, and the group it leads."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:  # pragma: no cover - Windows only
        process.kill()
    process.wait(timeout=10)
