"""Findings for people at a terminal: how many; by rule, the gravest first; and where they are."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from xlperf.characters.control import visible
from xlperf.reports.by_rule import OfRule, by_rule, places_of
from xlperf.reports.tally import counts, tally_words
from xlperf.rules.core import ERROR, INFO, WARNING, Finding
from xlperf.rules.further_places import also_in, named
from xlperf.rules.waiver_words import explanation, standing_words
from xlperf.terminal.consoles import safe_console
from xlperf.wording import say

COLOUR = {ERROR: "bold red", WARNING: "yellow", INFO: "cyan"}
EXPLAINED = "green"
WIDE = 1000  # columns of a text that is no terminal: nothing is cut
SHOWN = 3  # findings of a rule that are told in words; of more, the places


def print_findings(
    findings: Sequence[Finding],
    console: Console,
    *,
    full: bool = False,
    statistics: bool = False,
    notes: Sequence[str] = (),
) -> None:
    """A line that counts them; then by file and rule how many, what is wrong, the remedy, where.

    Of a rule that found more than a few faults only the first are told in words, of the others
    the places; in `full`, each is told with its advice. `statistics`: only how many each rule
    has. `notes` are what else is to be told.
    """
    if statistics:
        _print_statistics(findings, console)
    else:
        _print_by_rule(findings, console, full)
    for note in notes:
        console.print(Text(visible(note), "yellow"))


def _print_by_rule(findings: Sequence[Finding], console: Console, full: bool) -> None:
    """The count, the findings by file and rule, and the count once more where it is near."""
    if findings:
        console.print(tally(findings))
    cut = False
    for file, of_file in groupby(findings, key=lambda finding: finding.file):
        console.print(Text(visible(file), "bold"))
        for group in by_rule(of_file):
            cut = _print_rule(group, console, full) or cut
    if cut:
        console.print(Text(say("report.hint"), "dim"))
    console.print(tally(findings))


def _print_statistics(findings: Sequence[Finding], console: Console) -> None:
    """How many findings each rule has, the gravest first, and how many there are in all."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for key in ("severity", "code"):
        table.add_column(say(f"show.rule_{key}"))
    for key in ("findings", "places"):
        table.add_column(say(f"report.{key}"), justify="right")
    table.add_column(say("show.rule_name"))
    for group in by_rule(findings):
        colour = COLOUR[group.severity] if group.open else EXPLAINED
        severity = Text(say(f"severity.{group.severity}"), colour)
        figures = (str(len(group.open)), str(group.places))
        table.add_row(severity, group.code, *figures, group.name + _explained(group))
    if findings:
        console.print(table)
    console.print(tally(findings))


def as_text(findings: Sequence[Finding], **how: Any) -> str:
    """The same as plain text, for a file; `how` as `print_findings` has it."""
    text = StringIO()
    print_findings(findings, safe_console(file=text, soft_wrap=True, width=WIDE), **how)
    return text.getvalue()


def tally(findings: Sequence[Finding]) -> Text:
    """One line: how many errors, warnings and remarks, and how many are explained."""
    line = Text(tally_words(findings), "bold")
    number = counts(findings)
    line.stylize("green" if not number["error"] else "red")
    return line


def _print_rule(group: OfRule, console: Console, full: bool) -> bool:
    """One rule: how many, what is wrong, where, the remedy; whether some are told by place only."""
    head = Text("  ")
    colour = COLOUR[group.severity] if group.open else EXPLAINED
    settled = "" if group.open else say("severity.explained") + " "
    head.append(f"{settled}{say(f'severity.{group.severity}')} {group.code}", colour)
    head.append(f"  {say('report.times', n=len(group.open))}  ", "bold")
    head.append(group.name + _explained(group))
    console.print(head)
    few = full or len(group.open) <= SHOWN + 1  # one more takes no more room than its place
    in_full = group.open if few else group.open[:SHOWN]
    alike = not full and len({finding.advice for finding in in_full}) == 1
    for finding in in_full:
        _print(finding, console)
        if not alike:
            console.print(Text(f"        {_advice(finding)}", "dim"))
    if rest := group.open[len(in_full) :]:
        places = say("report.semicolon").join(places_of(rest))
        sentence = say("report.rest", n=len(rest), places=visible(places))
        console.print(Text(f"    {sentence}"))
    if alike:
        console.print(Text(f"    {_advice(group.open[0])}", "dim"))
    for finding in group.explained:
        _print(finding, console)
    return bool(rest)


def _advice(finding: Finding) -> str:
    return say("report.advice", advice=visible(finding.advice))


def _explained(group: OfRule) -> str:
    return say("waiver.tally", n=len(group.explained)) if group.explained else ""


def _print(finding: Finding, console: Console) -> None:
    """What is wrong at one place, where else, and its explanation."""
    line = Text("    ")
    if finding.explained:
        line.append(f"{say('severity.explained')} ", EXPLAINED)
    if at := named(finding.path, finding.place):
        line.append(f"{visible(at)}  ", "bold")
    line.append(visible(finding.message + also_in(finding)))
    console.print(line)
    if finding.waiver and (text := explanation(finding.waiver)):
        console.print(Text(f"        {visible(text)}", EXPLAINED if finding.explained else "dim"))
    if finding.waiver and not finding.explained:
        console.print(Text(f"        {standing_words(finding)}", "dim"))
