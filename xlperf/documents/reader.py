"""Documents by file: which reader a file needs, and what cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from xlperf.documents import plain_text
from xlperf.documents.blocks.claims import Coverage, account
from xlperf.documents.blocks.composing import ComposedSource, compose
from xlperf.documents.blocks.decoding import decode
from xlperf.documents.blocks.neighbours import parted
from xlperf.documents.blocks.source import Source
from xlperf.documents.html.reader import SUFFIXES, read_html, read_web_archive
from xlperf.documents.layouts.sightings import seen_in
from xlperf.documents.parse.parser import ParsedDocument, parse
from xlperf.documents.pdf.reader import read_pdf
from xlperf.documents.text_tables import table_items
from xlperf.documents.word.reader import read_word
from xlperf.errors import UserError
from xlperf.reading import Reading
from xlperf.storage import files

REFUSAL_BY_KIND = {"doc": "old_doc", "locked": "locked"}


def read_document(path: Path) -> Reading:
    """Read a published document; UserError where a file cannot be read or is no such document."""
    return read_document_with_residue(path)[0]


def read_document_with_residue(path: Path) -> tuple[Reading, Coverage]:
    """The reading, and the account of every character of the source."""
    parsed = _parse(composed(path))
    return _reading_of(parsed), account(parsed.ledger)


def read_composed(document: ComposedSource) -> tuple[Reading, Coverage]:
    """The reading of what a reader of any container put together, and its account."""
    parsed = _parse(document)
    return _reading_of(parsed), account(parsed.ledger)


def composed(path: Path) -> ComposedSource:
    """A file's text and its blocks, not yet parsed; UserError for a kind of file without reader."""
    kind = files.kind_of(path)
    if kind == "text" and path.suffix.lower() in SUFFIXES:
        kind = "html"
    if kind not in READERS:
        raise UserError(REFUSAL_BY_KIND.get(kind, "not_yet"), file=path)
    return READERS[kind](path)


def read_text(text: str, name: str = "") -> Reading:
    """Read a document from its text, known by a name; UserError where it is no such document."""
    return _reading_of(_parse(_plain(text, name)))


def coverage(text: str) -> Coverage:
    """The account of a text, whatever it is: in a field, furniture, blank or left over."""
    return account(_parse(_plain(text, "")).ledger)


def _read_text_file(path: Path) -> ComposedSource:
    text = decode(files.bytes_of(path), path)
    return _plain(text, str(path), commas=path.suffix.lower() == ".csv")


def _plain(text: str, name: str, *, commas: bool = False) -> ComposedSource:
    source = Source.of(text, name)
    items = table_items(source.text, commas=commas)
    if items is not None:
        return compose(parted(items), name)
    return ComposedSource(source, plain_text.blocks(source))


READERS: dict[str, Callable[[Path], ComposedSource]] = {
    "text": _read_text_file,
    "word": read_word,
    "html": read_html,
    "mht": read_web_archive,
    "pdf": read_pdf,
}


def _parse(document: ComposedSource) -> ParsedDocument:
    parsed = parse(document.source, document.blocks)
    remarks = (*parsed.reading.remarks, *document.remarks)
    return replace(parsed, reading=replace(parsed.reading, remarks=remarks))


def _reading_of(parsed: ParsedDocument) -> Reading:
    if parsed.has_content:
        return parsed.reading
    source = parsed.reading.source
    if sightings := seen_in(parsed.ledger.source.text):
        raise UserError("nothing_read", file=source, seen=sightings)
    raise UserError("not_document", file=source)
