"""What rules look at: the reading, its faults of shape, the department, and all below it."""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import cache
from typing import Any

from xlperf.paths import RecordPath
from xlperf.reading import Reading
from xlperf.record import Activity, Department, Project
from xlperf.rules.text.levels import second_level
from xlperf.schema import faults
from xlperf.targets import parse

Kinds = tuple[str, ...]  # what a subject is, by which rules ask for it


def subjects_of(
    reading: Reading, department: Department, kinds: Container[str]
) -> Iterator[tuple[Kinds, Any, RecordPath]]:
    """What rules of these kinds look at: its kinds, the subject and its path.

    department: the record's view. An indicator is of three kinds: an indicator, one of its second
    level (such as “cost”), and one whose target is of some kind (such as “percent”).

    A project comes with its indicators: what one rule reads of a text, the next one remembers,
    as they are asked about not too many subjects at once.
    """
    yield ("Reading",), reading, ()
    for fault in faults(reading.record) if "Fault" in kinds else ():
        yield ("Fault",), fault, fault.path
    yield ("Department",), department, ()
    owners: tuple[Activity | Project, ...] = (*department.activities, *department.projects)
    for owner in owners:
        yield (type(owner).__name__,), owner, owner.path
        for indicator in owner.indicators:
            of = _kinds_of_indicator(second_level(indicator), parse(indicator.target).kind)
            yield of, indicator, indicator.path


@cache
def _kinds_of_indicator(level: str, target: str) -> Kinds:
    """What `subjects_of` calls an indicator of a second level with a target of a kind."""
    return ("Indicator", *kinds_of_subjects("Indicator", (level, target)))


@cache
def kinds_of_subjects(subject: str, of: tuple[str, ...]) -> Kinds:
    """What `subjects_of` calls subjects of some kinds; the subject itself for none."""
    return tuple(f"{subject}: {kind}" for kind in of) or (subject,)
