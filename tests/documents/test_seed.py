"""The real document, where it is at hand: counted, added up, and rebuilt from its record.

None of its sentences stand here: long texts are compared by their hashes or with the file itself.
"""

from __future__ import annotations

import re
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest

from tests.documents.accounts import check_honest, closed, parsed
from tests.documents.printing import printed
from xlperf import documents
from xlperf.record import Raw
from xlperf.schema import faults

pytestmark = pytest.mark.seed


@pytest.fixture(scope="module")
def text(seed_path: Path) -> str:
    return seed_path.read_bytes().decode("utf-8")


@pytest.fixture(scope="module")
def record(seed_path: Path) -> Raw:
    return documents.read_document(seed_path).record


def digest(texts: list[str]) -> str:
    return sha256("\n".join(texts).encode()).hexdigest()[:16]


def test_it_has_all_its_parts(record: Raw) -> None:
    assert record["overall_goal"]
    assert len(record["activities"]) == 29
    assert [len(activity["indicators"]) for activity in record["activities"]] == [3] * 29
    assert len(record["safeguards"]) == 9
    assert len(record["projects"]) == 11
    assert [len(project["indicators"]) for project in record["projects"]] == [9] * 11
    assert [len(project["goals"]) for project in record["projects"]] == [3] * 11
    assert faults(record) == []


def test_its_units_and_projects_are_the_ones_printed(record: Raw) -> None:
    assert [unit["code"] for unit in record["units"]] == ["333001", "333005"]
    assert [project["unit"] for project in record["projects"]] == ["333001"] * 10 + ["333005"]
    assert [(project["code"], str(project["budget"])) for project in record["projects"]] == [
        ("130303213GA2H9SH8UW5I", "6400.00"),
        ("130303213LEX52GBA60DZ", "318480.00"),
        ("130303214A7QMSDIGDKKI", "240000.00"),
        ("13030321DGYPFP40GM9F2", "300000.00"),
        ("13030321GI1E8SQMLBRGT", "450000.00"),
        ("13030321GOE2BGRTFUYL2", "4000.00"),
        ("13030321RBHGU50SMBFR1", "2100000.00"),
        ("13030321SLTVSQ7B6QHHH", "4000.00"),
        ("13030321VS0AFG9QLI8OX", "1700000.00"),
        ("13030321Z8G3WHG40HM1N", "600000.00"),
        ("13030321NVPDKGXM90M3V", "2081367.00"),
    ]


@pytest.mark.parametrize(
    ("unit", "total"),
    [("333001", "5722880.00"), ("333005", "2081367.00"), ("", "7804247.00")],
)
def test_its_money_adds_up(record: Raw, unit: str, total: str) -> None:
    chosen = [project for project in record["projects"] if unit in ("", project["unit"])]
    assert sum(project["budget"] for project in chosen) == Decimal(total)
    assert all(project["fiscal"] == project["budget"] for project in chosen)
    assert {str(project["other"]) for project in chosen} == {"0.00"}


def test_its_spending_plans_are_the_ones_printed(record: Raw) -> None:
    plans = [tuple(project["spending_plan"].items()) for project in record["projects"]]
    usual = (("03", 25), ("06", 50), ("10", 75), ("12", 100))
    assert plans == [usual] * 10 + [(("03", 25), ("06", 60), ("10", 90), ("12", 100))]


def test_its_indicators_stand_under_their_levels(record: Raw) -> None:
    levels = [
        (indicator["level1"], indicator["level2"])
        for indicator in record["projects"][0]["indicators"]
    ]
    assert levels == [
        *(("产出指标", level) for level in ("数量指标", "质量指标", "时效指标", "成本指标")),
        *(("效益指标", level) for level in ("经济效益指标", "社会效益指标", "生态效益指标")),
        ("效益指标", "可持续影响指标"),
        ("满意度指标", "服务对象满意度指标"),
    ]
    for project in record["projects"]:
        assert [
            (indicator["level1"], indicator["level2"]) for indicator in project["indicators"]
        ] == levels
        assert all(len(indicator) == 6 for indicator in project["indicators"])


def test_what_it_does_not_state_is_inferred(record: Raw) -> None:
    assert record["fiscal_year"] == 2021
    assert (record["region"], record["department"]["code"]) == (
        {"code": "130303", "name": "山海关区"},
        "333",
    )
    assert record["department"]["name"] == record["units"][0]["name"].removesuffix("本级")
    assert record["inferred"] == [
        *("fiscal_year", "department/code", "department/name", "region/code", "region/name")
    ]


def test_nothing_of_it_is_left_over(text: str, record: Raw) -> None:
    assert "leftovers" not in record
    counts = documents.coverage(text)
    assert (counts.leftover, counts.residue) == (0, ())
    assert counts.characters == len(text)
    check_honest(parsed(text))


def test_its_only_remark_is_on_the_field_codes(seed_path: Path) -> None:
    (remark,) = documents.read_document(seed_path).remarks
    assert (remark.code, dict(remark.facts)) == ("STR013", {"n": 14})


def test_it_can_be_rebuilt_from_its_record_sign_by_sign(text: str, record: Raw) -> None:
    """Printed by the tests' own writer, the record is the document, but for its field codes;
    so every sign outside the furniture is in the record, in order.
    """
    assert closed(printed(record)) == closed(re.sub(r" TC .*? \\f \w \\l 1 ", "", text))


def test_its_table_cells_are_the_ones_a_simple_search_finds(text: str, record: Raw) -> None:
    for key, label in (("code", "项目编码"), ("name", "项目名称"), ("budget", "预算数")):
        cells = re.findall(rf"\t{label}\n\t(.*)\n", text)
        assert [str(project[key]) for project in record["projects"]] == cells
    purposes = re.findall(r"\t其他资金\n\t0\n\n\t\n\t(.*)\n", text)
    assert [project["purpose"] for project in record["projects"]] == [
        purpose.strip() for purpose in purposes
    ]
    targets = re.findall(r"\t(.*)\n+\t(年度工作计划|市级标准)\n", text)
    read = [
        (indicator["target"], indicator["basis"])
        for project in record["projects"]
        for indicator in project["indicators"]
    ]
    assert read == targets


def test_its_texts_are_the_ones_read_by_eye(record: Raw) -> None:
    activities, projects = record["activities"], record["projects"]
    activity_indicators = [
        indicator for activity in activities for indicator in activity["indicators"]
    ]
    rows = [indicator for project in projects for indicator in project["indicators"]]
    assert {
        "activities": digest([activity["name"] + activity["goal"] for activity in activities]),
        "told": digest(
            [
                indicator["name"] + indicator["description"] + indicator["target"]
                for indicator in activity_indicators
            ]
        ),
        "safeguards": digest(
            [safeguard["title"] + safeguard["text"] for safeguard in record["safeguards"]]
        ),
        "goals": digest([goal for project in projects for goal in project["goals"]]),
        "rows": digest(
            [
                indicator["name"] + indicator["description"] + indicator["target"]
                for indicator in rows
            ]
        ),
    } == {
        "activities": "0f09b562ec162961",
        "told": "17ff2723e1db923d",
        "safeguards": "236b3db2a582d8e6",
        "goals": "c4aaa1de1d1e4514",
        "rows": "4c916af0eac2036b",
    }
