"""Every button clicked on a real workbook: what it does, how often it asks Excel, what it says."""

from __future__ import annotations

import json
import platform
import shutil
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.books import cells_of
from tests.live import model, pywin32
from tests.live.conftest import Excel
from xlperf import wording
from xlperf.jobs.inputs.open_any import open_any, read_record
from xlperf.jobs.validation.annotating import annotate
from xlperf.jobs.validation.validating import check
from xlperf.layout.addresses import to_box
from xlperf.live import actions, ribbon
from xlperf.live.book.reading import read_book
from xlperf.live.buttons import file_actions
from xlperf.live.com.objects import active_cell
from xlperf.plan import SEVERITY_FILLS, Plan
from xlperf.workbook.read import read_workbook

FORMS = 12  # sheets of the sample that hold a form
GOALS = ("01 专项补助（人防）", "02 人防业务费", "03 城乡建设业务费")  # of the small record
FINDINGS, MARKS = "问题清单", "_marks"


# 28 findings with a cell of their own, and 102 other places of eight of them: 9 spending plans,
# 37 + 15 + 11 + 11 + 17 + 1 bases that say nothing, 1 month
MARKED = 28 + 102


def budget(notes: int = 0, forms: int = FORMS, fixed: int = 40) -> int:
    """Round trips of a click without the add-in's macros (with them: `test_batch_macro`)."""
    return fixed + 25 * forms + 4 * notes


def fresh(excel: Excel, source: Path, folder: Path, name: str = "绩效文本.xlsx") -> Any:
    return excel.open(Path(shutil.copy(source, folder / name)))


def fills(book: Any) -> dict[tuple[str, str], int]:
    """The colours of marks in a live book."""
    ours = {int(c[4:] + c[2:4] + c[:2], 16) for c in SEVERITY_FILLS.values()}
    colours = {}
    with pywin32.at_home():
        for sheet in pywin32.bare(book.api).Worksheets.members():
            noted = [(row, col) for row, col, _ in sheet.do("notes")]
            for (row, col), colour in zip(noted, model.colours(sheet, noted), strict=True):
                if colour in ours:
                    colours[sheet.title, f"{model.letters(col)}{row}"] = colour
    return colours


def notes(book: Any) -> dict[tuple[str, str], str]:
    with pywin32.at_home():
        return {
            (sheet.title, f"{model.letters(col)}{row}"): text
            for sheet in pywin32.bare(book.api).Worksheets.members()
            for row, col, text in sheet.do("notes")
        }


def still(excel: Excel) -> None:
    """Nothing of Excel's state has been left changed, and no text was typed anew."""
    app = excel.app
    with pywin32.at_home():
        assert (app.ScreenUpdating, app.EnableEvents, app.DisplayAlerts) == (True, True, True)
        assert app.Calculation == model.AUTOMATIC
        assert app.StatusBar is False
    assert model.HAZARDS == []


@pytest.mark.long
def test_validating_marks_and_lists_and_a_second_time_changes_nothing(
    excel: Excel, opened: Any
) -> None:
    excel.click("validate_workbook", opened)
    still(excel)
    assert [box[0] for box in excel.boxes] == ["共 7 个错误，0 个警告，21 条提示。"]
    marked, noted = fills(opened), notes(opened)
    assert len(noted) == len(marked) == MARKED
    assert len(excel.trips) <= budget(MARKED, fixed=140)  # the list has 17 columns
    listed = opened.sheets[FINDINGS].range("A1:H31").api.Value2
    assert opened.sheets.active.name == FINDINGS and len(opened.sheets) == 18
    excel.click("validate_workbook", opened)
    still(excel)
    assert (fills(opened), notes(opened)) == (marked, noted)
    assert opened.sheets[FINDINGS].range("A1:H31").api.Value2 == listed
    assert len(excel.trips) <= budget(2 * MARKED)
    excel.click("next_finding", opened)
    assert len(excel.trips) <= 70
    assert opened.sheets.active.name == "部门整体" and excel.boxes[0][0].startswith("部门整体!F12")
    excel.click("previous_finding", opened)
    assert excel.boxes[0][0].startswith("11 专项补助!")
    excel.click("next_finding", opened)
    assert excel.boxes[0][0].startswith("部门整体!F12")
    excel.click("clear_marks", opened)
    still(excel)
    assert notes(opened) == fills(opened) == {}
    assert not {FINDINGS, MARKS} & {sheet.name for sheet in opened.sheets}
    assert len(excel.trips) <= budget(MARKED, fixed=60)
    excel.click("next_finding", opened)
    assert excel.boxes[0][0] == wording.text("zh", "error.live_no_marks")


