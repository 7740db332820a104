"""What a validation leaves behind on request: a marked copy, a reviewer's worksheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xlperf.errors import UserError
from xlperf.files import has_macros, kind_of, refuse_misnamed, temporary_folder, write_whole
from xlperf.jobs.opening import WORKBOOKS, generate
from xlperf.jobs.validating import CheckedFile, notes, with_findings
from xlperf.plan import plan
from xlperf.record_diff import differences
from xlperf.review import review
from xlperf.wording import official, say
from xlperf.workbook.annotate import annotate_book
from xlperf.workbook.draw.review_book import write_review
from xlperf.workbook.package.grafting import graft
from xlperf.workbook.package.opening import open_book
from xlperf.workbook.package.saving import pack_book
from xlperf.workbook.read import read_workbook


def write_outputs(
    checked: Sequence[CheckedFile],
    annotated: Path | None,
    reviewed: Path | None,
) -> list[str]:
    """Write the files that were asked for; sentences on what of the originals is not in them."""
    left_out = []
    if annotated is not None:
        if len(checked) != 1:
            raise UserError("annotate_one")
        annotate(checked[0], annotated)
        source = checked[0].path
        if kind_of(source) in WORKBOOKS and has_macros(source) and not has_macros(annotated):
            left_out.append(say("show.macros_left_out", file=annotated))
    if reviewed is not None:
        drafts = [draft for c in checked for draft in review(c.reading, c.findings)]
        write_review(drafts, reviewed, notes(checked))
    return left_out


def annotate(checked: CheckedFile, target: Path) -> None:
    """A marked copy of a workbook; of anything else, a marked master workbook made from it."""
    if kind_of(checked.path) in WORKBOOKS:
        _annotate(checked, target)
        return
    with temporary_folder() as folder:
        made = folder / "master.xlsx"
        generate(checked.path, made)
        _annotate(with_findings(made, read_workbook(made), checked.settings), target)


def _annotate(checked: CheckedFile, target: Path) -> None:
    opened = open_book(checked.path)
    chosen = checked.settings
    codes = set(chosen.worth())
    macros = has_macros(checked.path) and target.suffix.lower() == ".xlsm"
    refuse_misnamed(target, macros=macros)
    annotate_book(plan(checked.findings, checked.reading.record, codes, chosen.told()), opened)
    made = {official(f"sheet.{key}") for key in ("findings", "marks")}
    data = graft(checked.path, pack_book(opened), made, macros=macros)

    def write_copy(path: Path) -> None:
        path.write_bytes(data)
        then, now = (
            {key: value for key, value in record.items() if key not in ("waivers", "inferred")}
            for record in (checked.reading.record, read_workbook(path).record)
        )
        if differs := differences(then, now):
            raise UserError("would_lose", file=checked.path, paths="; ".join(differs[:5]))

    write_whole(target, write_copy)
