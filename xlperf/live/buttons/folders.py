"""Actions on files beside the book: a folder rolled up, a document imported."""

from __future__ import annotations

from pathlib import Path

import xlwings as xw

from xlperf.jobs import comparing, file_search, opening, rolling_up
from xlperf.jobs.sources import Source
from xlperf.reading import Reading
from xlperf.totals import Rollup
from xlperf.wording import say
from xlperf.workbook.draw.totals_book import write_rollup


def roll_up(book: xw.Book, folder: Path) -> tuple[Rollup, Path]:
    """The totals of a folder's saved workbooks, and the new file beside them that holds these.

    Each file is named in the status bar meanwhile; a file made by an earlier roll-up is left out.
    """
    name = say("live.rollup_file")
    folder_search = file_search.search([folder])
    files = [path for path in folder_search.files if not path.name.startswith(name)]
    app = book.app
    done = 0

    def tell(source: Source) -> None:
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
    opening.generate(source, target)
    return target


def compare_with(reading: Reading, source: Path) -> tuple[str, Path | None]:
    """What changed since another file, in a sentence, and the workbook beside the book that has it.

    No workbook is written where nothing changed.
    """
    result = comparing.compare(opening.open_any(source), reading)
    sentences = "\n".join([comparing.sentence(result), *result.notes])
    if not result.compared.changes:
        return sentences, None
    target = free_path(Path(reading.source).with_name(f"{say('live.comparison_file')}.xlsx"))
    comparing.write(result, target)
    return sentences, target


def free_path(path: Path) -> Path:
    """The path itself, or, where it is taken, "name (2).ext" and so on: the first that is free."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return free
