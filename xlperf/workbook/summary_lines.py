"""The lines of the summary's lists: how many, where, and what checks look up of all projects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from xlperf.forms.generated import SUMMARY
from xlperf.layout import Box, Coord, Layout, anchors, place
from xlperf.record import Department
from xlperf.wording import official
from xlperf.workbook import formulas
from xlperf.workbook.formulas import Sheet
from xlperf.workbook.names import address

LEAST = 2  # lines of a list: a line can be put in between two, and whatever looks at them grows
ASIDE = 3  # columns between the table and what is listed for the checks
LISTED = {
    "title": "sheet.title",
    "line": "",
    "code": "code.folded",
    "name": "name.compact",
    "unit": "unit.code",
}  # what checks look up of all projects, and the step of a project's checks that tells it


def lines(items: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines of a list, blank ones at its end if there are too few."""
    told = list(items)
    return [*told, *({} for _ in range(LEAST - len(told)))]


def layout_of(units: int, projects: int) -> Layout:
    """Where everything stands on the summary of so many units and projects."""
    counts = {"units": units, "projects": projects}
    return place(SUMMARY, {key: lines([{}] * count) for key, count in counts.items()})


def listing(record: Department, projects: int) -> dict[str, str]:
    """What checks look up of all projects, and where: a hidden list beside the table."""
    box = anchors(layout_of(len(record.units), projects))["projects/number"]
    left = len(SUMMARY.widths) + ASIDE
    return {
        f"all/{name}": address(Box(box.row, left + at, 1, box.height), official("sheet.summary"))
        for at, name in enumerate(LISTED)
    }


def spare_rows(at: Mapping[str, Box], units: int, projects: int) -> Iterator[int]:
    """The second lines of lists of one, which are not shown; the first one always is."""
    for key, count in (("units/code", units), ("projects/number", projects)):
        yield from range(at[key].row + max(1, count), at[key].row + at[key].height)


def listed_cells(box: Box, forms: Sequence[Sheet]) -> dict[Coord, Any]:
    """What checks look up of all projects, beside the lines of the table."""
    left = len(SUMMARY.widths) + ASIDE
    return {
        (box.row + position, left + at): (
            formulas.taken(form.result(step), "") if step else position + 1
        )
        for position, form in enumerate(forms)
        for at, step in enumerate(LISTED.values())
    }
