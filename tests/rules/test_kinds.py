"""A rule of some kinds of indicators is asked about these, and about no others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import pytest

from xlperf.reading import Reading
from xlperf.record import Indicator, Raw
from xlperf.rules import catalogue
from xlperf.rules.core import WARNING, Hit, hit, rule, run
from xlperf.rules.text import lexicon
from xlperf.targets import TargetKind

RECORD: Raw = {
    "edition": "hebei-2021",
    "projects": [
        {
            "indicators": [
                {"level2": "成本指标", "target": "≤5元"},
                {"level2": "数量指标", "target": "≥90%"},
                {"level2": "数量指标", "target": "5～6人"},
                {"level2": "?", "target": "好"},
            ]
        }
    ],
}


@pytest.mark.parametrize(
    ("of", "positions"),
    [
        ("", [0, 1, 2, 3]),
        ("cost", [0]),
        ("quantity", [1, 2]),
        ("cost quantity", [0, 1, 2]),
        ("timeliness", []),
        ("number", [0]),
        ("percent range", [1, 2]),
        ("date", []),
    ],
)
def test_a_rule_looks_at_indicators_of_its_kinds(of: str, positions: list[int]) -> None:
    def every_one(indicator: Indicator) -> Iterator[Hit]:
        """Every indicator is told."""
        yield hit("target")

    every = rule("TYP599", WARNING, source="form", of=of)(every_one)
    paths = [finding.path for finding in run(Reading(RECORD), [every])]
    assert paths == [("projects", 0, "indicators", place, "target") for place in positions]


def test_kinds_are_second_levels_or_kinds_of_targets_and_never_both() -> None:
    levels, targets = set(lexicon.table("level2").values()), set(get_args(TargetKind))
    assert not levels & targets
    some = [one for one in catalogue().values() if one.of]
    assert len(some) > 30
    for one in some:
        assert one.subject == "Indicator"
        assert set(one.of) <= levels or set(one.of) <= targets, one.code
