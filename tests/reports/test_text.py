"""The text report: counts, rules, places; nothing is left out, nothing is told twice."""

from __future__ import annotations

from typing import Any

import pytest

from xlperf import wording
from xlperf.reading import Place
from xlperf.reports.by_rule import by_rule, places_of
from xlperf.reports.machine import counts_as_json
from xlperf.reports.text import as_text
from xlperf.rules.core import ERROR, INFO, WARNING, Finding, Severity
from xlperf.rules.further_places import OtherPlace, also_in
from xlperf.terminal.findings import statistics_as_text


@pytest.fixture(autouse=True)
def chinese() -> Any:
    with wording.speaking("zh"):
        yield


def target(row: int, *also: int, sheet: str = "01 修路") -> Finding:
    """A target left open in a row of a sheet, and the same in others."""
    others = tuple(
        OtherPlace(("projects", 0), Place(sheet, f"E{row_number}")) for row_number in also
    )
    facts = {"name": "合格率", "target": "是/否", "sides": "是/否"}
    path = ("projects", 0, "indicators", row, "target")
    return Finding("VAL401", ERROR, path, facts, place=Place(sheet, f"E{row}"), also=others)


def other(code: str, severity: Severity, cell: str) -> Finding:
    facts = {"field": "名称", "text": "甲", "project": "乙", "share": "75%", "expected": "83.33%"}
    return Finding(code, severity, ("projects", 0, "name"), facts, place=Place("01 修路", cell))


def test_the_gravest_rule_comes_first_and_of_equal_ones_the_commonest() -> None:
    findings = [
        other("PLN306", INFO, "C6"),
        other("PLN306", INFO, "C7"),
        other("STR006", ERROR, "B3"),
        other("TXT606", WARNING, "B4"),
        target(10),
        target(11),
    ]
    assert [(group.code, len(group.open)) for group in by_rule(findings)] == [
        ("VAL401", 2),
        ("STR006", 1),
        ("TXT606", 1),
        ("PLN306", 2),
    ]


def test_of_many_findings_three_are_told_and_every_place_is_named() -> None:
    lines = as_text([target(row) for row in range(10, 17)]).splitlines()
    assert lines[0] == lines[-1] == "共 7 个错误，0 个警告，0 条提示。"
    examples = [line for line in lines if "没有写明" in line]
    assert [line.split()[0:2] for line in examples] == [
        ["01", f"修路!E{row}"] for row in (10, 11, 12)
    ]
    assert [line.strip() for line in lines if "另 4 条" in line] == [
        "另 4 条：01 修路!E13、E14、E15、E16"
    ]


def test_four_findings_are_told_each_and_so_are_all_in_full() -> None:
    four = as_text([target(row) for row in range(10, 14)])
    assert four.count("没有写明") == 4 and four.count("改法：") == 1
    full = as_text([target(row) for row in range(10, 17)], full=True)
    assert full.count("没有写明") == 7 and "另 " not in full


def test_the_other_places_of_a_finding_stand_behind_it_once_each() -> None:
    finding = target(10, 12, 12, 14)
    assert also_in(finding) == "（其他位置：01 修路!E12、01 修路!E14。）"
    assert also_in(finding, 1) == "（其他位置：01 修路!E12等，共 2 处。）"
    assert list(places_of([finding, target(10, sheet="02 修桥")])) == [
        "01 修路!E10、E12、E14",
        "02 修桥!E10",
    ]


def test_lines_of_a_text_are_named_together() -> None:
    findings = [
        Finding("VAL401", ERROR, ("projects", n), place=Place(line=line))
        for n, line in enumerate((7, 9, 9))
    ]
    assert list(places_of(findings)) == ["第 7、9 行"]


def test_statistics_count_findings_and_places_by_rule() -> None:
    findings = [target(10, 12, 14), target(11), other("PLN306", INFO, "C6")]
    counts = counts_as_json(findings, 1)
    assert counts["summary"] == {"error": 2, "warning": 0, "info": 1, "explained": 0, "files": 1}
    figures = [(line["code"], line["findings"], line["places"]) for line in counts["statistics"]]
    assert figures == [("VAL401", 2, 4), ("PLN306", 1, 1)]
    lines = statistics_as_text(findings).splitlines()
    assert [line.split()[:4] for line in lines[1:3]] == [
        ["错误", "VAL401", "2", "4"],
        ["提示", "PLN306", "1", "1"],
    ]
    assert lines[-1] == "共 2 个错误，0 个警告，1 条提示。"


def test_a_clean_document_is_said_to_be_clean_once() -> None:
    assert as_text([]).splitlines() == [wording.say("report.none")]
