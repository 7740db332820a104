"""A grid: values by (row, column) from 1, and the areas that are merged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

Coord = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of cells: its top left cell, counted from 1, and its size in cells."""

    row: int
    col: int
    width: int = 1
    height: int = 1

    @property
    def at(self) -> Coord:
        """The top left cell."""
        return (self.row, self.col)

    @property
    def bottom(self) -> int:
        """The last row."""
        return self.row + self.height - 1

    def coords(self) -> list[Coord]:
        """Every cell of it, row by row."""
        return [
            (row, col)
            for row in range(self.row, self.row + self.height)
            for col in range(self.col, self.col + self.width)
        ]


class Formula(str):
    """A formula, as opposed to a text that begins with an equals sign."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class StruckText:
    """A text of which a part is struck out: what is left, and what is gone."""

    remaining_text: str
    struck_text: str


@dataclass(frozen=True, slots=True)
class Percent:
    """A number in a cell that shows percent: 0.25 is 25 %."""

    fraction: Decimal


@dataclass(frozen=True, slots=True)
class WordedNumber:
    """A number in a cell whose number format shows it with words: 15 as 15 people."""

    number: Decimal
    text: str


@dataclass(frozen=True)
class Grid:
    """The values of a sheet's cells; a merged area (`spans`) has its value at its top left cell."""

    values: Mapping[Coord, Any]
    spans: tuple[Box, ...] = field(default=())

    @cached_property
    def _owners(self) -> dict[Coord, Coord]:
        return {coord: span.at for span in self.spans for coord in span.coords()}

    def owner(self, coord: Coord) -> Coord:
        """The cell that holds the value shown at this cell."""
        return self._owners.get(coord, coord)

    def at(self, coord: Coord) -> Any:
        """The value shown at this cell, None where it is blank."""
        return self.values.get(self.owner(coord))
