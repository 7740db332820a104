"""A shape's sheet as it was drawn, and the sheets that projects make of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from openpyxl.worksheet.worksheet import Worksheet

from xlperf.errors import UserError, XlperfError
from xlperf.forms.official.record_parts import RecordPart
from xlperf.formulas.sheet_checks import ROWS_ABOVE_CHECKS, rows_of_steps
from xlperf.layout import Box, Coord
from xlperf.layout.addresses import area_address, cell_address, to_box
from xlperf.layout.fill_pluck import with_room
from xlperf.record import Raw
from xlperf.storage.deterministic_zips import Run
from xlperf.workbook.cells import cell_at
from xlperf.workbook.draw.cell_styles import CellStyles
from xlperf.workbook.package.calculated import hidden_rows, plain_sheet
from xlperf.workbook.package.saving import StringTable
from xlperf.workbook.package.sheet_xml.cell_xml import CellLook, cell_xml
from xlperf.workbook.package.sheet_xml.sheet_template import (
    HEIGHT,
    KIND,
    MERGES,
    NUMBER_KEY,
    VALUE_KEY,
    SheetTemplate,
    titled,
)
from xlperf.workbook.package.sheet_xml.xml_escapes import LONGEST_CELL_TEXT, digits, result
from xlperf.workbook.stamp.calculation import Pattern
from xlperf.workbook.stamp.project_shape import MergeColumn, ProjectShape


class UnprovenError(XlperfError):
    """It is not plain to see that a form holds a project whole."""


class ProjectSheet(NamedTuple):
    """A project of the record, what its form shows, and the title of its sheet."""

    project: Raw
    part: RecordPart
    title: str


class ProjectStamp:
    """Makes sheets of one shape. Made of its sheet while that is open, and cut when it is XML."""

    def __init__(
        self, shape: ProjectShape, sheet: Worksheet, styles: CellStyles, *, judged: bool
    ) -> None:
        """`judged`: whether the file has what the checks beside the form say."""
        self.shape = shape
        self._looks = {at: _look(sheet, at, "") for at in self._hidden()}
        for slot in (*shape.fields, *shape.ordinals):
            self._looks[slot.box.at] = _look(sheet, slot.box.at, slot.cell.look, styles)
        first = shape.layout.rows + ROWS_ABOVE_CHECKS
        steps = range(first, first + rows_of_steps(shape.layout) + 1)  # and the row of results
        hidden, width = hidden_rows(sheet), len(shape.layout.form.widths)
        self._is_shown = lambda at: at[0] not in hidden and (judged or at[1] <= width)
        is_worked_out = bool if judged else self._is_shown
        model = plain_sheet(sheet, None)[0]
        self.pattern = Pattern(
            model, steps=steps, is_shown=self._is_shown, is_worked_out=is_worked_out
        )
        boxes = (slot.box for slot in shape.layout.slots)
        self._merged = [_merge(box) for box in boxes if box.width * box.height > 1]
        self._template: SheetTemplate | None = None
        self._formulas: list[tuple[str, Coord]] = []
        self._is_used = False

    def _hidden(self) -> Iterator[Coord]:
        """The cells beside the levels that have numbers and words of merged cells."""
        for level in self.shape.levels:
            for row in range(level.top.row, level.top.row + level.rows):
                yield from ((row, level.flag), (row, level.words_column))

    def cut(self, xml: str) -> None:
        """Take the sheet's XML, with holes for what belongs to a project."""
        cells = {look.ref for look in self._looks.values()}
        self._template = SheetTemplate(xml, cells, self.shape.layout.rows, self._is_shown)
        self._formulas = [(ref, to_box(ref).at) for ref in self._template.formulas]

    def contents(self, part: RecordPart, *, is_judged: bool) -> dict[Coord, Any]:
        """What is put into the cells of a project's sheet; what no formula needs is left out."""
        if not is_judged:
            return self.shape.single_contents(part)
        values = with_room(part.form, part.values)
        contents = self.shape.contents(part, values)
        return self.shape.with_levels(contents, self.shape.runs(values))

    def stamped(
        self,
        sheet: ProjectSheet,
        strings: StringTable,
        results: Mapping[Coord, Any],
        *,
        proven: bool = False,
    ) -> Iterator[Run]:
        """A project's sheet, deflated; `results` are what its formulas give.

        Raises UserError for a text that no cell can hold; UnprovenError where reading the sheet
        might not give the project back, and that it does is not `proven` in another way.
        """
        assert self._template is not None
        part, title = sheet.part, sheet.title
        values = with_room(part.form, part.values)
        contents = self.shape.contents(part, values)
        self._refuse_long(contents, title)
        if not proven and not self.shape.holds(part, sheet.project, contents):
            raise UnprovenError(title)
        runs = self.shape.runs(values)
        holes = {
            NUMBER_KEY: str(int(part.path[1]) + 1),
            **titled(title),
            **dict(self.values(results)),
        }
        for row, height in self.shape.heights(contents, runs).items():
            holes[f"{HEIGHT} {row}"] = digits(height)
        for at, content in self.shape.with_levels(contents, runs).items():
            look = self._looks[at]
            holes[look.ref] = cell_xml(look, content, strings, results.get(at))
        holes[MERGES] = self._merges(runs)
        if self._is_used:
            strings.again(self._template.strings)
        self._is_used = True
        return self._template.stamped(holes)

    def _refuse_long(self, contents: Mapping[Coord, Any], title: str) -> None:
        for at, content in contents.items():
            if (
                isinstance(content, str)
                and len(content.encode("utf-16-le")) > 2 * LONGEST_CELL_TEXT
            ):
                where = f"{title}!{cell_address(*at)}"
                raise UserError("too_long", path=where, length=len(content))

    def values(self, results: Mapping[Coord, Any]) -> Iterator[tuple[str, str]]:
        """What the formulas give, for their holes."""
        assert self._template is not None
        for ref, at in self._formulas:
            value = results.get(at)
            kind, value_xml = ("", "") if value is None else result(value)
            yield f"{KIND}{ref}", f' t="{kind}"' if kind else ""
            yield f"{VALUE_KEY}{ref}", value_xml

    def _merges(self, runs: Sequence[tuple[MergeColumn, list[Box]]]) -> str:
        levels = (_merge(box) for _, boxes in runs for box in boxes if box.height > 1)
        merged = [*self._merged, *levels]
        return f'<mergeCells count="{len(merged)}">{"".join(merged)}</mergeCells>'


def _merge(box: Box) -> str:
    return f'<mergeCell ref="{area_address(box)}"/>'


def _look(sheet: Worksheet, at: Coord, look: str, styles: CellStyles | None = None) -> CellLook:
    """The numbers of a cell's style; without `styles` it has the one that it was drawn with."""
    blank = cell_at(sheet, *at).style_id
    filled_style, quoted = styles.numbers(look) if styles else (blank, blank)
    return CellLook(cell_address(*at), blank, filled_style, quoted)
