"""The add-in put in place for one user, and taken away: a copy of a file, no admin rights."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from pathlib import Path

from xlperf.addin.setup import receipt
from xlperf.addin.setup.computer import (
    MAC_PLATFORM,
    SCRIPTS,
    WINDOWS_PLATFORM,
    ZONE_STREAM,
    Computer,
)
from xlperf.addin.source_faults import DamagedFileError
from xlperf.addin.xlam import build, package, settings_sheet, xlwings_files
from xlperf.addin.xlam.package import Addin
from xlperf.errors import UserError
from xlperf.storage.files import write_bytes

UNSAFE_CHARACTERS = "=%"  # xlwings takes the first for a switch, Windows the second for a variable
# what the path of Python may not have: it is put into a shell's command
SHELL = UNSAFE_CHARACTERS + '&^$`"|'


@dataclass(frozen=True)
class Installation:
    """What was installed: the add-in's file, the Python that it calls, on a Mac the script."""

    file: Path
    python: str
    script: Path | None = None


def install(computer: Computer, folder: Path | None = None, python: str = "") -> Installation:
    """Put the add-in into Excel's start folder, or another; it calls this Python from now on.

    Raises UserError for a path that a shell would misread, a missing Python, a folder that cannot
    be made, and where a file of that name is not ours.
    """
    target = (folder or computer.start_folder()) / build.XLAM_FILE
    interpreter = python or computer.python
    for path, unsafe in ((str(target), UNSAFE_CHARACTERS), (interpreter, SHELL)):
        if odd := next((character for character in unsafe if character in path), ""):
            raise UserError("addin_unsafe_path", path=path, character=odd)
    if computer.system in (WINDOWS_PLATFORM, MAC_PLATFORM) and not Path(interpreter).is_file():
        raise UserError("addin_no_python", python=interpreter)
    keep_foreign(target)
    addin = installed_path(
        package.read(build.finished()), interpreter, mac=computer.system == MAC_PLATFORM
    )
    _make_folder(target.parent)
    write_bytes(target, package.write(addin))
    if computer.system == WINDOWS_PLATFORM:
        with contextlib.suppress(OSError):
            Path(f"{target}{ZONE_STREAM}").unlink()
    receipt.keep(computer, target)
    return Installation(target, interpreter, _script(computer))


def installed_path(addin: Addin, python: str, *, mac: bool = False) -> Addin:
    """The add-in with the path of the interpreter it calls on its settings sheet."""
    key, other = settings_sheet.WINDOWS_INTERPRETER, settings_sheet.MAC_INTERPRETER
    if mac:
        key, other = other, key
    return replace(addin, settings={**addin.settings, key: python, other: ""})


def uninstall(computer: Computer, folder: Path | None = None) -> tuple[Path, bool]:
    """Delete the add-in; its path, and whether it was there.

    Raises UserError where the file is not ours or in use.
    """
    target = (folder or computer.start_folder()) / build.XLAM_FILE
    if not target.exists():
        receipt.forget(computer, target)
        return target, False
    keep_foreign(target)
    try:
        target.unlink()
    except OSError as error:
        raise UserError("addin_in_use", file=target, why=error.strerror or error) from None
    receipt.forget(computer, target)
    return target, True


def keep_foreign(file: Path) -> None:
    """Raise UserError where a file is there that is no add-in of ours."""
    if file.exists() and is_ours(file) is None:
        raise UserError("addin_foreign", file=file)


def is_ours(file: Path) -> Addin | None:
    """The add-in in a file; None where the file cannot be read or is another's."""
    try:
        addin = package.read(file.read_bytes())
    except (DamagedFileError, OSError):
        return None
    return addin if settings_sheet.VERSION_KEY in addin.settings else None


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = error.strerror or error
        raise UserError("addin_no_folder", folder=folder, why=why) from None


def _script(computer: Computer) -> Path | None:
    """On a Mac Excel may call Python only through a script in a folder of its own."""
    if computer.system != MAC_PLATFORM:
        return None
    folder = computer.home / SCRIPTS
    _make_folder(folder)
    target = folder / xlwings_files.SCRIPT
    write_bytes(target, xlwings_files.script())
    return target
