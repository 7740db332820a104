"""Which explanation belongs to which finding, after whatever was edited in between.

First those that fit in every respect; then those whose place was moved or given another code
while the facts are the same; what is left fits a place whose facts have changed: such an
explanation is stale. One explanation covers one finding; a copy of a sheet is not covered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from xlperf.rules.waivers.finding_identity import Identity
from xlperf.waivers import Waiver

ORDINAL = re.compile(r"#\d+")
F = TypeVar("F", bound=Any)
MatchKey = Callable[[str, Identity], Hashable]  # of a rule's code and what a finding is about


@dataclass(frozen=True, slots=True)
class WaiverMatch:
    """An explanation with what is known of its finding: the subject of the rules about it."""

    position: int
    waiver: Waiver
    finding: int  # its finding's number
    stale: bool
    program_texts: tuple[str, ...] = ()  # what the program itself says of the finding
    alike: int = 1  # so many different findings are explained in these words


@dataclass
class _Pairs:
    """Explanations and findings not yet joined, by position; `matches` are the pairs so far."""

    waivers: dict[int, Waiver]
    findings: dict[int, tuple[str, Identity]]
    matches: list[WaiverMatch] = field(default_factory=list)

    def take(
        self,
        key: MatchKey,
        *,
        stale: bool = False,
        only_one: bool = False,
        asked_by: MatchKey | None = None,
    ) -> None:
        """Join what has the same key, in order; or only where there is no doubt which.

        `asked_by` is the explanations' key, where it is made otherwise.
        """
        waiting: dict[Hashable, list[int]] = {}
        for number, (code, identity) in self.findings.items():
            waiting.setdefault(key(code, identity), []).append(number)
        by_key: dict[Hashable, list[int]] = {}
        for position, waiver in self.waivers.items():
            about = Identity(waiver.at, waiver.name, waiver.facts)
            by_key.setdefault((asked_by or key)(waiver.code, about), []).append(position)
        for wanted_key, positions in by_key.items():
            numbers = waiting.get(wanted_key, [])
            if only_one and not len(positions) == len(numbers) == 1:
                continue
            for position, number in zip(positions, numbers, strict=False):
                waiver = self.waivers.pop(position)
                del self.findings[number]
                changed = stale and bool(waiver.facts)
                self.matches.append(WaiverMatch(position, waiver, number, changed))


def match_waivers(
    waivers: Iterable[tuple[int, Waiver]],
    findings: Sequence[tuple[str, Identity]],
    projects: Collection[str],
    wide: Collection[str] = (),
) -> list[WaiverMatch]:
    """The explanations that belong to a finding.

    `findings` are their codes and what they are about; `projects` all there are, as `at` has them;
    `wide` are the codes of rules about the whole document, which tell a matter at the first of its
    places: their facts alone say which matter it is.
    """
    pairs = _Pairs({n: waiver for n, waiver in waivers if waiver.code}, dict(enumerate(findings)))
    if not pairs.waivers:
        return []

    def recoded(code: str, about: Identity) -> Hashable:
        """By its project's name, where no project has that code any more."""
        lost = project_of(about.at) not in projects
        return _key_by_name(code, about) if lost and about.name else ()

    pairs.take(lambda code, about: (code, about.at, about.facts))
    pairs.take(lambda code, about: (code, unmatched_place(about.at), about.facts), only_one=True)
    pairs.take(_key_by_name, only_one=True, asked_by=recoded)
    pairs.take(lambda code, about: (code, about.facts if code in wide else about), only_one=True)
    pairs.take(lambda code, about: (code, about.at), stale=True)
    pairs.take(lambda code, about: (code, fields_of(about.at)), stale=True, only_one=True)
    return sorted(pairs.matches, key=lambda match: match.position)


def explaining(joined: Iterable[WaiverMatch], findings: list[F]) -> list[WaiverMatch]:
    """The explanations among what was joined to some findings.

    Where only a reviewer wrote something it explains nothing, and is put beside its finding.
    """
    explanations = []
    for item in joined:
        if item.waiver.is_explanation:
            explanations.append(item)
        else:
            findings[item.finding] = replace(findings[item.finding], reviewed=item.waiver)
    return explanations


def _key_by_name(code: str, about: Identity) -> Hashable:
    return (code, about.name, *_steps(about.at)[2:], about.facts)


def project_of(at: str) -> str:
    """The project that a place belongs to, "" for the department's own."""
    steps = at.split("/")
    return steps[1] if steps[0] == "projects" and len(steps) > 1 else ""


def unmatched_place(at: str) -> str:
    """A place with the number taken off steps such as "#3", by which the nameless are known."""
    return "/".join(ORDINAL.sub("#", step) if step.startswith("#") else step for step in _steps(at))


def fields_of(at: str) -> str:
    """The project and the fields of a place, without the names of a list's items."""
    steps = _steps(at)
    start = 2 if steps[0] == "projects" else 0
    return "/".join([*steps[:start], *steps[start::2]])


def _steps(at: str) -> list[str]:
    return at.split("/")
