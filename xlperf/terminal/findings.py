"""Findings for people at a terminal: by file and by place, errors first in each place."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO
from itertools import groupby

from rich.console import Console
from rich.text import Text

from xlperf.characters.control import visible
from xlperf.reading import Spot
from xlperf.reports.tally import counts, tally_words
from xlperf.rules.core import ERROR, INFO, WARNING, Finding, Severity
from xlperf.rules.waiver_words import explanation, standing_words
from xlperf.terminal.consoles import safe_console
from xlperf.wording import say

COLOUR = {ERROR: "bold red", WARNING: "yellow", INFO: "cyan"}
EXPLAINED = "green"


def print_findings(
    findings: Sequence[Finding],
    console: Console,
    *,
    advice: bool = True,
    notes: Sequence[str] = (),
) -> None:
    """All findings with their places, a line that counts them, and what else is to be told."""
    for file, of_file in groupby(findings, key=lambda finding: finding.file):
        console.print(Text(visible(file), "bold"))
        for title, here in groupby(of_file, key=_section):
            console.print(Text(f"  {title}", "bold blue"))
            for finding in here:
                _print(finding, console, advice)
    console.print(tally(findings))
    for note in notes:
        console.print(Text(visible(note), "yellow"))


def as_text(findings: Sequence[Finding], notes: Sequence[str] = ()) -> str:
    """The same as plain text, for a file."""
    text = StringIO()
    print_findings(findings, safe_console(file=text, soft_wrap=True), notes=notes)
    return text.getvalue()


def tally(findings: Sequence[Finding]) -> Text:
    """One line: how many errors, warnings and remarks, and how many are explained."""
    line = Text(tally_words(findings), "bold")
    number = counts(findings)
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
    if finding.explained:
        line.append(f"{say('severity.explained')} ", EXPLAINED)
    colour = EXPLAINED if finding.explained else COLOUR[Severity(finding.severity)]
    line.append(f"{severity} {finding.code}", colour)
    if at := _at(finding):
        line.append(f"  {at}", "bold")
    line.append(f"  {visible(finding.message)}")
    console.print(line)
    if advice and not finding.explained:
        console.print(Text(f"        {visible(finding.advice)}", "dim"))
    if finding.waiver and (told := explanation(finding.waiver)):
        console.print(Text(f"        {visible(told)}", EXPLAINED if finding.explained else "dim"))
    if finding.waiver and not finding.explained:
        console.print(Text(f"        {standing_words(finding)}", "dim"))


def _at(finding: Finding) -> str:
    if finding.place is None:
        return ""
    if finding.place.at:
        return str(Spot(finding.place.at))
    return finding.place.cell or (
        say("report.line", line=finding.place.line) if finding.place.line else ""
    )
