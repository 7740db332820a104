"""No rule's work grows faster than the number of projects; counted in calls, not in seconds."""

from __future__ import annotations

import gc
import sys
from typing import Any

import pytest

from tests.many import department_of
from xlperf.reading import Reading
from xlperf.record import Raw
from xlperf.rules import catalogue
from xlperf.rules.core import run

FEW, MANY = 20, 80


def calls(reading: Reading, code: str) -> int:
    """How many functions one rule calls, C functions included."""
    count = 0

    def seen(frame: Any, event: str, argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    rule = catalogue()[code]
    run(reading, [rule])  # fills the caches
    gc.collect()
    gc.disable()  # what other tests left behind is not the rule's work
    sys.setprofile(seen)
    try:
        run(reading, [rule])
    finally:
        sys.setprofile(None)
        gc.enable()
    return count


@pytest.fixture(scope="module")
def readings(sample: Raw) -> tuple[Reading, Reading]:
    return Reading(department_of(sample, FEW)), Reading(department_of(sample, MANY))


@pytest.mark.parametrize("code", catalogue())
def test_a_rules_work_is_proportional_to_the_projects(
    code: str, readings: tuple[Reading, Reading]
) -> None:
    few, many = (calls(reading, code) for reading in readings)
    assert many <= 1.3 * (MANY / FEW) * few
