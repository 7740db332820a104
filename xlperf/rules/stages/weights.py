"""Points of 100 that are proposed for the indicators of a project that have none yet.

Budget execution has its points, each first level its own (10\u53f7, content as generally known);
those of a level are shared among its indicators, equally and to a tenth, so that they come to the
level's points again. What people wrote counts, and the rest is shared among the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from xlperf.rules.profiles import Profile

WEIGHT_STEP = Decimal("0.1")
SATISFACTION, BENEFIT, OUTPUT, COST = "satisfaction", "benefit", "output", "cost"
WEIGHTED_LEVELS = (SATISFACTION, BENEFIT, OUTPUT)
WITH_COST = (SATISFACTION, BENEFIT, COST, OUTPUT)
HEIRS = {  # which levels the points of one go to that a project has no indicators of
    SATISFACTION: (BENEFIT, OUTPUT, COST),
    BENEFIT: (OUTPUT, SATISFACTION, COST),
    COST: (OUTPUT, BENEFIT, SATISFACTION),
    OUTPUT: (BENEFIT, COST, SATISFACTION),
}


def points_of_levels(kinds: Sequence[str], chosen: Profile) -> dict[str, Decimal]:
    """The points of each first level that a project has indicators of.

    `kinds` are its indicators' levels: output, benefit, satisfaction or cost.
    """
    names, key = (
        (WITH_COST, "level_points_with_cost")
        if COST in kinds
        else (WEIGHTED_LEVELS, "level_points")
    )
    points = {name: Decimal(n) for name, n in zip(names, chosen[key], strict=True)}
    shared = dict.fromkeys([name for name in names if name in kinds], Decimal(0))
    for name, share in points.items():
        heir = next((to for to in (name, *HEIRS[name]) if to in shared), None)
        if heir is not None:
            shared[heir] += share
    return shared


def proposed_weights(
    kinds: Sequence[str], weights: Sequence[Decimal | None], chosen: Profile
) -> list[Decimal | None]:
    """For each indicator the points that are proposed; None where people wrote some.

    `kinds` are their first levels, "" for one that is not known: then nothing is proposed, nor
    where what people wrote leaves a level no points.
    """
    if not all(kinds):
        return [None] * len(kinds)
    shared = points_of_levels(kinds, chosen)
    proposed: list[Decimal | None] = []
    counts: dict[str, int] = dict.fromkeys(shared, 0)
    for kind, weight in zip(kinds, weights, strict=True):
        if weight is not None:
            proposed.append(None)
            continue
        points_left, open_ones = _points_left(kind, kinds, weights, shared)
        before = counts[kind]
        counts[kind] += 1
        share = _tenth(points_left, before + 1, open_ones) - _tenth(points_left, before, open_ones)
        proposed.append(share if points_left > 0 else None)
    return proposed


def _points_left(
    kind: str,
    kinds: Sequence[str],
    weights: Sequence[Decimal | None],
    shared: Mapping[str, Decimal],
) -> tuple[Decimal, int]:
    """What is left of a level's points, and how many indicators it is for."""
    kind_points = [points for of, points in zip(kinds, weights, strict=True) if of == kind]
    known_points = [points for points in kind_points if points is not None]
    return shared[kind] - sum(known_points, Decimal(0)), len(kind_points) - len(known_points)


def _tenth(points: Decimal, nth: int, of: int) -> Decimal:
    """The points of the first so many of so many indicators, to a tenth, halves upwards."""
    return (points * nth / of).quantize(WEIGHT_STEP, rounding=ROUND_HALF_UP)
