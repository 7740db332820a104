"""Units of what was reached against those of targets: which measure one thing, and how many it is.

Beside the units of the lexicon's table `measures` those of money, each known unit as one of its
own kind, and ten thousand of each. Formulas go by the same lists (`rules.formulas.unit_steps`).
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import NamedTuple

from xlperf.rules.stages.quantities import units_known
from xlperf.rules.text import lexicon
from xlperf.targets.words import table, units

MYRIAD_SIZE, MYRIAD = 10_000, "\u4e07"
MONEY_DIMENSION = "money"


class Measure(NamedTuple):
    """What a unit measures, and how many of the smallest unit of that it is."""

    kind: str
    size: int


@cache
def measures() -> dict[str, Measure]:
    """Every unit that is known, its measure beside it."""
    money = {unit: Measure(MONEY_DIMENSION, yuan) for unit, yuan in table("units")["money"].items()}
    listed = {unit: Measure(*entry) for unit, entry in lexicon.table("measures").items()}
    others = {unit: Measure(unit, 1) for unit in (*units_known(), *units("percent"))}
    single = {**others, **listed, **money}
    alone = {*money, *units("percent"), *units("time")}
    many = {
        MYRIAD + unit: Measure(of.kind, of.size * MYRIAD_SIZE)
        for unit, of in single.items()
        if unit not in alone
    }
    return {**many, **single}


def exchange(unit: str, into: str) -> Fraction | None:
    """How many of another unit one is; None where they are not of one kind.

    A number without a unit is taken to be of the other; one with more said behind it (what is
    counted, what it is for) too, as far as that makes no other unit of it.
    """
    if unit == MYRIAD:  # of what it is ten thousand goes without saying
        unit += into.removeprefix(MYRIAD)
    if unit in ("", into):
        return Fraction(1)
    measure, other = measures().get(unit), measures().get(into)
    if measure and other and measure.kind == other.kind:
        return Fraction(measure.size, other.size)
    return Fraction(1) if _says_more(unit, into) or _says_more(into, unit) else None


def _says_more(unit: str, than: str) -> bool:
    """Whether a unit that is none of those known is another one with more said behind it."""
    if not than or unit in measures() or not unit.startswith(than):
        return False
    return not unit.removeprefix(than).startswith(lexicon.words("makes_another_unit"))


@cache
def units_of(kind: str) -> tuple[str, ...]:
    """All units of a kind of measure."""
    return tuple(unit for unit, of in measures().items() if of.kind == kind)
