"""A plan applied to a workbook file: coloured cells, notes, and the list of findings.

A mark remembers the user's own fill and note (on a hidden sheet, under a name that moves with the
cell) and puts them back; so marking twice is marking once.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.forms.generated import FINDINGS, MARKS
from xlperf.layout import Filled, anchors, fill, pluck
from xlperf.plan import Entry, Mark, Plan
from xlperf.rules.core import ERROR, INFO, WARNING
from xlperf.wording import official, say
from xlperf.workbook.links import link
from xlperf.workbook.looks import Looks, adopt
from xlperf.workbook.names import MARK, box_of, fields, mark, to_box
from xlperf.workbook.prototype import draw, page, pour
from xlperf.workbook.sheets import cell_at, grid_of

AUTHOR = "xlperf"
COLOURS = {ERROR: "FFFFC7CE", WARNING: "FFFFEB9C", INFO: "FFDDEBF7"}
NOTE_WIDTH, NOTE_LINE = 380, 16  # points; roughly 30 Chinese characters a line


def apply(plan: Plan, book: Workbook) -> None:
    """Mark the cells and write the list; what an earlier plan marked is put back first."""
    clear(book)
    looks = adopt(book)
    remembered = [_mark(book[each.sheet], each, n) for n, each in enumerate(plan.marks, 1)]
    _write_list(book, looks, plan)
    if remembered:
        _remember(book, looks, remembered)
    looks.done(book)


def clear(book: Workbook) -> None:
    """Take all marks away: the user's own fills and notes come back, the lists go."""
    known = dict(_remembered(book))
    for sheet in book.worksheets:
        for name in [name for name in sheet.defined_names if name.startswith(MARK)]:
            box = box_of(str(sheet.defined_names[name].attr_text or ""))
            del sheet.defined_names[name]
            if box and name in known:
                _put_back(cell_at(sheet, box.row, box.col), known[name])
    for key in ("sheet.findings", "sheet.marks"):
        if official(key) in book.sheetnames:
            book.remove(book[official(key)])


def _put_back(cell: Cell, was: dict[str, Any]) -> None:
    colour = was.get("fill", "")
    cell.fill = PatternFill("solid", fgColor=colour) if colour else PatternFill()
    cell.comment = Comment(was["note"], AUTHOR) if was.get("note") else None


def _remembered(book: Workbook) -> Iterator[tuple[str, dict[str, Any]]]:
    title = official("sheet.marks")
    sheet = book[title] if title in book.sheetnames else None
    if isinstance(sheet, Worksheet):
        for each in pluck(MARKS, grid_of(sheet), fields(sheet, made=True)).values["marks"]:
            yield str(each.get("name")), each


def _mark(sheet: Worksheet, each: Mark, number: int) -> dict[str, str]:
    """Colour one cell and give it a note; what it had is the answer."""
    box = to_box(each.cell)
    cell = cell_at(sheet, box.row, box.col)
    was = {"name": f"{MARK}{number}", "fill": _solid(cell), "note": _note(cell)}
    mark(sheet, was["name"], box)
    cell.fill = PatternFill("solid", fgColor=COLOURS[each.severity])
    text = f"{each.note}\n\n{was['note']}" if was["note"] else each.note
    comment = Comment(text, AUTHOR)
    lines = sum(1 + len(line) // 30 for line in text.split("\n"))
    comment.width, comment.height = NOTE_WIDTH, min(40 + NOTE_LINE * lines, 600)
    cell.comment = comment
    return was


def _solid(cell: Cell) -> str:
    """A cell's own solid colour; "" for none (or one of the theme, which its style gives back)."""
    if cell.fill.fill_type != "solid" or cell.fill.fgColor.type != "rgb":
        return ""
    return str(cell.fill.fgColor.rgb)


def _note(cell: Cell) -> str:
    return str(cell.comment.text) if cell.comment else ""


def _write_list(book: Workbook, looks: Looks, plan: Plan) -> None:
    visible = [n for n, sheet in enumerate(book.worksheets) if sheet.sheet_state == "visible"]
    sheet = book.create_sheet(official("sheet.findings"), visible[-1] + 1)
    filled = fill(FINDINGS, _listed(plan))
    draw(sheet, filled.layout, looks)
    pour(sheet, filled)
    page(sheet, landscape=True)
    _dress(sheet, filled, plan.entries)


def _listed(plan: Plan) -> dict[str, Any]:
    number = {s: sum(e.severity == s for e in plan.entries) for s in (ERROR, WARNING, INFO)}
    tally = say("report.found", **{str(s): n for s, n in number.items()})
    return {
        "title": official("sheet.findings"),
        "tally": tally if plan.entries else say("report.none"),
        "findings": [_line(n, entry) for n, entry in enumerate(plan.entries, 1)],
    }


def _line(number: int, entry: Entry) -> dict[str, Any]:
    return {
        "number": number,
        "severity": say(f"severity.{entry.severity}"),
        "code": entry.code,
        "sheet": entry.sheet,
        "cell": entry.cell,
        "message": entry.message,
        "advice": entry.advice,
        "source": entry.source,
    }


def _dress(sheet: Worksheet, filled: Filled, entries: tuple[Entry, ...]) -> None:
    """Colours by severity, a link to every place, a filter over the table."""
    at = anchors(filled.layout)
    top, last = at["findings/severity"].row, filled.layout.rows
    for row, entry in enumerate(entries, top):
        painted = copy(PatternFill("solid", fgColor=COLOURS[entry.severity]))
        cell_at(sheet, row, at["findings/severity"].col).fill = painted
        if entry.cell:
            tip = say("findings.go")
            link(cell_at(sheet, row, at["findings/cell"].col), entry.sheet, tip, entry.cell)
    sheet.auto_filter.ref = f"A{top - 1}:H{last}"


def _remember(book: Workbook, looks: Looks, marks: list[dict[str, str]]) -> None:
    sheet = book.create_sheet(official("sheet.marks"))
    filled = fill(MARKS, {"marks": marks})
    draw(sheet, filled.layout, looks)
    pour(sheet, filled)
    sheet.sheet_state = "hidden"
