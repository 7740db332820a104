"""A published document: its formats, what was written, and what is to be said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from xlperf import publishing
from xlperf.errors import UserError
from xlperf.jobs.inputs.well_formed import joined
from xlperf.jobs.publications.text_diff import Difference
from xlperf.paths import RecordPath
from xlperf.reading import Reading
from xlperf.record import Raw
from xlperf.rules.message_facts import place_label
from xlperf.wording import say

WORD, TEXT, HTML, PDF = ".docx", ".txt", ".html", ".pdf"
WRITERS = {  # functions of `publishing`: each is imported when its format is asked for
    WORD: "publish_paged_word",
    TEXT: "publish_text",
    HTML: "publish_html",
    PDF: "publish_pdf",
}
SAME_SUFFIXES = {".htm": HTML, ".text": TEXT}


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


def format_of(target: Path) -> str:
    """The suffix of the format that a file's own names; UserError for an unknown one."""
    suffix = target.suffix.lower()
    suffix = SAME_SUFFIXES.get(suffix, suffix)
    if suffix not in WRITERS:
        raise UserError("publish_kind", file=target, known=" ".join(WRITERS))
    return suffix


def writer(target: Path) -> Callable[[Raw, Path], None]:
    """The function that writes the format a file's suffix names; UserError for an unknown one."""
    write: Callable[[Raw, Path], None] = getattr(publishing, WRITERS[format_of(target)])
    return write


def sentences(published: PublishedDocument, proof: Proof | None = None) -> Iterator[str]:
    """What to tell: what was not printed, whether the document says the same."""
    if published.unprinted:
        yield say("publish.unprinted", paths=joined(map(place_label, published.unprinted)))
    if proof is None:
        return
    if proof.changed:
        yield say("publish.differs", file=proof.target, paths=joined(_called(proof.changed)))
    elif proof.residue:
        yield say("publish.residue", file=proof.target, count=proof.residue)
    elif proof.blanks:
        yield say("publish.same_but_blanks", file=proof.target, paths=joined(_called(proof.blanks)))
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
    places = joined(
        say("publish.place", line=item.line, was=item.was, now=item.now) for item in chosen
    )
    return say(f"publish.{key}", file=source, count=len(chosen), places=places)


def _called(paths: Iterable[str]) -> Iterator[str]:
    return (place_label(path_steps(path)) for path in paths)


def path_steps(path: str) -> RecordPath:
    """A path written with slashes, as steps: positions as numbers."""
    return tuple(int(step) if step.isdecimal() else step for step in path.split("/"))
