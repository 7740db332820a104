"""LibreOffice as tests drive it: what goes wrong is told, and a crash costs one answer only."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import lacks
from tests.live.bridge import Bridge, CalcError
from tests.office import Office, missing

pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def fresh_office() -> Iterator[Office]:
    """A LibreOffice that these tests may end."""
    if reason := missing():
        lacks(reason)
    running = Office()
    yield running
    running.close()


def test_a_step_that_fails_is_told_and_leaves_nothing_open(
    fresh_office: Office, small_master: Path
) -> None:
    with pytest.raises(AssertionError, match="nonsense"):
        fresh_office.look(small_master, {"do": "nonsense"})
    assert fresh_office.look(small_master, {"do": "errors"}) == [[]]
    with pytest.raises(CalcError, match="KeyError"):
        Bridge(fresh_office).do("sheets", doc=1)


def test_after_a_crash_steps_are_carried_out_by_a_new_one(
    fresh_office: Office, small_master: Path
) -> None:
    bridge, starts = Bridge(fresh_office), fresh_office.starts
    bridge.do("open", path=str(small_master))
    os.killpg(fresh_office.process.pid, signal.SIGKILL)
    assert fresh_office.look(small_master, {"do": "errors"}) == [[]]
    os.killpg(fresh_office.process.pid, signal.SIGKILL)
    with pytest.raises(CalcError):
        bridge.do("sheets", doc=1)  # its documents are gone
    assert bridge.do("new") == 1 and fresh_office.starts == starts + 2


def test_a_run_that_is_killed_leaves_no_libreoffice_behind() -> None:
    if reason := missing():
        lacks(reason)
    code = (
        "from tests.office import Office; import time; office = Office()\n"
        "print(office.process.pid, office.folder, flush=True); time.sleep(300)"
    )
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=root,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as run:
        assert run.stdout is not None
        number, folder = run.stdout.readline().split(maxsplit=1)
        os.killpg(run.pid, signal.SIGKILL)  # with all that it has started
    deadline = time.monotonic() + 60
    while lives(int(number)) or Path(folder.strip()).exists():
        assert time.monotonic() < deadline, "LibreOffice is still there"
        time.sleep(0.1)


def lives(group: int) -> bool:
    """Whether a group of processes has any that is not only waiting to be forgotten."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, of = stat.read_text(encoding="utf-8").rpartition(")")[2].split()[:3]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(of) == group and state != "Z":
            return True
    return False
