"""Sources of money that a form prints no cell for take a row each, where there are some."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.editions import test_native_checks
from tests.editions.records import CENTRAL, OWNER, SICHUAN
from tests.masters import put_master
from tests.office import Office
from tests.workbook.mutations import Mutation
from xlperf.canonical import canonical
from xlperf.documents import read_document
from xlperf.jobs.fix_repair.repair_file import repair
from xlperf.jobs.inputs.choose_edition import put_into
from xlperf.jobs.publications.publishing import publish
from xlperf.publishing import printed_part
from xlperf.reading import Reading
from xlperf.record import Raw
from xlperf.rules import catalogue
from xlperf.rules.core import run
from xlperf.workbook.read import read_workbook

CARRIED, OWN, OF_FISCAL = "上年结转资金", "单位自筹", "其中：基金预算"
FUNDS = [
    {"source": CARRIED, "amount": Decimal("3000.00")},
    {"source": OWN, "amount": Decimal("500.50")},
    {"source": OF_FISCAL, "amount": Decimal("70.00")},  # a part of the fiscal funds: not added
]
BEFORE = {"central-2022": "126000.50", "sichuan-2023": "43250.75", "hebei-2021": "100000.00"}


def with_sources(raw: Raw) -> Raw:
    """A record whose first project has 3500.50 yuan more, from two further sources."""
    changed = deepcopy(raw)
    first = changed["projects"][0]
    assert first["budget"] == Decimal(BEFORE[raw["edition"]])
    first["funds"] = deepcopy(FUNDS)
    first["budget"] += Decimal("3500.50")
    return canonical(changed)


HEBEI = canonical(
    {
        **OWNER,
        "edition": "hebei-2021",
        "overall_goal": "管好水利设施",
        "projects": [
            {
                "code": "50023623T000000123456",
                "name": "村级水渠清淤",
                "unit": "501001",
                "budget": Decimal("100000.00"),
                "fiscal": Decimal("90000.00"),
                "other": Decimal("10000.00"),
                "purpose": "用于村级水渠清淤",
                "spending_plan": {"03": 25, "06": 50, "10": 75, "12": 100},
                "goals": ["清淤水渠12条"],
                "indicators": [
                    {
                        "level1": "产出指标",
                        "level2": "数量指标",
                        "name": "清淤水渠条数",
                        "description": "当年清淤并验收的水渠条数",
                        "target": "12条",
                        "basis": "年度工作计划",
                    }
                ],
            }
        ],
    }
)
RECORDS = [with_sources(raw) for raw in (CENTRAL, SICHUAN, HEBEI)]
each_edition = pytest.mark.parametrize("raw", RECORDS, ids=lambda raw: raw["edition"])


def sums_that_are_wrong(raw: Raw) -> list[tuple[object, ...]]:
    findings = run(Reading(raw), catalogue().values())
    return [finding.path for finding in findings if finding.code == "AMT202"]


@each_edition
def test_a_workbook_has_a_row_for_every_source_and_gives_them_back(
    raw: Raw, tmp_path: Path
) -> None:
    put_master(raw, tmp_path / "m.xlsx")
    reading = read_workbook(tmp_path / "m.xlsx")
    assert reading.record == raw
    assert reading.remarks == ()
    assert sums_that_are_wrong(reading.record) == []
    sheet = load_workbook(tmp_path / "m.xlsx")[reading.where["projects", 0, "budget"].sheet]
    places = [reading.where["projects", 0, "funds", line, "source"].cell for line in range(3)]
    assert [sheet[cell].value for cell in places] == [CARRIED, OWN, OF_FISCAL]


def test_projects_without_further_sources_have_no_row_for_them(tmp_path: Path) -> None:
    put_master(RECORDS[0], tmp_path / "with.xlsx")
    put_master(CENTRAL, tmp_path / "without.xlsx")
    with_, without = (load_workbook(tmp_path / f"{name}.xlsx") for name in ("with", "without"))
    rows = [[cell.coordinate for cell in book.worksheets[4]["A"]] for book in (with_, without)]
    assert rows[0] == rows[1]  # of the second project
    assert with_.worksheets[3]["A12"].value != without.worksheets[3]["A12"].value


@each_edition
@pytest.mark.parametrize("suffix", [".txt", ".html", ".docx"])
def test_a_document_prints_every_source_and_is_read_back(
    raw: Raw, suffix: str, tmp_path: Path
) -> None:
    put_master(raw, tmp_path / "m.xlsx")
    publish(tmp_path / "m.xlsx", tmp_path / f"d{suffix}")
    back = read_document(tmp_path / f"d{suffix}").record
    assert "leftovers" not in back
    assert printed_part(back) == printed_part(raw)


@each_edition
@pytest.mark.parametrize("names", ["some", "all"])
def test_a_sheet_that_lost_its_names_is_repaired_with_its_sources(
    raw: Raw, names: str, tmp_path: Path
) -> None:
    put_master(raw, tmp_path / "m.xlsx")
    assert repair(tmp_path / "m.xlsx", tmp_path / "same.xlsx").damages == ()
    book = load_workbook(tmp_path / "m.xlsx")
    for sheet in book.worksheets:
        for name in list(sheet.defined_names)[: 4 if names == "some" else None]:
            del sheet.defined_names[name]
    book.save(tmp_path / "harmed.xlsx")
    repair(tmp_path / "harmed.xlsx", tmp_path / "whole.xlsx")
    assert read_workbook(tmp_path / "whole.xlsx").record["projects"] == raw["projects"]


def test_a_record_of_unknown_forms_keeps_its_sources_as_rows() -> None:
    unknown = canonical({**RECORDS[0], "edition": "unknown"})
    put, _ = put_into(unknown, "hebei-2021", "a.json")
    assert put["projects"][0]["funds"] == RECORDS[0]["projects"][0]["funds"]


def mutations(raw: Raw) -> Iterator[Mutation]:
    """Amounts and sources of the first project: which sums are right, and which are not."""
    amounts: tuple[object, ...] = ("2999", "0", "约三千", "")
    yield from ((("projects", 0, "funds", 0, "amount"), value) for value in amounts)
    yield ("projects", 0, "funds", 0, "source"), "中央补助"
    yield ("projects", 0, "funds", 1, "source"), OF_FISCAL
    of_fiscal = raw["projects"][0]["fiscal"]
    for more in ("3000", "500.50", "3500.50", "70", "3070", "1"):
        yield ("projects", 0, "fiscal"), of_fiscal + Decimal(more)


@pytest.mark.office
@pytest.mark.parametrize("raw", [RECORDS[0], RECORDS[2]], ids=lambda raw: raw["edition"])
def test_the_cells_judge_the_sum_as_the_rule_does(
    raw: Raw, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(test_native_checks, "mutations", mutations)
    wrong, fired, tried = test_native_checks.compare(office, raw, tmp_path / "m.xlsx")
    assert wrong == []
    assert fired["AMT202"] == 9
    assert tried == 12


def test_rows_that_say_the_budget_and_its_parts_once_more_are_not_repeated() -> None:
    unknown = deepcopy(with_sources(HEBEI)) | {"edition": "unknown"}
    first = unknown["projects"][0]
    printed = [
        ("年度资金总额：", "103500.50"),
        ("其中：财政拨款", "90000.00"),
        ("其他资金", "10000.00"),
    ]
    rows = [{"source": source, "amount": Decimal(amount)} for source, amount in printed]
    assert [first[key] for key in ("budget", "fiscal", "other")] == [row["amount"] for row in rows]
    differing = {"source": "其中：财政拨款", "amount": Decimal("1.00")}
    first["funds"] = [*rows, differing, *FUNDS]
    put, _ = put_into(unknown, "hebei-2021", "a.json")
    assert put["projects"][0]["funds"] == [differing, *FUNDS]
    first["funds"] = rows
    put, _ = put_into(unknown, "hebei-2021", "a.json")
    assert "funds" not in put["projects"][0]
