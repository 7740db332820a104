"""One document's projects as lines that can be added."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from xlperf.editions import UNKNOWN_EDITION, Traits, traits_of
from xlperf.errors import XlperfError
from xlperf.paths import RecordPath, get, nearest
from xlperf.reading import Reading
from xlperf.record import CENT, PROJECT_AMOUNTS, Department, Project, is_blank, view
from xlperf.rules.further_places import place_of
from xlperf.rules.stages.outcomes import Outcome, outcomes
from xlperf.totals import TotalsLine
from xlperf.wording import say

LARGEST_SUM = Decimal(10) ** 14  # yuan; a hundred trillion is a slip of the hand
WHOLE_BUDGET_PERCENT = 100  # percent of a budget
PLAN_PATH, BUDGET = "projects/spending_plan", "projects/budget"
AMOUNT_PATHS = tuple(f"projects/{key}" for key in PROJECT_AMOUNTS)


class UnsummableAmountError(XlperfError):
    """An amount that cannot be added; says where it stands."""


def lines_of(reading: Reading) -> list[TotalsLine]:
    """A document's projects, one line each, with amounts in yuan.

    Raises UnsummableAmountError where an amount is missing, unreadable, beyond `LARGEST_SUM` or has
    parts of a cent, or a share of the plan is not from 0 to 100.
    """
    record = view(reading.record)
    reported, traits = outcomes(record), _traits(record)
    return [
        _line(project, record, traits, reading, reported.get(project.path))
        for project in record.projects
    ]


def _line(
    project: Project,
    record: Department,
    traits: Traits,
    reading: Reading,
    outcome: Outcome | None,
) -> TotalsLine:
    def summable(value: Decimal | None, *path: str) -> Decimal:
        if value is None or abs(value) >= LARGEST_SUM or value != round(value, 2):
            raise UnsummableAmountError(_why(reading, (*project.path, *path), "unreadable"))
        return value.quantize(CENT)

    for month in traits.months:
        share = project.plan[month]
        if (
            share is None or not 0 <= share <= WHOLE_BUDGET_PERCENT
        ):  # a third of the budget is one like others
            path = (*project.path, "spending_plan", month)
            raise UnsummableAmountError(_why(reading, path, "unreadable_share"))
    amounts = {key: summable(_amount_or_zero(project, key, traits), key) for key in PROJECT_AMOUNTS}
    planned = {month: project.planned(month) or Decimal(0) for month in traits.months}
    return TotalsLine(
        department=record.code,
        department_name=record.name,
        unit=project.unit,
        unit_name=record.unit_names().get(project.unit, ""),
        code=project.code,
        name=project.name,
        planned=planned,
        file=reading.source,
        region=record.region_name or record.region_code,
        place=place_of((*project.path, BUDGET.rpartition("/")[2]), reading.where),
        outcome=outcome,
        **amounts,
    )


def _traits(record: Department) -> Traits:
    """What the forms of a record have; of unknown ones, what some project states, and a budget.

    Reports on what was spent may state no original budget: the form of Hebei's self-evaluation has
    none, and its goals may be in another file.
    """
    traits = traits_of(record.raw)
    if traits.name != UNKNOWN_EDITION:
        return traits
    projects = [item for item in record.raw.get("projects", ()) if isinstance(item, dict)]
    absent = {
        path
        for path in (*AMOUNT_PATHS, PLAN_PATH)
        if all(is_blank(item.get(path.rpartition("/")[2])) for item in projects)
    }
    if not _are_reports(record):
        absent.discard(BUDGET)
    fields = {
        path
        for path in traits.fields
        if not any(path == key or path.startswith(f"{key}/") for key in absent)
    }
    months = () if PLAN_PATH in absent else traits.months
    return replace(traits, fields=frozenset(fields), months=months)


def _are_reports(record: Department) -> bool:
    """Whether every project says what was spent of it, or which points it was given."""
    reported = outcomes(record)
    return all(project.path in reported for project in record.projects)


def left_out(reading: Reading) -> tuple[str, ...]:
    """The amounts and plans (paths) that a document's forms do not have: no sum counts them."""
    traits = _traits(view(reading.record))
    return tuple(path for path in (*AMOUNT_PATHS, PLAN_PATH) if traits.lacks(path))


def _amount_or_zero(project: Project, key: str, traits: Traits) -> Decimal | None:
    """An amount; 0 for a source of funds left blank beside the other, or that no form has."""
    if traits.lacks(f"projects/{key}"):
        return Decimal(0)
    sources = [project.raw.get(source) for source in ("fiscal", "other")]
    blank = key != "budget" and is_blank(project.raw.get(key)) and not all(map(is_blank, sources))
    return Decimal(0) if blank else getattr(project, key)


def _why(reading: Reading, path: RecordPath, key: str) -> str:
    place = nearest(path, reading.where) or "/".join(map(str, path))
    value = get(reading.record, path)
    text = say("words.blank") if value is None else value
    field = say("field." + "/".join(step for step in path if isinstance(step, str)))
    return say(f"rollup.{key}", place=place, field=field, value=text)
