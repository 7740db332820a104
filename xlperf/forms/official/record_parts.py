"""How a record is parted into the forms of its edition, and put together again.

One part is one form filled in: the department's, each project's, and what no form claims. The
values of a part are shaped for its form: a project's unit with its name, its printed title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from xlperf.canonical import canonical, derived_title, unit_names
from xlperf.editions import Traits
from xlperf.forms import Edition
from xlperf.layout import Form
from xlperf.layout.fill_pluck import cell_says
from xlperf.paths import RecordPath
from xlperf.record import Raw, words

DEPARTMENT_KEYS = (
    *("edition", "fiscal_year", "region", "department", "units"),
    *("overall_goal", "activities", "safeguards"),
)


@dataclass(frozen=True)
class RecordPart:
    """One form and the values it shows; `path` is where they stand in the record."""

    form: Form
    values: Mapping[str, Any]
    path: RecordPath = ()


def parts(record: Raw, edition: Edition) -> list[RecordPart]:
    """The forms that a record fills: the department's, one a project, the leftovers' if any."""
    names = unit_names(record)
    result = [
        RecordPart(
            edition.department, {key: record[key] for key in DEPARTMENT_KEYS if key in record}
        )
    ]
    for position, project in enumerate(record["projects"]):
        values = project_values(project, position, names)
        result.append(RecordPart(edition.project, values, ("projects", position)))
    if record.get("leftovers"):
        result.append(RecordPart(edition.leftovers, {"leftovers": record["leftovers"]}))
    return result


def project_values(project: Raw, position: int, names: Mapping[str, str]) -> Raw:
    """A project as its form shows it: a unit with its name, a numbered title."""
    unit = {"code": project.get("unit"), "name": _unit_name(project, names)}
    title = project.get("title") or derived_title(words(project, "name"))
    return {
        **{key: value for key, value in project.items() if key != "unit_name"},
        "unit": {key: text for key, text in unit.items() if text},
        "title": f"{position + 1}.{title}",
    }


def _unit_name(project: Raw, names: Mapping[str, str]) -> str:
    return str(project.get("unit_name") or names.get(words(project, "unit"), ""))


def is_derived(part: RecordPart) -> bool:
    """Whether a project's printed title follows from its name."""
    return printed_title(str(part.values["title"])) == derived_title(
        words(dict(part.values), "name")
    )


def printed_title(title: str) -> str:
    """A printed title without its number."""
    return re.sub(r"^\s*\d+\s*[.\uff0e\u3001]\s*", "", title)


def record_from(sheets: Iterable[tuple[str, Mapping[str, Any]]]) -> Raw:
    """The record of sheets, each as (name of its form, values), in canonical writing."""
    return canonical(assembled(sheets))


def assembled(sheets: Iterable[tuple[str, Mapping[str, Any]]]) -> Raw:
    """The record of sheets as `record_from` has it, written as it stands in them."""
    record: Raw = {"projects": []}
    for name, values in sheets:
        if name == "project":
            record["projects"].append(_project(values))
        elif name == "leftovers":
            record.setdefault("leftovers", []).extend(values["leftovers"])
        else:
            record.update(values)
    return record


def _project(values: Mapping[str, Any]) -> Raw:
    project = dict(values)
    unit = project.pop("unit", None) or {}
    if "code" in unit:
        project["unit"] = unit["code"]
    if "name" in unit:
        project["unit_name"] = unit["name"]
    if "title" in project:
        project["title"] = printed_title(project["title"])
    return project


# stand on no form, or on forms of their own
KEYS_OFF_FORMS = ("edition", "inferred", "leftovers", "waivers", "money_unit", "stages")


def beyond(record: Raw, traits: Traits) -> list[RecordPath]:
    """The paths of what a record says and the forms of an edition have no place for."""
    on_forms = {key: value for key, value in record.items() if key not in KEYS_OFF_FORMS}
    return list(_beyond(on_forms, (), "", traits))


def _beyond(node: Any, path: RecordPath, field: str, traits: Traits) -> Iterator[RecordPath]:
    """Where nothing below is in the edition, the path of the whole."""
    if not cell_says(node):
        return
    if field and traits.lacks(field):
        yield path
    elif isinstance(node, dict):
        for key, below in node.items():
            yield from _beyond(below, (*path, key), f"{field}/{key}".lstrip("/"), traits)
    elif isinstance(node, list):
        for position, below in enumerate(node):
            yield from _beyond(below, (*path, position), field, traits)
