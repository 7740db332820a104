"""The document as plain text, in the shape a word processor saves it.

Each cell is a line that begins with a tab, each row ends with a blank line, a cell merged into the
one above is a tab alone. The cover says only what is stated: what was inferred from codes and
units was not in the document the record came from, and is not put into its text.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from xlperf.layout import FilledForm
from xlperf.publishing.characters import readable
from xlperf.publishing.document import (
    DEPARTMENT_FIELD,
    Cover,
    PrintedHeading,
    PrintedParagraph,
    cover_of,
    document_of,
)
from xlperf.publishing.tables import PrintedTable, tables
from xlperf.record import Raw
from xlperf.storage.files import write_text


def publish_text(record: Raw, path: Path) -> None:
    """Write the document as UTF-8 text, whole or not at all."""
    write_text(path, text_of(record))


def text_of(record: Raw) -> str:
    """The document as plain text."""
    document = document_of(record)
    lines = list(_cover(cover_of(record, _inferred_again(record))))
    for block in (*document.department, *document.projects):
        if isinstance(block, PrintedHeading):
            lines += _heading(block)
        elif isinstance(block, FilledForm):
            lines += [line for table in tables(block) for line in _table(table)]
        else:
            lines += _paragraph(block)
    return readable("\n".join(lines)) + "\n"


def _inferred_again(record: Raw) -> tuple[str, ...]:
    """What was inferred and will be again: a department's name only by that of a budget unit."""
    has_unit_names = any(unit.get("name") for unit in record.get("units", ()))
    return tuple(
        path for path in record.get("inferred", ()) if path != DEPARTMENT_FIELD or has_unit_names
    )


def _cover(cover: Cover) -> Iterator[str]:
    texts = [cover.department, cover.year, cover.compiled, cover.reviewed]
    if any(texts):
        yield from (line for line in (cover.department, cover.year, cover.title) if line)
        yield ""
        yield from (line for line in (cover.compiled, cover.reviewed) if line)
        yield ""


def _heading(heading: PrintedHeading) -> Iterator[str]:
    if heading.number:
        yield heading.number
    yield " ".join(heading.title.split("\n"))
    if heading.kind == "activity":
        yield ""


def _paragraph(paragraph: PrintedParagraph) -> Iterator[str]:
    first, *rest = paragraph.lines
    yield (paragraph.word or "") + first
    yield from rest
    yield ""


def _table(table: PrintedTable) -> Iterator[str]:
    for row in table.rows:
        for cell in row:
            first, *rest = cell.lines
            yield f"\t{first}"
            yield from rest
        yield ""
    yield ""
