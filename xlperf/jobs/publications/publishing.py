"""Publishing any file that can be read, and proving that nothing changed on the way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from xlperf.comparison.record_diff import differences
from xlperf.documents import Coverage, read_document_with_residue
from xlperf.documents.blocks.decoding import decode
from xlperf.documents.blocks.source import is_blank
from xlperf.errors import UserError
from xlperf.jobs.inputs.containers import REASONS_NOTHING_READ
from xlperf.jobs.inputs.open_any import open_any
from xlperf.jobs.inputs.well_formed import well_formed
from xlperf.jobs.publications.publication import (
    PDF,
    TEXT,
    Proof,
    PublishedDocument,
    format_of,
    path_steps,
    writer,
)
from xlperf.jobs.publications.text_diff import Difference, compare
from xlperf.paths import get
from xlperf.publishing import printed_part, unprinted
from xlperf.record import Raw
from xlperf.storage.files import bytes_of, kind_of


def publish(source: Path, target: Path, verify: bool = False) -> PublishedDocument:
    """Publish anything that can be read, in the format that the target's suffix names."""
    write = writer(target)
    if verify and format_of(target) == PDF:
        raise UserError("verify_pdf")
    reading = open_any(source)
    write(well_formed(reading.record, source, "publish_unsound"), target)
    return PublishedDocument(reading, target, tuple(unprinted(reading.record)))


def verify(record: Raw, target: Path, source: Path | None = None) -> Proof:
    """Import a published file again and compare it with the record it was made from."""
    back, coverage = _read_back(target, record)
    before, after = printed_part(record), printed_part(back)
    paths = differences(before, after)
    blanks = tuple(path for path in paths if _blank_only(before, after, path))
    letters = tuple(_letters(source, target)) if source and _are_texts(source, target) else ()
    return Proof(
        target=target,
        changed=tuple(path for path in paths if path not in blanks),
        blanks=blanks,
        residue=coverage.leftover,
        source=source if source and _are_texts(source, target) else None,
        letters=letters,
    )


def _read_back(target: Path, record: Raw) -> tuple[Raw, Coverage]:
    """A published file's record; a file that says nothing is of the same edition."""
    try:
        reading, coverage = read_document_with_residue(target)
    except UserError as refusal:
        if refusal.key not in REASONS_NOTHING_READ:
            raise
        return {"edition": record.get("edition")}, Coverage(0, 0, 0, 0, ())
    return reading.record, coverage


def _blank_only(before: Raw, after: Raw, path: str) -> bool:
    """Whether two texts differ in blank space alone."""
    texts = [get(item, path_steps(path)) for item in (before, after)]
    return all(isinstance(text, str | None) for text in texts) and len(
        {"".join(sign for sign in text or "" if not is_blank(sign)) for text in texts}
    ) == 1  # fmt: skip


def _are_texts(source: Path, target: Path) -> bool:
    return format_of(target) == TEXT and kind_of(source) == "text"


def _letters(source: Path, target: Path) -> Iterator[Difference]:
    texts = [decode(bytes_of(path), path) for path in (source, target)]
    yield from compare(*texts)
