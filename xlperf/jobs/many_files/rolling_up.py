"""Rolling up files and folders; what cannot be added is set aside with its reason.

Each file becomes an extract, here or in another process or on another machine, or is found among
those that an earlier run kept; everything that is shown is made of the extracts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from xlperf.errors import SetAside, UserError
from xlperf.jobs.inputs.open_any import open_any
from xlperf.jobs.many_files import cluster
from xlperf.jobs.many_files.parallel import in_parallel
from xlperf.jobs.many_files.skip_reasons import process_death, reason_of
from xlperf.jobs.many_files.sources import FileSource, as_file, content_of, digest
from xlperf.jobs.validation.settings import find, load
from xlperf.jobs.validation.validating import with_findings
from xlperf.reviewing.survey import FileSurvey, Survey, survey
from xlperf.reviewing.survey import as_json as department_as_json
from xlperf.rollup import ReadFile, roll_up
from xlperf.rollup.cache import ExtractCache
from xlperf.rollup.extract import Extract, extract_of
from xlperf.rollup.file_views import WordStore, seen_file
from xlperf.rollup.packed import PackedFile, pack
from xlperf.rollup.tables import TableWriter
from xlperf.totals import Rollup
from xlperf.wording import say

ProgressCallback = Callable[[FileSource], None]


@dataclass(frozen=True)
class FileResult:
    """What came of one file: the digest of its content, and what is kept of it or why it has none.

    `extract`: all of it, where tables are written.
    """

    content: str
    result: PackedFile | SetAside
    extract: Extract | None = None


@dataclass(frozen=True)
class RollupOptions:
    """How the work is done: in so many processes, or by a cluster; what is kept, what is written.

    `cache`: extracts that are looked up and kept; `tables`: gets every extract that is added;
    `scheduler`: the address of a Dask scheduler, "" for processes of this machine.
    """

    most: int = 1
    cache: ExtractCache | None = None
    tables: TableWriter | None = None
    scheduler: str = ""


LOCAL_OPTIONS = RollupOptions()


def roll_up_files(
    files: Iterable[FileSource],
    tell: ProgressCallback = lambda _: None,
    *,
    aside: Iterable[SetAside] = (),
) -> Rollup:
    """Totals of all files that can be added; the others, after those of `aside`, with the reason.

    Of files with the same content the first is added. Each file is told when it is its turn.
    """
    return _rolled_up(list(files), tell, LOCAL_OPTIONS, aside, judged=False)[0]


def roll_up_and_survey(
    files: Iterable[FileSource],
    tell: ProgressCallback = lambda _: None,
    *,
    way: RollupOptions = LOCAL_OPTIONS,
    aside: Iterable[SetAside] = (),
) -> tuple[Rollup, Survey]:
    """The totals as `roll_up_files` gives them, and what a reviewer asks of the files added up.

    Each file is judged by the settings that apply to it, as `validate` does it.
    """
    rollup, views = _rolled_up(list(files), tell, way, aside, judged=True)
    owners = {line.file: (line.department, line.department_name) for line in rollup.lines}
    return rollup, survey(views, owners)


def _rolled_up(
    files: Sequence[FileSource],
    tell: ProgressCallback,
    way: RollupOptions,
    aside: Iterable[SetAside],
    *,
    judged: bool,
) -> tuple[Rollup, list[FileSurvey]]:
    """The totals of files, and the views of those that were added."""
    set_aside = list(aside)
    if not files and not set_aside:
        raise UserError("nothing_to_roll_up")
    rolled: dict[str, ReadFile] = {}
    views: list[FileSurvey] = []
    store = WordStore()
    for source, outcome in zip(files, _outcomes(files, way, judged), strict=True):
        tell(source)
        content, result = outcome.content, outcome.result
        if isinstance(result, SetAside):
            set_aside.append(result)
        elif content in rolled:
            earlier = rolled[content].file
            set_aside.append(SetAside(str(source), say("rollup.same_content", other=earlier)))
        else:
            rolled[content], view = seen_file(result, str(source), store)
            views += [view] if judged else []
            if way.tables is not None and outcome.extract is not None:
                way.tables.add(str(source), outcome.extract)
    return roll_up([*rolled.values()], set_aside), views


def _outcomes(
    files: Sequence[FileSource], way: RollupOptions, judged: bool
) -> Iterator[FileResult]:
    """What comes of each file, in their order: kept extracts when it is their turn, the others
    as they are made.
    """
    cached_sources = {source for source in files if way.cache and _is_kept(source, way.cache)}
    missing = [source for source in files if source not in cached_sources]
    is_whole = way.tables is not None
    start = Path.cwd()
    work = partial(_extracted, judged=judged, start=start, cache=way.cache, is_whole=is_whole)
    if way.scheduler:
        results = cluster.in_cluster(work, missing, way.scheduler, _on_death)
    else:
        results = in_parallel(work, missing, way.most, _on_death)
    for source in files:
        if way.cache is not None and source in cached_sources:  # of which an entry may be damaged
            yield _cached_result(source, way.cache, is_whole) or work(source)
        else:
            yield next(results)


def _is_kept(source: FileSource, cache: ExtractCache) -> bool:
    """Whether an earlier run kept something of a file with this content."""
    try:
        return cache.has(digest(content_of(source)), _settings_digest(source, Path.cwd()))
    except Exception:
        return False


def _cached_result(source: FileSource, cache: ExtractCache, is_whole: bool) -> FileResult | None:
    """What an earlier run kept of a file with this content; None where nothing was."""
    try:
        content = digest(content_of(source))
        settings = _settings_digest(source, Path.cwd())
        extract = cache.get(content, settings) if is_whole else None
        packed = cache.packed(content, settings)
    except Exception:
        return None
    if packed is None or (is_whole and extract is None):
        return None
    return FileResult(content, packed, extract)


def _extracted(
    source: FileSource, judged: bool, start: Path, cache: ExtractCache | None, is_whole: bool
) -> FileResult:
    """What is kept of a file, also for the next run; why it has nothing, whatever the file does.

    `start`: the folder from which settings files are looked for upwards.
    """
    content = ""
    try:
        data = content_of(source)
        content = digest(data)
        with as_file(source, data) as path:
            reading = open_any(path)
            findings = []
            if judged:
                settings = load(path, None, start, stated_profile=reading.profile)
                findings = with_findings(path, reading, settings).findings
            extract = extract_of(reading, findings)
        if cache is not None:
            cache.put(content, _settings_digest(source, start), extract)
        return FileResult(content, pack(extract), extract if is_whole else None)
    except Exception as error:
        return FileResult(content, SetAside(str(source), reason_of(error)))


def _settings_digest(source: FileSource, start: Path) -> str:
    """The digest of the settings file that applies to a file; "" where there is none."""
    beside = source if isinstance(source, Path) else start / "url"
    path = find(beside, start)
    return digest(content_of(path)) if path else ""


def _on_death(source: FileSource) -> FileResult:
    return FileResult("", process_death(source))


def write(rollup: Rollup, answers: Survey, totals: Path | None, reviewed: Path | None) -> None:
    """Write the workbooks that were asked for: the totals, a reviewer's worksheet."""
    if totals is not None:
        from xlperf.workbook.draw.books.totals_book import write_rollup

        write_rollup(rollup, totals, answers)
    if reviewed is not None:
        from xlperf.workbook.draw.books.review_book import write_review

        drafts = [draft for file in answers.files for draft in file.drafts()]
        write_review(drafts, reviewed, answers=answers)


def as_json(rollup: Rollup, answers: Survey) -> dict[str, Any]:
    """The shape of `rollup --json`: to each department its findings, grade and money at issue."""
    totals = rollup.as_json()
    answers_by_owner = {
        department.owner: department_as_json(department) for department in answers.departments
    }
    for department in totals["departments"]:
        department.update(answers_by_owner.get((department["code"], department["name"]), {}))
    return totals
