"""Publishing any file that can be read, and proving that nothing changed on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from xlperf.documents import Coverage, plain_text, read_document_with_residue
from xlperf.documents.blocks.source import is_blank
from xlperf.errors import UserError
from xlperf.files import bytes_of, kind_of
from xlperf.jobs.opening import open_any
from xlperf.jobs.text_diff import Difference, compare
from xlperf.paths import Path as RecordPath
from xlperf.paths import get
from xlperf.publishing import (
    printed_part,
    publish_html,
    publish_paged_word,
    publish_pdf,
    publish_text,
    unprinted,
)
from xlperf.reading import Reading
from xlperf.record import Raw
from xlperf.rules.message_facts import place_label
from xlperf.schema import faults
from xlperf.wording import say
from xlperf.workbook.write import differences

WRITERS: dict[str, Callable[[Raw, Path], None]] = {
    ".docx": publish_paged_word,
    ".txt": publish_text,
    ".html": publish_html,
    ".pdf": publish_pdf,
}
ALSO = {".htm": ".html", ".text": ".txt"}
SHOWN = 5  # places named in a sentence


@dataclass(frozen=True)
class PublishedDocument:
    """What was read, what was written, and what has no place in the document."""

    reading: Reading
    target: Path
    unprinted: tuple[RecordPath, ...]


@dataclass(frozen=True)
class Proof:
    """What came of importing a published file again.

    `changed` and `blanks` are paths that differ, in what they say or in blank space only;
    `letters` the differences from a source that was such a text itself.
    """

    target: Path
    changed: tuple[str, ...]
    blanks: tuple[str, ...]
    residue: int
    source: Path | None = None
    letters: tuple[Difference, ...] = ()

    @property
    def same(self) -> bool:
        """Whether nothing that is said has changed."""
        return not self.changed and not self.residue and not any(d.content for d in self.letters)


def publish(source: Path, target: Path, verify: bool = False) -> PublishedDocument:
    """Publish anything that can be read, in the format that the target's suffix names."""
    write = writer(target)
    if verify and write is publish_pdf:
        raise UserError("verify_pdf")
    reading = open_any(source)
    write(well_formed_record(reading.record, source), target)
    return PublishedDocument(reading, target, tuple(unprinted(reading.record)))


def writer(target: Path) -> Callable[[Raw, Path], None]:
    """What writes a format, by the suffix of a file's name."""
    suffix = target.suffix.lower()
    chosen = WRITERS.get(ALSO.get(suffix, suffix))
    if chosen is None:
        raise UserError("publish_kind", file=target, known=" ".join(WRITERS))
    return chosen


def well_formed_record(record: Raw, file: object) -> Raw:
    """A record with nothing but parts missing; a refusal that names what no form can hold."""
    amiss = [fault for fault in faults(record) if fault.kind != "missing"]
    if amiss:
        paths = _joined(place_label(fault.path) for fault in amiss)
        raise UserError("publish_unsound", file=file, paths=paths)
    return record


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
        if refusal.key != "not_document":
            raise
        return {"edition": record.get("edition")}, Coverage(0, 0, 0, 0, ())
    return reading.record, coverage


def _blank_only(before: Raw, after: Raw, path: str) -> bool:
    """Whether two texts differ in blank space alone."""
    texts = [get(item, _steps(path)) for item in (before, after)]
    return all(isinstance(text, str | None) for text in texts) and len(
        {"".join(sign for sign in text or "" if not is_blank(sign)) for text in texts}
    ) == 1  # fmt: skip


def _steps(path: str) -> RecordPath:
    return tuple(int(step) if step.isdecimal() else step for step in path.split("/"))


def _are_texts(source: Path, target: Path) -> bool:
    return writer(target) is publish_text and kind_of(source) == "text"


def _letters(source: Path, target: Path) -> Iterator[Difference]:
    texts = [plain_text.decode(bytes_of(path), path) for path in (source, target)]
    yield from compare(*texts)


def sentences(published: PublishedDocument, proof: Proof | None = None) -> Iterator[str]:
    """What to tell: what was not printed, whether the document says the same."""
    if published.unprinted:
        yield say("publish.unprinted", paths=_joined(map(place_label, published.unprinted)))
    if proof is None:
        return
    if proof.changed:
        yield say("publish.differs", file=proof.target, paths=_joined(_called(proof.changed)))
    elif proof.residue:
        yield say("publish.residue", file=proof.target, count=proof.residue)
    elif proof.blanks:
        yield say(
            "publish.same_but_blanks", file=proof.target, paths=_joined(_called(proof.blanks))
        )
    else:
        yield say("publish.same", file=proof.target)
    if proof.source:
        yield _letter_sentence(proof.source, proof.letters)


def _letter_sentence(source: Path, letters: tuple[Difference, ...]) -> str:
    content = [letter for letter in letters if letter.content]
    key = "letters_differ" if content else "letter_by_letter_but"
    if not letters:
        return say("publish.letter_by_letter", file=source)
    chosen = content or letters
    places = _joined(
        say("publish.place", line=item.line, was=item.was, now=item.now) for item in chosen
    )
    return say(f"publish.{key}", file=source, count=len(chosen), places=places)


def _called(paths: Iterable[str]) -> Iterator[str]:
    return (place_label(_steps(path)) for path in paths)


def _joined(parts: Iterable[str]) -> str:
    listed = list(dict.fromkeys(parts))
    more = [say("publish.more", count=len(listed))] if len(listed) > SHOWN else []
    return say("publish.semicolon").join([*listed[:SHOWN], *more])
