"""A workbook with a sheet for every project, written part by part from one with a sheet a shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, BinaryIO

from openpyxl import Workbook

from xlperf.forms.official.record_parts import RecordPart
from xlperf.formulas.book_checks import DrawnSheet, drawn_sheet
from xlperf.formulas.contributions import QUANTITIES
from xlperf.formulas.cross_sheet import SUMMARY_SUMS
from xlperf.formulas.summary_lines import layout_of, lines_for
from xlperf.layout import Coord, Form, Layout, anchors
from xlperf.layout.fill_pluck import with_room
from xlperf.layout.row_shape import Outline, Outlines
from xlperf.record import PLAN_MONTHS, Raw, view
from xlperf.storage.deterministic_zips import Run, ZipStream, run
from xlperf.workbook.draw.cell_styles import CellStyles
from xlperf.workbook.grids import sheet_of
from xlperf.workbook.package.saving import StringTable, parts_of
from xlperf.workbook.package.sheet_xml.formula_results import with_results
from xlperf.workbook.part_names import SHEETS_FOLDER
from xlperf.workbook.stamp.calculation import BookCalculation, ProjectNumbers
from xlperf.workbook.stamp.package_parts import ShapeSheets, listing_parts
from xlperf.workbook.stamp.project_shape import ProjectShape
from xlperf.workbook.stamp.project_stamp import ProjectSheet, ProjectStamp, UnprovenError
from xlperf.workbook.stamp.summary_stamp import TEXTS_OF_LINE, SummaryLine, SummaryStamp

Titled = Sequence[tuple[RecordPart, str]]
SUMMARY_PART = f"{SHEETS_FOLDER}sheet2.xml"
LARGEST_PLAN_SHARE = 100  # percent
VALUES_OF_LINE = ("number", "unit", *SUMMARY_SUMS)  # what a line shows that no check has to say
HINTS = (2,)  # rows of the summary that say what is wrong
MOST_JUDGED = 200  # projects: to work out what the checks of more say takes most of the time
# Forms whose first rows are printed on each page: LibreOffice lays out every such sheet when it
# opens a workbook (of 300 sheets 9 of 29 seconds), and takes memory as soon as one sheet has them.
MOST_REPEATING = 100
Track = Callable[[Sequence[int]], Iterable[int]]


class BookStamp:
    """The sheets of a record: those of its projects by their shapes."""

    def __init__(self, record: Raw, titled: Titled, project: Form) -> None:
        self._view = view(record)
        self.projects = [
            ProjectSheet(record["projects"][int(part.path[1])], part, title)
            for part, title in titled
            if part.form is project
        ]
        outlines, numbers = Outlines(project), dict[Outline, int]()
        self._of = [
            numbers.setdefault(outlines.of(with_room(project, sheet.part.values)), len(numbers))
            for sheet in self.projects
        ]
        self.shapes = [ProjectShape(at, outlines.layout(key)) for key, at in numbers.items()]
        self._stamps: list[ProjectStamp] = []
        others = [drawn_sheet(part, title) for part, title in titled if part.form is not project]
        self.drawn_sheets: list[DrawnSheet] = [
            *others[:1],
            *(shape.drawn_sheet for shape in self.shapes),
            *others[1:],
        ]

    @property
    def samples(self) -> list[int]:
        """The positions of the first project of each shape."""
        return [self._of.index(shape) for shape in range(len(self.shapes))]

    def take(self, book: Workbook, styles: CellStyles) -> None:
        """Look at the sheets of the shapes, while the book is open that they were drawn in."""
        self._stamps = [
            ProjectStamp(
                shape, sheet_of(book, shape.drawn_sheet.title), styles, judged=self._is_judged
            )
            for shape in self.shapes
        ]

    @property
    def _is_judged(self) -> bool:
        """Whether the file has what its checks say; of very many it has amounts and names alone."""
        return len(self.projects) <= MOST_JUDGED

    def write(
        self, book: Workbook, file: BinaryIO, doubt: Callable[[], None], track: Track = iter
    ) -> None:
        """Write the book with a sheet for every project, each as soon as it is made.

        `doubt` is called where it is not plain to see that a form holds its project whole, and
        raises what it finds; `track` is given the positions of the projects, to go through.
        """
        titles = book.sheetnames
        first = titles.index(self.shapes[0].drawn_sheet.title) if self.shapes else len(titles)
        calculation = self._calculation(book, first)
        parts, strings = parts_of(book, {})
        sheets = [
            (shape, project.title) for shape, project in zip(self._of, self.projects, strict=True)
        ]
        is_repeating = len(sheets) <= MOST_REPEATING
        stamped = ShapeSheets(first, len(self.shapes), sheets, is_repeating)
        for number, stamp in enumerate(self._stamps):
            stamp.cut(parts.pop(f"{SHEETS_FOLDER}sheet{first + number + 1}.xml").decode())
        parts[SUMMARY_PART] = self._summary(parts[SUMMARY_PART].decode())
        zip_stream = ZipStream(file)
        for at in track(range(len(self.projects))):
            runs = self._sheet(at, strings, calculation.results(at), doubt)
            zip_stream.add(stamped.sheet_part(at), runs)
        for number, title in enumerate(titles, 1):
            name = f"{SHEETS_FOLDER}sheet{number}.xml"
            if name in parts:
                results = calculation.of_drawn(title)
                parts[name] = with_results(parts[name].decode(), results).encode()
        parts |= listing_parts(parts, stamped)
        for name, data in (parts | strings.parts()).items():
            zip_stream.add(stamped.part(name), [run(data)])
        zip_stream.close()

    def _sheet(
        self,
        at: int,
        strings: StringTable,
        results: Mapping[Coord, Any],
        doubt: Callable[[], None],
    ) -> Iterator[Run]:
        """The sheet of a project."""
        sheet, stamp = self.projects[at], self._stamps[self._of[at]]
        try:
            return stamp.stamped(sheet, strings, results)
        except UnprovenError:
            doubt()
        return stamp.stamped(sheet, strings, results, proven=True)

    def _calculation(self, book: Workbook, first: int) -> BookCalculation:
        """The sheets of all projects as plain cells."""
        patterns = [stamp.pattern for stamp in self._stamps]
        at = anchors(self._summary_layout())
        top = at["projects/number"].row
        last = at["projects/indicators"].col  # beside the sums
        columns = {
            key: at[f"projects/{key}"].col
            for key in (*TEXTS_OF_LINE, *VALUES_OF_LINE)
            if f"projects/{key}" in at  # an edition may have no such column
        }
        bottom = top + len(self.projects)

        def is_known(cell: Coord) -> bool:
            row, col = cell
            if row >= top:
                return row < bottom and col in columns.values()
            return row not in HINTS and col <= last

        calculation = BookCalculation(book, first, patterns, None if self._is_judged else is_known)
        projects = list(zip(self._of, self.projects, strict=True))
        known_cells: dict[Coord, Any] = {}
        for position, (shape, sheet) in enumerate(projects):
            contents = self._stamps[shape].contents(sheet.part, is_judged=self._is_judged)
            numbers = None if self._is_judged else self._numbers(position)
            calculation.add(shape, (sheet.title, position + 1), contents, numbers)
            values = {} if self._is_judged else self._line_values(position)
            known_cells |= {
                (top + position, columns[key]): value
                for key, value in values.items()
                if key in columns
            }
        lines = [(shape, sheet.title, n) for n, (shape, sheet) in enumerate(projects, 1)]
        calculation.add_lines(book.sheetnames[1], lines, top, known_cells)
        return calculation

    def _numbers(self, position: int) -> ProjectNumbers:
        """What a project adds to the totals; of what is not in the file nothing."""
        numbers = self._amounts(position) | {"count": 1}
        quantities = [numbers.get(key, 0) for key in QUANTITIES]
        return ProjectNumbers(quantities, self._units.get(self._view.projects[position].unit, 0))

    def _line_values(self, position: int) -> dict[str, Any]:
        """What the line of a project shows, as far as no check has to say it."""
        unit = self._view.projects[position].unit
        of_unit = {"unit": unit} if unit in self._units else {}
        return {"number": position + 1, **of_unit, **self._amounts(position)}

    def _amounts(self, position: int) -> dict[str, float]:
        """The amounts of a project that are numbers, in yuan, by the columns of the summary."""
        project = self._view.projects[position]
        amounts = {"budget": project.budget, "fiscal": project.fiscal, "other": project.other}
        for (
            month
        ) in PLAN_MONTHS:  # as the checks have it: what is no share of the whole plans nothing
            share = project.plan[month]
            is_share = share is not None and 0 <= share <= LARGEST_PLAN_SHARE
            amounts[f"by_{month}"] = project.planned(month) if is_share else None
        return {key: float(value) for key, value in amounts.items() if value is not None}

    @cached_property
    def _units(self) -> dict[str, int]:
        """The line of each unit by its code, from 1; of two of one code the first."""
        listed = enumerate(self._view.units, 1)
        return {unit.code: line for line, unit in reversed(list(listed))}

    def _summary_layout(self) -> Layout:
        """Where the drawn lines of the summary stand."""
        further = len(self.projects) - len(self.shapes)
        units, edition = lines_for(len(self._view.units)), self._view.edition
        return layout_of(units, len(self.shapes), edition, further)

    def _summary(self, xml: str) -> bytes:
        """The summary with a line for every project."""
        record, layout = self._view, self._summary_layout()
        first, shapes = anchors(layout)["projects/number"].row, len(self.shapes)
        lines = [
            SummaryLine(shape, sheet.title, at + 1, record.projects[at])
            for at, (shape, sheet) in enumerate(zip(self._of, self.projects, strict=True))
        ]
        return SummaryStamp(xml, layout, first, shapes).stamped(lines)
