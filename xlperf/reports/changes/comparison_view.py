"""A comparison as people read it: grouped by project, each change with its words and its places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from xlperf.comparison import Change, ChangeKind, Money
from xlperf.comparison.marked_words import DiffSide, marked
from xlperf.comparison.money import UnitMoney
from xlperf.fields import table
from xlperf.paths import RecordPath, get, nearest
from xlperf.reading import Place, Reading
from xlperf.record import Raw, amount, share, words
from xlperf.reports.changes.stage_changes import (
    STAGE_INDICATOR_OF,
    STAGE_PROJECTS,
    STAGES_LIST,
    TERMS,
    identity,
    indicator_name,
    stage_in_short,
    stage_label,
    term,
)
from xlperf.rules.message_facts import field_label, money, percent
from xlperf.wording import say

OWNERS = {
    "activities": "name",
    "safeguards": "title",
    "units": "name",
    "indicators": "name",
    "funds": "source",
}
NAMED_LISTS = ("projects", "activities", "units")  # items whose name is said before what they say


@dataclass(frozen=True)
class Comparison:
    """Two readings with their changes and their money."""

    before: Reading
    after: Reading
    changes: tuple[Change, ...]
    money: Money


@dataclass(frozen=True)
class ChangeView:
    """One change as it is shown; `where` and `where_before` are its places, where known."""

    change: Change
    label: str
    before: str
    after: str
    where: Place | None
    where_before: Place | None

    @property
    def kind(self) -> str:
        """The word for what became of it."""
        return kind_word(self.change.kind)

    @property
    def difference(self) -> Decimal | None:
        """How much more an amount is, in yuan; None for what is none."""
        if not _is_amount(self.change.field):
            return None
        before, after = amount(self.change.before), amount(self.change.after)
        return None if before is None or after is None else after - before

    @cached_property
    def sides(self) -> tuple[DiffSide, DiffSide]:
        """Both texts in pieces, those that differ marked."""
        return marked(self.before, self.after)


@dataclass(frozen=True)
class ChangeGroup:
    """The changes of one project, or of the department; a project may lack `code` and `name`."""

    code: str
    name: str
    kind: ChangeKind
    changes: tuple[ChangeView, ...]
    is_project: bool = True

    @property
    def title(self) -> str:
        """The project's name and code, or the word for the department's part."""
        if not self.is_project:
            return say("compare.department")
        name = self.name or say("compare.unnamed")
        return say("compare.project", name=name, code=self.code) if self.code else name


def kind_word(kind: str) -> str:
    """What became of a thing, in the user's language."""
    return say(f"compare.kind_{kind}")


def groups_of(compared: Comparison) -> list[ChangeGroup]:
    """The changes by project, the department's own first."""
    grouped: dict[tuple[str, str, RecordPath], list[Change]] = {}
    for change in compared.changes:
        key = (change.project, change.project_name, _place_of_unnamed(change))
        grouped.setdefault(key, []).append(change)
    keys = sorted(grouped, key=lambda key: key != ("", "", ()))
    return [_group(key, grouped[key], compared) for key in keys]


def _place_of_unnamed(change: Change) -> RecordPath:
    """Which project a change is of that has neither code nor name; () for any other."""
    if change.project or change.project_name or change.path[0] != "projects":
        return ()
    return change.path[:2]


def _group(
    key: tuple[str, str, RecordPath], changes: list[Change], compared: Comparison
) -> ChangeGroup:
    code, name, _ = key
    of_whole = [change.kind for change in changes if change.field == "projects"]
    kind = of_whole[0] if of_whole else ChangeKind.CHANGED
    views = tuple(_view(change, compared) for change in changes)
    return ChangeGroup(code, name, kind, views, key != ("", "", ()))


def _view(change: Change, compared: Comparison) -> ChangeView:
    record = (compared.before if change.kind is ChangeKind.REMOVED else compared.after).record
    where = (
        None if change.kind is ChangeKind.REMOVED else nearest(change.path, compared.after.where)
    )
    was = change.path_before
    return ChangeView(
        change,
        label_of(change, record),
        value_text(change.before, change.field),
        value_text(change.after, change.field),
        where,
        nearest(was, compared.before.where) if was else None,
    )


def label_of(change: Change, record: Raw) -> str:
    """What a change is about: stage, field, and of which indicator, activity or safeguard."""
    stage = stage_label(change.path, record)
    if change.field == STAGES_LIST:
        return stage
    if change.field == STAGE_PROJECTS:
        return str(say("compare.of", item=stage, field=say("compare.stage_project")))
    label = _label_within(change, record)
    return say("compare.of", item=stage, field=label) if stage else label


