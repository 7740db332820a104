"""Whether two indicators of a list measure the same in other words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from xlperf.record import Department, Indicator
from xlperf.rules.core import WARNING, Facts, Hit, hit, rule
from xlperf.rules.message_facts import shorten
from xlperf.rules.text.levels import second_level
from xlperf.rules.text.similarity import owners, quoted_name, text_key
from xlperf.targets import parse

SHORTEST_INDICATOR_NAME = 4  # characters of a name that says what is measured
# characters that a name, a description may have more than its like
MOST_EXTRA_IN_NAME, MOST_EXTRA_IN_DESCRIPTION = 4, 10


@rule("DUP717", WARNING, source="88/completeness")
def same_measure_in_other_words(department: Department) -> Iterator[Hit]:
    """Two indicators of one list have the same target, and names that hardly differ.

    **Why**: one thing is scored twice. The target must be the same number with the same unit, not
    a share; one name must be the other with a few characters put in, and so must the descriptions.
    **Bad**: "plays in villages: 150" and "plays shown in villages: 150".
    **Good**: one of the two, and another indicator.
    """
    for owner in owners(department):
        alike: dict[object, list[Indicator]] = defaultdict(list)
        for indicator in owner.indicators:
            target = parse(indicator.target)
            if target.low and target.unit and not target.is_percent and target.kind == "number":
                key = (second_level(indicator), target.low, target.unit)
                first = next((earlier for earlier in alike[key] if _same(earlier, indicator)), None)
                alike[key].append(indicator)
                if first is not None:
                    facts: Facts = {"other": quoted_name(first)}
                    facts["target"] = shorten(target.source_text)
                    also = [(*first.path, "name")]
                    yield hit(
                        *indicator.path, "name", also=also, name=quoted_name(indicator), **facts
                    )


def _same(indicator: Indicator, other: Indicator) -> bool:
    names = text_key(indicator.name), text_key(other.name)
    if names[0] == names[1] or min(map(len, names)) < SHORTEST_INDICATOR_NAME:
        return False  # other rules say so
    described = text_key(indicator.description), text_key(other.description)
    return _is_longer(*names, MOST_EXTRA_IN_NAME) and (
        not all(described) or _is_longer(*described, MOST_EXTRA_IN_DESCRIPTION)
    )


def _is_longer(text: str, other: str, spare: int) -> bool:
    """Whether one text is the other with at most `spare` characters put in."""
    short, long = sorted((text, other), key=len)
    if len(long) - len(short) > spare:
        return False
    rest = iter(long)
    return all(sign in rest for sign in short)
