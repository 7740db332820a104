"""The checks that a sheet shows: a column of words, a status with a link, coloured cells.

What is checked stands in `machine` and `blocks`; here it is put onto the sheet, below and to the
right of the form, under names of ours, so that a reader takes none of it for what people wrote.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from functools import cache
from itertools import groupby

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.forms.naming import LIST
from xlperf.layout import Box, Layout, anchors
from xlperf.layout.vocabulary import Each
from xlperf.rules.native import NONE
from xlperf.wording import say
from xlperf.workbook.blocks import add_block, lists_of, merged, numbered
from xlperf.workbook.formulas import PROJECT, quote
from xlperf.workbook.looks import Looks
from xlperf.workbook.machine import (
    DOUBT,
    EMPTY,
    FAULT,
    GAP,
    MARKS,
    TOKEN,
    Machine,
    add_singles,
    add_step,
    add_steps,
    fields_of,
)
from xlperf.workbook.names import AID, address, mark
from xlperf.workbook.sheets import cell_at

COLOURS = {FAULT: "FFFFC7CE", EMPTY: "FFFFF2CC", DOUBT: "FFFCE4D6"}
INK = {FAULT: "FFC00000", EMPTY: "FF7F6000", DOUBT: "FF974706", ".": "FF808080"}
CHECK, PANEL, FLAGS = 2, 3, 5  # columns beside the form: words, status, hidden numbers
MARKED_ROWS = 5  # rows in which a project's mark is looked for: people insert rows above forms
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
        row = 1 + add_block(machine, part, row, flag_columns(layout, part))
    add_singles(machine, row)
    add_step(machine, top, "points", points(machine))
    for kind in ("output", "benefit", "satisfaction") if root else ():
        counted = f'SUMPRODUCT(--({{indicators/level1.implied}}="{kind}"))'
        add_step(machine, top, f"count/{kind}", machine.formula(counted))
    return machine


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


def flag_columns(layout: Layout, part: Each) -> dict[str, int]:
    """Where the numbers of merged cells stand, for each field that may be merged."""
    first = len(layout.form.widths) + FLAGS
    return {key: first + at for at, key in enumerate(merged(part))}


def show(sheet: Worksheet, machine: Machine, looks: Looks) -> None:
    """Put the checks onto their sheet."""
    for (row, col), formula in machine.cells.items():
        cell_at(sheet, row, col).value = formula
    area = machine.area
    mark(sheet, AID + "checks", area)
    for row in range(area.row, area.row + area.height):
        sheet.row_dimensions[row].hidden = True
    show_flags(sheet, machine)
    show_words(sheet, machine, looks)
    show_status(sheet, machine, looks)
    colour_fields(sheet, machine)


def show_flags(sheet: Worksheet, machine: Machine) -> None:
    """The numbers of merged cells, on hidden columns beside their rows; above, a project's mark."""
    layout, cols = machine.layout, set()
    for part in lists_of(layout):
        for key, col in flag_columns(layout, part).items():
            for row, number in numbered(layout, part, key).items():
                cell_at(sheet, row, col).value = number
            cols.add(col)
    if machine.root:
        first = Box(1, len(layout.form.widths) + FLAGS, 1, MARKED_ROWS)
        cell_at(sheet, *first.at).value = float(PROJECT)
        machine.names["sheet.mark"] = address(first)
    if cols:
        mark(sheet, AID + "parts", Box(1, min(cols), len(cols), layout.rows))


def words(tokens: str) -> str:
    """A formula that says the first of some tokens in words, and how many there are."""
    signs = ",".join(quote(say(f"check.mark_{at}")) for at in range(1, len(MARKS) + 1))
    first = f"MATCH(MID({tokens},2,6),{LIST}check_codes,0)"
    sign = f'CHOOSE(FIND(LEFT({tokens},1),"{MARKS}"),{signs})'
    more = quote(say("check.more"))
    said = f'{sign}&INDEX({LIST}check_words,{first})&IF(LEN({tokens})>{TOKEN},{more},"")'
    return f'=IFERROR(IF({tokens}="","",{said}),"")'


