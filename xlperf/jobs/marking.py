"""What a validation leaves behind on request: a marked copy, a reviewer's worksheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xlperf.errors import Refusal
from xlperf.files import kind_of, temporary_folder
from xlperf.jobs.opening import WORKBOOKS, generate
from xlperf.jobs.validating import Checked, check
from xlperf.plan import plan
from xlperf.review import review
from xlperf.rules.core import as_chosen
from xlperf.workbook.apply import apply
from xlperf.workbook.opening import open_book
from xlperf.workbook.packing import save
from xlperf.workbook.review_book import write_review


def write(
    checked: Sequence[Checked],
    annotated: Path | None,
    reviewed: Path | None,
) -> None:
    """The files that were asked for; the originals are untouched."""
    if annotated is not None:
        if len(checked) != 1:
            raise Refusal("annotate_one")
        annotate(checked[0], annotated)
    if reviewed is not None:
        write_review([draft for c in checked for draft in review(c.reading, c.findings)], reviewed)


def annotate(checked: Checked, target: Path) -> None:
    """A marked copy of a workbook; of anything else, a marked master workbook made from it."""
    if kind_of(checked.path) in WORKBOOKS:
        _annotate(checked, target)
        return
    with temporary_folder() as folder:
        made = folder / "master.xlsx"
        generate(checked.path, made)
        chosen = checked.settings
        _annotate(check(made, chosen.profile.name, chosen.select, chosen.ignore), target)


def _annotate(checked: Checked, target: Path) -> None:
    opened = open_book(checked.path)
    chosen = checked.settings
    judged = {one.code for one in as_chosen(chosen.rules(), chosen.profile)}
    apply(plan(checked.findings, checked.reading.record, judged), opened)
    save(opened, target)
