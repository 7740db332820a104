"""A master workbook to start from: blank forms, or forms for a plain list of projects."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from xlperf.canonical import canonical
from xlperf.errors import Refusal
from xlperf.files import bytes_of, kind_of
from xlperf.jobs import opening
from xlperf.layout.kinds import parse_money, split_unit
from xlperf.reading import Reading
from xlperf.record import Raw
from xlperf.wording import official_table
from xlperf.workbook.listing import as_text, rows_of
from xlperf.workbook.write import write_master

EDITION = "hebei-2021"
FIELDS = ("code", "name", "unit", "budget", "fiscal", "other")
NEEDED = ("name",)
MOST = 500  # forms in one workbook; beyond that office suites open it very slowly


def generate(
    source: Path | None, target: Path, forms: int | None, unit: str, year: int | None
) -> Reading:
    """The master workbook of anything that can be read, of a plain list, or of blank forms."""
    if forms is not None:
        reading = Reading(blank(forms, unit, year), source=str(target))
    elif source is not None and is_list(source):
        reading = from_list(source, year)
    else:
        assert source is not None
        return opening.generate(source, target)
    write_master(reading.record, target, reading.source)
    return reading


def blank(forms: int, unit: str = "", year: int | None = None) -> Raw:
    """A record of so many empty forms, for one unit ("333001 name") and year."""
    if not 1 <= forms <= MOST:
        raise Refusal("too_many_forms", forms=forms, most=MOST)
    code, name = split_unit(unit)
    projects = [{"unit": code, "unit_name": name} for _ in range(forms)]
    return _record(projects, [{"code": code, "name": name}], year)


def is_list(path: Path) -> bool:
    """Whether a file is a plain list of projects: a .csv, or a workbook whose headings say so."""
    if path.suffix.lower() == ".csv":
        return True
    return kind_of(path) == "workbook" and _headings(rows_of(path)) is not None


def from_list(path: Path, year: int | None = None) -> Reading:
    """The record of a list: one form a row, ready to be filled in."""
    rows = _csv(path) if path.suffix.lower() == ".csv" else rows_of(path)
    found = _headings(rows)
    if found is None:
        raise Refusal("no_list", file=path)
    top, columns = found
    projects: list[Raw] = []
    units: dict[str, Raw] = {}
    for row in rows[top + 1 :]:
        said = {key: row[col] for key, col in columns.items() if col < len(row)}
        if any(as_text(content) for content in said.values()):
            project, unit = _project(said)
            projects.append(project)
            units.setdefault(unit.get("code", ""), unit)
    if not projects:
        raise Refusal("no_list", file=path)
    return Reading(_record(projects, [u for u in units.values() if u], year), source=str(path))


def _csv(path: Path) -> list[list[Any]]:
    data = bytes_of(path)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return list(csv.reader(io.StringIO(data.decode(encoding))))
        except UnicodeDecodeError:
            continue
    raise Refusal("not_text", file=path)


def _headings(rows: Sequence[Sequence[Any]]) -> tuple[int, dict[str, int]] | None:
    """The row of headings among the first ten, and the column of each field."""
    names = official_table("list_headings")
    for number, row in enumerate(rows[:10]):
        texts = ["".join(as_text(content).split()).lower() for content in row]
        columns = {
            key: col
            for key in FIELDS
            for col, text in enumerate(texts)
            if text in (key, *names[key])
        }
        if all(key in columns for key in NEEDED) and len(columns) > 1:
            return number, columns
    return None


def _project(said: Mapping[str, Any]) -> tuple[Raw, Raw]:
    project: Raw = {key: as_text(said.get(key)) for key in ("code", "name")}
    for key in ("budget", "fiscal", "other"):
        content = said.get(key)
        project[key] = None if as_text(content) == "" else parse_money(content)
    code, name = split_unit(as_text(said.get("unit")))
    project |= {"unit": code, "unit_name": name}
    return project, {key: text for key, text in (("code", code), ("name", name)) if text}


def _record(projects: Sequence[Raw], units: Sequence[Raw], year: int | None) -> Raw:
    forms = [{**project, "indicators": _lines(), "goals": []} for project in projects]
    return canonical(
        {"edition": EDITION, "fiscal_year": year, "units": list(units), "projects": forms}
    )


def _lines() -> list[Raw]:
    """The printed rows of an empty form: a line for each second level."""
    levels: dict[str, list[str]] = official_table("levels")
    return [
        {"level1": above, "level2": below} for above, names in levels.items() for below in names
    ]
