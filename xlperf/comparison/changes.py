"""What changed between two records: by project, indicator and field, never by position.

Order, blank space and ways of writing a number are no change. `path` is of the record that came
after, of the one before where the other has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from xlperf.comparison.likeness import squeezed
from xlperf.comparison.pairing import TEXT_WAYS, pair, ways_of
from xlperf.fields import Field, keys_of, table
from xlperf.paths import RecordPath
from xlperf.record import LEVEL_KEYS, Raw, amount, is_blank, share, words, year_of

ABOUT_SOURCE = ("inferred", "leftovers", "money_unit")  # how a source was read or printed
NUMBER_KINDS = ("amount", "number")
PROJECTS = ("projects", "stages/projects")  # lists of projects, in the table of fields


class ChangeKind(StrEnum):
    """What became of a thing."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"  # to another unit, or under another level
    RENAMED = "renamed"


@dataclass(frozen=True, slots=True)
class Change:
    """One change: values as the records hold them, None for what is not there.

    `field` is its path in the table of fields (keys joined with /); `project` the code, and
    `project_name` the name, of the project that it belongs to, "" for the department's own.
    """

    kind: ChangeKind
    path: RecordPath
    before: Any
    after: Any
    field: str
    project: str = ""
    project_name: str = ""
    path_before: RecordPath | None = None  # in the record before; None where it was not there


def changes(before: Raw, after: Raw) -> list[Change]:
    """Every change between two canonical records, in the order of the one after."""
    old_units, new_units = _items(before, "units"), _items(after, "units")
    renamed = {
        words(old_units[old], "code"): words(new_units[new], "code")
        for old, new in pair(old_units, new_units, ways_of("units"))
        if old is not None and new is not None
    }
    comparer = _Comparer(renamed, _reported(before, after))
    changes_made = list(comparer.objects(before, after, "", (), ()))
    names = _names(before) | _names(after)
    return [
        change
        if change.project_name or change.project not in names
        else replace(change, project_name=names[change.project])
        for change in changes_made
    ]


def _reported(before: Raw, after: Raw) -> dict[int, int]:
    """For what stages report of a project (by `id`), which pair of projects of the goals it is.

    A stage may know a project by its code before and by its name after: documents do not print
    codes that are none.
    """
    old, new = _items(before, "projects"), _items(after, "projects")
    result: dict[int, int] = {}
    for number, positions in enumerate(pair(old, new, ways_of("projects"))):
        for record, listed, position in zip((before, after), (old, new), positions, strict=True):
            if position is not None:
                goal = listed[position]
                result |= {id(item): number for item in _reports_of(record, goal, listed)}
    return result


def _reports_of(record: Raw, goal: Raw, listed: list[Raw]) -> Iterator[Raw]:
    """What the stages of a record report of a project, which they know by its code or its name."""
    code, name = words(goal, "code"), words(goal, "name")
    is_one = sum(words(item, "name") == name for item in listed) == 1
    for stage in _items(record, "stages"):
        for item in _items(stage, "projects"):
            stated_code = words(item, "code")
            if (stated_code and stated_code == code) or (
                not stated_code and is_one and words(item, "name") == name
            ):
                yield item


def _names(record: Raw) -> dict[str, str]:
    """The names of projects by code: a stage knows them by code alone."""
    items = _items(record, "projects")
    name_by_code = {words(item, "code"): words(item, "name") for item in reversed(items)}
    return {code: name for code, name in name_by_code.items() if code and name}


