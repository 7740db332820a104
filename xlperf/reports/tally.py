"""How many findings there are of each severity, as numbers and as one sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from xlperf.rules.core import ERROR, INFO, WARNING, Finding
from xlperf.wording import say


def counts(findings: Sequence[Finding]) -> dict[str, int]:
    """How many open findings of each severity, and how many are explained."""
    number = Counter(finding.severity for finding in findings if not finding.explained)
    open_ones = {str(severity): number[severity] for severity in (ERROR, WARNING, INFO)}
    return {**open_ones, "explained": sum(finding.explained for finding in findings)}


def tally_words(findings: Sequence[Finding]) -> str:
    """One sentence: how many errors, warnings and remarks, and how many are explained."""
    number = counts(findings)
    words = say("report.counts", **number) if findings else say("report.none")
    explained = number["explained"]
    return words + say("waiver.tally", n=explained) if explained else words
