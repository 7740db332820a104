"""The add-in put where WPS looks for add-ins of one user, and taken away; no admin rights."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from xlperf.addin.setup.computer import MAC_PLATFORM, WINDOWS_PLATFORM, Computer
from xlperf.addin.source_faults import DamagedFileError
from xlperf.addin.wps.build import ADDIN_NAME, PUBLISH_FILE, files, folder_name, listed, unlisted
from xlperf.addin.xlam import build as xlam
from xlperf.errors import UserError
from xlperf.storage.files import write_bytes

MAC_FOLDER = "Library/Containers/com.kingsoft.wpsoffice.mac/Data/.kingsoft/wps/jsaddons"


def folder(computer: Computer) -> Path:
    """WPS's folder of add-ins, as `wpsjs` has it (npm, wpsjs 2.2)."""
    if computer.system == WINDOWS_PLATFORM:
        base = computer.environ.get("APPDATA")
        return (Path(base) if base else computer.home) / "kingsoft" / "wps" / "jsaddons"
    if computer.system == MAC_PLATFORM:
        return computer.home / MAC_FOLDER
    return computer.home / ".local" / "share" / "Kingsoft" / "wps" / "jsaddons"


def install(computer: Computer, to: Path | None = None) -> Path:
    """Put the add-in into WPS's folder, or another, and its name on the list there; its folder.

    Add-ins of others stay on the list. Raises UserError for a list that cannot be read.
    """
    place = to or folder(computer)
    entries = _changed(place / PUBLISH_FILE, listed)
    _remove_folders(place)
    target = place / folder_name()
    target.mkdir(parents=True, exist_ok=True)
    for name, data in files(xlam.macros()).items():
        write_bytes(target / name, data)
    write_bytes(place / PUBLISH_FILE, entries)
    return target


def uninstall(computer: Computer, to: Path | None = None) -> bool:
    """Take the add-in away, of any version; whether it was there."""
    place = to or folder(computer)
    was_there = _remove_folders(place)
    if (place / PUBLISH_FILE).exists():
        write_bytes(place / PUBLISH_FILE, _changed(place / PUBLISH_FILE, unlisted))
    return was_there


def _changed(file: Path, change: Callable[[bytes], bytes]) -> bytes:
    before = file.read_bytes() if file.exists() else b""
    try:
        return change(before)
    except DamagedFileError as error:
        raise UserError("wps_list", file=file, why=error) from None


def _remove_folders(place: Path) -> bool:
    ours = [path for path in place.glob(f"{ADDIN_NAME}_*") if (path / "ribbon.xml").is_file()]
    for path in ours:
        shutil.rmtree(path)
    return bool(ours)
