"""Small texts of many fields: what is wrong in them is found, and what is right is left alone."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.rules.casefiles import base, change, path_of
from xlperf.paths import RecordPath
from xlperf.reading import Reading
from xlperf.rules import catalogue
from xlperf.rules.core import run

TABLES = tomllib.loads(Path(__file__).with_name("missed.toml").read_text(encoding="utf-8"))
INDICATOR = ("projects", 0, "indicators", 0)
OF_INDICATORS = (
    *("VAL406", "VAL409", "VAL418", "VAL419", "VAL420", "VAL421", "VAL422", "VAL423"),
    *("VAL402", "VAL403", "TYP501"),
)
OF_TEXTS = ("TXT601", "TXT607", "TXT610", "TXT620", "TXT632", "TXT633", "TXT634")
FIRST = {"时效": "产出", "数量": "产出", "质量": "产出", "成本": "产出", "满意度": "满意度"}

Row = tuple[
    str, dict[str, Any], tuple[str, ...], RecordPath, str
]  # title, record, codes, place, code


def _of_indicators() -> Iterator[Row]:
    for level2, name, target, code in TABLES["indicators"]:
        record = base()
        indicator = record["projects"][0]["indicators"][0]
        kind = level2.removesuffix("指标")
        indicator |= {"level1": FIRST.get(kind, "效益") + "指标", "level2": level2}
        indicator |= {"name": name, "target": target, "description": f"按年末台账统计的{name}"}
        yield f"{name} {target}", record, OF_INDICATORS, INDICATOR, code


def _of_texts() -> Iterator[Row]:
    for place, text, code in TABLES["texts"]:
        record = base()
        change(record, path_of(place), text)
        yield text, record, OF_TEXTS, path_of(place), code


def _of_places() -> Iterator[Row]:
    codes = {"海港区": "130302", "昌黎县": "130322", "迁安市": "130283", "青龙满族自治县": "130321"}
    for region, text, code in TABLES["places"]:
        record = base()
        record["region"] = {"code": codes[region], "name": region}
        record["projects"][0]["purpose"] = text
        yield f"{region} {text}", record, OF_TEXTS, ("projects", 0, "purpose"), code


def _of_staff() -> Iterator[Row]:
    for name, purpose, indicator_name, code in TABLES["staff"]:
        record = base()
        project = record["projects"][0]
        project |= {"name": name, "purpose": purpose, "goals": [purpose]}
        project["indicators"][6]["name"] = indicator_name
        yield f"{name} {indicator_name}", record, ("TYP506",), ("projects", 0), code


ROWS = [*_of_indicators(), *_of_texts(), *_of_places(), *_of_staff()]


def judged(row: Row) -> set[str]:
    """The codes found at the place that a row is about."""
    _, record, codes, at, _ = row
    rules = [rule for code, rule in catalogue().items() if code in codes]
    findings = run(Reading(record), rules)
    return {finding.code for finding in findings if finding.path[: len(at)] == at}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_what_is_wrong_is_found_and_what_is_right_is_left_alone(row: Row) -> None:
    codes = judged(row)
    assert row[-1] in codes if row[-1] else codes == set()
