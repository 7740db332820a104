"""The indicator rows of a project's form, in the columns that its header names."""

from __future__ import annotations

from collections.abc import Iterator

from xlperf.documents.blocks.source import Piece, TableRow, is_whole
from xlperf.documents.parse.draft import Draft
from xlperf.documents.words import meaning, plain, words
from xlperf.editions import levels_below
from xlperf.fields import keys_of
from xlperf.forms import EDITIONS
from xlperf.paths import RecordPath
from xlperf.record import LEVEL_KEYS

UNKNOWN_COLUMN = "unknown"
STANDARD = next(iter(EDITIONS.values())).columns
INDICATOR_KEYS = frozenset(keys_of("projects/indicators"))


def columns_of(row: TableRow) -> tuple[str, ...]:
    """The columns a header row names, a blank label as an empty one; none if it is no header.

    A row of indicators where a header should have been stands in the standard columns.
    """
    keys = [meaning("columns", cell.text) for cell in row]
    if sum(map(bool, keys)) >= 2:
        if "name" not in keys and keys[0] != "indicators":
            keys = ["name" if key == "indicators" else key for key in keys]
        first = {key: at for at, key in reversed([*enumerate(keys)])}
        unique = (key if first[key] == at else "" for at, key in enumerate(keys))
        return tuple(
            key or ("" if cell.blank else UNKNOWN_COLUMN)
            for key, cell in zip(unique, row, strict=True)
        )
    headless = len(row) == len(STANDARD) and _is_level(row[0], 1) and _is_level(row[1], 2)
    return STANDARD if headless else ()


def _is_level(cell: Piece, level: int) -> bool:
    return plain(cell.text) in words("levels", LEVEL_KEYS[level - 1])


def _on_one_line(level: Piece) -> str:
    """A level as written; a known one without line breaks, as narrow columns are set in several
    lines.
    """
    joined = "".join(line.text for line in level.lines())
    return joined if any(_is_level(level, depth) for depth in (1, 2)) else level.text


def parts_of(row: TableRow) -> Iterator[TableRow]:
    """A row set apart where it ran together with a header, or a header with the row below it."""
    titles = [at for at, cell in enumerate(row) if meaning("columns", cell.text)]
    start = titles[0] if len(titles) > 1 else 0
    end = len(row)
    if titles[1:]:
        end = next((at for at in range(start, len(row)) if _is_level(row[at], 1)), end)
    if not any(meaning("table", cell.text) for cell in row[:start]):
        start = 0
    yield from (part for part in (row[:start], row[start:end], row[end:]) if part)


def under(titles: TableRow, row: TableRow) -> TableRow:
    """A row of the same grid with an empty cell under every title that a cell of it covers beside
    its own; the row itself where it does not fit below the titles.
    """
    begins = {cell.columns[0]: cell for cell in row}
    places = [title.columns[0] for title in titles]
    if not titles or row[-1].columns[1] != titles[-1].columns[1] or begins.keys() - {*places}:
        return row
    return tuple(begins.get(place, row[0].cut(0, 0)) for place in places)


