"""Which rules are run, and what counts as a failure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xlperf.errors import UserError
from xlperf.rules import catalogue
from xlperf.rules.core import RANK, Finding, Rule, Severity


def chosen_rules(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> list[Rule]:
    """The rules whose codes begin with one of `select` (all if none) and none of `ignore`."""
    select, ignore = tuple(_codes(select)), tuple(_codes(ignore))
    return [
        rule
        for code, rule in catalogue().items()
        if (not select or code.startswith(select)) and not (ignore and code.startswith(ignore))
    ]


def _codes(texts: Iterable[str]) -> Iterator[str]:
    """Codes and their beginnings, separated by commas or spaces; an unknown one is refused."""
    for part in " ".join(texts).replace(",", " ").upper().split():
        if not any(code.startswith(part) for code in catalogue()):
            raise UserError("no_rule", code=part)
        yield part


def fails(findings: Iterable[Finding], fail_on: str) -> bool:
    """Whether a finding that is not explained is at least as bad as the failing severity.

    "never" never fails.
    """
    if fail_on == "never":
        return False
    worst = RANK[Severity(fail_on)]
    return any(RANK[finding.severity] <= worst for finding in findings if not finding.explained)