def show_words(sheet: Worksheet, machine: Machine, looks: Looks) -> None:
    """The check column: beside each row of the form what is to be done there."""
    layout = machine.layout
    col, at = len(layout.form.widths) + CHECK, anchors(layout)
    head = cell_at(sheet, 1, col)
    head.value = say("check.head")
    for row in range(1, layout.rows + 1):
        looks.give(cell_at(sheet, row, col), "check")
    looks.give(head, "check_head")
    for row, found in groupby(sorted(lines_of(machine, at)), key=lambda line: line[0]):
        cells = "&".join(dict.fromkeys(cell for _, cell in found))
        cell_at(sheet, row, col).value = words(f"({cells})" if "&" in cells else cells)
    for ref, totals in machine.ranges.items():
        box = next(box for key, box in at.items() if key.startswith(ref + "/"))
        first = f"ROW(INDEX({address(Box(box.row, box.col, 1, box.height))},1))"
        said = words(f"INDEX({address(totals)},ROW()-{first}+1)")
        for row in range(box.row, box.row + box.height):
            cell_at(sheet, row, col).value = said
    area = Box(1, col, 1, layout.rows)
    mark(sheet, AID + "check", area)
    for at_mark, sign in enumerate(MARKS, 1):
        start = f"${address(Box(1, col)).split('$')[1]}1"
        begins = f"LEFT({start},1)={quote(say(f'check.mark_{at_mark}')[:1])}"
        add_format(sheet, area, begins, font=INK[sign])


def lines_of(machine: Machine, at: Mapping[str, Box]) -> list[tuple[int, str]]:
    """Rows of the form and the cells with the tokens of their single fields."""
    found = []
    for key, cell in machine.fields.items():
        boxes = [box for name, box in at.items() if name == key or name.startswith(key + "/")]
        above = key not in at and any(part.list_ref == key for part in lists_of(machine.layout))
        found.append((boxes[0].row - above, cell))
    return found


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
    machine.names["status"] = address(Box(2, col))
    mark(sheet, AID + "status", Box(2, col, 1, 2))


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
    if machine.root:
        text = f"IF({machine.names['found']}=0,{quote(say('status.unlisted'))},{text})"
    return f"=IFERROR({text},{quote(say('status.broken'))})"


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
        first = f"ROW(INDEX({address(Box(box.row, box.col, 1, box.height))},1))"
        line = f"INDEX({address(tokens)},ROW()-{first}+1)"
        for sign, colour in COLOURS.items():
            add_format(sheet, box, f'ISNUMBER(FIND("{sign}",{line}))', fill=colour)


def add_format(sheet: Worksheet, box: Box, when: str, *, fill: str = "", font: str = "") -> None:
    """One conditional format."""
    rule = Rule("expression", formula=[when], stopIfTrue=True)
    rule.dxf = format_of(fill, font)
    sheet.conditional_formatting.add(address(box).replace("$", ""), rule)


@cache  # a book has hundreds of formats and few different ones
def format_of(fill: str, font: str) -> DifferentialStyle:
    """What a conditional format changes: the colour behind the text, or its own."""
    return DifferentialStyle(
        fill=PatternFill("solid", bgColor=fill) if fill else None,
        font=Font(color=font) if font else None,
    )


def beside(sheet: Worksheet, looks: Looks, width: int) -> None:
    """Cells outside the form are free to write in, so that whole rows can be added and deleted."""
    sample = cell_at(sheet, 1, width + FLAGS + 3)
    looks.give(sample, "free")
    for col in range(1, width + FLAGS + 4):
        column = sheet.column_dimensions[get_column_letter(col)]
        if col > width:
            column.width = WIDTHS.get(col - width, 3)
        column._style = copy(sample._style)  # type: ignore[attr-defined]
        column.hidden = col - width in (FLAGS, FLAGS + 1)
    column.min, column.max = col, 16_384
    del sheet._cells[sample.row, sample.column]
