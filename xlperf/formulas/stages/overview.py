"""What a department's sheet of a stage shows: a line for each project, by formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xlperf.forms.defined_names import AID, field_name
from xlperf.forms.stages.overview import EXPECTED_SPENDING, MEANS, MONEY_FACTS, columns, overview_of
from xlperf.formulas.cross_sheet import is_gone, linked_value, of_unit, sheet_link, unit_shown
from xlperf.formulas.stages.columns import SHOWN_FIELD
from xlperf.formulas.stages.counting import unlisted
from xlperf.formulas.stages.scores import RESULT_PREFIX
from xlperf.formulas.stages.sheets import StagePlan
from xlperf.formulas.stages.shown_texts import period_word, project_name, shown_values
from xlperf.formulas.stages.summary import noted
from xlperf.formulas.typed import Text
from xlperf.layout import Box, FilledForm, Formula, anchors, fill, place
from xlperf.layout.addresses import address, letters, quoted
from xlperf.record import Raw, words
from xlperf.rules.formulas.native import literal
from xlperf.wording import official, say

OF_GOALS = {"code": "code", "unit": "unit", "budget": "budget"}  # columns → fields of the goals
OVERVIEW_SUMS = (*MONEY_FACTS, EXPECTED_SPENDING)
NAMES_OF_FACTS = {"state": AID + "status"}  # what other names say


def overview(
    stage: Raw,
    title: str,
    sheets: Sequence[tuple[StagePlan, Mapping[str, Box]]],
    units: Sequence[Raw] = (),
) -> FilledForm:
    """The department's sheet of a stage, with a line for each sheet and its names' boxes.

    `units` are those of the department: a line for each, too.
    """
    kind = words(stage, "kind")
    form = overview_of(kind, bool(units))
    lines = [_line(number, plan, names, kind) for number, (plan, names) in enumerate(sheets, 1)]
    at = anchors(place(form, {"projects": lines, "units": units}))
    until = words(stage, "until")
    means = say("stages.mean_hint") if _has(at, MEANS[0]) else ""
    hint = period_word(until, "executed") if until else official(f"stage.{_form_of(kind)}")
    values = {
        "title": title,
        "hint": Formula(f"={literal(hint + means)}&{_unlisted(kind)}"),
        "projects": lines,
        "sum": _sums(at),
        "units": [_unit(number, unit, at) for number, unit in enumerate(units)],
    }
    return fill(form, values)


def texts_of(
    stage: Raw, sheets: Sequence[tuple[StagePlan, Any]], units: Sequence[Raw]
) -> FilledForm:
    """The texts that the formulas will show, by which the rows' heights are measured."""
    lines = [
        {
            "name": project_name(plan),
            "unit": shown_values(plan)["heading"]["implementing_unit"],
            "code": words(plan.project, "code"),
        }
        for plan, _ in sheets
    ]
    unit_rows = [{"name": words(unit, "name")} for unit in units]
    form = overview_of(words(stage, "kind"), bool(units))
    return fill(form, {"projects": lines, "units": unit_rows})


def _sums(at: Mapping[str, Box]) -> dict[str, Formula]:
    """Money in all, the share of it that was spent, the mean of the points."""
    columns_at = {
        key: address(at[f"projects/{key}"]) for key in (*OVERVIEW_SUMS, *MEANS) if _has(at, key)
    }
    sums = {
        key: Formula(f"=ROUND(SUM({area}),2)")
        for key, area in columns_at.items()
        if key in OVERVIEW_SUMS
    }
    means = {key: _mean(at, key) for key in columns_at if key in MEANS}
    spent, budget = (address(at[f"sum/{key}"]) for key in ("executed", "adjusted"))
    return {**sums, **means, "rate": _share(spent, budget)}


def _unlisted(kind: str) -> str:
    return noted("stages.unlisted_hint", str(unlisted(kind)))


