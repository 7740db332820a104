"""Layouts of other places, written as small pictures of their tables and made HTML or Word.

A line is a row, `|` parts its cells; `<` goes on with the cell to the left, `^` with the one
above. A line without `|` is a paragraph.
"""

from __future__ import annotations

from html import escape
from itertools import groupby
from pathlib import Path

from docx import Document

Cells = list[list[str]]


def parts(picture: str) -> list[str | Cells]:
    """Paragraphs and tables in their order."""
    lines = [line.strip() for line in picture.strip().splitlines()]
    blocks: list[str | Cells] = []
    for table, group in groupby(filter(None, lines), key=lambda line: "|" in line):
        if table:
            blocks.append([[cell.strip() for cell in line.split("|")] for line in group])
        else:
            blocks += list(group)
    return blocks


def _width(row: list[str], at: int) -> int:
    width = 1
    while at + width < len(row) and row[at + width] == "<":
        width += 1
    return width


def _height(rows: Cells, row: int, at: int) -> int:
    height = 1
    while row + height < len(rows) and rows[row + height][at] == "^":
        height += 1
    return height


def html(picture: str, path: Path) -> Path:
    """The picture as a page."""
    body = []
    for part in parts(picture):
        if isinstance(part, str):
            body.append(f"<p>{escape(part)}</p>")
            continue
        body.append("<table>")
        for row, cells in enumerate(part):
            body.append("<tr>")
            for at, cell in enumerate(cells):
                if cell not in ("<", "^"):
                    spans = f'colspan="{_width(cells, at)}" rowspan="{_height(part, row, at)}"'
                    body.append(f"<td {spans}>{escape(cell).replace('/n', '<br>')}</td>")
            body.append("</tr>")
        body.append("</table>")
    path.write_text(f"<html><body>{''.join(body)}</body></html>", encoding="utf-8")
    return path


def word(picture: str, path: Path) -> Path:
    """The picture as a Word file."""
    document = Document()
    for part in parts(picture):
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(len(part), max(map(len, part)))
        for row, cells in enumerate(part):
            for at, cell in enumerate(cells):
                if cell in ("<", "^"):
                    continue
                last = table.cell(row + _height(part, row, at) - 1, at + _width(cells, at) - 1)
                merged = table.cell(row, at).merge(last)
                merged.text = cell.replace("/n", "\n")
    document.save(str(path))
    return path
