"""What is to be written into a workbook, as data: marks on cells and a list of findings.

One plan, several appliers: openpyxl for a file (`workbook.apply`), later xlwings for a live book.
Nothing is written until the whole plan exists.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xlperf.regulations import cite
from xlperf.rules import catalogue
from xlperf.rules.core import RANK, Finding, Severity
from xlperf.wording import say

LONGEST_NOTE = 1500  # characters; a longer note covers the sheet it is about


@dataclass(frozen=True)
class Mark:
    """A cell to be coloured and given a note."""

    sheet: str
    cell: str
    severity: Severity
    note: str


@dataclass(frozen=True)
class Entry:
    """A line of the list of findings."""

    severity: Severity
    code: str
    sheet: str
    cell: str
    message: str
    advice: str
    source: str


@dataclass(frozen=True)
class Plan:
    """Marks and the list, in the order of the workbook."""

    marks: tuple[Mark, ...]
    entries: tuple[Entry, ...]


def plan(findings: Sequence[Finding]) -> Plan:
    """The marks and the list for the findings of one workbook."""
    by_cell: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if finding.place and finding.place.cell:
            by_cell.setdefault((finding.place.sheet, finding.place.cell), []).append(finding)
    marks = (_mark(sheet, cell, found) for (sheet, cell), found in by_cell.items())
    return Plan(tuple(marks), tuple(_entry(finding) for finding in findings))


def _mark(sheet: str, cell: str, findings: list[Finding]) -> Mark:
    worst = min((finding.severity for finding in findings), key=RANK.__getitem__)
    return Mark(sheet, cell, worst, note(findings))


def note(findings: Iterable[Finding]) -> str:
    """What a cell's note says: each finding and how to mend it."""
    lines = [
        f"{say(f'severity.{each.severity}')} {each.code}  {each.message}\n{each.advice}"
        for each in findings
    ]
    text = "\n\n".join(lines)
    return text if len(text) <= LONGEST_NOTE else text[: LONGEST_NOTE - 1] + "…"


def _entry(finding: Finding) -> Entry:
    place = finding.place
    return Entry(
        severity=finding.severity,
        code=finding.code,
        sheet=place.sheet if place else "",
        cell=place.cell if place else "",
        message=finding.message,
        advice=finding.advice,
        source="; ".join(cite(source) for source in catalogue()[finding.code].sources),
    )
