"""Next year's workbook from last year's record, workbook or document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from xlperf.errors import UserError
from xlperf.forms import edition
from xlperf.formulas.book_checks import planned_sheets
from xlperf.formulas.renewal_lines import LastYear, RenewalLine, lines_of
from xlperf.jobs.inputs.choose_edition import put_into
from xlperf.jobs.inputs.open_any import open_any
from xlperf.jobs.inputs.well_formed import well_formed
from xlperf.jobs.new_workbook import POSSIBLE_YEARS
from xlperf.reading import Reading
from xlperf.record import Raw, words, year_of
from xlperf.renewal import OF_LAST_YEAR, RenewalPoint, renewal_points, renewed
from xlperf.wording import say
from xlperf.workbook.write import write_master


@dataclass(frozen=True)
class RenewalResult:
    """What next year's workbook holds, what has to be renewed in it, and what was left behind."""

    reading: Reading
    lines: tuple[RenewalLine, ...]
    remarks: tuple[str, ...] = ()


def renew(
    source: Path, target: Path, year: int, *, keep_amounts: bool = False, form: str = ""
) -> RenewalResult:
    """Write next year's workbook; `form`: the edition for a record of unknown forms.

    Raises UserError for a year that does not follow the record's own, and for what `generate`
    refuses.
    """
    reading = open_any(source)
    last, remarks = put_into(well_formed(reading.record, source), form, source)
    _check_year(last, year, source)
    record = renewed(last, year, keep_amounts=keep_amounts)
    lines = _lines(renewal_points(last, year), last, record)
    write_master(record, target, source, last_year=LastYear(last.get("fiscal_year", ""), lines))
    behind = [key for key in OF_LAST_YEAR if last.get(key) and key != "inferred"]
    left_behind = [say(f"renewal.left_{key}", n=len(last[key])) for key in behind]
    return RenewalResult(replace(reading, record=record), tuple(lines), (*remarks, *left_behind))


def _check_year(last: Raw, year: int, source: Path) -> None:
    if year not in POSSIBLE_YEARS:
        raise UserError("no_year", year=year, first=POSSIBLE_YEARS[0], last=POSSIBLE_YEARS[-1])
    before = year_of(last.get("fiscal_year", ""))
    if before is not None and year <= before:
        raise UserError("renew_year", file=source, year=year, last=before)


def _lines(points: Sequence[RenewalPoint], last: Raw, record: Raw) -> list[RenewalLine]:
    forms = edition(words(record, "edition"))
    return lines_of(points, last, planned_sheets(last, forms), planned_sheets(record, forms))
