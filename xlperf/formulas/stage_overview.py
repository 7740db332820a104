"""What a department's sheet of a stage shows: a line for each project, by formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xlperf.forms.naming import field_name
from xlperf.forms.stages.central import LIST
from xlperf.forms.stages.overview import columns, overview_of
from xlperf.formulas.expressions import sheet_link, shown
from xlperf.formulas.stage_columns import SHOWN
from xlperf.formulas.stage_sheets import StagePlan
from xlperf.formulas.stage_words import period_word, project_name
from xlperf.formulas.words import Text
from xlperf.layout import Box, Filled, Formula, anchors, fill, place
from xlperf.layout.addresses import address, letters, quoted
from xlperf.record import Raw, words
from xlperf.rules.formulas.native import literal
from xlperf.wording import official

SUMMED = ("budget", "executed", "expected")
OF_GOALS = {"code": "code", "unit": "unit", "budget": "budget"}  # columns → fields of the goals


def overview(
    stage: Raw, title: str, sheets: Sequence[tuple[StagePlan, Mapping[str, Box]]]
) -> Filled:
    """The department's sheet of a stage, with a line for each sheet and its names' boxes."""
    kind = words(stage, "kind")
    form = overview_of(kind)
    lines = [_line(number, plan, names, kind) for number, (plan, names) in enumerate(sheets, 1)]
    layout = place(form, {"projects": lines})
    at = anchors(layout)
    sums = {
        key: Formula(f"=ROUND(SUM({address(at[f'projects/{key}'])}),2)")
        for key in SUMMED
        if f"projects/{key}" in at
    }
    until = words(stage, "until")
    hint = period_word(until, "executed") if until else official(f"stage.{_known(kind)}")
    return fill(
        form, {"title": title, "hint": Formula(f"={literal(hint)}"), "projects": lines, "sum": sums}
    )


def _known(kind: str) -> str:
    return kind if kind in ("monitoring", "self-evaluation") else "self-evaluation"


def _line(number: int, plan: StagePlan, names: Mapping[str, Box], kind: str) -> dict[str, Any]:
    """A project: what its goals and its sheet of the stage say."""
    line: dict[str, Any] = {"number": Formula(f"={number}")}
    for key in columns(kind):
        box = names.get(f"{SHOWN}{field_name(f'goal/{key}', '')}") or names.get(field_name(key))
        if key in OF_GOALS and plan.goals and OF_GOALS[key] in plan.goals.sheet.fields:
            line[key] = shown(plan.goals.sheet.cell(OF_GOALS[key]))
        elif box is not None and not key.startswith(LIST):
            line[key] = shown(f"{quoted(plan.title)}!${letters(box.col)}${box.row}")
    if heading := names.get(f"{SHOWN}heading__project"):
        cell = f"{quoted(plan.title)}!${letters(heading.col)}${heading.row}"
        to = sheet_link(plan.title, "A1", Text(f'{cell}&""'))
        line["name"] = Formula(f"=IFERROR({to},{literal(project_name(plan))})")
    return line
