"""LibreOffice as a printer: a Word file into PDF, with a profile of its own and a time limit."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from xlperf.errors import UserError
from xlperf.files import temporary_folder

SECONDS = 180
USUAL = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
)


def office_program() -> str:
    """Where LibreOffice is; empty where it is not installed."""
    return next(_candidates(), "")


def _candidates() -> Iterator[str]:
    for name in ("soffice", "libreoffice"):
        if path := shutil.which(name):
            yield path
    yield from (path for path in USUAL if Path(path).exists())


def pdf_of(word: bytes, seconds: float = SECONDS) -> bytes:
    """A Word file as PDF; a refusal where LibreOffice is missing, fails or takes too long."""
    program = office_program()
    if not program:
        raise UserError("no_office")
    with temporary_folder() as folder:
        source = folder / "document.docx"
        source.write_bytes(word)
        _run(_command(program, folder, source), seconds)
        made = source.with_suffix(".pdf")
        if not made.exists() or not made.stat().st_size:
            raise UserError("office_failed")
        return made.read_bytes()


def _command(program: str, folder: Path, source: Path) -> list[str]:
    profile = (folder / "profile").as_uri()
    return [
        *(program, f"-env:UserInstallation={profile}"),
        *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"),
        *("--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder), str(source)),
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
