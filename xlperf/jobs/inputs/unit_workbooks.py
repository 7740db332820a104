"""A large department in several workbooks, one a budget unit.

Each workbook holds the department's texts whole and the projects of one unit; a unit with more
projects than a workbook opens quickly with gets several. Sheets keep the titles that they would
have in one workbook: the numbers with which these begin are the order of the whole document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from pathlib import Path
from typing import Any, NamedTuple

from xlperf.canonical import canonical
from xlperf.errors import UserError
from xlperf.forms import edition
from xlperf.forms.defined_names import plain
from xlperf.formulas.book_checks import titled_parts
from xlperf.jobs.inputs.unit_stages import share_of_stages
from xlperf.record import Raw, words
from xlperf.rules.waivers.finding_identity import POINTER_ESCAPES
from xlperf.storage.files import reason
from xlperf.wording import say
from xlperf.workbook.stamp.book_stamp import Track
from xlperf.workbook.write import write_master

# project sheets of one workbook; beyond that office suites open it very slowly
MOST_PROJECT_SHEETS = 300
LONGEST_UNIT_NAME = 60  # characters of a unit's name in a file's name


class UnitWorkbook(NamedTuple):
    """The workbook of a unit: its file's name, its record, the titles of its project sheets."""

    name: str
    record: Raw
    titles: Sequence[str]


def remarks(record: Raw) -> tuple[str, ...]:
    """A sentence on a record with more projects than one workbook opens quickly with."""
    sheets = len(record["projects"])
    return (
        (say("show.many_sheets", n=sheets, most=MOST_PROJECT_SHEETS),)
        if sheets > MOST_PROJECT_SHEETS
        else ()
    )


def split(record: Raw) -> list[UnitWorkbook]:
    """The workbooks of a record, one a unit, in the order of the units' first projects."""
    forms = edition(words(record, "edition"))
    titles = [title for part, title in titled_parts(record, forms) if part.form is forms.project]
    by_unit: dict[str, list[int]] = {}
    for position, project in enumerate(record["projects"]):
        by_unit.setdefault(words(project, "unit"), []).append(position)
    shares = [
        (_file_name(record, unit, number, len(chunks)), chunk)
        for unit, positions in by_unit.items()
        for chunks in [list(_chunks(positions))]
        for number, chunk in enumerate(chunks, 1)
    ]
    return [
        UnitWorkbook(name, _share(record, positions, first=at == 0), [titles[p] for p in positions])
        for at, (name, positions) in enumerate(shares)
    ]


def _chunks(positions: Sequence[int]) -> Iterator[Sequence[int]]:
    """As few parts as there have to be, of about one size; no more than `MOST_PROJECT_SHEETS`."""
    size = ceil(len(positions) / ceil(len(positions) / MOST_PROJECT_SHEETS))
    for start in range(0, len(positions), size):
        yield positions[start : start + size]


def _file_name(record: Raw, unit: str, number: int, count: int) -> str:
    """A unit's code and name, without what file systems forbid."""
    names = [words(item, "name") for item in record["units"] if words(item, "code") == unit]
    text = " ".join(part for part in (unit, *names[:1]) if part) or say("show.no_unit")
    cleaned = re.sub(r'[\\/:*?"<>|.]', " ", plain(text, LONGEST_UNIT_NAME)).strip()
    return f"{cleaned}-{number}.xlsx" if count > 1 else f"{cleaned}.xlsx"


def _share(record: Raw, positions: Sequence[int], *, first: bool) -> Raw:
    """The record of some projects: explanations of others' findings stay with those."""
    projects = record["projects"]
    mine = {name for at in positions for name in _names(projects[at])}
    all_names = {name for project in projects for name in _names(project)}
    share = {**record, "projects": [projects[at] for at in positions]}
    share["waivers"] = [
        waiver
        for waiver in record.get("waivers", ())
        if _about(waiver) in mine or _about(waiver) not in all_names
    ]
    if record.get("stages"):
        share["stages"] = share_of_stages(record, mine, all_names, first=first)
    if not first:
        share.pop("leftovers", None)
    return canonical(share)


def _names(project: Raw) -> tuple[str, ...]:
    """What an explanation may call a project by."""
    return tuple(text for key in ("code", "name") if (text := words(project, key)))


def _about(waiver: Mapping[str, Any]) -> str:
    """The project that an explanation names; "" for none."""
    steps = words(dict(waiver), "at").split("/")
    back = {escape: chr(sign) for sign, escape in POINTER_ESCAPES.items()}
    if steps[0] != "projects" or len(steps) < 2:
        return ""
    return re.sub("~[012]", lambda sign: back[sign[0]], steps[1].partition("#")[0])


def write_by_unit(
    record: Raw, folder: Path, source: object = "", track: Track = iter
) -> tuple[Path, ...]:
    """Write the workbooks of a record into a new or empty folder: all of them, or none.

    Refuses a folder with anything in it: what is read back has to be of this record alone.
    """
    workbooks = split(record)
    try:
        folder.mkdir(exist_ok=True)
        if any(folder.iterdir()):
            raise UserError("folder_in_use", folder=folder)
    except (FileExistsError, NotADirectoryError):
        raise UserError("not_a_folder", file=folder) from None
    except OSError as error:
        raise UserError("not_written", file=folder, why=reason(error)) from None
    paths: list[Path] = []
    try:
        for number, (name, share, titles) in enumerate(workbooks):
            paths.append(folder / _free(name, paths, number))
            write_master(share, paths[-1], source, titles=titles, track=track)
    except BaseException:
        for path in paths:
            path.unlink(missing_ok=True)
        raise
    return tuple(paths)


def _free(name: str, paths: Sequence[Path], number: int) -> str:
    """A file's name, with a number where another unit has the same."""
    names_in_use = {path.name.lower() for path in paths}
    return f"{number + 1} {name}" if name.lower() in names_in_use else name
