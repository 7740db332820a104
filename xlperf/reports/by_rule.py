"""Findings by rule: the gravest first, of equal gravity the commonest; and how many of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from xlperf.rules.core import RANK, Finding, Severity
from xlperf.rules.further_places import all_places, place_name
from xlperf.wording import say

LINES = "\n"  # what lines of a text are kept together under; no sheet has such a name


@dataclass(frozen=True)
class RuleFindings:
    """The findings of one rule, one severity: those that are open, and those explained."""

    code: str
    severity: Severity
    open: list[Finding] = field(default_factory=list)
    explained: list[Finding] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What the rule is called."""
        return say(f"rule.{self.code}.name")

    @property
    def places(self) -> int:
        """At how many places the open ones stand."""
        return sum(1 + len(item.also) for item in self.open)


def by_rule(findings: Iterable[Finding]) -> list[RuleFindings]:
    """The findings grouped by rule; rules of which all findings are explained come last."""
    groups: dict[tuple[str, Severity], RuleFindings] = {}
    for finding in findings:
        key = finding.code, finding.severity
        group = groups.setdefault(key, RuleFindings(*key))
        (group.explained if finding.explained else group.open).append(finding)
    return sorted(groups.values(), key=_gravity)


def _gravity(group: RuleFindings) -> tuple[bool, int, int, str]:
    return not group.open, RANK[group.severity], -len(group.open), group.code


def statistics(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """How many findings each rule has, at how many places, and how many are explained, as data."""
    return [
        {
            "code": group.code,
            "severity": str(group.severity),
            "name": group.name,
            "findings": len(group.open),
            "places": group.places,
            "explained": len(group.explained),
        }
        for group in by_rule(findings)
    ]


def places_of(findings: Sequence[Finding]) -> Iterator[str]:
    """The places of findings, each once, those of one sheet together: 01 Roads!C5, C7."""
    sheets: dict[str, dict[str, None]] = {}
    for finding in findings:
        for path, place in all_places(finding):
            sheet = place.sheet if place and place.cell else ""
            if place and place.line and not place.cell:
                sheet, name = LINES, str(place.line)
            else:
                name = place.cell if place and sheet else place_name(path, place)
            sheets.setdefault(sheet, {})[name] = None
    comma = say("rule_part.comma")
    for sheet, cells in sheets.items():
        words = comma.join(filter(None, cells))
        if sheet == LINES:
            yield say("report.line", line=words)
        else:
            yield f"{sheet}!{words}" if sheet else words
