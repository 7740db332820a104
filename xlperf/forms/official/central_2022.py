"""Central 2022: the form of a project, as local governments fill it in. Data, no logic."""

from xlperf.forms.official.owner import leftovers_form, owner_form
from xlperf.forms.stages import central
from xlperf.layout import Form, field, item_row, label, labels, row, section

EDITION = "central-2022"

PROJECT = Form(
    edition=EDITION,
    name="project",
    widths=(12, 14, 24, 16, 12, 12, 16),
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
        row(
            label("managing_department"),
            field("managing_department", 2, look="center"),
            label("implementing_unit"),
            field("implementing_unit", 3, look="center"),
        ),
        row(
            label("category"),
            field("category", 2, look="center"),
            label("attribute"),
            field("attribute", 3, look="center"),
        ),
        row(
            label("start"),
            field("start", look="center"),
            label("end"),
            field("end", look="center"),
            label("leader"),
            field("leader", 2, look="center"),
        ),
        section(
            "funds",
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
        ),
        row(label("overview"), field("overview", 6, deep=True)),
        row(label("goals"), field("goals", 6, kind="numbered", look="text", deep=True)),
        row(*labels("level1 level2 level3 target weight"), label("description", 2)),
        item_row(
            "indicators",
            field("level1", look="center", merge=True),
            field("level2", look="center", merge=True),
            field("name"),
            field("target", look="center"),
            field("weight", kind="number", look="center"),
            field("description", 2),
        ),
    ),
)

DEPARTMENT, LEFTOVERS = owner_form(EDITION), leftovers_form(EDITION)

STAGES = {
    "monitoring": central.monitoring(EDITION),
    "self-evaluation": central.evaluation(EDITION),
}
