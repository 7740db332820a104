"""A sheet of cells that may be a plain list of projects, whatever file it came out of."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from xlperf.layout import Coord
from xlperf.layout.cell_values import parse_text


@dataclass(frozen=True)
class ListSheet:
    """A sheet's cells that are not blank, by row and column from 1.

    `merged` maps a cell to the one that it is merged with above it.
    """

    title: str
    cells: dict[Coord, Any]
    merged: dict[Coord, Coord] = field(default_factory=dict)

    @cached_property
    def rows(self) -> dict[int, dict[int, Any]]:
        """The cells by row, in the order of the rows."""
        rows: dict[int, dict[int, Any]] = {}
        for (row, col), content in sorted(self.cells.items(), key=lambda item: item[0]):
            rows.setdefault(row, {})[col] = content
        return rows


def as_text(content: Any) -> str:
    """A cell's content as text, "" for a blank."""
    return "" if content is None else parse_text(content).strip()
