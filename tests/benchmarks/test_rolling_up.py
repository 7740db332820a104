"""What a roll-up of many workbooks costs, against openpyxl merely reading their cells.

Processor time of whole processes, taking turns with the baseline. Run with `--benchmark-enable
-s`; the table says seconds and how many times the baseline costs as much.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.benchmarks.cpu import seconds
from tests.many import department_of
from xlperf.record import Raw
from xlperf.workbook.write import write_master

WORKBOOKS, PROJECTS, RUNS = 60, 11, 2
LOOP = """
import sys
from pathlib import Path
from openpyxl import load_workbook
for file in sorted(Path(sys.argv[1]).iterdir()):
    for sheet in load_workbook(file, read_only=True).worksheets:
        for row in sheet.iter_rows(values_only=True):
            pass
"""
BASELINE = "openpyxl, read-only (the baseline)"


def test_a_roll_up_against_a_loop(sample: Raw, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    measured = pytestconfig.getoption("benchmark_enable")
    workbooks, projects, runs = (WORKBOOKS, PROJECTS, RUNS) if measured else (1, 1, 1)
    folder = tmp_path / "workbooks"
    folder.mkdir()
    for number in range(workbooks):
        record = department_of(sample, projects, first=number * projects)
        record["department"] = {"code": str(300 + number), "name": f"第{number}局"}
        write_master(record, folder / f"{number:02d}.xlsx")
    cache_folder = tmp_path / "kept"
    command = ["-m", "xlperf", "rollup", str(folder)]
    totals = [*command, "--json", str(tmp_path / "totals.json")]
    cached = [*command, "--cache", str(cache_folder)]
    ways = {
        BASELINE: ["-c", LOOP, str(folder)],
        "rollup": totals,
        "rollup -o --cache, the first time": [*cached, "-o", str(tmp_path / "totals.xlsx")],
        "rollup -o --cache, again": [*cached, "-o", str(tmp_path / "totals.xlsx")],
        "rollup --json --cache, again": [*cached, "--json", str(tmp_path / "totals.json")],
        "rollup --review --cache, again": [*cached, "--review", str(tmp_path / "review.xlsx")],
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(runs):
        shutil.rmtree(cache_folder, ignore_errors=True)
        for name, command in ways.items():
            times[name].append(seconds(command))
    print(f"\nseconds of processor time, {workbooks} workbooks of {projects} projects, {runs} runs")
    for name, timings in times.items():
        ratio = min(times[BASELINE]) / min(timings)
        print(f"{name:36} {min(timings):7.2f}  the baseline costs {ratio:5.1f} times as much")
    assert len(list(cache_folder.rglob("*.parquet"))) == workbooks
