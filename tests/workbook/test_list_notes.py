"""What people write beside and below the list of findings is read, and kept with every new list."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from tests.books import opened
from tests.explaining import LIST, REASONS, annotate, explain, explained, fits, lines
from tests.masters import put_master
from xlperf.canonical import canonical
from xlperf.record import Raw
from xlperf.workbook.read import read_workbook

FIRST, SECOND = "01 专项补助（人防）", "02 人防业务费"
PLAN = "PLN306"
HEADING = "以下是写在清单上、已没有对应问题的话"
BESIDE, BELOW, UNDER, NUMBER = "已请财务股核对", "审核人：张三", "下周一前改完", 12.5
MENDED = "十月的计划要改"


@pytest.fixture(scope="module")
def book_of_two(small: Raw, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As small as shows it: two projects and one activity."""
    target = tmp_path_factory.mktemp("notes") / "two.xlsx"
    two = {"projects": small["projects"][:2], "activities": small["activities"][:1]}
    put_master(canonical({**small, **two}), target)
    return target


@pytest.fixture(scope="module")
def marked(book_of_two: Path) -> Path:
    """A workbook with its list of findings."""
    target = book_of_two.with_name("marked.xlsx")
    annotate(book_of_two, target)
    return target


@pytest.fixture(scope="module")
def noted(marked: Path) -> Path:
    """The same with notes beside two lines and below the list, and one explanation."""
    target, with_reason = marked.with_name("noted.xlsx"), marked.with_name("told.xlsx")
    explain(marked, with_reason, (PLAN, FIRST, REASONS[0]))
    book = opened(with_reason)
    sheet = book[LIST]
    last = max(lines(sheet))
    first, second = (row_of(sheet, PLAN, title) for title in (FIRST, SECOND))
    sheet.cell(first, 18).value = BESIDE
    sheet.cell(first, 18).font = Font(b=True)
    sheet.cell(first, 6).comment = Comment("问过李工", "王五")
    sheet.cell(first, 19).value = NUMBER
    sheet.cell(second, 18).value = MENDED
    sheet.cell(last + 2, 1).value = BELOW
    sheet.cell(last + 3, 6).value = UNDER
    book.save(target)
    return target


def row_of(sheet: Worksheet, code: str, about: str) -> int:
    (row,) = [n for n, line in lines(sheet).items() if fits(line, code, about)]
    return row


def texts(path: Path) -> list[tuple[str, str]]:
    """What is read as standing outside of everything: place, text."""
    return [
        (leftover["place"], leftover["text"])
        for leftover in read_workbook(path).record["leftovers"]
    ]


def cells(path: Path) -> dict[str, Any]:
    """The sheet, what it says by cell."""
    sheet = opened(path)[LIST]
    return {cell.coordinate: cell.value for row in sheet for cell in row if cell.value is not None}


ALL = [(LIST, "12.5"), (LIST, UNDER), (LIST, MENDED), (LIST, BELOW), (LIST, BESIDE)]


def test_notes_are_read_and_reported(noted: Path) -> None:
    assert sorted(texts(noted)) == sorted(ALL)


def test_notes_stay_with_their_findings_on_every_new_list(noted: Path, tmp_path: Path) -> None:
    again, third, saved = (tmp_path / f"{name}.xlsx" for name in ("again", "third", "saved"))
    annotate(noted, again)
    opened(again).save(saved)
    annotate(saved, third)
    for path in (again, third):
        sheet = opened(path)[LIST]
        first, second = (row_of(sheet, PLAN, title) for title in (FIRST, SECOND))
        assert sheet.cell(first, 18).value == BESIDE and sheet.cell(first, 18).font.b
        assert sheet.cell(first, 19).value == NUMBER
        assert sheet.cell(first, 6).comment.text == "问过李工"
        assert sheet.cell(second, 18).value == MENDED
        last = max(lines(sheet))
        assert (sheet.cell(last + 2, 1).value, sheet.cell(last + 3, 6).value) == (BELOW, UNDER)
        assert sheet.max_row == last + 3
        assert sorted(texts(path)) == sorted(ALL)
        assert [line["reason"] for line in explained(path)] == [REASONS[0]]
    assert cells(third) == cells(again)


