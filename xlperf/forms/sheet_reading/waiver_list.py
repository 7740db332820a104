"""The explanations on the list of findings, as people left them, in a file or a live book.

The sheet is known by its names, so it may be renamed and moved; a line is known by what it is
about (on hidden columns), so lines may be filtered, sorted and deleted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from xlperf.forms.defined_names import MADE_FIELD, anchor_key, field_name
from xlperf.forms.made_sheets.book_sheets import FINDINGS
from xlperf.layout import Box, Grid, PluckedValues, anchors, place, pluck
from xlperf.layout.addresses import cell_address
from xlperf.layout.cell_values import parse_text
from xlperf.reading import Place
from xlperf.rules import catalogue
from xlperf.waivers import INPUT_KEYS, Waiver, waiver_of
from xlperf.wording import official

WAIVER_SIGN = field_name("findings/reason", MADE_FIELD)  # a sheet with this name holds a list
FINDING_LINE = next(FINDINGS.lists())
ReadWaiver = tuple[Waiver, dict[str, Place]]


def list_titles(sheets: Iterable[tuple[str, Collection[str]]]) -> Iterator[str]:
    """Of sheets with their names, those that hold a list of findings; the true one first."""
    listed, true = [*sheets], official("sheet.findings")
    result = [title for title, names in listed if WAIVER_SIGN in names]
    yield from sorted(result, key=lambda title: title != true)
    if true not in result and any(title == true for title, _ in listed):
        yield true


def anchors_of_list(grid: Grid, names: Mapping[str, Box]) -> dict[str, Box]:
    """Where the title and the columns of a list of findings stand, by the names on its sheet.

    Where the names are lost, a sheet that looks like a list is one as it was made; on a sheet
    that does not, nothing is.
    """
    by_name = {anchor_key(n): box for n, box in names.items() if n.startswith(MADE_FIELD)}
    if WAIVER_SIGN in names:
        return by_name
    column = [cell.ref for cell in FINDING_LINE.cells].index("code") + 1
    top = FINDINGS.frozen + 1
    codes = (row for row, col in grid.values if col == column and row >= top)
    rows = [row for row in codes if str(grid.values[row, column]) in catalogue()]
    if not rows:
        return {}
    return anchors(place(FINDINGS, {"findings": [{}] * (max(rows) - top + 1)}))


def read_waivers(lists: Iterable[tuple[str, Grid, Mapping[str, Box]]]) -> Iterator[ReadWaiver]:
    """What people wrote into the lists (title, grid, names), and the cell of each part of it.

    A copy of the list only adds what the list itself says nothing about.
    """
    met: set[tuple[str, str]] = set()
    for title, grid, names in lists:
        result = [item for item in _filled_lines(title, grid, names) if _key(item) not in met]
        met |= {_key(item) for item in result}
        yield from result


def _key(waiver: ReadWaiver) -> tuple[str, str]:
    return waiver[0].code, waiver[0].at


def _filled_lines(title: str, grid: Grid, names: Mapping[str, Box]) -> Iterator[ReadWaiver]:
    boxes = anchors_of_list(grid, names)
    plucked = pluck(FINDINGS, grid, boxes)
    for number, line in enumerate(plucked.values.get("findings", ())):
        if waiver := waiver_of(line):
            at = {key: plucked.where.get(("findings", number, key)) for key in INPUT_KEYS}
            cells = {key: cell_address(*coord) for key, coord in at.items() if coord}
            yield waiver, {key: Place(title, cell) for key, cell in cells.items()}
    columns = {key: box for key in INPUT_KEYS if (box := boxes.get(f"findings/{key}"))}
    for row, at_keys in _below(plucked, columns).items():
        texts = {key: parse_text(grid.values[row, columns[key].col]) for key in at_keys}
        places = {k: Place(title, cell_address(row, columns[k].col)) for k in at_keys}
        yield Waiver(**texts), places


def _below(plucked: PluckedValues, columns: Mapping[str, Box]) -> dict[int, list[str]]:
    """What people wrote below the list, in the columns for explanations: rows and columns."""
    result: dict[int, list[str]] = {}
    for key, box in columns.items():
        for row, col in plucked.leftovers:
            if col == box.col and row >= box.row + box.height:
                result.setdefault(row, []).append(key)
    return result
