"""A reviewer's own words out of a reviewer's worksheet, wherever its rows were moved."""

from __future__ import annotations

from pathlib import Path

from xlperf.errors import UserError
from xlperf.forms.defined_names import MADE_FIELD, field_name
from xlperf.forms.made_sheets.books import REVIEW
from xlperf.layout import pluck
from xlperf.layout.cell_values import parse_text
from xlperf.reviewing.opinions import Opinion
from xlperf.workbook.grids import grid_of, sheets_of
from xlperf.workbook.names import fields
from xlperf.workbook.package.open_safely import open_book

# a sheet with this name is a reviewer's worksheet
OPINION_SIGN = field_name("rows/opinion", MADE_FIELD)

SUBJECT = ("department", "code", "name")


def read_opinions(path: Path) -> list[Opinion]:
    """Every grade and opinion that a reviewer wrote; a file without the worksheet is refused."""
    sheets = [
        item
        for item in sheets_of(open_book(path, values=True))
        if OPINION_SIGN in item.defined_names
    ]
    if not sheets:
        raise UserError("no_opinions", file=path)
    result = []
    for sheet in sheets:
        rows = pluck(REVIEW, grid_of(sheet), fields(sheet, is_made_sheet=True)).values.get(
            "rows", ()
        )
        for row in rows:
            texts = {key: parse_text(row.get(key) or "").strip() for key in ("decision", "opinion")}
            if any(texts.values()):
                about = {key: parse_text(row.get(key) or "") for key in SUBJECT}
                result.append(Opinion(**about, decision=texts["decision"], text=texts["opinion"]))
    return result
