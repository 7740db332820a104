"""Amounts, points and grades of stages that are none: words there, amounts below nothing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from xlperf.fields import keys
from xlperf.paths import RecordPath
from xlperf.record import Department, Raw, amount, is_blank, words
from xlperf.rules.core import ERROR, Facts, Hit, hit, rule
from xlperf.rules.formulas.native import NativeChecks
from xlperf.rules.formulas.stage_natives import UNREAD_AMOUNTS, of_evaluation, of_monitoring
from xlperf.rules.message_facts import field_label, shorten
from xlperf.rules.stages.views import EVALUATION, MONITORING, StageProject, projects_in
from xlperf.rules.text import lexicon

STAGE_LISTS = ("funds", "indicators")
GRADE = "grade"


def _natives(kind: str) -> NativeChecks:
    of = of_monitoring if kind == MONITORING else of_evaluation
    return tuple(
        native for at, when in UNREAD_AMOUNTS[kind].items() for native in of(at, when, whole=False)
    )


@rule("MON919", ERROR, source="136/monitoring", native=_natives(MONITORING))
def monitored_amount_unreadable(department: Department) -> Iterator[Hit]:
    """An amount in a monitoring cannot be read, or is negative.

    **Why**: what is not a number is in no total, rate or check.
    **Bad**: spent: about half.
    **Good**: spent: 110,000.
    """
    for _, project in projects_in(department, MONITORING):
        yield from _unreadable(project, MONITORING)


@rule("EVA974", ERROR, source="10/self-evaluation", native=_natives(EVALUATION))
def evaluated_number_unreadable(department: Department) -> Iterator[Hit]:
    """An amount, a weight or a score in a self-evaluation cannot be read, or the grade is none.

    **Why**: what is not a number is in no total; a grade is one of four.
    **Bad**: score: full; grade: passed.
    **Good**: score: 10; grade: the second.
    """
    for _, project in projects_in(department, EVALUATION):
        yield from _unreadable(project, EVALUATION)
        grade = project.grade
        if grade and not grade.startswith(lexicon.words("grades_of_evaluation")):
            yield _hit(project, (GRADE,), grade, f"stages/projects/{GRADE}")


def _unreadable(project: StageProject, kind: str) -> Iterator[Hit]:
    amounts, numbers = _keys("stages/projects")
    yield from _in_object(project, project.raw, (), (amounts, numbers))
    for name in STAGE_LISTS:
        listed = project.raw.get(name)
        for position, row in enumerate(listed if isinstance(listed, list) else ()):
            if isinstance(row, dict):
                yield from _in_object(
                    project, row, (name, position), _keys(f"stages/projects/{name}")
                )


def _in_object(
    project: StageProject, raw: Raw, below: RecordPath, of: tuple[tuple[str, ...], tuple[str, ...]]
) -> Iterator[Hit]:
    """What an object has in the place of amounts and of other numbers, which may be negative."""
    amounts, numbers = of
    for key in (*amounts, *numbers):
        raw_amount = raw.get(key)
        if is_blank(raw_amount) or isinstance(raw_amount, bool | list | dict):
            continue
        value = amount(raw_amount)
        if value is None or (key in amounts and value < Decimal(0)):
            field = "/".join(["stages", "projects", *(s for s in below if isinstance(s, str)), key])
            yield _hit(project, (*below, key), words(raw, key), field)


def _hit(project: StageProject, path: RecordPath, text: str, field: str) -> Hit:
    facts: Facts = {"field": field_label(tuple(field.split("/"))), "written": shorten(text)}
    return hit(*project.path, *path, name=project.label, **facts)


@cache
def _keys(of: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The keys of an object's amounts, and of its other numbers."""
    return keys(("amount",), of), keys(("number",), of)
