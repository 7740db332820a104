"""What a click imports: no heavy library on the way of any button that opens no other file."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from xlperf.addin.xlam.xlwings_files import run_python, script
from xlperf.hidden_libraries import hidden
from xlperf.live.com.light_xlwings import HEAVY_LIBRARIES

CODE = """
import json, sys
import xlperf.live.ribbon
from xlperf.live import actions
from xlperf.live.book import apply_plan, new_project, summary
from xlperf.live.buttons import navigation, safe_fixes, validation
from xlperf.jobs.validation import settings
from xlperf.rules import catalogue
catalogue()
print(json.dumps(sorted(name.partition(".")[0] for name in sys.modules)))
"""


def loaded(code: str) -> set[str]:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    return set(json.loads(done.stdout))


def test_a_click_loads_no_heavy_library() -> None:
    heavy = {"pandas", "numpy", "openpyxl", "docx", "jinja2", "rich", "click", "PIL"}
    assert loaded(CODE) & heavy == set()


PRINT_MODULES = (
    "import sys, json; print(json.dumps(sorted(n.partition('.')[0] for n in sys.modules)))"
)
WORDS = {
    "CondaCmd": "",
    "PythonInterpreter": "python",
    "PythonCommand": f"import xlperf.live.ribbon; {PRINT_MODULES}",
}


STARTS = ("RunCommand = ", "tail = ")  # of a button, of worksheet functions


def started(start: str) -> list[str]:
    """The switches and the Python that a line of the add-in's VBA puts together for the shell."""
    (line,) = re.findall(rf"^\s*{start}(.* -B -c .*)$", run_python().text, re.MULTILINE)
    parts = re.findall(r'"(?:[^"]|"")*"|\w+', line)
    command_line = "".join(
        part[1:-1].replace('""', '"') if part[0] == '"' else WORDS[part] for part in parts
    )
    words = [word for word in shlex.split(command_line) if word != "python"]
    return [*words[:-1], words[-1].replace("xlwings.serve('$(CLSID)')", PRINT_MODULES)]


def loaded_by(arguments: list[str], folder: Path | None = None) -> set[str]:
    command = [sys.executable, *arguments]
    done = subprocess.run(command, capture_output=True, check=True, cwd=folder)
    return set(json.loads(done.stdout))


@pytest.mark.parametrize("start", STARTS)
def test_python_as_the_add_in_starts_it_loads_no_heavy_library(start: str) -> None:
    there = loaded_by(started(start))
    assert {"xlwings", "xlperf"} <= there
    assert there & {"pandas", "numpy", "openpyxl", "matplotlib", "PIL"} == set()


PLANTED = ("xlwings", "xlperf", "json", "typing", "decimal", "tomllib", "pywintypes")


@pytest.mark.parametrize("start", STARTS)
def test_nothing_in_the_current_folder_is_imported(start: str, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    for name in PLANTED:
        (tmp_path / f"{name}.py").write_text(f"open({str(ran)!r}, 'w')", encoding="utf-8")
    switches_and_code = started(start)
    assert loaded_by(switches_and_code, tmp_path) and not ran.exists()
    unsafe = [word for word in switches_and_code if word != "-P"]
    with pytest.raises(subprocess.CalledProcessError):  # so the test can fail
        loaded_by(unsafe, tmp_path)
    assert ran.exists()


@pytest.mark.parametrize("start", STARTS)
def test_no_path_of_a_workbook_is_in_the_command_that_starts_python(start: str) -> None:
    (line,) = re.findall(rf"^\s*{start}(.* -B -c .*)$", run_python().text, re.MULTILINE)
    assert "PYTHONPATH" not in line and "FullName" not in line and "prepare_sys_path" not in line
    assert "PYTHONPATH" not in script().decode().partition("set ShellCommand")[2]


def test_heavy_libraries_can_still_be_imported_afterwards() -> None:
    code = CODE.replace("catalogue()\n", "catalogue()\nimport openpyxl\n", 1)
    assert "openpyxl" in loaded(code)


def test_libraries_in_use_are_not_hidden() -> None:
    with hidden("json", "no_such_library"):
        assert sys.modules["json"] is json
        assert sys.modules["no_such_library"] is None
    assert "no_such_library" not in sys.modules
    assert "pandas" in HEAVY_LIBRARIES
