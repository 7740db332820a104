"""A sheet as it would be printed: every cell as the text that it shows.

What every reader of spreadsheets gives (.xlsx, .xls, .ods, XML of Excel 2003), so that whatever
reads tables out of sheets does so once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from xlperf.layout import Box, Coord


@dataclass(frozen=True)
class TextBesideCells:
    """Text beside the cells: `at` says where (a cell, "header1", "box1"); `margin`: on every page
    at its head or foot.
    """

    text: str
    at: str
    margin: bool = False


@dataclass(frozen=True)
class PrintedSheet:
    """One sheet: the texts of its cells by row and column from 1, blank cells left out.

    `spans`: its merged ranges. `numbers`: the cells that hold numbers, which do not run over the
    blank cells beside them. `hidden_rows` and `hidden_columns` have text in them that is not shown;
    `hidden`: the whole sheet is not.
    """

    title: str
    cells: Mapping[Coord, str]
    spans: tuple[Box, ...] = ()
    numbers: frozenset[Coord] = frozenset()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    hidden: bool = False
    beside: tuple[TextBesideCells, ...] = field(default=())
