"""When two texts are the same, and when they speak of the same thing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xlperf.record import view
from xlperf.rules.text.proportions import money_of, share_of
from xlperf.rules.text.similarity import (
    characters,
    few,
    pairs,
    pairs_of,
    share_a_pair,
    share_a_sign,
    signs,
    text_key,
    work_of,
)
from xlperf.wording import speaking


def test_blanks_punctuation_and_full_width_signs_make_no_difference() -> None:
    assert text_key("占总数的 ９０％，以上。") == text_key("占总数的90%以上")
    assert text_key("1.5万元") != text_key("15万元")
    assert text_key("≥90%") != text_key("≤90%")


def test_words_that_say_nothing_have_no_pairs() -> None:
    assert pairs("保障单位正常运转") == frozenset()
    assert pairs("确保各项工作有效开展") == frozenset()


def test_texts_on_the_same_thing_share_a_pair() -> None:
    assert pairs("保障警报器正常运行") & pairs("警报音响覆盖率")
    assert not pairs("保障车辆安全行驶") & pairs("绿色食堂创建率")


def test_latin_words_are_pairs_of_their_own() -> None:
    assert pairs("建设OA系统") & pairs("oa终端数")


def test_single_characters_are_compared_with_or_without_empty_words() -> None:
    assert signs("高龄津贴发放情况") == frozenset("高龄津贴")
    assert characters("办结率") == frozenset("办结")


def test_a_long_list_names_its_first_members_and_their_number() -> None:
    with speaking("zh"):
        assert str(few("甲乙")) == "甲、乙"
        assert str(few("甲乙丙丁戊己")) == "甲、乙、丙、丁等6个"


def test_a_bracket_with_a_source_of_money_makes_no_other_work() -> None:
    names = [
        "高龄津贴（中央）",
        "高龄津贴（提前下达第一批）",
        "高龄津贴（区）",
        "高龄津贴（城区）",
    ]
    projects = view({"projects": [{"name": name} for name in names]}).projects
    assert [work_of(project) == "高龄津贴" for project in projects] == [True, True, True, False]


def test_shares_are_to_one_decimal_and_nothing_has_none() -> None:
    assert str(share_of(2, 3)) == "66.7"
    assert share_of(1, 0) == 0


def test_budgets_that_are_no_amounts_count_as_nothing() -> None:
    projects = view({"projects": [{"budget": 100}, {"budget": "约5万"}, {"budget": -3}]}).projects
    assert money_of(projects) == 100


PIECES = [
    "警报",
    "器材",
    "工作",
    "项目",
    "保障",
    "覆盖率",
    "，",
    "\n",
    " ",
    "OA",
    "ｏａ",
    "系统",
    "的",
]
TEXTS = st.lists(st.lists(st.sampled_from(PIECES), max_size=6).map("".join), max_size=4)


@given(TEXTS, TEXTS)
def test_a_shared_pair_is_seen_exactly_where_there_is_one(
    some: list[str], others: list[str]
) -> None:
    assert share_a_pair(pairs_of(some), others) == bool(pairs_of(some) & pairs_of(others))


@pytest.mark.parametrize("times", [1, 2000])
@settings(deadline=None)
@given(lines=TEXTS, others=TEXTS)
def test_lines_share_a_sign_where_they_do_as_one_text(
    times: int, lines: list[str], others: list[str]
) -> None:
    lines = [line * times for line in lines]
    together = signs("\n".join(lines))
    assert share_a_sign(others, lines) == any(signs(other) & together for other in others)