@pytest.mark.usefixtures("both_ways")
def test_the_users_own_fill_and_note_come_back(excel: Excel, little: Any) -> None:
    sheet = little.sheets["部门整体"]
    with pywin32.at_home():
        cell = pywin32.bare(sheet.api).Range("F12")
        cell.Interior.Color = 0x00FF00
        cell.AddComment("我的批注")
    excel.click("validate_sheet", little)
    assert excel.boxes[0][0] == wording.text("zh", "error.live_not_a_form").format(sheet="汇总")
    sheet.activate()
    excel.click("validate_sheet", little)
    still(excel)
    assert excel.boxes[0][0].startswith("“部门整体”")
    assert {title for title, _ in fills(little)} == {"部门整体"}
    assert notes(little)["部门整体", "F12"].endswith("我的批注")
    assert notes(little)["部门整体", "F12"].startswith("错误 VAL415")
    excel.click("validate_sheet", little)
    assert notes(little)["部门整体", "F12"].count("我的批注") == 1
    excel.click("clear_marks", little)
    assert notes(little) == {("部门整体", "F12"): "我的批注"}
    with pywin32.at_home():
        assert pywin32.bare(sheet.api).Range("F12").Interior.Color == 0x00FF00


@pytest.mark.usefixtures("both_ways")
def test_a_note_of_the_users_own_stays_though_one_of_ours_was_deleted(
    excel: Excel, little: Any
) -> None:
    sheet = little.sheets["部门整体"]
    sheet.activate()
    excel.click("validate_sheet", little)
    marked = sorted(to_box(cell).at for _, cell in fills(little))
    with pywin32.at_home():
        cells = pywin32.bare(sheet.api)
        for row, col in marked:  # he takes our notes away, and writes one of his own
            model.Range(cells, [[row, col, 1, 1]]).ClearComments()
        cells.Range("F13").Value2 = "100"
        cells.Range("F13").AddComment("我的批注")
    excel.click("validate_sheet", little)
    still(excel)
    assert to_box("F13").at not in marked and ("部门整体", "F13") in fills(little)
    assert notes(little)["部门整体", "F13"].endswith("\n\n我的批注")
    excel.click("clear_marks", little)
    assert notes(little) == {("部门整体", "F13"): "我的批注"}


def test_the_first_marked_cell_of_a_sheet_is_shown(excel: Excel, little: Any) -> None:
    little.sheets["部门整体"].activate()
    excel.click("validate_sheet", little)
    marked = [to_box(cell).at for _, cell in fills(little)]
    assert active_cell(little) == ("部门整体", min(marked))
    excel.click("next_finding", little)
    assert active_cell(little) == ("部门整体", sorted(marked)[1])


def test_a_mended_cell_loses_its_mark_though_rows_have_moved(excel: Excel, little: Any) -> None:
    sheet = little.sheets["部门整体"]
    sheet.activate()
    excel.click("validate_sheet", little)
    assert ("部门整体", "F12") in fills(little)
    with pywin32.at_home():
        pywin32.bare(little.api).move_rows("部门整体", 3, 1)
        pywin32.bare(sheet.api).Range("F13").Value2 = "≥120件"
    excel.click("validate_sheet", little)
    assert ("部门整体", "F13") not in {**fills(little), **notes(little)}
    assert not [cell for cell in fills(little) if cell == ("部门整体", "F12")]


