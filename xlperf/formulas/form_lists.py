"""The lists of a form: which there are, and which of their cells are merged downwards."""

from __future__ import annotations

from xlperf.formulas import merged_levels
from xlperf.layout import Layout
from xlperf.layout.fill_pluck import flat
from xlperf.layout.vocabulary import Each


def lists_of(layout: Layout) -> list[Each]:
    """The lists of a form, in printed order."""
    return [part for part in flat(layout.form.body) if isinstance(part, Each)]


def merged(part: Each) -> list[str]:
    """The fields of a list whose cells may be merged downwards."""
    return [
        cell.ref
        for cell in part.cells
        if cell.role == "field" and (cell.merge or part.nested is not None)
    ]


def numbered(layout: Layout, part: Each, key: str) -> dict[int, int]:
    """Rows of the form → the number of the merged cell of a field that they belong to."""
    result: dict[int, int] = {}
    for number, box in enumerate(merged_levels.boxes_of(layout, part, key), 1):
        result |= dict.fromkeys(range(box.row, box.row + box.height), number)
    return result
