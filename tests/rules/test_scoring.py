"""Scores of self-evaluation, worked out by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from xlperf.record import view
from xlperf.rules.profiles import profile
from xlperf.rules.stages.comparing import is_of_another_kind
from xlperf.rules.stages.lateness import is_late
from xlperf.rules.stages.quantities import quantity
from xlperf.rules.stages.scoring import (
    execution_score,
    grade_of,
    one_decimal,
    proposed_score,
    rounded,
)
from xlperf.rules.stages.views import EVALUATION, indicators_in

SCORES = [
    # target, completed, name, points of 10
    ("≥48场", "48场", "", "10"),
    ("≥48场", "50场", "", "10"),
    ("≥48场", "24场", "", "5"),
    ("≥48场", "24", "", "5"),
    ("48场", "16场", "活动场次", "3.33"),
    ("≥48场", "0场", "", "0"),
    ("≥48场", "62.4场", "", "10"),  # 130% exactly is not beyond
    ("≥48场", "96场", "", "6.5"),  # 200%: 10 × 130 / 200
    ("≥95%", "47.5%", "", "5"),
    ("≤5000元/场", "4000元/场", "", "10"),
    ("≤5000元/场", "10000元/场", "", "5"),
    ("≤1%", "0%", "差错率", "10"),
    ("≤5起", "0起", "事故起数", "10"),
    ("5起", "10起", "投诉起数", "5"),  # no sign: nobody wants complaints
    ("=3处", "3处", "", "10"),
    ("=3处", "4处", "", "7.5"),
    ("=3处", "2处", "", "6.67"),
    ("≥75%", "100%", "", "10"),  # all there is of a high share
    ("≥60%", "90%", "", "8.67"),  # 150%: 10 × 130 / 150
    ("≥70%", "140%", "", "6.5"),
    ("80%～90%", "85%", "", "10"),
    ("80%～90%", "40%", "", "5"),
    ("80%～90%", "100%", "满意度", "10"),  # beyond the better end of a range
    ("3～6天", "8天", "平均办结时限", "7.5"),
    ("0起", "2起", "污染事件", "0"),  # what should not happen at all
    ("28名", "21人", "培训人数", "7.5"),
    ("≥1.2万人次", "9000人次", "", "7.5"),
    ("≥30亩", "1公顷", "", "5"),  # 15 mu
    ("≤2小时", "150分钟", "", "8"),
    ("1年", "9个月", "", "7.5"),
    ("≥48场", "已举办36场", "", "7.5"),
    ("≤36万元", "720000元", "", "5"),
    ("≥0起", "3起", "", "10"),
]


@pytest.mark.parametrize(("target", "completed", "name", "points"), SCORES)
def test_points_of_an_indicator(target: str, completed: str, name: str, points: str) -> None:
    score = proposed_score(target, completed, Decimal(10), Decimal("1.3"), name)
    assert score == Decimal(points)


@pytest.mark.parametrize(
    ("target", "completed"),
    [
        ("≥48场", "已完成"),
        ("≥48场", "24人"),
        ("优", "优"),
        ("11月30日前", "11月20日"),
        ("是", "是"),
        ("", "24场"),
        ("≥48场", ""),
    ],
)
def test_what_people_have_to_judge(target: str, completed: str) -> None:
    assert proposed_score(target, completed, Decimal(10), Decimal("1.3")) is None


@pytest.mark.parametrize(
    ("target", "completed", "late"),
    [
        ("2021年10月31日前", "2021年12月15日", True),
        ("2021年10月31日前", "2021年10月31日", False),
        ("10月底前", "11月3日完成", True),
        ("10月底前", "10月下旬", False),
        ("11月30日前", "11月", False),  # may have been in time
        ("9月前", "2021年9月20日", False),
        ("12月20日前", "2022年1月5日", True),
        ("12月底前", "第四季度", False),
        ("6月底前", "3月1日至7月10日", True),
        ("≥48场", "12月5日", False),
        ("每季度末前", "每季度末前", False),
        ("11月30日前", "按时完成", False),
    ],
)
def test_what_was_done_too_late(target: str, completed: str, late: bool) -> None:
    assert is_late(target, completed, 2021) is late


@pytest.mark.parametrize(
    ("target", "completed", "name", "other"),
    [
        ("28名", "28人", "培训人数", False),
        ("28名", "约28名", "培训人数", False),
        ("28名", "按计划完成", "培训人数", True),
        ("28名", "办班3期", "培训人数", True),
        ("28名", "28人次", "培训人数", True),
        ("≥120套", "一百二十余套", "更新套数", False),
        ("0起", "未发生", "安全事故起数", False),
        ("≤3件", "无", "投诉件数", False),
        ("≥3件", "无", "申请专利件数", True),
        ("≤60天", "2021年8月3日", "完成时限", False),
        ("100%", "合格", "验收合格率", True),
    ],
)
def test_what_is_of_another_kind_than_its_target(
    target: str, completed: str, name: str, other: bool
) -> None:
    goals = {"level1": "a", "level2": "b", "name": name, "target": target}
    result = {"of": ["a", "b", name, 0], "completed": completed}
    stage = {"kind": EVALUATION, "projects": [{"code": "1", "indicators": [result]}]}
    record = {"projects": [{"code": "1", "indicators": [goals]}], "stages": [stage]}
    ((_, indicator),) = indicators_in(view(record), EVALUATION)
    assert is_of_another_kind(indicator) is other


@pytest.mark.parametrize(
    ("completed", "central", "hebei"),
    [
        ("达成预期指标", "10", "10"),
        ("部分达成预期指标并具有一定效果", "7", "6.5"),  # 60 to 80, 50 to 80 percent: the middle
        ("未达成预期指标且效果较差。", "3", "2.5"),
    ],
)
def test_what_is_told_in_the_words_of_the_measures(
    completed: str, central: str, hebei: str
) -> None:
    for name, points in (("default", central), ("hebei", hebei)):
        bands = tuple(profile(name)["qualitative_bands"])
        score = proposed_score("效果明显", completed, Decimal(10), Decimal("1.3"), bands=bands)
        assert score == Decimal(points)


@pytest.mark.parametrize(
    ("points", "rounded_to"),
    [("1/3", "0.33"), ("1/8", "0.13"), ("7/200", "0.04"), ("-1/8", "-0.13")],
)
def test_points_are_rounded_once_and_halves_away_from_nothing(points: str, rounded_to: str) -> None:
    assert rounded(Fraction(points)) == Decimal(rounded_to)


@pytest.mark.parametrize(
    ("written", "low"),
    [
        ("1OO%", None),  # scanned letters
        ("2021年", None),
        ("≥2021年", None),
        ("3年", "3"),
        ("13月", None),
        ("60日历天", "60"),
        ("1234567890123456人", None),
        ("0.12345678人", "0.12345678"),
        ("48场。。。", None),
        ("一五个", None),
        ("一十五个", "15"),
        ("百分之九十五点五", "95.5"),
    ],
)
def test_which_numbers_a_cell_reads(written: str, low: str | None) -> None:
    target = quantity(written)
    assert (target and target.low) == (None if low is None else Decimal(low))


@pytest.mark.parametrize(
    ("rate", "points"),
    [("75", "7.5"), ("100", "10"), ("104", "10"), ("0", "0"), ("33.333", "3.33")],
)
def test_points_for_budget_execution(rate: str, points: str) -> None:
    assert execution_score(Decimal(rate), Decimal(100), Decimal(10)) == Decimal(points)


@pytest.mark.parametrize(
    ("total", "number"), [("100", 1), ("90", 1), ("89.99", 2), ("80", 2), ("60", 3), ("59.99", 4)]
)
def test_grades(total: str, number: int) -> None:
    assert grade_of(Decimal(total), [90, 80, 60]) == number


def test_shares_are_shown_to_one_decimal_however_large() -> None:
    assert one_decimal(Decimal("56.25")) == "56.3%" and one_decimal(Decimal(50)) == "50%"
    assert one_decimal(Decimal("1E+390")) == "1E+390%"
