"""Which formulas look at cells that have changed: directly, by a name, or by other formulas."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from xlperf.calculation.syntax import Area, NotUnderstoodError, split
from xlperf.layout import Box, Coord
from xlperf.layout.addresses import LAST_ROW, column
from xlperf.workbook.package.calculated import lies_in

CellsBySheet = dict[str, set[Coord]]  # by the title of their sheet
_WORD = re.compile(r'"(?:[^"]|"")*"|([^\W\d][\w.]*)')
_COLUMNS = re.compile(  # whole columns, which are never calculated here
    r"(?:('(?:[^']|'')+'|[^\W\d][\w.]*)!)?\$?\b([A-Z]{1,3}):\$?([A-Z]{1,3})\b(?![\w(!])"
)
_COMPUTING_FUNCTIONS = {"INDIRECT", "OFFSET"}  # functions whose cells no text names


@dataclass(frozen=True)
class ChangedCells:
    """What has changed: whole sheets by their titles, and single cells of others."""

    sheets: Collection[str]
    cells: CellsBySheet

    def has(self, title: str, box: Box) -> bool:
        """Whether one of these cells of a sheet has changed."""
        return title in self.sheets or any(lies_in(at, box) for at in self.cells.get(title, ()))


def dependents(
    formulas: Mapping[str, Mapping[Coord, str]],
    changed: ChangedCells,
    names: Mapping[str, tuple[str, Box]],
) -> CellsBySheet:
    """The cells, by title, whose formulas may give something else than before.

    `formulas` are looked at by title and cell; `names` are those of all sheets, as titles and
    areas. A formula that looks at a span of sheets, or works out where to look, counts as one of
    them; one that only looks at its own changed sheet does, too.
    """
    result: CellsBySheet = {}
    waiting = [
        (title, at, [*_areas(title, text, names)])
        for title, cells in formulas.items()
        for at, text in cells.items()
    ]
    news = changed
    while news.sheets or news.cells:
        constants: CellsBySheet = {}
        left = []
        for title, at, areas in waiting:
            if any(area is None or news.has(*area) for area in areas):
                constants.setdefault(title, set()).add(at)
            else:
                left.append((title, at, areas))
        waiting, news = left, ChangedCells((), constants)
        for title, cells in constants.items():
            result.setdefault(title, set()).update(cells)
    return result


def _areas(
    title: str, formula: str, names: Mapping[str, tuple[str, Box]]
) -> Iterator[tuple[str, Box] | None]:
    """The cells that a formula of a sheet looks at; None for what its text does not say."""
    try:
        pattern, places = split(formula)
    except NotUnderstoodError:
        yield None
        return
    for place in places:
        if isinstance(place, str):
            continue
        area = place if isinstance(place, Area) else Area(Box(*place))
        yield None if area.last else (area.title or title, area.box)
    for there, first, last in _COLUMNS.findall(pattern):
        columns = sorted((column(first), column(last)))
        bare = there[1:-1].replace("''", "'") if there.startswith("'") else there
        yield bare or title, Box(1, columns[0], columns[1] - columns[0] + 1, LAST_ROW)
    for word in _WORD.findall(pattern):
        if word.upper() in _COMPUTING_FUNCTIONS:
            yield None
        elif word in names:
            yield names[word]
