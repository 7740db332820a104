"""Sheets of workbooks that are made for reading: a roll-up, a review. Data, no logic."""

from functools import cache

from xlperf.forms.made_sheets.book_sheets import MONEY_HEADS, SUM_FIELDS, TOTAL_FIELDS
from xlperf.layout import GENERATED_EDITION, Cell, Form, field, item_row, label, labels, row

REVIEW = Form(
    edition=GENERATED_EDITION,
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
        item_row(
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

# what is added up of spending, where any is reported
SPENDING_FIELDS = ("executed", "of_budget", "rate")
SPENT_WIDE = (20, 20, 10)
OUTCOME_WIDE = (18, 18, 10, 9, 9)
SPENT_HEADS = tuple(label(f"rollup.{key}") for key in SPENDING_FIELDS)
OUTCOME_HEADS = (*SPENT_HEADS, label("rollup.score"), label("rollup.grade"))


def _spent(prefix: str = "", look: str = "shown_money") -> tuple[Cell, ...]:
    """What was spent, of which budget, at which rate."""
    rate = field(f"{prefix}rate", kind="percent", look="count" if not prefix else "total_count")
    return (
        *(field(f"{prefix}{key}", kind="money", look=look) for key in SPENDING_FIELDS[:2]),
        rate,
    )


@cache
def rollup_form(*, spent: bool = False) -> Form:
    """The totals of a roll-up; with what was spent where any project reports it."""
    heads = SPENT_HEADS if spent else ()
    *amounts, count = TOTAL_FIELDS
    totals = (*amounts, *(_spent("total/", "total_money") if spent else ()), count)
    width = 10 + len(heads)
    more = SPENT_WIDE if spent else ()
    return Form(
        edition=GENERATED_EDITION,
        name="rollup",
        widths=(12, 40, 20, 20, 18, 20, 20, 20, 20, *more, 9, 12, 30),
        frozen=2,
        body=(
            row(field("title", width, look="title")),
            row(field("hint", width - 3, look="unit"), label("summary.yuan", 3, look="note")),
            row(*labels("rollup.code rollup.name"), *MONEY_HEADS, *heads, label("summary.count")),
            row(label("rollup.total", 2, look="total"), *totals),
            row(label("rollup.departments", width, look="heading")),
            item_row("departments", *_group(spent)),
            row(
                label("rollup.units", width, look="heading"),
                *labels("rollup.department rollup.department_name"),
            ),
            item_row(
                "units",
                *_group(spent),
                field("department", look="shown_center"),
                field("department_name", look="shown"),
            ),
        ),
    )


def _group(spent: bool) -> tuple[Cell, ...]:
    """The cells of a department or a unit with its sums."""
    names = (field("code", look="shown_center"), field("name", look="link"))
    return (*names, *SUM_FIELDS, *(_spent() if spent else ()), field("count", look="count"))


@cache
def rollup_projects_form(*, spent: bool = False) -> Form:
    """The projects of a roll-up; with what they report of a stage where any of them does."""
    heads = OUTCOME_HEADS if spent else ()
    reported = (field("score", kind="number", look="count"), field("grade", look="shown_center"))
    outcome = (*_spent(), *reported) if spent else ()
    more = OUTCOME_WIDE if spent else ()
    return Form(
        edition=GENERATED_EDITION,
        name="rollup_projects",
        widths=(12, 26, 11, 28, 34, 18, 18, 16, 18, 18, 18, 18, *more, 36, 36),
        repeated=1,
        frozen=1,
        body=(
            row(
                label("rollup.department"),
                label("rollup.department_name"),
                label("summary.unit_code"),
                label("summary.project_code"),
                label("summary.project_name"),
                *MONEY_HEADS,
                *heads,
                label("rollup.file"),
                label("answers.place"),
            ),
            item_row(
                "projects",
                field("department", look="shown_center"),
                field("department_name", look="shown"),
                field("unit", look="shown_center"),
                field("code", look="shown_center"),
                field("name", look="shown"),
                *SUM_FIELDS,
                *outcome,
                field("file", look="shown"),
                field("place", look="link"),
            ),
        ),
    )


ROLLUP, ROLLUP_PROJECTS = rollup_form(), rollup_projects_form()

ROLLUP_ASIDE = Form(
    edition=GENERATED_EDITION,
    name="rollup_aside",
    widths=(48, 90),
    repeated=2,
    frozen=2,
    body=(
        row(label("rollup.aside", 2, look="heading")),
        row(label("rollup.file"), label("rollup.reason")),
        item_row("files", field("file", look="shown"), field("reason", look="shown")),
    ),
)

ROLLUP_REMARKS = Form(
    edition=GENERATED_EDITION,
    name="rollup_remarks",
    widths=(138,),
    repeated=1,
    frozen=1,
    body=(
        row(label("rollup.remarks", look="heading")),
        item_row("remarks", field("remark", look="shown")),
    ),
)
