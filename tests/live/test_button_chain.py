"""One unbroken line for every button: ribbon's XML, VBA, the command for Python, the workbook.

LibreOffice runs the Sub that the XML names; the string that it hands to RunPython is executed,
exactly as it is, over the stand-in for Excel, in which the add-in's own macros answer; what is
asserted stands in the workbook afterwards.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.addin.test_callbacks import BUTTONS, call, with_recorder
from tests.live import pywin32
from tests.live.conftest import Excel
from tests.live.macros import Macros
from tests.live.test_actions import fills, notes, still
from tests.office import Office
from xlperf.addin.xlam import build, package
from xlperf.canonical import dumps
from xlperf.jobs.inputs.open_any import open_any, read_record
from xlperf.wording import text
from xlperf.workbook.read import read_workbook

DEPARTMENT, LIST, SUMMARY = "部门整体", "问题清单", "汇总"
FIRST, SECOND, LAST = "01 专项补助（人防）", "02 人防业务费", "03 城乡建设业务费"
ADDED = "04 新项目"
MARKED = 39  # cells: those of 19 findings and their other places
PRESSED = [button.attributes["id"] for button in BUTTONS]


@pytest.fixture(scope="module")
def commands(office: Office, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """By button what its macro hands to RunPython, told by the macro itself."""
    path = tmp_path_factory.mktemp("宏") / "xlperf.xlam"
    path.write_bytes(package.write(with_recorder(build.build(build.macros()))))
    answers = call(office, path, [("Hand.Press", name) for name in PRESSED])
    once = [answer.partition(" ") for answer in answers]
    assert {count for count, _, _ in once} == {"1"}
    return {button: command for button, (_, _, command) in zip(PRESSED, once, strict=True)}


@dataclass
class Desk:
    """Excel with the small record's workbook open, and the ribbon at hand."""

    excel: Excel
    book: Any
    folder: Path
    commands: dict[str, str]

    def press(self, button: str) -> str:
        """Press a button; what the last message box said, "" if there was none."""
        command = self.commands[button]
        self.excel.click(lambda: exec(command, {}), self.book)
        still(self.excel)
        assert len(self.excel.boxes) <= 1 + (button in ASKING)
        return self.excel.boxes[-1][0] if self.excel.boxes else ""

    def cell(self, title: str, address: str) -> Any:
        with pywin32.at_home():
            return pywin32.bare(self.book.sheets[title].api).Range(address)

    def here(self) -> str:
        """The sheet in front and its cell."""
        with pywin32.at_home():
            cell = self.excel.app.Selection
            return f"{cell.sheet.title}!{cell.Address.replace('$', '')}"

    def titles(self) -> list[str]:
        return [sheet.name for sheet in self.book.sheets]

    @property
    def saved(self) -> Path:
        return Path(self.book.fullname)


@pytest.fixture
def desk(
    excel: Excel, little: Any, tmp_path: Path, commands: dict[str, str], with_addin: Macros
) -> Desk:
    assert with_addin.addin.exists()
    return Desk(excel, little, tmp_path, commands)


def a_sheet_is_marked(desk: Desk) -> None:
    desk.book.sheets[DEPARTMENT].activate()
    assert desk.press("validate_sheet").startswith(f"“{DEPARTMENT}”")
    marked = fills(desk.book)
    assert (DEPARTMENT, "F12") in marked and {title for title, _ in marked} == {DEPARTMENT}
    assert notes(desk.book)[DEPARTMENT, "F12"].startswith("错误 VAL415")
    assert desk.here() == f"{DEPARTMENT}!B7" and LIST not in desk.titles()


def the_book_is_marked_and_listed_walked_through_and_cleared(desk: Desk) -> None:
    before = desk.titles()
    message = desk.press("validate_workbook")
    assert message == "共 4 个错误，2 个警告，13 条提示。"
    assert len(fills(desk.book)) == len(notes(desk.book)) == MARKED
    with pywin32.at_home():
        rows = desk.cell(LIST, "A4:H70").Value2
    numbers = [row[0] for row in rows if isinstance(row[0], float)]
    assert numbers == [*range(1, 20)]  # other lines are their other places
    assert desk.here() == f"{LIST}!A1"
    assert desk.press("next_finding").startswith(f"{DEPARTMENT}!B7")
    assert desk.here() == f"{DEPARTMENT}!B7"
    message = desk.press("previous_finding")
    assert desk.here().startswith(f"{LAST}!") and message.startswith(desk.here())
    assert desk.titles() != before
    assert str(MARKED) in desk.press("clear_marks")
    assert fills(desk.book) == notes(desk.book) == {} and desk.titles() == before


def a_badly_written_target_is_mended(desk: Desk) -> None:
    with pywin32.at_home():
        cell = desk.cell(SECOND, "F11")
        cell.do("set_values", box=cell.box, rows=[["≧ ９０ ％"]])
        others = desk.cell(SECOND, "A1:F10").Value2
    assert "1" in desk.press("fix_safe")
    with pywin32.at_home():
        assert desk.cell(SECOND, "F11").Value2 == "≥90%"
        assert desk.cell(SECOND, "A1:F10").Value2 == others


