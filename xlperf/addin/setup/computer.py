"""The computer as the installer and the doctor see it; tests give them another one."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from xlperf.addin.xlam import xlwings_files
from xlperf.errors import UserError

WINDOWS_PLATFORM, MAC_PLATFORM = "win32", "darwin"
GROUP = "Library/Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel"
SCRIPTS = "Library/Application Scripts/com.microsoft.Excel"
# the stream in which Windows notes that a file came from elsewhere
ZONE_STREAM = ":Zone.Identifier"

Registry = Callable[[str], Mapping[str, object]]  # a key's values by name; "" is its own


@dataclass(frozen=True)
class Computer:
    """What matters about a computer; the defaults are those of a working one."""

    system: str
    home: Path
    python: str  # the interpreter running now
    environ: Mapping[str, str] = field(default_factory=dict)
    registry: Registry = lambda _: {}
    version: tuple[int, int] = (3, 11)
    xlwings: str = xlwings_files.PINNED_VERSION
    pywin32: bool = True

    def start_folder(self) -> Path:
        """Where Excel looks for this user's add-ins when it starts; a trusted place by default."""
        if self.system == WINDOWS_PLATFORM and (data := self.environ.get("APPDATA")):
            return Path(data) / "Microsoft" / "Excel" / "XLSTART"
        if self.system == MAC_PLATFORM:
            return self.home / GROUP
        raise UserError("addin_no_excel")


def this_computer() -> Computer:
    """The computer that runs this, with its registry on Windows."""
    return Computer(
        sys.platform,
        Path.home(),
        sys.executable,
        os.environ,
        registry_values,
        (sys.version_info.major, sys.version_info.minor),
        xlwings_files.installed(),
        find_spec("pythoncom") is not None,
    )


if sys.platform == "win32":  # pragma: no cover - Windows only
    import winreg

    ROOTS = {
        "HKCU": winreg.HKEY_CURRENT_USER,
        "HKLM": winreg.HKEY_LOCAL_MACHINE,
        "HKCR": winreg.HKEY_CLASSES_ROOT,
    }

    def registry_values(key: str) -> Mapping[str, object]:
        """The values of a registry key; none where there is no such key."""
        root, _, rest = key.partition("\\")
        access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
        try:
            with winreg.OpenKeyEx(ROOTS[root], rest, 0, access) as opened:
                count = winreg.QueryInfoKey(opened)[1]
                values = [winreg.EnumValue(opened, number) for number in range(count)]
        except OSError:
            return {}
        return {name: value for name, value, _ in values}

else:

    def registry_values(_: str) -> Mapping[str, object]:
        """No registry elsewhere."""
        return {}
