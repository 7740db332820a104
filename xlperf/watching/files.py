"""What is known of one file that is watched: its findings, and what its last save changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from xlperf.errors import SetAside
from xlperf.jobs.validation.validating import CheckedFile
from xlperf.rules.core import Finding

FindingKey = Callable[[Finding], Hashable]


@dataclass
class FileHistory:
    """One file: its last findings, those that its last save brought, and those that it settled.

    `trouble` says why its present state could not be read, "" where it could; the findings are
    then those of the state before. `fault` says it of the state that was seen last, as long as the
    file is there.
    """

    path: Path
    name: str = ""  # as people are told it
    checked: CheckedFile | None = None
    trouble: str = ""
    fault: str = ""
    saved: datetime | None = None  # when the state was saved that the findings are of
    saves: int = 0  # how many states were validated
    added: list[Finding] = field(default_factory=list)
    settled: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.name = self.name or self.path.name

    @property
    def findings(self) -> list[Finding]:
        """The findings of the last state that could be read."""
        return self.checked.findings if self.checked else []

    def take(self, outcome: CheckedFile | SetAside, saved: datetime) -> None:
        """Note what validating a saved state gave."""
        if isinstance(outcome, SetAside):
            self.trouble = self.fault = outcome.reason
            return
        is_first = self.checked is None
        added, settled = changes(self.findings, outcome.findings)
        self.added, self.settled = ([], []) if is_first else (added, settled)
        self.checked, self.saved = outcome, saved
        self.trouble = self.fault = ""
        self.saves += 1


def name_among(path: Path, sources: Sequence[Path]) -> str:
    """What to call a file of some sources, so that two files of one name are told apart.

    By its way below the only folder given; below the folder's name where several things are given;
    by its whole path where two of these share a name.
    """
    for source in sources:
        if path.is_relative_to(source):
            if sum(other.name == source.name for other in set(sources)) > 1:
                return str(path)
            is_below = len(set(sources)) == 1 and path != source
            return str(path.relative_to(source if is_below else source.parent))
    return path.name


def changes(
    before: Sequence[Finding], after: Sequence[Finding]
) -> tuple[list[Finding], list[Finding]]:
    """Which open findings are new, and which are there no more, wherever rows have moved.

    A finding is the same that is about the same, by codes and names; one whose place has another
    fault of the same rule now has stayed too. What was explained meanwhile is settled.
    """
    open_before = [finding for finding in before if not finding.explained]
    open_after = [finding for finding in after if not finding.explained]
    for key in (_exact, _at_place):
        open_before, open_after = _without_common(open_before, open_after, key)
    return open_after, open_before


def _exact(finding: Finding) -> Hashable:
    about = finding.about
    return finding.code, about.at, about.facts


def _at_place(finding: Finding) -> Hashable:
    return finding.code, finding.about.at


def _without_common(
    before: Sequence[Finding], after: Sequence[Finding], key: FindingKey
) -> tuple[list[Finding], list[Finding]]:
    """Both lists without the findings that the other has too, as often as it has them."""
    common = Counter(map(key, before)) & Counter(map(key, after))
    return _beyond(before, common.copy(), key), _beyond(after, common, key)


def _beyond(
    findings: Sequence[Finding], common: Counter[Hashable], key: FindingKey
) -> list[Finding]:
    rest = []
    for finding in findings:
        if common[key(finding)]:
            common[key(finding)] -= 1
        else:
            rest.append(finding)
    return rest
