"""What is to be written into a workbook, as data: marks, a list of findings, texts, formulas.

One plan, two appliers: openpyxl for a file (`workbook.annotate`), xlwings for a live book
(`live.book.apply_plan`). Nothing is written until the whole plan exists. What the list says, row
by row, is decided here: its values are `listed`, for the form `forms.generated.FINDINGS`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from xlperf.characters.control import visible
from xlperf.reading import Place
from xlperf.record import Raw
from xlperf.regulations import cite
from xlperf.rules import catalogue
from xlperf.rules.core import ERROR, INFO, RANK, WARNING, Finding, Severity
from xlperf.rules.finding_keys import explained_keys
from xlperf.rules.waiver_words import explanation, standing_words
from xlperf.waivers import Standing, Waiver, waivers_of
from xlperf.wording import has, official, say

NOTHING = Waiver()
LONGEST_NOTE = 1500  # characters; a longer note covers the sheet it is about
COLOURS = {ERROR: "FFC7CE", WARNING: "FFEB9C", INFO: "DDEBF7"}  # of marked cells, RGB
EXPLAINED = "E2EFDA"
ASKED = "FFF2CC"  # the heads of columns that people write into
STANDINGS = {
    Standing.EXPLAINED: EXPLAINED,
    Standing.INADEQUATE: "FCE4D6",
    Standing.STALE: "FCE4D6",
    Standing.REFUSED: "FFC7CE",
    Standing.GONE: "EDEDED",
    Standing.UNCHECKED: "EDEDED",
}
HIDDEN = ("at", "name", "facts", "then")  # the program's own columns of the list


@dataclass(frozen=True)
class Mark:
    """A cell to be coloured and given a note; `explained` if all its findings are."""

    sheet: str
    cell: str
    severity: Severity
    note: str
    explained: bool = False


@dataclass(frozen=True)
class Entry:
    """A line of the list of findings.

    `waiver` is its explanation with what a reader needs to join it again: what it is about and
    the facts of today. `then` tells, of a stale one, the facts that it was given for and how it
    read, so that it counts as given anew only when somebody changes it.
    """

    severity: Severity
    code: str
    sheet: str
    cell: str
    message: str
    advice: str
    source: str
    standing: Standing = Standing.OPEN
    said: str = ""  # its standing in words
    waiver: Waiver = NOTHING
    then: str = ""


@dataclass(frozen=True)
class Plan:
    """Marks and the list, in the order of the workbook; what else is written, shown and said.

    `kept` are explanations whose finding was not met; they stand below the others. `explained`
    are the keys by which the workbook's own checks know what is explained. `texts` are new texts
    of cells, by sheet and address; `formulas` what made sheets show; `show` is where the user is
    taken, `message` what is said when all is done.
    """

    marks: tuple[Mark, ...] = ()
    entries: tuple[Entry, ...] = ()
    kept: tuple[Entry, ...] = ()
    explained: tuple[str, ...] = ()
    tally: str = ""  # how many findings there are, those about explanations too
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    formulas: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    show: Place | None = None
    message: str = ""


def plan(
    findings: Sequence[Finding],
    record: Raw | None = None,
    judged: Collection[str] | None = None,
    remark: str = "",
) -> Plan:
    """The marks and the list for the findings of one workbook.

    `record` is what it says, with the explanations; `judged` are the codes of the rules that were
    run, None for all. Findings about explanations are told where these stand. `remark` goes with
    the tally: by which settings the workbook was checked.
    """
    unjudged = judged is not None and not judged
    tally = say("standing.unchecked") if unjudged else _tally(findings)
    findings = [finding for finding in findings if finding.path[:1] != ("waivers",)]
    by_cell: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if finding.place and finding.place.cell:
            by_cell.setdefault((finding.place.sheet, finding.place.cell), []).append(finding)
    marks = (_mark(sheet, cell, found) for (sheet, cell), found in by_cell.items())
    return Plan(
        marks=tuple(marks),
        entries=tuple(_entry(finding) for finding in findings),
        kept=tuple(_kept(item, judged) for item in _unmet(findings, record or {})),
        explained=explained_keys(findings, record or {}),
        tally="\n".join(filter(None, (tally, remark))),
    )


def _tally(findings: Sequence[Finding]) -> str:
    still = [finding for finding in findings if not finding.explained]
    number = {str(s): sum(item.severity == s for item in still) for s in (ERROR, WARNING, INFO)}
    words = say("report.found", **number) if findings else say("report.none")
    explained = len(findings) - len(still)
    return words + (say("waiver.tally", n=explained) if explained else "")


def _mark(sheet: str, cell: str, findings: list[Finding]) -> Mark:
    still = [finding for finding in findings if not finding.explained]
    worst = min((item.severity for item in still or findings), key=RANK.__getitem__)
    return Mark(sheet, cell, worst, note([*still, *_explained(findings)]), not still)


def _explained(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.explained]


def note(findings: Iterable[Finding]) -> str:
    """What a cell's note says: each finding and how to mend it, or why it may stay."""
    text = visible("\n\n".join(_noted(finding) for finding in findings))
    return text if len(text) <= LONGEST_NOTE else text[: LONGEST_NOTE - 1] + "…"


