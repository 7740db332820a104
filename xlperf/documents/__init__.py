"""Published documents: a reader for each kind of file gives blocks, one parser reads them.

Rooms: `word`, `html` (containers), `blocks` (what each of them gives), `parse` (blocks to a
record).

`read_document` and `read_text` give a reading, `coverage` the account of every character. Words
the parser knows are in `words.toml`; what no field claims is listed, never dropped.
"""

from __future__ import annotations

from xlperf.documents.blocks.claims import Coverage
from xlperf.documents.reader import (
    coverage,
    read_document,
    read_document_with_residue,
    read_text,
)

__all__ = ["Coverage", "coverage", "read_document", "read_document_with_residue", "read_text"]
