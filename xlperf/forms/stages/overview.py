"""A department's sheet of a stage: its projects, what was spent, their points. Data, no logic."""

from __future__ import annotations

from functools import cache

from xlperf.layout import MADE, Form, each, field, label, row
from xlperf.layout.vocabulary import Cell
from xlperf.rules.stages.views import MONITORING

MONEY = ("budget", "executed")
OF_MONITORING = ("expected",)
OF_EVALUATION = ("execution_score", "total", "grade")


def columns(kind: str) -> tuple[str, ...]:
    """The columns of the projects' list, in order."""
    further = ("expected", "rate") if kind == MONITORING else ("rate", *OF_EVALUATION)
    return ("number", "code", "name", "unit", *MONEY, *further, "state")


WIDTHS = {"number": 6, "code": 24, "name": 34, "unit": 26, "state": 14, "grade": 10}


@cache
def overview_of(kind: str) -> Form:
    """The form of the sheet of a kind of stage."""
    refs = columns(kind)
    width = len(refs)
    return Form(
        edition=MADE,
        name="stage_overview",
        widths=tuple(WIDTHS.get(ref, 16) for ref in refs),
        repeated=3,
        frozen=3,
        body=(
            row(field("title", width, look="title")),
            row(field("hint", width - 2, look="unit"), label("summary.yuan", 2, look="note")),
            row(*(label(f"stages.{ref}") for ref in refs)),
            each("projects", *map(_cell, refs)),
            row(label("stages.sum", 4, look="total"), *map(_sum, refs[4:])),
        ),
    )


def _cell(ref: str) -> Cell:
    if ref in (*MONEY, "expected"):
        return field(ref, kind="money", look="shown_money")
    looks = {"name": "link", "unit": "shown", "number": "count", "state": "status"}
    return field(ref, look=looks.get(ref, "shown_center"))


def _sum(ref: str) -> Cell:
    is_money = ref in (*MONEY, "expected")
    return field(f"sum/{ref}", look="total_money" if is_money else "total_count")
