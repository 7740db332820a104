"""Findings for people at a terminal: by file and by place, errors first in each place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from io import StringIO
from itertools import groupby

from rich.console import Console
from rich.text import Text

from xlperf.reading import Spot
from xlperf.rules.core import ERROR, INFO, WARNING, Finding, Severity
from xlperf.wording import say

COLOUR = {ERROR: "bold red", WARNING: "yellow", INFO: "cyan"}


def counts(findings: Sequence[Finding]) -> dict[str, int]:
    """How many findings of each severity."""
    number = Counter(finding.severity for finding in findings)
    return {str(severity): number[severity] for severity in (ERROR, WARNING, INFO)}


def print_findings(findings: Sequence[Finding], console: Console, *, advice: bool = True) -> None:
    """All findings with their places, and a last line that counts them."""
    for file, of_file in groupby(findings, key=lambda finding: finding.file):
        console.print(Text(file, "bold"))
        for title, here in groupby(of_file, key=_section):
            console.print(Text(f"  {title}", "bold blue"))
            for finding in here:
                _print(finding, console, advice)
    console.print(tally(findings))


def as_text(findings: Sequence[Finding]) -> str:
    """The same as plain text, for a file."""
    text = StringIO()
    print_findings(findings, Console(file=text, highlight=False, soft_wrap=True))
    return text.getvalue()


def tally(findings: Sequence[Finding]) -> Text:
    """One line: how many errors, warnings and remarks."""
    number = counts(findings)
    line = Text(say("report.none") if not findings else say("report.found", **number), "bold")
    line.stylize("green" if not number["error"] else "red")
    return line


def _section(finding: Finding) -> str:
    """Where a finding belongs, as a person leafs through: a sheet, or a part of the record."""
    if finding.place and finding.place.sheet:
        return finding.place.sheet
    part = str(finding.path[0]) if finding.path else "record"
    if part in ("projects", "activities") and len(finding.path) > 1:
        return say(f"report.{part}", number=int(finding.path[1]) + 1)
    return say("report.department")


def _print(finding: Finding, console: Console, advice: bool) -> None:
    severity = say(f"severity.{finding.severity}")
    line = Text("    ")
    line.append(f"{severity} {finding.code}", COLOUR[Severity(finding.severity)])
    if at := _at(finding):
        line.append(f"  {at}", "bold")
    line.append(f"  {finding.message}")
    console.print(line)
    if advice:
        console.print(Text(f"        {finding.advice}", "dim"))


def _at(finding: Finding) -> str:
    if finding.place is None:
        return ""
    if finding.place.at:
        return str(Spot(finding.place.at))
    return finding.place.cell or (
        say("report.line", line=finding.place.line) if finding.place.line else ""
    )
