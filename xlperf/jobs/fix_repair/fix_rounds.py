"""Mending what rules offer to mend, again and again until nothing is left to do.

Kept by the code, whatever a rule offers: money and codes are never touched, no fix is made that
adds a finding or leaves its own, and mending twice changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

from xlperf.canonical import canonical
from xlperf.fields import is_fixed
from xlperf.paths import RecordPath, get, nearest
from xlperf.reading import Place, Reading
from xlperf.record import Raw
from xlperf.rules.core import WAIVER_SUBJECT, Finding, Rule, run
from xlperf.rules.profiles import Profile
from xlperf.rules.stages.following import followed

FORMULA = "STR022"  # a reader's remark: the cell is a formula
MOST_ROUNDS = 100  # each round takes findings away, so that this is a belt beside the braces

FindingCounter = Counter[tuple[str, RecordPath]]  # findings by code and path
Reason = tuple[str, tuple[str, ...]]  # why a change was not made, and the findings it would add


@dataclass(frozen=True, slots=True)
class FixedValue:
    """One value mended, or to be mended: `code` is the rule whose fix it is."""

    path: RecordPath
    place: Place | None
    code: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class HeldChange:
    """A change that was offered and not made: protected, formula, adds (findings) or fails."""

    change: FixedValue
    reason: str
    codes: tuple[str, ...] = ()  # of the findings it would add


@dataclass(frozen=True)
class FixResult:
    """The mended record, what was changed, what was not and why."""

    record: Raw
    changes: tuple[FixedValue, ...] = ()
    held: tuple[HeldChange, ...] = ()
    unsafe: tuple[FixedValue, ...] = ()  # changes that were not asked for
    settled: bool = True


@dataclass(frozen=True, slots=True)
class Offer:
    """A change with all the paths that one merged cell stands for."""

    change: FixedValue
    paths: tuple[RecordPath, ...]


def fix(
    reading: Reading, rules: Iterable[Rule], unsafe: bool = False, chosen: Profile | None = None
) -> FixResult:
    """Apply the safe fixes, with `unsafe` all of them, until nothing changes.

    A fix that adds findings, or does not remove its own, is not made. The result is not settled
    where the rounds ended before there was nothing left to try.
    """
    mender = _Mender(reading, list(rules), chosen, unsafe)
    for _ in range(MOST_ROUNDS):
        if not mender.round():
            return mender.done(settled=True)
    return mender.done(settled=False)


class _Mender:
    def __init__(
        self, reading: Reading, rules: list[Rule], chosen: Profile | None, unsafe: bool
    ) -> None:
        self.reading, self.chosen, self.unsafe = reading, chosen, unsafe
        # mending may well make an explanation stale: that is no harm done
        self.rules = [rule for rule in rules if rule.subject != WAIVER_SUBJECT]
        self.record = reading.record
        self.findings = self.judge(self.record)
        self.changes: list[FixedValue] = []
        self.failed: dict[tuple[RecordPath, str], HeldChange] = {}  # since the last change
        self.shared = _by_cell(reading)
        self.formulas = {remark.place for remark in reading.remarks if remark.code == FORMULA}

    def judge(self, record: Raw) -> list[Finding]:
        """What the rules say of a record that was read from the same source."""
        return run(replace(self.reading, record=record), self.rules, self.chosen)

    def round(self) -> bool:
        """Make what can be made; whether there was anything to try."""
        offers = list(self.offers())
        before = len(self.changes)
        self.make(offers)
        if len(self.changes) > before:
            self.failed = {}  # what failed may work now
        return bool(offers)

    def offers(self) -> Iterator[Offer]:
        """One fix a path, the safe ones first; none of a path above or below another's."""
        paths_in_use: set[RecordPath] = set()
        above: set[RecordPath] = set()
        for change, _ in sorted(self.candidates(), key=lambda pair: not pair[1]):
            offer = Offer(change, self.together(change))
            free = not any(
                path in above or not paths_in_use.isdisjoint(_up(path)) for path in offer.paths
            )
            if free:
                paths_in_use.update(offer.paths)
                above.update(parent for path in offer.paths for parent in _up(path))
                yield offer

    def candidates(self) -> Iterator[tuple[FixedValue, bool]]:
        """The changes that may be made and have not failed, and whether they are safe."""
        for change, safe in self.offered():
            fresh = (change.path, change.code) not in self.failed
            if fresh and (safe or self.unsafe) and not self.forbidden(change):
                yield change, safe

    def offered(self) -> Iterator[tuple[FixedValue, bool]]:
        """The changes that the findings' fixes would make, and whether each is safe."""
        for finding in self.findings:
            before = get(self.record, finding.path)
            if finding.fix and finding.fix.value != before:
                place = nearest(finding.path, self.reading.where)
                change = FixedValue(finding.path, place, finding.code, before, finding.fix.value)
                yield change, finding.fix.safe

    def forbidden(self, change: FixedValue) -> str:
        """Why a change is never made, whoever asks for it; "" if it may be."""
        if is_protected(change.path) or not _same_kind(change.before, change.after):
            return "protected"
        return "formula" if change.place and change.place in self.formulas else ""

    def together(self, change: FixedValue) -> tuple[RecordPath, ...]:
        """The path and those that are shown by the same merged cell with the same value."""
        others = self.shared.get(change.place, ()) if change.path in self.reading.where else ()
        alike = (path for path in others if get(self.record, path) == change.before)
        return tuple(dict.fromkeys((change.path, *alike)))

    def make(self, offers: Sequence[Offer]) -> None:
        """Make changes all at once; where that does harm, set aside what does it.

        Those beside which findings were added are tried one by one, the others together before.
        """
        if not offers:
            return
        trial = with_changes(self.record, offers)
        findings = self.judge(trial)
        before, after = count_findings(self.findings), count_findings(findings)
        guilty = {n: harm(offer, before, after) for n, offer in enumerate(offers)}
        guilty = {n: reason for n, reason in guilty.items() if reason}
        if not guilty and after <= before:
            self.record, self.findings = trial, findings
            self.changes += [replace(o.change, path=path) for o in offers for path in o.paths]
        elif len(guilty) == len(offers) or len(offers) == 1:
            for n, offer in enumerate(offers):
                self.hold(offer.change, guilty.get(n) or ("adds", codes(after - before)))
        elif guilty:
            self.parted(offers, set(guilty))
        else:
            near = {n for n, offer in enumerate(offers) if is_near(offer, after - before)}
            if len(near) == len(offers):
                for offer in offers:
                    self.make([offer])
            else:
                self.parted(offers, near or set(range(len(offers) // 2, len(offers))))

    def parted(self, offers: Sequence[Offer], doubted: Set[int]) -> None:
        """Make those that are not doubted, and then the others, by their positions."""
        self.make([offer for n, offer in enumerate(offers) if n not in doubted])
        self.make([offer for n, offer in enumerate(offers) if n in doubted])

    def hold(self, change: FixedValue, reason: Reason) -> None:
        """Remember that a change was tried in vain."""
        self.failed[change.path, change.code] = HeldChange(change, *reason)

    def done(self, *, settled: bool) -> FixResult:
        """The outcome, with what was offered and not made."""
        held = list(self.failed.values())
        unsafe_changes = []
        for change, safe in self.offered():
            if reason := self.forbidden(change):
                held.append(HeldChange(change, reason))
            elif not safe and not self.unsafe:
                unsafe_changes.append(change)
        return FixResult(
            self.record, tuple(self.changes), tuple(held), tuple(unsafe_changes), settled
        )


def is_protected(path: RecordPath) -> bool:
    """Whether a path is money, a code, or what the forms are chosen by: never changed."""
    keys = [step for step in path if isinstance(step, str)]
    return any(is_fixed("/".join(keys[: depth + 1])) for depth in range(len(keys)))


def _same_kind(before: Any, after: Any) -> bool:
    """Text for text, a list of texts for one of the same length; nothing is emptied or made."""
    if isinstance(before, list) and isinstance(after, list):
        pairs = zip(before, after, strict=False)
        return len(before) == len(after) and all(_same_kind(*pair) for pair in pairs)
    return isinstance(before, str) and isinstance(after, str) and bool(after.strip())


def _by_cell(reading: Reading) -> dict[Place | None, tuple[RecordPath, ...]]:
    """The paths that each cell shows."""
    result: dict[Place | None, tuple[RecordPath, ...]] = {}
    for path, place in reading.where.items():
        if place.cell:
            result[place] = (*result.get(place, ()), path)
    return result


def _up(path: RecordPath) -> Iterator[RecordPath]:
    """A path and all above it."""
    return (path[:end] for end in range(len(path), 0, -1))


def with_changes(record: Raw, offers: Iterable[Offer]) -> Raw:
    """The record with the changes, in canonical writing; the old one is left as it was.

    Stages go on referring to indicators whose names were changed.
    """
    before = record
    for offer in offers:
        for path in offer.paths:
            record = _with(record, path, offer.change.after)
    return canonical(followed(before, record))


def _with(node: Any, path: RecordPath, value: Any) -> Any:
    if not path:
        return value
    step, *below = path
    copied: Any = dict(node) if isinstance(node, dict) else list(node)
    copied[step] = _with(node[step], tuple(below), value)
    return copied


def count_findings(findings: Iterable[Finding]) -> FindingCounter:
    """How many findings there are by code and path."""
    return Counter((finding.code, finding.path) for finding in findings)


def harm(offer: Offer, before: FindingCounter, after: FindingCounter) -> Reason | None:
    """What a change did at its own place: ("adds", codes), or ("fails", ()) if its finding remains.

    None where it did no harm there.
    """
    if added := codes(key for key in after - before if key[1] in offer.paths):
        return "adds", added
    key_of_change = (offer.change.code, offer.change.path)
    return ("fails", ()) if after[key_of_change] >= before[key_of_change] else None


def is_near(offer: Offer, added: FindingCounter) -> bool:
    """Whether a finding was added at what a change belongs to: its indicator, or its project."""
    return any(
        path[: len(near_path[:-1])] == near_path[:-1]
        for near_path in offer.paths
        for _, path in added
    )


def codes(keys: Iterable[tuple[str, RecordPath]]) -> tuple[str, ...]:
    """The codes in (code, path) keys of findings, each once, in order."""
    return tuple(sorted({code for code, _ in keys}))
