"""A shape's sheet as it was drawn, and the sheets that projects make of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from xlperf.errors import UserError
from xlperf.forms.parts import Part
from xlperf.layout import Box, Coord, Formula
from xlperf.layout.addresses import area_address, cell_address
from xlperf.layout.fill_pluck import with_room
from xlperf.record import Raw
from xlperf.rules.formulas.native import literal
from xlperf.workbook.cells import cell_at
from xlperf.workbook.draw.cell_styles import CellStyles
from xlperf.workbook.package.covered_words import LONGEST
from xlperf.workbook.package.saving import StringTable
from xlperf.workbook.package.sheet_template import (
    HEIGHT,
    MERGES,
    NUMBER,
    SheetTemplate,
    titled,
)
from xlperf.workbook.package.xml_escapes import MOST, encode
from xlperf.workbook.stamp.cell_xml import CellLook, cell_xml, number, text_xml
from xlperf.workbook.stamp.project_shape import Level, ProjectShape
from xlperf.zip_files import Run


class UnprovenError(Exception):
    """It is not plain to see that a form holds a project whole."""


class ProjectStamp:
    """Makes sheets of one shape. Made of its sheet while that is open, and cut when it is XML."""

    def __init__(self, shape: ProjectShape, sheet: Worksheet, styles: CellStyles) -> None:
        self.shape = shape
        self._looks = {at: _look(sheet, at, "") for at in self._hidden()}
        for slot in (*shape.fields, *shape.ordinals):
            self._looks[slot.box.at] = _look(sheet, slot.box.at, slot.cell.look, styles)
        boxes = (slot.box for slot in shape.layout.slots)
        self._merged = [_merge(box) for box in boxes if box.width * box.height > 1]
        self._template: SheetTemplate | None = None
        self._used = False

    def _hidden(self) -> Iterator[Coord]:
        """The cells beside the levels that have numbers and words of merged cells."""
        for level in self.shape.levels:
            for row in range(level.top.row, level.top.row + level.rows):
                yield from ((row, level.flag), (row, level.kept))

    def cut(self, xml: str) -> None:
        """Take the sheet's XML, with holes for what belongs to a project."""
        cells = {look.ref for look in self._looks.values()}
        self._template = SheetTemplate(xml, cells, self.shape.layout.rows)

    def stamped(
        self, part: Part, project: Raw, title: str, strings: StringTable, *, proven: bool = False
    ) -> Iterator[Run]:
        """A project's sheet, deflated.

        Raises UserError for a text that no cell can hold; UnprovenError where reading the sheet
        might not give the project back, and that it does is not `proven` in another way.
        """
        assert self._template is not None
        values = with_room(part.form, part.values)
        contents = self.shape.contents(part, values)
        self._refuse_long(contents, title)
        if not proven and not self.shape.holds(part, project, contents):
            raise UnprovenError(title)
        runs = self.shape.runs(values)
        holes = {NUMBER: str(int(part.path[1]) + 1), **titled(title)}
        for row, height in self.shape.heights(contents, runs).items():
            holes[f"{HEIGHT} {row}"] = number(height)
        for at, content in contents.items():
            look = self._looks[at]
            holes[look.ref] = cell_xml(look, content, strings)
        holes |= self._levels(contents, runs, strings)
        holes[MERGES] = self._merges(runs)
        if self._used:
            strings.again(self._template.strings)
        self._used = True
        return self._template.stamped(holes)

    def _refuse_long(self, contents: Mapping[Coord, Any], title: str) -> None:
        for at, content in contents.items():
            if isinstance(content, str) and len(content.encode("utf-16-le")) > 2 * MOST:
                where = f"{title}!{cell_address(*at)}"
                raise UserError("too_long", path=where, length=len(content))

    def _levels(
        self,
        contents: Mapping[Coord, Any],
        runs: Sequence[tuple[Level, list[Box]]],
        strings: StringTable,
    ) -> dict[str, str]:
        """The cells below the first of merged ones, and the hidden cells beside the levels."""
        holes = {}
        for level, boxes in runs:
            for count, box in enumerate(boxes, 1):
                content = contents[box.at]
                word = encode(content) if type(content) is str else ""
                kept = Formula(f"={literal(word)}") if 0 < len(word) <= LONGEST else None
                for row in range(box.row, box.row + box.height):
                    flag, beside = self._looks[row, level.flag], self._looks[row, level.kept]
                    holes[flag.ref] = cell_xml(flag, count, strings)
                    holes[beside.ref] = cell_xml(beside, kept, strings)
                    if row > box.row:
                        look = self._looks[row, box.col]
                        holes[look.ref] = (
                            text_xml(look.ref, look.blank, content, strings)
                            if kept
                            else cell_xml(look, None, strings)
                        )
        return holes

    def _merges(self, runs: Sequence[tuple[Level, list[Box]]]) -> str:
        levels = (_merge(box) for _, boxes in runs for box in boxes if box.height > 1)
        merged = [*self._merged, *levels]
        return f'<mergeCells count="{len(merged)}">{"".join(merged)}</mergeCells>'


def _merge(box: Box) -> str:
    return f'<mergeCell ref="{area_address(box)}"/>'


def _look(sheet: Worksheet, at: Coord, look: str, styles: CellStyles | None = None) -> CellLook:
    """The numbers of a cell's style; without `styles` it has the one that it was drawn with."""
    blank = cell_at(sheet, *at).style_id
    filled, quoted = styles.numbers(look) if styles else (blank, blank)
    return CellLook(cell_address(*at), blank, filled, quoted)
