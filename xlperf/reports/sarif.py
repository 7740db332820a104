"""Findings as a SARIF 2.1.0 log, for programs and services that show and compare findings.

A workbook has no regions of text: a cell is a logical location, and a fix is told as a property.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from xlperf import __version__
from xlperf.canonical import dumps
from xlperf.errors import SetAside
from xlperf.paths import RecordPath
from xlperf.reading import Place, Spot
from xlperf.reports.formats import Content
from xlperf.reports.machine import place_parts
from xlperf.reports.rule_pages import RulePage, pages_of
from xlperf.rules.core import ERROR, INFO, WARNING, Finding
from xlperf.rules.waiver_words import explanation
from xlperf.waivers import INPUT_KEYS, Standing
from xlperf.wording import say

VERSION = "2.1.0"
SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
BASE = "SRCROOT"  # what relative addresses of files start from
SARIF_LEVELS = {ERROR: "error", WARNING: "warning", INFO: "note"}

SUPPRESSION_STATES = {Standing.EXPLAINED: "accepted", Standing.STALE: "underReview"}

JsonObject = dict[str, Any]


def as_sarif(
    findings: Sequence[Finding],
    files: Iterable[object],
    aside: Sequence[SetAside] = (),
    notes: Sequence[str] = (),
) -> JsonObject:
    """A SARIF log of one run: every rule met, every file checked or set aside, every finding.

    `notes` tell how the run was configured, such as by which settings file.
    """
    pages = pages_of(findings)
    file_names = (
        *(str(file) for file in files),
        *(finding.file for finding in findings if finding.file),
    )
    distinct = tuple(dict.fromkeys(file for file in file_names if file))
    log = _Log({page.code: n for n, page in enumerate(pages)}, distinct)
    results = [log.result(finding) for finding in findings]
    if any(finding.waiver for finding in findings):  # all of them say so, or none
        for result, finding in zip(results, findings, strict=True):
            result["suppressions"] = _suppressions(finding)
    run: JsonObject = {
        "tool": {"driver": _driver(pages)},
        "language": say("report_html.lang"),
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {BASE: {"description": _text(say("report_sarif.base"))}},
        "artifacts": [
            {"location": log.artifact(file), "roles": ["analysisTarget"]} for file in log.files
        ],
        "logicalLocations": log.logical,
        "results": results,
    }
    if aside or notes:
        run["invocations"] = [_invocation(aside, notes)]
    return {"$schema": SCHEMA, "version": VERSION, "runs": [run]}


def _invocation(aside: Sequence[SetAside], notes: Sequence[str]) -> JsonObject:
    """What is told of the run itself: files set aside, and how it was configured."""
    node: JsonObject = {"executionSuccessful": not aside}
    if aside:
        node["toolExecutionNotifications"] = [
            {"level": "error", "message": _text(f"{a.file}: {a.reason}")} for a in aside
        ]
    if notes:
        node["toolConfigurationNotifications"] = [
            {"level": "note", "message": _text(note)} for note in notes
        ]
    return node


def _driver(pages: Iterable[RulePage]) -> JsonObject:
    return {
        "name": "xlperf",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(page) for page in pages],
    }


def _rule(page: RulePage) -> JsonObject:
    parts = {key: getattr(page, key) for key in ("why", "bad", "good", "source")}
    lines = [(say(f"show.{key}").rstrip(), text) for key, text in parts.items() if text]
    return {
        "id": page.code,
        "name": page.rule.name.title().replace(" ", ""),
        "shortDescription": _text(page.name),
        "fullDescription": _text(page.why or page.name),
        "help": {
            **_text("\n".join(f"{label} {text}" for label, text in lines)),
            "markdown": "\n\n".join(f"**{label}** {_markdown(text)}" for label, text in lines),
        },
        "defaultConfiguration": {"level": SARIF_LEVELS[page.rule.severity]},
        "properties": {"tags": [page.family], "source": list(page.sources)},
    }


class _Log:
    """The lists that results point into: rules, files, places; and how often a fault was met."""

    def __init__(self, rules: dict[str, int], files: Sequence[str]) -> None:
        self.rules = rules
        self.files = files
        self.logical: list[JsonObject] = []
        self._numbers = {file: number for number, file in enumerate(files)}
        self._logical_indexes: dict[tuple[str, str], int] = {}
        self._met: Counter[tuple[str, str]] = Counter()

    def result(self, finding: Finding) -> JsonObject:
        """The SARIF result of a finding: rule, message, places, fingerprints, its fix."""
        node: JsonObject = {
            "ruleId": finding.code,
            "ruleIndex": self.rules[finding.code],
            "level": SARIF_LEVELS[finding.severity],
            "message": _text(finding.message),
        }
        if location := self._location(finding, finding.path, finding.place):
            node["locations"] = [location]
        if finding.also:
            others = (self._location(finding, a.path, a.place) for a in finding.also)
            node["relatedLocations"] = [
                {"id": n, **location_node} for n, location_node in enumerate(others, 1)
            ]
        node["partialFingerprints"] = self._fingerprints(finding)
        node["properties"] = _properties(finding)
        return node

    def artifact(self, file: str) -> JsonObject:
        """Where a file is."""
        uri = address(file)
        base = {} if uri.startswith("file:") else {"uriBaseId": BASE}
        return {"uri": uri, **base, "index": self._numbers[file]}

    def _location(self, finding: Finding, path: RecordPath, place: Place | None) -> JsonObject:
        """One of a finding's places, by its path and where that was read."""
        location: JsonObject = {}
        if finding.file:
            location["physicalLocation"] = {"artifactLocation": self.artifact(finding.file)}
            if place and place.line:
                location["physicalLocation"]["region"] = {"startLine": place.line}
        if (index := self._logical(path, place)) is not None:
            location["logicalLocations"] = [{**self.logical[index], "index": index}]
        return location

    def _logical(self, path: RecordPath, place: Place | None) -> int | None:
        """The cell, the sheet or the spot in a document; else the pointer into the record."""
        if place and place.sheet:
            sheet = self._listed("sheet", place.sheet, place.sheet)
            return self._listed("cell", place.cell, str(place), sheet) if place.cell else sheet
        if place and place.at:
            spot = str(Spot(place.at))
            return self._listed("text", spot, spot)
        pointer = _pointer(path)
        return self._listed("property", pointer, pointer) if pointer else None

    def _listed(self, kind: str, name: str, full: str, parent: int | None = None) -> int:
        if (kind, full) not in self._logical_indexes:
            self._logical_indexes[kind, full] = len(self.logical)
            above = {} if parent is None else {"parentIndex": parent}
            self.logical.append({"name": name, "fullyQualifiedName": full, "kind": kind, **above})
        return self._logical_indexes[kind, full]

    def _fingerprints(self, finding: Finding) -> dict[str, str]:
        """Two ways to know a finding again; neither has a line, a cell or a language in it.

        One by its position in the record. One by what it says and in which field: it stays when
        projects or rows are put in before it, and is numbered where the same is said twice.
        """
        own_facts = {k: v for k, v in finding.facts.items() if not isinstance(v, Spot)}
        facts = repr(sorted((name, repr(value)) for name, value in own_facts.items()))
        fields = "/".join(step for step in finding.path if isinstance(step, str))
        content_hash = _hash(finding.code, fields, facts)
        self._met[finding.file, content_hash] += 1
        return {
            "recordPath/v1": _hash(finding.code, _pointer(finding.path), facts),
            "fieldAndFacts/v1": f"{content_hash}:{self._met[finding.file, content_hash]}",
        }


