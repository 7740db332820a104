"""Sichuan 2023: the form of a project; a target stands in three columns. Data, no logic."""

from xlperf.forms.official.owner import leftovers_form, owner_form
from xlperf.forms.stages import central, sichuan
from xlperf.layout import Form, field, item_row, label, labels, row

EDITION = "sichuan-2023"

PROJECT = Form(
    edition=EDITION,
    name="project",
    widths=(12, 25, 26, 10, 12, 10, 8, 12),
    repeated=3,
    frozen=3,
    body=(
        row(field("title", 8, kind="title")),
        row(field("unit", 5, kind="unit"), label("yuan", 3, look="note")),
        row(
            label("project_code"),
            field("code", look="center"),
            label("project_name"),
            field("name", 5, look="center"),
        ),
        row(label("budget"), field("budget", 7, kind="money")),
        item_row(
            "funds",
            field("source", 5, look="center"),
            field("amount", 3, kind="money"),
            optional=True,
        ),
        row(label("goals"), field("goals", 7, kind="numbered", look="text", deep=True)),
        row(*labels("level1 level2 level3 operator target unit weight direction")),
        item_row(
            "indicators",
            field("level1", look="center", merge=True),
            field("level2", look="center", merge=True),
            field("name"),
            field("operator", look="center"),
            field("target", look="center"),
            field("unit", look="center"),
            field("weight", kind="number", look="center"),
            field("direction", look="center"),
        ),
    ),
)

DEPARTMENT, LEFTOVERS = owner_form(EDITION), leftovers_form(EDITION)

STAGES = {
    "monitoring": central.monitoring(EDITION, sources=()),  # its goals state one amount
    "self-evaluation": sichuan.evaluation(EDITION),
}
