"""The central layouts of a project's monitoring and self-evaluation. Data, no logic.

After the tables of the central system: 17 and 11 columns there, of which merged ones are one here.
The row for money carried over from last year is left out: no goal sheet has such an amount.
"""

from __future__ import annotations

from collections.abc import Sequence

from xlperf.canonical import CAUSES
from xlperf.layout import Cell, Form, Row, display, field, item_row, label, labels, row, section
from xlperf.record import BUDGET_PARTS
from xlperf.rules.stages.views import POSSIBILITIES

RESULTS_LIST = "results"  # the rows of a stage's form: one an indicator


def identity() -> tuple[Cell, ...]:
    """The columns that say which indicator a row is about."""
    return (
        field("level1", look="center", merge=True),
        field("level2", look="center", merge=True),
        field("name"),
    )


def ticks(key: str, marks: Sequence[str]) -> tuple[Cell, ...]:
    """A column for each possible answer, in which one is ticked."""
    return tuple(field(f"{key}/{mark}", look="center") for mark in marks)


def heading(width: int, title: str) -> tuple[Row, ...]:
    """The title of a form, its year, and the unit of its amounts."""
    return (
        row(label(title, width, look="title")),
        row(display("heading/year", width - 2, look="unit"), label("yuan", 2, look="note")),
    )


def owner(left: int, right: int) -> tuple[Row, ...]:
    """The project, and who is in charge of it; `left` and `right`: columns of the values."""
    return (
        row(
            label("project_name", 2),
            display("heading/project", left + right + 2, look="shown_center"),
        ),
        row(
            label("managing_department", 2),
            display("heading/managing_department", left, look="shown_center"),
            label("implementing_unit", 2),
            display("heading/implementing_unit", right, look="shown_center"),
        ),
    )


def rate(ref: str, width: int = 1) -> Cell:
    """A share of money spent, which a formula works out."""
    return display(f"rate/{ref}", width, kind="percent", look="shown_center")


MONITORING_ROWS = (
    row(
        label("results", 4),
        label("attainment", 2),
        label("causes", 6),
        label("possibility", 3),
        label("aside"),
    ),
    row(
        *labels("level1 level2 level3 annual_target"),
        display("heading/completed", look="label"),
        *labels("expected_result causes_funding causes_rules causes_staff"),
        *labels("causes_hardware causes_other cause_text certain possible impossible"),
        label("remark"),
    ),
    item_row(
        RESULTS_LIST,
        *identity(),
        display("target", look="shown_center"),
        field("completed", look="center"),
        field("expected", look="center"),
        *ticks("causes", CAUSES),
        field("reason"),
        *ticks("possibility", POSSIBILITIES),
        field("remark"),
    ),
)


def monitoring(edition: str, sources: Sequence[str] = BUDGET_PARTS) -> Form:
    """Monitoring of a project; `sources`: the parts of its budget that the goals state."""
    return Form(
        edition=edition,
        name="monitoring",
        widths=(9, 12, 20, 13, 14, 14, 5, 5, 5, 5, 5, 24, 5, 5, 5, 12),
        repeated=2,
        frozen=2,
        body=(
            *heading(16, "monitoring_title"),
            *owner(4, 8),
            section(
                "funds",
                row(
                    label("source", 2),
                    label("initial_budget", 2),
                    display("heading/executed", 3, look="label"),
                    display("heading/rate", 4, look="label"),
                    label("expected_spending", 4),
                ),
                _spending("", "total_funds"),
                *(_spending(key, key) for key in sources),
            ),
            row(label("annual_goal", 2), display("goal/goals", 14, kind="numbered", deep=True)),
            *MONITORING_ROWS,
        ),
    )


def _spending(source: str, name: str) -> Row:
    """A row of money in monitoring: the budget, what was spent, what will be."""
    ending = f"_{source}" if source else ""
    return row(
        label(name, 2),
        display(f"goal/{source or 'budget'}", 2, kind="money", look="shown_money"),
        field(f"executed{ending}", 3, kind="money"),
        rate(source or "all", 4),
        field(f"expected{ending}", 4, kind="money"),
    )


EVALUATION_ROWS = (
    row(*labels("level1 level2 level3 annual_target completed points score remedy")),
    item_row(
        RESULTS_LIST,
        *identity(),
        display("target", look="shown_center"),
        field("completed", look="center"),
        field("weight", kind="number", look="center"),
        field("score", kind="number", look="center"),
        field("reason"),
    ),
)


def evaluation(edition: str, sources: Sequence[str] = BUDGET_PARTS) -> Form:
    """A project's evaluation by its own unit."""
    return Form(
        edition=edition,
        name="evaluation",
        widths=(10, 13, 22, 16, 16, 10, 10, 30),
        repeated=2,
        frozen=2,
        body=(
            *heading(8, "evaluation_title"),
            *owner(2, 2),
            section(
                "funds",
                row(
                    *labels("source initial_budget annual_budget annual_spending"),
                    *labels("points rate score"),
                ),
                row(
                    label("total_funds"),
                    display("goal/budget", kind="money", look="shown_money"),
                    field("adjusted", kind="money"),
                    field("executed", kind="money"),
                    display("points/execution", kind="number", look="shown_center"),
                    rate("all"),
                    field("execution_score", kind="number", look="center"),
                ),
                *(_evaluated(key) for key in sources),
            ),
            *completion(),
            *EVALUATION_ROWS,
            *totals(5, 1),
        ),
    )


def _evaluated(source: str) -> Row:
    """A part of the money, which has no points of its own."""
    return row(
        label(source),
        display(f"goal/{source}", kind="money", look="shown_money"),
        field(f"adjusted_{source}", kind="money"),
        field(f"executed_{source}", kind="money"),
        label("none"),
        rate(source),
        label("none"),
    )


def completion() -> tuple[Row, ...]:
    """The goals beside what became of them, in eight columns."""
    return (
        row(label("annual_goal"), label("expected_goal", 3), label("actual_completion", 4)),
        row(
            label("text"),
            display("goal/goals", 3, kind="numbered", deep=True),
            field("goal_completion", 4, look="text", deep=True),
        ),
    )


def totals(left: int, right: int) -> tuple[Row, ...]:
    """All points and the grade; `left` and `right`: columns beside the points."""
    return (
        row(
            label("total_points", left),
            display("points/all", kind="number", look="total_count"),
            field("total", kind="number", look="center"),
            label("none", right),
        ),
        row(label("grade", left), field("grade", right + 2, look="center")),
    )
