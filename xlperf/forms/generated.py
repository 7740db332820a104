"""Sheets that are made and not filled in: guide, summary, lists, manifest, roll-up. Data, no logic.

They are written in the same language as the official forms; their labels speak the user's
language (`summary.…` in the wording files) and their fields hold formulas.
"""

from xlperf.layout import MADE, Cell, Form, each, field, label, row

GUIDE = Form(
    edition=MADE,
    name="guide",
    widths=(18, 84),
    body=(
        row(field("title", 2, look="guide_title")),
        each("sections", field("heading", look="guide_heading"), field("text", look="guide_text")),
    ),
)

SUMS = (
    *(field(ref, kind="money", look="shown_money") for ref in ("budget", "fiscal", "other")),
    *(field(f"by_{month}", kind="money", look="shown_money") for month in ("03", "06", "10", "12")),
)
TOTALS = (
    *(
        field(f"total/{ref}", kind="money", look="total_money")
        for ref in ("budget", "fiscal", "other", "by_03", "by_06", "by_10", "by_12")
    ),
    field("total/count", look="total_count"),
)
KINDS = ("output", "benefit", "satisfaction")  # what indicators are counted by
_REST = (
    *(
        field(f"rest/{ref}", kind="money", look="shown_money")
        for ref in ("budget", "fiscal", "other", "by_03", "by_06", "by_10", "by_12")
    ),
    field("rest/count", look="count"),
    field("rest/status", look="status"),
    *(field(f"rest/{ref}", look="count") for ref in ("points", *KINDS)),
)

MONEY = tuple(
    label(f"summary.{ref}")
    for ref in ("budget", "fiscal", "other", "by_03", "by_06", "by_10", "by_12")
)

_COUNTS = tuple(label(f"summary.{ref}") for ref in ("status", "points", *KINDS))


def _counts(prefix: str = "", look: str = "count") -> tuple[Cell, ...]:
    """Status, open points and indicators by kind, of a project, a unit or in all."""
    counted = (field(f"{prefix}{ref}", look=look) for ref in ("points", *KINDS))
    return (field(f"{prefix}status", look="status"), *counted)


SUMMARY = Form(
    edition=MADE,
    name="summary",
    widths=(7, 28, 34, 11, 18, 18, 16, 18, 18, 18, 18, 9, 13, 9, 10, 10, 12),
    frozen=3,
    body=(
        row(field("title", 17, look="title")),
        row(field("hint", 13, look="unit"), label("summary.yuan", 4, look="note")),
        row(  # stays in view: it heads the amounts of both tables
            label("summary.any_code", 2),
            label("summary.any_name", 2),
            *MONEY,
            label("summary.any_count"),
            *_COUNTS,
        ),
        row(label("summary.units", 17, look="heading")),
        each(
            "units",
            field("code", 2, look="shown_center"),
            field("name", 2, look="shown"),
            *SUMS,
            field("count", look="count"),
            *_counts(),
        ),
        row(label("summary.rest", 4, look="shown_center"), *_REST),
        row(
            label("summary.total", 4, look="total"),
            *TOTALS,
            *_counts("total/", look="total_count"),
        ),
        row(
            field("own/name", 4, look="link"),
            field("own/hint", 8, look="shown"),
            *_counts("own/"),
        ),
        row(label("summary.projects", 17, look="heading")),
        row(
            label("summary.number"),
            label("summary.project_code"),
            label("summary.project_name"),
            label("summary.unit_code"),
            *MONEY,
            label("summary.indicators"),
            *_COUNTS,
        ),
        each(
            "projects",
            field("number", look="count"),
            field("code", look="shown_center"),
            field("name", look="link"),
            field("unit", look="shown_center"),
            *SUMS,
            field("indicators", look="count"),
            *_counts(),
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
    widths=(6, 7, 9, 20, 8, 40, 36, 16, 36, 9, 12, 40, 8, 8, 8, 8, 30),
    repeated=3,
    frozen=3,
    body=(
        row(field("title", 12, look="title")),
        row(field("tally", 12, look="unit")),
        row(
            label("findings.number"),
            label("findings.severity"),
            label("findings.code"),
            label("findings.sheet"),
            label("findings.cell"),
            label("findings.message"),
            label("findings.advice"),
            label("findings.standing"),
            label("findings.reason"),
            label("findings.who"),
            label("findings.when"),
            label("findings.source"),
            *(label("findings.program", look="hidden") for _ in range(4)),
            label("findings.opinion"),
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
            field("standing", look="shown"),
            field("reason", look="text"),
            field("who", look="center"),
            field("when", look="center"),
            field("source", look="shown"),
            # the program's own columns, hidden: what the line is about
            *(field(ref, look="hidden") for ref in ("at", "name", "facts", "then")),
            field("opinion", look="text"),
        ),
    ),
)

MARK_MEMORY = Form(
    edition=MADE,
    name="marks",
    widths=(20, 32, 20, 60),
    body=(
        each(
            "marks",
            field("name", look="hidden"),
            field("sheet", look="hidden"),
            field("fill", look="hidden"),
            field("note", look="hidden"),
        ),
    ),
)
