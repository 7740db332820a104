"""Publishing a stage as its official forms, and proving that nothing changed on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from xlperf.comparison.record_diff import differences
from xlperf.documents import read_document_with_residue
from xlperf.errors import UserError
from xlperf.jobs.inputs.open_any import open_any
from xlperf.jobs.inputs.well_formed import joined, well_formed
from xlperf.jobs.publications.publication import SAME_SUFFIXES, Proof, PublishedDocument
from xlperf.jobs.validation.settings import load
from xlperf.jobs.validation.validating import errors_within
from xlperf.publishing.stages.document import stage_document, stage_in
from xlperf.publishing.stages.files import STAGE_WRITERS
from xlperf.publishing.stages.printable import blanks_of, days_of, printed_stage, unprinted_of
from xlperf.reading import Reading
from xlperf.record import Raw
from xlperf.rules.stages.results import with_results
from xlperf.rules.stages.views import MONITORING
from xlperf.wording import say

NO_PROOF = ".pdf"


def publish_stage(
    source: Path, target: Path, kind: str, until: str = "", *, verify: bool = False
) -> PublishedDocument:
    """Publish a stage of anything that can be read, in the format that the suffix names.

    `kind`: monitoring or self-evaluation; `until`: the last day of the monitoring that is meant,
    "" for the last one. Points for execution, total and grade that a self-evaluation leaves to the
    form are printed, and are in the record that was published. Raises UserError where the record
    has no such stage.
    """
    suffix = target.suffix.lower()
    write = STAGE_WRITERS.get(SAME_SUFFIXES.get(suffix, suffix))
    if write is None:
        raise UserError("publish_kind", file=target, known=" ".join(STAGE_WRITERS))
    if verify and suffix == NO_PROOF:
        raise UserError("verify_pdf")
    if until and kind != MONITORING:
        raise UserError("until_of_monitoring")
    reading = open_any(source)
    sound_record = well_formed(reading.record, source, "publish_unsound")
    record = with_results(sound_record, load(source, stated_profile=reading.profile).profile)
    if stage_in(record, kind, until) is None:
        raise _no_stage(record, source, kind, until)
    write(stage_document(record, kind, until), target)
    printed = replace(reading, record=record)
    return PublishedDocument(printed, target, tuple(unprinted_of(record, kind, until)))


def _no_stage(record: Raw, source: Path, kind: str, until: str) -> UserError:
    stage = say(f"publish.{kind}")
    if days := days_of(record, kind) if until else []:
        return UserError("no_stage_until", file=source, day=until, days=joined(days))
    return UserError("no_stage", file=source, stage=stage, kind=kind)


def verify_stage(record: Raw, target: Path, kind: str, until: str = "") -> Proof:
    """Import published forms again and compare their stage with the one they were made from."""
    back, coverage = read_document_with_residue(target)
    before = printed_stage(record, kind, until)
    after = printed_stage({**back.record, "edition": record.get("edition", "")}, kind)
    paths = differences({"stages": [before]}, {"stages": [after]})
    return Proof(target=target, changed=tuple(paths), blanks=(), residue=coverage.leftover)


def open_points(reading: Reading, source: Path, kind: str, until: str = "") -> Iterator[str]:
    """What is to be said of a stage that was published: its errors, what is blank."""
    stage = stage_in(reading.record, kind, until)
    if stage and (errors := errors_within(reading, source, stage.path)):
        yield say("publish.stage_errors", n=errors)
    blank = blanks_of(reading.record, kind, until)
    left_out = blank.pop("projects", 0)
    if left_out:
        yield say("publish.stage_left_out", n=left_out)
    if blank:
        listed = (say("publish.times", what=say(f"field.{key}"), n=n) for key, n in blank.items())
        yield say("publish.stage_blank", fields=say("publish.semicolon").join(listed))
