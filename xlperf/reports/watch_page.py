"""The page of the files that are watched: whole in itself, renewed piece by piece.

Every file is one section; a section that changed is fetched anew. The markup is in the `.j2` files,
the look that of the report on findings. Whatever a document says is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from xlperf import __version__
from xlperf.reports.by_rule import RuleFindings, by_rule
from xlperf.reports.grouping import count_by_severity
from xlperf.reports.tally import tally_words
from xlperf.reports.web_pages import environment, script_policy
from xlperf.rules.core import Finding
from xlperf.rules.further_places import place_name
from xlperf.wording import say

MOST_FINDINGS = 400  # findings of a file that are listed; the report has them all


class WatchedFile(Protocol):
    """A file that is watched: what its last state that could be read gave, and its last save.

    `checked` is None as long as there is no such state; `trouble` says why there is none now.
    """

    path: Path
    name: str
    trouble: str
    saved: datetime | None
    saves: int
    added: list[Finding]
    settled: list[Finding]

    @property
    def checked(self) -> object | None:
        """What was validated."""

    @property
    def findings(self) -> list[Finding]:
        """Its findings."""


@dataclass(frozen=True)
class WatchItem:
    """One finding as the page lists it."""

    finding: Finding

    @property
    def place(self) -> str:
        """Sheet and cell, or where it is in the document, for people."""
        return place_name(self.finding.path, self.finding.place)

    @property
    def address(self) -> str:
        """The reference that goes to the cell when it is typed into the name box, or ""."""
        place = self.finding.place
        if place is None or not place.cell:
            return ""
        sheet = place.sheet.replace("'", "''")
        return f"'{sheet}'!{place.cell}"


def section(number: int, file: WatchedFile) -> str:
    """One file as a piece of the page."""
    findings = file.findings
    groups = [group for group in by_rule(findings) if group.open]
    return (
        environment()
        .get_template("watched_file.html.j2")
        .render(
            severity=_severity,
            number=number,
            file=file,
            counts=count_by_severity(findings),
            tally=tally_words(findings),
            groups=list(_listed(groups)),
            left=max(0, sum(len(group.open) for group in groups) - MOST_FINDINGS),
            added=_items(file.added),
            settled=_items(file.settled),
        )
    )


def whole(sections: Iterable[str], *, live: bool) -> str:
    """The page with its sections; one that is not `live` stays as it is."""
    templates = environment()
    script = templates.get_template("watch.js").render() if live else ""
    return templates.get_template("watch.html.j2").render(
        sections=list(sections),
        live=live,
        script=script,
        policy=script_policy(script),
        version=__version__,
    )


def _listed(groups: Sequence[RuleFindings]) -> Iterable[tuple[RuleFindings, list[WatchItem]]]:
    """The rules with the findings that are listed, at most `MOST_FINDINGS` in all."""
    room = MOST_FINDINGS
    for group in groups:
        yield group, _items(group.open[:room])
        room = max(0, room - len(group.open))


def _items(findings: Iterable[Finding]) -> list[WatchItem]:
    return [WatchItem(finding) for finding in findings]


def _severity(key: str) -> str:
    return say(f"severity.{key}")
