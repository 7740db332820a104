"""A sheet as a reader sees it, and a sheet with a form on it as it was read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from xlperf.forms.defined_names import FIELD_PREFIX, anchor_key
from xlperf.forms.sheet_reading import cell_remarks
from xlperf.layout import Box, Coord, Form, Grid, PluckedValues
from xlperf.layout.addresses import cell_address
from xlperf.layout.placement import single
from xlperf.paths import RecordPath
from xlperf.reading import Place, Remark


@dataclass(frozen=True)
class SheetContent:
    """One sheet as a reader sees it; `value`: what a cell's formula gave, None without a result."""

    title: str
    names: Mapping[str, Box]
    grid: Grid
    value: Callable[[Coord], Any]
    lost: frozenset[str] = frozenset()  # its names of ours that have no cells any more
    machinery: frozenset[Coord] = frozenset()  # the cells of ours that hold a formula

    def fields(self, prefix: str = FIELD_PREFIX) -> dict[str, Box]:
        """The boxes of the names with this prefix, by the keys of fields (`department/name`)."""
        boxes = self.names.items()
        return {anchor_key(name): box for name, box in boxes if name.startswith(prefix)}


@dataclass(frozen=True)
class SheetRead:
    """One sheet with a form on it: what it says, and where it stands in the record."""

    title: str
    form: Form
    grid: Grid
    plucked: PluckedValues
    formulas: dict[Coord, str]
    unknown: dict[Coord, str]  # of these, those that have no result
    path: RecordPath = ()

    @cached_property
    def where(self) -> tuple[tuple[RecordPath, Place], ...]:
        """Record paths and their places; the sheet itself for what has no cell."""
        cells = (
            ((*self.path, *path), Place(self.title, cell_address(*at)))
            for path, at in self.plucked.where.items()
        )
        return ((self.path, Place(self.title)), *cells)

    @cached_property
    def remarks(self) -> tuple[Remark, ...]:
        """What rules report of how its cells are kept."""
        return tuple(remarks(self))


def remarks(sheet: SheetRead) -> Iterator[Remark]:
    """What rules report of how cells are kept: lost fields (STR023), formulas, storage, cents."""
    for ref in sheet.plucked.lost:
        yield Remark("STR023", (*sheet.path, *single(ref)), Place(sheet.title), {"field": ref})
    if sheet.formulas:
        kinds = {place.cell: (path, place) for path, place in sheet.where}
        yield from cell_remarks.of_formulas(sheet.formulas, sheet.unknown, kinds)
    about = sheet.title, sheet.form, sheet.grid
    yield from cell_remarks.of_storage(*about, sheet.plucked.where, sheet.path)
    yield from cell_remarks.of_cents(*about, sheet.plucked, sheet.path)
