"""What a roll-up keeps of one file, as rows of plain values: no record, no name of the file.

Totals, grades and lists are made of these rows alone, whether they were just extracted or kept
from an earlier run, so that both give the same. A row has text, whole numbers, truths, amounts
in yuan (`Decimal`, two places) and lists of text; a place is in four columns: sheet and cell of a
workbook, line of a text, spot in a document.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from xlperf.reading import Place, Reading
from xlperf.record import PLAN_MONTHS, PROJECT_AMOUNTS, Indicator, view
from xlperf.reviewing.copies_between_departments import CopyCandidate
from xlperf.reviewing.survey import ProjectView, file_view
from xlperf.rollup.lines import left_out, lines_of
from xlperf.rules.core import Finding
from xlperf.rules.further_places import place_of
from xlperf.totals import OUTCOME, TotalsLine
from xlperf.wording import LANGUAGES, language, speaking

ExtractRow = dict[str, Any]

NAME_COLUMNS = ("department", "department_name", "unit", "unit_name", "code", "name", "region")
INDICATOR_COLUMNS = ("level1", "level2", "name", "description", "target", "basis")
# of a department's own part, where rows of a project have its position from 0
DEPARTMENT_POSITION = -1


@dataclass(frozen=True)
class Extract:
    """The rows of one file: of the document one (`head`), of its parts many."""

    head: ExtractRow
    projects: list[ExtractRow]
    findings: list[ExtractRow]
    passages: list[ExtractRow]
    indicators: list[ExtractRow]


@dataclass(frozen=True, slots=True)
class WordedFinding(Finding):
    """A finding that was put into words when it was made: (message, advice) by language."""

    words: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """What is wrong, in the user's language."""
        return self.words[language()][0]

    @property
    def advice(self) -> str:
        """How to mend it, in the user's language."""
        return self.words[language()][1]


def extract_of(reading: Reading, findings: Sequence[Finding]) -> Extract:
    """The rows of a document that was read, and of its findings.

    Raises UnsummableAmountError where an amount cannot be added.
    """
    viewed_file = file_view(reading, findings)
    lines = lines_of(reading)
    code, name = viewed_file.owner
    head = {
        "year": str(reading.record.get("fiscal_year", "")),
        "code": code,
        "name": name,
        "left_out": list(left_out(reading)),
    }
    pairs = enumerate(zip(lines, viewed_file.projects, strict=True))
    of_findings = [_finding(DEPARTMENT_POSITION, item) for item in viewed_file.department_findings]
    for number, project in enumerate(viewed_file.projects):
        of_findings += [_finding(number, item) for item in project.findings]
    return Extract(
        _sound(head),
        [_sound(_project(number, line, project)) for number, (line, project) in pairs],
        [_sound(row) for row in of_findings],
        [_sound(_passage(passage)) for passage in viewed_file.passages],
        [_sound(row) for row in _indicators(reading)],
    )


def _project(number: int, line: TotalsLine, project: ProjectView) -> ExtractRow:
    return {
        "project": number,
        **{key: getattr(line, key) for key in NAME_COLUMNS},
        **{key: getattr(line, key) for key in PROJECT_AMOUNTS},
        **{f"by_{month}": line.planned.get(month) for month in PLAN_MONTHS},
        "judged_budget": project.subject.budget,
        "is_measured": project.is_measured,
        **{key: getattr(line.outcome, key) if line.outcome else None for key in OUTCOME},
        **_place(line.place, "budget_"),
        **_place(project.place),
    }


def _finding(number: int, finding: Finding) -> ExtractRow:
    words: ExtractRow = {}
    for lang in LANGUAGES:
        with speaking(lang):
            words |= {f"message_{lang}": finding.message, f"advice_{lang}": finding.advice}
    return {
        "project": number,
        "code": finding.code,
        "severity": str(finding.severity),
        "is_explained": finding.explained,
        "path": json.dumps(finding.path, ensure_ascii=False),
        **_place(finding.place),
        **words,
    }


def _passage(passage: CopyCandidate) -> ExtractRow:
    texts = {key: getattr(passage, key) for key in ("kind", "key", "text", "project")}
    return texts | _place(passage.place)


def _indicators(reading: Reading) -> Iterator[ExtractRow]:
    """The indicators of the department's activities, then those of the projects."""
    record = view(reading.record)
    parts: list[tuple[int, str, Sequence[Indicator]]] = [
        (DEPARTMENT_POSITION, activity.name, activity.indicators) for activity in record.activities
    ]
    parts += [
        (number, project.name, project.indicators) for number, project in enumerate(record.projects)
    ]
    for number, name, indicators in parts:
        for indicator in indicators:
            texts = {key: str(getattr(indicator, key)) for key in INDICATOR_COLUMNS}
            place = place_of((*indicator.path, "name"), reading.where)
            yield {"project": number, "part": name, **texts, **_place(place)}


def _place(place: Place | None, before: str = "") -> ExtractRow:
    """The four columns of a place, blank where there is none."""
    place = place or Place()
    keys = ("sheet", "cell", "line", "at")
    return {f"{before}{key}": getattr(place, key) for key in keys}


def _sound(row: ExtractRow) -> ExtractRow:
    """The row with signs that no file can hold replaced: halves of characters."""
    return {key: _whole(value) if isinstance(value, str) else value for key, value in row.items()}


def _whole(text: str) -> str:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode("utf-8")
    return text
