"""Actions on files beside the book: a folder rolled up, a document imported, a stage begun."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from pathlib import Path

import xlwings as xw

from xlperf.errors import UserError
from xlperf.jobs import beginning, comparing
from xlperf.jobs.inputs import open_any
from xlperf.jobs.many_files import file_search, rolling_up
from xlperf.jobs.many_files.sources import FileSource
from xlperf.reading import Reading
from xlperf.record import Raw, year_of
from xlperf.rules.stages.views import EVALUATION, MONITORING
from xlperf.totals import Rollup
from xlperf.wording import say
from xlperf.workbook.draw.books.totals_book import write_rollup

STORED_DIGITS = 15  # digits of a number in a file of LibreOffice's


def roll_up(book: xw.Book, folder: Path) -> tuple[Rollup, Path]:
    """The totals of a folder's saved workbooks, and the new file beside them that holds these.

    Each file is named in the status bar meanwhile; a file made by an earlier roll-up is left out.
    """
    name = say("live.rollup_file")
    folder_search = file_search.search([folder])
    files = [path for path in folder_search.files if not path.name.startswith(name)]
    app = book.app
    done = 0

    def tell(source: FileSource) -> None:
        nonlocal done
        done += 1
        app.status_bar = say("live.adding", done=done, of=len(files), file=source.name)

    try:
        rollup, answers = rolling_up.roll_up_and_survey(files, tell, aside=folder_search.set_aside)
    finally:
        app.status_bar = False
    target = free_path(folder / f"{name}.xlsx")
    write_rollup(rollup, target, answers)
    return rollup, target


def import_from(source: Path) -> Path:
    """Make the master workbook of a published document, beside it; its path."""
    target = free_path(source.with_suffix(".xlsx"))
    open_any.generate(source, target)
    return target


def compare_with(reading: Reading, source: Path) -> tuple[str, Path | None]:
    """What changed since another file, in a sentence, and the workbook beside the book that has it.

    No workbook is written where nothing changed.
    """
    result = comparing.compare(open_any.open_any(source), reading)
    sentences = "\n".join([comparing.sentence(result), *result.notes])
    if not result.compared.changes:
        return sentences, None
    target = free_path(Path(reading.source).with_name(f"{say('live.comparison_file')}.xlsx"))
    comparing.write(result, target)
    return sentences, target


def refuse_unsaved(reading: Reading) -> None:
    """UserError where the file says something else than the open book, of which `reading` is.

    Excel's own mark of a changed book is not asked: a calculation alone sets it.
    """
    path = Path(reading.source)
    if not is_stored_as(open_any.open_any(path).record, reading.record):
        raise UserError("live_changes_unsaved", file=path.name)


def is_stored_as(stored: object, content: object) -> bool:
    """Whether a file says what a book shows; of a number a program may store 15 digits alone."""
    if isinstance(stored, dict) and isinstance(content, dict):
        return stored.keys() == content.keys() and all(
            is_stored_as(value, content[key]) for key, value in stored.items()
        )
    if isinstance(stored, list) and isinstance(content, list):
        return len(stored) == len(content) and all(map(is_stored_as, stored, content))
    return stored == content or stored == _rounded(content)


def _rounded(content: object) -> object:
    """A number, or a text of its figures, as LibreOffice writes it; anything else as it is."""
    if isinstance(content, Decimal | float | int):
        return Decimal(f"{Decimal(content):.{STORED_DIGITS}g}")
    if (
        isinstance(content, str)
        and len(content) > STORED_DIGITS
        and re.fullmatch("[0-9]+", content)
    ):
        return f"{Decimal(f'{Decimal(content):.{STORED_DIGITS}g}'):f}"
    return content


def monitoring_day(record: Raw, today: datetime.date) -> datetime.date:
    """The last day that a monitoring begun today looks at.

    The end of the last finished month where today is in the record's fiscal year; else 31 July,
    until which monitoring forms usually ask.
    """
    year = year_of(record.get("fiscal_year", "")) or 0
    if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
        year = today.year
    if year == today.year and today.month > 1:
        return today.replace(day=1) - datetime.timedelta(days=1)
    return datetime.date(year, 7, 31)


def begin_monitoring(source: Path, until: datetime.date) -> tuple[str, Path]:
    """Begin a monitoring in a copy beside a saved book: what was added, and the copy's path."""
    name = say("live.monitoring_file", name=source.stem, month=until.month)
    return _begin(source, name, MONITORING, until.isoformat())


def begin_evaluation(source: Path) -> tuple[str, Path]:
    """Begin the self-evaluation in a copy beside a saved book, as `begin_monitoring` does."""
    return _begin(source, say("live.evaluation_file", name=source.stem), EVALUATION)


def _begin(source: Path, name: str, kind: str, until: str = "") -> tuple[str, Path]:
    target = free_path(source.with_name(name + source.suffix))
    begun = beginning.begin(source, target, kind, until)
    return "\n".join([*begun.remarks, *beginning.sentences(begun, kind)]), target


def free_path(path: Path) -> Path:
    """The path itself, or, where it is taken, "name (2).ext" and so on: the first that is free."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return free