def _noted(finding: Finding) -> str:
    head = f"{say(f'severity.{finding.severity}')} {finding.code}  {finding.message}"
    if finding.waiver is None:
        return f"{head}\n{finding.advice}"
    told = explanation(finding.waiver)
    if finding.explained:
        return f"{say('severity.explained')} {head}\n{told}"
    return f"{head}\n{finding.advice}\n{told}\n{standing_words(finding)}"


def _entry(finding: Finding) -> Entry:
    place, about = finding.place, finding.about
    written = finding.waiver or NOTHING
    typed = (written.reason, written.who, written.when)
    other = written.facts and written.facts != about.facts
    return Entry(
        severity=finding.severity,
        code=finding.code,
        sheet=place.sheet if place else "",
        cell=place.cell if place else "",
        message=visible(finding.message),
        advice=visible(finding.advice),
        source="; ".join(cite(source) for source in catalogue()[finding.code].sources),
        standing=finding.standing,
        said=standing_words(finding),
        waiver=Waiver(finding.code, about.at, about.name, *typed, about.facts),
        then=f"{written.facts}:{written.seal}" if other else "",
    )


def _unmet(findings: Iterable[Finding], record: Raw) -> list[Waiver]:
    """The explanations that belong to no finding."""
    met = [finding.waiver for finding in findings if finding.waiver]
    unmet = []
    for _, waiver in waivers_of(record):
        if waiver in met:
            met.remove(waiver)
        else:
            unmet.append(waiver)
    return unmet


def _kept(waiver: Waiver, judged: Collection[str] | None) -> Entry:
    gone = judged is None or waiver.code in judged
    key = f"rule.{waiver.code}.name"
    name = say(key) if has(key) else say("waiver.unknown")
    return Entry(
        severity=INFO,
        code=waiver.code,
        sheet=waiver.name,
        cell="",
        message=say("waiver.gone" if gone else "waiver.unchecked", name=name),
        advice="",
        source="",
        standing=Standing.GONE if gone else Standing.UNCHECKED,
        said=say("standing.gone" if gone else "standing.unchecked"),
        waiver=waiver,
    )


def with_own_notes(text: str, own: str) -> str:
    """A mark's note on a cell that has a note of the user's own, which stays below."""
    return f"{text}\n\n{own}" if own else text


def colour(mark: Mark) -> str:
    """The colour of a marked cell, RGB."""
    return EXPLAINED if mark.explained else COLOURS[mark.severity]


def list_colours(entry: Entry) -> dict[str, str]:
    """The colours of a line of the list, by column."""
    standing = STANDINGS.get(entry.standing)
    found = {"standing": standing} if standing else {}
    if entry.standing in (Standing.GONE, Standing.UNCHECKED):
        return {**found, "message": STANDINGS[entry.standing]}
    settled = entry.standing == Standing.EXPLAINED
    return {**found, "severity": EXPLAINED if settled else COLOURS[entry.severity]}


def list_rows(plan: Plan) -> dict[str, Any]:
    """What the list says, for its form."""
    lines = [_line(n, entry) for n, entry in enumerate(plan.entries, 1)]
    return {
        "title": official("sheet.findings"),
        "tally": plan.tally,
        "findings": [*lines, *(_line(None, entry) for entry in plan.kept)],
    }


def _line(number: int | None, entry: Entry) -> dict[str, Any]:
    return {
        "number": number,
        "severity": say(f"severity.{entry.severity}") if number else "",
        "code": entry.code,
        "sheet": entry.sheet,
        "cell": entry.cell,
        "message": entry.message,
        "advice": entry.advice,
        "standing": entry.said,
        "reason": entry.waiver.reason,
        "who": entry.waiver.who,
        "when": entry.waiver.when,
        "source": entry.source,
        "at": entry.waiver.at,
        "name": entry.waiver.name,
        "facts": entry.waiver.facts,
        "then": entry.then,
    }
