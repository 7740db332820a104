"""No rule's work grows faster than the number of projects; counted in calls, not in seconds.

A department of many projects is compared with several of the same projects, a few in each: to
these the texts are the same, so only what looks from project to project can make a difference.
"""

from __future__ import annotations

import gc
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.many import department_of
from xlperf.editions import traits_of
from xlperf.reading import Reading
from xlperf.record import Raw
from xlperf.rules import catalogue
from xlperf.rules.core import ERROR, Hit, Rule, rule, run
from xlperf.rules.text import lazy_patterns, lexicon

FEW, PARTS = 11, 4  # the sample's projects; so many departments of them make one
REST = "the rest"  # what is done for all rules together


@pytest.fixture(autouse=True)
def searched_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """Patterns are made for the first text, as they are for later ones: that is many calls."""
    monkeypatch.setattr(lexicon, "WORTH_A_PATTERN", 0)
    monkeypatch.setattr(lazy_patterns, "WORTH_MAKING", 0)


class Calls:
    """How many functions each rule calls in a run of them all, C functions included."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.now = REST  # whose work is being done

    def of(self, reading: Reading, rules: Iterable[Rule]) -> Counter[str]:
        counted = [replace(one, check=self.counting(one)) for one in rules]
        run(reading, counted)  # fills the caches
        self.counts.clear()
        gc.collect()
        gc.disable()  # what other tests left behind is not the rules' work
        sys.setprofile(self.count_call)
        try:
            run(reading, counted)
        finally:
            sys.setprofile(None)
            gc.enable()
        return self.counts

    def counting(self, one: Rule) -> Callable[..., Iterator[Hit]]:
        """The rule's function; between its hits the work is not its own."""

        def check(*arguments: Any) -> Iterator[Hit]:
            self.now = one.code
            for hit in one.check(*arguments):
                self.now = REST
                yield hit
                self.now = one.code
            self.now = REST

        return check

    def count_call(self, frame: Any, event: str, argument: Any) -> None:
        if event in ("call", "c_call"):
            self.counts[self.now] += 1


def grown(sample: Raw, rules: Iterable[Rule]) -> dict[str, tuple[int, int]]:
    """The rules that call more for one department than for its parts; both numbers of calls."""
    apart, whole = Counter[str](), Calls().of(Reading(department_of(sample, FEW * PARTS)), rules)
    for part in range(PARTS):
        apart += Calls().of(Reading(department_of(sample, FEW, FEW * part)), rules)
    applicable = (one for one in rules if all(map(traits_of(sample).has, one.fields)))
    assert apart.keys() >= {REST, *(one.code for one in applicable if one.subject == "Project")}
    return {
        code: (apart[code], calls) for code, calls in whole.items() if calls > 1.2 * apart[code]
    }


def test_the_work_of_every_rule_and_of_the_rest_is_proportional_to_the_projects(
    sample: Raw,
) -> None:
    assert grown(sample, catalogue().values()) == {}


def test_a_rule_that_compares_every_project_with_every_other_one_is_seen(sample: Raw) -> None:
    """The count can tell: such a rule, of one call a comparison, among the others."""

    @rule("XXX001", ERROR, source="88/completeness")
    def every_project_is_compared(department: Any) -> Iterable[Hit]:
        """Every project is compared.

        **Why**: it is.
        **Bad**: bad.
        **Good**: good.
        """
        for project in department.projects:
            for other in department.projects:
                len((project, other))
        return []

    slow = replace(every_project_is_compared, subject="Department")
    assert grown(sample, [*catalogue().values(), slow]).keys() == {"XXX001"}
