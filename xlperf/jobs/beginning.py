"""Beginning a stage in a workbook: the sheets for a monitoring or a self-evaluation are added."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from xlperf import __version__
from xlperf.canonical import canonical
from xlperf.comparison.record_diff import differences
from xlperf.errors import UserError
from xlperf.jobs.inputs.open_any import generate, open_any
from xlperf.jobs.validation.settings import load
from xlperf.reading import Reading
from xlperf.record import Raw, words, year_of
from xlperf.rules.profiles import Profile
from xlperf.rules.stages.views import EVALUATION, MONITORING
from xlperf.storage.files import refuse_misnamed, temporary_folder, write_whole
from xlperf.storage.office_zips import has_macros
from xlperf.wording import say
from xlperf.workbook.read import read_workbook
from xlperf.workbook.stage_rows import Wanted, sheets_present
from xlperf.workbook.stage_summary import is_listed
from xlperf.workbook.stages import add_stage_sheets, give_results

STAGE_KINDS = (MONITORING, EVALUATION)


@dataclass(frozen=True)
class BeginResult:
    """What was added: the titles of new sheets, how many indicators to sheets that were there.

    `full`: sheets that have no blank row left for all that is missing, with how many are.
    """

    reading: Reading
    titles: tuple[str, ...]
    indicators: int = 0
    full: tuple[tuple[str, int], ...] = ()
    remarks: tuple[str, ...] = ()


def begin(source: Path, target: Path, kind: str, until: str = "", form: str = "") -> BeginResult:
    """Write a copy of a workbook with a stage's sheets; of anything else, first its workbook.

    `until` is the last day that a monitoring looks at; `form` the edition of a record of unknown
    forms. Raises UserError for a day that is none or of another year, for a document without
    projects, where nothing is missing, and for a workbook of another version: the checks, which
    sheets of a stage look at, stand elsewhere on its sheets.
    """
    with _workbook(source, form) as (path, reading, remarks):
        day = _day(until, reading.record, source) if kind == MONITORING else ""
        work = _Work(reading, kind, day, load(source, stated_profile=reading.profile).profile)
        if not reading.record["projects"]:
            raise UserError("stage_no_projects", file=source)
        if reading.version not in ("", __version__):
            versions = {"version": reading.version, "now": __version__}
            raise UserError("stage_other_version", file=source, **versions)
        if not work.new and not work.missing and work.is_listed(path):
            key = "stage_there" if kind == EVALUATION else "stage_there_until"
            raise UserError(key, file=source, until=day)
        refuse_misnamed(target, macros=has_macros(path))
        begun: list[BeginResult] = []

        def write(copy: Path) -> None:
            begun.append(work.write(path, copy))

        write_whole(target, write)
    return replace(begun[0], remarks=remarks)


def sentences(begun: BeginResult, kind: str) -> list[str]:
    """What was added, and each sheet that has no room for all that is missing."""
    facts = {"stage": say(f"stages.{kind}"), "sheets": len(begun.titles)}
    is_new = begun.indicators or begun.titles
    key = "begun_more" if begun.indicators else "begun" if is_new else "begun_listed"
    added = say(f"stages.{key}", **facts, indicators=begun.indicators)
    return [added, *(say("stages.full", sheet=title, count=n) for title, n in begun.full)]


@contextmanager
def _workbook(source: Path, form: str) -> Iterator[tuple[Path, Reading, tuple[str, ...]]]:
    """A master workbook to add to: the source, or what is made of it; its reading, and remarks."""
    reading = open_any(source)
    if reading.is_workbook:
        yield source, reading, ()
        return
    with temporary_folder() as folder:
        master = folder / "master.xlsx"
        _, remarks = generate(source, master, form)
        yield master, read_workbook(master), remarks


def _day(until: str, record: Raw, source: Path) -> str:
    """A day as records have it; UserError for what is none, or of another year than the record."""
    try:
        day = datetime.date.fromisoformat(until)
    except ValueError:
        raise UserError("stage_day", until=until) from None
    year = year_of(record.get("fiscal_year", ""))
    if year is not None and day.year != year:
        raise UserError("stage_year", file=source, until=until, year=year)
    return day.isoformat()


class _Work:
    """What a stage of a workbook lacks, and the record with it."""

    def __init__(self, reading: Reading, kind: str, until: str, by: Profile) -> None:
        self.reading, self.by = reading, by
        record = reading.record
        stages = [dict(stage) for stage in record.get("stages", ())]
        self.number = next(
            (
                number
                for number, stage in enumerate(stages)
                if words(stage, "kind") == kind and words(stage, "until") == until
            ),
            len(stages),
        )
        if self.number == len(stages):
            stages.append({"kind": kind, **({"until": until} if until else {}), "projects": []})
        stage = stages[self.number]
        stage["projects"] = [dict(project) for project in stage.get("projects", ())]
        self.missing = dict(self._missing(stage["projects"]))
        first = len(stage["projects"])
        stage["projects"] += self._new(stage["projects"])
        self.new = [(self.number, n) for n in range(first, len(stage["projects"]))]
        self.record = canonical({**record, "stages": stages})

    def _new(self, stage_projects: list[Raw]) -> list[Raw]:
        """What is to be said of each project that the stage does not have."""
        codes = {words(project, "code") for project in stage_projects} - {""}
        names = {words(project, "name") for project in stage_projects} - {""}
        nameless = sum(not words(p, "code") and not words(p, "name") for p in stage_projects)
        result = []
        for project in self.reading.record["projects"]:
            code, name = words(project, "code"), words(project, "name")
            if code in codes or (name in names and not code):
                continue
            if not code and not name and nameless:  # told apart by their order alone
                nameless -= 1
                continue
            rows = [{"of": of} for of in identities(project)]
            key = {"code": project["code"]} if code else {"name": project["name"]} if name else {}
            result.append({**key, **({"indicators": rows} if rows else {})})
        return result

    def _missing(self, stage_projects: list[Raw]) -> Iterator[tuple[int, list[Raw]]]:
        """By the project's position in the stage, rows for indicators that it does not have."""
        by_code = {words(p, "code"): p for p in self.reading.record["projects"]}
        by_name = {words(p, "name"): p for p in self.reading.record["projects"]}
        for position, reported in enumerate(stage_projects):
            code, name = words(reported, "code"), words(reported, "name")
            goals = by_code.get(code) if code else by_name.get(name)
            listed = [item.get("of") for item in reported.get("indicators", ())]
            has = [[str(part).strip() for part in of] for of in listed if isinstance(of, list)]
            rows = [
                {"of": of}
                for of in identities(goals or {})
                if [str(part).strip() for part in of] not in has
            ]
            if rows:
                yield position, rows

    def is_listed(self, path: Path) -> bool:
        """Whether the department's sheet and the summary show all projects of the stage."""
        projects = self.record["stages"][self.number]["projects"]
        keys = {words(project, "code") or words(project, "name") for project in projects}
        return is_listed(
            path, sheets_present(self.reading).overviews.get(self.number, ""), len(keys)
        )

    def write(self, source: Path, target: Path) -> BeginResult:
        """Write the copy; UserError (`would_lose`) where it does not say what it is to say."""
        present = sheets_present(self.reading)
        rows = {(self.number, position): items for position, items in self.missing.items()}
        sheets = self.new or ([] if self.is_listed(source) else [(self.number, -1)])
        additions = Wanted(sheets, rows)
        titles, added, full, drawn_titles = add_stage_sheets(
            source, target, self.record, additions, present, self.by
        )
        changed = [*drawn_titles, *(present.sheets[key] for key in rows)]
        give_results(target, changed)
        back = read_workbook(target)
        expected = self._expected(added)
        if differs := differences(expected, {**back.record}):
            raise UserError("would_lose", file=source, paths="; ".join(differs[:5]))
        rest = {title: n for title, n in full.items() if n}
        return BeginResult(back, tuple(titles), sum(map(len, added.values())), tuple(rest.items()))

    def _expected(self, added: Mapping[int, list[Raw]]) -> Raw:
        """The record with the rows that found a place."""
        stages = [dict(stage) for stage in self.record["stages"]]
        projects = [dict(project) for project in stages[self.number]["projects"]]
        for position, rows in added.items():
            listed = list(projects[position].get("indicators", ()))
            projects[position]["indicators"] = [*listed, *rows]
        stages[self.number] = {**stages[self.number], "projects": projects}
        return canonical({**self.record, "stages": stages})


def identities(project: Raw) -> list[list[object]]:
    """How a stage refers to each indicator of a project that has a name."""
    result: list[list[object]] = []
    names = [
        [words(item, key) for key in ("level1", "level2", "name")]
        for item in project.get("indicators", ())
        if isinstance(item, dict)
    ]
    for position, identity in enumerate(names):
        if identity[-1]:
            result.append([*identity, names[:position].count(identity)])
    return result
