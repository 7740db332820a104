"""Excel's own objects behind xlwings, and the list of all their members that are used here.

A misspelled member of a COM object makes xlwings try for ever, so `MEMBERS` lists every one that
this package uses, and a test compares the two. Each access is a round trip to Excel.
"""

from __future__ import annotations

import atexit
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import xlwings as xw

from xlperf.layout import Box, Coord
from xlperf.layout.addresses import area_address, box_of, cell_address

MEMBERS = frozenset(
    (
        "Activate", "ActiveCell", "ActiveSheet", "ActiveWindow", "Add", "AddComment", "Address",
        "AllowDeletingColumns", "AllowDeletingRows", "AllowFiltering", "AllowFormattingCells",
        "AllowFormattingColumns", "AllowFormattingRows", "AllowInsertingColumns",
        "AllowInsertingHyperlinks", "AllowInsertingRows", "AllowSorting",
        "AllowUsingPivotTables", "AutoFilter", "Clear", "ClearComments", "ClearContents",
        "Color", "ColorIndex", "ColumnWidth", "Comment", "Copy", "Delete", "DisplayAlerts",
        "FileDialog", "FitToPagesTall", "FitToPagesWide", "Formula", "FreezePanes", "Hidden",
        "Hyperlinks", "Insert", "Interior", "MergeArea", "MergeCells", "Name", "Names",
        "NumberFormat", "Orientation", "PageSetup", "Path", "Protect", "ProtectContents",
        "ProtectDrawingObjects", "ProtectScenarios", "Protection", "Range", "RefersTo", "Select",
        "SelectedItems", "Show", "SplitRow", "Style", "Text", "Title", "Unprotect", "UsedRange",
        "Value2", "Version", "Visible", "Worksheets", "Zoom",
    )
)  # fmt: skip
ATTEMPTS = 5000  # how often xlwings may try again while Excel is busy; 0 is for ever
MOST = 240  # characters of an address: Excel refuses more than 255
AREAS = 15  # areas of an address that Excel gives back, for the same reason
ERRORS = {
    -2146826288: "#NULL!",
    -2146826281: "#DIV/0!",
    -2146826273: "#VALUE!",
    -2146826265: "#REF!",
    -2146826259: "#NAME?",
    -2146826252: "#NUM!",
    -2146826246: "#N/A",
}
VISIBLE = -1
HIDDEN = 0
NO_FILL = -4142
FILES, FOLDERS = 3, 4  # what a file dialog asks for


def tame() -> None:
    """Keep xlwings from trying for ever, and from ending Excels that show no window."""
    engine = getattr(xw, "_xlwindows", None)
    if engine is not None:
        engine.N_COM_ATTEMPTS = ATTEMPTS
        atexit.unregister(engine.cleanup)


def errors() -> tuple[type[Exception], ...]:
    """What Excel's refusals are raised as."""
    engine = getattr(xw, "_xlwindows", None)
    return (engine.pywintypes.com_error,) if engine is not None else (xw.XlwingsError,)


@dataclass(frozen=True)
class Contents:
    """A sheet's used cells: the top left one, what they say, and their formulas."""

    top: int
    left: int
    values: Sequence[Sequence[Any]]
    formulas: Sequence[Sequence[Any]]

    def cells(self) -> Iterator[tuple[Coord, Any, str]]:
        """Every cell that says something: where, what, and its formula, "" for a constant.

        A text that begins with an equals sign is its own "formula".
        """
        for row, line in enumerate(self.values, self.top):
            told = self.formulas[row - self.top] if self.formulas else ()
            for col, value in enumerate(line, self.left):
                text = told[col - self.left] if told else ""
                formula = text if str(text)[:1] == "=" and text != value else ""
                if value not in (None, "") or formula:
                    yield (row, col), plain(value), formula


def plain(value: Any) -> Any:
    """A value as Value2 gives it, an error in words."""
    if isinstance(value, int) and not isinstance(value, bool):
        return ERRORS.get(value, value)
    return value


