"""Cells as people and other programs leave them: what is read from each, and what is said of it."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.masters import put_master
from xlperf.__main__ import run
from xlperf.canonical import canonical
from xlperf.errors import UserError
from xlperf.jobs.many_files.rolling_up import roll_up_files
from xlperf.jobs.validation.validating import check
from xlperf.layout.cell_values import parse_numbered, show_numbered
from xlperf.layout.number_formats import by_month, with_words
from xlperf.reading import Reading
from xlperf.record import Raw, amount, is_blank, share
from xlperf.workbook.package.open_safely import open_book
from xlperf.workbook.package.saving import save
from xlperf.workbook.read import read_workbook

FIRST = "01 专项补助（人防）"
DAY, MONTH = datetime.datetime(2021, 12, 20), datetime.datetime(2021, 12, 1)


@pytest.fixture(scope="module")
def one(small: Raw, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with one project."""
    path = tmp_path_factory.mktemp("one") / "one.xlsx"
    put_master(canonical({**small, "projects": small["projects"][:1]}), path)
    return path


@pytest.fixture
def changed(one: Path, tmp_path: Path) -> Callable[..., Reading]:
    """What is read after some cells of the project were changed: value, number format."""

    def change(cells: dict[str, tuple[Any, str]]) -> Reading:
        book = open_book(one)
        sheet = book[FIRST]
        assert isinstance(sheet, Worksheet)
        for at, (value, code) in cells.items():
            sheet[at].value = value
            sheet[at].number_format = code
        save(book, tmp_path / "changed.xlsx")
        return read_workbook(tmp_path / "changed.xlsx")

    return change


def noticed(reading: Reading) -> set[tuple[str, str]]:
    return {(remark.code, remark.place.cell) for remark in reading.remarks if remark.place}


def test_amounts_and_shares_kept_as_text_are_read_and_told(changed: Callable[..., Reading]) -> None:
    reading = changed({
        "C4": ("6\u00a0400.00", "@"), "E4": ("６４００\u200b", "@"), "G4": (" \n", "@"),
        "B7": ("25%", "@"), "C7": (50, "General"), "D7": (0.75, "0%"), "F7": ("\u3000", "@"),
    })  # fmt: skip
    project = reading.record["projects"][0]
    assert (project["budget"], project["fiscal"]) == (Decimal("6400.00"), Decimal(6400))
    assert "other" not in project
    assert project["spending_plan"] == {"03": 25, "06": 50, "10": 75}
    expected = {("AMT211", "C4"), ("AMT211", "E4"), ("AMT211", "B7"), ("AMT211", "C7")}
    assert noticed(reading) == expected


def test_numbers_and_dates_are_read_as_they_are_shown(changed: Callable[..., Reading]) -> None:
    reading = changed({
        "B3": (130303213000012345678, "0"), "C4": (6400, '0.00"元"'),
        "F10": (15, '0"人"'), "F11": (DAY, 'yyyy"年"m"月"d"日"'),
        "F12": (MONTH, 'yyyy"年"m"月"'), "F13": (MONTH, "yyyy-mm"), "F14": (DAY, 'yyyy"年"m"月"'),
    })  # fmt: skip
    project = reading.record["projects"][0]
    targets = [indicator["target"] for indicator in project["indicators"]][:5]
    assert targets == ["15人", "2021-12-20", "2021年12月", "2021-12", "2021-12-20"]
    assert project["budget"] == 6400
    assert ("COD111", "B3") in noticed(reading)


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ('0"人"', "15人"), ('#,##0.00"元"', "15元"), ('"约"0"人"', "约15人"), ("0\\人", "15人"),
        ("0.00", None), ("General", None), ('0!.0000"万元"', None), ("0.00_ ", None),
        ("¥#,##0", None), ("[DBNum2]0", None),
    ],
)  # fmt: skip
def test_words_of_a_number_format_belong_to_the_number(code: str, shown: str | None) -> None:
    content = with_words(15, code)
    assert (content if shown is None else content.text) == (15 if shown is None else shown)


