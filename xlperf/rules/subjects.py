"""What rules look at: the reading, its faults of shape, the department, and all below it."""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import lru_cache
from typing import Any

from xlperf.paths import Path
from xlperf.reading import Reading
from xlperf.record import Activity, Department, Project
from xlperf.rules.text.levels import second_level
from xlperf.schema import faults
from xlperf.targets import parse


def subjects_of(
    reading: Reading, department: Department, kinds: Container[str]
) -> Iterator[tuple[str, Any, Path]]:
    """What rules of these kinds look at: kind, subject and path. `department`: the record's view.

    An indicator comes three times: as such, as one of its second level (such as “cost”), and as one
    whose target is of some kind (such as “percent”).

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
            kinds_ = second_level(indicator), parse(indicator.target).kind
            for kind in ("Indicator", *kinds_of_subjects("Indicator", kinds_)):
                yield kind, indicator, indicator.path


@lru_cache(maxsize=1024)
def kinds_of_subjects(subject: str, of: tuple[str, ...]) -> tuple[str, ...]:
    """What `subjects_of` calls subjects of some kinds; the subject itself for none."""
    return tuple(f"{subject}: {kind}" for kind in of) or (subject,)
