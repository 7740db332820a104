"""The overview of a department's projects in a stage, with their sums."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from xlperf.publishing.stages.central import of_months
from xlperf.publishing.stages.facts import StageProjectFacts, percent, points_text, total_of, word
from xlperf.publishing.stages.grid import TableBuilder, label, value
from xlperf.publishing.tables import PrintedTable
from xlperf.record import amount
from xlperf.rules.stages.views import MONITORING, Stage

AmountOf = Callable[[StageProjectFacts], Any]


@dataclass(frozen=True)
class OverviewColumn:
    """A column: its title, its width, what it shows of a project; `amount`: what is summed up."""

    title: str
    width: int
    shows: Callable[[StageProjectFacts], str]
    amount: AmountOf | None = None


def overview(projects: Sequence[StageProjectFacts], stage: Stage) -> PrintedTable:
    """The projects of a stage, one a row, and their sums; a list without any is its titles.

    Those without goals are in no total of the stage: they stand apart, below the sums.
    """
    columns = _columns(projects, stage)
    rows = TableBuilder((6, *(column.width for column in columns)))
    rows.add(label(word("number")), *(label(column.title) for column in columns))
    planned_projects = [facts for facts in projects if facts.goal is not None]
    for number, facts in enumerate(planned_projects, 1):
        _project(rows, str(number), facts, columns)
    _sums(rows, planned_projects, columns, of_months("rate", stage.month))
    for facts in projects:
        if facts.goal is None:
            _project(rows, word("apart"), facts, columns)
    return rows.table(headers=1)


def _project(
    rows: TableBuilder, number: str, facts: StageProjectFacts, columns: Sequence[OverviewColumn]
) -> None:
    cells = [value(column.shows(facts), look=_look(column)) for column in columns]
    rows.add(value(number, look="center"), *cells)


def _look(column: OverviewColumn) -> str:
    return "money" if column.amount else "text" if column.title == word("name") else "center"


def _columns(projects: Sequence[StageProjectFacts], stage: Stage) -> list[OverviewColumn]:
    month, monitored = stage.month, stage.kind == MONITORING
    columns = [
        OverviewColumn(word("name"), 34, lambda facts: facts.name),
        _money(word("budget"), _budget),
        replace(  # the sum is of what there was to spend, without an adjustment the first budget
            _money(word("adjusted"), lambda facts: facts.raw.get("adjusted")),
            amount=lambda facts: facts.view.budget,
        ),
        _money(
            of_months("executed", month) if monitored else word("executed"),
            lambda facts: facts.raw.get("executed"),
        ),
        OverviewColumn(of_months("rate", month), 12, lambda facts: facts.rate),
    ]
    if any(facts.view.code for facts in projects):
        columns.insert(0, OverviewColumn(word("code"), 31, lambda facts: facts.view.code))
    if monitored:
        columns.append(_money(word("expected"), lambda facts: facts.raw.get("expected")))
        if not any("adjusted" in facts.raw for facts in projects):
            columns = [column for column in columns if column.title != word("adjusted")]
    else:
        columns.append(
            OverviewColumn(word("score"), 10, lambda facts: points_text(facts.raw.get("total")))
        )
        columns.append(
            OverviewColumn(word("grade"), 10, lambda facts: points_text(facts.raw.get("grade")))
        )
    return columns


def _money(title: str, of: AmountOf) -> OverviewColumn:
    return OverviewColumn(title, 16, lambda facts: facts.context.money(of(facts)), of)


def _budget(facts: StageProjectFacts) -> Any:
    return facts.goal.raw.get("budget") if facts.goal else None


def _sums(
    rows: TableBuilder,
    projects: Sequence[StageProjectFacts],
    columns: Sequence[OverviewColumn],
    rate_title: str,
) -> None:
    cells = []
    before = 1 + next(at for at, column in enumerate(columns) if column.amount)
    for column in columns[before - 1 :]:
        text = ""
        if column.amount and any(column.shows(facts) for facts in projects):
            amounts = [amount(column.amount(facts)) for facts in projects]
            total = total_of(amounts)
            text = projects[0].context.money(total) if total is not None else ""
        elif column.title == rate_title:
            text = rate_of_all(projects)
        cells.append(value(text, look=_look(column)))
    rows.add(label(word("sum"), before), *cells)


def rate_of_all(projects: Sequence[StageProjectFacts]) -> str:
    """All that was spent as a share of all budgets, as on the department's sheet of a stage."""
    views = [facts.view for facts in projects]
    spent, budget = total_of([v.executed for v in views]), total_of([v.budget for v in views])
    return percent(spent, budget)