def test_file_and_live_book_are_marked_alike(
    excel: Excel, little: Any, small_master: Path, tmp_path: Path
) -> None:
    annotate(check(small_master), tmp_path / "file.xlsx")
    excel.click("validate_workbook", little)
    little.save()
    file, live = (load_workbook(tmp_path / name) for name in ("file.xlsx", "绩效文本.xlsx"))
    shown = [[s.title for s in b if s.sheet_state == "visible"] for b in (file, live)]
    assert shown[0] == shown[1] and set(file.sheetnames) == set(live.sheetnames)
    assert marks_of(file) == marks_of(live)
    wide = [{str(area) for area in book[FINDINGS].merged_cells.ranges} for book in (file, live)]
    assert wide[0] == wide[1] and wide[0]
    rows = [[list(r) for r in b[FINDINGS].iter_rows(values_only=True)] for b in (file, live)]
    linked = [[c if n != 4 else None for n, c in enumerate(row[:8])] for row in rows[1]]
    assert [[c if n != 4 else None for n, c in enumerate(row[:8])] for row in rows[0]] == linked
    places = [row[4] or "" for row in rows[0][3:]]
    links = [str(row[4] or "") for row in rows[1][3:]]
    assert [link.rpartition('"')[0].rpartition('"')[2] for link in links] == places
    back = read_workbook(tmp_path / "绩效文本.xlsx")
    assert back.record == read_workbook(small_master).record


def marks_of(book: Any) -> dict[tuple[str, str], tuple[str, str]]:
    """Marked cells of a file: fill and note."""
    return {
        (sheet.title, cell.coordinate): (cell.fill.fgColor.rgb, cell.comment.text)
        for sheet in book.worksheets
        for cell in cells_of(sheet)
        if cell.comment
    }


@pytest.mark.usefixtures("both_ways")
def test_marks_made_in_a_file_are_cleared_in_excel(
    excel: Excel, small_master: Path, tmp_path: Path
) -> None:
    annotate(check(small_master), tmp_path / "file.xlsx")
    book = excel.open(tmp_path / "file.xlsx")
    excel.click("clear_marks", book)
    assert notes(book) == fills(book) == {}


def test_safe_fixes_go_in_as_texts(excel: Excel, opened: Any) -> None:
    sheet = pywin32.bare(opened.sheets["02 人防业务费"].api)
    with pywin32.at_home():
        for cell, text in {"F11": "≧ ９０ ％", "F12": "＝１００％", "C4": "318480"}.items():
            sheet.do("set_values", box=model._area(cell), rows=[[text]])
    excel.click("fix_safe", opened)
    still(excel)
    assert len(excel.trips) <= budget()
    with pywin32.at_home():
        assert sheet.Range("F11").Value2 == "≥90%"
        assert sheet.Range("F12").Value2 == "=100%" == sheet.Range("F12").Formula
        assert sheet.Range("C4").Value2 == "318480"
    question, answer = (box[0] for box in excel.boxes)
    lines = ["02 人防业务费!F11：≧ ９０ ％ → ≥90%", "02 人防业务费!F12：＝１００％ → =100%"]
    assert "将改正 2 个单元格" in question and all(line in question for line in lines)
    assert excel.boxes[0][2] & 1 and "已改正 2 个单元格" in answer and "改正记录" in answer
    assert opened.sheets.active.name == "改正记录"
    heads, *rows = opened.sheets["改正记录"].range("A1:E3").api.Value2
    assert heads[2:] == ("单元格", "原来的写法", "改后的写法")
    assert [row[1:] for row in rows] == [
        ("02 人防业务费", "F11", "≧ ９０ ％", "≥90%"),
        ("02 人防业务费", "F12", "＝１００％", "=100%"),
    ]


def put(book: Any, title: str, cell: str, text: str) -> None:
    """What somebody types."""
    with pywin32.at_home():
        sheet = pywin32.bare(book.sheets[title].api)
        sheet.do("set_values", box=model._area(cell), rows=[[text]])


def test_fixes_that_are_not_agreed_to_are_not_made(excel: Excel, little: Any) -> None:
    put(little, "02 人防业务费", "F11", "≧ ９０ ％")
    titles = [sheet.name for sheet in little.sheets]
    pywin32.BUTTONS[:] = [2]  # cancel
    excel.click("fix_safe", little)
    still(excel)
    assert [box[0] for box in excel.boxes][1:] == [wording.text("zh", "live.not_mended")]
    assert [sheet.name for sheet in little.sheets] == titles
    assert little.sheets["02 人防业务费"].range("F11").api.Value2 == "≧ ９０ ％"
    writing = {member for kind, _, member in excel.trips if kind == "put"}
    assert writing <= {"ScreenUpdating", "EnableEvents", "Calculation"}


