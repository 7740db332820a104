"""How long reading a master workbook takes, as a multiple of openpyxl's loading it.

Processor time of whole processes, from Python's start to the record as JSON, in turn; every run
reads the same file. Run with `--benchmark-enable -s`: the table says seconds and how many times
sooner than the baseline, by the smallest of the runs.
"""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.many import department_of
from xlperf.record import Raw
from xlperf.workbook.write import write_master

PROJECTS, RUNS = 300, 3
CLOCK = "import sys, time; from pathlib import Path; path = sys.argv[1]"
BASELINE = "openpyxl.load_workbook (the baseline)"
WAYS = {
    BASELINE: "import openpyxl; openpyxl.load_workbook(path)",
    "openpyxl read-only, every value": (
        "import openpyxl; book = openpyxl.load_workbook(path, read_only=True)\n"
        "for sheet in book:\n    for row in sheet.iter_rows(values_only=True): pass"
    ),
    "calamine, every value": (
        "import python_calamine; book = python_calamine.CalamineWorkbook.from_path(path)\n"
        "for name in book.sheet_names: book.get_sheet_by_name(name).to_python()"
    ),
    "xlperf, all with openpyxl": (
        "from xlperf.canonical import dumps; from xlperf.workbook.read import read_carefully\n"
        "dumps(read_carefully(Path(path)).record)"
    ),
    "xlperf": (
        "from xlperf.canonical import dumps; from xlperf.workbook.read import read_workbook\n"
        "dumps(read_workbook(Path(path)).record)"
    ),
}


def test_seconds_of_reading(sample: Raw, pytestconfig: pytest.Config, tmp_path: Path) -> None:
    measured = pytestconfig.getoption("benchmark_enable")
    projects, runs = (PROJECTS, RUNS) if measured else (1, 1)
    path = tmp_path / "many.xlsx"
    write_master(department_of(sample, projects), path)
    ways = {
        name: code
        for name, code in WAYS.items()
        if find_spec("python_calamine") or "calamine" not in name
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(runs):
        for name, code in ways.items():
            times[name].append(_seconds(code, path))
    baseline = min(times[BASELINE])
    print(f"\nseconds of processor time, {projects} projects, {runs} runs")
    for name, timings in times.items():
        print(f"{name:40} {min(timings):7.2f}  × sooner {baseline / min(timings):6.1f}")
    assert all(seconds > 0 for many in times.values() for seconds in many)


def _seconds(code: str, path: Path) -> float:
    """What a process takes for some code, with all that it loads for it."""
    program = f"{CLOCK}\n{code}\nprint(time.process_time())"
    command = [sys.executable, "-c", program, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    return float(done.stdout)
