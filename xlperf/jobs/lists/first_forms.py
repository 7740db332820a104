"""A plain list of projects as forms that are still to be filled in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from xlperf.editions import Traits, first
from xlperf.errors import UserError
from xlperf.jobs.inputs.containers import REASONS_NOTHING_READ, holds_forms, read_container
from xlperf.jobs.lists.columns import (
    LIST_SUFFIXES,
    Headings,
    find_headings,
    is_form,
    stated_unit,
    zeros,
)
from xlperf.jobs.lists.files import DocumentTables, tables_in
from xlperf.jobs.lists.rows import MOST_FORMS, ListRows, read_rows
from xlperf.jobs.new_workbook import NewWorkbook, record_of
from xlperf.layout import Box
from xlperf.layout.addresses import address, letters
from xlperf.layout.cell_values import split_unit
from xlperf.reading import Reading
from xlperf.record import PROJECT_AMOUNTS
from xlperf.storage.files import kind_of
from xlperf.wording import say
from xlperf.workbook.list_sheet import ListSheet, as_text


def is_list(path: Path, sheets: Sequence[ListSheet]) -> bool:
    """Whether a file is a plain list of projects: its headings say so, and it holds no form."""
    if any(map(is_form, sheets)):
        return False
    headed = path.suffix.lower() in LIST_SUFFIXES or any(
        find_headings(sheet, path) for sheet in sheets
    )
    return headed and not (sheets and holds_forms(path))


def lists_of_document(path: Path) -> DocumentTables | None:
    """What is in a document that is nothing but a list of projects; None for any other file."""
    with suppress(UserError):
        tables = tables_in(path)
        if any(find_headings(table, path) for table in tables.sheets):
            try:
                read_container(path)
            except UserError as refusal:
                return tables if refusal.key in REASONS_NOTHING_READ else None
    return None


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
    money_unit = stated_unit(sheet, headings, path)
    rows = read_rows(sheet, headings, money_unit)
    if not rows.projects:
        raise UserError("no_list", file=path)
    if len(rows.projects) > MOST_FORMS:
        raise UserError("too_many_forms", forms=len(rows.projects), most=MOST_FORMS)
    others = [list_sheet.title for list_sheet in sheets if list_sheet.title != sheet.title]
    remarks = [
        *_on_columns(sheet, headings, money_unit),
        *_on_formulas(path, sheet, headings),
        *rows.remarks,
        *_on_units(rows, unit),
        *(say("lists.other_sheet", title=title) for title in others),
    ]
    record = record_of([row.project for row in rows.projects], year, traits or first())
    return NewWorkbook(Reading(record, source=str(path)), tuple(remarks))


def _on_columns(sheet: ListSheet, headings: Headings, money_unit: str) -> Iterator[str]:
    """What was converted, what stands above the headings, columns that are no field of a form."""
    above = [as_text(text) for (row, _), text in sheet.cells.items() if row < headings.first]
    if above:
        yield say("lists.above", texts=say("rule_part.comma").join(above))
    for key in PROJECT_AMOUNTS:
        if key in headings.columns and zeros(headings.columns[key].unit or money_unit):
            unit = headings.columns[key].unit or money_unit
            yield say("lists.converted", heading=headings.columns[key].text, unit=unit)
    columns_of_fields = {column.col for column in headings.columns.values()}
    for col in sorted(
        {col for row, col in sheet.cells if row >= headings.first} - columns_of_fields
    ):
        heading = headings.unused.get(col) or say("words.blank")
        yield say("lists.unused", column=letters(col), heading=heading)


def _on_formulas(path: Path, sheet: ListSheet, headings: Headings) -> Iterator[str]:
    if kind_of(path) != "workbook":
        return

    from xlperf.workbook.project_list import without_result

    columns_of_fields = {column.col for column in headings.columns.values()}
    for row, col in without_result(path, sheet):
        if row > headings.last and col in columns_of_fields:
            yield say("lists.uncalculated", cell=address(Box(row, col)).replace("$", ""))


def _on_units(rows: ListRows, unit: str) -> Iterator[str]:
    """Give the unit to the rows that have none; what is still without one, or needed none."""
    lacking = [row for row in rows.projects if not row.project["unit"] + row.project["unit_name"]]
    code, name = split_unit(unit)
    for row in lacking:
        row.project |= {"unit": code, "unit_name": name}
    if unit and not lacking:
        yield say("lists.unit_unused", unit=unit)
    if lacking and not unit:
        yield say("lists.unit_lacking", rows=_in_runs([row.number for row in lacking]))


def _in_runs(numbers: Sequence[int]) -> str:
    """Ascending numbers in words, those in a row as “2–5”."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return ", ".join(f"{start}–{end}" if start < end else str(start) for start, end in runs)
