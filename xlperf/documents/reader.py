"""Documents by file: which reader a file needs, and what cannot be read."""

from __future__ import annotations

from pathlib import Path

from xlperf import files
from xlperf.documents import plain_text
from xlperf.documents.ledger import Coverage, account
from xlperf.documents.parser import Parsed, parse
from xlperf.documents.source import Source
from xlperf.errors import Refusal
from xlperf.reading import Reading


def read_document(path: Path) -> Reading:
    """A published document as a reading; a refusal where the file is none."""
    return read_document_with_residue(path)[0]


def read_document_with_residue(path: Path) -> tuple[Reading, Coverage]:
    """The reading, and the account of every character of the source."""
    kind = files.kind_of(path)
    if kind != "text":
        raise Refusal("old_doc" if kind == "doc" else "not_yet", file=path)
    parsed = _parse(plain_text.decode(files.bytes_of(path), path), str(path))
    return _found(parsed), account(parsed.ledger)


def read_text(text: str, name: str = "") -> Reading:
    """A document given as text."""
    return _found(_parse(text, name))


def coverage(text: str) -> Coverage:
    """The account of a text, whatever it is: in a field, furniture, blank or left over."""
    return account(_parse(text, "").ledger)


def _parse(text: str, name: str) -> Parsed:
    source = Source.of(text, name)
    return parse(source, plain_text.blocks(source))


def _found(parsed: Parsed) -> Reading:
    if not parsed.found:
        raise Refusal("not_document", file=parsed.reading.source)
    return parsed.reading
