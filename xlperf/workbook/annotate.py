"""A plan applied to a workbook file: coloured cells, notes, and the list of findings.

A mark remembers the user's own fill and note (on a hidden sheet, under a name that moves with the
cell) and puts them back; so marking twice is marking once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.forms.generated import MARK_MEMORY
from xlperf.forms.naming import MARK
from xlperf.layout import fill, pluck
from xlperf.layout.addresses import box_of, to_box
from xlperf.plan import Mark, Plan, colour, with_own_notes
from xlperf.wording import official
from xlperf.workbook.cells import cell_at, solid_colour
from xlperf.workbook.draw.cell_styles import CellStyles, adopt_styles
from xlperf.workbook.draw.findings_list import remove_list, write_list
from xlperf.workbook.draw.form_sheet import draw, write_values
from xlperf.workbook.draw.word_lists import write_explained
from xlperf.workbook.grids import grid_of
from xlperf.workbook.names import define_name, fields

AUTHOR = "xlperf"
NOTE_WIDTH, NOTE_LINE = 380, 16  # points; roughly 30 Chinese characters a line


def annotate_book(plan: Plan, book: Workbook) -> None:
    """Mark the cells and write the list; what an earlier plan marked is put back first."""
    _unmark(book)
    old = remove_list(book)  # the plan has the explanations in it
    behind = 1 + max(n for n, sheet in enumerate(book.worksheets) if sheet.sheet_state == "visible")
    looks = adopt_styles(book)
    remembered = [_mark(book[mark.sheet], mark, n) for n, mark in enumerate(plan.marks, 1)]
    write_list(book, looks, plan, behind, old)
    write_explained(book, plan.explained)
    if remembered:
        _remember(book, looks, remembered)
    looks.done(book)


def _unmark(book: Workbook) -> None:
    remembered = dict(_remembered(book))
    for sheet in book.worksheets:
        for name in [name for name in sheet.defined_names if name.startswith(MARK)]:
            box = box_of(str(sheet.defined_names[name].attr_text or ""))
            del sheet.defined_names[name]
            if box and name in remembered:
                _put_back(cell_at(sheet, box.row, box.col), remembered[name])
    if official("sheet.marks") in book.sheetnames:
        book.remove(book[official("sheet.marks")])


def _put_back(cell: Cell, was: dict[str, Any]) -> None:
    colour = was.get("fill", "")
    cell.fill = PatternFill("solid", fgColor=colour) if colour else PatternFill()
    cell.comment = Comment(was["note"], AUTHOR) if was.get("note") else None


def _remembered(book: Workbook) -> Iterator[tuple[str, dict[str, Any]]]:
    title = official("sheet.marks")
    sheet = book[title] if title in book.sheetnames else None
    if isinstance(sheet, Worksheet):
        for value in pluck(MARK_MEMORY, grid_of(sheet), fields(sheet, made=True)).values["marks"]:
            yield str(value.get("name")), value


def _mark(sheet: Worksheet, mark: Mark, number: int) -> dict[str, str]:
    """Colour one cell and give it a note; what it had is the answer."""
    box = to_box(mark.cell)
    cell = cell_at(sheet, box.row, box.col)
    was = {
        "name": f"{MARK}{number}",
        "sheet": mark.sheet,
        "fill": solid_colour(cell),
        "note": _note(cell),
    }
    define_name(sheet, was["name"], box)
    cell.fill = PatternFill("solid", fgColor=f"FF{colour(mark)}")
    text = with_own_notes(mark.note, was["note"])
    comment = Comment(text, AUTHOR)
    lines = sum(1 + len(line) // 30 for line in text.split("\n"))
    comment.width, comment.height = NOTE_WIDTH, min(40 + NOTE_LINE * lines, 600)
    cell.comment = comment
    return was


def _note(cell: Cell) -> str:
    return str(cell.comment.text) if cell.comment else ""


def _remember(book: Workbook, styles: CellStyles, marks: list[dict[str, str]]) -> None:
    sheet = book.create_sheet(official("sheet.marks"))
    filled = fill(MARK_MEMORY, {"marks": marks})
    draw(sheet, filled.layout, styles)
    write_values(sheet, filled)
    sheet.sheet_state = "hidden"
