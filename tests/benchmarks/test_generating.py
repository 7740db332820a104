"""How much processor time `xlperf generate` takes, as a part of a careful openpyxl program's.

Whole processes, in turn, user and system time. Run with `--benchmark-enable -s`; the table says
seconds, how many times faster than the baseline of the same run, and megabytes at the most.
"""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from tests.benchmarks.careful_openpyxl import model_of
from tests.benchmarks.cpu import seconds_and_megabytes
from tests.many import department_of, of_several_shapes
from xlperf.canonical import dumps
from xlperf.record import Raw
from xlperf.workbook.write import write_master

PROJECTS, RUNS = (300, 1000), 2


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="the time of one process is not told here")
def test_ten_times_a_careful_program(
    sample: Raw, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    measured = pytestconfig.getoption("benchmark_enable")
    few = of_several_shapes(department_of(sample, 33 if measured else 8))
    write_master(few, tmp_path / "few.xlsx")
    model = tmp_path / "model.pickle"
    model.write_bytes(pickle.dumps(model_of(tmp_path / "few.xlsx", "0123456789")))
    for projects in PROJECTS if measured else (4,):
        record = tmp_path / f"{projects}.json"
        record.write_text(dumps(of_several_shapes(department_of(sample, projects))), "utf-8")
        out = str(tmp_path / "out.xlsx")
        careful = ["-m", "tests.benchmarks.careful_openpyxl", str(model), str(projects), out]
        ours = ["-m", "xlperf", "generate", str(record), "-o", out]
        times = [
            (seconds_and_megabytes(careful), seconds_and_megabytes(ours))
            for _ in range(RUNS if measured else 1)
        ]
        baseline, generated = (min(runs) for runs in zip(*times, strict=True))
        print(f"\n{projects} projects: careful openpyxl {baseline[0]:.2f} s {baseline[1]:.0f} MB")
        print(f"generate {generated[0]:.2f} s {generated[1]:.0f} MB, ", end="")
        print(f"{baseline[0] / generated[0]:.1f} times as fast")
        assert generated[0] > 0
