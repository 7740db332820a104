"""Findings as a person leafs through a document: by file, then by sheet or part, none left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from xlperf.reading import Place, Reading
from xlperf.record import Department, Project, view
from xlperf.rules.core import ERROR, INFO, WARNING, Finding

Counts = dict[str, int]  # by severity
SEVERITY_ORDER = (ERROR, WARNING, INFO)
EXPLAINED_COUNT = "explained"


@dataclass(frozen=True)
class DocumentPart:
    """A part of a document: the department's own (no project, no sheet named), a project, a sheet.

    `sheet` is where it stands, if it stands on one.
    """

    project: Project | None = None
    number: int = 0  # of the project, from 1
    sheet: str = ""
    foreign: bool = False  # a sheet that is no part of the form
    findings: list[Finding] = field(default_factory=list)

    @property
    def counts(self) -> Counts:
        """How many findings of each severity."""
        return count_by_severity(self.findings)


@dataclass(frozen=True)
class FileFindings:
    """One file: what was read, and its parts with their findings."""

    file: str
    department: Department | None
    parts: tuple[DocumentPart, ...]

    @property
    def findings(self) -> list[Finding]:
        """Every finding of the file, in the order of the parts."""
        return [finding for part in self.parts for finding in part.findings]

    @property
    def counts(self) -> Counts:
        """How many findings of each severity."""
        return count_by_severity(self.findings)


def count_by_severity(findings: Iterable[Finding]) -> Counts:
    """Open findings by severity, worst first, with zeros; `explained` only where some are."""
    number = Counter(
        EXPLAINED_COUNT if finding.explained else str(finding.severity) for finding in findings
    )
    counts = {str(severity): number[str(severity)] for severity in SEVERITY_ORDER}
    return (
        {**counts, EXPLAINED_COUNT: number[EXPLAINED_COUNT]} if number[EXPLAINED_COUNT] else counts
    )


def by_file(findings: Sequence[Finding], readings: Iterable[Reading]) -> list[FileFindings]:
    """The files in the order they were read; a file known from its findings only comes last."""
    by_source = {reading.source: reading for reading in readings}
    sources = dict.fromkeys((*by_source, *(finding.file for finding in findings)))
    return [
        _checked(
            source,
            by_source.get(source),
            [finding for finding in findings if finding.file == source],
        )
        for source in sources
    ]


def _checked(source: str, reading: Reading | None, findings: Sequence[Finding]) -> FileFindings:
    department = view(reading.record) if reading else None
    parts = _parts(department, reading) if department and reading else [DocumentPart()]
    sorter = _Sorter(parts)
    for finding in findings:
        sorter.part_of(finding).findings.append(finding)
    return FileFindings(source, department, tuple(sorter.parts))


def _parts(department: Department, reading: Reading) -> list[DocumentPart]:
    """The department's own part, then every project, found fault with or not."""
    where = reading.where
    department_part = DocumentPart(sheet=_sheet(where.get(("overall_goal",)) or where.get(())))
    projects = [
        DocumentPart(project, number, _sheet(where.get(project.path)))
        for number, project in enumerate(department.projects, 1)
    ]
    return [department_part, *projects]


def _sheet(place: Place | None) -> str:
    return place.sheet if place else ""


class _Sorter:
    """Which part a finding belongs to: by its path, else by its sheet; sheets are added as met."""

    def __init__(self, parts: Iterable[DocumentPart]) -> None:
        self.parts = list(parts)
        self._department = self.parts[0]
        self._projects = {part.number: part for part in self.parts if part.project}
        sheets = Counter(part.sheet for part in self.parts if part.sheet)
        self._sheets = {part.sheet: part for part in self.parts if sheets[part.sheet] == 1}

    def part_of(self, finding: Finding) -> DocumentPart:
        """The part that shows a finding."""
        if (part := self._projects.get(_project_number(finding))) is not None:
            return part
        sheet = _sheet(finding.place)
        if not sheet or sheet == self._department.sheet:
            return self._department
        if sheet not in self._sheets:
            self._sheets[sheet] = DocumentPart(sheet=sheet, foreign=True)
            self.parts.append(self._sheets[sheet])
        return self._sheets[sheet]


def _project_number(finding: Finding) -> int:
    """Of a project's finding its project, from 1; else 0."""
    if finding.path[:1] == ("projects",) and len(finding.path) > 1:
        position = finding.path[1]
        return position + 1 if isinstance(position, int) else 0
    return 0


def steps(finding: Finding) -> Iterator[tuple[str, int]]:
    """The lists a finding's path goes through, below its project: key and number, from 1."""
    for key, position in zip(finding.path, finding.path[1:], strict=False):
        if isinstance(key, str) and isinstance(position, int) and key != "projects":
            yield key, position + 1