class IndicatorRows:
    """Takes rows, puts together those that a blank line inside a cell broke, and reads them."""

    def __init__(self, draft: Draft, project: RecordPath, columns: tuple[str, ...]) -> None:
        self.draft = draft
        self.path = project
        self.columns = columns
        self.titles: TableRow = ()  # the header row, where its grid is known
        self.cells: TableRow = ()
        self.above: dict[str, Piece] = {}
        self.begun = False

    def row(self, row: TableRow) -> None:
        """Take the next row, or the next part of a broken one."""
        if self.header(row):
            return
        if is_whole(row):
            self.whole(row)
            return
        width = len(self.columns)
        chunks = [row[at : at + width] for at in range(0, len(row), width)]
        if len(chunks) > 1 and len(chunks[-1]) == width and all(map(self.starts, chunks)):
            for chunk in chunks:  # a blank line was lost between them
                self.row(chunk)
            return
        if self.lacks_label(row):
            self.columns = STANDARD
        if self.cells and (len(self.cells) + len(row) > len(self.columns) or self.starts(row)):
            self.end()
        self.cells += row
        if len(self.cells) >= len(self.columns):
            self.end()

    def whole(self, row: TableRow) -> None:
        """Take a row whose grid is known: no part of it comes later."""
        if self.lacks_label(row):
            self.columns = STANDARD
        self.cells = row if self.lacks_merged(row) else under(self.titles, row)
        if len(self.cells) != len(row) and row[0].columns[0] == self.titles[0].columns[0]:
            self.not_whole(row)
        self.end()

    def unfinished(self, row: TableRow) -> bool:
        """Whether this row would leave cells of it to come."""
        return len(self.cells) + len(row) < len(self.columns) and not row[-1].blank

    def header(self, row: TableRow) -> bool:
        """Claim a header row; its second half broken off by a blank line adds columns."""
        keys = [meaning("columns", cell.text) for cell in row]
        if not all(keys) and sum(map(bool, keys)) < 2:
            return False
        fresh = len({*keys, *self.columns}) == len(keys) + len(self.columns)
        if is_whole(row):
            self.columns, self.titles = columns_of(row) or self.columns, row
        elif self.begun and fresh and not self.above:
            self.columns += tuple(keys)
        self.begun = True
        self.draft.unknown_titles |= {
            cell.text: cell for cell, key in zip(row, keys, strict=True) if not key and cell.text
        }
        for cell, key in zip(row, keys, strict=True):
            if key:
                self.draft.furniture(cell)
        return True

    def lacks_label(self, row: TableRow) -> bool:
        """Whether the header lost one label of the standard columns, as a whole row shows."""
        if len(row) != len(STANDARD) or not _is_level(row[1], 2):
            return False
        if len(self.columns) == len(STANDARD):
            pairs = zip(self.columns, STANDARD, strict=True)
            return all(key in ("", usual) for key, usual in pairs)
        lost = [key for key in STANDARD if key not in self.columns]
        return [*self.columns] == [key for key in STANDARD if key not in lost] and len(lost) == 1

    def starts(self, row: TableRow) -> bool:
        """Whether a row begins an indicator, going by its levels."""
        if self.columns[0] != "level1":
            return self.columns[0] == "level2" and _is_level(row[0], 2)
        if len(row) == 1:
            return _is_level(row[0], 1)
        below = _is_level(row[1], 2)
        return (row[0].blank and below) or (_is_level(row[0], 1) and (row[1].blank or below))

    def end(self) -> None:
        """Read the row gathered so far."""
        row, self.cells = self.cells, ()
        while len(row) > len(self.columns) and row[-1].blank:
            row = row[:-1]
        if all(cell.blank for cell in row):
            return
        if self.lacks_merged(row):
            row = (row[0].cut(0, 0), *row)
        if len(row) == len(self.columns):
            self.read(row, self.columns)
        else:
            self.read(*self.certain(row))
            self.not_whole(row)

    def not_whole(self, row: TableRow) -> None:
        """Remark a row that does not say which of its cells is which."""
        text = " | ".join(cell.text for cell in row)
        self.draft.remark("STR021", self.path, row[0], text=text)

    def lacks_merged(self, row: TableRow) -> bool:
        """Whether a source left out the first level's cell because it is merged from above."""
        if len(row) != len(self.columns) - 1 or self.columns[:2] != LEVEL_KEYS:
            return False
        below = not row[1].blank and not _is_level(row[1], 2)
        return _is_level(row[0], 2) and below and self.belongs(row[0])

    def belongs(self, level2: Piece) -> bool:
        """Whether a second level can stand under the first level above it."""
        above = self.above.get("level1")
        under = levels_below().get(plain(above.text) if above else "")
        return not _is_level(level2, 1) if under is None else plain(level2.text) in under

    def certain(self, row: TableRow) -> tuple[TableRow, tuple[str, ...]]:
        """The levels of a row of a wrong width, with their columns: the rest cannot be told."""
        columns: tuple[str, ...] = ()
        if _is_level(row[0], 1) or (row[0].blank and len(row) > 1 and _is_level(row[1], 2)):
            columns = ("level1",)
        here = len(columns)
        if len(row) > here and _is_level(row[here], 2):
            columns += ("level2",)
            if not here and not self.belongs(row[0]):
                self.above.clear()  # its first level is what is missing
        return row[: len(columns)], columns

    def read(self, row: TableRow, columns: tuple[str, ...]) -> None:
        """Add an indicator; a level left blank is the one above."""
        if all(cell.blank for cell in row):
            return
        path = self.draft.add((*self.path, "indicators"), row[0])
        for key, cell in zip(columns, row, strict=True):
            if key in LEVEL_KEYS:
                self.level((*path, key), key, cell)
            elif key in INDICATOR_KEYS:
                self.draft.keep((*path, key), cell)
        self.draft.drop_empty(path)

    def level(self, path: RecordPath, key: str, cell: Piece) -> None:
        """Keep a level, or take it from above."""
        if cell.blank:
            if above := self.above.get(key):
                self.draft.put(path, _on_one_line(above), above)
            return
        if key == "level1" and key in self.above and self.above[key].text != cell.text:
            self.above.pop("level2", None)
        self.above[key] = cell
        self.draft.keep(path, cell, _on_one_line(cell))
