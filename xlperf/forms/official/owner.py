"""Whose document it is, on the department's sheet of every edition; what nobody claims.

A workbook needs to know its department, year and units whatever the official form prints.
"""

from xlperf.layout import Form, field, item_row, label, labels, row, section

# The rows that say whose document it is, of which year, edition and units: six columns wide.
OWNER_ROWS = (
    row(
        label("department_code"),
        field("department/code", look="center"),
        label("department_name"),
        field("department/name", 3, look="center"),
    ),
    row(
        label("region_code"),
        field("region/code", look="center"),
        label("region_name"),
        field("region/name", 3, look="center"),
    ),
    row(
        label("fiscal_year"),
        field("fiscal_year", kind="year", look="center"),
        label("edition"),
        field("edition", 3, look="center"),
    ),
    section(
        "units",
        row(label("unit_code"), label("unit_name", 4)),
        item_row("units", field("code", look="center"), field("name", 4), room=4),
    ),
)


def owner_form(edition: str) -> Form:
    """The department's sheet of an edition that prints no department's part."""
    return Form(
        edition=edition,
        name="department",
        widths=(12, 20, 14, 20, 12, 22),
        repeated=1,
        frozen=1,
        body=(
            row(label("document_title", 6, look="title")),
            *OWNER_ROWS,
        ),
    )


def leftovers_form(edition: str) -> Form:
    """What no form claims: its place and its text."""
    return Form(
        edition=edition,
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
