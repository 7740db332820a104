"""Sheets with long lists: openpyxl draws what is around the lists, their rows are written as XML.

A roll-up has tens of thousands of cells that differ in nothing but their values; to make an object
of each takes ten times as long as to write it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.layout import Box, Cell, FilledForm, Form, Formula
from xlperf.layout.addresses import area_address, letters
from xlperf.layout.cell_values import show
from xlperf.layout.fill_pluck import fill_in
from xlperf.layout.long_lists import LongLayout, LongList, lay_out
from xlperf.layout.placement import PlacedCell
from xlperf.layout.text_height import LOWEST_ROW
from xlperf.storage import deterministic_zips
from xlperf.workbook.draw.cell_styles import CellStyles
from xlperf.workbook.draw.form_sheet import draw, write_values
from xlperf.workbook.draw.row_heights import TALLEST_ROW, needed, room_of
from xlperf.workbook.package.saving import StringTable, parts_of
from xlperf.workbook.package.sheet_xml.cell_xml import CellLook, behind_ref
from xlperf.workbook.package.sheet_xml.list_rows import (
    CellLink,
    relations,
    row_xml,
    with_dimension,
    with_links,
    with_rows,
)
from xlperf.workbook.part_names import SHEETS_FOLDER

MOST_LINKS = 65_000  # of a sheet: Excel takes 65,530; the words of a place stand there all the same


class FormulaWithResult(Formula):
    """A formula with what it gives."""

    __slots__ = ("gives",)

    def __new__(cls, formula: str, gives: float) -> FormulaWithResult:
        """The formula as a text that begins with an equals sign; a number."""
        result = super().__new__(cls, formula)
        result.gives = gives
        return result

    gives: float


@dataclass(frozen=True)
class Extras:
    """What the cells of one column of a list have besides their values, an entry each row."""

    links: Sequence[CellLink | None] = ()
    colours: Sequence[str] = ()  # RGB of the ground
    number_format: str = ""


NO_EXTRAS = Extras()


@dataclass
class StreamedSheet:
    """A sheet that is drawn but for the rows of its lists.

    `extras`: by column ("projects/place").
    """

    sheet: Worksheet
    long: LongLayout
    filled_form: FilledForm
    extras: dict[str, Extras] = field(default_factory=dict)
    looks: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)

    @property
    def at(self) -> dict[str, Box]:
        """The boxes of fields and of columns of lists, by their keys."""
        return self.long.at

    @property
    def rows(self) -> int:
        """How many rows the form takes."""
        return self.long.layout.rows

    def add(self, key: str, extras: Extras) -> None:
        """Say what the cells of a column have besides their values."""
        self.extras[key] = extras

    def take_looks(self, styles: CellStyles) -> None:
        """Ask for the numbers of all styles, while the book still knows them by their names."""
        for part, cell in self._columns():
            extras = self.extras.get(f"{part.part.list_ref}/{cell.ref}", NO_EXTRAS)
            for colour in dict.fromkeys(["", *extras.colours]):
                key = f"{part.part.list_ref}/{cell.ref}", colour
                self.looks[key] = styles.numbers(cell.look, colour, extras.number_format)

    def results(self) -> dict[tuple[int, int], Any]:
        """What the formulas outside the lists give."""
        values = self.filled_form.grid.values.items()
        return {at: value.gives for at, value in values if isinstance(value, FormulaWithResult)}

    def links(self) -> list[tuple[str, CellLink]]:
        """The links of its cells by their addresses, as many as a sheet can have."""
        link_cells = (
            (f"{letters(self.at[key].col)}{row}", link)
            for key, extras in self.extras.items()
            for row, link in enumerate(extras.links, self.at[key].row)
            if link is not None
        )
        return list(islice(link_cells, MOST_LINKS))

    def xml(
        self, sheet_xml: str, strings: StringTable, links: Sequence[tuple[str, CellLink]]
    ) -> str:
        """The XML of the whole sheet, from what was drawn of it."""
        last = max(self.rows, self.sheet.max_row)
        area = Box(1, 1, max(self.sheet.max_column, len(self.long.layout.form.widths)), last)
        sheet_xml = with_links(with_dimension(sheet_xml, area_address(area)), links)
        for part in self.long.lists:  # the longest last: nothing is copied then
            sheet_xml = with_rows(sheet_xml, part.row, self._rows(part, strings))
        return sheet_xml

    def _columns(self) -> Iterator[tuple[LongList, Cell]]:
        return ((part, cell) for part in self.long.lists for _, cell in part.columns)

    def _rows(self, part: LongList, strings: StringTable) -> Iterator[str]:
        columns = [self._column(part, col, cell, strings) for col, cell in part.columns]
        for at, item in enumerate(part.items):
            row = part.row + at
            cells, heights = [], [LOWEST_ROW]
            for column in columns:
                behind, height = column.cell_of(item.get(column.cell.ref), at)
                cells.append(f'<c r="{column.letters}{row}"{behind}')
                heights.append(height)
            yield row_xml(row, min(max(heights), TALLEST_ROW), "".join(cells))

    def _column(self, part: LongList, col: int, cell: Cell, strings: StringTable) -> _Column:
        key = f"{part.part.list_ref}/{cell.ref}"
        looks = {
            colour: CellLook("", plain, plain, quoted)
            for (of, colour), (plain, quoted) in self.looks.items()
            if of == key
        }
        slot = PlacedCell(Box(part.row, col, cell.width), cell)
        room = room_of(slot, self.long.layout.form.widths)
        colours = self.extras.get(key, NO_EXTRAS).colours
        return _Column(cell, letters(col), slot.box, room, looks, colours, strings)


@dataclass(frozen=True)
class _Column:
    """A column of a list: where it is, the digits a line has, its styles by colours of rows."""

    cell: Cell
    letters: str
    box: Box
    room: float
    looks: Mapping[str, CellLook]
    colours: Sequence[str]
    strings: StringTable
    cell_cache: dict[tuple[str, str], tuple[str, float]] = field(default_factory=dict)

    def cell_of(self, value: Any, at: int) -> tuple[str, float]:
        """The XML behind a cell's address, `at` in the list, and the points that it needs."""
        colour = self.colours[at] if self.colours else ""
        if type(value) is str and self.cell.kind == "text":
            key = value, colour
            entry = self.cell_cache.get(key)
            if entry is None:
                height = needed(value, self.room, self.box)
                entry = behind_ref(self.looks[colour], value, self.strings), height
                self.cell_cache[key] = entry
            elif value:
                self.strings.again(1)
            return entry
        content = show(self.cell.kind, value)
        gives = content.gives if isinstance(content, FormulaWithResult) else None
        height = needed(content, self.room, self.box)
        return behind_ref(self.looks[colour], content, self.strings, gives), height


