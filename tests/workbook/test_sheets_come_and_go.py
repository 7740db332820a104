"""Project sheets deleted, copied, renamed and moved without Python: totals stay right at once.

The workbook has three projects, all of unit 333001: 6,400.00, 318,480.00 and 240,000.00 yuan, with
9 indicators each (4 output, 4 benefit, 1 satisfaction) and half of the money planned by June.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.masters import put_master
from tests.office import Office
from xlperf.canonical import canonical
from xlperf.jobs.fix_repair.repair_file import detect, repair
from xlperf.reading import Place
from xlperf.record import Raw
from xlperf.rules import catalogue
from xlperf.rules.core import run
from xlperf.workbook.package.open_safely import open_book
from xlperf.workbook.read import read_workbook, reading_of

pytestmark = pytest.mark.office

FIRST, SECOND, THIRD = "01 专项补助（人防）", "02 人防业务费", "03 城乡建设业务费"
SUMMARY, OWN, COPY = "汇总", "部门整体", "另一张表 (2)"
NAMES = ("XP_BUDGET", "XP_PLAN_06", "XP_PROJECTS")


@dataclass
class Shown:
    """What the summary shows."""

    totals: list[Any]
    rows: list[list[str]]

    def line(self, text: str) -> list[str]:
        """The line that has a text in one of its first four columns."""
        return next(row for row in self.rows if text in row[:4])


@pytest.fixture
def shown(office: Office, small_master: Path):
    def show(*steps: dict, book: Path = small_master) -> Shown:
        questions = [{"do": "named", "name": name} for name in NAMES]
        *totals, rows, errors = office.look(
            book, *steps, *questions, {"do": "rows", "sheet": SUMMARY}, {"do": "errors"}
        )[len(steps) :]
        assert errors == []
        return Shown(totals, rows)

    return show


@pytest.fixture
def edited(office: Office, small_master: Path, tmp_path: Path) -> Callable[[dict], Path]:
    """The workbook after a step in LibreOffice, as a file."""

    def edit(step: dict) -> Path:
        office.edit(small_master, tmp_path / "edited.xlsx", step, charts=True)
        return tmp_path / "edited.xlsx"

    return edit


def delete(*titles: str) -> list[dict]:
    return [{"do": "delete_sheet", "sheet": title} for title in titles]


def copy(title: str, position: int = 4) -> dict:
    return {"do": "copy_sheet", "sheet": title, "name": COPY, "position": position}


def move(title: str, position: int) -> dict:
    return {"do": "move_sheet", "sheet": title, "position": position}


def text(sheet: str, cell: str, value: str) -> dict:
    return {"do": "text", "sheet": sheet, "cell": cell, "value": value}


@pytest.mark.parametrize(
    ("gone", "budget", "june", "left"),
    [
        ([FIRST], 558480.00, 279240.00, 2),
        ([SECOND], 246400.00, 123200.00, 2),
        ([THIRD], 324880.00, 162440.00, 2),
        ([FIRST, SECOND, THIRD], 0, 0, 0),
    ],
    ids=["first", "middle", "last", "all"],
)
def test_a_deleted_sheet_is_in_no_total_and_no_count(
    shown, gone: list[str], budget: float, june: float, left: int
) -> None:
    summary = shown(*delete(*gone))
    assert summary.totals == [budget, june, left]
    unit = summary.line("333001")
    assert (unit[4], unit[8], unit[11]) == (f"{budget:,.2f}", f"{june:,.2f}", str(left))
    assert (unit[14], unit[15], unit[16]) == (str(4 * left), str(4 * left), str(left))
    assert summary.line("未归入以上单位")[4] == "0.00"
    quiet = [row for row in summary.rows if row[2] == "表已删除"]
    assert len(quiet) == len(gone) and not any(any(row[4:12]) for row in quiet)


def test_a_copied_sheet_is_in_every_total_at_once_and_listed_when_its_title_is_written(
    shown,
) -> None:
    summary = shown(copy(SECOND))
    assert summary.totals == [883360.00, 441680.00, 4]
    assert summary.line("333001")[4] == "883,360.00"
    assert "1 张项目表已计入合计" in summary.rows[1][0]
    assert not any(COPY in row for row in summary.rows)

    listed = shown(copy(SECOND), text(SUMMARY, "C17", COPY))
    line = listed.line(COPY)
    assert (line[0], line[4], line[8], line[14]) == ("4", "318,480.00", "159,240.00", "4")
    assert (line[1], line[3]) == ("130303213LEX52GBA60DZ", "333001")
    assert (line[12], line[13]) == ("指标待定", "2")  # its own fault, and a code used twice
    assert listed.rows[1][0].startswith("本表数字")
    assert listed.totals == [883360.00, 441680.00, 4]


def test_a_copy_that_becomes_another_units_project_moves_to_that_units_total(shown) -> None:
    of_other_unit = [
        text(COPY, "A2", "333005 征收中心"),
        {"do": "number", "sheet": COPY, "cell": "C4", "value": 1000.5},
    ]
    summary = shown(copy(THIRD), *of_other_unit)
    assert summary.line("333001")[4] == "564,880.00"
    assert (summary.line("333005")[4], summary.line("333005")[11]) == ("1,000.50", "1")
    assert summary.totals[0] == 565880.50


def test_a_title_that_no_sheet_has_is_said_to_be_none(shown) -> None:
    line = shown(text(SUMMARY, "C17", "没有的表")).line("没有的表")
    assert (line[0], line[4], line[12]) == ("", "", "没有这张表")


def test_renamed_and_reordered_sheets_change_nothing(shown) -> None:
    renamed = {"do": "rename_sheet", "sheet": FIRST, "name": "改名 '了'"}
    moved = {"do": "move_sheet", "sheet": THIRD, "position": 1}
    summary = shown(renamed, moved)
    assert summary.totals == [564880.00, 282440.00, 3]
    assert [row[12] for row in summary.rows if row[0] in ("1", "2", "3")] == [
        "正常", "指标待定", "指标待定"
    ]  # fmt: skip


def test_a_sheet_behind_all_others_is_in_no_total_and_the_summary_says_where_it_belongs(
    shown,
) -> None:
    summary = shown({"do": "move_sheet", "sheet": FIRST, "position": 9})
    assert summary.totals == [558480.00, 279240.00, 2]
    assert "1 张项目表没有计入合计" in summary.rows[1][0]
    assert summary.line("部门合计")[12] == "未列入汇总"


@pytest.mark.parametrize("position", [0, 99], ids=["before the guide", "behind all"])
def test_a_copy_where_no_total_looks_is_said_by_a_validation(
    office: Office, small_master: Path, tmp_path: Path, position: int
) -> None:
    """Excel puts a copy before the first sheet if no other place is chosen."""
    path = tmp_path / "copied.xlsx"
    steps = [copy(FIRST, position), *({"do": "named", "name": name} for name in NAMES)]
    assert office.edit(small_master, path, *steps)[1:] == [564880.00, 282440.00, 3]
    reading = read_workbook(path)
    assert len(reading.record["projects"]) == 4
    hits = [finding for finding in run(reading, catalogue().values()) if finding.code == "STR045"]
    assert [(finding.place, finding.facts["sheet"]) for finding in hits] == [(Place(COPY), COPY)]
    assert hits[0].path == ("projects", 0 if position == 0 else 3)
    seen_carefully = reading_of(open_book(path), path).remarks
    assert [finding for finding in seen_carefully if finding.code == "STR045"] != []


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (copy(FIRST, 0), ([COPY, FIRST, SECOND, THIRD], [571280.00, 285640.00, 4])),
        (copy(FIRST, 99), ([FIRST, SECOND, THIRD, COPY], [571280.00, 285640.00, 4])),
        (move(SECOND, 0), ([SECOND, FIRST, THIRD], [564880.00, 282440.00, 3])),
        (move(FIRST, 99), ([SECOND, THIRD, FIRST], [564880.00, 282440.00, 3])),
    ],
    ids=["copied in front", "copied behind", "moved in front", "moved behind"],
)
def test_a_repair_puts_a_sheet_where_the_totals_count_it(
    shown, edited: Callable[[dict], Path], step: dict, expected: tuple[list[str], list[Any]]
) -> None:
    order, totals = expected
    path = edited(step)
    mended = path.with_name("mended.xlsx")
    before = read_workbook(path).record
    assert "uncounted" in {damage.kind for damage in repair(path, mended).damages}
    assert read_workbook(mended).record == before
    assert [title for title in open_book(mended).sheetnames if title in order] == order
    assert shown(book=mended).totals == totals
    assert [damage for damage in detect(mended) if not damage.is_note] == []


def test_sheets_that_are_counted_are_not_spoken_of(
    office: Office, small_master: Path, tmp_path: Path
) -> None:
    path = tmp_path / "copied.xlsx"
    office.edit(small_master, path, copy(FIRST, 1), copy_as(SECOND, "草稿", 5))
    assert "STR045" not in {remark.code for remark in read_workbook(path).remarks}


def copy_as(title: str, name: str, position: int) -> dict:
    return {**copy(title, position), "name": name}


@pytest.mark.parametrize(
    "steps",
    [
        [{"do": "insert_columns", "sheet": FIRST, "col": 3}],
        [{"do": "insert_columns", "sheet": SECOND, "col": 1}],
        [{"do": "delete_columns", "sheet": FIRST, "col": 8}],
        [{"do": "insert_rows", "sheet": FIRST, "row": 1, "count": 3}],
    ],
    ids=["column inside", "column left", "column beside deleted", "rows above"],
)
def test_columns_and_rows_that_come_and_go_leave_the_numbers_where_the_totals_look(
    shown, steps: list[dict]
) -> None:
    summary = shown(
        *[{"do": "unprotect", "sheet": FIRST}, {"do": "unprotect", "sheet": SECOND}], *steps
    )
    assert summary.totals == [564880.00, 282440.00, 3]
    assert summary.line("专项补助（人防）")[4] == "6,400.00"
    assert summary.line("部门合计")[12] == "有问题"


def test_a_unit_that_is_added_or_gets_another_code_has_its_own_line_at_once(shown) -> None:
    added = [
        {"do": "insert_rows", "sheet": OWN, "row": 8},
        text(OWN, "B8", "333009"),
        text(OWN, "C8", "新单位"),
        text(SECOND, "A2", "333009 新单位"),
    ]
    summary = shown(*added)
    assert summary.line("333009")[2:5] == ["新单位", "", "318,480.00"]
    assert (summary.line("333001")[4], summary.line("333001")[11]) == ("246,400.00", "2")

    recoded = shown(text(OWN, "B6", "333007"))
    assert (recoded.line("333007")[4], recoded.line("未归入以上单位")[4]) == ("0.00", "564,880.00")
    assert recoded.line("未归入以上单位")[12] == "有问题"
    assert recoded.totals[0] == 564880.00


@pytest.mark.long
def test_sixty_projects_of_seven_units_are_added_up(shown, small: Raw, tmp_path: Path) -> None:
    units = [{"code": f"33300{n}", "name": f"单位{n}"} for n in range(1, 8)]
    first = small["projects"][0]
    projects = [
        {**first, "name": f"项目{n}", "code": f"130303213GA2H9SH8U{n:03d}",
         "unit": f"33300{1 + n % 7}", "budget": 100 + n, "fiscal": 100 + n}
        for n in range(60)
    ]  # fmt: skip
    book = tmp_path / "sixty.xlsx"
    put_master(canonical({**small, "units": units, "projects": projects}), book)
    summary = shown(*delete("01 项目0"), book=book)
    # 60 × 100 + 0 + 1 + ... + 59 = 7,770, without the first of 100; of unit 1 are 7, 14, ... 56
    assert summary.totals == [7670.00, 3835.00, 59]
    assert (summary.line("333001")[4], summary.line("333001")[11]) == ("1,052.00", "8")
