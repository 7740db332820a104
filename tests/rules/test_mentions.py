"""Numbers read from texts: how many of what, and what share of what."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xlperf.rules.text.counted_things import (
    find_counts,
    neat,
    no_number_of_its_own,
    same_unit,
    shares,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("在职人员17人，退休人员7人的工资", [(17, "人", "在职人员"), (7, "人", "退休人员")]),
        ("举办群众文化活动不少于48场", [(48, "场", "举办群众文化活动")]),
        ("用于新建村卫生室共计１２所", [(12, "所", "新建村卫生室")]),
        ("改造道路1,200.5公里", [("1200.5", "公里", "改造道路")]),
        ("接待1.2万人次", [(12000, "人次", "接待")]),
    ],
)
def test_a_count_is_a_number_a_unit_and_the_words_before_it(
    text: str, expected: list[tuple[object, str, str]]
) -> None:
    counts = [(count.number, count.unit, count.before) for count in find_counts(text)]
    assert counts == [(Decimal(str(number)), unit, thing) for number, unit, thing in expected]


def test_the_words_after_a_count_end_where_they_speak_of_something_else() -> None:
    (count,) = find_counts("17名在职人员及退休人员")
    assert (count.thing, count.clause) == (("", "在职人员"), "17名在职人员及退休人员")


@pytest.mark.parametrize(
    "text", ["第3批次", "3个月内", "提高2个百分点", "20-30人", "5000元", "2021年"]
)
def test_ordinals_times_points_spans_and_money_are_no_counts(text: str) -> None:
    assert find_counts(text) == ()


def test_a_share_has_the_words_before_it_without_at_least_and_the_like() -> None:
    pairs = [
        (share.name, share.number) for share in shares("群众满意度均达到90%以上，合格率≥9５％")
    ]
    assert pairs == [("群众满意度", Decimal(90)), ("合格率", Decimal(95))]


@pytest.mark.parametrize("text", ["其中退休人员7人", "每村5人", "共计24人", "新增3人"])
def test_parts_totals_and_rates_are_no_numbers_of_their_own(text: str) -> None:
    assert no_number_of_its_own(find_counts(text)[0])


def test_words_for_persons_are_one_unit_but_visits_are_another() -> None:
    assert same_unit("人", "名")
    assert not same_unit("人", "人次")
    assert same_unit("场", "场")


def test_a_text_is_read_without_blanks_full_width_signs_and_grouped_digits() -> None:
    assert neat(" １，２３４ 人\n") == "1234人"
