"""The document as text: in the shape of the real one, and compared with it sign by sign."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from xlperf.documents import read_document
from xlperf.jobs.publications.text_diff import Difference, compare
from xlperf.layout import Percent
from xlperf.publishing import text_of
from xlperf.publishing.tables import printed
from xlperf.record import Raw


@pytest.mark.seed
def test_the_real_document_is_printed_as_it_was_sign_by_sign(seed: Path) -> None:
    source = seed.read_bytes().decode("utf-8")
    assert compare(source, text_of(read_document(seed).record)) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "①丙：丁，指标值≥1。",
        "①丙：丁,指标值≥1。",
        "①丙：丁;指标值优。②戊：己；指标值≥1。",
        "①丙：丁。指标值≥1。",
        "①丙：丁。，指标值优。",
        "①丙：丁，,指标值5。",
        "①丙：，指标值≥1。",
    ],
)
def test_the_sign_before_a_target_is_printed_as_it_was_written(
    sentence: str, tmp_path: Path
) -> None:
    record = {
        "edition": "hebei-2021",
        "activities": [{"name": "甲", "goal": "乙", "indicators": [{"name": "-"}]}],
    }
    source = text_of(record).replace("①-：，指标值。", sentence)
    assert sentence in source
    (tmp_path / "a.txt").write_text(source, encoding="utf-8")
    assert text_of(read_document(tmp_path / "a.txt").record) == source


@pytest.mark.seed
def test_it_prints_no_cover_where_the_source_had_none(seed: Path) -> None:
    record = read_document(seed).record
    assert text_of(record).startswith("第一部分\n部门整体绩效目标\n一、总体绩效目标\n")
    stated = {key: value for key, value in record.items() if key != "inferred"}
    name = record["department"]["name"]
    assert text_of(stated).startswith(f"{name}\n2021年\n部门预算绩效文本\n\n{name}编制\n")


def test_the_shape_is_that_of_a_word_processors_text() -> None:
    text = text_of(
        {
            "edition": "hebei-2021",
            "overall_goal": "第一段\n\n第二段",
            "activities": [
                {"name": "甲", "goal": "乙", "indicators": [{"name": "丙", "target": "≥1"}]}
            ],
            "safeguards": [{"title": "丁", "text": "戊"}],
            "units": [{"code": "333001", "name": "某局"}],
            "projects": [
                {
                    "name": "己",
                    "unit": "333001",
                    "budget": 5,
                    "other": 0,
                    "goals": ["庚", "辛"],
                    "spending_plan": {"03": 25},
                    "indicators": [
                        {"level1": "产出指标", "level2": "数量指标", "name": "壬"},
                        {"level1": "产出指标", "level2": "质量指标", "name": "癸"},
                    ],
                }
            ],
        }
    )
    assert text.startswith(
        "第一部分\n部门整体绩效目标\n一、总体绩效目标\n第一段\n第二段\n\n"
        "二、分项绩效目标\n（一）甲\n\n绩效目标：乙\n\n绩效指标：①丙：，指标值≥1。\n\n"
        "三、工作保障措施\n（一）丁。戊\n\n第二部分\n预算项目绩效目标\n1.己绩效目标表\n"
        "\t333001某局\n\t单位：元\n\n\t项目编码\n\t\n\t项目名称\n\t己\n\n"
        "\t预算规模及资金用途\n\t预算数\n\t5.00\n\t其中：财政资金\n\t\n\t其他资金\n\t0\n\n\t\n\t\n\n"
        "\t资金支出计划（%）\n\t3月底\n\t6月底\n\t10月底\n\t12月底\n\n\t\n\t25.00%\n\t\n\t\n\t\n\n"
        "\t绩效目标\n\t1.庚\n2.辛\n\n\n\t一级指标\n\t二级指标\n"
    )
    assert text.endswith(
        "\t产出指标\n\t数量指标\n\t壬\n\t\n\t\n\t\n\n\t\n\t质量指标\n\t癸\n\t\n\t\n\t\n\n\n"
    )


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (None, ""),
        (Decimal("0.00"), "0"),
        (Decimal("6400.00"), "6400.00"),
        (Decimal("-3.5"), "-3.50"),
        (Decimal("12345678901234567890.12"), "12345678901234567890.12"),
        (Percent(Decimal("0.25")), "25.00%"),
        (Percent(Decimal("0.83333")), "83.333%"),
        (Percent(Decimal(1)), "100.00%"),
        ("约五千元", "约五千元"),
        (2021, "2021"),
    ],
)
def test_amounts_and_shares_are_printed_as_on_the_form(content: object, shown: str) -> None:
    assert printed(content) == shown


def test_a_change_in_what_is_said_is_told_from_one_in_the_furniture(sample: Raw) -> None:
    text = text_of(sample)
    lines = text.split("\n")
    purpose = sample["projects"][0]["purpose"]
    at = next(number for number, line in enumerate(lines, 1) if line == f"\t{purpose}")
    changed = text.replace(f"\t{purpose}", f"\t另{purpose[1:]}").replace("3月底", "3 月 底")
    assert compare(text, changed) == [Difference(at, purpose[0], "另", content=True)]
    heading = text.replace("一、总体绩效目标", "一. 总体绩效目标")
    (only,) = compare(heading, text)
    assert (only.was, only.now, only.content) == (".", "、", False)


def test_field_codes_and_blank_space_are_set_aside(sample: Raw) -> None:
    text = text_of(sample)
    coded = text.replace("一、总体绩效目标", "一、总体绩效目标 TC 总体绩效目标 \\f A \\l 1 \n\n")
    assert compare(coded, text) == []


def test_a_document_that_lost_its_end_differs_there(sample: Raw) -> None:
    text = text_of(sample)
    differences = compare(text, text[: text.index("三、工作保障措施")])
    assert differences
    assert differences[-1].content
    assert sample["safeguards"][0]["text"][:10] in "".join(
        difference.was for difference in differences
    )


def test_an_inferred_name_is_printed_where_no_unit_tells_it_again() -> None:
    record: Raw = {
        "edition": "central-2022",
        "fiscal_year": 2024,
        "department": {"name": "某局"},
        "projects": [{"name": "甲", "managing_department": "某局"}],
        "inferred": ["department/name"],
    }
    assert text_of(record).startswith("某局\n2024年\n")
    assert text_of({**record, "units": [{"code": "333001", "name": "某局"}]}).startswith("2024年\n")
