"""Why the money changed: sums before and after, in all and by unit, and what made it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from xlperf.comparison.changes import Change, ChangeKind
from xlperf.comparison.pairing import IndexPair, pair, ways_of
from xlperf.record import PROJECT_AMOUNTS, Raw, amount, words

NO_MONEY = Decimal(0)


@dataclass(slots=True)
class MoneyChange:
    """A sum of yuan before and after."""

    before: Decimal = NO_MONEY
    after: Decimal = NO_MONEY

    @property
    def difference(self) -> Decimal:
        """How much more there is after, in yuan."""
        return self.after - self.before


@dataclass(slots=True)
class UnitMoney:
    """The budgets of a unit, in yuan, and what made the difference.

    `difference` is `added` - `removed` + `arrived` - `left` + `changed`: of projects that are
    new, gone, moved here, moved away (with their budgets before), and of those that stayed.
    """

    code: str
    name: str
    budget: MoneyChange = field(default_factory=MoneyChange)
    added: Decimal = NO_MONEY
    removed: Decimal = NO_MONEY
    arrived: Decimal = NO_MONEY
    left: Decimal = NO_MONEY
    changed: Decimal = NO_MONEY


@dataclass(frozen=True, slots=True)
class ProjectMoney:
    """A project whose budget makes a difference: yuan before and after, None for none."""

    code: str
    name: str
    kind: ChangeKind
    before: Decimal | None
    after: Decimal | None

    @property
    def difference(self) -> Decimal:
        """How much more it is after, in yuan."""
        return (self.after or NO_MONEY) - (self.before or NO_MONEY)


@dataclass(frozen=True)
class Money:
    """All that is said of money; `unread` counts the budgets that are no amounts."""

    sums: dict[str, MoneyChange]  # by the key of the amount: budget, fiscal, other
    units: tuple[UnitMoney, ...]
    projects: tuple[ProjectMoney, ...]  # the largest difference first
    unread: int = 0


def money_of(before: Raw, after: Raw) -> Money:
    """The money of two canonical records compared."""
    old, new = _projects(before), _projects(after)
    pairs = pair(old, new, ways_of("projects"))
    sums = {key: MoneyChange(_sum(old, key), _sum(new, key)) for key in PROJECT_AMOUNTS}
    projects = sorted(_projects_changed(old, new, pairs), key=lambda item: -abs(item.difference))
    unread = sum("budget" in item and amount(item["budget"]) is None for item in (*old, *new))
    return Money(sums, tuple(_by_unit(before, after, pairs)), tuple(projects), unread)


def _projects(record: Raw) -> list[Raw]:
    return _dicts(record.get("projects"))


def _dicts(listed: object) -> list[Raw]:
    return [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []


def _sum(projects: Iterable[Raw], key: str) -> Decimal:
    return sum((amount(item.get(key)) or NO_MONEY for item in projects), NO_MONEY)


def _projects_changed(
    old: list[Raw], new: list[Raw], pairs: Iterable[IndexPair]
) -> Iterator[ProjectMoney]:
    for a, b in pairs:
        item = new[b] if b is not None else old[a] if a is not None else {}
        before = amount(old[a].get("budget")) if a is not None else None
        after = amount(new[b].get("budget")) if b is not None else None
        kind = (
            ChangeKind.ADDED
            if a is None
            else ChangeKind.REMOVED
            if b is None
            else ChangeKind.CHANGED
        )
        money = ProjectMoney(words(item, "code"), words(item, "name"), kind, before, after)
        if money.difference:
            yield money


class _Units:
    """The units of two records, those that are the same as one."""

    def __init__(self, before: Raw, after: Raw) -> None:
        self.money: dict[str, UnitMoney] = {}
        self.same: dict[str, str] = {}  # code before: code after
        old, new = _dicts(before.get("units")), _dicts(after.get("units"))
        for a, b in pair(old, new, ways_of("units")):
            unit = new[b] if b is not None else old[a] if a is not None else {}
            code = words(unit, "code")
            self.money.setdefault(code, UnitMoney(code, words(unit, "name")))
            if a is not None:
                self.same[words(old[a], "code")] = code

    def of(self, project: Raw, *, before: bool) -> UnitMoney:
        """The unit of a project; one that is not listed is known by its code."""
        code = words(project, "unit")
        code = self.same.get(code, code) if before else code
        return self.money.setdefault(code, UnitMoney(code, words(project, "unit_name")))


def _by_unit(before: Raw, after: Raw, pairs: Iterable[IndexPair]) -> Iterator[UnitMoney]:
    units = _Units(before, after)
    old, new = _projects(before), _projects(after)
    for a, b in pairs:
        source = units.of(old[a], before=True) if a is not None else None
        target = units.of(new[b], before=False) if b is not None else None
        _count(
            source,
            target,
            amount(old[a].get("budget")) or NO_MONEY if a is not None else NO_MONEY,
            amount(new[b].get("budget")) or NO_MONEY if b is not None else NO_MONEY,
        )
    yield from (unit for unit in units.money.values() if unit.budget != MoneyChange() or unit.code)


def _count(
    source: UnitMoney | None, target: UnitMoney | None, before: Decimal, after: Decimal
) -> None:
    """Add a project's budgets to the units that it was in and is in."""
    if source:
        source.budget.before += before
    if target:
        target.budget.after += after
    if target and not source:
        target.added += after
    elif source and not target:
        source.removed += before
    elif source and target:
        target.changed += after - before
        if source is not target:
            source.left += before
            target.arrived += before


def counts(listed: Iterable[Change]) -> dict[str, int]:
    """How many changes there are of each kind, all kinds named."""
    result = {str(kind): 0 for kind in ChangeKind}
    for change in listed:
        result[change.kind] += 1
    return result