@pytest.mark.usefixtures("both_ways")
def test_the_list_of_fixes_grows_and_is_no_part_of_the_record(
    excel: Excel, little: Any, tmp_path: Path
) -> None:
    for text in ("≧ ９０ ％", "≧ ８０ ％"):
        put(little, "02 人防业务费", "F11", text)
        excel.click("fix_safe", little)
        still(excel)
    listed = little.sheets["改正记录"].range("D1:E4").api.Value2
    assert listed[1:] == (("≧ ９０ ％", "≥90%"), ("≧ ８０ ％", "≥80%"), (None, None))
    excel.click("fix_safe", little)
    assert [box[0][:11] for box in excel.boxes] == ["没有可以自动改正的写法"]
    live = read_book(little)
    little.save()
    file = read_workbook(tmp_path / "绩效文本.xlsx")
    assert file.record == live.record and "leftovers" not in file.record


def test_a_project_is_added_with_everything_and_summed(
    excel: Excel, opened: Any, tmp_path: Path
) -> None:
    excel.click("add_project", opened)
    still(excel)
    assert excel.boxes[0][0].startswith("已增加空白项目表“12 新项目”")
    assert len(excel.trips) <= 3 * budget()
    assert opened.sheets.active.name == "12 新项目"
    summary = pywin32.bare(opened.sheets["汇总"].api)
    with pywin32.at_home():
        rows = summary.Range("A14:Q25").Value2
        assert [row[0] for row in rows] == [float(n) for n in range(1, 13)]
        assert rows[-1][12] == "未填全" and rows[0][12] == "正常"
        assert summary.Range("E10:L10").Value2[0][0] == 7804247.0
        assert summary.ProtectContents and summary.guard.allowed["AllowFormattingCells"]
        new = pywin32.bare(opened.sheets["12 新项目"].api)
        assert new.Range("A1").Value2 == "12.绩效目标表" and new.Range("C4").Value2 is None
        assert new.ProtectContents
        new.Range("B3").Value2 = "130303213GA2H9SH8UW5X"
        new.Range("E3").Value2 = "新设项目"
        new.Range("C4").Value2 = 1000
    opened.save()
    record = read_workbook(tmp_path / "绩效文本.xlsx").record
    assert record["projects"][11]["name"] == "新设项目"
    assert len(record["projects"]) == 12


def test_the_summary_follows_sheets_that_were_copied_or_deleted(excel: Excel, opened: Any) -> None:
    with pywin32.at_home():
        book = pywin32.bare(opened.api)
        sheet = model.Worksheet(book, "01 专项补助（人防）")
        sheet.Copy(None, sheet)
        model.Worksheet(book, "05 警报器安装及维护所需经费").Delete()
        model.Worksheet(book, "06 车辆保险费（住建局）").Delete()
    excel.click("refresh_summary", opened)
    still(excel)
    assert excel.boxes[0][0] == "汇总已更新，共 10 个项目。"
    assert len(excel.trips) <= budget() + 100
    with pywin32.at_home():
        rows = model.Worksheet(book, "汇总").Range("A14:M23").Value2
    names = [row[2] for row in rows]
    assert names[:2] == ["专项补助（人防）", "专项补助（人防）"]
    assert "警报器安装及维护所需经费" not in names and names[-1] == "专项补助"
    assert [row[12] for row in rows[:2]] == ["正常", "编码重复"]  # the later one is said


@pytest.mark.parametrize("button", ["refresh_summary", "add_project"])
def test_a_workbook_of_another_version_is_not_given_formulas_of_this_one(
    excel: Excel, little: Any, button: str
) -> None:
    with pywin32.at_home():
        book = pywin32.bare(little.api)
        entries = model.Worksheet(book, "_xlperf").Range("A1:B40")
        (row,) = (n for n, line in enumerate(entries.Value2, 1) if line[0] == "xlperf")
        model.Worksheet(book, "_xlperf").Range(f"B{row}").Value2 = "0.5.0"
        before = model.Worksheet(book, "汇总").Range("A1:M25").Formula
    excel.click(button, little)
    assert "0.5.0" in excel.boxes[0][0] and "repair" in excel.boxes[0][0]
    with pywin32.at_home():
        assert model.Worksheet(book, "汇总").Range("A1:M25").Formula == before
        assert "04 新项目" not in [sheet.title for sheet in book.Worksheets.members()]