def test_a_note_whose_finding_is_mended_is_kept_below_until_that_comes_back(
    noted: Path, tmp_path: Path
) -> None:
    mended, again, third, worse, back = (tmp_path / f"{n}.xlsx" for n in "abcde")
    set_october(noted, mended, 0.9)
    annotate(mended, again)
    annotate(again, third)
    for path in (again, third):
        sheet = opened(path)[LIST]
        last = max(row for row, line in lines(sheet).items() if line["source"])
        assert not [n for n, line in lines(sheet).items() if n <= last and fits(line, PLAN, SECOND)]
        assert (sheet.cell(last + 2, 1).value, sheet.cell(last + 3, 6).value) == (BELOW, UNDER)
        assert sheet.cell(last + 5, 1).value == HEADING
        values = [sheet.cell(last + 6, col).value for col in (3, 4, 18)]
        assert values == [PLAN, SECOND, MENDED]
        assert sheet.max_row == last + 6
        assert sorted(texts(path)) == sorted(ALL)
    assert cells(third) == cells(again)
    set_october(third, worse, 0.7)
    annotate(worse, back)
    sheet = opened(back)[LIST]
    assert sheet.cell(row_of(sheet, PLAN, SECOND), 18).value == MENDED
    assert HEADING not in cells(back).values()


def set_october(source: Path, target: Path, share: float) -> None:
    book = opened(source)
    book[SECOND]["D7"].value = share
    book.save(target)


def test_words_on_a_row_that_was_put_in_and_over_the_title_are_kept(
    marked: Path, tmp_path: Path
) -> None:
    odd, again, third = (tmp_path / f"{name}.xlsx" for name in ("odd", "again", "third"))
    book = opened(marked)
    sheet = book[LIST]
    sheet.insert_rows(6)
    for cell in (cell for row in sheet.iter_rows(min_row=6) for cell in row if cell.hyperlink):
        cell.hyperlink.ref = cell.coordinate  # openpyxl leaves links behind
    for name in [name for name in sheet.defined_names if name.startswith("XPG_findings")]:
        defined = sheet.defined_names[name]
        start, _, end = defined.attr_text.rpartition("$")
        defined.attr_text = f"{start}${int(end) + 1}"
    sheet["F6"].value = "这几条一起改"
    sheet["A1"].value = "三月的问题"
    sheet["N1"].value = "内部使用"
    book.save(odd)
    there = sorted([(LIST, "这几条一起改"), (LIST, "三月的问题"), (LIST, "内部使用")])
    assert sorted(texts(odd)) == there
    annotate(odd, again)
    annotate(again, third)
    assert sorted(texts(again)) == sorted(texts(third)) == there
    assert cells(third) == cells(again)
    assert cells(again)["A1"] == LIST


def test_a_formula_that_would_look_at_other_cells_stays_as_a_text(
    noted: Path, tmp_path: Path
) -> None:
    odd, again = tmp_path / "odd.xlsx", tmp_path / "again.xlsx"
    book = opened(noted)
    sheet = book[LIST]
    row = row_of(sheet, PLAN, SECOND)
    sheet.cell(row, 20).value = f"=C{row}"
    book[FIRST]["B3"].value = "1"  # other findings come: the line moves
    book.save(odd)
    annotate(odd, again)
    made = opened(again)[LIST]
    now = row_of(made, PLAN, SECOND)
    assert now != row
    assert (made.cell(now, 20).value, made.cell(now, 20).data_type) == (f"=C{row}", "s")
    assert (LIST, f"=C{row}") in texts(again)


def test_a_list_that_lost_its_names_is_still_known(noted: Path, tmp_path: Path) -> None:
    odd, again = tmp_path / "odd.xlsx", tmp_path / "again.xlsx"
    book = opened(noted)
    book[LIST].defined_names.clear()
    book.save(odd)
    assert sorted(texts(odd)) == sorted(ALL)
    annotate(odd, again)
    assert sorted(texts(again)) == sorted(ALL)
    assert [line["reason"] for line in explained(again)] == [REASONS[0]]


def test_a_sheet_of_the_users_own_with_the_lists_title_keeps_its_words(
    book_of_two: Path, tmp_path: Path
) -> None:
    odd, again, third = (tmp_path / f"{name}.xlsx" for name in ("odd", "again", "third"))
    book = opened(book_of_two)
    sheet = book.create_sheet(LIST)
    sheet["A1"].value, sheet["B2"].value, sheet["I9"].value = "自己记的", "第一条", "第二条"
    book.save(odd)
    there = sorted((LIST, text) for text in ("自己记的", "第一条", "第二条"))
    assert sorted(texts(odd)) == there
    annotate(odd, again)
    annotate(again, third)
    assert sorted(texts(again)) == sorted(texts(third)) == there
