"""Findings as one web page that needs nothing else: readable without a script, good to print.

The words are in the wording files, the markup in `report.html.j2`, the look in `report.css`; the
script only filters. Whatever a document says is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xlperf import __version__
from xlperf.errors import SetAside
from xlperf.reading import Reading
from xlperf.record import Department
from xlperf.reports.charts import Chart, chart
from xlperf.reports.formats import Content
from xlperf.reports.grouping import (
    EXPLAINED_COUNT,
    Counts,
    DocumentPart,
    FileFindings,
    by_file,
    count_by_severity,
    steps,
)
from xlperf.reports.rule_pages import RulePage, family_name, family_of, pages_of
from xlperf.reports.rule_views import rule_views
from xlperf.reports.tally import tally_words
from xlperf.reports.web_pages import environment, script_policy
from xlperf.rules.core import Finding
from xlperf.rules.further_places import place_name
from xlperf.rules.message_facts import Word, field_label, money
from xlperf.rules.waiver_words import explanation, standing_words
from xlperf.wording import say

NUMBERED_ITEMS = {"activities": "activity", "indicators": "indicator", "units": "unit"}
MOST_MONEY = Decimal(10) ** 18  # yuan; beyond it a slip, not an amount


@dataclass(frozen=True)
class FindingView:
    """One finding as it is shown."""

    anchor: str
    finding: Finding
    page: RulePage

    @property
    def place(self) -> str:
        """The sheet and cell, the line, the spot in a document; else the path in the record."""
        place = self.finding.place
        if place is None or not str(place):
            return "/".join(map(str, self.finding.path))
        return place_name(self.finding.path, place)

    @property
    def others(self) -> list[str]:
        """Its other places."""
        return [place_name(item.path, item.place) for item in self.finding.also]

    @property
    def field(self) -> str:
        """Which field it is, in words: activity 2, indicator 3, target."""
        path = self.finding.path
        words = [
            str(Word(f"rule_part.nth_{NUMBERED_ITEMS[key]}", number))
            for key, number in steps(self.finding)
            if key in NUMBERED_ITEMS
        ]
        if path and isinstance(path[-1], str):
            words.append(str(field_label(path)))
        return say("report_html.dot").join(words)

    @property
    def kind(self) -> str:
        """How it is counted and filtered: by its severity, or as explained."""
        return EXPLAINED_COUNT if self.finding.explained else str(self.finding.severity)

    @property
    def explanation(self) -> str:
        """Why it may stay, who says so, and when."""
        return explanation(self.finding.waiver) if self.finding.waiver else ""

    @property
    def standing(self) -> str:
        """What the explanation is worth."""
        return standing_words(self.finding)

    @property
    def fix(self) -> str:
        """What it could be changed to."""
        fix = self.finding.fix
        if fix is None:
            return ""
        return say(f"report_html.fix_{'safe' if fix.safe else 'unsafe'}", value=fix.value)


@dataclass(frozen=True)
class PartView:
    """One part of a document as it is shown."""

    anchor: str
    part: DocumentPart
    entries: tuple[FindingView, ...]

    @property
    def title(self) -> str:
        """What the part is called."""
        if self.part.project:
            name = self.part.project.name or say("report_html.unnamed")
            return say("report_html.project", number=self.part.number, name=name)
        if self.part.foreign:
            return say("report_html.sheet_part", sheet=self.part.sheet)
        return say("report_html.department_part")

    @property
    def code(self) -> str:
        """The project's code."""
        return self.part.project.code if self.part.project else ""

    @property
    def note(self) -> str:
        """Where it stands and how much money it is about."""
        budget = self.part.project.budget if self.part.project else None
        words = [self.code] if self.code else []
        words += [_money("project_budget", budget)] if budget is not None else []
        if self.part.sheet and not self.part.foreign and self.part.sheet != self.title:
            words.append(say("report_html.sheet", sheet=self.part.sheet))
        return say("report_html.dot").join(words)


