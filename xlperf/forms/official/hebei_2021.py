"""Hebei 2021: the project form as printed, and the department's part as a sheet. Data, no logic.

The printed form has six columns of indicators but seven cells in its budget row, so the sheet has
seven and the description takes two of them.
"""

from xlperf.forms.official.owner import OWNER_ROWS
from xlperf.forms.stages import central, hebei
from xlperf.layout import Form, field, item_row, label, labels, ordinal, row, section

EDITION = "hebei-2021"

PROJECT = Form(
    edition=EDITION,
    name="project",
    widths=(11, 13, 18, 15, 14, 11, 13),
    repeated=3,
    frozen=3,
    body=(
        row(field("title", 7, kind="title")),
        row(field("unit", 5, kind="unit"), label("yuan", 2, look="note")),
        row(
            label("project_code"),
            field("code", 2, look="center"),
            label("project_name"),
            field("name", 3, look="center"),
        ),
        section(
            "budget_and_purpose",
            row(
                label("budget"),
                field("budget", kind="money"),
                label("fiscal"),
                field("fiscal", kind="money"),
                label("other"),
                field("other", kind="money"),
            ),
            item_row(
                "funds",
                field("source", 4, look="center"),
                field("amount", 2, kind="money"),
                optional=True,
            ),
            row(field("purpose", 6, deep=True)),
        ),
        section(
            "spending_plan",
            row(
                label("by_march"), label("by_june"), label("by_october", 2), label("by_december", 2)
            ),
            row(
                field("spending_plan/03", kind="percent"),
                field("spending_plan/06", kind="percent"),
                field("spending_plan/10", 2, kind="percent"),
                field("spending_plan/12", 2, kind="percent"),
            ),
        ),
        row(label("goals"), field("goals", 6, kind="numbered", look="text", deep=True)),
        row(
            *labels("level1 level2 level3"),
            label("description", 2),
            *labels("target basis"),
        ),
        item_row(
            "indicators",
            field("level1", look="center", merge=True),
            field("level2", look="center", merge=True),
            field("name"),
            field("description", 2),
            field("target", look="center"),
            field("basis", look="center"),
        ),
    ),
)

DEPARTMENT = Form(
    edition=EDITION,
    name="department",
    widths=(10, 17, 22, 18, 24, 10),
    repeated=1,
    frozen=1,
    body=(
        row(label("department_title", 6, look="title")),
        *OWNER_ROWS,
        row(label("overall_goal"), field("overall_goal", 5, deep=True)),
        row(label("activities", 6, look="heading")),
        row(*labels("ordinal activity goals indicator description target")),
        item_row(
            "activities",
            ordinal(),
            field("name", merge=True),
            field("goal", merge=True),
            item_row(
                "indicators",
                field("name"),
                field("description"),
                field("target", look="center"),
                room=3,
            ),
            room=4,
        ),
        row(label("safeguards", 6, look="heading")),
        row(*labels("ordinal safeguard"), label("text", 4)),
        item_row("safeguards", ordinal(), field("title"), field("text", 4), room=4),
    ),
)

LEFTOVERS = Form(
    edition=EDITION,
    name="leftovers",
    widths=(30, 66),
    repeated=2,
    frozen=2,
    body=(
        row(label("leftovers_title", 2, look="title")),
        row(*labels("place text")),
        item_row("leftovers", field("place"), field("text")),
    ),
)

STAGES = {
    "monitoring": central.monitoring(EDITION),  # no filled form of Hebei's was seen
    "self-evaluation": hebei.evaluation(EDITION),
}
