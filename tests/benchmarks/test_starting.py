"""What a command costs to start: processor time of the whole process, as a multiple of bare Python.

The commands take turns with the baseline. Run with `--benchmark-enable -s`; the table says
milliseconds and how many times the baseline of the same run, the median of several runs, from
modules that are compiled.
"""

from __future__ import annotations

import statistics
from compileall import compile_dir
from pathlib import Path

import pytest

import xlperf
from tests.benchmarks.cpu import seconds
from xlperf.canonical import dumps
from xlperf.record import Raw

RUNS = 11
BASELINE = "python -c pass (the baseline)"


def test_times_bare_python(sample: Raw, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    record = tmp_path / "record.json"
    record.write_text(dumps({**sample, "projects": sample["projects"][:1]}), encoding="utf-8")
    commands = {
        BASELINE: ["-c", "pass"],
        "xlperf --version": ["-m", "xlperf", "--version"],
        "xlperf --help": ["-m", "xlperf", "--help"],
        "xlperf rules": ["-m", "xlperf", "rules"],
        "xlperf explain, one rule": ["-m", "xlperf", "explain", "VAL407"],
        "what a click imports": ["-c", "import xlperf.live.actions"],
        "xlperf validate, one project": ["-m", "xlperf", "validate", str(record)],
    }
    measured = pytestconfig.getoption("benchmark_enable")
    if measured:
        compile_dir(Path(xlperf.__file__).parent, quiet=2)  # as an installation does
    runs = RUNS if measured else 1
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            times[name].append(seconds(command))
    bare = statistics.median(times[BASELINE])
    print(f"\nmilliseconds of processor time, {runs} runs")
    for name, timings in times.items():
        middle = statistics.median(timings)
        print(f"{name:32} {middle * 1000:7.1f}  × baseline {middle / bare:5.1f}")
    assert all(duration > 0 for many in times.values() for duration in many)
