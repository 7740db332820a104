"""From what a reader found to a source and its blocks: the text put together, every part placed.

Readers of documents that show their structure (Word, HTML) give items in the order of reading.
Text beside the body comes last, so that nothing stands between two paragraphs that follow each
other; a block for it exists only where it may be furniture: what no block holds is left over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from xlperf.documents.blocks.source import (
    Block,
    MarginText,
    Paragraph,
    Piece,
    Source,
    Table,
    TableRow,
)
from xlperf.documents.blocks.table_grid import Columns
from xlperf.reading import Remark


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph of the body and its place; `entry`: it is one of generated contents."""

    text: str
    at: str
    entry: bool = False


@dataclass(frozen=True, slots=True)
class SourceCell:
    """A cell: what it says and the columns of the table's grid it covers, from and up to."""

    text: str
    at: str
    columns: Columns


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table; `inner`: it stands in a cell of the table before it."""

    rows: list[list[SourceCell]]
    inner: bool = False


@dataclass(frozen=True, slots=True)
class Aside:
    """Text beside the body; `margin`: a page's head or foot, `again`: one before says the same."""

    text: str
    at: str
    margin: bool = False
    again: bool = False


SourceItem = Prose | SourceTable | Aside


@dataclass(frozen=True, slots=True)
class ComposedSource:
    """A source with its blocks, and what its reader remarked."""

    source: Source
    blocks: list[Block]
    remarks: tuple[Remark, ...] = field(default=())


def compose(
    items: Iterable[SourceItem], name: str, remarks: Iterable[Remark] = ()
) -> ComposedSource:
    """Join the texts of all items to one source, each with a line end, and make blocks of them.

    The source's `places` tell where each text stood; texts beside the body come last.
    """
    ordered = sorted(items, key=lambda item: isinstance(item, Aside))
    texts = [(_unix(part.text), part.at) for item in ordered for part in _parts(item)]
    starts = list(accumulate((len(text) + 1 for text, _ in texts), initial=0))
    places = tuple((start, at) for start, (_, at) in zip(starts, texts, strict=False))
    source = Source("".join(f"{text}\n" for text, _ in texts), name, places)
    spans = zip(starts, texts, strict=False)
    pieces = (Piece(source, start, start + len(text)) for start, (text, _) in spans)
    return ComposedSource(source, list(_blocks(ordered, pieces)), tuple(remarks))


def _unix(text: str) -> str:
    return re.sub("\r\n?", "\n", text)


def _parts(item: SourceItem) -> Iterator[Prose | SourceCell | Aside]:
    if isinstance(item, SourceTable):
        for row in item.rows:
            yield from row
    else:
        yield item


def _blocks(items: Iterable[SourceItem], pieces: Iterator[Piece]) -> Iterator[Block]:
    apart = True
    column = 0  # those of a table are counted on from the last one: no two tables share any
    for item in items:
        if isinstance(item, SourceTable):
            rows = tuple(_row(row, pieces, column) for row in item.rows)
            column = max((cell.columns[1] for row in rows for cell in row), default=column)
            yield Table(tuple(filter(None, rows)), item.inner)
            apart = True
            continue
        piece = next(pieces)
        if isinstance(item, Prose) and not item.entry:
            yield from _lines(piece, apart)
            apart = piece.blank
        elif isinstance(item, Prose) or item.margin:
            yield MarginText(piece.strip(), is_furniture=isinstance(item, Prose) or item.again)


def _row(row: list[SourceCell], pieces: Iterator[Piece], column: int) -> TableRow:
    result = []
    for cell in row:
        piece, (start, end) = next(pieces).strip(), cell.columns
        result.append(Piece(piece.source, piece.start, piece.end, (column + start, column + end)))
    return tuple(result)


def _lines(piece: Piece, apart: bool) -> Iterator[Paragraph]:
    """A paragraph, or each of its lines where it is broken into some."""
    whole = True
    for match in re.finditer("[^\n]*\n?", piece.text):
        line = piece.cut(*match.span())
        if not line.blank:
            yield Paragraph(line, apart, whole)
            whole = False
        apart = line.blank
