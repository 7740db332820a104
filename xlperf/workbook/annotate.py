"""A plan applied to a workbook's file: coloured cells, notes, and the list of findings.

A mark remembers the user's own fill and note (on a hidden sheet, under a name that moves with the
cell) and puts them back; so marking twice is marking once. Only the sheets that have marks, the
lists and what all sheets share are written; every other part of the file is copied as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.workbook.child import avoid_duplicate_name
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.forms.defined_names import EXPLAINED_NAME, MARK_PREFIX, NONE_EXPLAINED
from xlperf.forms.made_sheets.book_sheets import MARK_MEMORY
from xlperf.forms.sheet_reading.waiver_list import list_titles
from xlperf.layout import Box, Coord, fill, pluck
from xlperf.layout.addresses import address, box_of, to_box
from xlperf.plan import Mark, Plan, colour
from xlperf.storage.office_zips import MACROS
from xlperf.wording import official
from xlperf.workbook.draw.cell_styles import CellStyles, adopt_styles
from xlperf.workbook.draw.findings_list import write_list
from xlperf.workbook.draw.form_sheet import draw, write_values
from xlperf.workbook.grids import grid_of
from xlperf.workbook.names import fields
from xlperf.workbook.package.amending import put_text
from xlperf.workbook.package.archive import Package, opened, parse
from xlperf.workbook.package.excerpt import Destination, opened_excerpt, transplant
from xlperf.workbook.package.notes_part import NotesPart
from xlperf.workbook.package.sheet_xml.sheet_part import SheetPart
from xlperf.workbook.package.styles_part import StylesPart, save_styles, styles_of
from xlperf.workbook.package.workbook_part import SheetEntry, WorkbookPart

AUTHOR = "xlperf"
NOTE_WIDTH, NOTE_LINE, MOST_HEIGHT = 380, 16, 600  # pixels; roughly 30 Chinese characters a line
OWN_SIZE = (144, 79)  # of a note that is put back, as spreadsheet programs make one

PLAIN_BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"

Memory = Mapping[str, Mapping[str, Any]]  # what marked cells had before, by the names of marks


@dataclass
class _SheetMarks:
    """What is to be done on one sheet: earlier marks by name, new ones with their numbers."""

    position: int
    entry: SheetEntry
    earlier: dict[str, Box] = field(default_factory=dict)
    marks: list[tuple[int, Mark]] = field(default_factory=list)


def annotate_file(plan: Plan, source: Path, target: Path, *, macros: bool = True) -> set[str]:
    """Write a copy with the marks and the list; what an earlier plan marked is put back first.

    Without `macros` they are left out, as in a file that may not hold any. Gives the titles of
    the sheets whose cells were touched. Raises UserError (`damaged`) for what is no workbook.
    """
    with opened(source) as package:
        copy = _Copy(package)
        touched = copy.annotate(plan)
        if not macros:
            _leave_out_macros(package)
        copy.book.calculate_when_opened()
        copy.book.save()
        save_styles(package, copy.styles)
        package.write(target)
    return touched


class _Copy:
    """A workbook's file while it is marked."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.book, self.styles = WorkbookPart(package), styles_of(package)

    def annotate(self, plan: Plan) -> set[str]:
        """Marks, list and memory anew; the titles of the sheets with marks."""
        earlier, memory = self._list_title(), official("sheet.marks")
        titles = {earlier, memory} & {entry.title for entry in self.book.sheets()}
        drawn_book = opened_excerpt(self.package, self.book, titles)
        before = dict(_remembered(drawn_book))
        jobs = self._jobs(plan, before)
        self.book.remove_names(MARK_PREFIX)
        rows: dict[int, dict[str, str]] = {}
        for job in jobs:
            rows |= self._mark_sheet(job, before)
        old = drawn_book[earlier] if earlier else None
        if old is not None:
            drawn_book.remove(old)
        self._draw_lists(drawn_book, plan, old, [row for _, row in sorted(rows.items())])
        self._write_explained(plan.explained or NONE_EXPLAINED)
        return {job.entry.title for job in jobs}

    def _list_title(self) -> str:
        """The title of the sheet with the list of findings, the true one of several; "" if none."""
        names = self.book.names_by_sheet()
        sheets = ((entry.title, names.get(n, {})) for n, entry in enumerate(self.book.sheets()))
        return next(list_titles(sheets), "")

    def _jobs(self, plan: Plan, before: Memory) -> list[_SheetMarks]:
        """The sheets with earlier or with new marks."""
        names, jobs = self.book.names_by_sheet(), dict[str, _SheetMarks]()
        for position, entry in enumerate(self.book.sheets()):
            job = jobs[entry.title] = _SheetMarks(position, entry)
            for name, text in names.get(position, {}).items():
                if name.startswith(MARK_PREFIX) and name in before and (box := box_of(text)):
                    job.earlier[name] = box
        for number, mark in enumerate(plan.marks, 1):
            jobs[mark.sheet].marks.append((number, mark))
        return [job for job in jobs.values() if job.earlier or job.marks]

    def _mark_sheet(self, job: _SheetMarks, before: Memory) -> dict[int, dict[str, str]]:
        """Mark the cells of one sheet; by the numbers of the marks what the cells had before."""
        rows = {}
        with self.package.changing(job.entry.part) as root:
            sheet, notes = SheetPart(root), NotesPart(self.package, job.entry.part)
            for name, box in job.earlier.items():
                _put_back(sheet, notes, self.styles, box.at, before[name])
            for number, mark in job.marks:
                name, box = f"{MARK_PREFIX}{number}", to_box(mark.cell)
                was = _mark(sheet, notes, self.styles, box.at, mark)
                rows[number] = {"name": name, "sheet": mark.sheet, **was}
                self.book.set_name(name, address(box, mark.sheet), job.position)
            notes.save(sheet)
        return rows

    def _draw_lists(
        self, drawn_book: Workbook, plan: Plan, old: Worksheet | None, memory: list[dict[str, str]]
    ) -> None:
        """The list of findings behind the last visible sheet, and the hidden sheet of marks."""
        marks, book = official("sheet.marks"), self.book
        replaced = {marks, old.title if old else ""}
        was_shown = [book.remove(e.title) for e in book.sheets() if e.title in replaced]
        listed = book.sheets()
        behind = 1 + max((n for n, entry in enumerate(listed) if entry.is_visible), default=-1)
        title = avoid_duplicate_name([e.title for e in listed], official("sheet.findings"))
        looks = adopt_styles(drawn_book)
        write_list(drawn_book.create_sheet(title), looks, plan, old)
        positions = {title: behind}
        if memory:
            _remember(drawn_book, looks, memory)
            positions[marks] = len(listed) + 1
        looks.done(drawn_book)
        transplant(drawn_book, Destination(self.package, book, self.styles), positions)
        if any(was_shown):
            book.show(title)

    def _write_explained(self, keys: tuple[str, ...]) -> None:
        """The keys of explained findings, in the column that the checks look into.

        A workbook without that column, or whose lists were deleted, is left as it is.
        """
        texts = {name: text for name, text, scope in self.book.names() if scope is None}
        box, title = box_of(texts.get(EXPLAINED_NAME, "")), official("sheet.lists")
        parts = {entry.title: entry.part for entry in self.book.sheets()}
        if box is None or title not in parts:
            return
        with self.package.changing(parts[title]) as root:
            sheet = SheetPart(root)
            for coord in box.coords():
                if (held := sheet.cell(coord)) is not None:
                    sheet.clear(held)
            for row, key in enumerate(keys, box.row):
                put_text(sheet, sheet.cell_or_new((row, box.col)), key, self.styles)
        self.book.set_name(EXPLAINED_NAME, address(Box(box.row, box.col, 1, len(keys)), title))


