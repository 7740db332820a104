"""A master workbook to start from: blank forms, or forms for a plain list of projects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from xlperf.canonical import canonical
from xlperf.editions import UNKNOWN, Traits, first
from xlperf.errors import UserError
from xlperf.files import kind_of
from xlperf.jobs import opening
from xlperf.jobs.choose_edition import asked, put_into
from xlperf.jobs.containers import NOTHING, holds_forms
from xlperf.jobs.lists.columns import AMOUNTS, Headings, find_headings, is_form, stated_unit, zeros
from xlperf.jobs.lists.files import NAMED_LISTS, sheets_in
from xlperf.jobs.lists.rows import MOST, Rows, read_rows
from xlperf.jobs.opening import Write
from xlperf.layout import Box
from xlperf.layout.addresses import address, letters
from xlperf.layout.cell_values import split_unit
from xlperf.reading import Reading
from xlperf.record import Raw
from xlperf.wording import say
from xlperf.workbook.project_list import ListSheet, as_text, without_result
from xlperf.workbook.write import write_master

YEARS = range(1990, 2100)


@dataclass(frozen=True)
class NewWorkbook:
    """What a workbook was made of, and sentences on what of a list was not taken as it stands."""

    reading: Reading
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wish:
    """What the forms are to be: for which unit ("333001 name") and year, of which edition."""

    unit: str = ""
    year: int | None = None
    edition: str | None = None


def generate(
    source: Path | None, target: Path, forms: int | None, wish: Wish, write: Write = write_master
) -> NewWorkbook:
    """The master workbook of anything that can be read, of a plain list, or of blank forms."""
    if wish.year is not None and wish.year not in YEARS:
        raise UserError("no_year", year=wish.year, first=YEARS[0], last=YEARS[-1])
    traits = asked(wish.edition or "")
    if forms is not None:
        started = NewWorkbook(
            Reading(blank(forms, wish.unit, wish.year, traits), source=str(target))
        )
    else:
        assert source is not None
        sheets = sheets_in(source)
        if not is_list(source, sheets):
            return _generate(source, target, sheets, wish, write)
        started = from_list(source, sheets, wish.unit, wish.year)
        if wish.edition:
            started = _in_edition(started, traits)
    write(started.reading.record, target, started.reading.source)
    return started


def _in_edition(started: NewWorkbook, traits: Traits) -> NewWorkbook:
    """A list's forms as those of an edition: its printed rows, and what it has no place for."""
    reading = started.reading
    projects = [{**item, "indicators": _lines(traits)} for item in reading.record["projects"]]
    fresh = {**reading.record, "edition": UNKNOWN, "projects": projects}
    record, remarks = put_into(fresh, traits.name, reading.source)
    return NewWorkbook(replace(reading, record=record), (*started.remarks, *remarks))


def _generate(
    source: Path, target: Path, sheets: Sequence[ListSheet], wish: Wish, write: Write
) -> NewWorkbook:
    """The master workbook of what is no list."""
    if wish.unit or wish.year is not None:
        raise UserError("only_for_lists", file=source)
    try:
        reading, remarks = opening.generate(source, target, wish.edition or "", write)
    except UserError as refusal:
        nothing = refusal.key in (*NOTHING, "foreign_workbook")
        if nothing and any(map(is_form, sheets)):
            raise UserError("official_forms", file=source) from None
        if refusal.key in NOTHING and sheets:
            raise UserError("no_list", file=source) from None
        raise
    return NewWorkbook(reading, remarks)


def blank(forms: int, unit: str = "", year: int | None = None, traits: Traits | None = None) -> Raw:
    """A record of so many empty forms, for one unit ("333001 name") and year."""
    if forms < 1:
        raise UserError("no_forms", forms=forms, most=MOST)
    if forms > MOST:
        raise UserError("too_many_forms", forms=forms, most=MOST)
    code, name = split_unit(unit)
    projects = [{"unit": code, "unit_name": name} for _ in range(forms)]
    return _record(projects, year, traits or first())


