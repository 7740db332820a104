"""Findings at a terminal, in colours; and how many each rule has, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from xlperf.reports import text
from xlperf.reports.by_rule import by_rule
from xlperf.reports.text import COLOUR, EXPLAINED_COLOUR, of_explained
from xlperf.rules.core import Finding
from xlperf.terminal.consoles import safe_console
from xlperf.wording import say

UNCUT_COLUMNS = 1000  # columns of a text that is no terminal: nothing is cut


def print_findings(
    findings: Sequence[Finding],
    console: Console,
    *,
    full: bool = False,
    notes: Sequence[str] = (),
) -> None:
    """The lines of `reports.text.lines`, in colours."""
    for line in text.lines(findings, full=full, notes=notes):
        console.print(Text.assemble(*line))


def print_statistics(
    findings: Sequence[Finding], console: Console, notes: Sequence[str] = ()
) -> None:
    """How many findings each rule has, the gravest first, and how many there are in all."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for key in ("severity", "code"):
        table.add_column(say(f"show.rule_{key}"))
    for key in ("findings", "places"):
        table.add_column(say(f"report.{key}"), justify="right")
    table.add_column(say("show.rule_name"))
    for group in by_rule(findings):
        colour = COLOUR[group.severity] if group.open else EXPLAINED_COLOUR
        severity = Text(say(f"severity.{group.severity}"), colour)
        figures = (str(len(group.open)), str(group.places))
        table.add_row(severity, group.code, *figures, group.name + of_explained(group))
    if findings:
        console.print(table)
    console.print(tally(findings))
    for note in notes:
        console.print(Text(note, "yellow"))


def statistics_as_text(findings: Sequence[Finding], notes: Sequence[str] = ()) -> str:
    """The table of `print_statistics` as plain text, for a file."""
    plain_text = StringIO()
    console = safe_console(file=plain_text, soft_wrap=True, width=UNCUT_COLUMNS)
    print_statistics(findings, console, notes)
    return plain_text.getvalue()


def tally(findings: Sequence[Finding]) -> Text:
    """One line: how many errors, warnings and remarks, and how many are explained."""
    return Text.assemble(*text.tally(findings))
