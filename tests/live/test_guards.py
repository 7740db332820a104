"""Guards: what goes wrong around Excel is one sentence, and Excel is left as it was."""

from __future__ import annotations

import ast
import atexit
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.live import excel_members, model, pywin32
from tests.live.conftest import Excel
from tests.live.excel_members import MEMBERS
from tests.live.test_actions import fills, notes, still
from xlperf import live
from xlperf.errors import UserError
from xlperf.live import actions
from xlperf.live.book.reading import read_book
from xlperf.live.buttons import preconditions
from xlperf.live.com import objects as members
from xlperf.live.com.objects import LiveSheet
from xlperf.live.com.writing import quoted_text, write_texts
from xlperf.wording import text

DEPARTMENT = "部门整体"
TEXTS = (
    *("001", "1-1", "3/4", "50%", "=1+1", "+86", "-2", "@x", "'x", "2021年12月", "12:30", "￥5"),
    *("TRUE", "1e5", "≥90%", "（一）"),
)


def of(book: Any, title: str) -> model.Worksheet:
    return model.Worksheet(pywin32.bare(book.api), title)


def sheet_of(book: Any, title: str) -> LiveSheet:
    return LiveSheet(book.sheets[title].api, title)


def test_an_error_is_one_sentence_and_a_trace_in_a_log(
    excel: Excel, untouched: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(_: Any) -> Any:
        raise ZeroDivisionError("出错了")

    monkeypatch.setenv("XLPERF_LOG_FOLDER", str(tmp_path))
    monkeypatch.setattr(actions, "validate_workbook", broken)
    excel.click("validate_workbook", untouched)
    still(excel)
    ((message, title, _),) = excel.boxes
    log = tmp_path / "xlperf" / "xlperf.log"
    assert title == "xlperf" and str(log) in message and "Traceback" not in message
    assert "ZeroDivisionError: 出错了" in log.read_text(encoding="utf-8")


def test_nothing_is_written_before_the_whole_plan_exists(
    excel: Excel, untouched: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(_: Any) -> Any:
        raise RuntimeError

    monkeypatch.setenv("XLPERF_LOG_FOLDER", str(tmp_path))
    monkeypatch.setattr("xlperf.plan.plan", broken)
    excel.click("validate_workbook", untouched)
    still(excel)
    state = {"ScreenUpdating", "EnableEvents", "Calculation"}
    assert {member for kind, _, member in excel.trips if kind == "put"} <= state
    assert len(untouched.sheets) == 8


def test_money_in_a_currency_format_keeps_its_cents(excel: Excel, little: Any) -> None:
    sheet = of(little, "02 人防业务费")
    with pywin32.at_home():
        sheet.do("set_number_format", boxes=[[4, 3, 1, 1]], code="[$¥-804]#,##0.00")
        sheet.do("set_values", box=[4, 3, 1, 1], rows=[[12345.678912]])
        assert str(sheet.Range("C4").Value) == "12345.6789"  # what .value would have given
    reading = read_book(little)
    assert str(reading.record["projects"][1]["budget"]) == "12345.68"
    amounts = [remark.facts["written"] for remark in reading.remarks if remark.code == "AMT209"]
    assert [str(amount) for amount in amounts] == ["12345.678912"]


def test_errors_blanks_and_empty_texts_are_what_they_are(excel: Excel, little: Any) -> None:
    sheet = of(little, "02 人防业务费")
    with pywin32.at_home():
        for cell, formula in {"C4": "=1/0", "E4": "=NA()", "B5": '=""'}.items():
            sheet.do("set_number_format", boxes=[model._area(cell)], code="General")
            sheet.do("set_formulas", box=model._area(cell), rows=[[formula]])
        assert sheet.Range("C4").Value2 == -2146826281
    project = read_book(little).record["projects"][1]
    assert (project["budget"], project["fiscal"]) == ("#DIV/0!", "#N/A")
    assert "purpose" not in project


def test_texts_stay_texts(excel: Excel, little: Any) -> None:
    sheet = sheet_of(little, "02 人防业务费")
    with pywin32.at_home():
        of(little, "02 人防业务费").do("set_number_format", boxes=[[5, 2, 1, 1]], code="General")
    for cell in ("B5", "F11"):  # one of General format, one of text format
        for written in TEXTS:
            write_texts(sheet, {cell: written})
            with pywin32.at_home():
                assert of(little, sheet.title).Range(cell).Value2 == written
    assert model.HAZARDS == []


def test_the_stand_in_notices_texts_that_excel_would_type_anew(excel: Excel, little: Any) -> None:
    with pywin32.at_home():
        cell = of(little, DEPARTMENT).Range("AZ1")
        cell.Value2 = "1-1"
    assert model.HAZARDS == ["1-1"]
    assert quoted_text("1-1") == "'1-1" and quoted_text("人") == "人"


def test_a_sheet_under_our_own_protection_is_marked_and_stays_protected(
    excel: Excel, little: Any
) -> None:
    before = of(little, DEPARTMENT).guard.copy()
    assert before.on
    excel.click("validate_workbook", little)
    assert of(little, DEPARTMENT).guard == before


@pytest.mark.usefixtures("both_ways")
def test_a_stricter_protection_is_lifted_and_put_back(excel: Excel, little: Any) -> None:
    guard = of(little, DEPARTMENT).guard
    guard.objects, guard.allowed["AllowFormattingCells"] = True, False
    before = guard.copy()
    little.sheets[DEPARTMENT].activate()
    excel.click("validate_sheet", little)
    still(excel)
    assert (DEPARTMENT, "F12") in fills(little) and len(notes(little)) == len(fills(little))
    assert of(little, DEPARTMENT).guard == before


@pytest.mark.usefixtures("both_ways")
def test_a_password_is_named_and_never_asked_for(excel: Excel, little: Any) -> None:
    guard = of(little, DEPARTMENT).guard
    guard.password, guard.objects, guard.allowed["AllowFormattingCells"] = "秘密", True, False
    little.sheets[DEPARTMENT].activate()
    excel.click("validate_sheet", little)
    still(excel)
    assert excel.boxes[0][0] == text("zh", "error.live_password").format(sheet=DEPARTMENT)
    assert guard.on


def test_titles_of_31_characters_and_odd_signs_are_no_trouble(excel: Excel, little: Any) -> None:
    titles = ("01 " + "长" * 28, "它's “表”，(副本)！")
    for old, new in zip(("01 专项补助（人防）", "03 城乡建设业务费"), titles, strict=True):
        little.sheets[old].api.Name = new
    excel.click("validate_workbook", little)
    still(excel)
    assert {title for title, _ in fills(little)} >= set(titles)
    links = little.sheets["问题清单"].range("E4:E23").api.Formula
    assert any("它''s" in link for (link,) in links)
    excel.click("add_project", little)
    still(excel)
    excel.click("clear_marks", little)
    assert fills(little) == {}


def test_a_project_named_with_a_colon_gets_a_valid_title(
    excel: Excel, little: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xlperf.live.book.new_project.say", lambda key: "表:1/2?" + "长" * 40)
    excel.click("add_project", little)
    title = little.sheets.active.name
    assert title.startswith("04 表 1 2 长") and len(title) == 31


def test_a_book_that_was_never_saved_is_refused(excel: Excel) -> None:
    with pywin32.at_home():
        book = excel.book(model.Workbooks(excel.app).Add())
    excel.click("validate_workbook", book)
    assert excel.boxes[0][0] == text("zh", "error.live_unsaved")


def test_a_foreign_book_is_refused_in_one_sentence(excel: Excel, tmp_path: Path) -> None:
    with pywin32.at_home():
        made = model.Workbooks(excel.app).Add()
        made.SaveAs(str(tmp_path / "别的.xlsx"))
    excel.click("validate_workbook", excel.book(made))
    assert len(excel.boxes) == 1 and "别的.xlsx" in excel.boxes[0][0]


@pytest.mark.parametrize(
    ("name", "path"), [("WPS 表格", "C:\\x"), ("Microsoft Excel", "C:\\WPS Office")]
)
def test_wps_answering_for_excel_is_explained(
    excel: Excel, untouched: Any, name: str, path: str
) -> None:
    object.__setattr__(excel.app, "Name", name)
    object.__setattr__(excel.app, "Path", path)
    excel.click("validate_workbook", untouched)
    assert excel.boxes[0][0] == text("zh", "error.live_wps")
    assert len(excel.trips) < 20


def test_an_equals_sign_in_the_files_name_is_explained(
    excel: Excel, untouched: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["x", "--wb=a=b.xlsx", "--from_xl=1", "--hwnd=4711"])
    with pytest.raises(UserError, match="live_equals"):
        preconditions.caller()
    excel.click("validate_workbook", untouched)
    assert excel.boxes[0][0] == text("zh", "error.live_equals").format(file="a=b.xlsx")


@pytest.mark.usefixtures("both_ways")
def test_only_the_book_that_was_clicked_is_touched(
    excel: Excel, little: Any, small_master: Path, tmp_path: Path
) -> None:
    other = tmp_path / "另一本.xlsx"
    other.write_bytes(small_master.read_bytes())
    second = excel.open(other)  # now the active one
    excel.click("validate_workbook", little)
    assert len(fills(little)) == 39 and fills(second) == {}


def test_formatted_blanks_in_the_used_range_say_nothing(excel: Excel, little: Any) -> None:
    before = read_book(little).record
    with pywin32.at_home():
        sheet = of(little, "02 人防业务费")
        sheet.do("put", boxes=[[200, 60, 1, 1]], name="CellBackColor", value=0xFF0000)
        sheet.do("set_values", box=[201, 61, 1, 1], rows=[["　"]])
    assert read_book(little).record == before


def test_xlwings_neither_tries_for_ever_nor_ends_other_excels(
    excel: Excel, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone: list[Any] = []
    monkeypatch.setattr(atexit, "unregister", gone.append)
    members.limit_attempts()
    assert excel.engine.N_COM_ATTEMPTS == members.ATTEMPTS > 0
    assert gone == [excel.engine.cleanup]
    with pytest.raises(pywin32.ComError):
        _ = excel.engine.COMRetryObjectWrapper(excel.app).NoSuchMember


def test_every_member_of_excel_that_is_used_is_on_the_list() -> None:
    used = set()
    modules = Path(str(live.__file__)).parent.rglob("*.py")
    for module in (path for path in modules if path.name != "serving.py"):  # asks Excel nothing
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr[:1].isupper():
                used.add(node.attr)
    python = {"Book", "IGNORECASE", "MAXYEAR", "MB_ICONWARNING", "MINYEAR", "MessageBox",
              "N_COM_ATTEMPTS",
              "DIALOG_TITLE", "PublishedDocument", "Settings", "SheetAddresses",
              "XlwingsError"}  # fmt: skip
    as_data = excel_members.LINKS | excel_members.GETS | excel_members.PUTS | excel_members.CALLS
    assert (used - python) | as_data == MEMBERS
    model_members = {
        name for kind in vars(model).values() if isinstance(kind, type) for name in dir(kind)
    }
    assert MEMBERS - model_members == {"Item"}  # what a collection answers when it is called
