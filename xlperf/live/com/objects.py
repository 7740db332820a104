"""Excel's own objects behind xlwings, and the list of all their members that are used here.

A misspelled member of a COM object makes xlwings try for ever, so `MEMBERS` lists every one that
this package uses, and a test compares the two. Each access is a round trip to Excel; what is asked
often is asked together (`batch`).
"""

from __future__ import annotations

import atexit
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import xlwings as xw

from xlperf.layout import Box, Coord
from xlperf.layout.addresses import area_of, box_of, cell_address
from xlperf.live.com.address_chunks import AREAS, name_chunks, split_address, union
from xlperf.live.com.batch import (
    INTERIOR,
    NAMES_MEMBER,
    USED_RANGE,
    WORKSHEETS,
    Batched,
    Channel,
    ExcelRefusalError,
    MemberLink,
    Root,
    cells,
    channel_to,
    checked,
    errors,
    item,
)

ATTEMPTS = 5000  # how often xlwings may try again while Excel is busy; 0 is for ever
ERROR_BY_NUMBER = {  # COM hands an error value over as 0x800A0000 + its xlErr number
    -2146826288: "#NULL!",
    -2146826281: "#DIV/0!",
    -2146826273: "#VALUE!",
    -2146826265: "#REF!",
    -2146826259: "#NAME?",
    -2146826252: "#NUM!",
    -2146826246: "#N/A",
}
VISIBLE = -1  # xlSheetVisible
XL_SHEET_HIDDEN = 0  # xlSheetHidden
NO_FILL = -4142  # xlColorIndexNone
MERGE_AREA: MemberLink = ("MergeArea", None)


def limit_attempts() -> None:
    """Keep xlwings from trying for ever, and from ending Excels that show no window."""
    engine = getattr(xw, "_xlwindows", None)
    if engine is not None:
        engine.N_COM_ATTEMPTS = ATTEMPTS
        atexit.unregister(engine.cleanup)


@dataclass(frozen=True)
class Contents:
    """A sheet's used range: its top row and left column, and each row's values and formulas."""

    top: int
    left: int
    values: Sequence[Sequence[Any]]
    formulas: Sequence[Sequence[Any]]

    def cells(self) -> Iterator[tuple[Coord, Any, str]]:
        """Every cell that says something: where, what, and its formula, "" for a constant.

        A text that begins with an equals sign is its own "formula".
        """
        for row, line in enumerate(self.values, self.top):
            formulas = self.formulas[row - self.top] if self.formulas else ()
            for col, value in enumerate(line, self.left):
                text = formulas[col - self.left] if formulas else ""
                formula = text if str(text)[:1] == "=" and text != value else ""
                if value not in (None, "") or formula:
                    yield (row, col), plain(value), formula


def plain(value: Any) -> Any:
    """A value of Value2, one of Excel's error numbers turned into its text such as #N/A."""
    if isinstance(value, int) and not isinstance(value, bool):
        return ERROR_BY_NUMBER.get(value, value)
    return value


class LiveSheet(Root):
    """A worksheet of a live book; methods that are `Batched` are run by `run_one` or `run_all`."""

    def __init__(self, com: Any, title: str = "", line: Channel | None = None) -> None:
        super().__init__(com, title or str(com.Name), line or Channel())

    @property
    def com(self) -> Any:
        """Excel's own object, fetched when it is needed for the first time."""
        if self._com is None and self.line.book is not None:
            self._com = self.line.book.api.Worksheets(self.title)
        return self._com

    def contents(self, *, formulas: bool = True) -> Batched[Contents]:
        """Values and formulas of the used range, or only its values."""
        members = ("Address", "Value2", "Formula") if formulas else ("Address", "Value2")
        answers = yield [self.get(member, USED_RANGE) for member in members]
        address, *content = map(checked, answers)
        box = area_of(str(address)) or Box(1, 1)
        values, *more = map(rows, content)
        return Contents(box.row, box.col, values, *(more or [()]))

    def range(self, text: str) -> Any:
        """The cells of an address or of names."""
        return self.com.Range(text)

    def boxes(
        self, names: Sequence[str], also: Sequence[str] = ()
    ) -> Batched[dict[str, Box] | None]:
        """The rectangles of names; None if one of them is not there or has no cells.

        `also`: names that may be missing.
        """
        result: dict[str, Box] = {}
        chunks = list(name_chunks(names, AREAS))
        queries = [*(",".join(chunk) for chunk in chunks), *also]
        answers = yield [self.get("Address", cells(areas_text)) for areas_text in queries]
        for name, address in zip(also, answers[len(chunks) :], strict=True):
            if not isinstance(address, ExcelRefusalError) and (there := box_of(str(address))):
                result[name] = there
        answers = answers[: len(chunks)]
        for chunk, addresses in zip(chunks, answers, strict=True):
            areas = [] if isinstance(addresses, ExcelRefusalError) else str(addresses).split(",")
            boxes = [box_of(area) for area in areas]
            if len(boxes) != len(chunk) or None in boxes:
                return None
            result |= {name: box for name, box in zip(chunk, boxes, strict=True) if box}
        return result

    def names(self) -> Batched[dict[str, Box | None]]:
        """The sheet's own defined names, each with its rectangle; None for one without cells."""
        (count,) = yield [self.get("Count", NAMES_MEMBER)]
        ways = [(NAMES_MEMBER, item(n)) for n in range(1, int(checked(count)) + 1)]
        answers = yield [self.get(member, *way) for way in ways for member in ("Name", "RefersTo")]
        texts = [str(checked(answer)) for answer in answers]
        return {
            name.rpartition("!")[2]: box_of(target.removeprefix("="))
            for name, target in zip(texts[::2], texts[1::2], strict=True)
        }

    def number_formats(self, *groups: Sequence[Coord]) -> Batched[dict[Coord, str]]:
        """The number formats of cells; a group's are asked for together, as they mostly agree."""
        return self._alike(groups, "NumberFormat")

    def merged(self, *groups: Sequence[Coord]) -> Batched[dict[Coord, bool]]:
        """Whether cells are part of a merged area; a group's answers are asked for together."""
        return self._alike(groups, "MergeCells")

    def fills(self, coords: Sequence[Coord]) -> Batched[dict[Coord, int | None]]:
        """The fill colours of cells as Excel's numbers (BBGGRR); None for a cell without a fill."""
        indices = yield from self._alike([coords], "ColorIndex", INTERIOR)
        coloured = [coord for coord, index in indices.items() if index != NO_FILL]
        shades = yield from self._alike([coloured], "Color", INTERIOR)
        return {coord: int(shades[coord]) if coord in shades else None for coord in coords}

    def _alike(
        self, groups: Sequence[Sequence[Coord]], member: str, *of: MemberLink
    ) -> Batched[dict[Coord, Any]]:
        """A property of cells, asked for together as long as they agree."""
        result: dict[Coord, Any] = {}
        waiting = [part for coords in groups for part in split_address(coords)]
        while waiting:
            answers = yield [self.get(member, cells(union(part)), *of) for part in waiting]
            parts, waiting = waiting, []
            for part, value in zip(parts, map(checked, answers), strict=True):
                if value is not None or len(part) == 1:
                    result |= dict.fromkeys(part, value)
                else:
                    half = len(part) // 2
                    waiting += [part[:half], part[half:]]
        return result

    def merge_areas(self, coords: Sequence[Coord]) -> Batched[list[Box]]:
        """The merged areas that cells belong to, each once; an unmerged cell is its own area."""
        answers = yield [
            self.get("Address", cells(cell_address(*coord)), MERGE_AREA) for coord in coords
        ]
        areas = zip(coords, map(checked, answers), strict=True)
        return list(dict.fromkeys(box_of(str(area)) or Box(*coord) for coord, area in areas))

    def clear(self) -> None:
        """Take everything off the sheet."""
        self.com.UsedRange.Clear()