def list_sheet(
    sheet: Worksheet, styles: CellStyles, form: Form, values: Mapping[str, Any]
) -> StreamedSheet:
    """Draw an empty sheet for a form but for the rows of its lists."""
    long = lay_out(form, values)
    filled_form = fill_in(long.layout, values)
    draw(sheet, long.layout, styles, long.at)
    write_values(sheet, filled_form)
    return StreamedSheet(sheet, long, filled_form)


def pack_lists(book: Workbook, styles: CellStyles, sheets: Iterable[StreamedSheet]) -> bytes:
    """The file of a book of such sheets, as bytes; all formulas have results."""
    streamed_sheets = {item.sheet.title: item for item in sheets}
    for item in streamed_sheets.values():
        item.take_looks(styles)
    styles.done(book)
    results = {title: item.results() for title, item in streamed_sheets.items()}
    parts, strings = parts_of(book, results)
    for number, sheet in enumerate(book.worksheets, 1):
        name, related = (
            f"{SHEETS_FOLDER}sheet{number}.xml",
            f"{SHEETS_FOLDER}_rels/sheet{number}.xml.rels",
        )
        item = streamed_sheets[sheet.title]
        links = item.links()
        parts[name] = item.xml(parts[name].decode(), strings, links).encode()
        if links:
            parts[related] = relations(parts.get(related, b"").decode(), links).encode()
    return deterministic_zips.pack(parts | strings.parts())
