"""Numbers that contradict each other: small records written by hand, half of them innocent."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from xlperf.reading import Reading
from xlperf.rules import catalogue
from xlperf.rules.core import Finding, run

HERE = Path(__file__).parent / "numbers"
YEAR = 2021
RULES = [
    *("AMT208", "AMT220", "AMT221", "AMT222", "AMT223", "VAL410"),
    *("REL804", "REL813", "REL814", "REL815", "REL816", "REL817", "REL818", "REL820"),
    *("REL823", "REL825", "REL840", "REL841", "REL842", "REL843", "REL844", "REL845"),
    *("REL846", "REL847"),
]


def read(file: Path) -> list[tuple[str, dict[str, Any]]]:
    table = tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    return [(f"{file.stem} {n} {case['of']}", case) for n, case in enumerate(table["case"], 1)]


CASES = [case for file in sorted(HERE.glob("*.toml")) for case in read(file)]


def record(case: dict[str, Any]) -> dict[str, Any]:
    """The record of a case: what it does not give is absent."""
    projects = case.get("projects", [case])
    activities = case.get("activities", [])
    return {
        "fiscal_year": case.get("year", YEAR),
        "overall_goal": case.get("overall", ""),
        "activities": [
            activity | {"indicators": _of_activity(activity)} for activity in activities
        ],
        "projects": [_project(project) for project in projects],
    }


def _project(table: dict[str, Any]) -> dict[str, Any]:
    parts = [line.split("|") for line in table.get("indicators", [])]
    keys = ("level2", "name", "target", "description")
    indicators = [dict(zip(keys, part, strict=False)) for part in parts]
    fields: dict[str, Any] = {
        key: table[key] for key in ("name", "purpose", "goals", "budget") if key in table
    }
    return {"name": "", "purpose": "", "goals": [], **fields, "indicators": indicators}


def _of_activity(table: dict[str, Any]) -> list[dict[str, Any]]:
    parts = [line.split("|") for line in table.get("indicators", [])]
    return [dict(zip(("name", "target", "description"), part, strict=False)) for part in parts]


def findings(case: dict[str, Any]) -> list[Finding]:
    rules = [catalogue()[code] for code in RULES if code in catalogue()]
    return run(Reading(record(case)), rules)


def params() -> list[Any]:
    """The cases; of one that is known to be missed the file says why."""
    return [
        pytest.param(case, id=name, marks=_missed(case["missed"]) if "missed" in case else ())
        for name, case in CASES
    ]


def _missed(why: str) -> pytest.MarkDecorator:
    return pytest.mark.xfail(strict=True, reason=why)


@pytest.mark.parametrize("case", params())
def test_the_rules_about_numbers_speak_where_they_must_and_nowhere_else(
    case: dict[str, Any],
) -> None:
    actual = findings(case)
    assert sorted({finding.code for finding in actual}) == sorted(case["expect"]), [
        finding.message for finding in actual
    ]
