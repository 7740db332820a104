"""Findings for the reporters: the sample's, of every kind of place, and of random records."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.records import RECORD, TEXT
from xlperf.reading import Place, Reading
from xlperf.record import Raw
from xlperf.rules import catalogue
from xlperf.rules.core import Finding, run

SHEETS = ("部门整体", "01 专项补助（人防）", "Sheet 1", "a!b")
FILES = (
    "master.xlsx",
    "2021 年/主 工作簿.xlsx",
    "/tmp/正文#1?.txt",
    "",
    "a:b.json",
    "../x%20.json",
)


def findings_of(reading: Reading) -> list[Finding]:
    """What every rule says of a reading."""
    return run(reading, catalogue().values())


def project(**changes: Any) -> dict[str, Any]:
    """A project whose two sources of funds do not make up its budget."""
    return {
        "code": "130303213GA2H9SH8UW5I",
        "name": "专项补助",
        "unit": "333001",
        "budget": 100,
        "fiscal": 80,
        "other": 10,
    } | changes


def record(*projects: dict[str, Any]) -> Raw:
    """A department with projects."""
    return {
        "edition": "hebei-2021",
        "fiscal_year": 2021,
        "department": {"code": "333", "name": "某局"},
        "projects": list(projects),
    }


PLACE = st.one_of(
    st.builds(Place, st.sampled_from(SHEETS), st.sampled_from(["", "C5", "AA100"])),
    st.builds(Place, line=st.integers(1, 10**6)),
    st.builds(Place, at=st.sampled_from(["P12", "T3R4C2", "box1/P2", "?"])),
)
PATH = st.sampled_from(
    [
        (),
        ("overall_goal",),
        ("activities", 0),
        ("projects", 0),
        ("projects", 1),
        ("projects", 0, "budget"),
        ("projects", 0, "indicators", 0, "target"),
    ]
)
READING = st.builds(
    Reading,
    record=RECORD,
    where=st.dictionaries(PATH, PLACE, max_size=5),
    source=st.one_of(st.sampled_from(FILES), TEXT.map(lambda text: text.replace("\0", ""))),
)
