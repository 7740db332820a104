"""A master workbook to start from: blank forms, or forms for a plain list of projects.

Readers of lists and documents are imported at their use: a record needs none of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from xlperf.canonical import canonical
from xlperf.editions import UNKNOWN_EDITION, Traits, first
from xlperf.errors import UserError
from xlperf.jobs.inputs import open_any
from xlperf.jobs.inputs.choose_edition import put_into, traits_by_name
from xlperf.jobs.inputs.open_any import Write
from xlperf.jobs.lists.columns import LIST_SUFFIXES
from xlperf.jobs.lists.rows import MOST_FORMS
from xlperf.layout.cell_values import split_unit
from xlperf.reading import Reading
from xlperf.record import Raw
from xlperf.storage.files import kind_of
from xlperf.wording import say
from xlperf.workbook.list_sheet import ListSheet
from xlperf.workbook.write import write_master

POSSIBLE_YEARS = range(1990, 2100)


@dataclass(frozen=True)
class NewWorkbook:
    """What a workbook was made of, and sentences on what of a list was not taken as it stands."""

    reading: Reading
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class WorkbookSpec:
    """What the forms are to be: for which unit ("333001 name") and year, of which edition."""

    unit: str = ""
    year: int | None = None
    edition: str | None = None


def generate(
    source: Path | None,
    target: Path,
    forms: int | None,
    wish: WorkbookSpec,
    write: Write = write_master,
) -> NewWorkbook:
    """The master workbook of anything that can be read, of a plain list, or of blank forms."""
    if wish.year is not None and wish.year not in POSSIBLE_YEARS:
        raise UserError("no_year", year=wish.year, first=POSSIBLE_YEARS[0], last=POSSIBLE_YEARS[-1])
    traits = traits_by_name(wish.edition or "")
    if forms is not None:
        started = NewWorkbook(
            Reading(blank(forms, wish.unit, wish.year, traits), source=str(target))
        )
    else:
        assert source is not None
        if kind_of(source) == "json" and source.suffix.lower() not in LIST_SUFFIXES:
            return _generate(source, target, wish, write)

        from xlperf.jobs.lists.files import sheets_in
        from xlperf.jobs.lists.first_forms import from_list, is_list, lists_of_document

        sheets, texts = sheets_in(source), list[str]()
        if not is_list(source, sheets):
            try:
                return _of_document(source, target, sheets, wish, write)
            except UserError:
                tables = lists_of_document(source)
                if tables is None:
                    raise
                sheets, texts = tables
        started = from_list(source, sheets, wish.unit, wish.year)
        beside = (say("lists.text_beside", text=text) for text in texts)
        started = NewWorkbook(started.reading, (*started.remarks, *beside))
        if wish.edition:
            started = _in_edition(started, traits)
    write(started.reading.record, target, started.reading.source)
    return started


def _in_edition(started: NewWorkbook, traits: Traits) -> NewWorkbook:
    """A list's forms as those of an edition: its printed rows, and what it has no place for."""
    reading = started.reading
    projects = [{**item, "indicators": _lines(traits)} for item in reading.record["projects"]]
    fresh = {**reading.record, "edition": UNKNOWN_EDITION, "projects": projects}
    record, remarks = put_into(fresh, traits.name, reading.source)
    return NewWorkbook(replace(reading, record=record), (*started.remarks, *remarks))


def _generate(source: Path, target: Path, wish: WorkbookSpec, write: Write) -> NewWorkbook:
    """The master workbook of what is no list."""
    if wish.unit or wish.year is not None:
        raise UserError("only_for_lists", file=source)
    reading, remarks = open_any.generate(source, target, wish.edition or "", write)
    return NewWorkbook(reading, remarks)


def _of_document(
    source: Path, target: Path, sheets: Sequence[ListSheet], wish: WorkbookSpec, write: Write
) -> NewWorkbook:
    """The master workbook of a workbook or document, which may look like a list or forms."""
    from xlperf.jobs.inputs.containers import REASONS_NOTHING_READ
    from xlperf.jobs.lists.columns import is_form

    try:
        return _generate(source, target, wish, write)
    except UserError as refusal:
        nothing = refusal.key in (*REASONS_NOTHING_READ, "foreign_workbook")
        if nothing and any(map(is_form, sheets)):
            raise UserError("official_forms", file=source) from None
        if refusal.key in REASONS_NOTHING_READ and sheets:
            raise UserError("no_list", file=source) from None
        raise


def blank(forms: int, unit: str = "", year: int | None = None, traits: Traits | None = None) -> Raw:
    """A record of so many empty forms, for one unit ("333001 name") and year."""
    if forms < 1:
        raise UserError("no_forms", forms=forms, most=MOST_FORMS)
    if forms > MOST_FORMS:
        raise UserError("too_many_forms", forms=forms, most=MOST_FORMS)
    code, name = split_unit(unit)
    projects = [{"unit": code, "unit_name": name} for _ in range(forms)]
    return record_of(projects, year, traits or first())


def record_of(projects: Sequence[Raw], year: int | None, traits: Traits) -> Raw:
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
