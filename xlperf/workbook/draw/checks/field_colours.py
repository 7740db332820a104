"""The colours of fields whose checks fire, as few conditional formats.

LibreOffice takes more than a kilobyte for a format. One for all single fields looks up the line of
the cell's row and column; one for columns of a list side by side looks at the columns of their
tokens, which stand side by side, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from openpyxl.worksheet.worksheet import Worksheet

from xlperf.formulas.field_checks import fields_of
from xlperf.formulas.sheet_checks import ROW_COLUMN, SHEET_COLUMN, TOTAL_COLUMN, SheetChecks
from xlperf.layout import Box, anchors
from xlperf.layout.addresses import address, box_of
from xlperf.layout.placement import with_edges
from xlperf.workbook.draw.checks.conditional_formats import CHECK_FILLS, add_format


def colour_fields(sheet: Worksheet, checks: SheetChecks) -> None:
    """Conditional formats: a field whose checks fire is coloured, whatever fill it has."""
    for boxes, tokens in (*_singles(checks), *_lists(checks)):
        for sign, colour in CHECK_FILLS.items():
            add_format(sheet, boxes, f'FIND("{sign}",{tokens})', fill=colour)


def _singles(checks: SheetChecks) -> Iterator[tuple[list[Box], str]]:
    """The boxes of all single fields with a formula for a cell's tokens, then groups of fields."""
    at = anchors(checks.layout)
    alone = [box for key, cell in checks.fields.items() if key in at and (box := box_of(cell))]
    if alone:
        rows = [box.row for box in alone]
        tokens, row, column = (
            address(Box(min(rows), col, 1, max(rows) - min(rows) + 1))
            for col in (TOTAL_COLUMN, ROW_COLUMN, SHEET_COLUMN)
        )
        # beside the last 1, which is that of the field that begins here or, where cells are merged,
        # on the left; a line whose field was deleted is an error and is passed over
        own_tokens = f"LOOKUP(2,1/(({row}=ROW())*({column}<=COLUMN())),{tokens})"
        yield [at[key] for key in checks.fields if key in at], own_tokens
    for key, boxes, cell in fields_of(checks, at):
        if key not in at:
            yield boxes, cell


def _lists(checks: SheetChecks) -> Iterator[tuple[list[Box], str]]:
    """The columns of lists from edge to edge, those side by side as one, each with its tokens."""
    layout, at = checks.layout, anchors(checks.layout)
    runs: list[tuple[Box, Box, bool]] = []
    for name, tokens in checks.columns.items():
        scope, _, key = name.partition(" ")
        ref = scope.removeprefix("projects/").strip("/")
        box = at.get(f"{ref}/{key}") or at[f"{ref}/name"]  # of a whole row: its name
        edges = with_edges(layout, box)
        if runs and _goes_on(*runs[-1][:2], edges, tokens):
            wide, first, _ = runs[-1]
            width = edges.col + edges.width - wide.col
            runs[-1] = replace(wide, width=width), first, True
        else:
            runs.append((edges, tokens, False))
    for edges, tokens, is_wide in runs:
        # the row above the tokens is empty
        cells = address(Box(tokens.row - 1, tokens.col, 1, tokens.height + 1))
        top = address(Box(*edges.at))
        if is_wide:  # the columns of the tokens go with the cell's own one
            cells, top = (text.replace("$", "", 1).replace(":$", ":") for text in (cells, top))
        yield [edges], f"INDEX({cells},ROW()-ROW({top})+1)"


def _goes_on(wide: Box, first: Box, edges: Box, tokens: Box) -> bool:
    """Whether a list's column and its tokens stand beside those before as far as these do."""
    return (
        (edges.row, edges.height) == (wide.row, wide.height)
        and edges.col == wide.col + wide.width
        and edges.col - wide.col == tokens.col - first.col
        and tokens.row == first.row
    )