def test_the_record_goes_beside_the_book(excel: Excel, little: Any, tmp_path: Path) -> None:
    excel.click("export_record", little)
    assert len(excel.trips) <= budget()
    there = tmp_path / "department.json"
    assert read_record(there).record == read_workbook(tmp_path / "绩效文本.xlsx").record
    assert str(there) in excel.boxes[0][0] and json.loads(there.read_text("utf-8"))
    there.write_text("mine", encoding="utf-8")
    excel.click("export_record", little)
    assert there.read_text("utf-8") == "mine"
    message = excel.boxes[0][0]
    assert str(tmp_path / "department (2).json") in message and "“department.json”没有动" in message
    assert read_record(tmp_path / "department (2).json").record["projects"]


def test_word_is_written_from_what_is_on_the_screen(
    excel: Excel, little: Any, tmp_path: Path
) -> None:
    with pywin32.at_home():
        pywin32.bare(little.sheets["02 人防业务费"].api).Range("B5").Value2 = "只在屏幕上的用途"
    excel.click("publish_word", little)
    target = tmp_path / "绩效文本.docx"
    assert str(target) in excel.boxes[0][0]
    back = open_any(target).record
    assert back["projects"][1]["purpose"] == "只在屏幕上的用途"
    before = target.read_bytes()
    excel.click("publish_word", little)
    assert target.read_bytes() == before and (tmp_path / "绩效文本 (2).docx").exists()
    assert "“绩效文本.docx”没有动" in excel.boxes[0][0]


def test_a_folder_is_rolled_up_and_the_result_opened(
    excel: Excel, little: Any, tmp_path: Path
) -> None:
    excel.app.answers[:] = [None, tmp_path]
    excel.click("rollup_folder", little)
    assert excel.boxes == []
    excel.click("rollup_folder", little)
    still(excel)
    assert excel.boxes[0][0].startswith("已汇总 1 个文件，0 个未汇入")
    assert excel.app.books[-1].Name == "绩效汇总.xlsx"
    assert ("put", "Application", "StatusBar") in excel.trips
    excel.app.answers[:] = [tmp_path]
    excel.click("rollup_folder", little)
    assert excel.boxes[0][0].startswith("已汇总 1 个文件")
    assert excel.app.books[-1].Name == "绩效汇总 (2).xlsx"


def test_a_document_is_imported_and_opened(excel: Excel, little: Any, tmp_path: Path) -> None:
    excel.click("publish_word", little)
    excel.app.answers[:] = [tmp_path / "绩效文本.docx"]
    excel.click("import_document", little)
    made = excel.app.books[-1]
    assert made.Name == "绩效文本 (2).xlsx" and made.FullName in excel.boxes[0][0]
    projects = read_workbook(Path(made.FullName)).record["projects"]
    assert len(projects) == 3


@pytest.mark.long
def test_stages_are_begun_in_copies_and_opened(excel: Excel, little: Any, tmp_path: Path) -> None:
    source = tmp_path / "绩效文本.xlsx"
    before = source.read_bytes()
    excel.click("begin_monitoring", little)
    still(excel)
    question, answer = (box[0] for box in excel.boxes)
    assert "2021-07-31" in question and "新增3张项目表和一张汇总表" in answer
    monitored = excel.app.books[-1]
    assert monitored.Name == "绩效文本 监控7月.xlsx" and monitored.FullName in answer
    assert monitored.titles()[6:10] == ["监控汇总", *(f"监控 {title}" for title in GOALS)]
    excel.click("begin_evaluation", excel.book(monitored))
    still(excel)
    assert ["新增3张项目表和一张汇总表" in box[0] for box in excel.boxes] == [True]
    assert excel.app.books[-1].Name == "绩效文本 监控7月 自评.xlsx"
    record = read_workbook(tmp_path / "绩效文本 监控7月 自评.xlsx").record
    codes = [project["code"] for project in record["projects"]]
    stages = [(stage["kind"], stage.get("until")) for stage in record["stages"]]
    assert stages == [("monitoring", "2021-07-31"), ("self-evaluation", None)]
    assert [[p["code"] for p in stage["projects"]] for stage in record["stages"]] == [codes] * 2
    excel.click("begin_monitoring", excel.book(monitored))  # the same again: nothing is missing
    there = wording.text("zh", "error.stage_there_until")
    assert excel.boxes[1][0] == there.format(file=monitored.FullName, until="2021-07-31")
    assert len(list(tmp_path.iterdir())) == 3 and source.read_bytes() == before