@dataclass(frozen=True)
class FileView:
    """One file as it is shown."""

    anchor: str
    checked: FileFindings
    sections: tuple[PartView, ...]

    @property
    def file(self) -> str:
        """The file's name."""
        return self.checked.file

    @property
    def counts(self) -> Counts:
        """How many findings of each severity."""
        return self.checked.counts

    @property
    def department(self) -> str:
        """Whose document it is."""
        department = self.checked.department
        return (department.name if department else "") or say("report_html.no_department")

    @property
    def year(self) -> str:
        """Of which year."""
        department = self.checked.department
        return (
            say("report_html.year", year=department.year) if department and department.year else ""
        )

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What stands in the head of the page: label and value."""
        pairs = [("file", self.file)] if self.file else []
        if department := self.checked.department:
            pairs.append(("projects", str(len(department.projects))))
            pairs.append(("budget", _money("yuan", _total(department))))
        return [(say(f"report_html.{key}"), value) for key, value in pairs]


def page(
    findings: Sequence[Finding],
    readings: Iterable[Reading],
    *,
    on: date | None = None,
    aside: Sequence[SetAside] = (),
    notes: Sequence[str] = (),
) -> str:
    """The page: every finding once, by file and part, with totals; `on` is the day it shows.

    Files that were set aside stand with their reasons above everything else. `notes` stand in its
    head: by which settings it was checked.
    """
    files = [_file(n, file) for n, file in enumerate(by_file(findings, readings), 1)]
    counts = count_by_severity(findings)
    families = _families(findings)
    templates = environment()
    script = templates.get_template("report.js").render()
    return templates.get_template("report.html.j2").render(
        severity=_severity,
        values=_values,
        files=files,
        findings=findings,
        counts=counts,
        by_severity=chart({_severity(key): {key: number} for key, number in counts.items()}),
        by_family=chart({family_name(key): pieces for key, pieces in families.items()}),
        families={key: family_name(key) for key in families},
        rules=rule_views(_entries(files), files=len(files)),
        worst=_worst(counts),
        tally=tally_words(findings),
        on=on.isoformat() if on else "",
        aside=aside,
        notes=notes,
        policy=script_policy(script),
        version=__version__,
    )


def _file(number: int, checked: FileFindings) -> FileView:
    anchor = f"f{number}"
    pages = {page.code: page for page in pages_of(checked.findings)}
    sections: list[PartView] = []
    before = 0
    for n, part in enumerate(checked.parts, 1):
        entries = tuple(
            FindingView(f"{anchor}-{before + m}", finding, pages[finding.code])
            for m, finding in enumerate(part.findings, 1)
        )
        before += len(entries)
        sections.append(PartView(f"{anchor}-part-{n}", part, entries))
    return FileView(anchor, checked, tuple(sections))


def _families(findings: Iterable[Finding]) -> dict[str, Counts]:
    """Findings by family and severity, in the order of the catalogue."""
    findings = list(findings)
    families = dict.fromkeys(page.family for page in pages_of(findings))
    return {
        family: count_by_severity(
            finding for finding in findings if family_of(finding.code) == family
        )
        for family in families
    }


def _entries(files: Iterable[FileView]) -> Iterator[FindingView]:
    return (entry for file in files for section in file.sections for entry in section.entries)


def _severity(key: str) -> str:
    return say(f"severity.{key}")


def _values(chart: Chart) -> str:
    """A chart in words, for those who do not see it."""
    bars = (say("report_html.chart_value", label=b.label, number=b.number) for b in chart.bars)
    return say("report_html.comma").join(bars)


def _worst(counts: Counts) -> str:
    return next((key for key, number in counts.items() if number), "none")


def _total(department: Department) -> Decimal:
    budgets = (project.budget for project in department.projects)
    return sum((budget for budget in budgets if budget is not None), Decimal(0))


def _money(key: str, amount: Decimal) -> str:
    usual = abs(amount) < MOST_MONEY
    return say(f"report_html.{key}", amount=f"{amount:,.2f}" if usual else money(amount))


def report(content: Content) -> str:
    """The report as a web page, with today's date."""
    judged, today = (content.findings, content.readings), date.today()
    return page(*judged, on=today, aside=content.aside, notes=content.notes)
