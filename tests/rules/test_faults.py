"""Single faults in clean departments of many fields are found; innocent words are left alone."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from tests.rules.faultfiles import (
    Row,
    changed,
    department,
    innocents,
    left_alone,
    rows,
    subjects,
)
from xlperf.reading import Reading
from xlperf.record import Raw
from xlperf.rules import catalogue
from xlperf.rules.core import INFO, Finding, run

MISSED = "missed: "
OF_ANOTHER_SUBJECT = ("REL801", "REL802", "TXT644")  # which these words are


def findings(record: Raw) -> list[Finding]:
    return run(Reading(record), catalogue().values())


@cache
def baseline(subject: str) -> frozenset[tuple[object, ...]]:
    """What is found in a clean department: nothing, as the first test says."""
    return frozenset((finding.code, finding.path) for finding in findings(department(subject)))


def new(row: Row, value: Any) -> list[Finding]:
    """What is found with a row's value that is not found without it."""
    all_findings = findings(changed(row.subject, row.place, value)[0])
    return [
        finding
        for finding in all_findings
        if (finding.code, finding.path) not in baseline(row.subject)
    ]


def faults() -> list[Any]:
    """The rows; of one that is known to be missed the file says why."""
    return [
        pytest.param(row, id=row.name, marks=_missed(row.codes) if _is_missed(row) else ())
        for row in rows()
    ]


def _is_missed(row: Row) -> bool:
    return row.codes.startswith(MISSED)


def _missed(why: str) -> pytest.MarkDecorator:
    return pytest.mark.xfail(strict=True, reason=why.removeprefix(MISSED))


@pytest.mark.parametrize("subject", subjects())
def test_clean_departments_are_left_alone(subject: str) -> None:
    assert [(finding.code, finding.message) for finding in findings(department(subject))] == []


@pytest.mark.parametrize("row", faults())
def test_a_fault_is_found(row: Row) -> None:
    codes = {finding.code for finding in new(row, row.fault)}
    assert codes if _is_missed(row) else codes & set(row.codes.split())


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.name)
def test_words_that_look_alike_are_left_alone(row: Row) -> None:
    actual = new(row, row.innocent)
    assert [(finding.code, finding.message) for finding in actual] == []


@pytest.mark.parametrize(("subject", "place", "words"), left_alone())
def test_words_of_one_subject_that_are_right_bring_no_warning(
    subject: str, place: str, words: str
) -> None:
    actual = new(Row("", subject, place, "", "", words), words)
    assert [finding.message for finding in actual if finding.severity != INFO] == []


@pytest.mark.parametrize("subject", ("roads", "elderly"))
@pytest.mark.parametrize(("place", "words"), innocents())
def test_odd_but_right_words_are_left_alone(place: str, words: str, subject: str) -> None:
    record, path = changed(subject, place, words)
    actual = [finding for finding in findings(record) if finding.path[: len(path)] == path]
    assert [finding.message for finding in actual if finding.code not in OF_ANOTHER_SUBJECT] == []
