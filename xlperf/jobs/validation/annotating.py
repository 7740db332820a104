"""What a validation leaves behind on request: a marked copy, a reviewer's worksheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from xlperf.canonical import canonical
from xlperf.errors import UserError
from xlperf.jobs.fix_repair.read_back import read_back
from xlperf.jobs.inputs.open_any import generate
from xlperf.jobs.validation.validating import CheckedFile, notes, with_findings
from xlperf.plan import plan
from xlperf.publishing.letter import write_letters
from xlperf.record import Raw
from xlperf.reviewing.opinions import Opinions
from xlperf.reviewing.review import ReviewDraft
from xlperf.reviewing.survey import file_view, survey
from xlperf.storage.files import refuse_misnamed, temporary_folder, write_whole
from xlperf.storage.office_zips import has_macros
from xlperf.waivers import Waiver
from xlperf.wording import say
from xlperf.workbook.annotate import annotate_file
from xlperf.workbook.draw.books.review_book import write_review
from xlperf.workbook.read import read_workbook
from xlperf.workbook.read_opinions import read_opinions


def write_outputs(
    checked: Sequence[CheckedFile],
    annotated: Path | None,
    reviewed: Path | None,
    letter: Path | None = None,
    opinions: Path | None = None,
) -> list[str]:
    """Write the files that were asked for; sentences on what is not in them.

    `opinions` is a worksheet that a reviewer filled in; its words go into the marked copy and the
    letters of return.
    """
    answers = survey(file_view(c.reading, c.findings) for c in checked)
    drafts = [draft for file in answers.files for draft in file.drafts()]
    words = Opinions(read_opinions(opinions) if opinions else ())
    left_out = [
        say("opinion.left_out", name=item.name, department=item.department)
        for item in words.without_subject(drafts)
    ]
    if annotated is not None:
        if len(checked) != 1:
            raise UserError("annotate_one")
        annotate(with_opinions(checked[0], drafts, words), annotated)
        source = checked[0].path
        if checked[0].reading.is_workbook and has_macros(source) and not has_macros(annotated):
            left_out.append(say("show.macros_left_out", file=annotated))
    if reviewed is not None:
        write_review(drafts, reviewed, notes(checked), answers)
    if letter is not None:
        write_letters(answers, words, letter, years_of(checked))
    return left_out


def years_of(checked: Sequence[CheckedFile]) -> list[str]:
    """The budget years of some documents, each once, in order."""
    years = {str(item.reading.record.get("fiscal_year", "")) for item in checked}
    return sorted(years - {""})


def with_opinions(
    checked: CheckedFile, drafts: Sequence[ReviewDraft], words: Opinions
) -> CheckedFile:
    """A document whose record has a reviewer's words on its projects; they replace earlier ones."""
    raws = [raw for draft in drafts if (raw := _opinion(draft, words))]
    record = checked.reading.record
    places = {raw["at"] for raw in raws}
    remaining = [
        item
        for item in record.get("waivers", [])
        if not (isinstance(item, dict) and not item.get("code") and item.get("at") in places)
    ]
    if not raws:
        return checked
    reading = replace(checked.reading, record=canonical({**record, "waivers": [*remaining, *raws]}))
    return replace(checked, reading=reading)


def _opinion(draft: ReviewDraft, words: Opinions) -> Raw | None:
    """What a reviewer wrote on one subject, as the record keeps it."""
    reply, subject = words.of(draft.subject), draft.subject
    if not (reply.text or reply.decision):
        return None
    facts = {"decision": reply.decision, "text": reply.text}
    opinion = say("opinion.with_grade", **facts) if reply.decision else reply.text
    is_project = bool(subject.code or subject.unit) and subject.name != say("review.whole")
    at = f"projects/{subject.code or subject.name}" if is_project else "department"
    return Waiver(at=at, name=subject.name if is_project else "", opinion=opinion.strip()).raw()


def annotate(checked: CheckedFile, target: Path) -> None:
    """A marked copy of a workbook; of anything else, a marked master workbook made from it."""
    if checked.reading.is_workbook:
        _annotate(checked, target)
        return
    with temporary_folder() as folder:
        master = folder / "master.xlsx"
        generate(checked.path, master)
        reading = read_workbook(master)
        if waivers := checked.reading.record.get("waivers"):
            reading = replace(reading, record={**reading.record, "waivers": waivers})
        _annotate(with_findings(master, reading, checked.settings), target)


def _annotate(checked: CheckedFile, target: Path) -> None:
    chosen = checked.settings
    codes = set(chosen.worth())
    macros = has_macros(checked.path) and target.suffix.lower() == ".xlsm"
    refuse_misnamed(target, macros=macros)
    planned = plan(checked.findings, checked.reading.record, codes, chosen.sentence())

    def write_copy(path: Path) -> None:
        touched = annotate_file(planned, checked.path, path, macros=macros)
        record, without = checked.reading.record, ("waivers", "inferred")
        if differs := read_back(checked.reading, record, path, touched, without):
            raise UserError("would_lose", file=checked.path, paths="; ".join(differs[:5]))

    write_whole(target, write_copy)
