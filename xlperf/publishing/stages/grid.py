"""Cells set into the rows of a table, as a page is written: widths and heights, no positions."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from xlperf.publishing.tables import PrintedCell, PrintedRow, PrintedTable

LABEL_CELL, FIELD_CELL = "label", "field"


def label(text: str, width: int = 1, height: int = 1) -> PrintedCell:
    """Words of the form."""
    return PrintedCell(text, LABEL_CELL, LABEL_CELL, 0, width, height)


def value(text: str, width: int = 1, height: int = 1, look: str = "text") -> PrintedCell:
    """What is filled in; `look`: text, center or money."""
    return PrintedCell(text, look, FIELD_CELL, 0, width, height)


def level(text: str, height: int) -> PrintedCell:
    """A first or second level, which names the rows beside it."""
    return PrintedCell(text, "center", FIELD_CELL, 0, 1, height, names_row=True)


@dataclass
class TableBuilder:
    """Rows in the making. A cell that is higher than one row is continued in those below it."""

    widths: tuple[int, ...]
    rows: list[PrintedRow] = field(default_factory=list)
    headers: int = 0
    down: dict[int, tuple[PrintedCell, int]] = field(
        default_factory=dict
    )  # by column: rows to come

    def add(self, *cells: PrintedCell) -> None:
        """Add a row: its cells take the columns that none from above reaches into.

        ValueError where they do not fill the row.
        """
        waiting, row, column = list(cells), [], 1
        while column <= len(self.widths):
            if column in self.down:
                cell, rows_left = self.down.pop(column)
                if rows_left > 1:
                    self.down[column] = (cell, rows_left - 1)
            elif waiting:
                cell = replace(waiting.pop(0), col=column)
                if cell.height > 1:
                    self.down[column] = (replace(cell, text="", continued=True), cell.height - 1)
            else:
                raise ValueError(f"row {len(self.rows)}: nothing for column {column}")
            row.append(cell)
            column += cell.width
        if waiting or column > len(self.widths) + 1:
            raise ValueError(f"row {len(self.rows)}: too wide")
        self.rows.append(tuple(row))

    def table(self, headers: int = 0) -> PrintedTable:
        """The rows as a table, the first `headers` of which are repeated on every page."""
        return PrintedTable(self.widths, tuple(self.rows), headers)


def heights(keys: list[tuple[str, ...]]) -> list[int]:
    """For each row how many rows from it on have its key; 0 where the row above has it too."""
    result = [0] * len(keys)
    at = 0
    while at < len(keys):
        end = at
        while end < len(keys) and keys[end] == keys[at]:
            end += 1
        result[at] = end - at
        at = end
    return result
