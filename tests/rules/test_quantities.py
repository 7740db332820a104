"""Quantities, things and dates read from texts; expected values by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xlperf.characters.numerals import number_in_words
from xlperf.record import view
from xlperf.rules.families.money.same_numbers import sayings
from xlperf.rules.numbers.agreement import agree
from xlperf.rules.numbers.dates import dates
from xlperf.rules.numbers.mentions import Interval
from xlperf.rules.numbers.quantities import base_of, quantities
from xlperf.rules.numbers.things import (
    HAS_KIND,
    KIND_OF,
    SAME_KIND,
    UNRELATED,
    relation,
    thing_named,
    thing_of,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("铺设供水管网三十五公里", [(35000, "米")]),
        ("完成人工造林两千亩", [(2000, "亩")]),
        ("共需资金1,200.5万元", [(12005000, "yuan")]),
        ("建立目录数据８．６万条", [(86000, "条")]),
        ("满意度达到百分之九十五以上", [(95, "%")]),
        ("帮扶脱贫户120户360人", [(120, "户"), (360, "人")]),
        ("改造管网35千米，其中主管12000延米", [(35000, "米"), (12000, "米")]),
    ],
)
def test_a_quantity_is_a_number_in_its_base_unit(
    text: str, expected: list[tuple[object, str]]
) -> None:
    assert [(quantity.low, quantity.unit) for quantity in quantities(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "109国道",
        "政办发〔2021〕18号",
        "第3届",
        "2021年",
        "一批项目",
        "十四五规划",
        "12个百分点",
        "9月30日",
    ],
)
def test_roads_documents_ordinals_years_and_days_are_no_quantities(text: str) -> None:
    assert quantities(text) == ()


def test_a_range_has_two_ends() -> None:
    (quantity,) = quantities("改造老旧小区13-15个")
    assert (quantity.low, quantity.high) == (Decimal(13), Decimal(15))


@pytest.mark.parametrize(
    ("text", "operator"),
    [
        ("不少于48场", "≥"),
        ("48场以上", "≥"),
        ("不超过5分钟", "≤"),
        ("30天以内", "≤"),
        ("约4200户", "~"),
        ("200余台", "~"),
        ("48场", ""),
    ],
)
def test_words_beside_a_number_are_its_operator(text: str, operator: str) -> None:
    assert quantities(text)[0].operator == operator


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("共24人，其中在职17人", "is_part"),
        ("一期改造公路8公里", "is_part"),
        ("每村5人", "is_for_each"),
        ("单价5000元/台", "is_for_each"),
    ],
)
def test_the_last_quantity_has_a_role(text: str, role: str) -> None:
    assert getattr(quantities(text)[-1], role)


@pytest.mark.parametrize(
    "text", ["现有床位300张", "比上年增加20场", "会员50人以上的社团", "由120株增加到180株"]
)
def test_what_there_is_grew_or_limits_is_not_planned(text: str) -> None:
    assert not quantities(text)[0].is_planned


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("上年举办42场", -1),
        ("2020年完成9家", 2020),
        ("2020年完成9家，今年完成6家", 0),
        ("完成6家", 0),
    ],
)
def test_a_sentence_says_of_which_year_it_speaks(text: str, year: int) -> None:
    assert quantities(text)[-1].year == year


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("为全区中小学购置台式电脑200台", "台式电脑"),
        ("完成10座病险水库整治", "病险水库"),
        ("改造农村公路（28公里）", "农村公路"),
        ("17名在职人员", "在职人员"),
    ],
)
def test_what_is_counted_stands_before_the_number_or_after_the_unit(text: str, noun: str) -> None:
    assert thing_of(quantities(text)[0]).noun == noun


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("文保单位数", "文物保护单位数", SAME_KIND),
        ("少儿图书册数", "图书册数", KIND_OF),
        ("图书册数", "少儿图书册数", HAS_KIND),
        ("少儿图书册数", "少儿绘本图书册数", UNRELATED),
        ("新建供水站数量", "维修供水站数量", UNRELATED),
    ],
)
def test_nouns_end_with_what_they_are(one: str, other: str, how: str) -> None:
    assert relation(thing_named(one), thing_named(other)) == how


def number(low: str, operator: str = "", step: str = "0") -> Interval:
    return Interval(Decimal(low), Decimal(low), operator, Decimal(step))


@pytest.mark.parametrize(
    ("one", "other", "fine"),
    [
        (number("52"), number("50", "≥"), True),  # more than the floor
        (number("60"), number("50", "≥"), False),  # a fifth more
        (number("49"), number("50", "≥"), False),
        (number("48", "≥"), number("50", "≥"), False),  # two floors
        (number("5", "≤"), number("8", "≤"), False),
        (number("4200", "~"), number("4000"), True),
        (number("12000", "", "1000"), number("12400"), True),  # 1.2 ten thousands
        (number("5", "≥"), number("3", "="), False),
    ],
)
def test_numbers_agree_as_far_as_their_operators_let_them(
    one: Interval, other: Interval, fine: bool
) -> None:
    assert agree(one, other) is fine
    assert agree(other, one) is fine


@pytest.mark.parametrize(
    ("unit", "expected"), [("公里", ("米", 3000)), ("万亩", ("亩", 30000)), ("名", ("人", 3))]
)
def test_a_targets_unit_has_a_base_unit_too(unit: str, expected: tuple[str, object]) -> None:
    assert base_of(unit, Decimal(3)) == expected


@pytest.mark.parametrize(
    ("text", "number_"),
    [
        ("十二", 12),
        ("三百二十", 320),
        ("两千", 2000),
        ("一百零五", 105),
        ("三百二", 320),
        ("两万三", 23000),
    ],
)
def test_a_numeral_is_a_number(text: str, number_: int) -> None:
    assert number_in_words(text) == number_


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("9月31日前", (9, 31)),
        ("十一月三十日", (11, 30)),
        ("2021-11-31前", (11, 31)),
        ("三季度末前", (9, 31)),
        ("年底前", (12, 31)),
        ("6月中旬", (6, 20)),
    ],
)
def test_a_date_is_a_month_and_a_day(text: str, day: tuple[int, int]) -> None:
    (date,) = dates(text)
    assert (date.month, date.day) == day


@pytest.mark.parametrize(
    ("text", "year", "exists"),
    [
        ("2月29日", 2021, False),
        ("2月29日", 2024, True),
        ("9月31日", 2021, False),
        ("9月底", 2021, True),
    ],
)
def test_a_calendar_has_a_date_or_not(text: str, year: int, exists: bool) -> None:
    assert dates(text)[0].exists(year) is exists


def test_a_number_that_a_text_repeats_is_one_saying_and_another_unit_another() -> None:
    goal = "修缮道路5公里，修缮道路5公里，修缮道路5米，修缮桥梁5座，修缮道路6公里，修缮道路5公里。"
    (project,) = view({"projects": [{"name": "x", "goals": [goal, goal]}]}).projects
    shown = [
        (saying.path[-1], saying.quantity.source_text, saying.thing.noun)
        for saying in sayings(project)
    ]
    numbers = [("5公里", "道路"), ("5米", "道路"), ("5座", "桥梁"), ("6公里", "道路")]
    assert shown == [(goal, *number) for goal in (0, 1) for number in numbers]
