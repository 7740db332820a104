"""Findings as JSON, in the shape the contract fixes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xlperf.regulations import cite
from xlperf.reports.tally import counts
from xlperf.rules import catalogue
from xlperf.rules.core import Finding
from xlperf.totals import SetAside
from xlperf.waivers import TYPED


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
    used = [{"file": file, **effect} for file, effect in (settings or {}).items()]
    return {
        "findings": [_finding(finding) for finding in findings],
        "summary": {**counts(findings), "files": files},
        **listed,
        **({"settings": used} if used else {}),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "code": finding.code,
        "severity": str(finding.severity),
        "file": finding.file,
        "path": list(finding.path),
    }
    if finding.place:
        place = {
            "sheet": finding.place.sheet,
            "cell": finding.place.cell,
            "line": finding.place.line,
            "at": finding.place.at,
        }
        facts |= {key: value for key, value in place.items() if value}
    facts |= {
        "message": finding.message,
        "advice": finding.advice,
        "source": "; ".join(cite(source) for source in catalogue()[finding.code].sources),
    }
    if finding.waiver:
        facts |= {
            "explained": finding.explained,
            "standing": str(finding.standing),
            **{key: getattr(finding.waiver, key) for key in TYPED},
        }
    if finding.fix:
        facts["fix"] = {"safe": finding.fix.safe, "value": finding.fix.value}
    return facts
