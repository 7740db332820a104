"""A mended file: a workbook as a copy with other texts in single cells, else the record."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from xlperf.errors import UserError
from xlperf.forms.sheet_reading.changed_cells import changed_cells
from xlperf.jobs.fix_repair.fix_rounds import FixResult
from xlperf.jobs.fix_repair.read_back import read_back
from xlperf.jobs.inputs.open_any import record_text
from xlperf.reading import Reading
from xlperf.storage.files import write_text
from xlperf.workbook.fast_read.changed_results import renew_changed
from xlperf.workbook.package.amending import amend


def check_target(reading: Reading, source: Path, target: Path | None, *, diff: bool) -> None:
    """Refuse what cannot be written of what was read: no file named, or one of another kind."""
    if target is None:
        if not diff:
            raise UserError("nothing_to_write")
        return
    suffix = source.suffix if reading.is_workbook else ".json"
    if target.suffix.lower() != suffix.lower():
        raise UserError("wrong_suffix", file=source, target=target, wanted=suffix)


def write(reading: Reading, fixed: FixResult, source: Path, target: Path) -> None:
    """The mended file: a workbook as a copy with other texts in single cells, else the record."""
    if not reading.is_workbook:
        write_text(target, record_text(replace(reading, record=fixed.record)))
        return

    cells = changed_cells(reading.where, reading.record, fixed.record)

    def check(copy: Path) -> None:
        if astray := read_back(reading, fixed.record, copy, cells, without=("inferred",)):
            raise UserError("fix_not_kept", file=source, paths="; ".join(astray[:5]))
        if cells:
            renew_changed(copy, list(cells))

    amend(source, target, cells, check)
