"""Published documents: a reader for each kind of file gives blocks, one parser reads them.

Rooms: `word`, `html`, `pdf` (kinds of files), `blocks` (what each of them gives), `parse`
(blocks to a record, by the editions' forms), `layouts` (by titles, for forms of other places).

`read_document` and `read_text` give a reading, `coverage` the account of every character. Words
the parser knows are in `words.toml`; what no field claims is listed, never dropped.
"""

from __future__ import annotations

from xlperf.documents.blocks.claims import Coverage
from xlperf.documents.reader import (
    coverage,
    read_composed,
    read_document,
    read_document_with_residue,
    read_text,
)

__all__ = [
    "Coverage",
    "coverage",
    "read_composed",
    "read_document",
    "read_document_with_residue",
    "read_text",
]
