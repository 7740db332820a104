"""The catalogue: judgement in families, one module each, collected here by name.

Machinery: `core` (what a rule is, running them), `text` (what rules know of texts), `formulas`
(rules as cells), `waivers` (explanations), `profiles`. Nothing is registered by being imported; a
code used twice stops the program at its start.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlperf.rules.core import Rule

FAMILIES = (  # modules of `xlperf.rules.families`, in the order of the catalogue
    "document.shape",
    "document.reader_remarks",
    "document.layouts",
    "document.cells",
    "document.structure",
    "document.unfilled",
    "writing.tidiness",
    "document.codes",
    "money.amounts",
    "money.magnitudes",
    "money.arithmetic",
    "money.products",
    "money.rates",
    "indicators.ratio_descriptions",
    "money.plans",
    "targets.values",
    "targets.points",
    "targets.fitness",
    "indicators.duplicates",
    "indicators.near_copies",
    "targets.earlier_results",
    "writing.copies_between_projects",
    "money.relations",
    "money.same_digits",
    "money.same_numbers",
    "targets.frequencies",
    "dates.deadlines",
    "dates.calendar_days",
    "targets.changes",
    "document.consistency",
    "document.relatedness",
    "document.overall",
    "money.department_numbers",
    "money.department_shares",
    "targets.operators",
    "targets.contradicting_targets",
    "targets.units_that_fit",
    "targets.empty_targets",
    "indicators.indicator_types",
    "indicators.benefit_types",
    "indicators.satisfaction",
    "indicators.indicator_names",
    "indicators.descriptions",
    "writing.texts",
    "writing.spelling",
    "writing.slips",
    "writing.characters",
    "writing.other_places",
    "writing.other_trades",
    "writing.leftovers",
    "writing.punctuation",
    "stages.monitoring",
    "stages.monitoring_answers",
    "stages.funds",
    "stages.readable",
    "stages.evaluation",
    "stages.totals",
    "stages.evaluation_contents",
    "document.explanations",
)


def family_modules() -> Iterator[ModuleType]:
    """The modules of the families, each imported when it is asked for."""
    return (import_module(f"{__name__}.families.{name}") for name in FAMILIES)


def collect(families: Iterable[ModuleType]) -> dict[str, Rule]:
    """The rules of family modules by code, in the order they are written."""
    from xlperf.rules.core import Rule

    result: dict[str, Rule] = {}
    for family in families:
        for value in vars(family).values():
            if isinstance(value, Rule):
                if value.code in result:
                    raise ValueError(f"rule code used twice: {value.code}")
                result[value.code] = value
    return result


@cache
def catalogue() -> dict[str, Rule]:
    """Every rule by its code."""
    return collect(family_modules())