def _suppressions(finding: Finding) -> list[JsonObject]:
    """The explanation of a finding; only an accepted one takes it away."""
    if finding.waiver is None:
        return []
    status = SUPPRESSION_STATES.get(finding.standing, "rejected")
    justification = explanation(finding.waiver)
    properties = {key: getattr(finding.waiver, key) for key in INPUT_KEYS}
    return [
        {
            "kind": "inSource",
            "status": status,
            "justification": justification,
            "properties": properties,
        }
    ]


def _properties(finding: Finding) -> JsonObject:
    properties: JsonObject = {"path": list(finding.path), "advice": finding.advice}
    properties |= place_parts(finding.place)
    if finding.also:
        others = ({"path": list(a.path), **place_parts(a.place)} for a in finding.also)
        properties["also"] = list(others)
    if finding.fix:
        properties["fix"] = {"safe": finding.fix.safe, "value": finding.fix.value}
    return properties


def address(file: str) -> str:
    """A file's address: relative if its name is, else `file:`; Chinese and spaces encoded."""
    path = PurePath(file)
    if ".." in path.parts:  # a relative address may not climb
        path = PurePath(os.path.abspath(path))  # noqa: PTH100 - a name is tidied, no file is touched
    return path.as_uri() if path.is_absolute() else quote(os.fsencode(path.as_posix()))


def _pointer(path: RecordPath) -> str:
    """A place in the record as a JSON Pointer."""
    steps = (str(step).replace("~", "~0").replace("/", "~1") for step in path)
    return "".join(f"/{step}" for step in steps)


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:32]


def _text(words: str) -> dict[str, str]:
    """A plain message: braces are doubled as SARIF asks, and nothing a document says is a link."""
    return {"text": words.replace("{", "{{").replace("}", "}}").replace("](", "] (")}


def _markdown(words: str) -> str:
    """Words without markup: what looks like markup or HTML is escaped."""
    escaped = "".join(f"\\{char}" if char in "\\`*_[]<>#|~" else char for char in words)
    return escaped.replace("{", "{{").replace("}", "}}")


def report(content: Content) -> str:
    """The report as a SARIF log."""
    return dumps(as_sarif(content.findings, content.files, content.aside, content.notes))
