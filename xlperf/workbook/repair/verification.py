"""A second look at a repair: what fields say before their names are put back, and after.

Only fields that are told as damaged may read differently; whatever the first look made of the
sheet, a value never moves into another field in silence.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from xlperf.layout.labels import words_of_forms
from xlperf.paths import RecordPath, get
from xlperf.reading import Place, Reading
from xlperf.workbook.repair.damage import Damage

KEYS_OUTSIDE_FIELDS = ("leftovers", "waivers")  # what stands outside of fields
DAMAGES_WITH_FIELD = frozenset(
    {"name_strayed", "name_broken", "name_lost", "field_gone", "unmerged"}
)

FieldKey = tuple[str, str]  # a sheet's title, a field's key


def changed_values(before: Reading, after: Reading, damages: Iterable[Damage]) -> list[str]:
    """The places of fields that read differently, although nothing was wrong with their names.

    `before` and `after` are readings of one workbook, by the names as they were and as they were
    put back. A field that would now say a printed label is one of them, and so is every field of
    a cell that several fields would share.
    """
    reported = {
        (damage.sheet, _last(damage.detail))
        for damage in damages
        if damage.kind in DAMAGES_WITH_FIELD
    }
    then, now = _values_by_field(before), _values_by_field(after)
    amiss = [
        _place(now.get(field, cells))
        for field, cells in then.items()
        if (field[0], _last(field[1])) not in reported
        and _values(cells) != _values(now.get(field, []))
    ]
    amiss += [
        _place([entry])
        for field, cells in now.items()
        for entry in cells
        if _is_label(entry[1]) and entry[1] not in _values(then.get(field, []))
    ]
    shared = _shared(now) - _shared(then)
    return list(dict.fromkeys([*amiss, *(str(Place(*cell)) for cell in sorted(shared))]))


def _last(key: str) -> str:
    return key.rpartition("/")[2]


def _values_by_field(reading: Reading) -> dict[FieldKey, list[tuple[Place, Any]]]:
    """By field, what its cells say, blank ones left out, in the order of the record."""
    result: dict[FieldKey, list[tuple[Place, Any]]] = {}
    for path, place in reading.where.items():
        value = get(reading.record, path) if place.cell and isinstance(path[-1], str) else None
        # which indicator a stage's row is about is put back, too
        if value not in (None, "", []) and path[0] not in KEYS_OUTSIDE_FIELDS and path[-1] != "of":
            result.setdefault((place.sheet, _key(path)), []).append((place, value))
    return result


def _key(path: RecordPath) -> str:
    below = path[2:] if path[0] == "projects" else path
    return "/".join(step for step in below if isinstance(step, str))


def _values(cells: list[tuple[Place, Any]]) -> list[Any]:
    return [value for _, value in cells]


def _place(cells: list[tuple[Place, Any]]) -> str:
    return str(cells[0][0])


def _is_label(value: Any) -> bool:
    return isinstance(value, str) and "".join(value.split()) in words_of_forms()


def _shared(by_field: dict[FieldKey, list[tuple[Place, Any]]]) -> set[tuple[str, str]]:
    """Cells that several fields read: sheet, address."""
    return {cell for cell, keys in _readers(by_field).items() if len(keys) > 1}


def _readers(by_field: dict[FieldKey, list[tuple[Place, Any]]]) -> dict[tuple[str, str], set[str]]:
    result: dict[tuple[str, str], set[str]] = {}
    for (_, key), cells in by_field.items():
        for place, _ in cells:
            result.setdefault((place.sheet, place.cell), set()).add(key)
    return result
