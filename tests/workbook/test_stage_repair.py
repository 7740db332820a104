"""Damaged sheets of stages are mended; what people filled in, noted and coloured stays."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from tests.books import opened as copy_of
from tests.masters import drawn_once, put_master
from tests.workbook.stage_books import GOALS, MONITORED, record
from xlperf.jobs.fix_repair.repair_file import detect, repair
from xlperf.workbook.draw.stages.stage_lists import renew_stage_lists, stage_lists
from xlperf.workbook.read import read_workbook

STAGE, OTHER = MONITORED


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stages") / "book.xlsx"
    put_master(record(), path)
    return path


@pytest.fixture(scope="module", autouse=True)
def _one_fresh_master_for_a_record() -> Iterator[None]:
    with drawn_once():
        yield


def names_lost(book: Any) -> None:
    del book[STAGE].defined_names["XPF_executed"]
    del book[STAGE].defined_names["XPF_results__completed"]


def every_name_lost(book: Any) -> None:
    book[STAGE].defined_names.clear()


def cells_cleared(book: Any) -> None:
    for cell in ("A11", "B13", "C13", "D13"):
        book[STAGE][cell] = None


def goals_damaged(book: Any) -> None:
    del book[GOALS[0]].defined_names["XPF_budget"]


def goals_damaged_beside_lists_of_before(book: Any) -> None:
    goals_damaged(book)
    book["_stages"]["B2"] = "从前的词"  # a word that today's lists do not have


def every_name_of_the_book_lost(book: Any) -> None:
    book.defined_names.clear()
    for sheet in book:
        sheet.defined_names.clear()


def every_name_of_the_book_broken(book: Any) -> None:
    for sheet in book:
        for defined in sheet.defined_names.values():
            defined.attr_text = "#REF!"


def every_second_name_lost(book: Any) -> None:
    """Those of the kinds of stages, too: a stage tells its kind in a cell as well."""
    for sheet in book:
        for name in sorted(sheet.defined_names)[::2]:
            del sheet.defined_names[name]
        sheet.defined_names.pop("XPF_stage__kind", None)
        sheet.defined_names.pop("XPF_results__score", None)


def names_of_the_department_s_sheet_lost(book: Any) -> None:
    book["监控汇总"].defined_names.clear()


DAMAGES = (
    *(every_name_of_the_book_lost, every_name_of_the_book_broken, every_second_name_lost),
    names_of_the_department_s_sheet_lost,
    *(names_lost, every_name_lost, cells_cleared, goals_damaged),
    goals_damaged_beside_lists_of_before,
)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_mended_workbook_says_what_it_said(damage: Any, book: Path, tmp_path: Path) -> None:
    edited, mended = tmp_path / "damaged.xlsx", tmp_path / "mended.xlsx"
    opened = copy_of(book)
    sheet = opened[STAGE]
    sheet["E14"].comment = Comment("我的批注", "甲")
    sheet["E15"].fill = PatternFill("solid", fgColor="FFFFFF00")
    sheet["C30"] = "表下的话"
    damage(opened)
    opened.save(edited)
    repaired = repair(edited, mended)
    assert repaired.redrawn and {defect.kind for defect in repaired.damages if not defect.is_note}
    reading = read_workbook(mended)
    leftovers = reading.record.pop("leftovers")
    assert reading.record == record()
    assert leftovers == [{"place": f"{STAGE}!C30", "text": "表下的话"}]
    there = openpyxl.load_workbook(mended)
    assert there.sheetnames == opened.sheetnames
    assert "XPL_stages" in there["汇总"].defined_names
    sheet = there[STAGE]
    assert sheet["E14"].comment.text == "我的批注"
    assert sheet["E15"].fill.fgColor.rgb == "FFFFFF00"
    assert [str(sheet[cell].value)[:9] for cell in ("B13", "C13")] == 2 * ["=IFERROR("]
    assert str(sheet["D13"].value).startswith("=$")
    assert detect(mended) == []


def test_a_sound_workbook_with_stages_is_left_as_it_is(book: Path, tmp_path: Path) -> None:
    assert detect(book) == []
    assert not repair(book, tmp_path / "same.xlsx").redrawn
    assert (tmp_path / "same.xlsx").read_bytes() == book.read_bytes()


def test_cells_for_goals_are_blank_on_the_sheet_of_a_project_without_goals(tmp_path: Path) -> None:
    """They are no damage; what somebody typed into one is."""
    year = record()
    year["stages"][0]["projects"].append({"code": "130303210UNKNOWN00000", "executed": Decimal(5)})
    path, typed = tmp_path / "year.xlsx", tmp_path / "typed.xlsx"
    put_master(year, path)
    assert detect(path) == []
    opened = copy_of(path)
    title = next(title for title in opened.sheetnames if "UNKNOWN" in title)
    opened[title]["C9"] = "目标"
    opened.save(typed)
    assert [(gone.kind, gone.sheet, gone.cell) for gone in detect(typed)] == [
        ("check_changed", title, "C9")
    ]


def test_the_hidden_words_come_back_with_their_names(book: Path) -> None:
    opened = copy_of(book)
    for name in [name for name in opened.defined_names if name.startswith("XPW_operators")]:
        del opened.defined_names[name]
    opened["_stages"]["A1"] = "别的字"
    renew_stage_lists(opened)
    assert {f"XPW_{name}" for name in stage_lists()} <= set(opened.defined_names)
    assert [sheet.title for sheet in opened.worksheets].count("_stages") == 1
    assert opened["_stages"]["A1"].value == stage_lists()["stage_codes"][0]
