"""The add-in put in place for one user, and taken away: a copy of a file, no admin rights."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from pathlib import Path

from xlperf.addin import build, package, receipt, settings, xlwings_files
from xlperf.addin.faults import Damaged
from xlperf.addin.machine import MAC, MARK, SCRIPTS, WINDOWS, Machine
from xlperf.addin.package import Addin
from xlperf.errors import Refusal
from xlperf.files import write_bytes

UNSAFE = "=%"  # xlwings takes the first for a switch, Windows the second for a variable
SHELL = UNSAFE + '&^$`"|'  # what the path of Python may not have: it is put into a shell's command


@dataclass(frozen=True)
class Installed:
    """What was put where."""

    file: Path
    python: str
    script: Path | None = None


def install(machine: Machine, folder: Path | None = None, python: str = "") -> Installed:
    """Put the add-in in place; it calls this Python from now on."""
    target = (folder or machine.start_folder()) / build.FILE
    interpreter = python or machine.python
    for path, unsafe in ((str(target), UNSAFE), (interpreter, SHELL)):
        if odd := next((character for character in unsafe if character in path), ""):
            raise Refusal("addin_unsafe_path", path=path, character=odd)
    if machine.system in (WINDOWS, MAC) and not Path(interpreter).is_file():
        raise Refusal("addin_no_python", python=interpreter)
    keep_foreign(target)
    made = pointed_at(package.read(build.finished()), interpreter, mac=machine.system == MAC)
    _make_folder(target.parent)
    write_bytes(target, package.write(made))
    if machine.system == WINDOWS:
        with contextlib.suppress(OSError):
            Path(f"{target}{MARK}").unlink()
    receipt.keep(machine, target)
    return Installed(target, interpreter, _script(machine))


def pointed_at(addin: Addin, python: str, *, mac: bool = False) -> Addin:
    """The add-in with the interpreter it calls, a text in a cell."""
    key, other = settings.WINDOWS, settings.MAC
    if mac:
        key, other = other, key
    return replace(addin, settings={**addin.settings, key: python, other: ""})


def uninstall(machine: Machine, folder: Path | None = None) -> tuple[Path, bool]:
    """Take the add-in away; its file, and whether it was there."""
    target = (folder or machine.start_folder()) / build.FILE
    if not target.exists():
        receipt.forget(machine, target)
        return target, False
    keep_foreign(target)
    try:
        target.unlink()
    except OSError as error:
        raise Refusal("addin_in_use", file=target, why=error.strerror or error) from None
    receipt.forget(machine, target)
    return target, True


def keep_foreign(file: Path) -> None:
    """A file of the same name that is not ours is left alone."""
    if file.exists() and ours(file) is None:
        raise Refusal("addin_foreign", file=file)


def ours(file: Path) -> Addin | None:
    """The add-in in a file, if it is one of ours."""
    try:
        found = package.read(file.read_bytes())
    except (Damaged, OSError):
        return None
    return found if settings.OURS in found.settings else None


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = error.strerror or error
        raise Refusal("addin_no_folder", folder=folder, why=why) from None


def _script(machine: Machine) -> Path | None:
    """On a Mac Excel may call Python only through a script in a folder of its own."""
    if machine.system != MAC:
        return None
    folder = machine.home / SCRIPTS
    _make_folder(folder)
    target = folder / xlwings_files.SCRIPT
    write_bytes(target, xlwings_files.script())
    return target
