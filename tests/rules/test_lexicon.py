"""Words of the lists are found alike word by word and by a pattern; the middle of some numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xlperf.rules.text import lexicon
from xlperf.rules.text.proportions import middle

TEXTS = {"死亡人数控制在3人": True, "受益人数": False, "": False, "不超": False, "不超过": True}


def test_a_word_is_found_before_and_after_a_pattern_is_worth_making() -> None:
    holds = lexicon.Finder("held_down")
    for _ in range(lexicon.WORTH_A_PATTERN):
        assert {text: holds(text) for text in TEXTS} == TEXTS
    assert holds.ask_count > lexicon.WORTH_A_PATTERN


@pytest.mark.parametrize(
    ("numbers", "expected"), [(["3"], "3"), (["9", "1", "2"], "2"), (["4", "1", "3", "2"], "2.5")]
)
def test_the_middle_of_some_numbers(numbers: list[str], expected: str) -> None:
    assert middle(map(Decimal, numbers)) == Decimal(expected)
