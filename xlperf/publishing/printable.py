"""What of a record the official document prints, and what it has no place for."""

from __future__ import annotations

from xlperf.canonical import canonical
from xlperf.editions import traits_of
from xlperf.forms.official.record_parts import beyond
from xlperf.paths import RecordPath, get
from xlperf.record import Raw, words

CODES: tuple[RecordPath, ...] = (("department", "code"), ("region", "code"))
UNPRINTED_KEYS = (
    "inferred",
    "leftovers",
    "waivers",
    "money_unit",
    "stages",
)  # about the source, or printed as forms of their own


def printed_part(record: Raw) -> Raw:
    """The record as far as it is printed: units as the projects name them, no codes of places.

    Goals and projects that say nothing are left out: a number without a text, a blank form.
    """
    record = canonical(record)
    printed = {key: value for key, value in record.items() if key not in UNPRINTED_KEYS}
    for owner, key in CODES:
        if isinstance(printed.get(str(owner)), dict):
            printed[str(owner)] = {k: v for k, v in printed[str(owner)].items() if k != key}
    printed["units"] = _units(record)
    printed["projects"] = [_project(item) for item in record["projects"] if _says(item)]
    return canonical(printed)


def _says(project: Raw) -> bool:
    return any(project.values())


def _project(project: Raw) -> Raw:
    return {**project, "goals": [goal for goal in project["goals"] if goal.strip()]}


def _units(record: Raw) -> list[Raw]:
    """The units that projects name, in their order."""
    listed = {words(unit, "code"): unit for unit in reversed(record.get("units", ()))}
    codes = dict.fromkeys(words(item, "unit") for item in record.get("projects", ()))
    return [listed.get(code, {"code": code}) for code in codes if code]


def unprinted(record: Raw) -> list[RecordPath]:
    """The paths of what says something and can be told from nothing that is printed."""
    result: list[RecordPath] = [path for path in CODES if not _is_derivable(record, path)]
    if record.get("leftovers"):
        result.append(("leftovers",))
    if record.get("stages"):
        result.append(("stages",))
    result += beyond(record, traits_of(record))
    unit_names = {words(item, "unit") for item in record.get("projects", ())}
    units = enumerate(record.get("units", ()))
    return result + [("units", at) for at, unit in units if words(unit, "code") not in unit_names]


def _is_derivable(record: Raw, path: RecordPath) -> bool:
    """Whether a code is blank, or the printed codes of units or projects begin with it."""
    key = {"department": "unit", "region": "code"}[str(path[0])]
    printed = [words(item, key) for item in record.get("projects", ())]
    code = str(get(record, path) or "")
    return not code or any(item.startswith(code) for item in printed)
