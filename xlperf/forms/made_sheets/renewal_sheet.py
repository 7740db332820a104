"""The sheet that sets last year's values beside this year's. Data, no logic."""

from xlperf.layout import GENERATED_EDITION, Form, field, item_row, label, row

RENEWAL = Form(
    edition=GENERATED_EDITION,
    name="renewal",
    widths=(6, 28, 34, 30, 40, 40, 12),
    repeated=3,
    frozen=3,
    body=(
        row(field("title", 7, look="title")),
        row(field("hint", 5, look="unit"), field("open", 2, look="status")),
        row(
            label("renewal.number"),
            label("renewal.sheet"),
            label("renewal.what"),
            label("renewal.why"),
            label("renewal.last"),
            label("renewal.now"),
            label("renewal.state"),
        ),
        item_row(
            "rows",
            field("number", look="count"),
            field("sheet", look="link"),
            field("what", look="shown"),
            field("why", look="shown"),
            field("last", look="shown"),
            field("now", look="shown"),
            field("state", look="status"),
        ),
    ),
)
