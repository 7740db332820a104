"""A project's form to spoil in one way at a time, and short ways to read what comes of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.documents.accounts import check_honest, parsed
from tests.documents.printing import rows_of, table
from xlperf import documents
from xlperf.reading import Reading
from xlperf.record import Raw

PROJECT: Raw = {
    "code": "13030321GOE2BGRTFUYL2",
    "name": "渠道清淤",
    "unit": "333001",
    "budget": Decimal("6400.00"),
    "fiscal": Decimal("6000.00"),
    "other": Decimal("400.00"),
    "purpose": "用于渠道清淤",
    "spending_plan": {"03": 25, "06": 50, "10": Decimal("83.33"), "12": 100},
    "goals": ["渠道畅通", "按期完工"],
    "indicators": [
        {
            "level1": "产出指标",
            "level2": "数量指标",
            "name": "清淤长度",
            "description": "清淤渠道的长度",
            "target": "≥5公里",
            "basis": "年度工作计划",
        },
        {
            "level1": "产出指标",
            "level2": "成本指标",
            "name": "成本控制",
            "description": "不超预算",
            "target": "≤6400元",
            "basis": "历史标准",
        },
        {
            "level1": "满意度指标",
            "level2": "服务对象满意度指标",
            "name": "农户满意度",
            "description": "满意户数占比",
            "target": "≥95%",
            "basis": "年度工作计划",
        },
    ],
}
NAMES = {"333001": "某县水利局本级"}
HEADING = "1.渠道清淤绩效目标表"
UNIT, CODE, FUNDS, PURPOSE, MONTHS, SHARES, GOALS, TITLES, FIRST, SECOND, THIRD = range(11)


def rows(**changes: Any) -> list[list[str]]:
    return rows_of({**PROJECT, **changes}, NAMES)


def document(form: list[list[str]], heading: str = HEADING) -> str:
    return f"第二部分\n预算项目绩效目标\n{heading}\n{table(form)}\n"


def read(text: str) -> Reading:
    check_honest(parsed(text))
    return documents.read_text(text)


def project(text: str) -> Raw:
    reading = read(text)
    assert len(reading.record["projects"]) == 1
    assert "leftovers" not in reading.record
    assert reading.remarks == ()
    return dict(reading.record["projects"][0])


def leftovers(reading: Reading) -> list[tuple[str, str]]:
    return [
        (leftover["place"], leftover["text"]) for leftover in reading.record.get("leftovers", [])
    ]


def remarks(reading: Reading) -> list[tuple[Any, ...]]:
    return [
        (remark.code, remark.path, remark.place.line if remark.place else 0, dict(remark.facts))
        for remark in reading.remarks
    ]
