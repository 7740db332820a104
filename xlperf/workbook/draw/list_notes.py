"""What people wrote beside and below the list of findings, on the sheet that takes its place."""

from __future__ import annotations

from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.forms.sheet_reading.list_notes import (
    FIRST_COLUMN_BESIDE_LIST,
    NOTE_COLUMNS,
    Note,
    lines_on,
    notes_on,
    place_notes,
    rows_of,
)
from xlperf.layout import Coord, FilledForm, Formula, anchors
from xlperf.plan import HIDDEN_COLUMNS, Plan, list_rows
from xlperf.workbook.cells import cell_at, copy_cell
from xlperf.workbook.draw.cell_styles import CellStyles
from xlperf.workbook.draw.form_sheet import merge, put
from xlperf.workbook.grids import grid_of
from xlperf.workbook.names import named_boxes

VISIBLE_COLUMNS = len(NOTE_COLUMNS) - len(HIDDEN_COLUMNS)  # columns of the list that are in sight
NOTE_STYLES = {"code": "shown_center", "sheet": "shown"}  # of what a note without a line is about


def carry_notes(
    old: Worksheet, new: Worksheet, styles: CellStyles, plan: Plan, filled_form: FilledForm
) -> None:
    """Every note of the old list on the new one, with its look, beside the same finding."""
    lines = list_rows(plan)["findings"]
    box = anchors(filled_form.layout)["findings/code"]
    grid, names = grid_of(old), named_boxes(old)
    placed_notes = place_notes(notes_on(grid, names), lines, box)
    by_col = {col: NOTE_STYLES.get(ref, "hidden") for ref, col in NOTE_COLUMNS.items()}
    for (row, col), words in placed_notes.words.items():
        styles.give(cell_at(new, row, col), "heading" if col == 1 else by_col[col])
        put(cell_at(new, row, col), words)
        if col == 1:
            merge(new, row, 1, 1, VISIBLE_COLUMNS)
    for at, note in placed_notes.notes.items():
        _carry(cell_at(old, *note.at), cell_at(new, *at), note)
    became = {note.at: at for at, note in placed_notes.notes.items()}
    rows = rows_of(lines, box.row)
    became_rows = {row: rows.get(about.key, 1) for row, about in lines_on(grid, names).items()}
    _remarks(old, new, became, became_rows)
    _show(old, new, [*placed_notes.notes, *placed_notes.words])


def _carry(was: Cell, now: Cell, note: Note) -> None:
    """One note. A formula that has moved would look at other cells: its words stay, as a text."""
    copy_cell(was, now)
    if isinstance(note.content, Formula) and was.row != now.row:
        put(now, str(note.content))
        now.data_type = "s"
        now.quotePrefix = True


def _remarks(
    old: Worksheet, new: Worksheet, cells: dict[Coord, Coord], rows: dict[int, int]
) -> None:
    """The comments on cells, on the same note or line; of a line that is gone, on the title."""
    for (row, col), cell in list(old._cells.items()):
        if not cell.comment:
            continue
        line = rows.get(row, row if row <= min(rows, default=row) else 1)
        at = cells.get((row, col), (line, col if line > 1 else 1))
        now = cell_at(new, *at)
        sentence = (
            f"{now.comment.text}\n\n{cell.comment.text}" if now.comment else cell.comment.text
        )
        now.comment = Comment(sentence, cell.comment.author or "")
        now.comment.width, now.comment.height = cell.comment.width, cell.comment.height


def _show(old: Worksheet, new: Worksheet, cells: list[Coord]) -> None:
    """Columns beside the list are as wide as they were, and everything is printed."""
    last_row = max((row for row, _ in cells), default=1)
    last_col = max((col for _, col in cells), default=1)
    for col in range(FIRST_COLUMN_BESIDE_LIST, last_col + 1):
        letter = get_column_letter(col)
        if old.column_dimensions[letter].width:
            new.column_dimensions[letter].width = old.column_dimensions[letter].width
    last_letter = get_column_letter(max(len(NOTE_COLUMNS), last_col))
    new.print_area = f"A1:{last_letter}{max(new.max_row, last_row)}"
