"""Plain text made from a word processor's document, as blocks.

In such text a line that starts with a tab begins a cell, lines without one continue it, and a
blank line ends the row. A blank line inside a cell looks the same: whoever knows the table's
width puts such rows together again.
"""

from __future__ import annotations

from xlperf.documents.source import Block, Paragraph, Piece, Row, Source, Table
from xlperf.errors import Refusal

TAB = "\t"


def decode(data: bytes, name: object = "") -> str:
    """The text of a file: UTF-8, UTF-16 with its mark, or GB18030."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refusal("not_text", file=name)


def blocks(source: Source) -> list[Block]:
    """Paragraphs and tables in the order they stand."""
    return _Blocks().read(source)


class _Blocks:
    def __init__(self) -> None:
        self.found: list[Block] = []
        self.rows: list[Row] = []
        self.row: list[Piece] = []
        self.after_blank = True

    def read(self, source: Source) -> list[Block]:
        for line in source.lines():
            if line.text.startswith(TAB):
                self.row.append(Piece(source, line.start + 1, line.end))
            elif line.blank:
                self.end_row()
            elif self.row:
                self.row[-1] = self.row[-1].to(line)
            else:
                self.end_table()
                self.found.append(Paragraph(line.strip(), self.after_blank))
            self.after_blank = line.blank
        self.end_row()
        self.end_table()
        return self.found

    def end_row(self) -> None:
        if self.row:
            self.rows.append(tuple(cell.strip() for cell in self.row))
            self.row = []

    def end_table(self) -> None:
        if self.rows:
            self.found.append(Table(tuple(self.rows)))
            self.rows = []