def test_a_monitoring_that_is_not_agreed_to_is_not_begun(
    excel: Excel, little: Any, tmp_path: Path
) -> None:
    pywin32.BUTTONS[:] = [2]  # cancel
    excel.click("begin_monitoring", little)
    still(excel)
    assert [box[0] for box in excel.boxes][1:] == [wording.text("zh", "live.not_begun")]
    assert [path.name for path in tmp_path.iterdir()] == ["绩效文本.xlsx"]


def test_a_stage_begins_from_what_is_saved_and_nothing_less(
    excel: Excel, little: Any, tmp_path: Path
) -> None:
    put(little, GOALS[1], "B5", "还没有保存的用途")
    refused = wording.text("zh", "error.live_changes_unsaved").format(file="绩效文本.xlsx")
    for button in ("begin_monitoring", "begin_evaluation"):  # before anything is asked
        excel.click(button, little)
        still(excel)
        assert [box[0] for box in excel.boxes] == [refused]
    assert [path.name for path in tmp_path.iterdir()] == ["绩效文本.xlsx"]
    little.save()
    (tmp_path / "绩效文本 自评.xlsx").write_bytes(b"mine")
    excel.click("begin_evaluation", little)
    assert (tmp_path / "绩效文本 自评.xlsx").read_bytes() == b"mine"
    projects = read_workbook(tmp_path / "绩效文本 自评 (2).xlsx").record["projects"]
    assert projects[1]["purpose"] == "还没有保存的用途"


@pytest.mark.parametrize(
    ("year", "today", "day"),
    [
        (2021, "2021-08-01", "2021-07-31"),
        (2021, "2021-08-31", "2021-07-31"),  # August is not over
        (2024, "2024-03-15", "2024-02-29"),
        (2021, "2021-01-20", "2021-07-31"),  # no month is over
        (2021, "2022-02-01", "2021-07-31"),  # another year
        (2022, "2021-11-01", "2022-07-31"),
        ("2021年", "2021-12-31", "2021-11-30"),
        ("", "2021-06-01", "2021-05-31"),
        (0, "2021-06-01", "2021-05-31"),
        ("明年", "2021-06-01", "2021-05-31"),
        (20210, "2021-06-01", "2021-05-31"),
    ],
)
def test_a_monitoring_looks_at_the_finished_months(year: Any, today: str, day: str) -> None:
    last_day = file_actions.monitoring_day({"fiscal_year": year}, date.fromisoformat(today))
    assert last_day.isoformat() == day


def test_about_names_versions_and_the_log(
    excel: Excel, untouched: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XLPERF_LOG_FOLDER", str(tmp_path))
    excel.click("about", untouched)
    message = excel.boxes[0][0]
    assert wording.text("zh", "live.asked_outside") in message
    assert f"Python {platform.python_version()}（{sys.executable}）" in message
    assert "xlwings 0.37.8" in message and str(tmp_path / "xlperf" / "xlperf.log") in message
    assert len(excel.trips) <= 30


@pytest.mark.parametrize("language", ["zh", "en"])
def test_buttons_speak_the_users_language(
    excel: Excel, untouched: Any, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("XLPERF_LANG", language)
    excel.click("next_finding", untouched)
    assert excel.boxes[0][0] == wording.text(language, "error.live_no_marks")


def test_an_action_answers_with_its_plan(excel: Excel, opened: Any) -> None:
    plan = excel.click(lambda: actions.validate_workbook(opened), opened)
    assert isinstance(plan, Plan) and len(plan.marks) == len(plan.entries) == MARKED


def test_there_is_one_function_for_every_action_of_the_contract() -> None:
    assert len(ribbon.ACTIONS) == 16
    for name in ribbon.ACTIONS:
        assert callable(getattr(actions, name))


@pytest.mark.parametrize("name", ["_judged", "validate", "", "xw"])
def test_nothing_but_a_button_can_be_clicked(excel: Excel, untouched: Any, name: str) -> None:
    excel.click(name, untouched)
    assert excel.boxes[0][0] == wording.text("zh", "error.live_no_action").format(name=name)
