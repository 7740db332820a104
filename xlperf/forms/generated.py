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