def test_a_date_within_a_month_keeps_its_day() -> None:
    assert by_month(DAY, 'yyyy"年"m"月"') == DAY
    assert by_month(MONTH, '[$-804]yyyy"年"mm"月";@') == "2021年12月"
    assert by_month(MONTH, 'm"月"d"日"') == MONTH


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("6 400", 6400), ("6\u202f400\u200b", 6400), ("６，４００", 6400), ("+6400", 6400),
        ("64 00", None), ("6400元", None), ("6,400 000", None), ("\u200b", None),
    ],
)  # fmt: skip
def test_amounts_with_blanks_of_any_kind(text: str, value: int | None) -> None:
    assert amount(text) == value


def test_what_shows_nothing_is_blank() -> None:
    assert all(map(is_blank, (None, "", " \n\t", "\u3000\u00a0", "\u200b\ufeff")))
    assert not any(map(is_blank, (0, "0", "—", False)))
    assert share("25\u200b％") == 25


@pytest.mark.parametrize(
    ("content", "goals"),
    [
        ("（1）甲。\n（2）乙。", ["甲。", "乙。"]),
        ("1)甲\n2)乙", ["甲", "乙"]),
        ("1.甲。2.乙；3.丙。", ["甲。", "乙；", "丙。"]),
        ("(1)甲。 (2)乙。", ["甲。", "乙。"]),
        ("1.投入2.5万元。2.5万元不结转。", ["投入2.5万元。2.5万元不结转。"]),
        ("1.甲（1）子\n（2）子\n2.乙", ["甲（1）子\n（2）子", "乙"]),
    ],
)
def test_goals_numbered_in_other_ways(content: str, goals: list[str]) -> None:
    assert parse_numbered(content) == goals
    assert parse_numbered(show_numbered(goals)) == goals


@pytest.mark.parametrize("goals", [["甲。2.乙"], ["\u3000甲。2.乙。"], ["1.甲。2.乙"], ["（1）甲"]])
def test_one_goal_that_looks_like_several_comes_back_as_one(goals: list[str]) -> None:
    assert parse_numbered(show_numbered(goals)) == goals


