"""A form whose lists are long, laid out without a slot for every cell of them.

For forms whose items take one row each: nothing in their lists is merged, nested or deep.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from xlperf.layout.fill_pluck import anchors
from xlperf.layout.grid import Box
from xlperf.layout.placement import Layout, place
from xlperf.layout.vocabulary import Cell, Each, Form

T = TypeVar("T")


@dataclass(frozen=True)
class LongList:
    """A list of a form: its columns with their numbers, its first row, what its rows show."""

    part: Each
    columns: tuple[tuple[int, Cell], ...]
    row: int
    items: Sequence[Mapping[str, Any]]


class LazyRows(Sequence[Any]):
    """Rows that are made of some things when they are asked for, to keep few in memory."""

    def __init__(self, things: Sequence[T], row: Callable[[T], Any]) -> None:
        self._things, self._row = things, row

    def __len__(self) -> int:
        return len(self._things)

    def __getitem__(self, at):  # type: ignore[no-untyped-def]
        if isinstance(at, slice):
            return [self._row(thing) for thing in self._things[at]]
        return self._row(self._things[at])

    def __iter__(self) -> Iterator[Any]:
        return map(self._row, self._things)


@dataclass(frozen=True)
class LongLayout:
    """Where everything is: `layout` has the slots outside the lists, `at` the anchors of all."""

    layout: Layout
    at: dict[str, Box]
    lists: tuple[LongList, ...]


def lay_out(form: Form, values: Mapping[str, Any]) -> LongLayout:
    """Lay a form out for its values, as `placement.place` does it; an empty list has a blank row.

    Raises ValueError where a list of the form is not of single rows.
    """
    parts = list(form.lists())
    if any(part.nested or any(cell.merge or cell.deep for cell in part.cells) for part in parts):
        raise ValueError(form.name)
    items = {part.list_ref: values.get(part.list_ref) or [{}] for part in parts}
    short = place(form, {**values, **{key: [*rows[:1]] for key, rows in items.items()}})
    first = {
        slot.paths[0][0]: slot.box.row for slot in short.slots if _is_listed(slot.paths, items)
    }
    longer = {first[key]: len(rows) - 1 for key, rows in items.items()}

    def below(row: int) -> int:
        """Where a row of the short layout stands, below the lists above it."""
        return row + sum(more for at, more in longer.items() if at < row)

    slots = tuple(
        replace(slot, box=replace(slot.box, row=below(slot.box.row)))
        for slot in short.slots
        if not _is_listed(slot.paths, items)
    )
    at = {
        key: replace(box, row=below(box.row), height=box.height + longer.get(box.row, 0))
        for key, box in anchors(short).items()
    }
    lists = tuple(
        LongList(part, _columns(part, at), below(first[part.list_ref]), items[part.list_ref])
        for part in parts
    )
    return LongLayout(Layout(form, slots, below(short.rows + 1) - 1), at, lists)


def _is_listed(paths: Sequence[tuple[Any, ...]], items: Mapping[str, Any]) -> bool:
    return bool(paths) and len(paths[0]) > 1 and paths[0][0] in items


def _columns(part: Each, at: Mapping[str, Box]) -> tuple[tuple[int, Cell], ...]:
    return tuple((at[key].col, cell) for key, cell in part.columns())
