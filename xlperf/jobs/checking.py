"""Checking files: the rules over each, chosen and ordered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from xlperf.errors import Refusal
from xlperf.jobs.opening import open_any
from xlperf.reading import Reading
from xlperf.rules import catalogue
from xlperf.rules.core import RANK, Finding, Rule, Severity, run
from xlperf.rules.profiles import Profile


def chosen_rules(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> list[Rule]:
    """The rules whose codes begin with one of `select` (all if none) and none of `ignore`."""
    select, ignore = tuple(_codes(select)), tuple(_codes(ignore))
    return [
        rule
        for code, rule in catalogue().items()
        if (not select or code.startswith(select)) and not (ignore and code.startswith(ignore))
    ]


def _codes(given: Iterable[str]) -> Iterator[str]:
    """Codes and their beginnings, separated by commas or spaces; an unknown one is refused."""
    for part in " ".join(given).replace(",", " ").upper().split():
        if not any(code.startswith(part) for code in catalogue()):
            raise Refusal("no_rule", code=part)
        yield part


@dataclass(frozen=True)
class Checked:
    """One file, what was read from it, what was found."""

    path: Path
    reading: Reading
    findings: list[Finding]
    profile: Profile


def check(path: Path, rules: Iterable[Rule], chosen: Profile) -> Checked:
    """The findings of one file."""
    reading = open_any(path)
    return Checked(path, reading, run(reading, rules, chosen), chosen)


def fails(findings: Iterable[Finding], fail_on: str) -> bool:
    """Whether a finding is at least as bad as the failing severity; "never" never fails."""
    if fail_on == "never":
        return False
    worst = RANK[Severity(fail_on)]
    return any(RANK[finding.severity] <= worst for finding in findings)
