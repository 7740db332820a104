"""Sheets that are made and not filled in: guide, summary, lists, manifest, roll-up. Data, no logic.

They are written in the same language as the official forms; their labels speak the user's
language (`summary.…` in the wording files) and their fields hold formulas.
"""

from functools import cache

from xlperf.editions import TRAITS, Traits, first
from xlperf.fields import keys_of
from xlperf.layout import GENERATED_EDITION, Cell, Form, field, item_row, label, row
from xlperf.layout.vocabulary import FormPart
from xlperf.record import PROJECT_AMOUNTS

GUIDE = Form(
    edition=GENERATED_EDITION,
    name="guide",
    widths=(18, 84),
    body=(
        row(field("title", 2, look="guide_title")),
        item_row(
            "sections", field("heading", look="guide_heading"), field("text", look="guide_text")
        ),
    ),
)

SUMMARY_AMOUNTS = (
    *PROJECT_AMOUNTS,
    *(f"by_{month}" for month in keys_of("projects/spending_plan")),
)


def summed(traits: Traits | None = None) -> tuple[str, ...]:
    """What is added up of projects: amounts, and what is planned by the months of an edition."""
    if traits is None:
        return SUMMARY_AMOUNTS
    amounts = [key for key in PROJECT_AMOUNTS if traits.has(f"projects/{key}")]
    return (*amounts, *(f"by_{month}" for month in traits.months))


def sums(traits: Traits | None = None) -> tuple[Cell, ...]:
    """The cells with what is added up."""
    return tuple(field(ref, kind="money", look="shown_money") for ref in summed(traits))


def totals(traits: Traits | None = None) -> tuple[Cell, ...]:
    """The cells with the totals, and the count."""
    amounts = (field(f"total/{ref}", kind="money", look="total_money") for ref in summed(traits))
    return (*amounts, field("total/count", look="total_count"))


def heads(traits: Traits | None = None) -> tuple[Cell, ...]:
    """The headings above what is added up."""
    return tuple(label(f"summary.{ref}") for ref in summed(traits))


SUM_FIELDS, TOTAL_FIELDS, MONEY_HEADS = sums(), totals(), heads()
BENEFIT_KINDS = ("output", "benefit", "satisfaction")  # what indicators are counted by


def _rest(traits: Traits) -> tuple[Cell, ...]:
    amounts = (field(f"rest/{ref}", kind="money", look="shown_money") for ref in summed(traits))
    return (
        *amounts,
        field("rest/count", look="count"),
        field("rest/status", look="status"),
        *(field(f"rest/{ref}", look="count") for ref in ("points", *BENEFIT_KINDS)),
    )


_COUNTS = tuple(label(f"summary.{ref}") for ref in ("status", "points", *BENEFIT_KINDS))


def _counts(prefix: str = "", look: str = "count") -> tuple[Cell, ...]:
    """Status, open points and indicators by kind, of a project, a unit or in all."""
    count_fields = (field(f"{prefix}{ref}", look=look) for ref in ("points", *BENEFIT_KINDS))
    return (field(f"{prefix}status", look="status"), *count_fields)


WIDTHS_BEFORE_AMOUNTS, RIGHT = (7, 28, 34, 11), (9, 13, 9, 10, 10, 12)  # widths beside the amounts
AMOUNTS_BY_SHORT_HINT = 2  # amounts beside which a short hint needs more room
AMOUNT_WIDTHS = {"other": 16}  # of the amounts; 18 otherwise


@cache
def summary_of(edition: str) -> Form:
    """The summary of an edition, by its name: the amounts and months that its forms have."""
    traits = TRAITS.get(edition, first())
    amounts = tuple(AMOUNT_WIDTHS.get(ref, 18) for ref in summed(traits))
    return _summary((*WIDTHS_BEFORE_AMOUNTS, *amounts, *RIGHT), traits)


def _summary(widths: tuple[int, ...], traits: Traits) -> Form:
    width = len(widths)
    top = (
        row(field("title", width, look="title")),
        row(field("hint", width - 4, look="unit"), label("summary.yuan", 4, look="note")),
        row(  # stays in view: it heads the amounts of both tables
            label("summary.any_code", 2),
            label("summary.any_name", 2),
            *heads(traits),
            label("summary.any_count"),
            *_COUNTS,
        ),
    )
    body = (*top, *_units(width, traits), *_projects(width, traits))
    return Form(edition=GENERATED_EDITION, name="summary", widths=widths, frozen=3, body=body)


def _units(width: int, traits: Traits) -> tuple[FormPart, ...]:
    """The table of units, what belongs to none, the totals, the department's own sheet."""
    # leaves room for the hint beside it
    name = 4 if len(summed(traits)) > AMOUNTS_BY_SHORT_HINT else 2
    return (
        row(label("summary.units", width, look="heading")),
        item_row(
            "units",
            field("code", 2, look="shown_center"),
            field("name", 2, look="shown"),
            *sums(traits),
            field("count", look="count"),
            *_counts(),
        ),
        row(label("summary.rest", 4, look="shown_center"), *_rest(traits)),
        row(
            label("summary.total", 4, look="total"),
            *totals(traits),
            *_counts("total/", look="total_count"),
        ),
        row(
            field("own/name", name, look="link"),
            field("own/hint", len(summed(traits)) + 5 - name, look="shown"),
            *_counts("own/"),
        ),
    )


def _projects(width: int, traits: Traits) -> tuple[FormPart, ...]:
    """The table of projects."""
    return (
        row(label("summary.projects", width, look="heading")),
        row(
            label("summary.number"),
            label("summary.project_code"),
            label("summary.project_name"),
            label("summary.unit_code"),
            *heads(traits),
            label("summary.indicators"),
            *_COUNTS,
        ),
        item_row(
            "projects",
            field("number", look="count"),
            field("code", look="shown_center"),
            field("name", look="link"),
            field("unit", look="shown_center"),
            *sums(traits),
            field("indicators", look="count"),
            *_counts(),
        ),
    )


SUMMARY_SHEET = summary_of(first().name)

LISTS_SHEET = Form(
    edition=GENERATED_EDITION,
    name="lists",
    widths=(16, 22, 16, 10, 10),
    body=(
        item_row(
            "rows",
            field("level1", look="hidden"),
            field("level2", look="hidden"),
            field("basis", look="hidden"),
            field("operators", look="hidden"),
            field("units", look="hidden"),
        ),
    ),
)

MANIFEST_SHEET = Form(
    edition=GENERATED_EDITION,
    name="manifest",
    widths=(24, 60),
    body=(item_row("entries", field("key", look="hidden"), field("value", look="hidden")),),
)

FINDINGS = Form(
    edition=GENERATED_EDITION,
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
        item_row(
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
    edition=GENERATED_EDITION,
    name="marks",
    widths=(20, 32, 20, 60, 20),
    body=(
        item_row(
            "marks",
            field("name", look="hidden"),
            field("sheet", look="hidden"),
            field("fill", look="hidden"),
            field("note", look="hidden"),
            field("pattern", look="hidden"),  # the XML of a fill that is no single colour
        ),
    ),
)
