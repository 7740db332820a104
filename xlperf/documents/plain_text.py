"""Plain text made from a word processor's document, as blocks.

In such text a line that starts with a tab begins a cell, lines without one continue it, and a
blank line ends the row. A blank line inside a cell looks the same: whoever knows the table's
width puts such rows together again.

A table that was copied into a text editor has a line a row instead, with tabs between its cells;
a cell of several lines stands in quotation marks, or goes on in lines without a tab.
"""

from __future__ import annotations

import re

from xlperf.documents.blocks.source import Block, Paragraph, Piece, Source, Table, TableRow
from xlperf.wording import official

TAB, QUOTE = "\t", '"'
PROJECT_TITLE_LINE = re.compile(r"[0-9]{1,3}[.．、].*" + official("form.project_title"))


def blocks(source: Source) -> list[Block]:
    """Paragraphs and tables in the order they stand."""
    lines = source.lines()
    among = sum(1 for line in lines if TAB in line.text.strip())
    alone = sum(1 for line in lines if line.text.startswith(TAB) and TAB not in line.text[1:])
    return _Rows().read(source) if among > max(2, alone) else _Blocks().read(source)


class _Blocks:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.rows: list[TableRow] = []
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
                self.blocks.append(Paragraph(line.strip(), self.after_blank))
            self.after_blank = line.blank
        self.end_row()
        self.end_table()
        return self.blocks

    def end_row(self) -> None:
        if self.row:
            self.rows.append(tuple(cell.strip() for cell in self.row))
            self.row = []

    def end_table(self) -> None:
        if self.rows:
            self.blocks.append(Table(tuple(self.rows)))
            self.rows = []


class _Rows:
    """Tables whose rows are lines with tabs between the cells."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.rows: list[TableRow] = []
        self.quoted = False
        self.after_blank = True

    def read(self, source: Source) -> list[Block]:
        for line in source.lines():
            if self.quoted or (self.rows and TAB not in line.text and not line.blank):
                self.go_on(line)
            elif TAB in line.text:
                self.row(line)
            else:
                self.end_table()
                if not line.blank:
                    self.blocks.append(Paragraph(line.strip(), self.after_blank))
            self.after_blank = line.blank
        self.end_table()
        return self.blocks

    def row(self, line: Piece) -> None:
        """A line as a row; a title that stands before its first cell is a paragraph."""
        ends = [at for at, sign in enumerate(line.text) if sign == TAB]
        starts = [0, *(at + 1 for at in ends)]
        cells = [line.cut(*span) for span in zip(starts, [*ends, len(line.text)], strict=True)]
        if PROJECT_TITLE_LINE.fullmatch(cells[0].text):
            self.end_table()
            self.blocks.append(Paragraph(cells.pop(0), True))
        self.rows.append(tuple(cells))
        self.quoted = self.is_open()

    def is_open(self) -> bool:
        """Whether the last cell begins with a quotation mark that is not closed yet."""
        text = self.rows[-1][-1].text if self.rows[-1] else ""
        return text.startswith(QUOTE) and text.count(QUOTE) % 2 == 1

    def go_on(self, line: Piece) -> None:
        """A line that goes on with the last cell, and the cells that may follow a quoted one."""
        *before, last = self.rows[-1]
        first, *others = re.split(TAB, line.text)
        self.rows[-1] = (*before, last.to(line.cut(0, len(first))))
        self.quoted = self.is_open()
        at = len(first)
        for text in others if not self.quoted else ():
            self.rows[-1] = (*self.rows[-1], line.cut(at + 1, at + 1 + len(text)))
            at += 1 + len(text)

    def end_table(self) -> None:
        if self.rows:
            rows = [tuple(map(_unquoted, row)) for row in self.rows]
            margin = all(len(row) > 1 and row[0].blank for row in rows[1:]) and len(rows) > 1
            plain = (row[margin and row[0].blank :] for row in rows)  # a tab before every row
            self.blocks.append(Table(tuple(plain)))
            self.rows = []


def _unquoted(cell: Piece) -> Piece:
    """A cell without the quotation marks around it."""
    around = len(cell.text) > 1 and cell.text[0] == cell.text[-1] == QUOTE
    return cell.cut(1, len(cell.text) - 1) if around and "\n" in cell.text else cell