def _items(owner: Raw, key: str) -> list[Raw]:
    listed = owner.get(key)
    return [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []


class _Comparer:
    def __init__(self, unit_codes: Mapping[str, str], reported: Mapping[int, int]) -> None:
        self.unit_codes = unit_codes  # units before and after, by code
        self.reported = reported  # which project of the goals a stage reports of, by `id`

    def objects(
        self, old: Raw, new: Raw, at: str, was: RecordPath, now: RecordPath
    ) -> Iterator[Change]:
        """The changes of an object: `at` in the table, `was` and `now` its paths."""
        field_keys = keys_of(at)
        others = dict.fromkeys(key for key in (*new, *old) if key not in field_keys)
        for key in (*field_keys, *others):
            if not at and key in ABOUT_SOURCE:
                continue
            path = f"{at}/{key}".lstrip("/")
            yield from self.values(old.get(key), new.get(key), path, (*was, key), (*now, key))

    def values(
        self, old: Any, new: Any, at: str, was: RecordPath, now: RecordPath
    ) -> Iterator[Change]:
        """The changes of one field, by what kind of field it is."""
        if old is None and new is None:
            return
        field = table().get(at)
        if _lists_of(old, new, dict):
            yield from self.lists(old or [], new or [], at, was, now)
        elif _lists_of(old, new, str):
            yield from self.texts(old or [], new or [], at, was, now)
        elif isinstance(old or new, dict) and isinstance(new or old, dict):
            yield from self.objects(old or {}, new or {}, at, was, now)
        elif not self.same(field, at, old, new):
            yield Change(_kind(at), now, old, new, at, path_before=was)

    def lists(
        self, old: list[Raw], new: list[Raw], at: str, was: RecordPath, now: RecordPath
    ) -> Iterator[Change]:
        """The changes of a list of objects: what came, what went, and of each that stayed."""
        ways = ways_of(at)
        if at == PROJECTS[1]:
            ways = replace(ways, keys=(self._of_goals, *ways.keys))
        for a, b in pair(old, new, ways):
            if a is None and b is not None:
                change = Change(ChangeKind.ADDED, (*now, b), None, new[b], at)
                yield _of_project(change, at, new[b])
            elif b is None and a is not None:
                change = Change(
                    ChangeKind.REMOVED, (*was, a), old[a], None, at, path_before=(*was, a)
                )
                yield _of_project(change, at, old[a])
            elif a is not None and b is not None:
                then = self._called_alike(old[a], new[b]) if at == PROJECTS[1] else old[a]
                for change in self.objects(then, new[b], at, (*was, a), (*now, b)):
                    yield _of_project(change, at, new[b] if _names_it(new[b]) else old[a])

    def _of_goals(self, item: Raw) -> tuple[int, ...]:
        return (self.reported[id(item)],) if id(item) in self.reported else ()

    def _called_alike(self, old: Raw, new: Raw) -> Raw:
        """What a stage reported, called as it is now: a change of that is one of the goals."""
        if not self._of_goals(old) or self._of_goals(old) != self._of_goals(new):
            return old
        identity: Raw = {key: new[key] for key in ("code", "name") if key in new}
        return {**{key: old[key] for key in old if key not in ("code", "name")}, **identity}

    def texts(
        self, old: list[Any], new: list[Any], at: str, was: RecordPath, now: RecordPath
    ) -> Iterator[Change]:
        """The changes of a list of texts, whose order counts for nothing."""
        for a, b in pair(old, new, TEXT_WAYS):
            before = None if a is None else old[a]
            after = None if b is None else new[b]
            if (is_blank(before) and is_blank(after)) or squeezed(before) == squeezed(after):
                continue
            kind = (
                ChangeKind.ADDED
                if a is None
                else ChangeKind.REMOVED
                if b is None
                else ChangeKind.CHANGED
            )
            path_before = (*was, a) if a is not None else None
            path = (*now, b) if b is not None else path_before or now
            yield Change(kind, path, before, after, at, path_before=path_before)

    def same(self, field: Field | None, at: str, old: Any, new: Any) -> bool:
        """Whether two values of a field say the same."""
        if old == new or (is_blank(old) and is_blank(new)):
            return True
        kind = field.kind if field else ""
        if kind == "share":
            return _equal(share(old), share(new))
        if kind in NUMBER_KINDS:
            return _equal(amount(old), amount(new))
        if kind == "year":
            return _equal(year_of(old), year_of(new))
        if old is None or new is None:
            return False
        if at == "projects/unit" and str(old).strip() in self.unit_codes:
            old = self.unit_codes[str(old).strip()]
        return squeezed(old) == squeezed(new)


def _lists_of(old: Any, new: Any, kind: type) -> bool:
    """Whether both are lists of such items and nothing else; one of them may be absent."""
    return all(
        value is None or (isinstance(value, list) and all(isinstance(item, kind) for item in value))
        for value in (old, new)
    )


def _equal(old: object, new: object) -> bool:
    """Whether two numbers are there and the same."""
    return old is not None and old == new


def _kind(at: str) -> ChangeKind:
    above, _, key = at.rpartition("/")
    if at == "projects/unit" or (key in LEVEL_KEYS and above.endswith("/indicators")):
        return ChangeKind.MOVED
    titles = {"safeguards": "title", "stages/projects": ""}
    return ChangeKind.RENAMED if above and key == titles.get(above, "name") else ChangeKind.CHANGED


def _names_it(project: Raw) -> bool:
    return bool(words(project, "code") or words(project, "name"))


def _of_project(change: Change, at: str, item: Raw) -> Change:
    """A change with the project that it belongs to, where the list at `at` is one of projects."""
    if at not in PROJECTS:
        return change
    return replace(change, project=words(item, "code"), project_name=words(item, "name"))
