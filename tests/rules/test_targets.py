"""The target grammar: one parser for everything that asks what a target says."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from xlperf.targets import in_full, parse, quick_target
from xlperf.targets.words import table

PIECES = [
    *"≥≤=><≧≦＞＜＝%％‰﹪〇OＯ0123456789０９.,，．+-~～—－至到/、或（）()□☑√",
    *" \n\t\u3000\u200b\ufeff",
    *"年月日底前末初人次个元万亿天内上下中优良差低是否有无能第季度半旬零一二两三十百点",
    *("不少于", "不低于", "不超过", "控制在", "达到", "以上", "以内", "及以下", "左右"),
    *("百分之", "百分比", "个百分点", "（含）", "平方米", "元/人", "12月", "31日", "2021"),
    *("-12-31", "不晚于", "完成", "全部完成", "季度", "良好", "一般", "Y/N", ">=", "=>"),
]
TARGETS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=9).map("".join))


@given(TARGETS)
@example("\ud800")
@example("9" * 5000)
@example("百百百百百百百百百百百人")
def test_any_text_has_an_answer_and_is_kept(text: str) -> None:
    assert parse(text).source_text == text


@given(TARGETS)
@example("80-90%")
@example("2021.06.30前全部完成")
@example("-0.00%")
@example("９ ０")
def test_the_tidy_spelling_says_the_same_and_is_final(text: str) -> None:
    target = parse(text)
    again = parse(target.tidy)
    assert again.values == target.values
    assert again.tidy == target.tidy


@given(TARGETS)
def test_the_neat_spelling_says_the_same_and_is_final(text: str) -> None:
    target = parse(text)
    again = parse(target.neat)
    assert again.values == target.values
    assert again.neat == target.neat


@pytest.mark.parametrize(
    "written",
    [
        *("≥90%", "≧90%", ">=90%", "=>90%", "＞＝９０％", "≥ 90 %", "≥\n\n90%", "≥90﹪"),
        *("不少于90%", "不低于90%", "90%以上", "90%及以上", "大于等于90%", "不低于90%以上"),
        *("≥9〇%", "≥9O%", "≥百分之九十", "达到90%以上", "≥90百分比", "≥90%(百分比)", "≥90%。"),
    ],
)
def test_many_spellings_are_one_target(written: str) -> None:
    assert parse(written).tidy == "≥90%"
    assert parse(written).kind == "percent"


@pytest.mark.parametrize(
    ("written", "kind", "tidy"),
    [
        ("15人", "number", "15人"),
        ("不超过50万元", "number", "≤50万元"),
        ("控制在6,400.00元以内", "number", "≤6400元"),
        ("1000元/人", "number", "1000元/人"),
        ("30日内", "number", "≤30日"),
        ("二十一个", "number", "21个"),
        ("两次", "number", "2次"),
        ("≯3起", "number", "≤3起"),
        ("100", "number", "100"),
        ("15（人）", "number", "15人"),
        ("5‰", "percent", "5‰"),
        ("百分之九十五点五", "percent", "95.5%"),
        ("百分之百", "percent", "100%"),
        ("2百分点", "percent", "2个百分点"),
        ("80-90%", "range", "80%～90%"),
        ("80%~90%", "range", "80%～90%"),
        ("10至15人", "range", "10～15人"),
        ("2021年12月31日", "date", "2021年12月31日"),
        ("2021-12-31", "date", "2021年12月31日"),
        ("2021年06月底前", "date", "2021年6月底前"),
        ("6月底", "date", "6月底"),
        ("12月底前", "date", "12月底前"),
        ("第四季度前完成", "date", "第四季度前完成"),
        ("1-12月", "date", "1-12月"),
        ("2020-2022年", "date", "2020-2022年"),
        ("是/否", "choice", "是/否"),
        ("是或否", "choice", "是/否"),
        ("是□否□", "choice", "是/否"),
        ("是 / 否", "choice", "是/否"),
        ("有／无", "choice", "有/无"),
        ("合格/不合格", "choice", "合格/不合格"),
        ("☑是□否", "yes_no", "是"),
        ("是（ ）否（√）", "yes_no", "否"),
        ("是", "yes_no", "是"),
        ("优/良/中/差", "graded", "优/良/中/差"),
        ("优良中低差", "graded", "优良中低差"),
        ("良好以上", "graded", "≥良好"),
        ("进一步推动", "text", "进一步推动"),
        ("进一步\u3000推动\n\n", "text", "进一步推动"),
        ("控制在预算内", "text", "控制在预算内"),
        ("", "blank", ""),
        (" \n\u3000", "blank", ""),
        ("/", "blank", ""),
    ],
)
def test_a_target_is_read_as_what_it_is(written: str, kind: str, tidy: str) -> None:
    assert (parse(written).kind, parse(written).tidy) == (kind, tidy)


@pytest.mark.parametrize(
    "written",
    [
        *("约50人", "50余人", "50人左右", "5000元以下家庭", "≤90%以上", "5 10", "90%%", "一次性"),
        *("严格执行1000元/人的标准", "10万元，其中自筹5万元", "1.0月", "007人"),
    ],
)
def test_what_says_more_than_one_number_stays_text(written: str) -> None:
    assert parse(written).kind == "text"
    assert parse(written).tidy == written


def test_a_single_number_is_both_ends_and_a_range_has_two() -> None:
    assert (parse("≥90%").low, parse("≥90%").high) == (Decimal(90), Decimal(90))
    assert (parse("80-90%").low, parse("80-90%").high) == (Decimal(80), Decimal(90))
    assert parse("是/否").low is None


def test_money_is_given_in_yuan_but_not_money_a_head() -> None:
    assert parse("≤50万元").yuan == Decimal(500000)
    assert parse("1.5亿元").yuan == Decimal(150000000)
    assert parse("1000元/人").yuan is None
    assert parse("15人").yuan is None


def test_dates_and_lengths_of_time_are_time() -> None:
    assert all(parse(text).is_time for text in ("12月底前", "30日内", "≤3个月", "年底前", "24小时"))
    assert not any(parse(text).is_time for text in ("100%", "15人", "按时完成", "是/否"))


def test_before_and_until_are_at_most() -> None:
    assert parse("12月底前").operator == parse("不晚于12月31日").operator == "≤"
    assert parse("12月底").operator == ""


def test_a_scanned_letter_is_a_nought_only_among_digits() -> None:
    assert parse("1OO%").tidy == "100%"
    assert parse("1〇〇人").tidy == "100人"
    assert parse("OK").tidy == "OK"
    assert parse("2O元OA系统").kind == "text"


NUMBERS = (
    "0",
    "7",
    "007",
    "12",
    "99.5",
    "1.0",
    "2021",
    "2021.12",
    "1,000",
    "1.123456789",
    "9" * 16,
)
UNITS = [*(unit for kind in ("percent", "known", "money", "time") for unit in table("units")[kind])]


@pytest.mark.parametrize("sign", ["", *table("signs"), "≥=", "于"])
def test_what_is_seen_at_a_glance_is_what_the_whole_grammar_says(sign: str) -> None:
    written = [sign + number + unit for number in NUMBERS for unit in (*UNITS, "", "元/人", "内")]
    glances = [(text, quick_target(text)) for text in written]
    pairs = [(text, target) for text, target in glances if target is not None]
    assert [target for _, target in pairs] == [in_full(text) for text, _ in pairs]
    assert bool(pairs) == (sign in ("", *table("signs")))
