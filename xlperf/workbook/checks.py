"""The checks that a sheet shows: a column of words, a status with a link, coloured cells.

What is checked stands in `machine` and `blocks`; here it is put onto the sheet, below and to the
right of the form, under names of ours, so that a reader takes none of it for what people wrote.
"""

from __future__ import annotations

from copy import copy

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.forms.generated import KINDS
from xlperf.forms.naming import CONTRIBUTIONS, LIST, UNIT_LINES
from xlperf.layout import Box, anchors
from xlperf.layout.placement import headings, with_edges
from xlperf.record import MONTHS
from xlperf.rules.native import NONE, lowest
from xlperf.wording import say
from xlperf.workbook.blocks import add_block, lists_of
from xlperf.workbook.check_column import (
    CHECK,
    FLAGS,
    PANEL,
    STATUS_ROWS,
    columns_of,
    flag_columns,
    kept_columns,
    show_flags,
    show_words,
)
from xlperf.workbook.conditional import COLOURS, add_format
from xlperf.workbook.contributions import QUANTITIES, area, formulas_of, number_of
from xlperf.workbook.formulas import quote
from xlperf.workbook.looks import Looks
from xlperf.workbook.machine import (
    DOUBT,
    EMPTY,
    FAULT,
    GAP,
    MARKS,
    Machine,
    add_singles,
    add_step,
    add_steps,
    fields_of,
)
from xlperf.workbook.names import AID, EDGES, address, box_of, mark
from xlperf.workbook.sheets import cell_at

HIDDEN = 5  # columns with numbers and words of merged cells, and which rows have words
WIDTHS = {CHECK: 38, PANEL: 24}
FILE = 'CELL("filename",$A$1)'


def build(machine: Machine, position: int = 0) -> Machine:
    """Write the checks of a form; a project finds its line of the summary by its sheet's title."""
    layout, root = machine.layout, machine.root
    top = layout.rows + GAP
    if root:
        listed = "SUMPRODUCT(EXACT({all/title},{sheet.title})*{all/line})"
        found = f'IF({{sheet.title}}="",{position},{listed})'
        add_step(machine, top, "sheet.title", own_title())
        add_step(machine, top, "found", machine.formula(found))
        add_step(machine, top, "line", machine.formula(f"IF({{found}}=0,{NONE},{{found}})"))
    add_steps(machine, top)
    row = top + 2
    for part in lists_of(layout):
        row = 1 + add_block(
            machine, part, row, flag_columns(layout, part), kept_columns(layout, part)
        )
    add_singles(machine, row)
    add_step(machine, top, "points", points(machine))
    machine.names["status"] = address(Box(2, len(layout.form.widths) + PANEL))
    if root:
        add_results(machine, top)
    return machine


def add_results(machine: Machine, row: int) -> None:
    """What the summary wants of a project: money planned, its unit's line, indicators by kind."""
    for month in MONTHS:
        budget, share = "{budget.amount}", f"{{spending_plan/{month}.sound}}"
        amount = f"ROUND({budget}*{share}/100,2)"
        known = f"AND(ISNUMBER({budget}),ISNUMBER({share}))"
        planned = machine.formula(f'IF({known},{amount},"")')
        add_step(machine, row, f"planned/{month}", planned)
    line = lowest("{units/line}", "EXACT({units/code},{unit.code})")
    place = f'IF({{unit.code}}="",0,IF({line}<{NONE},{line},0))'
    add_step(machine, row, "unit.place", machine.formula(place))
    named = 'SUMPRODUCT(--({indicators/name}<>""),--{indicators/taken})'
    add_step(machine, row, "count/indicators", machine.formula(named))
    for kind in KINDS:
        counted = f'SUMPRODUCT(--({{indicators/level1.implied}}="{kind}"),--{{indicators/taken}})'
        add_step(machine, row, f"count/{kind}", machine.formula(counted))
    for quantity in QUANTITIES:
        number = number_of(quantity, machine.names)
        add_step(machine, row, f"number/{quantity}", f"IFERROR({number},0)")


def own_title() -> str:
    """The sheet's own title, as Excel or LibreOffice tells it; "" in a file never saved."""
    excel = f'MID({FILE},FIND("]",{FILE})+1,99)'
    office = f'SUBSTITUTE(MID({FILE},FIND("#$",{FILE})+2,99),"\'","")'
    return f'IFERROR({excel},IFERROR({office},""))'


def points(machine: Machine) -> str:
    """How many checks fire, those that only inform aside."""
    said = machine.so_far
    counted = (f'LEN(SUBSTITUTE({said},"{mark}",""))' for mark in MARKS[:-1])
    return f"{len(MARKS) - 1}*LEN({said})-" + "-".join(counted)


