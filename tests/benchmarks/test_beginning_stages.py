"""How long `xlperf begin` takes, as a multiple of openpyxl's loading what it makes.

Processor time of whole processes, in turn, user and system. Run with `--benchmark-enable -s`: the
line says seconds, milliseconds a project and the megabytes at the most.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.benchmarks.cpu import seconds_and_megabytes
from tests.many import department_of
from xlperf.record import Raw
from xlperf.workbook.write import write_master

PROJECTS, RUNS = (100, 300), 2
BASELINE = "import openpyxl, sys; openpyxl.load_workbook(sys.argv[1])"


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="the time of one process is not told here")
def test_seconds_of_beginning(sample: Raw, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    measured = pytestconfig.getoption("benchmark_enable")
    for projects in PROJECTS if measured else (2,):
        master, out = str(tmp_path / f"{projects}.xlsx"), str(tmp_path / "out.xlsx")
        write_master(department_of(sample, projects), Path(master))
        begin = ["-m", "xlperf", "begin", "self-evaluation", master, "-o", out]
        times = []
        for _ in range(RUNS if measured else 1):
            times.append(
                (seconds_and_megabytes(begin), seconds_and_megabytes(["-c", BASELINE, out]))
            )
        ours, baseline = (min(runs) for runs in zip(*times, strict=True))
        print(
            f"\n{projects} projects: begin {ours[0]:.2f} s, {ours[0] / projects * 1000:.0f} ms ",
            end="",
        )
        print(
            f"a project, {ours[1]:.0f} MB; {ours[0] / baseline[0]:.2f} times openpyxl's loading it"
        )
        assert ours[0] > 0
