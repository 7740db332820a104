"""The document as PDF, and the pages on which its headings really stand, both by LibreOffice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from xlperf.errors import UserError
from xlperf.publishing.libreoffice import office_program, pdf_of
from xlperf.publishing.word.document import word_of
from xlperf.record import Raw
from xlperf.storage.files import write_bytes


def publish_pdf(record: Raw, path: Path) -> None:
    """Write the document as PDF, whole or not at all; refuses where LibreOffice is missing."""
    estimated = word_of(record)
    printed = pdf_of(estimated)
    word = word_of(record, pages_of(printed))
    write_bytes(path, printed if word == estimated else pdf_of(word))


def publish_paged_word(record: Raw, path: Path) -> None:
    """Write the Word file with the page numbers that LibreOffice finds, where it is installed."""
    word = word_of(record)
    if office_program():
        with suppress(UserError):  # then the estimate stands
            word = word_of(record, pages_of(pdf_of(word)))
    write_bytes(path, word)


def pages_of(pdf: bytes) -> list[int]:
    """The page of every heading in order, counted from the page of the first one."""
    try:
        reader = PdfReader(BytesIO(pdf))
        pages = [reader.get_destination_page_number(item) for item in _flat(reader.outline)]
    except PyPdfError:
        return []
    resolved = [page for page in pages if page is not None]
    return [page - resolved[0] + 1 for page in resolved]


def _flat(outline: Any) -> Iterator[Any]:
    for item in outline:
        if isinstance(item, list):
            yield from _flat(item)
        else:
            yield item
