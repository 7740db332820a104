"""Two documents side by side as a workbook: the money, and a line for every change."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles.colors import Color
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.comparison import counts
from xlperf.comparison.marked_words import DiffSide, marked
from xlperf.comparison.money import UnitMoney
from xlperf.forms.made_sheets.comparison_sheets import (
    CHANGES_SHEET,
    COMPARISON_SHEET,
    MONEY_CHANGES,
)
from xlperf.layout import Form, anchors, fill
from xlperf.reports.changes.comparison_view import (
    ChangeView,
    Comparison,
    groups_of,
    kind_word,
    parts_of,
)
from xlperf.wording import say
from xlperf.workbook.cells import cell_at
from xlperf.workbook.draw.cell_styles import CellStyles, dressed_book
from xlperf.workbook.draw.form_sheet import draw, page, write_values
from xlperf.workbook.package.saving import save
from xlperf.workbook.package.sheet_xml.xml_escapes import LONGEST_CELL_TEXT, encode

DELETED_COLOUR, INSERTED_COLOUR = "FFA3191F", "FF1D6B40"  # colours of words that only one side has


def write_comparison(compared: Comparison, path: Path) -> None:
    """Write the workbook of a comparison, whole or not at all."""
    save(comparison_book(compared), path)


def comparison_book(compared: Comparison) -> Workbook:
    """The workbook of a comparison: a sheet of sums, and a list of changes with a filter."""
    book, styles = dressed_book()
    summary = book.create_sheet(say("compare.sheet_summary"))
    _draw(summary, styles, COMPARISON_SHEET, _summary(compared))
    sheet = book.create_sheet(say("compare.sheet_changes"))
    rows = list(_rows(compared))
    at = _draw(sheet, styles, CHANGES_SHEET, {"title": say("compare.title"), "rows": rows})
    for number, line in enumerate(rows):
        old, new = marked(line["before"], line["after"])
        for key, side, colour in (("before", old, DELETED_COLOUR), ("after", new, INSERTED_COLOUR)):
            box = at[f"rows/{key}"]
            mark_words(sheet, (box.row + number, box.col), side, colour)
    if rows:
        first = at["rows/number"]
        sheet.auto_filter.ref = f"A{first.row - 1}:J{first.row + len(rows) - 1}"
    styles.done(book)
    book.properties.creator = "xlperf"
    return book


def _draw(sheet: Worksheet, styles: CellStyles, form: Form, values: dict[str, Any]) -> Any:
    filled_form = fill(form, values)
    draw(sheet, filled_form.layout, styles)
    write_values(sheet, filled_form)
    page(sheet, landscape=True)
    return anchors(filled_form.layout)


def mark_words(sheet: Worksheet, at: tuple[int, int], side: DiffSide, colour: str) -> None:
    """Colour the words of a cell that only this side has; a text of one piece stays as it is."""
    if len(side) < 2 or sum(len(piece.text) for piece in side) > LONGEST_CELL_TEXT // 2:
        return
    pieces: list[str | TextBlock] = []
    for piece in side:
        text = encode(piece.text)
        pieces.append(
            text if piece.same else TextBlock(InlineFont(b=True, color=Color(rgb=colour)), text)
        )
    cell_at(sheet, *at).value = CellRichText(pieces)


def _summary(compared: Comparison) -> dict[str, Any]:
    names = {"before": compared.before.source, "after": compared.after.source}
    money = compared.money
    numbers = counts(compared.changes)
    units = [_unit(unit) for unit in money.units]
    return {
        "title": say("compare.title"),
        "hint": say("compare.hint", **names),
        "kinds": [{"kind": kind_word(kind), "count": n} for kind, n in numbers.items()],
        "units": units,
        "total": {key: sum((unit[key] for unit in units), Decimal(0)) for key in MONEY_CHANGES},
        "projects": list(_projects(compared)),
    }


def _unit(unit: UnitMoney) -> dict[str, Any]:
    budget = unit.budget
    return {
        "code": unit.code,
        "name": unit.name or ("" if unit.code else say("compare.no_unit")),
        "before": budget.before,
        "after": budget.after,
        "difference": budget.difference,
        "added": unit.added,
        "removed": -unit.removed,
        "arrived": unit.arrived,
        "left": -unit.left,
        "changed": unit.changed,
    }


def _projects(compared: Comparison) -> Iterator[dict[str, Any]]:
    for item in compared.money.projects:
        yield {
            "code": item.code,
            "name": item.name,
            "before": item.before,
            "after": item.after,
            "difference": item.difference,
            "kind": kind_word(item.kind),
        }


def _rows(compared: Comparison) -> Iterator[dict[str, Any]]:
    """A line for every change, numbered; a whole project has one for each of its parts."""
    number = 0
    for group in groups_of(compared):
        name = group.name or ("" if group.code else say("compare.department"))
        for view in group.changes:
            for what, before, after in _cells(view):
                number += 1
                yield {
                    "number": number,
                    "kind": view.kind,
                    "code": group.code,
                    "name": name,
                    "what": what,
                    "before": before,
                    "after": after,
                    "difference": view.difference,
                    "where_before": str(view.where_before or ""),
                    "where": str(view.where or ""),
                }


def _cells(view: ChangeView) -> Iterator[tuple[str, str, str]]:
    """What is said of a change, what stood before and after: once, or for each part."""
    change = view.change
    if change.field != "projects":
        yield view.label, view.before, view.after
        return
    for what, text in parts_of(change.before or change.after or {}, change.field):
        yield what, text if change.after is None else "", text if change.before is None else ""
