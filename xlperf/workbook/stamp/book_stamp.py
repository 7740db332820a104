"""A workbook with a sheet for every project, written part by part from one with a sheet a shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import BinaryIO

from openpyxl import Workbook

from xlperf.forms.parts import Part
from xlperf.formulas.book_checks import DrawnSheet, drawn_sheet
from xlperf.formulas.summary_lines import layout_of, lines_for
from xlperf.layout import Form, anchors
from xlperf.layout.fill_pluck import with_room
from xlperf.layout.outline import Outline, Outlines
from xlperf.record import Raw, view
from xlperf.workbook.draw.cell_styles import CellStyles
from xlperf.workbook.grids import sheet_of
from xlperf.workbook.package.saving import StringTable, parts_of
from xlperf.workbook.stamp.package_parts import SHEETS, Stamped, listing_parts
from xlperf.workbook.stamp.project_shape import ProjectShape
from xlperf.workbook.stamp.project_stamp import ProjectStamp, UnprovenError
from xlperf.workbook.stamp.summary_stamp import Line, SummaryStamp
from xlperf.zip_files import Run, ZipStream, run

Titled = Sequence[tuple[Part, str]]
Track = Callable[[Sequence[int]], Iterable[int]]


class BookStamp:
    """The sheets of a record: those of its projects by their shapes."""

    def __init__(self, record: Raw, titled: Titled, project: Form) -> None:
        self.record = record
        self.projects = [(part, title) for part, title in titled if part.form is project]
        outlines, numbers = Outlines(project), dict[Outline, int]()
        self._of = [
            numbers.setdefault(outlines.of(with_room(project, part.values)), len(numbers))
            for part, _ in self.projects
        ]
        self.shapes = [ProjectShape(at, outlines.layout(key)) for key, at in numbers.items()]
        self._stamps: list[ProjectStamp] = []
        others = [drawn_sheet(part, title) for part, title in titled if part.form is not project]
        self.drawn: list[DrawnSheet] = [
            *others[:1],
            *(shape.drawn for shape in self.shapes),
            *others[1:],
        ]

    @property
    def samples(self) -> list[int]:
        """The positions of the first project of each shape."""
        return [self._of.index(shape) for shape in range(len(self.shapes))]

    def take(self, book: Workbook, styles: CellStyles) -> None:
        """Look at the sheets of the shapes, while the book is open that they were drawn in."""
        self._stamps = [
            ProjectStamp(shape, sheet_of(book, shape.drawn.title), styles) for shape in self.shapes
        ]

    def write(
        self, book: Workbook, file: BinaryIO, doubt: Callable[[], None], track: Track = iter
    ) -> None:
        """Write the book with a sheet for every project, each as soon as it is made.

        `doubt` is called where it is not plain to see that a form holds its project whole, and
        raises what it finds; `track` is given the positions of the projects, to go through.
        """
        titles = book.sheetnames
        first = titles.index(self.shapes[0].drawn.title) if self.shapes else len(titles)
        parts, strings = parts_of(book)
        sheets = [(shape, title) for shape, (_, title) in zip(self._of, self.projects, strict=True)]
        stamped = Stamped(first, len(self.shapes), sheets)
        for number, stamp in enumerate(self._stamps):
            stamp.cut(parts.pop(f"{SHEETS}sheet{first + number + 1}.xml").decode())
        summary = f"{SHEETS}sheet2.xml"
        parts |= {summary: self._summary(parts[summary].decode()), **listing_parts(parts, stamped)}
        zip_stream = ZipStream(file)
        for name, data in parts.items():
            zip_stream.add(stamped.part(name), [run(data)])
        for at in track(range(len(self.projects))):
            zip_stream.add(stamped.sheet_part(at), self._sheet(at, strings, doubt))
        for name, data in strings.parts().items():
            zip_stream.add(name, [run(data)])
        zip_stream.close()

    def _sheet(self, at: int, strings: StringTable, doubt: Callable[[], None]) -> Iterator[Run]:
        """The sheet of a project."""
        part, title = self.projects[at]
        stamp, project = self._stamps[self._of[at]], self.record["projects"][at]
        try:
            return stamp.stamped(part, project, title, strings)
        except UnprovenError:
            doubt()
        return stamp.stamped(part, project, title, strings, proven=True)

    def _summary(self, xml: str) -> bytes:
        """The summary with a line for every project."""
        record = view(self.record)
        shapes, projects = len(self.shapes), len(self.projects)
        layout = layout_of(lines_for(len(record.units)), shapes, record.edition, projects - shapes)
        first = anchors(layout)["projects/number"].row
        lines = [
            Line(shape, title, at + 1, record.projects[at])
            for at, (shape, (_, title)) in enumerate(zip(self._of, self.projects, strict=True))
        ]
        return SummaryStamp(xml, layout, first, shapes).stamped(lines)