def parts_changed(source: Path, target: Path, changes: dict[str, tuple[str, str]],
                  renamed: dict[str, str] | None = None, without: str = "") -> Path:  # fmt: skip
    """A file with texts replaced in some parts, parts under other names, one part left out."""
    done = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(done, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            for before, after in [changes[name]] if name in changes else []:
                assert before.encode() in text, before
                text = text.replace(before.encode(), after.encode())
            if name != without:
                new.writestr((renamed or {}).get(name, name), text)
    target.write_bytes(done.getvalue())
    return target


def test_number_formats_of_east_asian_editions_are_dates(one: Path, tmp_path: Path) -> None:
    book = open_book(one)
    book[FIRST]["F12"].value, book[FIRST]["F12"].number_format = 44550, "0.000000"
    book[FIRST]["F13"].value, book[FIRST]["F13"].number_format = 7, "0.0000000"
    save(book, tmp_path / "plain.xlsx")
    with zipfile.ZipFile(tmp_path / "plain.xlsx") as archive:
        styles = archive.read("xl/styles.xml").decode()
    path = tmp_path / "plain.xlsx"
    for code, other in (("0.000000", 31), ("0.0000000", 999)):
        tag = next(t for t in re.findall("<numFmt [^>]*>", styles) if f'"{code}"' in t)
        number = re.findall(r'numFmtId="(\d+)"', tag)[0]
        swap = (f'<xf numFmtId="{number}"', f'<xf numFmtId="{other}"')
        path = parts_changed(path, tmp_path / f"{other}.xlsx", {"xl/styles.xml": swap})
    targets = [
        indicator["target"] for indicator in read_workbook(path).record["projects"][0]["indicators"]
    ]
    assert targets[2:4] == ["2021-12-20", "7"]


def test_a_sheet_whose_part_is_missing_is_named(one: Path, tmp_path: Path) -> None:
    cut = parts_changed(one, tmp_path / "cut.xlsx", {}, without="xl/worksheets/sheet4.xml")
    with pytest.raises(UserError) as refused:
        read_workbook(cut)
    assert refused.value.key == "sheet_missing"
    assert refused.value.facts["sheet"] == FIRST
    assert run(["repair", str(cut), "-o", str(tmp_path / "mended.xlsx")]) == 2


def test_a_strict_workbook_is_called_strict(one: Path, tmp_path: Path) -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strict = {"xl/workbook.xml": (main, "http://purl.oclc.org/ooxml/spreadsheetml/main")}
    with pytest.raises(UserError) as refused:
        read_workbook(parts_changed(one, tmp_path / "strict.xlsx", strict))
    assert refused.value.key == "strict_workbook"


def test_the_first_part_may_have_any_name(one: Path, tmp_path: Path) -> None:
    names = {"xl/workbook.xml": "xl/workbook2.xml",
             "xl/_rels/workbook.xml.rels": "xl/_rels/workbook2.xml.rels"}  # fmt: skip
    changes = {"_rels/.rels": ("xl/workbook.xml", "xl/workbook2.xml"),
               "[Content_Types].xml": ("/xl/workbook.xml", "/xl/workbook2.xml")}  # fmt: skip
    other = parts_changed(one, tmp_path / "other.xlsx", changes, names)
    assert read_workbook(other).record == read_workbook(one).record
    assert run(["fix", str(other), "-o", str(tmp_path / "fixed.xlsx")]) == 0


def test_formulas_without_results_and_pictures_are_told_once(one: Path, tmp_path: Path) -> None:
    book = open_book(one)
    book[FIRST]["C4"].value = "=E4+G4"
    book[FIRST]["G10"].value = '=_xlfn.DISPIMG("ID_1",1)'
    book.save(tmp_path / "formulas.xlsx")
    reading = read_workbook(tmp_path / "formulas.xlsx")
    assert noticed(reading) == {("STR032", "C4"), ("STR033", "G10")}
    project = reading.record["projects"][0]
    assert project["budget"] == "=E4+G4"
    assert "basis" not in project["indicators"][0]


def test_struck_out_text_is_left_out_and_told(one: Path, tmp_path: Path) -> None:
    struck = "<r><rPr><strike/></rPr><t>12人</t></r><r><t>15人</t></r>"
    source = parts_changed(
        one, tmp_path / "struck.xlsx",
        {"xl/sharedStrings.xml": ("<si><t>15人</t></si>", f"<si>{struck}</si>")},
    )  # fmt: skip
    reading = read_workbook(source)
    assert reading.record["projects"][0]["indicators"][0]["target"] == "15人"
    assert ("STR034", "F10") in noticed(reading)


def test_a_third_and_a_blank_source_of_funds_can_be_added(one: Path, tmp_path: Path) -> None:
    book = open_book(one)
    book[FIRST]["B7"].value, book[FIRST]["G4"].value = 1 / 3, " "
    save(book, tmp_path / "third.xlsx")
    rolled = roll_up_files([tmp_path / "third.xlsx"])
    assert not rolled.set_aside
    assert rolled.totals.budget == Decimal("6400.00")
    assert rolled.totals.planned["03"] == Decimal("2133.33")
    assert rolled.totals.other == 0


def test_findings_speak_of_the_cell(one: Path, tmp_path: Path) -> None:
    book = open_book(one)
    book[FIRST]["C4"].value = "6,400.00"
    save(book, tmp_path / "text.xlsx")
    findings = [
        finding for finding in check(tmp_path / "text.xlsx").findings if finding.code == "AMT211"
    ]
    assert [finding.place.cell for finding in findings if finding.place] == ["C4"]
    assert "6,400.00" in findings[0].message
