"""Looks: the named cell styles of `workbook_templates/styles.xlsx`, which anyone edits in Excel."""

from __future__ import annotations

from copy import copy
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import NamedStyle, PatternFill
from openpyxl.styles.cell_style import StyleArray

from xlperf.errors import UserError
from xlperf.storage.files import shipped
from xlperf.workbook.cells import cell_at

PREFIX = "xp_"
STYLE_TEMPLATE = ("workbook_templates", "styles.xlsx")


class CellStyles:
    """The styles of a workbook by the names that forms use: "label" is the style xp_label."""

    def __init__(self, book: Workbook) -> None:
        self._scratch = book.create_sheet("xlperf styles")
        self._style_names = set(book.named_styles)
        self._arrays: dict[str, StyleArray] = {}

    def give(self, cell: Cell, look: str) -> None:
        """Give a cell a style by its name without the prefix; UserError where there is none."""
        if look not in self._arrays:
            self._arrays[look] = self._array(look)
        # what cell.style does, without looking the name up
        cell._style = copy(self._arrays[look])  # type: ignore[attr-defined]

    def numbers(self, look: str, colour: str = "", number_format: str = "") -> tuple[int, int]:
        """The numbers that a style has in the file: as it is, and for a text that is no formula.

        `colour` (RGB) and `number_format`: what a cell has besides, "" for what the style has.
        """
        cell = cell_at(self._scratch, 1, 1)
        self.give(cell, look)
        if colour:
            cell.fill = PatternFill("solid", fgColor=f"FF{colour}")
        if number_format:
            cell.number_format = number_format
        cells: Any = self._scratch.parent._cell_styles
        plain: StyleArray = copy(cell._style)  # type: ignore[attr-defined]
        quoted = copy(plain)
        quoted.quotePrefix = 1
        return cells.add(plain), cells.add(quoted)

    def _array(self, look: str) -> StyleArray:
        if PREFIX + look not in self._style_names:
            raise UserError("no_style", style=PREFIX + look, file="/".join(STYLE_TEMPLATE))
        sample = cell_at(self._scratch, 1, 1)
        sample.style = PREFIX + look
        array: StyleArray = copy(sample._style)  # type: ignore[attr-defined]
        return array

    def done(self, book: Workbook) -> None:
        """Remove the scratch sheet, which was only needed while drawing."""
        book.remove(self._scratch)


def adopt_styles(book: Workbook) -> CellStyles:
    """The looks of a workbook that exists; styles it has lost come back from the template."""
    template = load_workbook(shipped(*STYLE_TEMPLATE))
    names = set(book.named_styles)
    for style in template._named_styles:  # type: ignore[attr-defined]
        if style.name.startswith(PREFIX) and style.name not in names:
            book.add_named_style(_copied(style))
    return CellStyles(book)


def renew_styles(book: Workbook) -> CellStyles:
    """The looks of a workbook that exists, its styles of ours as the template has them."""
    template = load_workbook(shipped(*STYLE_TEMPLATE))
    listed = book._named_styles  # type: ignore[attr-defined]
    at = {style.name: position for position, style in enumerate(listed)}
    for style in template._named_styles:  # type: ignore[attr-defined]
        if style.name.startswith(PREFIX):
            fresh_style = _copied(style)
            if style.name in at:
                listed[at[style.name]] = fresh_style
                fresh_style.bind(book)
            else:
                book.add_named_style(fresh_style)
    return CellStyles(book)


def _copied(style: NamedStyle) -> NamedStyle:
    return NamedStyle(
        name=style.name,
        font=copy(style.font),
        fill=copy(style.fill),
        border=copy(style.border),
        alignment=copy(style.alignment),
        number_format=style.number_format,
        protection=copy(style.protection),
    )


def dressed_book() -> tuple[Workbook, CellStyles]:
    """A workbook with the template's styles and theme and no sheet yet."""
    book = load_workbook(shipped(*STYLE_TEMPLATE))
    for sheet in list(book.worksheets):
        book.remove(sheet)
    book.defined_names.clear()
    return book, CellStyles(book)
