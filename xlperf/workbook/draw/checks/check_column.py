"""The check column: beside each row of a form what is to be done there, in words.

Hidden beside it: the numbers of merged cells, which no formula can see, which rows have a cell
of the check column, as rows that people insert have none, and the words of merged cells.
"""

from __future__ import annotations

from openpyxl.styles import Protection
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.forms.defined_names import AID
from xlperf.formulas.book_checks import CHECK, flag_columns, kept_columns, words_flag
from xlperf.formulas.merged_levels import boxes_of, numbered
from xlperf.formulas.sheet_checks import CHECK_SIGNS, WORDS_COLUMN, SheetChecks
from xlperf.layout import Box, Layout, anchors
from xlperf.layout.addresses import address, cell_address
from xlperf.layout.placement import with_edges
from xlperf.layout.vocabulary import Each
from xlperf.rules.formulas.native import literal
from xlperf.wording import say
from xlperf.workbook.cells import cell_at
from xlperf.workbook.draw.cell_styles import CellStyles
from xlperf.workbook.draw.checks.conditional_formats import INK, add_format
from xlperf.workbook.names import define_name
from xlperf.workbook.package.sheet_xml.merged_cell_values import keep

STATUS_ROWS = 3  # the sheet's word, the link, whether the summary lists it


def show_flags(sheet: Worksheet, checks: SheetChecks, styles: CellStyles) -> None:
    """On hidden columns beside the rows: the numbers of merged cells, and which rows have words."""
    layout, last = checks.layout, words_flag(checks.layout)
    kept_cols = (col for part in layout.lists() for col in kept_columns(layout, part).values())
    right = max([last, *kept_cols])
    cols = {last, right}
    for part in layout.lists():
        for key, col in flag_columns(layout, part).items():
            for row, number in numbered(layout, part, key).items():
                cell_at(sheet, row, col).value = number
            cols.add(col)
        for key, col in kept_columns(layout, part).items():
            for box in boxes_of(layout, part, key):
                keep(sheet, box, col)
        for row in rows_with_words(layout, part):
            cell_at(sheet, row, last).value = 1
            free(sheet, styles, row, right)
    define_name(sheet, AID + "parts", Box(1, min(cols), max(cols) - min(cols) + 1, bottom(layout)))


def free(sheet: Worksheet, styles: CellStyles, row: int, last: int) -> None:
    """No cell of a list's row is locked: Excel deletes no row of a protected sheet that has one."""
    for col in range(1, last + 1):
        cell = cell_at(sheet, row, col)
        if not cell.has_style:
            styles.give(cell, "free")
        elif cell.protection.locked and cell.value is None:
            cell.protection = Protection(locked=False)


def bottom(layout: Layout) -> int:
    """The last row that is checked: of the form, or of what people may go on typing below it."""
    lists = columns_of(layout).values()
    return max([layout.rows, *(with_edges(layout, box).bottom - 1 for box in lists)])


def columns_of(layout: Layout) -> dict[str, Box]:
    """The first column of each list of a form."""
    at = anchors(layout)
    return {
        part.list_ref: next(box for key, box in at.items() if key.startswith(part.list_ref + "/"))
        for part in layout.lists()
    }


def rows_with_words(layout: Layout, part: Each) -> range:
    """The rows of a list and the spare ones below it, each with a cell of the check column."""
    edges = with_edges(layout, columns_of(layout)[part.list_ref])
    return range(edges.row + 1, edges.bottom)


def show_words(sheet: Worksheet, checks: SheetChecks, styles: CellStyles) -> None:
    """The check column: beside each row of the form what is to be done there."""
    layout = checks.layout
    col = len(layout.form.widths) + CHECK
    head = cell_at(sheet, 1, col)
    head.value = say("check.head")
    for row in range(1, bottom(layout) + 1):
        styles.give(cell_at(sheet, row, col), "check")
    styles.give(head, "check_head")
    for row, line in checks.rows.items():
        cell_at(sheet, row, col).value = f"={line.words}"
    for part in layout.lists():
        show_words_of_list(sheet, checks, part)
    column_box = Box(1, col, 1, bottom(layout))
    define_name(sheet, AID + "check", column_box)
    for at_mark, sign in enumerate(CHECK_SIGNS, 1):
        start = f"${address(Box(1, col)).split('$')[1]}1"
        begins = f"LEFT({start},1)={literal(say(f'check.mark_{at_mark}')[:1])}"
        add_format(sheet, [column_box], begins, font=INK[sign])


def not_counted(checks: SheetChecks, part: Each, row: int, line: str) -> str:
    """Below a list: that a row has too little to be one of the list's, as a formula."""
    cells = f"A{row}:{cell_address(row, len(checks.layout.form.widths))}"
    in_list = checks.names[f"{part.list_ref}/taken"]
    loose = f"AND(N(INDEX({in_list},{line}))=0,COUNTA({cells})>0)"
    return f'IF({loose},{literal(say("check.not_counted"))},"")'


def show_words_of_list(sheet: Worksheet, checks: SheetChecks, part: Each) -> None:
    """Beside each row of a list what its line says, and what the next row's says if it has no cell.

    A row that people insert has no cell of the check column; the row above speaks for it.
    """
    layout, lines = checks.layout, checks.ranges[part.list_ref]
    edges = with_edges(layout, columns_of(layout)[part.list_ref])
    line = f"ROW()-ROW({address(Box(*edges.at))})"
    words = address(Box(lines.row - 1, WORDS_COLUMN, 1, lines.height + 1))  # the row above is empty
    flags = address(Box(edges.row, words_flag(layout), 1, edges.height))
    next_words = f"INDEX({words},{line}+2)"
    below = f'IF({next_words}="","",{literal(say("check.below"))}&{next_words})'
    text = f'INDEX({words},{line}+1)&IF(N(INDEX({flags},{line}+2))=0,{below},"")'
    col = len(layout.form.widths) + CHECK
    last = columns_of(layout)[part.list_ref].bottom
    for row in rows_with_words(layout, part):
        aside = f"&{not_counted(checks, part, row, line)}" if row > last else ""
        cell_at(sheet, row, col).value = f'=IFERROR({text}{aside},"")'
    head = cell_at(sheet, edges.row, col)
    own_text = str(head.value or "").removeprefix("=")
    first = f'IF(N(INDEX({flags},2))=0,INDEX({words},2),"")'
    rest = f'IF({first}="","",{literal(say("check.below"))}&{first})'
    head.value = f'=IFERROR({f"{own_text}&" if own_text else ""}{rest},"")'
