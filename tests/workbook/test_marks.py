"""A marked copy: coloured cells, notes, a list of findings; the original untouched."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from tests.books import cells_of, opened
from tests.explaining import titles
from tests.office import Office
from xlperf.__main__ import run
from xlperf.canonical import dumps
from xlperf.plan import SEVERITY_FILLS, plan
from xlperf.record import Raw
from xlperf.rules import catalogue
from xlperf.rules.core import run as run_rules
from xlperf.workbook.annotate import annotate_file
from xlperf.workbook.read import read_workbook


@pytest.fixture(scope="module")
def marked(small_master: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("marked") / "marked.xlsx"
    run(["validate", str(small_master), "--annotate", str(target)])
    return target


@cache
def faults(path: Path) -> list:
    """What is found in a workbook that no test changes."""
    return run_rules(read_workbook(path), catalogue().values())


def fills(book: Workbook) -> dict[tuple[str, str], str]:
    return {
        (sheet.title, cell.coordinate): cell.fill.fgColor.rgb
        for sheet in book.worksheets
        for cell in cells_of(sheet)
        if cell.fill.fill_type == "solid"
    }


def notes(book: Workbook) -> dict[tuple[str, str], str]:
    return {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in book.worksheets
        for cell in cells_of(sheet)
        if cell.comment
    }


def test_every_finding_with_a_cell_is_coloured_noted_and_listed_with_a_link(
    small_master: Path, marked: Path
) -> None:
    book = opened(marked)
    findings = faults(small_master)
    listed = [row for row in book["问题清单"].iter_rows(min_row=4) if row[0].value]
    assert [row[2].value for row in listed] == [finding.code for finding in findings]
    for finding, row in zip(findings, listed, strict=True):
        if finding.place.cell:
            cell = book[finding.place.sheet][finding.place.cell]
            assert cell.fill.fgColor.rgb[2:] in SEVERITY_FILLS.values()
            assert finding.code in cell.comment.text and finding.advice in cell.comment.text
            link = row[4].hyperlink
            assert link.location == f"'{finding.place.sheet}'!{finding.place.cell}"


def test_the_original_is_untouched_and_the_copy_reads_the_same(
    small_master: Path, marked: Path
) -> None:
    assert "问题清单" not in titles(small_master)
    assert read_workbook(marked).record == read_workbook(small_master).record


def test_marking_twice_is_marking_once(
    marked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    again = tmp_path / "again.xlsx"
    run(["validate", str(marked), "--annotate", str(again)])
    capsys.readouterr()
    first, second = opened(marked), load_workbook(again)
    assert first.sheetnames == second.sheetnames
    assert fills(first) == fills(second)
    assert notes(first) == notes(second)


def test_the_users_own_fill_and_note_come_back_when_nothing_is_found(
    small_master: Path, tmp_path: Path
) -> None:
    book = opened(small_master)
    findings = [f for f in faults(small_master) if f.place and f.place.cell]
    place = findings[0].place
    cell = book[place.sheet][place.cell]
    cell.fill = PatternFill("solid", fgColor="FF00FF00")
    cell.comment = Comment("我的批注", "张三")
    before = fills(book), notes(book)
    original, marked, cleared = (tmp_path / f"{name}.xlsx" for name in ("own", "marked", "cleared"))
    book.save(original)
    annotate_file(plan(findings), original, marked)
    book = load_workbook(marked)
    assert "我的批注" in notes(book)[place.sheet, place.cell]
    assert fills(book)[place.sheet, place.cell][2:] in SEVERITY_FILLS.values()
    annotate_file(plan([]), marked, cleared)
    book = load_workbook(cleared)
    now = {at: fill for at, fill in fills(book).items() if at[0] != "问题清单"}
    assert (now, notes(book)) == before
    assert book[place.sheet][place.cell].comment.author == "张三"


def test_a_mended_cell_loses_its_mark_though_rows_have_moved(
    marked: Path, tmp_path: Path, office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    finding = next(f for f in faults(marked) if f.code == "VAL401")
    sheet, cell = finding.place.sheet, finding.place.cell
    row = int(cell[1:])
    edited, again = tmp_path / "edited.xlsx", tmp_path / "again.xlsx"
    office.edit(
        marked,
        edited,
        {"do": "text", "sheet": sheet, "cell": cell, "value": "是"},
        {"do": "insert_rows", "sheet": sheet, "row": 2},
    )
    run(["validate", str(edited), "--annotate", str(again)])
    capsys.readouterr()
    moved = load_workbook(again)[sheet][f"{cell[0]}{row + 1}"]
    assert moved.value == "是"
    assert moved.comment is None and moved.fill.fill_type is None


def test_a_record_or_a_text_is_marked_on_a_workbook_made_from_it(
    small: Raw, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record, text = tmp_path / "department.json", tmp_path / "department.txt"
    record.write_text(dumps(small), encoding="utf-8")
    run(["publish", str(record), "-o", str(text)])
    for source in (record, text):
        target = source.with_suffix(f"{source.suffix}.xlsx")
        run(["validate", str(source), "--annotate", str(target)])
        assert "问题清单" in titles(target)
    capsys.readouterr()


def test_libreoffice_opens_a_marked_copy_without_error_cells(marked: Path, office: Office) -> None:
    assert office.look(marked, {"do": "errors"}) == [[]]


def test_a_reviewers_worksheet_has_a_line_for_every_project(
    master: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "review.xlsx"
    run(["validate", str(master), "--review", str(target), "--lang", "zh"])
    capsys.readouterr()
    sheet = load_workbook(target).active
    lines = list(sheet.iter_rows(min_row=4, values_only=True))
    record = read_workbook(master).record
    assert [line[4] for line in lines] == [
        "（部门整体）", *(project["name"] for project in record["projects"])
    ]  # fmt: skip
    findings = faults(master)
    assert sum(line[6] for line in lines) == sum(f.severity == "error" for f in findings)
    by_name = {line[4]: line for line in lines}
    assert by_name["专项补助"][13] in ("中", "差")
    assert "比率" in by_name["专项补助"][10]
    assert all(line[13] in ("优", "良", "中", "差") and line[14] for line in lines)
    assert all(line[15] is None and line[16] is None for line in lines)
    assert sheet.data_validations.dataValidation[0].formula1 == '"优,良,中,差"'


def test_nothing_is_written_over_what_is_checked(small_master: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(small_master.read_bytes())
    for option in ("--annotate", "--review"):
        assert run(["validate", str(copy), option, str(copy)]) == 2
    assert copy.read_bytes() == small_master.read_bytes()
