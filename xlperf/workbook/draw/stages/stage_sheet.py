"""The sheets of a stage: a project's form with what it shows by formula, the department's list."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy

from openpyxl import Workbook
from openpyxl.styles import Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.forms.defined_names import AID
from xlperf.formulas.sheet_checks import CHECK_SIGNS
from xlperf.formulas.stages.columns import DEVIATION, HINT, KEY, PROPOSED_COLUMN, WEIGHT
from xlperf.formulas.stages.planned_sheet import StageSheet
from xlperf.formulas.stages.sheets import BLANK_ROWS
from xlperf.layout import Box, Formula, anchors
from xlperf.layout.addresses import letters
from xlperf.layout.text_height import height_of
from xlperf.rules.formulas.native import literal
from xlperf.wording import official, say
from xlperf.workbook.cells import cell_at, link
from xlperf.workbook.draw.cell_styles import CellStyles
from xlperf.workbook.draw.checks.conditional_formats import CHECK_FILLS, INK, add_format
from xlperf.workbook.draw.checks.validations import add_validation, protect
from xlperf.workbook.draw.form_sheet import draw, page, put, write_values
from xlperf.workbook.draw.row_heights import heights
from xlperf.workbook.draw.summary import colour
from xlperf.workbook.names import define_name

STAGE_WIDTHS = {HINT: 34, WEIGHT: 9, PROPOSED_COLUMN: 9, DEVIATION: 10}
POINTS_FORMAT = "0.0#%"
FREE_ROWS = 6  # rows below the list's last one whose cells are free
REPEATED_LEVEL_INK = "FFBFBFBF"  # the ink of a level that is the same as above


def draw_stage_sheet(book: Workbook, planned: StageSheet, styles: CellStyles) -> Worksheet:
    """Add the sheet of a project to a workbook."""
    sheet: Worksheet = book.create_sheet(planned.title)
    draw(sheet, planned.filled_form.layout, styles)
    write_values(sheet, planned.filled_form, planned.measured)
    page(sheet, landscape=True)
    for name, box in planned.names.items():
        define_name(sheet, name, box)
    _beside(sheet, planned, styles)
    _repeated_levels(sheet, planned)
    _colours(sheet, planned)
    _shares(sheet, planned)
    add_validation(sheet, planned.filled_form.layout)
    _free(sheet, planned, styles)
    for row, height in heights_of(planned).items():
        sheet.row_dimensions[row].height = height
    protect(sheet)
    return sheet


def _beside(sheet: Worksheet, planned: StageSheet, styles: CellStyles) -> None:
    """The columns beside the form: those people see, those they do not, a link back."""
    width = planned.width
    for (row, col), content in planned.beside.items():
        cell = cell_at(sheet, row, col)
        if col in (width + at for at in STAGE_WIDTHS):
            is_head = not isinstance(content, Formula)
            looks = "check" if col == width + HINT else "shown_center"
            styles.give(cell, "check_head" if is_head else looks)
        put(cell, content)
    styles.give(cell_at(sheet, 2, width + HINT), "status")
    last, used_columns = _last(planned), {col for _, col in planned.beside}
    sample = cell_at(sheet, 1, last + 1)
    styles.give(sample, "free")
    for col in range(1, width + KEY + 1):
        column = sheet.column_dimensions[get_column_letter(col)]
        if col > width:
            column.width = STAGE_WIDTHS.get(col - width, 3) if col in used_columns else 3
        column._style = copy(sample._style)  # type: ignore[attr-defined]
    column.hidden = True
    column.min, column.max = col, 16_384  # all that people do not see, and what is free beyond
    del sheet._cells[sample.row, sample.column]
    back = cell_at(sheet, 1, width + HINT)
    back.value = say("summary.back")
    styles.give(back, "link_center")
    link(back, official("sheet.summary"), say("summary.back"))
    define_name(sheet, AID + "back", Box(1, width + HINT))


def _last(planned: StageSheet) -> int:
    """The last column that is ours."""
    steps = planned.names[AID + "steps"]
    return steps.col + steps.width - 1


def _repeated_levels(sheet: Worksheet, planned: StageSheet) -> None:
    """A level that is the same as in the row above is pale, as if the cells were merged."""
    at = anchors(planned.filled_form.layout)
    for key in ("level1", "level2"):
        box = at[f"results/{key}"]
        first = f"{letters(box.col)}{box.row}"
        above = f"{letters(box.col)}{box.row - 1}"
        same = f"AND(LEN({first})>0,{first}={above})"
        add_format(sheet, [box], same, font=REPEATED_LEVEL_INK)


def _colours(sheet: Worksheet, planned: StageSheet) -> None:
    """Fields whose checks fire are coloured, hints and the status have their inks."""
    for box, tokens in _joined(planned.tokens.values()):
        for sign, fill in CHECK_FILLS.items():
            add_format(sheet, [box], f'FIND("{sign}",{tokens})', fill=fill)
    hints = Box(1, planned.width + HINT, 1, planned.filled_form.layout.rows)
    first = f"${letters(hints.col)}1"
    for at_mark, sign in enumerate(CHECK_SIGNS, 1):
        begins = f"LEFT({first},1)={literal(say(f'check.mark_{at_mark}')[:1])}"
        add_format(sheet, [hints], begins, font=INK[sign])
    colour(sheet, planned.names[AID + "status"])


def _joined(cells: Iterable[tuple[Box, str]]) -> list[tuple[Box, str]]:
    """Fields beside each other that share their tokens as one box."""
    result: list[tuple[Box, str]] = []
    for box, tokens in sorted(cells, key=lambda cell: (cell[0].row, cell[0].col)):
        left, same = result[-1] if result else (None, "")
        is_beside = left and (left.row, left.height, left.col + left.width) == (
            *(box.row, box.height),
            box.col,
        )
        if left and is_beside and same == tokens:
            result[-1] = Box(box.row, left.col, left.width + box.width, box.height), tokens
        else:
            result.append((box, tokens))
    return result


def _shares(sheet: Worksheet, planned: StageSheet) -> None:
    """Shares that formulas work out are shown in percent."""
    for slot in planned.filled_form.layout.slots:
        if slot.cell.role == "display" and slot.cell.kind == "percent":
            cell_at(sheet, *slot.box.at).number_format = POINTS_FORMAT


def _free(sheet: Worksheet, planned: StageSheet, styles: CellStyles) -> None:
    """No cell of the list's rows is locked: Excel deletes no row of a protected sheet otherwise.

    Cells that are not there are free as their columns are.
    """
    rows = planned.rows
    for row in range(rows.row, rows.bottom + 1):
        for col in range(1, _last(planned) + 1):
            if (row, col) not in sheet._cells:
                continue
            cell = cell_at(sheet, row, col)
            if not cell.has_style:
                styles.give(cell, "free")
            elif cell.protection.locked:
                cell.protection = Protection(locked=False)


def heights_of(planned: StageSheet) -> dict[int, float]:
    """How high the rows are, in points: those of the list have room for two lines of typing."""
    result = heights(planned.filled_form.layout, planned.measured.grid)
    for row in range(planned.rows.row, planned.rows.bottom - BLANK_ROWS + 1):
        result[row] = max(result.get(row, 0), height_of(2))
    return result