def _label_within(change: Change, record: Raw) -> str:
    path, owner = change.path, ""
    for end in range(2, len(path) + 1):
        key, position = path[end - 2], path[end - 1]
        if key in OWNERS and isinstance(position, int):
            item = get(record, path[:end]) or {}
            name = words(item, OWNERS[str(key)]) or words(item, "code") or indicator_name(item)
            called = say(f"compare.item_{key}", name=name or position + 1)
            owner = say("compare.of", item=owner, field=called) if owner else called
    if isinstance(path[-1], int) and path[-2] in OWNERS:
        return owner
    if path == ("projects", path[-1]):
        return str(say("compare.whole_project"))
    field = str(field_label(path))
    if isinstance(path[-1], int):
        field = say("compare.nth", field=field, n=path[-1] + 1)
    return say("compare.of", item=owner, field=field) if owner else field


def value_text(value: Any, field: str) -> str:
    """A value as people write it: amounts grouped, shares with their sign; "" for none."""
    if value is None:
        return ""
    if field == STAGE_INDICATOR_OF:
        return identity(value)
    if isinstance(value, dict | list):
        return "\n".join(_lines(value, field))
    if field in TERMS:
        return term(str(value))
    number = amount(value) if _is_amount(field) else None
    if number is not None:
        return str(money(number))
    part = share(value) if _kind(field) == "share" else None
    return percent(part) if part is not None else str(value)


def _kind(field: str) -> str:
    entry = table().get(field)
    return entry.kind if entry else ""


def _is_amount(field: str) -> bool:
    return _kind(field) == "amount"


def _lines(value: Any, field: str) -> Iterator[str]:
    return (say("compare.line", field=key, value=text) for key, text in parts_of(value, field))


def parts_of(value: Any, field: str) -> Iterator[tuple[str, str]]:
    """All that an item says, field by field with its label: nothing is left out."""
    if isinstance(value, list):
        for number, item in enumerate(value, 1):
            if isinstance(item, dict | list):
                yield from parts_of(item, field)
            else:
                yield say("compare.nth", field=_label(field), n=number), value_text(item, field)
    elif field.endswith("/indicators"):
        yield _label(field), _one_line(value, field)
    else:
        for key, part in value.items():
            path = f"{field}/{key}"
            if isinstance(part, dict | list) and path != STAGE_INDICATOR_OF:
                yield from parts_of(part, path)
            else:
                yield _label(path), value_text(part, path)


def _label(field: str) -> str:
    return str(field_label(tuple(field.split("/"))))


def in_short(value: Any, field: str) -> str:
    """What came or went, in one line: a project's budget and how much it holds, else its words."""
    if field in (STAGES_LIST, STAGE_PROJECTS) and isinstance(value, dict):
        return stage_in_short(value, field)
    if field != "projects" or not isinstance(value, dict):
        return " ".join(value_text(value, field).split())
    goals, rows = (value.get(key) or () for key in ("goals", "indicators"))
    budget = value_text(value.get("budget"), "projects/budget") or say("compare.nothing")
    return say("compare.in_short", budget=budget, goals=len(goals), indicators=len(rows))


def _one_line(item: Raw, field: str) -> str:
    """An indicator in one line: its columns from the left to the right."""
    parts = (value_text(part, f"{field}/{key}") for key, part in item.items())
    return say("compare.between").join(" ".join(part.split()) for part in parts)


def count_words(numbers: dict[str, int]) -> str:
    """How many changes there are of each kind, in words; without those of none."""
    listed = (say("compare.count", kind=kind_word(k), n=n) for k, n in numbers.items() if n)
    return say("compare.comma").join(listed)


def signed(difference: Decimal) -> str:
    """A difference in yuan with its sign."""
    return f"{'+' if difference > 0 else ''}{money(difference)}"


def places(views: Iterable[ChangeView]) -> bool:
    """Whether any of the changes has a place."""
    return any(view.where or view.where_before for view in views)


def path_text(path: RecordPath) -> str:
    """A path as one text, its steps joined with /."""
    return "/".join(map(str, path))


def reasons(unit: UnitMoney) -> str:
    """What made the difference of a unit's money, in words; "" where nothing did."""
    causes = ("added", "removed", "arrived", "left", "changed")
    signs = {"removed": -1, "left": -1}
    amounts = ((cause, getattr(unit, cause) * signs.get(cause, 1)) for cause in causes)
    listed = [say(f"compare.reason_{c}", amount=signed(value)) for c, value in amounts if value]
    return say("compare.comma").join(listed)
