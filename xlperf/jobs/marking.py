"""What a validation leaves behind on request: a marked copy, a reviewer's worksheet."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from xlperf.errors import Refusal
from xlperf.files import has_macros, kind_of, refuse_misnamed, write_whole
from xlperf.jobs.opening import WORKBOOKS, generate
from xlperf.jobs.validating import Checked, check
from xlperf.plan import plan
from xlperf.review import review
from xlperf.rules.core import as_chosen
from xlperf.wording import official
from xlperf.workbook.apply import apply
from xlperf.workbook.grafting import graft
from xlperf.workbook.opening import open_book
from xlperf.workbook.packing import pack_book
from xlperf.workbook.read import read_workbook
from xlperf.workbook.review_book import write_review
from xlperf.workbook.write import differences


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
    with tempfile.TemporaryDirectory(prefix="xlperf-") as folder:
        made = Path(folder) / "master.xlsx"
        generate(checked.path, made)
        chosen = checked.settings
        _annotate(check(made, chosen.profile.name, chosen.select, chosen.ignore), target)


def _annotate(checked: Checked, target: Path) -> None:
    opened = open_book(checked.path)
    chosen = checked.settings
    judged = {one.code for one in as_chosen(chosen.rules(), chosen.profile)}
    macros = has_macros(checked.path) and target.suffix.lower() == ".xlsm"
    refuse_misnamed(target, macros=macros)
    apply(plan(checked.findings, checked.reading.record, judged), opened)
    made = {official(f"sheet.{key}") for key in ("findings", "marks")}
    data = graft(checked.path, pack_book(opened), made, macros=macros)

    def write_copy(path: Path) -> None:
        path.write_bytes(data)
        then, now = (
            {key: value for key, value in record.items() if key not in ("waivers", "inferred")}
            for record in (checked.reading.record, read_workbook(path).record)
        )
        if differs := differences(then, now):
            raise Refusal("would_lose", file=checked.path, paths="; ".join(differs[:5]))

    write_whole(target, write_copy)
