"""What rules look at: the reading, its faults of shape, the department, and all below it."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any

from xlperf.paths import Path
from xlperf.reading import Reading
from xlperf.record import Activity, Department, Project
from xlperf.schema import faults


def subjects_of(
    reading: Reading, department: Department, kinds: Container[str]
) -> Iterator[tuple[str, Any, Path]]:
    """What rules of these kinds look at: kind, subject and path. `department`: the record's view.

    A project comes with its indicators: what one rule reads of a text, the next one remembers.
    """
    yield "Reading", reading, ()
    for fault in faults(reading.record) if "Fault" in kinds else ():
        yield "Fault", fault, fault.path
    yield "Department", department, ()
    owners: tuple[Activity | Project, ...] = (*department.activities, *department.projects)
    for owner in owners:
        yield type(owner).__name__, owner, owner.path
        for indicator in owner.indicators:
            yield "Indicator", indicator, indicator.path
