"""A department's sheet of a stage: its projects, what was spent, their points. Data, no logic."""

from __future__ import annotations

from functools import cache

from xlperf.layout import GENERATED_EDITION, Form, field, item_row, label, row
from xlperf.layout.vocabulary import Cell
from xlperf.rules.stages.views import MONITORING

MONEY_FACTS = ("budget", "adjusted", "executed")
EXPECTED_SPENDING = "expected"
OF_MONITORING = (EXPECTED_SPENDING, "rate")
OF_EVALUATION = ("rate", "execution_score", "total", "grade")
MEANS = ("total",)  # of these a mean, not a sum
OVERVIEW_WIDTHS = {"number": 6, "code": 24, "name": 34, "unit": 26, "state": 14, "grade": 10}


def columns(kind: str) -> tuple[str, ...]:
    """The columns of the projects' list, in order."""
    further = OF_MONITORING if kind == MONITORING else OF_EVALUATION
    return ("number", "code", "name", "unit", *MONEY_FACTS, *further, "state")


@cache
def overview_of(kind: str, has_units: bool = True) -> Form:
    """The form of the sheet of a kind of stage; with a line for each unit, where there are some."""
    refs = columns(kind)
    width = len(refs)
    units = (
        row(label("stages.units", width, look="heading")),
        item_row("units", *(_cell(ref) for ref in refs)),
    )
    return Form(
        edition=GENERATED_EDITION,
        name="stage_overview",
        widths=tuple(OVERVIEW_WIDTHS.get(ref, 16) for ref in refs),
        repeated=3,
        frozen=3,
        body=(
            row(field("title", width, look="title")),
            row(field("hint", width - 2, look="unit"), label("summary.yuan", 2, look="note")),
            row(*(label(f"stages.{ref}") for ref in refs)),
            item_row("projects", *map(_cell, refs)),
            row(label("stages.sum", 4, look="total"), *map(_sum, refs[4:])),
            *(units if has_units else ()),
        ),
    )


def _cell(ref: str) -> Cell:
    if ref in (*MONEY_FACTS, EXPECTED_SPENDING):
        return field(ref, kind="money", look="shown_money")
    looks = {"name": "link", "unit": "shown", "number": "count", "state": "status"}
    return field(ref, look=looks.get(ref, "shown_center"))


def _sum(ref: str) -> Cell:
    is_money = ref in (*MONEY_FACTS, EXPECTED_SPENDING)
    return field(f"sum/{ref}", look="total_money" if is_money else "total_count")
