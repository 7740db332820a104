"""Inputs of the fuzz harness, three hundred in a thorough run, and kills at chosen moments.

Of the kinds that take a second each, or nearly, only the first few: the harness by hand, which
takes them as they come, tries more of these.

By hand: `python -m tests.fuzz --count 5000 --seed 7` and `python -m tests.fuzz.kills --count 60`.
"""

from __future__ import annotations

import os
import signal
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count, islice
from pathlib import Path

import pytest
from openpyxl.writer.excel import ExcelWriter

from tests.effort import tries
from tests.fuzz import inputs, kills
from tests.fuzz.inputs import kind_of, make
from tests.fuzz.running import faults
from xlperf.__main__ import run
from xlperf.storage.deterministic_zips import ZipStream

SEED = 2021
INPUTS, PARTS = tries(300), 4
MOST = {
    inputs.typed_in_cells: 16,
    inputs.typed_in_a_record: 10,
    inputs.a_folder: 10,
    inputs.a_list: 10,
}

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="each input has its own process")


def numbers() -> Iterator[int]:
    """The numbers of inputs, without those of a kind of which there are enough."""
    taken: Counter[object] = Counter()
    for number in count():
        kind = kind_of(SEED, number)
        taken[kind] += 1
        if taken[kind] <= MOST.get(kind, INPUTS):
            yield number


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_no_input_makes_a_command_fail_in_an_unforeseen_way(part: int) -> None:
    mine = list(islice(numbers(), part, INPUTS, PARTS))
    assert len(mine) >= INPUTS // PARTS > 10
    amiss = {n: made for n in mine if (made := faults(make(SEED, n)))}
    assert amiss == {}


def die(*_: object) -> None:
    """End this process at once, as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)


def before_the_file_is_in_place() -> None:
    Path.replace = die  # type: ignore[method-assign, assignment]


def in_the_middle_of_writing() -> None:
    whole = Path.write_bytes

    def half(path: Path, data: bytes) -> int:
        whole(path, data[: len(data) // 2])
        die()
        return 0

    Path.write_bytes = half  # type: ignore[method-assign, assignment]


def in_the_middle_of_streaming() -> None:
    ZipStream.close = die  # type: ignore[method-assign, assignment]


def among_temporary_files() -> None:
    ExcelWriter.save = die


@pytest.mark.parametrize(
    ("command", "moment"),
    [
        ("generate", in_the_middle_of_streaming),
        ("generate", among_temporary_files),
        ("fix", before_the_file_is_in_place),
        ("repair", in_the_middle_of_writing),
        ("rollup", before_the_file_is_in_place),
        ("rollup", among_temporary_files),
        ("publish", in_the_middle_of_writing),
    ],
)
def test_a_killed_command_leaves_the_old_file_and_the_next_run_nothing_else(
    command: str, moment: Callable[[], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kills, "MANY", 2)
    kills.prepare(tmp_path)
    words = kills.COMMANDS[command]
    for name in kills.results(words):
        (tmp_path / name).write_bytes(kills.OLD)
    before = kills.listing(tmp_path)
    assert in_a_process(words, tmp_path, moment) == -signal.SIGKILL
    assert all((tmp_path / name).read_bytes() == kills.OLD for name in kills.results(words))
    assert kills.listing(tmp_path) != before  # there is something to remove
    assert in_a_process(words, tmp_path, lambda: None) in (0, 1)
    assert kills.listing(tmp_path) == before
    for name in kills.results(words):
        data = (tmp_path / name).read_bytes()
        assert data != kills.OLD
        assert not name.endswith(".xlsx") or zipfile.is_zipfile(tmp_path / name)


def in_a_process(words: list[str], folder: Path, prepare: Callable[[], None]) -> int:
    """The status of a command in a process of its own; below 0 the signal that ended it."""
    child = os.fork()
    if child == 0:
        status = 99
        try:
            os.chdir(folder)
            kills.tempfile.tempdir = str(folder / kills.TEMPORARY)
            nothing = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nothing, 1)
            os.dup2(nothing, 2)
            sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
            prepare()
            status = run(words)
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
