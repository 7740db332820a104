"""A roll-up by a Dask cluster of two processes, of which one is killed in the middle."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import library
from tests.many import of_one_project
from xlperf.__main__ import run
from xlperf.canonical import dumps
from xlperf.jobs.many_files.rolling_up import RollupOptions, as_json, roll_up_and_survey
from xlperf.jobs.many_files.sources import FileSource
from xlperf.record import Raw

distributed = library("distributed")
pytestmark = pytest.mark.filterwarnings("default")  # another library's warnings are not ours

CODES = [str(400 + number) for number in range(12)]


@pytest.fixture
def cluster() -> Iterator[Any]:
    """Two worker processes; one that ends is started anew."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as started:
        yield started


def test_a_worker_killed_in_the_middle_changes_no_total(
    sample: Raw, tmp_path: Path, cluster: Any
) -> None:
    files: list[FileSource] = []
    for number, code in enumerate(CODES):
        path = tmp_path / f"{code}.json"
        path.write_text(dumps(of_one_project(sample, code, 100 + number)), encoding="utf-8")
        files.append(path)
    with distributed.Client(cluster.scheduler_address) as client:
        processes = list(client.run(os.getpid).values())
    assert len(set(processes)) == 2 and os.getpid() not in processes
    done: list[FileSource] = []

    def kill_after_the_second(source: FileSource) -> None:
        done.append(source)
        if len(done) == 2:
            os.kill(processes[0], signal.SIGKILL)

    way = RollupOptions(scheduler=cluster.scheduler_address)
    there = as_json(*roll_up_and_survey(files, kill_after_the_second, way=way))
    with distributed.Client(cluster.scheduler_address) as client:
        assert processes[0] not in client.run(os.getpid).values()
    assert done == files
    # 1.00 + 1.01 + ... + 1.11 yuan
    assert there["totals"]["budget"] == str(Decimal("12.66")) and there["set_aside"] == []
    assert there == as_json(*roll_up_and_survey(files))


def test_a_scheduler_that_is_not_there_is_told_in_one_sentence(
    sample: Raw,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("xlperf.jobs.many_files.cluster.SCHEDULER_SECONDS", 0.2)
    record = tmp_path / "record.json"
    record.write_text(dumps(sample), encoding="utf-8")
    command = ["rollup", str(record), "--json", str(tmp_path / "o.json"), "--lang", "en"]
    assert run([*command, "--scheduler", "tcp://127.0.0.1:9"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "tcp://127.0.0.1:9" in line
