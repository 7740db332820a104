"""Findings as JSON, in the shape the contract fixes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xlperf.canonical import dumps
from xlperf.errors import SetAside
from xlperf.reading import Place
from xlperf.regulations import cite
from xlperf.reports.by_rule import statistics
from xlperf.reports.formats import Content
from xlperf.reports.tally import counts
from xlperf.rules import catalogue
from xlperf.rules.core import Finding
from xlperf.waivers import INPUT_KEYS


def as_json(
    findings: Sequence[Finding],
    files: int,
    aside: Sequence[SetAside] = (),
    settings: Mapping[str, Mapping[str, Any]] | None = None,
) -> dict[str, Any]:
    """Every finding with its words, its place and its fix; and how many there are.

    Files that were set aside are listed where there are any; so are `settings`, by the files that
    they were used for.
    """
    listed = {"set_aside": [{"file": a.file, "reason": a.reason} for a in aside]} if aside else {}
    used_settings = [{"file": file, **effect} for file, effect in (settings or {}).items()]
    return {
        "findings": [_finding(finding) for finding in findings],
        "summary": {**counts(findings), "files": files},
        **listed,
        **({"settings": used_settings} if used_settings else {}),
    }


def counts_as_json(findings: Sequence[Finding], files: int) -> dict[str, Any]:
    """How many findings each rule has, the gravest first, and how many there are in all."""
    return {"statistics": statistics(findings), "summary": {**counts(findings), "files": files}}


def _finding(finding: Finding) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "code": finding.code,
        "severity": str(finding.severity),
        "file": finding.file,
        "path": list(finding.path),
    }
    facts |= place_parts(finding.place)
    facts |= {
        "message": finding.message,
        "advice": finding.advice,
        "source": "; ".join(cite(source) for source in catalogue()[finding.code].sources),
    }
    if finding.waiver:
        facts |= {
            "explained": finding.explained,
            "standing": str(finding.standing),
            **{key: getattr(finding.waiver, key) for key in INPUT_KEYS},
        }
    if finding.fix:
        facts["fix"] = {"safe": finding.fix.safe, "value": finding.fix.value}
    if finding.also:
        others = ({"path": list(a.path), **place_parts(a.place)} for a in finding.also)
        facts["also"] = list(others)
    return facts


def place_parts(place: Place | None) -> dict[str, Any]:
    """What is known of a place: sheet, cell, line, or the spot in a document."""
    parts = {name: getattr(place, name, "") for name in ("sheet", "cell", "line", "at")}
    return {name: value for name, value in parts.items() if value}


def report(content: Content) -> str:
    """The report as JSON."""
    shape = as_json(content.findings, len(content.files), content.aside, content.effects)
    return dumps(shape)
