"""What part of the money or of a number something has."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from xlperf.record import EXACT_CONTEXT, Project
from xlperf.rules.text.amounts import sound

ONE_DECIMAL = Decimal("0.1")


def share_of(part: Decimal | int, whole: Decimal | int) -> Decimal:
    """A part of a whole in percent, halves up to one decimal; 0 where the whole is 0."""
    if not whole:
        return Decimal(0)
    return (Decimal(part) * 100 / Decimal(whole)).quantize(
        ONE_DECIMAL, ROUND_HALF_UP, EXACT_CONTEXT
    )


def middle(numbers: Iterable[Decimal]) -> Decimal:
    """The median of some numbers: the one in the middle, or the mean of two; IndexError for none.

    That of `statistics` gives the same, and takes as long to import as many rules together.
    """
    ordered = sorted(numbers)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def money_of(projects: Iterable[Project]) -> Decimal:
    """The sum of the projects' budgets in yuan; blank, unreadable or negative ones count as 0."""
    budgets = (sound(project.budget) for project in projects)
    return sum((budget for budget in budgets if budget and budget > 0), Decimal(0))
