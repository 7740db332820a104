"""The summary's lines of all projects, from one line of each shape."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from xlperf.layout import Layout
from xlperf.record import Project
from xlperf.workbook.draw.row_heights import needed, room_of
from xlperf.workbook.package.sheet_xml.sheet_template import (
    HEIGHT,
    NUMBER_KEY,
    ROW_NUMBER,
    Holes,
    titled,
)
from xlperf.workbook.package.sheet_xml.xml_escapes import digits

TEXTS_OF_LINE = ("code", "name")  # the texts that the formulas of a line show


class SummaryLine(NamedTuple):
    """A project of the summary: the shape of its sheet, its title and number."""

    shape: int
    title: str
    number: int
    project: Project


class SummaryStamp:
    """The summary's XML, with lines for the first project of each shape, and where they stand."""

    def __init__(self, xml: str, layout: Layout, first: int, shapes: int) -> None:
        self._first = first
        self._slots = {
            slot.cell.ref: (room_of(slot, layout.form.widths), slot.box)
            for slot in layout.slots
            if slot.box.row == first and slot.cell.ref in TEXTS_OF_LINE
        }
        rows, links = [], []
        for row in range(first, first + shapes):
            xml, line = _cut(xml, rf'<row r="{row}" .*?</row>', "\0" if row == first else "")
            xml, link = _cut(
                xml, rf'<hyperlink ref="[A-Z]+{row}" [^>]*/>', "\1" if row == first else ""
            )
            rows.append(_line(line, row))
            links.append(_link(link, row))
        self._xml, self._rows, self._links = xml, rows, links

    def stamped(self, lines: Sequence[SummaryLine]) -> bytes:
        """The sheet with a line for each project."""
        if not lines:
            return self._xml.encode()
        rows, links = [], []
        for line in lines:
            row = self._first + line.number - 1
            values = {ROW_NUMBER: str(row), NUMBER_KEY: str(line.number), **titled(line.title)}
            values[HEIGHT] = digits(self._height(line.project))
            rows.append(self._rows[line.shape].fill(values))
            links.append(self._links[line.shape].fill(values))
        before, _, rest = self._xml.partition("\0")
        between, _, after = rest.partition("\1")
        return "".join((before, *rows, between, *links, after)).encode()

    def _height(self, project: Project) -> float:
        texts = {"code": project.code, "name": project.name}
        return max(needed(texts[ref], *place) for ref, place in self._slots.items())


def _cut(xml: str, pattern: str, mark: str) -> tuple[str, str]:
    """An XML without its one match of a pattern, a mark in its place, and the match."""
    match = re.search(pattern, xml, re.DOTALL)
    assert match is not None
    return xml[: match.start()] + mark + xml[match.end() :], match[0]


def _line(xml: str, row: int) -> Holes:
    """A line with holes for its row, its height, and what marks stand for."""
    result = Holes()
    end = 0
    for match in re.finditer(
        rf'(?<=r="){row}(?=")|(?<= ht=")[^"]*|(?<=r=")([A-Z]+){row}(?=")', xml
    ):
        result.marked(xml[end : match.start()])
        end = match.end()
        is_height = xml[match.start() - 4 : match.start()] == 'ht="'
        result.text(match[1] or "")
        result.hole(HEIGHT if is_height else ROW_NUMBER)
    result.marked(xml[end:])
    return result


def _link(xml: str, row: int) -> Holes:
    head, _, rest = xml.partition(f'{row}"')
    result = Holes()
    result.text(head)
    result.hole(ROW_NUMBER)
    result.marked(f'"{rest}')
    return result