def _has(at: Mapping[str, Box], key: str) -> bool:
    return f"projects/{key}" in at


def _share(part: str, whole: str) -> Formula:
    """A part of a whole; blank where there is no whole."""
    return Formula(f'=IF({whole}>0,ROUND({part}/{whole},11),"")')


def _unit(number: int, unit: Raw, at: Mapping[str, Box]) -> dict[str, Any]:
    """A unit: the sums over its projects, and their mean points."""
    code, name = words(unit, "code"), words(unit, "name")
    condition = of_unit(address(at["projects/unit"]), literal(code), literal(name))
    line: dict[str, Any] = {
        "code": Formula(f"={literal(code)}"),
        "name": Formula(f"={literal(name)}"),
        "number": Formula(f"=SUMPRODUCT({condition})"),
    }
    for key in OVERVIEW_SUMS:
        if _has(at, key):
            area = address(at[f"projects/{key}"])
            line[key] = Formula(f"=ROUND(SUMPRODUCT({condition},{area}),2)")
    spent, budget = (_cell_of(at, key, number) for key in ("executed", "adjusted"))
    line["rate"] = _share(spent, budget)
    return line | {key: _mean(at, key, f"{condition},") for key in MEANS if _has(at, key)}


def _mean(at: Mapping[str, Box], key: str, of: str = "") -> Formula:
    """The mean of the projects that have a grade, as their points are all known by then."""
    area, graded = (address(at[f"projects/{name}"]) for name in (key, "grade"))
    graded_rows = f"{of}--(LEN({graded})>0),--ISNUMBER({area})"
    count = f"SUMPRODUCT({graded_rows})"
    return Formula(f'=IF({count}=0,"",ROUND(SUMPRODUCT({graded_rows},{area})/{count},2))')


def _cell_of(at: Mapping[str, Box], key: str, number: int) -> str:
    box = at[f"units/{key}"]
    return address(Box(box.row + number, box.col))


def _form_of(kind: str) -> str:
    return kind if kind in ("monitoring", "self-evaluation") else "self-evaluation"


def _line(number: int, plan: StagePlan, names: Mapping[str, Box], kind: str) -> dict[str, Any]:
    """A project: what its goals and its sheet of the stage say."""
    line: dict[str, Any] = {"number": Formula(f"={number}")}
    for key in columns(kind):
        of_goals = plan.goals.sheet.fields if plan.goals else {}
        if key in OF_GOALS and OF_GOALS[key] in of_goals and plan.goals:
            cell = plan.goals.sheet.cell(OF_GOALS[key])
            line[key] = unit_shown(cell) if key == "unit" else linked_value(cell)
        elif box := names.get(RESULT_PREFIX + key) or names.get(
            NAMES_OF_FACTS.get(key, field_name(key))
        ):
            cell = f"{quoted(plan.title)}!${letters(box.col)}${box.row}"
            line[key] = _linked_text(key, cell, plan)
    if heading := names.get(f"{SHOWN_FIELD}heading__project"):
        cell = f"{quoted(plan.title)}!${letters(heading.col)}${heading.row}"
        to = sheet_link(plan.title, "A1", Text(f'{cell}&""'))
        line["name"] = Formula(f"=IFERROR({to},{literal(project_name(plan))})")
    return line


def _linked_text(key: str, cell: str, plan: StagePlan) -> Formula | str:
    """What a line shows of its sheet of the stage: of a project whose goals are gone, its state.

    Its money and points count nowhere: which unit they are of stands with the goals.
    """
    if key == "state":
        return linked_value(cell, say("status.gone"))
    if plan.goals is None:
        return ""
    there = f"LEN({cell})=0" if key != "rate" else f"NOT(ISNUMBER({cell}))"
    blank = f"OR({is_gone(plan.goals.sheet.cell('name'))},{there})"
    value = f"{cell}/100" if key == "rate" else cell
    return Formula(f'=IFERROR(IF({blank},"",{value}),"")')
