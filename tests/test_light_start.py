"""What a command loads: what it needs, and no more."""

from __future__ import annotations

import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

import xlperf
from xlperf.__main__ import main, run
from xlperf.cli import build
from xlperf.jobs.inputs.open_any import read_record
from xlperf.publishing import publish_text
from xlperf.record import Raw
from xlperf.reports.text import as_text
from xlperf.rules import catalogue
from xlperf.rules.core import run as run_rules
from xlperf.terminal.findings import print_findings

SAMPLE = Path(xlperf.__file__).parents[1] / "workbook_templates" / "sample.json"
CODE = """
import atexit, sys
names = lambda: ",".join(sorted(sys.modules))
atexit.register(lambda: sys.stderr.write(names()))
from xlperf.__main__ import main
main(sys.argv[1:])
"""
OF_WORKBOOKS = {"openpyxl", "numpy", "pandas", "xlrd", "zipfile", "xlsxwriter", "pyarrow"}
OF_DOCUMENTS = {"lxml", "defusedxml", "docx", "pypdf", "pdfplumber", "jinja2"}
OF_TERMINALS = {"rich"}
OF_MANY_FILES = {"multiprocessing", "concurrent", "fsspec", "dask", "distributed"}
ELSEWHERE = {"jsonschema", "xlwings", "packaging"}
HEAVY = OF_WORKBOOKS | OF_DOCUMENTS | OF_TERMINALS | OF_MANY_FILES | ELSEWHERE


def loaded(*arguments: object) -> set[str]:
    """The modules that a command has loaded when it ends, those of a library by its name."""
    command = [sys.executable, "-c", CODE, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    modules = set(done.stderr.split(","))
    return modules | {name.partition(".")[0] for name in modules}


def test_the_version_needs_no_library_at_all() -> None:
    modules = loaded("--version")
    assert not modules & (HEAVY | {"click", "tomllib", "pathlib", "decimal", "typing"})
    assert {name for name in modules if name.startswith("xlperf.")} == {"xlperf.__main__"}


def test_help_needs_no_command_and_no_rule() -> None:
    modules = loaded("--help")
    assert "click" in modules and not modules & (HEAVY - OF_TERMINALS)  # it measures words
    assert not {
        name for name in modules if name.startswith(("xlperf.rules.", "xlperf.cli.write_commands"))
    }


def test_a_record_is_validated_without_what_reads_workbooks_and_documents() -> None:
    modules = loaded("validate", SAMPLE)
    assert "xlperf.rules.families.money.amounts" in modules
    assert not modules & HEAVY
    assert not {
        name for name in modules if name.startswith(("xlperf.workbook", "xlperf.documents"))
    }


COMMANDS = {  # by words of a command line: what it may load of what is heavy
    "read {book} -o {folder}/a.json": {"zipfile", "defusedxml"},
    "diff {record} {record}": set(),
    "diff {book} {record}": {"zipfile", "defusedxml"},
    "publish {record} -o {folder}/a.txt": {"zipfile", "xlrd", "defusedxml"},
    "publish {record} -o {folder}/a.html": {"zipfile", "xlrd", "defusedxml", "jinja2"},
    "import {text} -o {folder}/b.json": {"zipfile", "xlrd", "defusedxml"},
    "generate {record} -o {folder}/b.xlsx": {"zipfile", "openpyxl", "lxml", "defusedxml"},
}


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_loads_what_its_files_need(
    line: str, master: Path, sample: Raw, tmp_path: Path
) -> None:
    text = tmp_path / "text.txt"
    publish_text(sample, text)
    names = {"book": master, "record": SAMPLE, "text": text, "folder": tmp_path}
    arguments = [argument.format(**names) for argument in line.split()]
    assert loaded(*arguments) & (HEAVY - OF_TERMINALS - {"concurrent"}) <= COMMANDS[line]


def test_openpyxl_takes_no_numpy_along_and_others_find_it() -> None:
    code = (
        "import sys; from xlperf.hidden_libraries import keep_numpy_from_openpyxl as keep;"
        "keep(); import openpyxl; from openpyxl.compat.numbers import NUMPY;"
        "print(NUMPY, 'numpy' in sys.modules);"
        "import numpy; print(numpy.int64(3) + 4, openpyxl.Workbook().active.title)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False", "7", "Sheet"]


def test_the_version_is_told_as_the_command_tells_it(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    at_once = capsys.readouterr().out
    assert (ended.value.code, run(["--version"])) == (0, 0)
    assert at_once == capsys.readouterr().out == f"xlperf {xlperf.__version__}\n"


def test_a_command_is_made_when_it_is_asked_for() -> None:
    commands = build("zh").commands
    assert isinstance(commands.data["validate"], str)  # type: ignore[attr-defined]
    assert commands["validate"] is commands["validate"]


@pytest.mark.parametrize("full", [False, True])
def test_plain_text_is_what_a_terminal_shows_without_its_colours(full: bool) -> None:
    reading = read_record(SAMPLE)
    findings = run_rules(reading, catalogue().values())
    shown = StringIO()
    print_findings(findings, Console(file=shown, soft_wrap=True, highlight=False), full=full)
    assert findings and as_text(findings, full=full) == shown.getvalue()
