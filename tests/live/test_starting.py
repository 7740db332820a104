"""What a click imports: neither pandas nor openpyxl on the way of the validate buttons."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys

import pytest

from xlperf.addin.xlwings_files import run_python
from xlperf.live.lightly import HEAVY, hidden

CODE = """
import json, sys
import xlperf.live.ribbon
from xlperf.live import actions, applying, validating
from xlperf.jobs import settings
from xlperf.rules import catalogue
catalogue()
print(json.dumps(sorted(name.partition(".")[0] for name in sys.modules)))
"""


def loaded(code: str) -> set[str]:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    return set(json.loads(done.stdout))


def test_validating_loads_no_heavy_library() -> None:
    heavy = {"pandas", "numpy", "openpyxl", "docx", "jinja2", "rich", "click", "PIL"}
    assert loaded(CODE) & heavy == set()


TOLD = "import sys, json; print(json.dumps(sorted(n.partition('.')[0] for n in sys.modules)))"
WORDS = {
    "CondaCmd": "",
    "LicenseKeyEnvString": "",
    "PythonInterpreter": "python",
    "PYTHONPATH": "false;;;;;",
    "PythonCommand": f"import xlperf.live.ribbon; {TOLD}",
}


def started(start: str) -> str:
    """The Python that a line of the add-in's VBA puts together for the command shell."""
    (line,) = re.findall(rf"^\s*{start}(.* -B -c .*)$", run_python().text, re.MULTILINE)
    parts = re.findall(r'"(?:[^"]|"")*"|\w+', line)
    said = "".join(
        part[1:-1].replace('""', '"') if part[0] == '"' else WORDS[part] for part in parts
    )
    return shlex.split(said)[-1].replace("xlwings.serve('$(CLSID)')", TOLD)


@pytest.mark.parametrize("start", ["RunCommand = ", "tail = "])
def test_python_as_the_add_in_starts_it_loads_no_heavy_library(start: str) -> None:
    there = loaded(started(start))
    assert {"xlwings", "xlperf"} <= there
    assert there & {"pandas", "numpy", "openpyxl", "matplotlib", "PIL"} == set()


def test_heavy_libraries_can_still_be_imported_afterwards() -> None:
    code = CODE.replace("catalogue()\n", "catalogue()\nimport pandas, openpyxl\n", 1)
    assert {"pandas", "openpyxl"} <= loaded(code)


def test_libraries_in_use_are_not_hidden() -> None:
    with hidden("json", "no_such_library"):
        assert sys.modules["json"] is json
        assert sys.modules["no_such_library"] is None
    assert "no_such_library" not in sys.modules
    assert "pandas" in HEAVY
