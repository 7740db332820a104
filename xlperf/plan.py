"""What is to be written into a workbook, as data: marks, a list of findings, texts, formulas.

One plan, two appliers: openpyxl for a file (`workbook.annotate`), xlwings for a live book
(`live.book.apply_plan`). Nothing is written until the whole plan exists. What the list says, row
by row, is decided here: its values are `listed`, for `forms.made_sheets.book_sheets.FINDINGS`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from xlperf.characters.control import visible
from xlperf.reading import Place
from xlperf.record import Raw
from xlperf.regulations import cite
from xlperf.rules import catalogue, native_coverage
from xlperf.rules.core import ERROR, INFO, RANK, WARNING, Finding, Severity
from xlperf.rules.finding_keys import explained_keys
from xlperf.rules.further_places import all_places, also_in
from xlperf.rules.waiver_words import explanation, standing_words
from xlperf.waivers import Standing, Waiver, waivers_of
from xlperf.wording import has, official, say

BLANK_WAIVER = Waiver()
PLACES_NAMED = 8  # of a finding's other places, in its message; the list has a line for each
LONGEST_NOTE = 1500  # characters; a longer note covers the sheet it is about
SEVERITY_FILLS = {ERROR: "FFC7CE", WARNING: "FFEB9C", INFO: "DDEBF7"}  # of marked cells, RGB
EXPLAINED_FILL = "E2EFDA"
INPUT_HEAD_FILL = "FFF2CC"  # the heads of columns that people write into
STANDINGS = {
    Standing.EXPLAINED: EXPLAINED_FILL,
    Standing.INADEQUATE: "FCE4D6",
    Standing.STALE: "FCE4D6",
    Standing.REFUSED: "FFC7CE",
    Standing.GONE: "EDEDED",
    Standing.UNCHECKED: "EDEDED",
}
HIDDEN_COLUMNS = ("at", "name", "facts", "then")  # the program's own columns of the list


@dataclass(frozen=True)
class Mark:
    """A cell to be coloured and given a note; `explained` if all its findings are."""

    sheet: str
    cell: str
    severity: Severity
    note: str
    explained: bool = False


@dataclass(frozen=True)
class FindingEntry:
    """A line of the list of findings: a finding by its number, or another place `of` that one.

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
    standing_text: str = ""  # its standing in words
    waiver: Waiver = BLANK_WAIVER
    then: str = ""
    number: int = 0
    of: int = 0


@dataclass(frozen=True)
class Plan:
    """Marks and the list, in the order of the workbook; what else is written, shown and said.

    `orphans` are explanations whose finding was not met; they stand below the others. `explained`
    are the keys by which the workbook's own checks know what is explained. `texts` are new texts
    of cells, by sheet and address; `formulas` what made sheets show; `show` is where the user is
    taken, `message` what is said when all is done.
    """

    marks: tuple[Mark, ...] = ()
    entries: tuple[FindingEntry, ...] = ()
    orphans: tuple[FindingEntry, ...] = ()
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
        for cell in cells_of(finding):
            by_cell.setdefault(cell, []).append(finding)
    marks = (_mark(sheet, cell, in_cell) for (sheet, cell), in_cell in by_cell.items())
    return Plan(
        marks=tuple(marks),
        entries=tuple(_entries(findings)),
        orphans=tuple(_orphan(item, judged) for item in _unmet(findings, record or {})),
        explained=explained_keys(findings, record or {}),
        tally="\n".join(filter(None, (tally, remark))),
    )


def cells_of(finding: Finding) -> list[tuple[str, str]]:
    """The cells that a finding is about, its own first: sheet and address, each once."""
    places = (place for _, place in all_places(finding))
    return list(
        dict.fromkeys((place.sheet, place.cell) for place in places if place and place.cell)
    )


def stands_on(finding: Finding, sheet: str) -> bool:
    """Whether one of a finding's places is on a sheet."""
    return any(place and place.sheet == sheet for _, place in all_places(finding))


def _entries(findings: Iterable[Finding]) -> Iterator[FindingEntry]:
    """A line for every finding, and below it one for each of its other places.

    These are about the same, so that an explanation counts on whichever of them it is written.
    """
    for number, finding in enumerate(findings, 1):
        entry = replace(_entry(finding), number=number)
        yield entry
        message = say("places.same", n=number, name=say(f"rule.{finding.code}.name"))
        waiver = replace(entry.waiver, reason="", who="", when="", opinion="")
        below = replace(entry, number=0, of=number, message=message, advice="", source="")
        for item in finding.also:
            place = item.place or Place()
            yield replace(below, sheet=place.sheet, cell=place.cell, waiver=waiver)


