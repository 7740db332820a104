"""What the add-in takes from the installed xlwings: two VBA modules, headers kept; the version."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable

from xlperf.addin.vba.source import Module, module
from xlperf.errors import UserError

PINNED_VERSION = "0.37.8"  # the VBA names the DLL of exactly this version
SOURCE = "xlwings_custom_addin.bas"
PROJECT_NAME = "xlperf"
SCRIPT = f"{PROJECT_NAME}-{PINNED_VERSION}.applescript"  # by which Excel for Mac calls Python
PATHS = r'xlwings.utils.prepare_sys_path(\""" & PYTHONPATH & "\"")'
BOOKS = 'AddExcelDir & ";" & ActiveWorkbook.FullName & ";" & ThisWorkbook.FullName & ";" &'
XLWINGS_CHANGES = (  # each stands exactly once in xlwings' module
    ('PROJECT_NAME As String = "myaddin"', f'PROJECT_NAME As String = "{PROJECT_NAME}"'),
    (  # a workbook that carries a settings sheet must not choose the program that is run
        'If SheetExists(ActiveWorkbook, PROJECT_NAME & ".conf") = True Then',
        "If False Then 'xlperf: the settings are the add-in's own, never the open workbook's",
    ),
    (  # a sheet whose name ends in .py is a sheet, and no reason to ask for a licence
        " " * 16 + "uses_embedded_code = True\n",
        " " * 16 + "uses_embedded_code = False 'xlperf: no code is taken from a workbook\n",
    ),
    # The command that starts Python, for a button and for worksheet functions. No path of a
    # workbook is in it, as a shell reads it; with -P nothing in the current folder or beside a
    # workbook is imported (xlwings would put folders before all others); our package, which keeps
    # pandas and the like from being loaded at every click, comes first.
    (f'" -B -c ""import xlwings.utils;{PATHS}; " & Py', '" -P -B -c ""import xlperf.live; " & Py'),
    (
        '" -B -c ""import sys, os;" & LicenseKeyEnvString & "import xlwings.utils;'
        f"{PATHS};import xlwings; xlwings.serve(",
        '" -P -B -c ""import xlperf.live, xlwings; xlwings.serve(',
    ),
    (f"PYTHONPATH = {BOOKS} GetConfig(", 'PYTHONPATH = "" \'xlperf: was GetConfig('),
    ("ActiveFullName = ToPosixPath(ActiveWorkbook.FullName)", 'ActiveFullName = ""'),
    ('ParameterString = PYTHONPATH + ";"', 'ParameterString = ""'),
    ('"xlwings-" & XLWINGS_VERSION & ".applescript", "Vba', f'"{SCRIPT}", "Vba'),
    (  # what Python says at its end goes into our own sentence
        "Call ShowError(LOG_FILE)\n        ExecuteWindows = -1",
        "XlperfKeepFailure ReadFile(LOG_FILE)\n        ExecuteWindows = -1",
    ),
)
SCRIPT_SOURCE = f"xlwings-{PINNED_VERSION}.applescript"
SCRIPT_CHANGES = (  # on a Mac it is a script that puts the command together
    ('" -B -u', '" -P -B -u'),
    (
        "import xlwings.utils;xlwings.utils.prepare_sys_path('\" & PYTHONPATH & \"');",
        "import xlperf.live;",
    ),
)


def folder() -> Traversable:
    """The folder of the installed xlwings; UserError where its version is not the pinned one."""
    if installed() != PINNED_VERSION:
        raise UserError("addin_xlwings", actual=installed() or "-", pinned=PINNED_VERSION)
    return files("xlwings")


def installed() -> str:
    """The installed xlwings' version; empty if there is none."""
    try:
        return version("xlwings")
    except PackageNotFoundError:
        return ""


def run_python() -> Module:
    """xlwings' VBA module for add-ins of others (RunPython, worksheet functions) with our changes.

    Raises UserError where one of the changes no longer has its one place.
    """
    source = _changed(SOURCE, XLWINGS_CHANGES)
    match = re.search(r'XLWINGS_VERSION As String = "(.*)"', source)
    if match is None or match.group(1) != PINNED_VERSION:
        raise UserError("addin_xlwings_changed", file=SOURCE, line="XLWINGS_VERSION")
    return module("xlwings", source, file=SOURCE)


def script() -> bytes:
    """The AppleScript by which Excel for Mac calls Python."""
    return _changed(SCRIPT_SOURCE, SCRIPT_CHANGES).encode()


def _changed(file: str, changes: Sequence[tuple[str, str]]) -> str:
    """A file of xlwings with our changes; each must have its one place."""
    source = folder().joinpath(file).read_text(encoding="utf-8")
    for before, after in changes:
        if source.count(before) != 1:
            raise UserError("addin_xlwings_changed", file=file, line=before)
        source = source.replace(before, after)
    return source


def dictionary() -> Module:
    """VBA-Dictionary, which xlwings' module needs on a Mac."""
    source = folder().joinpath("addin", "Dictionary.cls").read_text(encoding="ascii")
    return module("Dictionary", source, file="Dictionary.cls")


def dll_names() -> tuple[str, str]:
    """The names of xlwings' DLLs, for a 64-bit and for a 32-bit Excel."""
    return f"xlwings64-{PINNED_VERSION}.dll", f"xlwings32-{PINNED_VERSION}.dll"
