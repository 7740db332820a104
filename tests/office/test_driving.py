"""LibreOffice as tests drive it: what goes wrong is told, and a crash costs one answer only."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import lacks
from tests.live.bridge import Bridge, CalcError
from tests.office import Office, missing

pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def own() -> Iterator[Office]:
    """A LibreOffice that these tests may end."""
    if reason := missing():
        lacks(reason)
    running = Office()
    yield running
    running.close()


def test_a_step_that_fails_is_told_and_leaves_nothing_open(own: Office, small_master: Path) -> None:
    with pytest.raises(AssertionError, match="nonsense"):
        own.look(small_master, {"do": "nonsense"})
    assert own.look(small_master, {"do": "errors"}) == [[]]
    with pytest.raises(CalcError, match="KeyError"):
        Bridge(own).do("sheets", doc=1)


def test_after_a_crash_steps_are_carried_out_by_a_new_one(own: Office, small_master: Path) -> None:
    bridge, starts = Bridge(own), own.starts
    bridge.do("open", path=str(small_master))
    os.killpg(own.process.pid, signal.SIGKILL)
    assert own.look(small_master, {"do": "errors"}) == [[]]
    os.killpg(own.process.pid, signal.SIGKILL)
    with pytest.raises(CalcError):
        bridge.do("sheets", doc=1)  # its documents are gone
    assert bridge.do("new") == 1 and own.starts == starts + 2