def _mark(
    sheet: SheetPart, notes: NotesPart, styles: StylesPart, at: Coord, mark: Mark
) -> dict[str, str]:
    """Colour one cell and give it a note; what it had is the answer.

    A cell with a threaded comment is only coloured: Excel shows that, and no note beside it.
    """
    cell = sheet.cell_or_new(at)
    style = int(cell.get("s", 0))
    was = {"fill": styles.colour(style), "note": "", "pattern": styles.pattern(style)}
    cell.set("s", str(styles.with_solid_fill(style, f"FF{colour(mark)}")))
    if notes.is_threaded(at):
        return was
    was["note"] = notes.text(at)
    if was["note"]:
        notes.put_above(at, mark.note)
    else:
        lines = sum(1 + len(line) // 30 for line in mark.note.split("\n"))
        notes.put(at, mark.note, AUTHOR, NOTE_WIDTH, min(40 + NOTE_LINE * lines, MOST_HEIGHT))
    return was


def _put_back(
    sheet: SheetPart, notes: NotesPart, styles: StylesPart, at: Coord, was: Mapping[str, Any]
) -> None:
    """Give a cell the fill and the note that it had before it was marked."""
    cell, note = sheet.cell_or_new(at), str(was.get("note") or "")
    style, pattern = int(cell.get("s", 0)), str(was.get("pattern") or "")
    if pattern:
        cell.set("s", str(styles.with_fill(style, parse(pattern.encode(), notes.package.path))))
    else:
        cell.set("s", str(styles.with_solid_fill(style, str(was.get("fill") or ""))))
    if notes.is_threaded(at) or (note and notes.take_above(at, note)):
        return
    notes.remove(at)
    if note:
        notes.put(at, note, AUTHOR, *OWN_SIZE)


def _remembered(book: Workbook) -> Iterator[tuple[str, dict[str, Any]]]:
    title = official("sheet.marks")
    sheet = book[title] if title in book.sheetnames else None
    if isinstance(sheet, Worksheet):
        for value in pluck(MARK_MEMORY, grid_of(sheet), fields(sheet, is_made_sheet=True)).values[
            "marks"
        ]:
            yield str(value.get("name")), value
        book.remove(sheet)


def _remember(book: Workbook, looks: CellStyles, marks: list[dict[str, str]]) -> None:
    sheet = book.create_sheet(official("sheet.marks"))
    filled_form = fill(MARK_MEMORY, {"marks": marks})
    draw(sheet, filled_form.layout, looks)
    write_values(sheet, filled_form)
    sheet.sheet_state = "hidden"


def _leave_out_macros(package: Package) -> None:
    """Make the workbook one without macros, where it has any."""
    if MACROS in package:
        for item in package.relations(MACROS):
            package.drop(item.target)
        package.drop(MACROS)
        package.unrelate(package.main, MACROS)
        package.set_type(package.main, PLAIN_BOOK)
