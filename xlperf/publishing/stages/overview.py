"""The overview of a department's projects in a stage, with their sums."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from xlperf.publishing.stages.central import of_months
from xlperf.publishing.stages.facts import Facts, percent, total_of, word, written
from xlperf.publishing.stages.grid import Rows, label, value
from xlperf.publishing.tables import Table
from xlperf.record import amount
from xlperf.rules.stages.views import MONITORING, Stage

Amount = Callable[[Facts], Any]


@dataclass(frozen=True)
class Column:
    """A column: its title, its width, what it shows of a project; `amount`: what is summed up."""

    title: str
    width: int
    shows: Callable[[Facts], str]
    amount: Amount | None = None


def overview(projects: Sequence[Facts], stage: Stage) -> Table:
    """The projects of a stage, one a row, and their sums; a list without any is its titles.

    Those without goals are in no total of the stage: they stand apart, below the sums.
    """
    columns = _columns(projects, stage)
    rows = Rows((6, *(column.width for column in columns)))
    rows.add(label(word("number")), *(label(column.title) for column in columns))
    counted = [facts for facts in projects if facts.goal is not None]
    for number, facts in enumerate(counted, 1):
        _project(rows, str(number), facts, columns)
    _sums(rows, counted, columns, of_months("rate", stage.month))
    for facts in projects:
        if facts.goal is None:
            _project(rows, word("apart"), facts, columns)
    return rows.table(headers=1)


def _project(rows: Rows, number: str, facts: Facts, columns: Sequence[Column]) -> None:
    cells = [value(column.shows(facts), look=_look(column)) for column in columns]
    rows.add(value(number, look="center"), *cells)


def _look(column: Column) -> str:
    return "money" if column.amount else "text" if column.title == word("name") else "center"


def _columns(projects: Sequence[Facts], stage: Stage) -> list[Column]:
    month, monitored = stage.month, stage.kind == MONITORING
    columns = [
        Column(word("name"), 34, lambda facts: facts.name),
        _money(word("budget"), _budget),
        replace(  # the sum is of what there was to spend, without an adjustment the first budget
            _money(word("adjusted"), lambda facts: facts.raw.get("adjusted")),
            amount=lambda facts: facts.view.budget,
        ),
        _money(
            of_months("executed", month) if monitored else word("executed"),
            lambda facts: facts.raw.get("executed"),
        ),
        Column(of_months("rate", month), 12, lambda facts: facts.rate),
    ]
    if any(facts.view.code for facts in projects):
        columns.insert(0, Column(word("code"), 31, lambda facts: facts.view.code))
    if monitored:
        columns.append(_money(word("expected"), lambda facts: facts.raw.get("expected")))
        if not any("adjusted" in facts.raw for facts in projects):
            columns = [column for column in columns if column.title != word("adjusted")]
    else:
        columns.append(Column(word("score"), 10, lambda facts: written(facts.raw.get("total"))))
        columns.append(Column(word("grade"), 10, lambda facts: written(facts.raw.get("grade"))))
    return columns


def _money(title: str, of: Amount) -> Column:
    return Column(title, 16, lambda facts: facts.paper.money(of(facts)), of)


def _budget(facts: Facts) -> Any:
    return facts.goal.raw.get("budget") if facts.goal else None


def _sums(
    rows: Rows, projects: Sequence[Facts], columns: Sequence[Column], rate_title: str
) -> None:
    cells = []
    before = 1 + next(at for at, column in enumerate(columns) if column.amount)
    for column in columns[before - 1 :]:
        text = ""
        if column.amount and any(column.shows(facts) for facts in projects):
            known = [amount(column.amount(facts)) for facts in projects]
            total = total_of(known)
            text = projects[0].paper.money(total) if total is not None else ""
        elif column.title == rate_title:
            text = rate_of_all(projects)
        cells.append(value(text, look=_look(column)))
    rows.add(label(word("sum"), before), *cells)


def rate_of_all(projects: Sequence[Facts]) -> str:
    """All that was spent as a share of all budgets, as on the department's sheet of a stage."""
    views = [facts.view for facts in projects]
    spent, budget = total_of([v.executed for v in views]), total_of([v.budget for v in views])
    return percent(spent, budget)
