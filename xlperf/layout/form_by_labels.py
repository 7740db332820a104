"""A form found on a grid by its printed labels: where its names are lost, or say otherwise.

Labels are claimed by slot: each column of the form goes to the column of the grid that says most
of its labels, each printed row to the row that says most of its labels in these columns, both in
the form's order: columns may have been inserted inside the form. Rows without labels follow from
their neighbours, and a row that has no room between them is gone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from xlperf.layout.fill_pluck import anchors
from xlperf.layout.grid import Box, Coord, Grid
from xlperf.layout.labels import printed
from xlperf.layout.placement import Layout, PlacedCell, place
from xlperf.layout.vocabulary import Form

RowMap = Mapping[int, int]  # rows (or columns) of the blank form → those of the grid


@dataclass(frozen=True)
class LocatedForm:
    """Where a form stands on a grid.

    `rows`: rows of the blank form → rows of the grid; `proven`: those that a label proves;
    `labels`: cell on the blank form → cell on the grid; `shift`: columns to the right. A missing
    label comes with the cell that should say it, None where its whole row is gone.
    """

    at: dict[str, Box] = field(default_factory=dict)
    rows: dict[int, int] = field(default_factory=dict)
    proven: frozenset[int] = frozenset()
    labels: dict[Coord, Coord] = field(default_factory=dict)
    missing: tuple[tuple[str, Coord | None], ...] = ()
    shift: int = 0

    @property
    def share(self) -> float:
        """How many of the form's labels are there, from 0 to 1."""
        label_count = len(self.labels) + len(self.missing)
        return len(self.labels) / label_count if label_count else 0.0


@cache
def blank(form: Form) -> Layout:
    """The form with one blank row in each list that must have one."""
    return place(form, {})


def labels_of(form: Form) -> list[PlacedCell]:
    """The labels of a form, in printed order."""
    return [slot for slot in blank(form).slots if slot.cell.role == "label"]


def locate_form(
    form: Form, grid: Grid, named_boxes: Mapping[str, Box] | None = None
) -> LocatedForm:
    """Where a form stands on a grid; the boxes of names help where labels are silent."""
    named_boxes = named_boxes or {}
    spots = _spots(grid)
    columns = _columns(form, grid, spots, named_boxes)
    proven = _by_labels(form, spots, columns)
    rows = _all_rows(form, _with_names(form, proven, named_boxes))
    optional = dict(_optional_lists(form, grid, rows, columns))
    _make_room(form, rows, proven, optional)
    labels, missing = {}, []
    for slot in labels_of(form):
        row = rows.get(slot.box.row)
        coord = (row, columns[slot.box.col]) if row else None
        if coord in spots.get(_plain(printed(slot)), ()):
            assert coord is not None
            labels[slot.box.at] = coord
        else:
            missing.append((printed(slot), coord))
    at = {**dict(_boxes(form, grid, rows, columns)), **optional}
    shift = columns[len(form.widths)] - len(form.widths)
    return LocatedForm(at, rows, frozenset(proven), labels, tuple(missing), shift)


def _plain(text: str) -> str:
    return "".join(text.split())


def _spots(grid: Grid) -> dict[str, list[Coord]]:
    """Where each text stands, blank space in it aside."""
    result: dict[str, list[Coord]] = {}
    for coord, content in sorted(grid.values.items()):
        if isinstance(content, str):
            result.setdefault(_plain(content), []).append(coord)
    return result


def _shift(form: Form, spots: Mapping[str, list[Coord]], named_boxes: Mapping[str, Box]) -> int:
    """How many columns to the right of its place the form stands."""
    votes: Counter[int] = Counter()
    for slot in labels_of(form):
        votes.update({col - slot.box.col for _, col in spots.get(_plain(printed(slot)), ())})
    if not votes:
        fresh = anchors(blank(form))
        votes.update(box.col - fresh[key].col for key, box in named_boxes.items() if key in fresh)
    return max(votes, key=lambda shift: (votes[shift], -abs(shift)), default=0)


def _columns(
    form: Form, grid: Grid, spots: Mapping[str, list[Coord]], named_boxes: Mapping[str, Box]
) -> dict[int, int]:
    """The column of the grid for each column of the form: inserted ones lie between them."""
    width, shift = len(form.widths), _shift(form, spots, named_boxes)
    options: dict[int, Counter[int]] = {}
    for slot in sorted(labels_of(form), key=lambda slot: slot.box.col):
        votes = options.setdefault(slot.box.col, Counter())
        for _, col in spots.get(_plain(printed(slot)), ()):
            apart = abs(col - slot.box.col - shift)
            votes[col] += 2 + (not apart) if apart < width else 0  # a copy stands further off
    proven = _chain({col: +votes for col, votes in options.items()})
    fresh = anchors(blank(form))
    columns = {}
    for col in range(1, width + 1):
        left = max((c for c in proven if c <= col), default=0)
        right = min((c for c in proven if c >= col), default=0)
        ends = [proven[left] + col - left] if left else []
        ends += [proven[right] + col - right] if right else []
        votes_of_names = Counter(
            named_boxes[k].col for k, box in fresh.items() if k in named_boxes and box.col == col
        )
        columns[col] = _likeliest(ends or [col + shift], votes_of_names, grid)
    return columns


def _likeliest(ends: list[int], votes_of_names: Counter[int], grid: Grid) -> int:
    """The column that names prove, or in which most is written; the first where all are alike."""
    cells = Counter(col for _, col in grid.values)
    between = range(min(ends), max(ends) + 1)
    likeliest: int = max((ends[0], *between), key=lambda col: (votes_of_names[col], cells[col]))
    return likeliest


