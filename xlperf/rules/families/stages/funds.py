"""Sources of funds in stages: whether they make up what is written in all."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xlperf.record import BUDGET_PARTS, Department, Raw, amount
from xlperf.rules.core import ERROR, Facts, Hit, hit, rule
from xlperf.rules.message_facts import Word, money
from xlperf.rules.stages.views import EVALUATION, MONITORING, StageProject, projects_in

PHASE_AMOUNTS = ("adjusted", "received", "executed", "expected")


@rule("MON918", ERROR, source="136/monitoring")
def monitored_funds_do_not_add_up(department: Department) -> Iterator[Hit]:
    """The sources of an amount in a monitoring do not make it up.

    **Why**: every yuan spent or expected to be spent comes from one of the sources.
    **Bad**: 110,000 spent, 100,000 of it fiscal, 5,000 other.
    **Good**: 110,000 spent, 100,000 of it fiscal, 10,000 other.
    """
    yield from _amiss(department, MONITORING)


@rule("EVA973", ERROR, source="10/self-evaluation")
def evaluated_funds_do_not_add_up(department: Department) -> Iterator[Hit]:
    """The sources of an amount in a self-evaluation do not make it up.

    **Why**: every yuan of the budget, and every one spent, comes from one of the sources.
    **Bad**: 238,000 spent, 230,000 of it fiscal, 9,000 other.
    **Good**: 238,000 spent, 230,000 of it fiscal, 8,000 other.
    """
    yield from _amiss(department, EVALUATION)


def _amiss(department: Department, kind: str) -> Iterator[Hit]:
    for _, project in projects_in(department, kind):
        for key in PHASE_AMOUNTS:
            total, sources = amount(project.raw.get(key)), _of_sources(project, key)
            if total is None or sources is None or total == sources:
                continue
            facts: Facts = {"what": Word(f"stage.{key}"), "total": money(total)}
            yield hit(*project.path, key, name=project.label, sum=money(sources), **facts)


def _of_sources(project: StageProject, key: str) -> Decimal | None:
    """The sum of an amount's sources; None where one is left blank that the budget has."""
    raw = project.raw
    amounts = [amount(raw.get(f"{key}_{source}")) for source in BUDGET_PARTS]
    further = [amount(row.get(key)) for row in _rows(raw)]
    if all(part is None for part in amounts):
        return None
    for source, part in zip(BUDGET_PARTS, amounts, strict=True):
        planned = getattr(project.goal, source) if project.goal else None
        if part is None and (planned is None or planned) and not further:
            return None
    return sum((part for part in (*amounts, *further) if part is not None), Decimal(0))


def _rows(raw: Raw) -> list[Raw]:
    listed = raw.get("funds")
    return [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []
