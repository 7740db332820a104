"""Sichuan's self-evaluation of a project, after a form that was filled in. Data, no logic."""

from __future__ import annotations

from xlperf.forms.stages.central import RESULTS_LIST, heading, identity, rate
from xlperf.layout import Form, display, field, item_row, label, labels, row, section
from xlperf.layout.vocabulary import FormPart

EVALUATION_BODY: tuple[FormPart, ...] = (
    *heading(10, "sichuan_evaluation_title"),
    row(label("project_name"), display("heading/project", 9, look="shown_center")),
    row(
        label("managing_department"),
        display("heading/managing_department", 3, look="shown_center"),
        label("implementing_unit", 2),
        display("heading/implementing_unit", 4, look="shown_center"),
    ),
    row(label("annual_goal_of_project", 5), label("state_of_completion", 5)),
    row(
        display("goal/goals", 5, kind="numbered", deep=True),
        field("goal_completion", 5, look="text", deep=True),
    ),
    row(label("process"), field("overview", 9, deep=True)),
    section(
        "execution_of_budget",
        row(
            label("source"),
            label("initial_budget_of_year"),
            label("budget_after_adjustment", 2),
            label("budget_executed"),
            *labels("rate weight score cause_of_deviation"),
        ),
        row(
            label("total_amount"),
            display("goal/budget", kind="money", look="shown_money"),
            field("adjusted", 2, kind="money"),
            field("executed", kind="money"),
            rate("all"),
            display("points/execution", kind="number", look="shown_center"),
            field("execution_score", kind="number", look="center"),
            field("execution_reason"),
        ),
    ),
    row(
        *labels("level1 level2 level3 operator target unit completed_value"),
        *labels("weight score reason_for_shortfall"),
    ),
    item_row(
        RESULTS_LIST,
        *identity(),
        display("operator", look="shown_center"),
        display("target", look="shown_center"),
        display("unit", look="shown_center"),
        field("completed", look="center"),
        field("weight", kind="number", look="center"),
        field("score", kind="number", look="center"),
        field("reason"),
    ),
    row(
        label("sum", 7),
        display("points/all", kind="number", look="total_count"),
        field("total", kind="number", look="center"),
        label("none"),
    ),
    row(label("grade", 2), field("grade", 8, look="center")),
    row(label("conclusion", 2), field("conclusion", 8, deep=True)),
    row(label("problems", 2), field("problems", 8, deep=True)),
    row(label("measures", 2), field("measures", 8, deep=True)),
    row(label("leader", 2), field("leader", 8, look="center")),
)


def evaluation(edition: str) -> Form:
    """A project's evaluation by its own unit; the conclusions below its points."""
    return Form(
        edition=edition,
        name="evaluation",
        widths=(12, 13, 22, 10, 14, 10, 15, 9, 9, 26),
        repeated=2,
        frozen=2,
        body=EVALUATION_BODY,
    )