def _tally(findings: Sequence[Finding]) -> str:
    still = [finding for finding in findings if not finding.explained]
    number = {str(s): sum(item.severity == s for item in still) for s in (ERROR, WARNING, INFO)}
    words = say("report.counts", **number) if findings else say("report.none")
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
    also = also_in(finding, PLACES_NAMED)
    head = f"{say(f'severity.{finding.severity}')} {finding.code}  {finding.message}{also}"
    if finding.waiver is None:
        return f"{head}\n{finding.advice}"
    reason = explanation(finding.waiver)
    if finding.explained:
        return f"{say('severity.explained')} {head}\n{reason}"
    return f"{head}\n{finding.advice}\n{reason}\n{standing_words(finding)}"


def _entry(finding: Finding) -> FindingEntry:
    place, about = finding.place, finding.about
    waiver = finding.waiver or BLANK_WAIVER
    typed = (waiver.reason, waiver.who, waiver.when)
    is_changed = waiver.facts and waiver.facts != about.facts
    opinion = (finding.waiver or finding.reviewed or BLANK_WAIVER).opinion
    return FindingEntry(
        severity=finding.severity,
        code=finding.code,
        sheet=place.sheet if place else "",
        cell=place.cell if place else "",
        message=visible(finding.message + also_in(finding, PLACES_NAMED)),
        advice=visible(finding.advice),
        source="; ".join(cite(source) for source in catalogue()[finding.code].sources),
        standing=finding.standing,
        standing_text=standing_words(finding),
        waiver=Waiver(finding.code, about.at, about.name, *typed, about.facts, opinion),
        then=f"{waiver.facts}:{waiver.seal}" if is_changed else "",
    )


def _unmet(findings: Iterable[Finding], record: Raw) -> list[Waiver]:
    """The record's explanations and opinions that belong to none of these findings."""
    met = [waiver_ for f in findings if (waiver_ := f.waiver or f.reviewed)]
    unmet = []
    for _, waiver in waivers_of(record):
        if waiver in met:
            met.remove(waiver)
        else:
            unmet.append(waiver)
    return unmet


def _orphan(waiver: Waiver, judged: Collection[str] | None) -> FindingEntry:
    """A line for what belongs to no finding: an opinion on a whole project, an old explanation."""
    if not waiver.code:
        message = say("opinion.of_project" if waiver.name else "opinion.of_all", name=waiver.name)
        of_opinion = (Standing.OPEN, say("findings.opinion"), waiver)
        return FindingEntry(INFO, "", waiver.name, "", message, "", "", *of_opinion)
    was_run = judged is None or waiver.code in judged
    key = f"rule.{waiver.code}.name"
    name = say(key) if has(key) else say("waiver.unknown")
    return FindingEntry(
        severity=INFO,
        code=waiver.code,
        sheet=waiver.name,
        cell="",
        message=say("waiver.gone" if was_run else "waiver.unchecked", name=name),
        advice="",
        source="",
        standing=Standing.GONE if was_run else Standing.UNCHECKED,
        standing_text=say("standing.gone" if was_run else "standing.unchecked"),
        waiver=waiver,
    )


def with_own_notes(text: str, own_note: str) -> str:
    """The note of a mark above the note that the user's own cell has, "" for none."""
    return f"{text}\n\n{own_note}" if own_note else text


def colour(mark: Mark) -> str:
    """The colour of a marked cell, RGB."""
    return EXPLAINED_FILL if mark.explained else SEVERITY_FILLS[mark.severity]


def list_colours(entry: FindingEntry) -> dict[str, str]:
    """The colours of a line of the list: column to RGB, none for a column that has no colour."""
    standing = STANDINGS.get(entry.standing)
    colours = {"standing": standing} if standing else {}
    if entry.waiver.opinion:
        colours["opinion"] = INPUT_HEAD_FILL
    if not entry.code:  # a reviewer's words on a project
        return colours
    if entry.standing in (Standing.GONE, Standing.UNCHECKED):
        return {**colours, "message": STANDINGS[entry.standing]}
    settled = entry.standing == Standing.EXPLAINED
    return {**colours, "severity": EXPLAINED_FILL if settled else SEVERITY_FILLS[entry.severity]}


def list_rows(plan: Plan) -> dict[str, Any]:
    """The values of the list for its form: title, tally, and one dict for each line."""
    return {
        "title": official("sheet.findings"),
        "tally": f"{plan.tally}\n{native_coverage.sentence()}".strip(),
        "findings": [_line(entry) for entry in (*plan.entries, *plan.orphans)],
    }


def _line(entry: FindingEntry) -> dict[str, Any]:
    return {
        "number": entry.number or None,
        "severity": say(f"severity.{entry.severity}") if entry.number or entry.of else "",
        "code": entry.code,
        "sheet": entry.sheet,
        "cell": entry.cell,
        "message": entry.message,
        "advice": entry.advice,
        "standing": entry.standing_text,
        "reason": entry.waiver.reason,
        "who": entry.waiver.who,
        "when": entry.waiver.when,
        "opinion": entry.waiver.opinion,
        "source": entry.source,
        "at": entry.waiver.at,
        "name": entry.waiver.name,
        "facts": entry.waiver.facts,
        "then": entry.then,
    }
