"""What the add-in takes from the installed xlwings: two VBA modules, headers kept; the version."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable

from xlperf.addin.source import Module, module
from xlperf.errors import Refusal

PINNED = "0.37.8"  # the VBA names the DLL of exactly this version
SOURCE = "xlwings_custom_addin.bas"
PROJECT = "xlperf"
CHANGES = (  # each stands exactly once in xlwings' module
    ('PROJECT_NAME As String = "myaddin"', f'PROJECT_NAME As String = "{PROJECT}"'),
    (  # a workbook that carries a settings sheet must not choose the program that is run
        'If SheetExists(ActiveWorkbook, PROJECT_NAME & ".conf") = True Then',
        "If False Then 'xlperf: the settings are the add-in's own, never the open workbook's",
    ),
    (  # our package keeps pandas and the like from being loaded at every click: it comes first
        '" -B -c ""import xlwings.utils;',
        '" -B -c ""import xlperf.live, xlwings.utils;',
    ),
    (
        'LicenseKeyEnvString & "import xlwings.utils;',
        'LicenseKeyEnvString & "import xlperf.live, xlwings.utils;',
    ),
)


def folder() -> Traversable:
    """Where the installed xlwings lives."""
    if installed() != PINNED:
        raise Refusal("addin_xlwings", found=installed() or "-", pinned=PINNED)
    return files("xlwings")


def installed() -> str:
    """The installed xlwings' version; empty if there is none."""
    try:
        return version("xlwings")
    except PackageNotFoundError:
        return ""


def run_python() -> Module:
    """xlwings' module for add-ins of others: RunPython and the calls of worksheet functions."""
    source = folder().joinpath(SOURCE).read_text(encoding="ascii")
    for before, after in CHANGES:
        if source.count(before) != 1:
            raise Refusal("addin_xlwings_changed", file=SOURCE, line=before)
        source = source.replace(before, after)
    stated = re.search(r'XLWINGS_VERSION As String = "(.*)"', source)
    if stated is None or stated.group(1) != PINNED:
        raise Refusal("addin_xlwings_changed", file=SOURCE, line="XLWINGS_VERSION")
    return module("xlwings", source, file=SOURCE)


def dictionary() -> Module:
    """VBA-Dictionary, which xlwings' module needs on a Mac."""
    source = folder().joinpath("addin", "Dictionary.cls").read_text(encoding="ascii")
    return module("Dictionary", source, file="Dictionary.cls")


def dll_names() -> tuple[str, str]:
    """The DLL's names for a 64-bit and a 32-bit Excel."""
    return f"xlwings64-{PINNED}.dll", f"xlwings32-{PINNED}.dll"
