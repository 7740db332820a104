"""The add-in's settings sheet: every question xlwings' module may ask has its answer there.

What the sheet answers, xlwings looks for nowhere else. A settings file beside somebody's workbook
could otherwise name a program to run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from xlperf import __version__
from xlperf.addin.source_faults import AddinFault, fault

WINDOWS_INTERPRETER, MAC_INTERPRETER = "INTERPRETER_WIN", "INTERPRETER_MAC"
VERSION_KEY, XLWINGS, FUNCTIONS_KEY = "XLPERF_VERSION", "XLWINGS_VERSION", "UDF MODULES"
FIXED_SETTINGS = {
    "INTERPRETER": "python",
    "PYTHONPATH": "",
    "ADD_WORKBOOK_TO_PYTHONPATH": "False",  # nothing beside a workbook is ever imported
    "USE UDF SERVER": "False",
    "DEBUG UDFS": "False",
    "SHOW CONSOLE": "False",
    "SHOW_ERROR_POPUPS": "True",
    "TEMP DIR": "%TEMP%",
    "LICENSE_KEY": "",
    "CONDA PATH": "",
    "CONDA ENV": "",
    **{f"{place}_{system}": "" for system in ("WIN", "MAC")
       for place in ("ONEDRIVE_CONSUMER", "ONEDRIVE_COMMERCIAL", "SHAREPOINT")},
}  # fmt: skip
SETTING_CALL = re.compile(r'GetConfig\("([^"]+)"')


def settings(
    xlwings: str, functions: str, windows: str = "python", mac: str = ""
) -> dict[str, str]:
    """All rows of the settings sheet: key to answer, "" for an answer that is blank on purpose."""
    return {
        WINDOWS_INTERPRETER: windows,
        MAC_INTERPRETER: mac,
        FUNCTIONS_KEY: functions,
        **FIXED_SETTINGS,
        VERSION_KEY: __version__,
        XLWINGS: xlwings,
    }


def unanswered(source: str, answers: Mapping[str, str], file: str) -> Iterator[AddinFault]:
    """Faults for keys that a VBA source asks for and the sheet does not answer."""
    for key in sorted(set(SETTING_CALL.findall(source)) - answers.keys()):
        yield fault("no_setting", file, key=key)