class Sheet:
    """A worksheet of a live book."""

    def __init__(self, com: Any, title: str = "") -> None:
        self.com = com
        self.title = title or str(com.Name)

    def contents(self, *, formulas: bool = True) -> Contents:
        """All used cells in one go."""
        used = self.com.UsedRange
        box = box_of(str(used.Address)) or Box(1, 1)
        values = rows(used.Value2)
        return Contents(box.row, box.col, values, rows(used.Formula) if formulas else ())

    def range(self, text: str) -> Any:
        """The cells of an address or of names."""
        return self.com.Range(text)

    def boxes(self, names: Sequence[str]) -> dict[str, Box] | None:
        """The rectangles of names; None if one of them is not there or has no cells."""
        found: dict[str, Box] = {}
        for chunk in joined(names, AREAS):
            try:
                areas = str(self.range(",".join(chunk)).Address).split(",")
            except errors():
                return None
            boxes = [box_of(area) for area in areas]
            if len(boxes) != len(chunk) or None in boxes:
                return None
            found |= {name: box for name, box in zip(chunk, boxes, strict=True) if box}
        return found

    def names(self) -> dict[str, Box | None]:
        """All the sheet's own names, one by one."""
        found = {}
        for name in self.com.Names:
            said = str(name.Name).rpartition("!")[2]
            found[said] = box_of(str(name.RefersTo).removeprefix("="))
        return found

    def number_formats(self, coords: Sequence[Coord]) -> dict[Coord, str]:
        """The number formats of cells, asked for together as long as they agree."""
        return self._alike(coords, "NumberFormat")

    def merged(self, coords: Sequence[Coord]) -> dict[Coord, bool]:
        """Which cells are part of a merged area."""
        return self._alike(coords, "MergeCells")

    def fills(self, coords: Sequence[Coord]) -> dict[Coord, int | None]:
        """The colours of cells that have one."""
        known = self._alike(coords, "ColorIndex", "Interior")
        coloured = [coord for coord, index in known.items() if index != NO_FILL]
        shades = self._alike(coloured, "Color", "Interior")
        return {coord: int(shades[coord]) if coord in shades else None for coord in coords}

    def _alike(self, coords: Sequence[Coord], member: str, of: str = "") -> dict[Coord, Any]:
        found: dict[Coord, Any] = {}
        for part in _parts(coords):
            cells = self.range(union(part))
            value = getattr(getattr(cells, of) if of else cells, member)
            if value is not None or len(part) == 1:
                found |= dict.fromkeys(part, value)
            else:
                half = len(part) // 2
                found |= self._alike(part[:half], member, of)
                found |= self._alike(part[half:], member, of)
        return found

    def merge_area(self, coord: Coord) -> Box:
        """The merged area a cell belongs to, or the cell."""
        area = self.range(cell_address(*coord)).MergeArea.Address
        return box_of(str(area)) or Box(*coord)

    def clear(self) -> None:
        """Take everything off the sheet."""
        self.com.UsedRange.Clear()


def sheets(book: xw.Book) -> list[Sheet]:
    """All worksheets of a book, in order."""
    return [Sheet(each) for each in book.api.Worksheets]


def rows(content: Any) -> Sequence[Sequence[Any]]:
    """What Excel gives for a range, as rows: a single cell is given bare."""
    return content if isinstance(content, tuple) else ((content,),)


def joined(names: Sequence[str], most: int) -> Iterator[list[str]]:
    """Names in groups short enough for one address."""
    chunk: list[str] = []
    for name in names:
        if len(chunk) == most or len(",".join([*chunk, name])) > MOST:
            yield chunk
            chunk = []
        chunk.append(name)
    if chunk:
        yield chunk


def _parts(coords: Sequence[Coord]) -> Iterator[list[Coord]]:
    """Cells in groups whose address is short enough."""
    chunk: list[Coord] = []
    for coord in coords:
        if chunk and len(union([*chunk, coord])) > MOST:
            yield chunk
            chunk = []
        chunk.append(coord)
    if chunk:
        yield chunk


def unions(coords: Iterable[Coord]) -> Iterator[str]:
    """Addresses that together name all these cells."""
    return (union(part) for part in _parts(sorted(coords, key=lambda at: (at[1], at[0]))))


def union(coords: Sequence[Coord]) -> str:
    """One address of cells; cells below one another are named together."""
    areas: list[Box] = []
    for row, col in coords:
        last = areas[-1] if areas else None
        if last and col == last.col and row == last.row + last.height:
            areas[-1] = Box(last.row, last.col, 1, last.height + 1)
        else:
            areas.append(Box(row, col))
    return ",".join(area_address(area) for area in areas)


def allowed(protection: Any) -> tuple[bool, ...]:
    """What a protected sheet lets people do, in the order in which `Protect` is told."""
    told = (
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
    return tuple(bool(each) for each in told)


def sheet_of(book: xw.Book, title: str) -> Sheet | None:
    """A sheet by its title; None where there is none."""
    try:
        return Sheet(book.api.Worksheets(title), title)
    except errors():
        return None


def here(book: xw.Book) -> tuple[str, Coord]:
    """The sheet in front, and the cell that the user is in."""
    box = box_of(str(book.app.api.ActiveCell.Address)) or Box(1, 1)
    return str(book.api.ActiveSheet.Name), box.at


def go(sheet: Sheet, coord: Coord) -> None:
    """Take the user to a cell."""
    sheet.com.Activate()
    sheet.range(cell_address(*coord)).Select()


def add_sheet(book: xw.Book, before: Sheet, title: str) -> Sheet:
    """A new worksheet in front of another (behind one, Excel does not always put it)."""
    com = book.api.Worksheets.Add(Before=before.com)
    com.Name = title
    return Sheet(com, title)


def remove(book: xw.Book, *titles: str) -> None:
    """Delete sheets, without Excel asking."""
    app = book.app.api
    asked = app.DisplayAlerts
    app.DisplayAlerts = False
    try:
        for title in titles:
            if sheet := sheet_of(book, title):
                sheet.com.Visible = VISIBLE
                sheet.com.Delete()
    finally:
        app.DisplayAlerts = asked


def choose(book: xw.Book, kind: int, title: str) -> str:
    """A file or a folder that the user chooses; "" if he cancels."""
    dialog = book.app.api.FileDialog(kind)
    dialog.Title = title
    return str(dialog.SelectedItems(1)) if dialog.Show() else ""


def message(sentence: str, title: str) -> None:
    """A message box of Windows, where no book answers; on the error output elsewhere."""
    engine = getattr(xw, "_xlwindows", None)
    if engine is None:
        sys.stderr.write(f"{title}: {sentence}\n")
    else:
        engine.win32api.MessageBox(0, sentence, title, engine.win32con.MB_ICONWARNING)
