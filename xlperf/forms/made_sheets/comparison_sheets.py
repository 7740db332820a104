"""Sheets of the workbook that sets two documents side by side. Data, no logic."""

from xlperf.layout import GENERATED_EDITION, Form, field, item_row, label, row

MONEY_CHANGES = ("before", "after", "difference", "added", "removed", "arrived", "left", "changed")

COMPARISON_SHEET = Form(
    edition=GENERATED_EDITION,
    name="comparison",
    widths=(26, 40, 20, 20, 20, 20, 20, 20, 20, 20),
    frozen=2,
    body=(
        row(field("title", 10, look="title")),
        row(field("hint", 10, look="unit")),
        row(label("compare.by_kind", 10, look="heading")),
        item_row("kinds", field("kind", look="shown"), field("count", look="count")),
        row(label("compare.by_unit", 10, look="heading")),
        row(
            label("compare.column_unit_code"),
            label("compare.column_unit"),
            label("compare.column_money_before"),
            label("compare.column_money_after"),
            label("compare.column_difference"),
            label("compare.column_added"),
            label("compare.column_removed"),
            label("compare.column_arrived"),
            label("compare.column_left"),
            label("compare.column_changed"),
        ),
        row(
            label("compare.total", 2, look="total"),
            *(field(f"total/{key}", kind="money", look="total_money") for key in MONEY_CHANGES),
        ),
        item_row(
            "units",
            field("code", look="shown_center"),
            field("name", look="shown"),
            *(field(key, kind="money", look="shown_money") for key in MONEY_CHANGES),
        ),
        row(label("compare.by_project", 10, look="heading")),
        row(
            label("compare.column_code"),
            label("compare.column_name"),
            label("compare.column_money_before"),
            label("compare.column_money_after"),
            label("compare.column_difference"),
            label("compare.column_kind"),
        ),
        item_row(
            "projects",
            field("code", look="shown_center"),
            field("name", look="shown"),
            field("before", kind="money", look="shown_money"),
            field("after", kind="money", look="shown_money"),
            field("difference", kind="money", look="shown_money"),
            field("kind", look="shown_center"),
        ),
    ),
)

CHANGES_SHEET = Form(
    edition=GENERATED_EDITION,
    name="changes",
    widths=(6, 8, 24, 28, 30, 46, 46, 16, 22, 22),
    repeated=2,
    frozen=2,
    body=(
        row(field("title", 10, look="title")),
        row(
            label("compare.column_number"),
            label("compare.column_kind"),
            label("compare.column_code"),
            label("compare.column_name"),
            label("compare.column_what"),
            label("compare.column_before"),
            label("compare.column_after"),
            label("compare.column_difference"),
            label("compare.column_where_before"),
            label("compare.column_where"),
        ),
        item_row(
            "rows",
            field("number", look="count"),
            field("kind", look="shown_center"),
            field("code", look="shown_center"),
            field("name", look="shown"),
            field("what", look="shown"),
            field("before", look="shown"),
            field("after", look="shown"),
            field("difference", kind="money", look="shown_money"),
            field("where_before", look="shown_center"),
            field("where", look="shown_center"),
        ),
    ),
)
