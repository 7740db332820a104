"""Sheets that say the same as at the last reading are not read anew; nothing stale is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.masters import put_master
from tests.workbook import stage_books
from xlperf.forms.sheet_reading import sheet_memory
from xlperf.forms.sheet_reading.sheet_content import SheetContent
from xlperf.forms.sheet_reading.sheet_memory import SheetMemory
from xlperf.forms.sheet_reading.sheet_reader import read_sheet, record_of
from xlperf.forms.stages.stage_form import StageForm, read_stage
from xlperf.layout import Form, Formula, Grid, Percent
from xlperf.reading import Reading
from xlperf.workbook.fast_read.contents import contents_of

PROJECT = 3  # the first project's sheet: behind the guide, the summary and the department
BUDGET = (4, 3)
QUARTER = (7, 2)


@pytest.fixture(scope="module")
def contents(small_master: Path) -> list[SheetContent]:
    return contents_of(small_master)


@pytest.fixture
def reread(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The titles of the sheets that are read."""
    titles: list[str] = []

    def counted(content: SheetContent, *about: Any) -> Any:
        titles.append(content.title)
        return read_sheet(content, *about)

    monkeypatch.setattr(sheet_memory, "read_sheet", counted)
    yield titles


def changed(contents: list[SheetContent], **changes: Any) -> list[SheetContent]:
    """The sheets, the first project's with other contents."""
    return [replace(c, **changes) if n == PROJECT else c for n, c in enumerate(contents)]


def with_cell(contents: list[SheetContent], at: tuple[int, int], value: Any) -> list[SheetContent]:
    grid = contents[PROJECT].grid
    return changed(contents, grid=Grid({**grid.values, at: value}, grid.spans))


def read(memory: SheetMemory, contents: list[SheetContent]) -> Reading:
    with memory.reading() as read_one:
        return record_of(contents, "", read_one)


def test_only_a_changed_sheet_is_read_again(
    contents: list[SheetContent], reread: list[str]
) -> None:
    memory = SheetMemory()
    first = read(memory, contents)
    assert len(reread) == 4  # the department and three projects
    reread.clear()
    assert read(memory, contents) == first == record_of(contents, "")
    assert reread == []
    dearer = with_cell(contents, BUDGET, 7000)
    assert read(memory, dearer).record["projects"][0]["budget"] == Decimal("7000.00")
    assert reread == [contents[PROJECT].title]


@pytest.mark.parametrize(
    ("at", "value"),
    [
        (BUDGET, True),
        (BUDGET, "1"),
        (BUDGET, 1.0),
        (BUDGET, Formula("1")),
        (QUARTER, Percent(Decimal("1"))),
        ((40, 9), "a note beside the form"),
    ],
)
def test_a_value_of_another_type_is_another_value(
    at: tuple[int, int], value: Any, contents: list[SheetContent]
) -> None:
    memory = SheetMemory()
    read(memory, with_cell(contents, at, 1))
    other = with_cell(contents, at, value)
    assert read(memory, other) == record_of(other, "")


def test_other_results_names_and_places_are_seen(contents: list[SheetContent]) -> None:
    memory = SheetMemory()
    formula = with_cell(contents, BUDGET, Formula("=1+1"))
    read(memory, formula)
    gave_two = changed(formula, value=lambda _: 2)
    assert read(memory, gave_two).record["projects"][0]["budget"] == Decimal("2.00")
    gave_three = changed(formula, value=lambda _: 3)
    assert read(memory, gave_three).record["projects"][0]["budget"] == Decimal("3.00")
    names = {k: box for k, box in contents[PROJECT].names.items() if k != "XPF_budget"}
    lost = changed(contents, names=names, lost=frozenset(["XPF_budget"]))
    assert "budget" not in read(memory, lost).record["projects"][0]
    turned = [
        *contents[:PROJECT],
        contents[PROJECT + 1],
        contents[PROJECT],
        *contents[PROJECT + 2 :],
    ]
    assert read(memory, turned) == record_of(turned, "")
    gone = [*contents[:PROJECT], *contents[PROJECT + 1 :]]
    assert read(memory, gone) == record_of(gone, "")


def test_no_more_sheets_are_kept_than_a_bound(
    contents: list[SheetContent], reread: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet_memory, "MOST_SHEETS_KEPT", 2)
    memory = SheetMemory()
    read(memory, contents)
    reread.clear()
    read(memory, contents)
    assert len(reread) == 2


def test_a_sheet_of_a_stage_is_taken_apart_again_only_where_it_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first stage's sheet says another completed value; then an indicator is renamed."""
    put_master(stage_books.record(), tmp_path / "year.xlsx")
    sheets, titles = contents_of(tmp_path / "year.xlsx"), list[str]()

    def counted(content: SheetContent, form: Form) -> StageForm:
        titles.append(content.title)
        return read_stage(content, form)

    monkeypatch.setattr(sheet_memory, "read_stage", counted)
    memory, stage = SheetMemory(), stage_books.MONITORED[0]
    first = read(memory, sheets)
    assert len(titles) == 4 and first == record_of(sheets, "")
    titles.clear()
    assert read(memory, sheets) == first
    assert titles == []
    other_value = _with(sheets, stage, "XPF_results__completed", "140人次")
    assert read(memory, other_value).record["stages"][0]["projects"][0]["indicators"][0][
        "completed"
    ] == ("140人次")
    assert titles == [stage]
    titles.clear()
    renamed = _with(other_value, stage_books.GOALS[0], "XPF_indicators__name", "培训总人次")
    reading = read(memory, renamed)
    assert reading == record_of(renamed, "")
    of = reading.record["stages"][0]["projects"][0]["indicators"][0]["of"]
    assert (of[2], titles) == ("培训总人次", [])


def _with(sheets: list[SheetContent], title: str, name: str, text: str) -> list[SheetContent]:
    """The sheets with another text in the first row of a field of one of them."""
    return [
        replace(s, grid=Grid({**s.grid.values, s.names[name].at: text}, s.grid.spans))
        if s.title == title
        else s
        for s in sheets
    ]