def the_summary_lists_a_copied_sheet(desk: Desk) -> None:
    with pywin32.at_home():
        sheet = pywin32.bare(desk.book.sheets[FIRST].api)
        sheet.Copy(None, sheet)
    assert desk.press("refresh_summary") == "汇总已更新，共 4 个项目。"
    with pywin32.at_home():
        rows = desk.cell(SUMMARY, "A14:C17").Value2
    assert [row[0] for row in rows] == [1.0, 2.0, 3.0, 4.0]
    assert [row[2] for row in rows].count("专项补助（人防）") == 2


def an_empty_form_is_added_and_listed(desk: Desk) -> None:
    assert desk.press("add_project").startswith(f"已增加空白项目表“{ADDED}”")
    with pywin32.at_home():
        assert desk.cell(SUMMARY, "A17:M17").Value2[0][12] == "未填全"
        assert desk.cell(ADDED, "C4").Value2 is None
    assert desk.here().startswith(f"{ADDED}!B3")


def the_folder_is_added_up_and_opened(desk: Desk) -> None:
    desk.excel.app.answers[:] = [desk.folder]
    assert desk.press("rollup_folder").startswith("已汇总 1 个文件，0 个未汇入")
    made = desk.excel.app.active
    assert made.Name == "绩效汇总.xlsx" and Path(made.FullName).parent == desk.folder
    with pywin32.at_home():
        rows = [row for sheet in made.Worksheets.members() for row in sheet.UsedRange.Value2]
    assert 564880.0 in {cell for row in rows for cell in row}


def the_official_document_lies_beside_the_book_and_becomes_another(desk: Desk) -> None:
    target = desk.saved.with_suffix(".docx")
    assert str(target) in desk.press("publish_word")
    assert len(open_any(target).record["projects"]) == 3
    desk.excel.app.answers[:] = [target]
    message = desk.press("import_document")
    made = desk.excel.app.active
    assert made.FullName in message and made.path != desk.saved
    assert len(read_workbook(made.path).record["projects"]) == 3


def the_record_lies_beside_the_book(desk: Desk) -> None:
    target = desk.folder / "department.json"
    assert str(target) in desk.press("export_record")
    assert read_record(target).record == read_workbook(desk.saved).record


def what_changed_is_listed_and_opened(desk: Desk) -> None:
    record = read_workbook(desk.saved).record
    record["projects"][0]["purpose"] += "、培训"
    before = desk.folder / "before.json"
    before.write_text(dumps(record), encoding="utf-8")
    desk.excel.app.answers[:] = [before]
    message = desk.press("compare_file")
    made = desk.excel.app.active
    assert "共 1 处变化：修改 1 处" in message and made.FullName in message


def versions_are_told(desk: Desk) -> None:
    message = desk.press("about")
    assert "xlwings 0.37.8" in message and "Microsoft Excel 16.0" in message
    assert text("zh", "live.asked_inside") in message


def stages_are_begun_in_copies(desk: Desk) -> None:
    for button, name, kind in (
        ("begin_monitoring", "绩效文本 监控7月.xlsx", "monitoring"),
        ("begin_evaluation", "绩效文本 自评.xlsx", "self-evaluation"),
    ):
        assert "新增3张项目表和一张汇总表" in desk.press(button)
        assert Path(desk.excel.app.active.FullName) == desk.folder / name
        (begun,) = read_workbook(desk.folder / name).record["stages"]
        assert (begun["kind"], len(begun["projects"])) == (kind, 3)


ASKING = ("fix_safe", "begin_monitoring")  # buttons that ask before they do it
WALKED = ("validate_workbook", "next_finding", "previous_finding", "clear_marks")
EFFECTS: dict[tuple[str, ...], Callable[[Desk], None]] = {  # by the buttons that are pressed
    ("validate_sheet",): a_sheet_is_marked,
    WALKED: the_book_is_marked_and_listed_walked_through_and_cleared,
    ("fix_safe",): a_badly_written_target_is_mended,
    ("refresh_summary",): the_summary_lists_a_copied_sheet,
    ("add_project",): an_empty_form_is_added_and_listed,
    ("rollup_folder",): the_folder_is_added_up_and_opened,
    ("publish_word", "import_document"): (
        the_official_document_lies_beside_the_book_and_becomes_another
    ),
    ("export_record",): the_record_lies_beside_the_book,
    ("compare_file",): what_changed_is_listed_and_opened,
    ("begin_monitoring", "begin_evaluation"): stages_are_begun_in_copies,
    ("about",): versions_are_told,
}


def test_every_button_of_the_ribbon_is_pressed_below() -> None:
    pressed = [button for buttons in EFFECTS for button in buttons]
    assert sorted(pressed) == sorted(PRESSED) and len(BUTTONS) == 16


@pytest.mark.office
@pytest.mark.parametrize("buttons", EFFECTS, ids=", ".join)
def test_buttons_of_the_ribbon_have_their_effect_in_the_workbook(
    desk: Desk, buttons: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    pressed = []
    press = desk.press
    monkeypatch.setattr(desk, "press", lambda button: pressed.append(button) or press(button))
    EFFECTS[buttons](desk)
    assert set(pressed) == {*buttons}