def show(sheet: Worksheet, machine: Machine, looks: Looks) -> None:
    """Put the checks onto their sheet."""
    for (row, col), formula in machine.cells.items():
        cell_at(sheet, row, col).value = formula
    area = machine.area
    mark(sheet, AID + "checks", area)
    for row in range(area.row, area.row + area.height):
        sheet.row_dimensions[row].hidden = True
    if machine.root:
        show_contributions(sheet, machine)
    else:
        for name, key in zip(UNIT_LINES, ("code", "name"), strict=True):
            mark(sheet, name, column_of(machine.names[f"units/{key}"]))
    for ref, column in columns_of(machine.layout).items():
        edges, width = with_edges(machine.layout, column), len(machine.layout.form.widths)
        mark(sheet, EDGES + ref, Box(edges.row, 1, width, edges.height))
    show_flags(sheet, machine, looks)
    show_words(sheet, machine, looks)
    show_status(sheet, machine, looks)
    colour_fields(sheet, machine)


def column_of(where: str) -> Box:
    """The cells of an address."""
    box = box_of(where)
    assert box is not None
    return box


def show_contributions(sheet: Worksheet, machine: Machine) -> None:
    """What the project adds to the totals, where sums over all sheets look for it."""
    places = machine.places
    ends = [column_of(machine.names[f"number/{key}"]) for key in (QUANTITIES[0], QUANTITIES[-1])]
    numbers = address(Box(*ends[0].at, ends[1].col - ends[0].col + 1))
    for coord, formula in formulas_of(numbers, machine.names["unit.place"], places):
        cell_at(sheet, *coord).value = formula
    mark(sheet, CONTRIBUTIONS, area(places))


def show_status(sheet: Worksheet, machine: Machine, looks: Looks) -> None:
    """The sheet's one word, and a link to the first row where something is open."""
    col = len(machine.layout.form.widths) + PANEL
    word, link = cell_at(sheet, 2, col), cell_at(sheet, 3, col)
    word.value = status(machine)
    looks.give(word, "status")
    count = f"{machine.names['points']}&{quote(say('check.points'))}"
    to = f"HYPERLINK({to_sheet(sheet, machine)}&{machine.first},{count})"
    link.value = f'=IFERROR(IF({machine.first}=0,"",{to}),"")'
    looks.give(link, "link_center")
    if machine.root:
        note = cell_at(sheet, 4, col)
        note.value = f'=IF({machine.names["found"]}=0,{quote(say("status.unlisted"))},"")'
        looks.give(note, "check")
    mark(sheet, AID + "status", Box(2, col, 1, STATUS_ROWS))


def to_sheet(sheet: Worksheet, machine: Machine) -> str:
    """The beginning of a link to a row of this sheet; a project's follows its sheet's title."""
    fixed = quote("#'" + sheet.title.replace("'", "''") + "'!A")
    if not machine.root:
        return fixed
    own = machine.names["sheet.title"]
    return f'"#\'"&IF({own}="",{quote(sheet.title)},{own})&"\'!A"'


def status(machine: Machine) -> str:
    """A sheet's status as a formula: what is to be filled in first, then faults, then doubts."""
    said = machine.so_far
    at = f'FIND("{FAULT}",{said})'
    family = f"INDEX({LIST}check_status,MATCH(MID({said},{at}+1,6),{LIST}check_codes,0))"
    doubtful, good = quote(say("status.doubt")), quote(say("status.good"))
    doubt = f'IF(ISNUMBER(FIND("{DOUBT}",{said})),{doubtful},{good})'
    text = f"IF(ISNUMBER({at}),{family},{doubt})"
    text = f'IF(ISNUMBER(FIND("{EMPTY}",{said})),{quote(say("status.incomplete"))},{text})'
    beyond = [cell for name, cell in machine.names.items() if name.endswith(".beyond")]
    broken = quote(say("status.broken"))
    return f"=IFERROR(IF(OR({','.join(beyond)}),{broken},{text}),{broken})"


def colour_fields(sheet: Worksheet, machine: Machine) -> None:
    """A field whose checks fire is coloured, whatever fill it has."""
    layout = machine.layout
    at = anchors(layout)
    for box, cell in fields_of(machine, at):
        for sign, colour in COLOURS.items():
            add_format(sheet, box, f'ISNUMBER(FIND("{sign}",{cell}))', fill=colour)
    for name, tokens in machine.columns.items():
        scope, _, key = name.partition(" ")
        ref = scope.removeprefix("projects/").strip("/")
        box = at.get(f"{ref}/{key}") or at[f"{ref}/name"]  # of a whole row: its name
        edges = with_edges(layout, box)
        found = Box(tokens.row - 1, tokens.col, 1, tokens.height + 1)  # the row above is empty
        line = f"INDEX({address(found)},ROW()-ROW({address(headings(box))})+1)"
        for sign, colour in COLOURS.items():
            add_format(sheet, edges, f'ISNUMBER(FIND("{sign}",{line}))', fill=colour)


def beside(sheet: Worksheet, looks: Looks, width: int) -> None:
    """Cells outside the form are free to write in, so that whole rows can be added and deleted."""
    sample = cell_at(sheet, 1, width + FLAGS + HIDDEN)
    looks.give(sample, "free")
    for col in range(1, width + FLAGS + HIDDEN + 1):
        column = sheet.column_dimensions[get_column_letter(col)]
        if col > width:
            column.width = WIDTHS.get(col - width, 3)
        column._style = copy(sample._style)  # type: ignore[attr-defined]
        column.hidden = FLAGS <= col - width < FLAGS + HIDDEN
    column.min, column.max = col, 16_384
    del sheet._cells[sample.row, sample.column]
