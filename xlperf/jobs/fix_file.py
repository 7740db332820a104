"""A mended file: a workbook as a copy with other texts in single cells, else the record."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from xlperf.errors import UserError
from xlperf.files import write_text
from xlperf.forms.changed_cells import changed_cells
from xlperf.jobs.fixing import FixResult
from xlperf.jobs.opening import is_master, record_text
from xlperf.reading import Reading
from xlperf.record_diff import differences
from xlperf.workbook.package.amending import amend
from xlperf.workbook.package.opening import open_book
from xlperf.workbook.package.renewed_results import renew_results
from xlperf.workbook.read import Computed, reading_of


def check_target(source: Path, target: Path | None, *, diff: bool) -> None:
    """Refuse what cannot be written: no file named, or one of another kind."""
    if target is None:
        if not diff:
            raise UserError("nothing_to_write")
        return
    suffix = source.suffix if is_master(source) else ".json"
    if target.suffix.lower() != suffix.lower():
        raise UserError("wrong_suffix", file=source, target=target, wanted=suffix)


def write(reading: Reading, fixed: FixResult, source: Path, target: Path) -> None:
    """The mended file: a workbook as a copy with other texts in single cells, else the record."""
    if not is_master(source):
        write_text(target, record_text(replace(reading, record=fixed.record)))
        return

    cells = changed_cells(reading.where, reading.record, fixed.record)

    def check(copy: Path) -> None:
        book = open_book(copy)
        expected, back = (
            {**r, "inferred": None} for r in (fixed.record, reading_of(book, copy).record)
        )
        if astray := differences(expected, back):
            raise UserError("fix_not_kept", file=source, paths="; ".join(astray[:5]))
        if cells:
            renew_results(copy, book, Computed(copy).value)

    amend(source, target, cells, check)
