"""The extension put into LibreOffice for one user, and taken away, by its own `unopkg`."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from xlperf.addin.oxt.build import IDENTIFIER, OXT_FILE, build
from xlperf.addin.setup.computer import WINDOWS_PLATFORM, Computer
from xlperf.addin.xlam import build as xlam
from xlperf.errors import UserError
from xlperf.storage.files import write_bytes, write_text

SETTINGS = "python.txt"  # as the extension looks for it
PLACES = (  # where LibreOffice stands on Windows and a Mac
    r"C:\Program Files\LibreOffice\program\unopkg.com",
    r"C:\Program Files (x86)\LibreOffice\program\unopkg.com",
    "/Applications/LibreOffice.app/Contents/MacOS/unopkg",
)
INSTALL_SECONDS = 180  # s; the first start of LibreOffice makes a profile


@dataclass(frozen=True)
class Extension:
    """What was installed: LibreOffice's name of it, the Python that it calls, where that stands."""

    identifier: str
    python: str
    settings: Path


def settings_file(computer: Computer) -> Path:
    """The file in which the extension finds the path of xlperf's Python."""
    environ = computer.environ
    if computer.system == WINDOWS_PLATFORM:
        return Path(environ.get("APPDATA") or computer.home, "xlperf", SETTINGS)
    base = environ.get("XDG_CONFIG_HOME")
    return (Path(base) if base else computer.home / ".config") / "xlperf" / SETTINGS


def install(computer: Computer, python: str = "") -> Extension:
    """Add the extension to this user's LibreOffice; it calls this Python from now on.

    Raises UserError where there is no LibreOffice, no such Python, or `unopkg` refuses.
    """
    interpreter = python or computer.python
    if not Path(interpreter).is_file():
        raise UserError("addin_no_python", python=interpreter)
    program = unopkg()
    with tempfile.TemporaryDirectory(prefix="xlperf-") as folder:
        package = Path(folder, OXT_FILE)
        write_bytes(package, build(xlam.macros()))
        _run(program, "add", "--force", str(package))
    settings = settings_file(computer)
    settings.parent.mkdir(parents=True, exist_ok=True)
    write_text(settings, interpreter + "\n")
    return Extension(IDENTIFIER, interpreter, settings)


def uninstall(computer: Computer) -> bool:
    """Remove the extension; whether it was there. Raises UserError where `unopkg` refuses."""
    program = unopkg()
    was_there = IDENTIFIER in _run(program, "list")
    if was_there:
        _run(program, "remove", IDENTIFIER)
    settings_file(computer).unlink(missing_ok=True)
    return was_there


def unopkg() -> str:
    """LibreOffice's program for extensions. Raises UserError where there is none."""
    names = [shutil.which("unopkg"), *PLACES]
    if soffice := shutil.which("soffice"):
        names.insert(1, str(Path(soffice).resolve().with_name("unopkg")))
    for name in filter(None, names):
        if Path(name).is_file():
            return name
    raise UserError("oxt_no_libreoffice")


def _run(program: str, *arguments: str) -> str:
    """What `unopkg` says. Raises UserError where it fails."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    try:
        process = subprocess.run(  # noqa: S603 - LibreOffice's own program
            [program, *arguments],
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=INSTALL_SECONDS,
            check=False,
            env=environment,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UserError("oxt_refused", why=str(error)) from None
    if process.returncode:
        lines = (process.stderr + process.stdout).strip().splitlines() or ["-"]
        raise UserError("oxt_refused", why=lines[-1])
    return process.stdout
