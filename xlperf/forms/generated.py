"""Sheets that are made and not filled in: guide, summary, lists, manifest, roll-up. Data, no logic.

They are written in the same language as the official forms; their labels speak the user's
language (`summary.…` in the wording files) and their fields hold formulas.
"""

from xlperf.layout import MADE, Form, each, field, label, row

GUIDE = Form(
    edition=MADE,
    name="guide",
    widths=(18, 84),
    body=(
        row(field("title", 2, look="guide_title")),
        each("sections", field("heading", look="guide_heading"), field("text", look="guide_text")),
    ),
)

_SUMS = (
    *(field(ref, kind="money", look="shown_money") for ref in ("budget", "fiscal", "other")),
    *(field(f"by_{month}", kind="money", look="shown_money") for month in ("03", "06", "10", "12")),
)
_TOTALS = (
    *(
        field(f"total/{ref}", kind="money", look="total_money")
        for ref in ("budget", "fiscal", "other", "by_03", "by_06", "by_10", "by_12")
    ),
    field("total/count", look="total_count"),
)
_REST = (
    *(
        field(f"rest/{ref}", kind="money", look="shown_money")
        for ref in ("budget", "fiscal", "other", "by_03", "by_06", "by_10", "by_12")
    ),
    field("rest/count", look="count"),
    field("rest/status", look="status"),
)


_MONEY = tuple(
    label(f"summary.{ref}")
    for ref in ("budget", "fiscal", "other", "by_03", "by_06", "by_10", "by_12")
)

SUMMARY = Form(
    edition=MADE,
    name="summary",
    widths=(7, 25, 30, 11, 16, 16, 14, 16, 16, 16, 16, 8, 11),
    frozen=2,
    body=(
        row(field("title", 13, look="title")),
        row(field("hint", 9, look="unit"), label("summary.yuan", 4, look="note")),
        row(label("summary.units", 13, look="heading")),
        row(
            label("summary.unit_code", 2),
            label("summary.unit_name", 2),
            *_MONEY,
            label("summary.count"),
            label("summary.status"),
        ),
        each(
            "units",
            field("code", 2, look="shown_center"),
            field("name", 2, look="shown"),
            *_SUMS,
            field("count", look="count"),
            field("status", look="status"),
        ),
        row(label("summary.rest", 4, look="shown_center"), *_REST),
        row(
            label("summary.total", 4, look="total"), *_TOTALS, field("total/status", look="status")
        ),
        row(label("summary.projects", 13, look="heading")),
        row(
            label("summary.number"),
            label("summary.project_code"),
            label("summary.project_name"),
            label("summary.unit_code"),
            *_MONEY,
            label("summary.indicators"),
            label("summary.status"),
        ),
        each(
            "projects",
            field("number", look="count"),
            field("code", look="shown_center"),
            field("name", look="link"),
            field("unit", look="shown_center"),
            *_SUMS,
            field("indicators", look="count"),
            field("status", look="status"),
        ),
    ),
)

LISTS = Form(
    edition=MADE,
    name="lists",
    widths=(16, 22, 16, 10, 10),
    body=(
        each(
            "rows",
            field("level1", look="hidden"),
            field("level2", look="hidden"),
            field("basis", look="hidden"),
            field("operators", look="hidden"),
            field("units", look="hidden"),
        ),
    ),
)

MANIFEST = Form(
    edition=MADE,
    name="manifest",
    widths=(24, 60),
    body=(each("entries", field("key", look="hidden"), field("value", look="hidden")),),
)

FINDINGS = Form(
    edition=MADE,
    name="findings",
    widths=(7, 8, 10, 24, 9, 50, 48, 58),
    repeated=3,
    frozen=3,
    body=(
        row(field("title", 8, look="title")),
        row(field("tally", 8, look="unit")),
        row(
            label("findings.number"),
            label("findings.severity"),
            label("findings.code"),
            label("findings.sheet"),
            label("findings.cell"),
            label("findings.message"),
            label("findings.advice"),
            label("findings.source"),
        ),
        each(
            "findings",
            field("number", look="count"),
            field("severity", look="status"),
            field("code", look="shown_center"),
            field("sheet", look="shown"),
            field("cell", look="link"),
            field("message", look="shown"),
            field("advice", look="shown"),
            field("source", look="shown"),
        ),
    ),
)

REVIEW = Form(
    edition=MADE,
    name="review",
    widths=(6, 20, 10, 24, 24, 15, 6, 6, 6, 30, 30, 30, 30, 8, 34, 10, 34),
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

MARKS = Form(
    edition=MADE,
    name="marks",
    widths=(20, 20, 60),
    body=(
        each(
            "marks",
            field("name", look="hidden"),
            field("fill", look="hidden"),
            field("note", look="hidden"),
        ),
    ),
)

ROLLUP = Form(
    edition=MADE,
    name="rollup",
    widths=(12, 34, 17, 17, 15, 17, 17, 17, 17, 9),
    frozen=2,
    body=(
        row(field("title", 10, look="title")),
        row(field("hint", 7, look="unit"), label("summary.yuan", 3, look="note")),
        row(label("rollup.code"), label("rollup.name"), *_MONEY, label("summary.count")),
        row(label("rollup.total", 2, look="total"), *_TOTALS),
        row(label("rollup.departments", 10, look="heading")),
        each(
            "departments",
            field("code", look="shown_center"),
            field("name", look="shown"),
            *_SUMS,
            field("count", look="count"),
        ),
        row(label("rollup.units", 10, look="heading")),
        each(
            "units",
            field("code", look="shown_center"),
            field("name", look="shown"),
            *_SUMS,
            field("count", look="count"),
        ),
    ),
)

ROLLUP_PROJECTS = Form(
    edition=MADE,
    name="rollup_projects",
    widths=(12, 26, 11, 25, 32, 16, 16, 14, 16, 16, 16, 16, 36),
    repeated=1,
    frozen=1,
    body=(
        row(
            label("rollup.department"),
            label("rollup.name"),
            label("summary.unit_code"),
            label("summary.project_code"),
            label("summary.project_name"),
            *_MONEY,
            label("rollup.file"),
        ),
        each(
            "projects",
            field("department", look="shown_center"),
            field("department_name", look="shown"),
            field("unit", look="shown_center"),
            field("code", look="shown_center"),
            field("name", look="shown"),
            *_SUMS,
            field("file", look="shown"),
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
