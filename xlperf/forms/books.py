"""Sheets of workbooks that are made for reading: a roll-up, a review. Data, no logic."""

from xlperf.forms.generated import MONEY, SUMS, TOTALS
from xlperf.layout import MADE, Form, each, field, label, row

REVIEW = Form(
    edition=MADE,
    name="review",
    widths=(6, 20, 11, 28, 24, 16, 6, 6, 6, 30, 30, 30, 30, 11, 34, 11, 34),
    repeated=3,
    frozen=3,
    body=(
        row(field("title", 17, look="title")),
        row(field("hint", 17, look="unit")),
        row(
            label("review.number"),
            label("review.department"),
            label("summary.unit_code"),
            label("summary.project_code"),
            label("summary.project_name"),
            label("summary.budget"),
            label("severity.error"),
            label("severity.warning"),
            label("severity.info"),
            label("review.completeness"),
            label("review.relevance"),
            label("review.adequacy"),
            label("review.feasibility"),
            label("review.proposal"),
            label("review.reason"),
            label("review.decision"),
            label("review.opinion"),
        ),
        each(
            "rows",
            field("number", look="count"),
            field("department", look="shown"),
            field("unit", look="shown_center"),
            field("code", look="shown_center"),
            field("name", look="shown"),
            field("budget", kind="money", look="shown_money"),
            field("error", look="count"),
            field("warning", look="count"),
            field("info", look="count"),
            field("completeness", look="shown"),
            field("relevance", look="shown"),
            field("adequacy", look="shown"),
            field("feasibility", look="shown"),
            field("proposal", look="status"),
            field("reason", look="shown"),
            field("decision", look="center"),
            field("opinion", look="text"),
        ),
    ),
)

ROLLUP = Form(
    edition=MADE,
    name="rollup",
    widths=(12, 40, 20, 20, 18, 20, 20, 20, 20, 9, 12, 30),
    frozen=2,
    body=(
        row(field("title", 10, look="title")),
        row(field("hint", 7, look="unit"), label("summary.yuan", 3, look="note")),
        row(label("rollup.code"), label("rollup.name"), *MONEY, label("summary.count")),
        row(label("rollup.total", 2, look="total"), *TOTALS),
        row(label("rollup.departments", 10, look="heading")),
        each(
            "departments",
            field("code", look="shown_center"),
            field("name", look="link"),
            *SUMS,
            field("count", look="count"),
        ),
        row(
            label("rollup.units", 10, look="heading"),
            label("rollup.department"),
            label("rollup.department_name"),
        ),
        each(
            "units",
            field("code", look="shown_center"),
            field("name", look="link"),
            *SUMS,
            field("count", look="count"),
            field("department", look="shown_center"),
            field("department_name", look="shown"),
        ),
    ),
)

ROLLUP_PROJECTS = Form(
    edition=MADE,
    name="rollup_projects",
    widths=(12, 26, 11, 28, 34, 18, 18, 16, 18, 18, 18, 18, 36, 36),
    repeated=1,
    frozen=1,
    body=(
        row(
            label("rollup.department"),
            label("rollup.department_name"),
            label("summary.unit_code"),
            label("summary.project_code"),
            label("summary.project_name"),
            *MONEY,
            label("rollup.file"),
            label("answers.place"),
        ),
        each(
            "projects",
            field("department", look="shown_center"),
            field("department_name", look="shown"),
            field("unit", look="shown_center"),
            field("code", look="shown_center"),
            field("name", look="shown"),
            *SUMS,
            field("file", look="shown"),
            field("place", look="link"),
        ),
    ),
)

ROLLUP_ASIDE = Form(
    edition=MADE,
    name="rollup_aside",
    widths=(48, 90),
    repeated=2,
    frozen=2,
    body=(
        row(label("rollup.aside", 2, look="heading")),
        row(label("rollup.file"), label("rollup.reason")),
        each("files", field("file", look="shown"), field("reason", look="shown")),
    ),
)

ROLLUP_REMARKS = Form(
    edition=MADE,
    name="rollup_remarks",
    widths=(138,),
    repeated=1,
    frozen=1,
    body=(
        row(label("rollup.remarks", look="heading")),
        each("remarks", field("remark", look="shown")),
    ),
)
