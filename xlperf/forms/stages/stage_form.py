"""What a sheet of a stage says by itself: its formulas taken apart, its form read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass

from xlperf.forms.defined_names import field_name
from xlperf.forms.sheet_reading.sheet_content import SheetContent
from xlperf.forms.stages.central import RESULTS_LIST
from xlperf.forms.stages.choice import STAGE
from xlperf.forms.stages.links import GoalLink, is_computed, read_link
from xlperf.layout import Coord, Form, Formula, Grid, PluckedValues, pluck

Links = Mapping[Coord, GoalLink]


@dataclass(frozen=True)
class StageForm:
    """What a sheet of a stage says by itself, before it is joined to its goals.

    `links` are the formulas of ours, `formulas` people's, `internal_cells` those that only the
    sheet itself needs.
    """

    form: Form
    grid: Grid
    plucked: PluckedValues
    links: Links
    formulas: Mapping[Coord, str]
    internal_cells: Set[Coord]


ReadStage = Callable[[SheetContent, Form], StageForm]


def read_stage(content: SheetContent, form: Form) -> StageForm:
    """What a sheet of a stage says in a form."""
    links, formulas, grid = _settled(content)
    box = content.names.get(field_name(f"{RESULTS_LIST}/nth"))
    internal_cells = {
        at for at in (box.coords() if box else ()) if isinstance(grid.values.get(at), int | float)
    }
    return StageForm(
        form, grid, pluck(form, grid, content.fields()), links, formulas, internal_cells
    )


def _settled(content: SheetContent) -> tuple[Links, Mapping[Coord, str], Grid]:
    """The formulas of ours, those of people, and the cells with what the former were made of and
    the latter gave.
    """
    values, links, formulas = dict(content.grid.values), dict[Coord, GoalLink](), dict[Coord, str]()
    identity = {box.at for name, box in content.names.items() if name.startswith(STAGE)}
    for coord, formula in content.grid.values.items():
        if not isinstance(formula, Formula):
            continue
        link = read_link(formula)
        if link is not None and coord not in identity:
            links[coord] = link
            values[coord] = link.text
        elif coord in identity or is_computed(formula, content.names):
            del values[coord]
        else:
            formulas[coord] = str(formula)
            result = content.value(coord)
            values[coord] = str(formula) if result is None else result
    for coord in identity:
        values.pop(coord, None)
    present = {at: value for at, value in values.items() if value not in (None, "")}
    return links, formulas, Grid(present, content.grid.spans)
