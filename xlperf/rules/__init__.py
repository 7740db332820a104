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
    "shape",
    "reader_remarks",
    "layouts",
    "cells",
    "structure",
    "unfilled",
    "tidiness",
    "codes",
    "amounts",
    "magnitudes",
    "arithmetic",
    "products",
    "rates",
    "ratio_descriptions",
    "plans",
    "values",
    "points",
    "fitness",
    "duplicates",
    "near_copies",
    "earlier_results",
    "copies",
    "relations",
    "same_digits",
    "same_numbers",
    "frequencies",
    "deadlines",
    "calendar_days",
    "changes",
    "consistency",
    "coverage",
    "overall",
    "department_numbers",
    "department_shares",
    "operators",
    "contradicting_targets",
    "units_that_fit",
    "empty_targets",
    "indicator_types",
    "benefit_types",
    "satisfaction",
    "indicator_names",
    "descriptions",
    "texts",
    "spelling",
    "slips",
    "characters",
    "other_places",
    "other_trades",
    "leftovers",
    "punctuation",
    "monitoring",
    "monitoring_answers",
    "evaluation",
    "evaluation_contents",
    "explanations",
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
