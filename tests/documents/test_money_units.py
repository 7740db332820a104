"""The unit of money of our own layout, wherever it is printed; the real document in five ways."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal
from pathlib import Path

import pytest

from tests.conftest import SHARED, lacks
from tests.documents import forms
from tests.documents.forms import document, rows
from xlperf.documents import read_document, read_text
from xlperf.documents.layouts.funding.money import unit_in_label, unit_of
from xlperf.documents.layouts.funding.sums import sum_of
from xlperf.record import Raw, amount, share

WAN, YUAN = "万元", "元"
MONEY = ("budget", "fiscal", "other")


def amounts(text: str) -> tuple[Decimal, Decimal, str]:
    record = read_text(text).record
    project = record["projects"][0]
    return project["budget"], project["other"], record.get("money_unit", "")


def changed(old: str, new: str) -> str:
    text = document(rows())
    assert old in text
    return text.replace(old, new)


def test_our_layout_is_in_yuan_and_need_not_say_so() -> None:
    assert amounts(document(rows())) == (Decimal("6400.00"), Decimal("400.00"), "")
    assert amounts(changed("单位：元", "")) == (Decimal("6400.00"), Decimal("400.00"), "")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("单位：元", "单位：万元"),
        ("单位：元", "（金额单位： 万元）"),
        ("单位：元", "金额单位：\n\t万元"),
        (forms.HEADING, f"{forms.HEADING}\n单位：万元"),
        ("第二部分", "金额单位：万元\n第二部分"),
    ],
)
def test_our_layout_in_ten_thousands_becomes_yuan(old: str, new: str) -> None:
    text = changed(old, new)
    text = text if old == "单位：元" else text.replace("单位：元", "")
    assert amounts(text) == (Decimal("64000000.00"), Decimal("4000000.00"), WAN)


def test_a_label_of_one_amount_or_the_amount_itself_says_its_own_unit() -> None:
    assert amounts(changed("预算数", "预算数（万元）"))[:2] == (
        Decimal("64000000.00"),
        Decimal("400.00"),
    )
    assert amounts(changed("6400.00", "0.64万元"))[0] == Decimal("6400.00")


@pytest.mark.parametrize(
    ("text", "word", "yuan"),
    [
        *(("元", YUAN, "1"), ("万元", WAN, "10000"), ("（亿元）", "亿元", "100000000")),
        *(("人民币千元", "千元", "1000"), ("百万元", "百万元", "1000000")),
    ],
)
def test_the_words_for_units_of_money(text: str, word: str, yuan: str) -> None:
    unit = unit_of(text)
    assert unit is not None
    assert (unit.word, unit.yuan) == (word, Decimal(yuan))


@pytest.mark.parametrize("text", ["人", "元/人", "万", "元宝山区", "", "万人次", "单位"])
def test_other_words_are_no_units_of_money(text: str) -> None:
    assert unit_of(text) is None


@pytest.mark.parametrize("text", ["万美元", "美元", "欧元", "亿日元", "港币"])
def test_other_countries_money_is_known_and_not_converted(text: str) -> None:
    unit = unit_of(text)
    assert unit is not None
    assert unit.yuan is None


def test_a_sum_may_have_its_unit_glued_to_it() -> None:
    money_sum = sum_of("1,000.5万元")
    assert money_sum is not None
    assert money_sum.unit is not None
    assert (money_sum.number, money_sum.unit.word) == (Decimal("1000.5"), WAN)
    assert sum_of("65万") == sum_of("65万元")
    assert sum_of("约65万元") is None
    assert sum_of("65人") is None


@pytest.mark.parametrize("label", ["项目资金（万元）", "预算数(单位:万元)", "预算数/万元"])
def test_a_label_says_its_unit_in_brackets(label: str) -> None:
    unit = unit_in_label(label)
    assert unit is not None
    assert unit.word == WAN


def real(name: str) -> Raw:
    path = SHARED / "foreign" / name
    if not path.exists():
        lacks(f"the real document as {name} is not at hand")
    return read_document(path).record


def in_yuan(record: Raw, factor: int) -> Raw:
    scaled = deepcopy(record)
    for project in scaled["projects"]:
        for key in MONEY:
            project[key] *= factor
    return scaled


@pytest.mark.seed
@pytest.mark.parametrize(
    ("name", "unit"),
    [
        *(("seed_wan", WAN), ("seed_wan_above", WAN), ("seed_wan_split", WAN)),
        *(("seed_wan_top", WAN), ("seed_unit_above", "")),
    ],
)
def test_the_real_document_is_the_same_however_its_unit_is_printed(name: str, unit: str) -> None:
    record = real(f"{name}.docx")
    assert record.pop("money_unit", "") == unit
    assert record == in_yuan(real("seed.docx"), 10000 if unit else 1)


@pytest.mark.seed
def test_the_real_document_in_ten_thousands_is_in_yuan() -> None:
    record, plain = real("wan_real_above.docx"), real("seed.docx")
    assert record.pop("money_unit") == WAN
    printed = [project["budget"] for project in record["projects"]]
    assert printed[:2] == [Decimal("6400.00"), Decimal("318500.00")]
    assert all(
        abs(one["budget"] - other["budget"]) < 50
        for one, other in zip(record["projects"], plain["projects"], strict=True)
    )
    for entry in (*record["projects"], *plain["projects"]):
        for key in MONEY:
            del entry[key]
    assert record == plain


COUNTED = {  # projects and indicators, counted in the sources
    "02_qingshen_selfeval": (1, 2),
    "06_jingyan_flat": (2, 13),
    "07_wuhan": (1, 7),
    "12_chengan_hebei_selfeval": (1, 4),
    "15_zhaohua": (1, 9),
    "22_fengjie_threecost": (1, 4),
}
BUDGETS = {
    "02_qingshen_selfeval": ["2389300.00"],
    "06_jingyan_flat": ["3309840.00", "660000.00"],
    "07_wuhan": ["100000000.00"],
    "22_fengjie_threecost": ["650000.00"],
}


@pytest.mark.seed
@pytest.mark.parametrize("suffix", [".docx", ".html"])
@pytest.mark.parametrize("name", COUNTED)
def test_real_layouts_of_other_places_give_what_was_counted(name: str, suffix: str) -> None:
    record = real(name + suffix)
    indicators = [
        indicator for project in record["projects"] for indicator in project["indicators"]
    ]
    assert (len(record["projects"]), len(indicators)) == COUNTED[name]
    assert all(
        {"level1", "level2", "name", "target"} <= indicator.keys() for indicator in indicators
    )
    budgets = [str(project["budget"]) for project in record["projects"] if "budget" in project]
    assert budgets == BUDGETS.get(name, [])


@pytest.mark.seed
def test_a_real_self_evaluation_keeps_what_was_adjusted_executed_and_scored() -> None:
    record = real("12_chengan_hebei_selfeval.docx")
    (reported,) = record["stages"][0]["projects"]
    assert (reported["adjusted"], reported["executed"]) == (Decimal("68400.00"),) * 2
    assert [str(indicator["score"]) for indicator in reported["indicators"]] == [
        "6.25",
        "6.25",
        "9",
        "1",
    ]
    assert {indicator["completed"] for indicator in reported["indicators"]} == {"100%"}


def test_nothing_depends_on_where_the_tests_stand(tmp_path: Path) -> None:
    page = tmp_path / "form.txt"
    page.write_text(changed("单位：元", "单位：万元"), encoding="utf-8")
    assert read_document(page).record["money_unit"] == WAN


@pytest.mark.parametrize("text", ["12 0.5", "100 20", "1 0 0.00", "12 0.5万元", "120.\n5", "¥"])
def test_a_blank_does_not_join_two_numbers(text: str) -> None:
    assert sum_of(text) is None


@pytest.mark.parametrize("text", ["120.5①", "120.5²", "½", "120.5⑴", "120.5万元①", "Ⅻ"])
def test_the_number_of_a_note_is_no_digit_of_an_amount(text: str) -> None:
    assert (sum_of(text), amount(text), share(text)) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("¥1,205,000.00", "1205000.00", None),
        ("￥１２０", "120", None),
        ("人民币120万元", "120", "万元"),
        ("120.5万元", "120.5", "万元"),
        ("１２０．５　万 元", "120.5", "万元"),
        ("1 200.5 万元", "1200.5", "万元"),
        ("￥ 1,200.00 元", "1200.00", "元"),
        ("-3.5万", "-3.5", "万元"),
    ],
)
def test_a_sign_of_yuan_before_a_sum(text: str, number: str, unit: str | None) -> None:
    result = sum_of(text)
    assert result and result.number == Decimal(number)
    assert (result.unit and result.unit.word) == unit


def test_a_unit_with_words_after_it_in_a_label() -> None:
    unit = unit_in_label("项目资金（万元，保留两位小数）")
    assert unit and unit.word == "万元"
