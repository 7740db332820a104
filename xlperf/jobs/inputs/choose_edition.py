"""A record whose source was none of the known forms, put into the forms of an edition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlperf.canonical import canonical, dumps
from xlperf.editions import TRAITS, Traits, first
from xlperf.errors import UserError
from xlperf.forms.official.record_parts import beyond
from xlperf.paths import RecordPath, get
from xlperf.record import Raw, whole_target
from xlperf.rules.message_facts import place_label
from xlperf.wording import say

FUND_ROLES = {"annual": "budget", "total": "budget", "fiscal": "fiscal", "other": "other"}
FIELDS_IN_SENTENCE = 5  # fields that a sentence names


def traits_by_name(name: str) -> Traits:
    """The edition that somebody names; the first where nobody does. Refuses unknown names."""
    if name and name not in TRAITS:
        raise UserError("no_edition", edition=name, known=", ".join(TRAITS))
    return TRAITS[name] if name else first()


def put_into(record: Raw, name: str, file: object) -> tuple[Raw, tuple[str, ...]]:
    """The record in an edition's forms, and sentences on what these have no place for.

    Nothing is dropped: such texts become other contents with the name of their field. Refuses
    records that are of another known edition, and those of an unknown one if no name is given.
    """
    edition = str(record.get("edition", ""))
    if not name or edition == name:
        return record, ()
    if edition in TRAITS:
        raise UserError("edition_differs", file=file, own=edition, asked=name)
    traits = traits_by_name(name)
    moved = canonical({**record, "edition": traits.name})
    for project in moved["projects"]:
        leave_out_repeated(project)
        for indicator in project.get("indicators", ()):
            join_target(indicator, traits)
    paths = beyond(moved, traits)
    aside = [_entry(moved, path) for path in paths]
    for path in reversed(paths):
        del get(moved, path[:-1])[path[-1]]
    if aside:
        moved["leftovers"] = [*moved.get("leftovers", []), *aside]
    return canonical(moved), tuple(_remark(paths, traits))


def leave_out_repeated(project: Raw) -> None:
    """Leave out the printed rows of funds that say the budget and its two parts once more.

    They have cells of their own in every edition; rows of further sources stay.
    """
    from xlperf.documents.layouts.titles import label_meaning  # at its use: most have no funds

    funds: list[Raw] = project.get("funds", [])
    remaining_rows = []
    for row in funds:
        field = FUND_ROLES.get(label_meaning("funds", str(row.get("source", ""))), "")
        if not field or row.get("amount") in (None, "") or row["amount"] != project.get(field):
            remaining_rows.append(row)
    if remaining_rows:
        project["funds"] = remaining_rows
    else:
        project.pop("funds", None)


def join_target(indicator: Raw, traits: Traits) -> None:
    """A target in one column where the edition has none for its sign and its unit."""
    if traits.lacks("projects/indicators/operator") and indicator.get("target"):
        indicator["target"] = whole_target(indicator)
        for key in ("operator", "unit"):
            indicator.pop(key, None)


def _entry(record: Raw, path: RecordPath) -> Raw:
    value: Any = get(record, path)
    simple = not isinstance(value, dict | list)
    return {"place": place_label(path), "text": str(value) if simple else dumps(value).strip()}


def _remark(paths: Sequence[RecordPath], traits: Traits) -> list[str]:
    """One sentence on what was put aside, with the names of the fields."""
    if not paths:
        return []
    keys = ("/".join(step for step in path if isinstance(step, str)) for path in paths)
    labels = list(dict.fromkeys(say(f"field.{key}") for key in keys))
    more = say("editions.more") if len(labels) > FIELDS_IN_SENTENCE else ""
    fields = say("rule_part.comma").join(labels[:FIELDS_IN_SENTENCE]) + more
    return [say("editions.put_aside", n=len(paths), edition=traits.name, fields=fields)]
