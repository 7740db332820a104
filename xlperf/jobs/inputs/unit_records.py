"""The record of a department whose projects stand in several workbooks, put together again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from xlperf.canonical import canonical
from xlperf.errors import UserError
from xlperf.jobs.inputs.unit_stages import joined_stages
from xlperf.reading import Place, Reading
from xlperf.record import Raw
from xlperf.wording import has, say
from xlperf.workbook.read import read_workbook

# what workbooks of one department share out
OF_PROJECTS = ("projects", "waivers", "leftovers", "stages")


def read_by_unit(folder: Path) -> Reading:
    """The record of the workbooks in a folder, put together: the projects in their old order.

    Refuses workbooks of several departments, and such as say different things of the department.
    """
    paths = sorted(p for p in folder.iterdir() if p.suffix.lower() == ".xlsx" and _is_visible(p))
    if not paths:
        raise UserError("no_workbooks", folder=folder)
    readings = [read_workbook(path) for path in paths]
    whole = _of_department(readings[0])
    for reading in readings[1:]:
        other = _of_department(reading)
        if apart := [key for key in {**whole, **other} if whole.get(key) != other.get(key)]:
            names = (say(f"field.{key}") if has(f"field.{key}") else key for key in apart)
            fields = say("rule_part.comma").join(names)
            raise UserError(
                "workbooks_differ", a=readings[0].source, b=reading.source, fields=fields
            )
    numbered = [item for reading in readings for item in _numbered(reading)]
    waivers = [waiver for reading in readings for waiver in reading.record.get("waivers", ())]
    projects = [project for _, project in sorted(numbered, key=lambda item: item[0])]
    stages = joined_stages((reading.record.get("stages", ()) for reading in readings), projects)
    record = canonical(
        {
            **whole,
            **({"stages": stages} if stages else {}),
            "projects": projects,
            "waivers": [waiver for at, waiver in enumerate(waivers) if waiver not in waivers[:at]],
            "leftovers": [
                entry for reading in readings for entry in reading.record.get("leftovers", ())
            ],
        }
    )
    return replace(readings[0], record=record, where={}, source=str(folder))


def _is_visible(path: Path) -> bool:
    return not path.name.startswith(("~$", "."))


def _of_department(reading: Reading) -> Raw:
    return {key: value for key, value in reading.record.items() if key not in OF_PROJECTS}


def _numbered(reading: Reading) -> Iterator[tuple[int, Raw]]:
    """The projects of a workbook, each with its number in the whole document.

    A sheet without a number stands behind the one before it.
    """
    number = 0
    for position, project in enumerate(reading.record["projects"]):
        place = reading.where.get(("projects", position, "title")) or Place("", "")
        match = re.match(r"\d+(?= |$)", place.sheet)
        number = int(match[0]) if match else number
        yield number, project
