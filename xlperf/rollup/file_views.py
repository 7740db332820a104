"""What totals and the survey see of files: facts at hand, words looked up where they are shown."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator
from functools import lru_cache
from sys import intern
from tempfile import SpooledTemporaryFile
from typing import Any
from weakref import finalize

from xlperf.reading import Place
from xlperf.record import PLAN_MONTHS, PROJECT_AMOUNTS
from xlperf.reviewing.copies_between_departments import CopyCandidate, CopyCandidates
from xlperf.reviewing.grading import RuleCounts, judge_kinds
from xlperf.reviewing.review import Subject
from xlperf.reviewing.survey import FileSurvey, KeptFindings, ProjectView
from xlperf.rollup.aggregation import ReadFile
from xlperf.rollup.extract import DEPARTMENT_POSITION, NAME_COLUMNS, ExtractRow, WordedFinding
from xlperf.rollup.packed import PackedColumns, PackedFile, words_of
from xlperf.rules.core import Finding, Severity
from xlperf.rules.stages.outcomes import Outcome
from xlperf.totals import OUTCOME, TotalsLine
from xlperf.waivers import Standing
from xlperf.wording import LANGUAGES

IN_MEMORY = 16 * 2**20  # bytes of words of all files; more are in a temporary file
MOST_OPENED = 64  # files, some 200 KB each
REPEATED_COLUMNS = ("department", "department_name", "unit", "unit_name", "region")


class WordStore:
    """The words of many files, deflated one after another."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed by `finalize`
        finalize(self, self._file.close)
        self._ends = array("Q", [0])
        self._opened: dict[int, PackedColumns] = {}  # those that were asked for last

    def put(self, data: bytes) -> int:
        """Keep the words of a file; the number under which they are found."""
        self._file.seek(self._ends[-1])
        self._file.write(data)
        self._ends.append(self._ends[-1] + len(data))
        return len(self._ends) - 2

    def words(self, number: int) -> PackedColumns:
        """The words of a file, by the number under which they are kept."""
        if number not in self._opened:
            if len(self._opened) >= MOST_OPENED:
                self._opened.clear()
            start, end = self._ends[number], self._ends[number + 1]
            self._file.seek(start)
            self._opened[number] = words_of(self._file.read(end - start))
        return self._opened[number]


class StoredFindings(KeptFindings):
    """The findings of one project, or of a department's own part."""

    __slots__ = ("_file", "_number", "_part", "_store", "kinds")

    def __init__(
        self, store: WordStore, number: int, file: str, part: int, kinds: RuleCounts
    ) -> None:
        self._store, self._number, self._file, self._part = store, number, file, part
        self.kinds = kinds

    def __iter__(self) -> Iterator[Finding]:
        words = self._store.words(self._number)
        return (_worded(words.finding(at), self._file) for at in words.of_part.get(self._part, ()))

    def __len__(self) -> int:
        return len(self._store.words(self._number).of_part.get(self._part, ()))

    def __getitem__(self, at):  # type: ignore[no-untyped-def]
        return tuple(self)[at]


class StoredPassages(CopyCandidates):
    """The passages of a document."""

    __slots__ = ("_number", "_store", "keys", "lengths")

    def __init__(self, store: WordStore, number: int, facts: dict[str, Any]) -> None:
        self._store, self._number = store, number
        self.keys, self.lengths = array("Q", facts["keys"]), array("H", facts["lengths"])

    def __len__(self) -> int:
        return len(self.keys)

    def __getitem__(self, at):  # type: ignore[no-untyped-def]
        words = self._store.words(self._number)
        if isinstance(at, slice):
            return [_passage(words.passage(n)) for n in range(len(self))[at]]
        return _passage(words.passage(at))


def seen_file(packed: PackedFile, file: str, store: WordStore) -> tuple[ReadFile, FileSurvey]:
    """What a file adds to the totals, and what a survey needs of it, under the file's name.

    Its words go into the store.
    """
    facts = packed.opened()
    head, rows = facts["head"], facts["projects"]
    number = store.put(packed.words)
    kinds = {part: _kinds(tuple(map(tuple, counts))) for part, counts in facts["kinds"]}

    def findings(part: int) -> StoredFindings:
        return StoredFindings(store, number, file, part, kinds.get(part, ()))

    lines, projects = [], []
    for at, row in enumerate(rows):
        row |= {key: intern(row[key]) for key in REPEATED_COLUMNS}
        lines.append(_line(row, file))
        projects.append(_project(row, intern(head["name"]), findings(at)))
    read = ReadFile(file, head["year"], lines, tuple(head["left_out"]))
    owner = intern(head["code"]), intern(head["name"])
    passages = StoredPassages(store, number, facts)
    return read, FileSurvey(file, owner, findings(DEPARTMENT_POSITION), tuple(projects), passages)


@lru_cache(10_000)
def _kinds(counts: tuple[tuple[str, str, int], ...]) -> RuleCounts:
    return tuple(((intern(code), Severity(severity)), n) for code, severity, n in counts)


def _line(row: ExtractRow, file: str) -> TotalsLine:
    months = {month: row[f"by_{month}"] for month in PLAN_MONTHS}
    planned = {month: share for month, share in months.items() if share is not None}
    values = {key: row[key] for key in (*NAME_COLUMNS, *PROJECT_AMOUNTS)}
    place = _place_of(row, "budget_")
    return TotalsLine(**values, planned=planned, file=file, place=place, outcome=_outcome(row))


def _outcome(row: ExtractRow) -> Outcome | None:
    """What a project reports of a stage; None where it does not."""
    return Outcome(**{key: row[key] for key in OUTCOME}) if row["stage"] else None


def _project(row: ExtractRow, department: str, findings: StoredFindings) -> ProjectView:
    budget = row["judged_budget"]
    subject = Subject(department, row["name"], row["unit"], row["code"], budget)
    judgement = judge_kinds(findings.kinds, budget)
    place = _place_of(row)
    return ProjectView(
        subject, judgement, row["is_measured"], findings, place, outcome=_outcome(row)
    )


def _place_of(row: ExtractRow, before: str = "") -> Place | None:
    sheet, cell, line, at = (row[f"{before}{key}"] for key in ("sheet", "cell", "line", "at"))
    return _place(sheet, cell, line, at) if sheet or cell or line or at else None


@lru_cache(1_000)
def _place(sheet: str, cell: str, line: int, at: str) -> Place:
    return Place(intern(sheet), intern(cell), line, at)


def _passage(row: ExtractRow) -> CopyCandidate:
    return CopyCandidate(row["kind"], row["key"], row["text"], row["project"], _place_of(row))


def _worded(row: ExtractRow, file: str) -> WordedFinding:
    return WordedFinding(
        row["code"],
        Severity(row["severity"]),
        tuple(json.loads(row["path"])),
        place=_place_of(row),
        file=file,
        standing=Standing.EXPLAINED if row["is_explained"] else Standing.OPEN,
        words={lang: (row[f"message_{lang}"], row[f"advice_{lang}"]) for lang in LANGUAGES},
    )