def _by_labels(form: Form, spots: Mapping[str, list[Coord]], columns: RowMap) -> dict[int, int]:
    """The rows that labels prove: the best chain, each below the one before."""
    options: dict[int, Counter[int]] = {}
    for slot in labels_of(form):
        column = columns[slot.box.col]
        rows = (r for r, c in spots.get(_plain(printed(slot)), ()) if c == column)
        options.setdefault(slot.box.row, Counter()).update(rows)
    return _chain(options)


def _chain(options: Mapping[int, Counter[int]]) -> dict[int, int]:
    """One of each one's options, most votes together, each further on than the one before."""
    states: dict[int, tuple[int, tuple[int, ...]]] = {0: (0, ())}  # last row → votes, chain
    for votes in options.values():
        following = {last: (score, (*chain, 0)) for last, (score, chain) in states.items()}
        for row, number in votes.items():
            score, chain = max((s for last, s in states.items() if last < row), key=lambda s: s[0])
            candidate = (score + number, (*chain, row))
            if row not in following or following[row][0] < candidate[0]:
                following[row] = candidate
        states = following
    chain = max(states.values(), key=lambda state: state[0])[1]
    return {fresh: row for fresh, row in zip(options, chain, strict=True) if row}


def _with_names(form: Form, proven: RowMap, named_boxes: Mapping[str, Box]) -> dict[int, int]:
    """Rows that no label proves, by the names of their fields, as far as the order allows."""
    rows = dict(proven)
    votes: dict[int, Counter[int]] = {}
    for key, box in anchors(blank(form)).items():
        if key in named_boxes and box.row not in proven:
            votes.setdefault(box.row, Counter())[named_boxes[key].row] += 1
    for fresh, row_votes in sorted(votes.items()):
        row = max(row_votes, key=row_votes.__getitem__)
        above = max((r for f, r in rows.items() if f < fresh), default=0)
        below = min((r for f, r in rows.items() if f > fresh), default=row + 1)
        if above < row < below:
            rows[fresh] = row
    return rows


def _stretching(form: Form) -> tuple[set[int], set[int]]:
    """Rows of the blank form that may be several on a sheet: of lists, of deep fields."""
    lists, deep = set(), set()
    for slot in blank(form).slots:
        if any(isinstance(step, int) for path in slot.paths for step in path):
            lists.add(slot.box.row)
        elif slot.cell.deep:
            deep.add(slot.box.row)
    return lists, deep


def _all_rows(form: Form, proven: RowMap) -> dict[int, int]:
    """All rows: those between the known ones follow from them where there is room."""
    rows = dict(proven)
    stretching = set[int]().union(*_stretching(form))
    for fresh in range(1, blank(form).rows + 1):
        if fresh in rows or not rows:
            continue
        above = max((f for f in rows if f < fresh), default=0)
        below = min((f for f in rows if f > fresh), default=0)
        if above and not stretching & set(range(above, fresh)):
            row = rows[above] + fresh - above
        elif below and not stretching & set(range(fresh + 1, below)):
            row = rows[below] - (below - fresh)
        else:
            continue
        if rows.get(above, 0) < row and (not below or row < rows[below]):
            rows[fresh] = row
    return rows


def _optional_lists(
    form: Form, grid: Grid, rows: RowMap, columns: RowMap
) -> Iterator[tuple[str, Box]]:
    """The anchors of optional lists: rows of a text and a number below the row that they follow."""
    for part in (part for part in form.lists() if part.optional):
        fresh = {
            key: box
            for key, box in anchors(place(form, {part.list_ref: [{}]})).items()
            if key.startswith(f"{part.list_ref}/")
        }
        first, last = (columns[box.col] for box in (*fresh.values(),)[:: len(fresh) - 1])
        top = rows.get(next(iter(fresh.values())).row - 1, -1) + 1
        row = top
        while top and _names_a_number(grid.values.get((row, first)), grid.values.get((row, last))):
            row += 1
        for key, box in fresh.items() if row > top else ():
            left, right = columns[box.col], columns[box.col + box.width - 1]
            yield key, Box(top, left, max(1, right - left + 1), row - top)


def _names_a_number(words: object, number: object) -> bool:
    is_number = isinstance(number, int | float | Decimal) and not isinstance(number, bool)
    return is_number and isinstance(words, str) and bool(words.strip())


def _make_room(
    form: Form, rows: dict[int, int], proven: RowMap, optional: Mapping[str, Box]
) -> None:
    """Move rows that no label proves below the optional lists in whose rows they seemed to be."""
    for box in {box.row: box for box in optional.values()}.values():
        for fresh in sorted(set(rows) - set(proven)):
            if box.row <= rows[fresh] <= box.bottom:
                rows[fresh] += box.height


def _boxes(form: Form, grid: Grid, rows: RowMap, columns: RowMap) -> Iterator[tuple[str, Box]]:
    """The anchors of the fields whose rows are there."""
    lists, deep = _stretching(form)
    for key, box in anchors(blank(form)).items():
        if box.row not in rows:
            continue
        top, bottom = rows[box.row], rows[box.row] + box.height - 1
        following = min((row for row in rows.values() if row > top), default=0)
        if following and box.row in lists | deep:
            bottom = following - 1
        elif box.row in lists:
            bottom = _last(grid, top, set(columns.values()))
        left, right = columns[box.col], columns[box.col + box.width - 1]
        yield key, Box(top, left, max(1, right - left + 1), max(1, bottom - top + 1))


def _last(grid: Grid, top: int, columns: set[int]) -> int:
    """The last row of a list at the end of a form: down to the first blank one."""
    filled_rows = {row for row, col in grid.values if col in columns}
    row = top
    while row + 1 in filled_rows:
        row += 1
    return row
