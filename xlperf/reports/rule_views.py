"""The findings of a page by rule: how many, why, and a link to each, the gravest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from xlperf.reports.by_rule import by_rule
from xlperf.reports.rule_pages import RulePage
from xlperf.rules.core import Finding


class PageFinding(Protocol):
    """A finding as the page shows it."""

    @property
    def anchor(self) -> str:
        """Its name on the page."""

    @property
    def finding(self) -> Finding:
        """The finding."""

    @property
    def page(self) -> RulePage:
        """Its rule's page."""

    @property
    def place(self) -> str:
        """Where it is, in words."""


@dataclass(frozen=True)
class RuleView:
    """One rule with its findings of one severity: how many are open, and a link to each of all."""

    page: RulePage
    severity: str
    number: int
    explained: int
    places: int
    links: tuple[tuple[str, str], ...]  # the name on the page, the place in words


def rule_views(entries: Iterable[PageFinding], *, files: int) -> list[RuleView]:
    """The rules met, the gravest first; of several files, places are named with theirs."""
    by_finding = {id(entry.finding): entry for entry in entries}
    views = []
    for group in by_rule(entry.finding for entry in by_finding.values()):
        group_entries = [by_finding[id(finding)] for finding in (*group.open, *group.explained)]
        links = ((item.anchor, _place(item, files)) for item in group_entries)
        numbers = (len(group.open), len(group.explained), group.places)
        views.append(RuleView(group_entries[0].page, str(group.severity), *numbers, tuple(links)))
    return views


def _place(entry: PageFinding, files: int) -> str:
    return f"{entry.finding.file} {entry.place}" if files > 1 else entry.place