def sheets(book: xw.Book, *, inside: bool = False) -> list[LiveSheet]:
    """All worksheets of a book, in order.

    inside: whether their calls are to be answered by the add-in's macro, where it is loaded.
    """
    line = channel_to(book, inside=inside)
    if titles := _titles(line, Root(book.api, "", line)):
        return [LiveSheet(None, title, line) for title in titles]
    return [LiveSheet(Worksheet, line=line) for Worksheet in book.api.Worksheets]


def _titles(channel: Channel, book: Root) -> list[str]:
    """The titles of all worksheets as they are told inside Excel; none where that fails."""
    for count in channel.inside([book.get("Count", WORKSHEETS)]) or ():
        asks = [book.get("Name", WORKSHEETS, item(n)) for n in range(1, int(checked(count)) + 1)]
        return [str(checked(title)) for title in channel.inside(asks) or ()]
    return []


def rows(content: Any) -> Sequence[Sequence[Any]]:
    """What Excel gives for a range, as rows: a single cell is given bare."""
    return content if isinstance(content, tuple) else ((content,),)


def allowed(protection: Any) -> tuple[bool, ...]:
    """What a protected sheet lets people do, in the order of `Protect`'s last eleven arguments."""
    permissions = (
        protection.AllowFormattingCells,
        protection.AllowFormattingColumns,
        protection.AllowFormattingRows,
        protection.AllowInsertingColumns,
        protection.AllowInsertingRows,
        protection.AllowInsertingHyperlinks,
        protection.AllowDeletingColumns,
        protection.AllowDeletingRows,
        protection.AllowSorting,
        protection.AllowFiltering,
        protection.AllowUsingPivotTables,
    )
    return tuple(bool(permission) for permission in permissions)


def sheet_of(book: xw.Book, title: str) -> LiveSheet | None:
    """A sheet by its title; None where there is none."""
    try:
        com, line = book.api.Worksheets(title), channel_to(book)
        own_title = title if isinstance(book, xw.Book) else str(com.Name)  # is it there?
        return LiveSheet(com, own_title, line)
    except errors():
        return None


def active_cell(book: xw.Book) -> tuple[str, Coord]:
    """The book's sheet in front, and the cell that the user is in, whichever book is active."""
    box = box_of(str(book.api.Windows(1).ActiveCell.Address)) or Box(1, 1)
    return str(book.api.ActiveSheet.Name), box.at


def go(sheet: LiveSheet, coord: Coord) -> None:
    """Take the user to a cell."""
    sheet.com.Activate()
    sheet.range(cell_address(*coord)).Select()


def add_sheet(book: xw.Book, before: LiveSheet, title: str) -> LiveSheet:
    """A new worksheet in front of another (behind one, Excel does not always put it)."""
    com = book.api.Worksheets.Add(Before=before.com)
    com.Name = title
    return LiveSheet(com, title, before.line)


def remove(book: xw.Book, *titles: str) -> None:
    """Delete sheets, without Excel asking."""
    app = book.app.api
    alerts = app.DisplayAlerts
    app.DisplayAlerts = False
    try:
        for title in titles:
            if sheet := sheet_of(book, title):
                sheet.com.Visible = VISIBLE
                sheet.com.Delete()
    finally:
        app.DisplayAlerts = alerts
