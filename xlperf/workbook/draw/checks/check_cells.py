"""The checks that a sheet shows: a column of words, a status with a link, coloured cells.

What is checked is planned in `formulas`; here it is put onto the sheet, below and to the
right of the form, under names of ours, so that a reader takes none of it for what people wrote.
"""

from __future__ import annotations

from copy import copy

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.forms.defined_names import AID, CONTRIBUTIONS, EDGES, LIST_PREFIX, UNIT_LINES
from xlperf.formulas import typed
from xlperf.formulas.book_checks import CHECK, FLAGS, PANEL
from xlperf.formulas.contributions import area, formulas_of
from xlperf.formulas.sheet_checks import (
    DOUBT,
    EMPTY_SIGN,
    FAULT,
    TOTAL_COLUMN,
    SheetChecks,
)
from xlperf.layout import Box
from xlperf.layout.addresses import address, box_of
from xlperf.layout.placement import with_edges
from xlperf.rules.formulas.native import literal
from xlperf.wording import say
from xlperf.workbook.cells import cell_at, put_formula
from xlperf.workbook.draw.cell_styles import CellStyles
from xlperf.workbook.draw.checks.check_column import STATUS_ROWS, columns_of, show_flags, show_words
from xlperf.workbook.draw.checks.field_colours import colour_fields
from xlperf.workbook.names import define_name

# columns with numbers and words of merged cells, and which rows have words
HIDDEN_CHECK_COLUMNS = 5
CHECK_WIDTHS = {CHECK: 38, PANEL: 24}


def show(sheet: Worksheet, checks: SheetChecks, styles: CellStyles) -> None:
    """Write the checks' formulas below the form, and show their results beside it."""
    for (row, col), formula in checks.cells.items():
        put_formula(cell_at(sheet, row, col), formula)
    area = checks.area
    define_name(sheet, AID + "checks", area)
    for row in range(area.row, area.row + area.height):
        sheet.row_dimensions[row].hidden = True
    if checks.root:
        show_contributions(sheet, checks)
    elif "units/code" in checks.names:
        for name, key in zip(UNIT_LINES, ("code", "name"), strict=True):
            define_name(sheet, name, column_of(checks.names[f"units/{key}"]))
    for ref, column in columns_of(checks.layout).items():
        edges, width = with_edges(checks.layout, column), len(checks.layout.form.widths)
        define_name(sheet, EDGES + ref, Box(edges.row, 1, width, edges.height))
    show_flags(sheet, checks, styles)
    show_words(sheet, checks, styles)
    show_status(sheet, checks, styles)
    colour_fields(sheet, checks)


def column_of(where: str) -> Box:
    """The rectangle of an address that is known to be one, such as one of `checks.names`."""
    box = box_of(where)
    assert box is not None
    return box


def show_contributions(sheet: Worksheet, checks: SheetChecks) -> None:
    """What the project adds to the totals, where sums over all sheets look for it."""
    runs, places = checks.contribution, checks.places
    assert runs is not None
    columns, numbers = (
        address(Box(runs.row, col, 1, runs.height)) for col in (runs.col, runs.col + 1)
    )
    for coord, formula in formulas_of(columns, numbers, places):
        put_formula(cell_at(sheet, *coord), formula)
    define_name(sheet, CONTRIBUTIONS, area(places))


def show_status(sheet: Worksheet, checks: SheetChecks, styles: CellStyles) -> None:
    """The sheet's one word, and a link to the first row where something is open."""
    col = len(checks.layout.form.widths) + PANEL
    word, link = cell_at(sheet, 2, col), cell_at(sheet, 3, col)
    word.value = status(checks)
    styles.give(word, "status")
    count = f"{checks.names['points']}&{literal(say('check.points'))}"
    to = typed.link(
        typed.Text(f"{to_sheet(sheet, checks)}&{checks.first}"),
        typed.Text(count),
    )
    link.value = f'=IFERROR(IF({checks.names["points"]}=0,"",{to}),"")'
    styles.give(link, "link_center")
    if checks.root:
        note = cell_at(sheet, 4, col)
        note.value = f'=IF({checks.names["summary.line"]}=0,{literal(say("status.unlisted"))},"")'
        styles.give(note, "check")
    define_name(sheet, AID + "status", Box(2, col, 1, STATUS_ROWS))


def to_sheet(sheet: Worksheet, checks: SheetChecks) -> str:
    """The beginning of a link to a row of this sheet; a project's follows its sheet's title."""
    fixed = literal("#'" + sheet.title.replace("'", "''") + "'!A")
    if not checks.root:
        return fixed
    title = checks.names["sheet.title"]
    return f'"#\'"&IF({title}="",{literal(sheet.title)},{title})&"\'!A"'


def status(checks: SheetChecks) -> str:
    """A sheet's status as a formula: what is to be filled in first, then faults, then doubts."""
    tokens = checks.column_of_lines(TOTAL_COLUMN)
    family = f"MATCH({checks.names['first.fault']},{LIST_PREFIX}check_codes,0)"
    family = f"INDEX({LIST_PREFIX}check_status,{family})"
    doubtful, good = literal(say("status.doubt")), literal(say("status.good"))
    doubt = f"IF({anywhere(DOUBT, tokens)},{doubtful},{good})"
    text = f"IF({anywhere(FAULT, tokens)},{family},{doubt})"
    text = f"IF({anywhere(EMPTY_SIGN, tokens)},{literal(say('status.incomplete'))},{text})"
    beyond = [cell for name, cell in checks.names.items() if name.endswith(".beyond")]
    broken = literal(say("status.broken"))
    return f"=IFERROR(IF(OR({','.join(beyond)}),{broken},{text}),{broken})"


def anywhere(mark: str, tokens: str) -> str:
    """A formula for how many lines have a token with this mark; `tokens` are those of all lines."""
    return f'SUMPRODUCT(COUNT(FIND("{mark}",{tokens})))'


def beside(sheet: Worksheet, styles: CellStyles, width: int) -> None:
    """Cells outside the form are free to write in, so that whole rows can be added and deleted."""
    sample = cell_at(sheet, 1, width + FLAGS + HIDDEN_CHECK_COLUMNS)
    styles.give(sample, "free")
    for col in range(1, width + FLAGS + HIDDEN_CHECK_COLUMNS + 1):
        column = sheet.column_dimensions[get_column_letter(col)]
        if col > width:
            column.width = CHECK_WIDTHS.get(col - width, 3)
        column._style = copy(sample._style)  # type: ignore[attr-defined]
        column.hidden = FLAGS <= col - width < FLAGS + HIDDEN_CHECK_COLUMNS
    column.min, column.max = col, 16_384
    del sheet._cells[sample.row, sample.column]
