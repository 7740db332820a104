"""Where everything stands on the sheets of goals, for the sheets of stages that show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from xlperf.editions import TRAITS, first
from xlperf.fields import keys_of
from xlperf.forms import edition
from xlperf.forms.defined_names import AID, EDGES, FIELD_PREFIX
from xlperf.forms.stages.links import GoalSheet
from xlperf.formulas.book_checks import build
from xlperf.formulas.sheet_checks import FIRST_LINE_COLUMN as LEFT_OF_CHECKS
from xlperf.formulas.sheet_checks import SheetChecks, checks_of
from xlperf.layout import Box, place
from xlperf.layout.addresses import box_of
from xlperf.record import Raw
from xlperf.rules.profiles import DEFAULT, profile


@dataclass(frozen=True)
class Goals:
    """A project's goals: the sheet, the record's project, and the row of each indicator."""

    sheet: GoalSheet
    project: Raw
    rows: Sequence[int]


@cache
def _lines(edition_name: str) -> tuple[Mapping[str, int], int]:
    """Where the checks of a project keep what its rows say: columns, and rows below their top."""
    traits = TRAITS.get(edition_name, first())
    layout = place(edition(edition_name).project, {"indicators": [{}]})
    by = profile(DEFAULT)
    checks = build(SheetChecks(layout, "projects", by, checks_of(by, traits), traits, _Any()))
    boxes = {
        key: box
        for key in ("line", *keys_of("projects/indicators"))
        if (box := box_of(checks.names.get(f"indicators/{key}", "")))
    }
    columns = {key: box.col for key, box in boxes.items()}
    return columns, boxes["line"].row - checks.area.row


class _Any(dict[str, str]):
    """Names on other sheets, whatever they are: they move no cell of this one."""

    def __contains__(self, key: object) -> bool:
        return True

    def __missing__(self, key: str) -> str:
        return "$A$1"


def goal_sheet(title: str, edition_name: str, names: Mapping[str, Box]) -> GoalSheet | None:
    """The sheet of a project's goals by its names; None where its checks are gone."""
    fields = {
        name.removeprefix(FIELD_PREFIX).replace("__", "/"): box
        for name, box in names.items()
        if name.startswith(FIELD_PREFIX)
    }
    checks, edges = names.get(AID + "checks"), names.get(EDGES + "indicators")
    if checks is None or edges is None or "indicators/name" not in fields:
        return None
    columns, below = _lines(edition_name)
    top, height = checks.row + below, checks.height - below
    shift = checks.col - LEFT_OF_CHECKS
    lines = {key: Box(top, col + shift, 1, height) for key, col in columns.items()}
    listed = Box(edges.row, fields["indicators/name"].col, 1, edges.height)
    if "operator" in lines:
        lines["target.raw"] = Box(
            edges.row + 1, fields["indicators/target"].col, 1, edges.height - 1
        )
    return GoalSheet(title, fields, lines, listed)
