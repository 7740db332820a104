"""What a name says its value must be; which kind an indicator is; what messages say."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xlperf import wording
from xlperf.record import Indicator
from xlperf.rules.message_facts import Word, field_label, listed, money, percent, shorten
from xlperf.rules.text.indicator_traits import (
    is_bounded_ratio,
    is_count,
    is_ratio,
    is_satisfaction,
    unit_in_brackets,
)
from xlperf.rules.text.levels import first_level, second_level, stands_right


@pytest.mark.parametrize(
    "name",
    [
        "验收合格率",
        "机动车年检率（%）",
        "群众满意度",
        "绿化面积占比",
        "优良天数比例",
        "资金支付及时率",
    ],
)
def test_these_are_ratios(name: str) -> None:
    assert is_ratio(name)


@pytest.mark.parametrize(
    "name",
    [
        *("室内温度", "工程进度", "支持力度", "管理制度", "第一季度", "执行年度", "道路长度"),
        *("路面厚度", "混凝土强度", "路网密度", "绿化高度", "管道深度", "工作难度", "网络速度"),
        *("审批效率", "巡查频率", "容积率", "安全性", "服务时效", "孕产妇死亡率", "水泵功率"),
    ],
)
def test_these_are_no_ratios(name: str) -> None:
    assert not is_ratio(name)


@pytest.mark.parametrize(
    "name", ["招商任务完成率", "税收增长率", "资产保值增值率", "毛入学率", "资产负债率"]
)
def test_these_may_be_above_all_of_it(name: str) -> None:
    assert not is_bounded_ratio(name)


@pytest.mark.parametrize(
    "name",
    ["系统发文数", "参训人数", "接访次数", "设备数量", "人员、装备损伤", "安全事故", "培训人次"],
)
def test_these_are_counts(name: str) -> None:
    assert is_count(name)


@pytest.mark.parametrize(
    "name",
    ["空气质量指数", "折算系数", "考试分数", "缴费基数", "增长倍数", "参训人数占比", "事故下降数"],
)
def test_these_are_no_counts(name: str) -> None:
    assert not is_count(name)


def test_satisfaction_is_not_dissatisfaction() -> None:
    assert is_satisfaction("群众满意率")
    assert not is_satisfaction("群众不满意率")


def test_only_units_in_brackets_are_units() -> None:
    assert unit_in_brackets("年检率（%）") == "%"
    assert unit_in_brackets("培训规模 (人次)") == "人次"
    assert unit_in_brackets("车辆保险费（人防办）") == ""
    assert unit_in_brackets("培训规模") == ""


@pytest.mark.parametrize(
    ("level1", "level2", "kinds", "right"),
    [
        ("产出指标", "数量指标", ("output", "quantity"), True),
        ("产出", "数量", ("output", "quantity"), True),
        ("产出指标（50分）", "时效 指标", ("output", "timeliness"), True),
        ("成本指标", "经济成本指标", ("cost", "cost"), True),
        ("产出指标", "成本指标", ("output", "cost"), True),
        ("效益指标", "成本指标", ("benefit", "cost"), False),
        ("满意度指标", "社会公众或服务对象满意度指标", ("satisfaction", "satisfaction"), True),
        ("其他指标", "数量指标", ("", "quantity"), False),
    ],
)
def test_kinds_go_by_the_words_at_both_levels(
    level1: str, level2: str, kinds: tuple[str, str], right: bool
) -> None:
    indicator = Indicator((), "", "", "", level1, level2)
    assert (first_level(indicator), second_level(indicator)) == kinds
    assert stands_right(indicator) == right


def test_words_are_chosen_when_they_are_shown() -> None:
    before = wording.language()
    label = listed([field_label(("projects", 3, "budget")), Word("month.03")])
    try:
        wording.use("zh")
        assert str(label) == "预算数、3月底"
        wording.use("en")
        assert str(label) == "budget, end of March"
    finally:
        wording.use(before)


def test_an_unknown_part_is_called_by_its_own_path() -> None:
    assert str(field_label(("projects", 0, "buget"))) == "projects/buget"


def test_amounts_and_shares_are_written_as_on_the_forms() -> None:
    assert money(Decimal("6400")) == "6,400.00"
    assert money(Decimal("7804247")) == "7,804,247.00"
    assert money(Decimal("0.005")) == "0.005"
    assert money(Decimal("12345.678")) == "12,345.678"
    assert percent(Decimal("83.330")) == "83.33%"
    assert percent(Decimal("1E+2")) == "100%"


def test_long_texts_are_cut_and_lines_joined() -> None:
    assert shorten("一\n二") == "一 二"
    assert shorten("长" * 100) == "长" * 39 + "…"