def is_list(path: Path, sheets: Sequence[ListSheet]) -> bool:
    """Whether a file is a plain list of projects: its headings say so, and it holds no form."""
    if any(map(is_form, sheets)):
        return False
    headed = path.suffix.lower() in NAMED_LISTS or any(
        find_headings(sheet, path) for sheet in sheets
    )
    return headed and not (sheets and holds_forms(path))


def from_list(
    path: Path,
    sheets: Sequence[ListSheet],
    unit: str = "",
    year: int | None = None,
    traits: Traits | None = None,
) -> NewWorkbook:
    """The record of a list: one form a row, ready to be filled in; `unit` where a row has none."""
    headed = ((sheet, headings) for sheet in sheets if (headings := find_headings(sheet, path)))
    sheet, headings = next(headed, (None, None))
    if sheet is None or headings is None:
        raise UserError("no_list", file=path)
    stated = stated_unit(sheet, headings, path)
    rows = read_rows(sheet, headings, stated)
    if not rows.projects:
        raise UserError("no_list", file=path)
    if len(rows.projects) > MOST:
        raise UserError("too_many_forms", forms=len(rows.projects), most=MOST)
    others = [list_sheet.title for list_sheet in sheets if list_sheet.title != sheet.title]
    remarks = [
        *_on_columns(sheet, headings, stated),
        *_on_formulas(path, sheet, headings),
        *rows.remarks,
        *_on_units(rows, unit),
        *(say("lists.other_sheet", title=title) for title in others),
    ]
    record = _record([row.project for row in rows.projects], year, traits or first())
    return NewWorkbook(Reading(record, source=str(path)), tuple(remarks))


def _on_columns(sheet: ListSheet, headings: Headings, stated: str) -> Iterator[str]:
    """What was converted, what stands above the headings, columns that are no field of a form."""
    above = [as_text(text) for (row, _), text in sheet.cells.items() if row < headings.first]
    if above:
        yield say("lists.above", texts=say("rule_part.comma").join(above))
    for key in AMOUNTS:
        if key in headings.columns and zeros(headings.columns[key].unit or stated):
            unit = headings.columns[key].unit or stated
            yield say("lists.converted", heading=headings.columns[key].text, unit=unit)
    columns_of_fields = {column.col for column in headings.columns.values()}
    for col in sorted(
        {col for row, col in sheet.cells if row >= headings.first} - columns_of_fields
    ):
        heading = headings.unused.get(col) or say("words.blank")
        yield say("lists.unused", column=letters(col), heading=heading)


def _on_formulas(path: Path, sheet: ListSheet, headings: Headings) -> Iterator[str]:
    columns_of_fields = {column.col for column in headings.columns.values()}
    for row, col in without_result(path, sheet) if kind_of(path) == "workbook" else ():
        if row > headings.last and col in columns_of_fields:
            yield say("lists.uncalculated", cell=address(Box(row, col)).replace("$", ""))


def _on_units(rows: Rows, unit: str) -> Iterator[str]:
    """Give the unit to the rows that have none; what is still without one, or needed none."""
    lacking = [row for row in rows.projects if not row.project["unit"] + row.project["unit_name"]]
    code, name = split_unit(unit)
    for row in lacking:
        row.project |= {"unit": code, "unit_name": name}
    if unit and not lacking:
        yield say("lists.unit_unused", unit=unit)
    if lacking and not unit:
        numbers = ", ".join(str(row.number) for row in lacking)
        yield say("lists.unit_lacking", rows=numbers)


def _record(projects: Sequence[Raw], year: int | None, traits: Traits) -> Raw:
    """A record of forms that are still to be filled in, and the units that they name."""
    units: dict[str, Raw] = {}
    for project in projects:
        unit = {key: project[of] for key, of in (("code", "unit"), ("name", "unit_name"))}
        if unit["code"] or unit["name"]:
            units.setdefault(unit["code"] or unit["name"], unit)
    forms = [{**project, "indicators": _lines(traits), "goals": []} for project in projects]
    return canonical(
        {
            "edition": traits.name,
            "fiscal_year": year,
            "units": [*units.values()],
            "projects": forms,
        }
    )


def _lines(traits: Traits) -> list[Raw]:
    """The printed rows of an empty form: a line for each second level."""
    return [
        {"level1": above, "level2": below}
        for above, names in traits.levels.items()
        for below in names
    ]
