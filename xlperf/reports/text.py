"""Findings for people to read: how many; by rule, the gravest first; and where they are.

A line is a list of pieces, each with its style, which a terminal shows and a file leaves out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from xlperf.characters.control import visible
from xlperf.reports.by_rule import RuleFindings, by_rule, places_of
from xlperf.reports.tally import counts, tally_words
from xlperf.rules.core import ERROR, INFO, WARNING, Finding
from xlperf.rules.further_places import also_in, place_name
from xlperf.rules.waiver_words import explanation, standing_words
from xlperf.wording import say

COLOUR = {ERROR: "bold red", WARNING: "yellow", INFO: "cyan"}
EXPLAINED_COLOUR = "green"
FINDINGS_IN_WORDS = 3  # findings of a rule that are told in words; of more, the places

StyledLine = list[tuple[str, str]]  # pieces: a text and its style


def as_text(findings: Sequence[Finding], *, full: bool = False, notes: Sequence[str] = ()) -> str:
    """The lines as plain text, for a file; see `lines`."""
    return "".join(f"{plain(line)}\n" for line in lines(findings, full=full, notes=notes))


def plain(line: StyledLine) -> str:
    """The text of a line; characters that a terminal would obey are shown as signs."""
    return visible("".join(text for text, _ in line))


def lines(
    findings: Sequence[Finding], *, full: bool = False, notes: Sequence[str] = ()
) -> Iterator[StyledLine]:
    """A line that counts them; then by file and rule how many, what is wrong, the remedy, where.

    Of a rule that found more than a few faults only the first are told in words, of the others
    the places; in `full`, each is told with its advice. The count stands once more at the end,
    then `notes`: what else is to be told.
    """
    if findings:
        yield tally(findings)
    cut = False
    for file, of_file in groupby(findings, key=lambda finding: finding.file):
        yield [(file, "bold")]
        for group in by_rule(of_file):
            yield from _rule(group, full)
            cut = cut or bool(_by_place_only(group, full))
    if cut:
        yield [(say("report.hint"), "dim")]
    yield tally(findings)
    yield from ([(note, "yellow")] for note in notes)


def tally(findings: Sequence[Finding]) -> StyledLine:
    """One line: how many errors, warnings and remarks, and how many are explained."""
    colour = "red" if counts(findings)["error"] else "green"
    return [(tally_words(findings), f"bold {colour}")]


def _by_place_only(group: RuleFindings, full: bool) -> Sequence[Finding]:
    """The open findings of a rule of which only the places are told."""
    # one more takes no more room than its place
    few = full or len(group.open) <= FINDINGS_IN_WORDS + 1
    return () if few else group.open[FINDINGS_IN_WORDS:]


def _rule(group: RuleFindings, full: bool) -> Iterator[StyledLine]:
    """One rule: how many, what is wrong, where, the remedy."""
    colour = COLOUR[group.severity] if group.open else EXPLAINED_COLOUR
    settled = "" if group.open else say("severity.explained") + " "
    yield [
        ("  ", ""),
        (f"{settled}{say(f'severity.{group.severity}')} {group.code}", colour),
        (f"  {say('report.times', n=len(group.open))}  ", "bold"),
        (group.name + of_explained(group), ""),
    ]
    rest = _by_place_only(group, full)
    in_words = group.open[: len(group.open) - len(rest)]
    alike = not full and len({finding.advice for finding in in_words}) == 1
    for finding in in_words:
        yield from _finding(finding)
        if not alike:
            yield [(f"        {_advice(finding)}", "dim")]
    if rest:
        places = say("report.semicolon").join(places_of(rest))
        yield [(f"    {say('report.rest', n=len(rest), places=places)}", "")]
    if alike:
        yield [(f"    {_advice(group.open[0])}", "dim")]
    for finding in group.explained:
        yield from _finding(finding)


def _advice(finding: Finding) -> str:
    return say("report.advice", advice=finding.advice)


def of_explained(group: RuleFindings) -> str:
    """How many findings of a rule are explained; "" where none is."""
    return say("waiver.tally", n=len(group.explained)) if group.explained else ""


def _finding(finding: Finding) -> Iterator[StyledLine]:
    """What is wrong at one place, where else, and its explanation."""
    line = [("    ", "")]
    if finding.explained:
        line.append((f"{say('severity.explained')} ", EXPLAINED_COLOUR))
    if at := place_name(finding.path, finding.place):
        line.append((f"{at}  ", "bold"))
    yield [*line, (finding.message + also_in(finding), "")]
    if finding.waiver and (text := explanation(finding.waiver)):
        yield [(f"        {text}", EXPLAINED_COLOUR if finding.explained else "dim")]
    if finding.waiver and not finding.explained:
        yield [(f"        {standing_words(finding)}", "dim")]
