"""Whether a changed copy of a workbook says what it should: what was changed is read again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

from xlperf.comparison.record_diff import differences
from xlperf.forms.official.record_parts import project_values
from xlperf.reading import Place, Reading
from xlperf.record import Raw, view
from xlperf.storage.files import temporary_folder
from xlperf.wording import official
from xlperf.workbook.package.archive import opened
from xlperf.workbook.package.excerpt import excerpt
from xlperf.workbook.package.workbook_part import WorkbookPart
from xlperf.workbook.read import read_workbook

FROM_MANY = ("projects", "leftovers", "stages")  # parts of a record that come from many sheets


def read_back(
    reading: Reading,
    record: Raw,
    copy: Path,
    touched: Collection[str],
    without: Collection[str] = (),
) -> list[str]:
    """The paths at which a copy says anything else than a record; none if all is well.

    `reading`: of the source; `touched`: the titles of the sheets that were changed in the copy.
    Where they are few, only these are read, as all others are the same bytes and say what the
    source said. `without`: keys of the record that may differ.
    """
    expected = replace(reading, record=record)
    sheets = {place.sheet for path, place in reading.where.items() if path[:1] != ("waivers",)}
    touched = sheets.intersection(touched)
    if 2 * len(touched) > len(sheets):
        return _differences(expected, read_workbook(copy), sheets, without)
    unwritten = _differences(reading, expected, sheets - touched, {*without, "units"})
    if unwritten or not touched:
        return unwritten
    with temporary_folder() as folder, opened(copy) as package:
        titles = {*touched, official("sheet.manifest"), _goal_sheet(reading, touched)}
        few = folder / "few.xlsx"
        few.write_bytes(excerpt(package, WorkbookPart(package), titles))
        now = read_workbook(few)
    return _differences(expected, now, touched, {*without, "units"})


def _goal_sheet(reading: Reading, touched: Collection[str]) -> str:
    """A sheet of goals, without which sheets of stages are no workbook of ours; of those touched,
    where there is one.
    """
    sheets = [place.sheet for path, place in reading.where.items() if path[:1] != ("stages",)]
    goals = [sheet for sheet in sheets if sheet and sheet != official("sheet.findings")]
    return next((sheet for sheet in goals if sheet in touched), goals[0])


def _differences(
    before: Reading, after: Reading, titles: Collection[str], without: Collection[str]
) -> list[str]:
    """The paths at which two readings differ in what stands on some sheets."""
    return differences(_part(before, titles, without), _part(after, titles, without))


def _reports(reading: Reading, titles: Collection[str]) -> list[Any]:
    """What some sheets say of projects in stages; which indicators, the goals' sheets say."""
    where, nowhere = reading.where, Place()
    return [
        {**project, "indicators": [_without_identity(i) for i in project.get("indicators", ())]}
        for number, stage in enumerate(reading.record.get("stages", ()))
        for position, project in enumerate(stage.get("projects", ()))
        if where.get(("stages", number, "projects", position), nowhere).sheet in titles
    ]


def _without_identity(item: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in item.items() if key != "of"}


def _part(reading: Reading, titles: Collection[str], without: Collection[str]) -> dict[str, Any]:
    """What a record says on some of its sheets.

    What is the whole department's counts where its sheet is among them.
    """
    record, where = reading.record, reading.where
    nowhere = Place()
    names = view(record).unit_names()  # a name stands on the forms of all projects of a unit
    projects = [
        project_values(project, 0, names)
        for n, project in enumerate(record.get("projects", ()))
        if where.get(("projects", n), nowhere).sheet in titles
    ]
    loose = [
        entry
        for entry in record.get("leftovers", ())
        if str(entry.get("place", "")).rpartition("!")[0] in titles
    ]
    department_sheets = {
        place.sheet for path, place in where.items() if path[:1] == ("department",)
    }
    rest = (
        {k: v for k, v in record.items() if k not in FROM_MANY}
        if department_sheets & {*titles}
        else {}
    )
    result = {**rest, "projects": projects, "leftovers": loose, "stages": _reports(reading, titles)}
    return {key: value for key, value in result.items() if key not in without}
