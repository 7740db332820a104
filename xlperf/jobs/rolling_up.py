"""Rolling up files and folders; what cannot be added is set aside with its reason."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from xlperf.errors import UserError
from xlperf.files import bytes_of
from xlperf.jobs.opening import open_any
from xlperf.jobs.parallel import in_parallel
from xlperf.jobs.setting_aside import process_death, reason_of
from xlperf.jobs.settings import load
from xlperf.jobs.validating import with_findings
from xlperf.reading import Reading
from xlperf.rollup import ReadFile, left_out, lines_of, roll_up
from xlperf.survey import FileView, Survey, file_view, survey
from xlperf.survey import as_json as department_as_json
from xlperf.totals import Rollup, SetAside
from xlperf.wording import say
from xlperf.workbook.draw.review_book import write_review
from xlperf.workbook.draw.totals_book import write_rollup

Tell = Callable[[Path], None]
Outcome = tuple[str, ReadFile | SetAside, FileView | None]


def roll_up_files(
    files: Iterable[Path],
    tell: Tell = lambda _: None,
    *,
    most: int = 1,
    aside: Iterable[SetAside] = (),
) -> Rollup:
    """Totals of all files that can be added; the others, after those of `aside`, with the reason.

    Of files with the same content the first is added. At most so many processes do the work; each
    file is told when it is its turn.
    """
    outcome_of = partial(_outcome, judge=None)
    return _rolled_up(list(files), outcome_of, tell, most=most, aside=aside)[0]


def roll_up_and_survey(
    files: Iterable[Path],
    tell: Tell = lambda _: None,
    *,
    most: int = 1,
    aside: Iterable[SetAside] = (),
) -> tuple[Rollup, Survey]:
    """The totals as `roll_up_files` gives them, and what a reviewer asks of the files added up.

    Each file is judged by the settings that apply to it, as `validate` does it.
    """
    outcome_of = partial(_outcome, judge=_judged)
    rollup, views = _rolled_up(list(files), outcome_of, tell, most=most, aside=aside)
    owners = {line.file: (line.department, line.department_name) for line in rollup.lines}
    return rollup, survey(views, owners)


def _rolled_up(
    files: Sequence[Path],
    read: Callable[[Path], Outcome],
    tell: Tell,
    *,
    most: int,
    aside: Iterable[SetAside],
) -> tuple[Rollup, list[FileView]]:
    """The totals of files as they are read, and the views of those that were added and judged."""
    set_aside = list(aside)
    if not files and not set_aside:
        raise UserError("nothing_to_roll_up")
    outcomes = in_parallel(read, files, most, _on_death)
    rolled: dict[str, ReadFile] = {}
    views: list[FileView] = []
    for path in files:
        tell(path)
        content, outcome, view = next(outcomes)
        if isinstance(outcome, SetAside):
            set_aside.append(outcome)
        elif content in rolled:
            earlier = rolled[content].file
            set_aside.append(SetAside(str(path), say("rollup.same_content", other=earlier)))
        else:
            rolled[content] = outcome
            views += [view] if view else []
    return roll_up([*rolled.values()], set_aside), views


def _outcome(path: Path, judge: Callable[[Path, Reading], FileView] | None) -> Outcome:
    """A file's content as a digest; what it adds, or why it adds nothing, whatever it does; and
    what the survey needs of it where it is judged.
    """
    content = ""
    try:
        content = hashlib.sha256(bytes_of(path)).hexdigest()
        reading = open_any(path)
        year = str(reading.record.get("fiscal_year", ""))
        rolled = ReadFile(str(path), year, lines_of(reading), left_out(reading))
        return content, rolled, judge(path, reading) if judge else None
    except Exception as error:
        return content, SetAside(str(path), reason_of(error)), None


def _judged(path: Path, reading: Reading) -> FileView:
    settings = load(path, None, stated=reading.profile)
    return file_view(reading, with_findings(path, reading, settings).findings)


def _on_death(path: Path) -> Outcome:
    return "", process_death(path), None


def write(rollup: Rollup, answers: Survey, totals: Path | None, reviewed: Path | None) -> None:
    """Write the workbooks that were asked for: the totals, a reviewer's worksheet."""
    if totals is not None:
        write_rollup(rollup, totals, answers)
    if reviewed is not None:
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
