"""The catalogue: judgement in families, one module each, collected here by name.

Machinery: `core` (what a rule is, running them), `text` (what rules know of texts), `formulas`
(rules as cells), `waivers` (explanations), `profiles`. Nothing is registered by being imported; a
code used twice stops the program at its start.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from types import ModuleType

from xlperf.rules.core import Rule
from xlperf.rules.families import (
    amounts,
    benefit_types,
    cells,
    codes,
    consistency,
    copies,
    coverage,
    deadlines,
    descriptions,
    duplicates,
    explanations,
    fitness,
    indicator_names,
    indicator_types,
    operators,
    overall,
    plans,
    punctuation,
    reader_remarks,
    relations,
    satisfaction,
    shape,
    spelling,
    structure,
    texts,
    tidiness,
    values,
)

FAMILIES: tuple[ModuleType, ...] = (
    shape,
    reader_remarks,
    cells,
    structure,
    tidiness,
    codes,
    amounts,
    plans,
    values,
    fitness,
    duplicates,
    copies,
    relations,
    deadlines,
    consistency,
    coverage,
    overall,
    operators,
    indicator_types,
    benefit_types,
    satisfaction,
    indicator_names,
    descriptions,
    texts,
    spelling,
    punctuation,
    explanations,
)


def collect(families: Iterable[ModuleType]) -> dict[str, Rule]:
    """The rules of family modules by code, in the order they are written."""
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
    return collect(FAMILIES)
