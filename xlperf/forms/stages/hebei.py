"""Hebei's self-evaluation of a project, after forms filled in for 2020. Data, no logic.

No filled monitoring of Hebei's was seen: the central layout stands for it. A column for reasons
and the points for execution are added, which every evaluation asks for.
"""

from __future__ import annotations

from xlperf.forms.stages.central import RESULTS_LIST, heading, identity, rate, totals
from xlperf.layout import Form, Row, display, field, item_row, label, labels, row, section
from xlperf.layout.vocabulary import FormPart


def _funds(ending: str, part: str, *names: str) -> Row:
    """Money arranged, arrived and spent, and the share of it that was spent."""
    arranged, arrived, spent = names
    return row(
        label(arranged),
        field(f"adjusted{ending}", kind="money"),
        label(arrived),
        field(f"received{ending}", kind="money"),
        label(spent),
        field(f"executed{ending}", 2, kind="money"),
        rate(part, 2),
    )


EVALUATION_BODY: tuple[FormPart, ...] = (
    *heading(10, "hebei_evaluation_title"),
    section(
        "basic_facts",
        row(
            label("project_name"),
            display("heading/project", 2, look="shown_center"),
            label("implementing_unit_of_hebei"),
            display("heading/implementing_unit", 5, look="shown_center"),
        ),
    ),
    section(
        "execution",
        row(
            label("arranged", 2),
            label("arrived", 2),
            label("spent", 3),
            label("execution_progress", 2),
        ),
        _funds("", "all", "adjusted_amount", "received_amount", "executed_amount"),
        _funds("_fiscal", "fiscal", "fiscal", "fiscal", "fiscal"),
        _funds("_other", "other", "others", "others", "others"),
    ),
    section(
        "completion_of_goals",
        row(label("expected_goal", 3), label("completion", 5), label("completion_rate")),
        row(
            display("goal/goals", 3, kind="numbered", deep=True),
            field("goal_completion", 5, look="text", deep=True),
            field("completion_rate", look="center"),
        ),
    ),
    row(label("completion_of_indicators", 10, look="heading")),
    row(
        *labels("level1 level2 level3 description expected_target single_completed"),
        *labels("single_state share_of_weight converted_score remedy"),
    ),
    item_row(
        RESULTS_LIST,
        *identity(),
        display("description"),
        display("target", look="shown_center"),
        field("completed", look="center"),
        field("state", look="center"),
        field("weight", kind="number", look="center"),
        field("score", kind="number", look="center"),
        field("reason"),
    ),
    row(
        label("execution_rate", 6),
        rate("all"),
        display("points/execution", kind="number", look="shown_center"),
        field("execution_score", kind="number", look="center"),
        label("none"),
    ),
    *totals(7, 1),
)


def evaluation(edition: str) -> Form:
    """A project's evaluation by its own unit, in the four parts of the printed form."""
    return Form(
        edition=edition,
        name="evaluation",
        widths=(10, 12, 20, 22, 14, 14, 10, 9, 9, 26),
        repeated=2,
        frozen=2,
        body=EVALUATION_BODY,
    )
