"""The summary and what surrounds the forms: statuses, charts, dropdowns, soft protection."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell
from openpyxl.chart import BarChart
from openpyxl.drawing.spreadsheet_drawing import TwoCellAnchor

from tests.masters import put_master
from tests.office import Office
from xlperf.canonical import canonical
from xlperf.record import Raw
from xlperf.rules import catalogue
from xlperf.rules.core import INFO, run
from xlperf.workbook.draw import summary
from xlperf.workbook.read import read_workbook
from xlperf.workbook.write import master_book

FIRST = "01 专项补助（人防）"
COPY = "副本"


def test_the_summary_has_charts_of_months_units_and_projects_and_a_filter(
    opened_master: Workbook,
) -> None:
    sheet = opened_master["汇总"]
    kinds = sorted(type(chart).__name__ for chart in sheet._charts)
    assert kinds == ["BarChart", "BarChart", "LineChart"]
    bars = (chart for chart in sheet._charts if isinstance(chart, BarChart))
    named = [
        sheet[series.tx.strRef.f.rpartition("!")[2]].value for bar in bars for series in bar.series
    ]
    assert named == ["财政资金", "其他资金"] * 2
    top, bottom = sheet.auto_filter.ref.split(":")
    assert [cell.value for cell in sheet[f"{top}:Q{top[1:]}"][0]][:3] == [
        "序号",
        "项目编码",
        "项目名称",
    ]
    assert bottom.startswith("Q") and int(bottom[1:]) - int(top[1:]) == 11 + 3  # spare


@pytest.mark.parametrize("projects", [1, 15, 16, 60])
def test_charts_lie_beside_one_another_whatever_the_fonts(small: Raw, projects: int) -> None:
    """Each is held by two cells below the tables; no cell is under two of them."""
    record = {**small, "projects": [small["projects"][0]] * projects}
    sheet = master_book(canonical(record))["汇总"]
    covered: list[tuple[int, int]] = []
    for chart in sheet._charts:
        held = chart.anchor
        assert isinstance(held, TwoCellAnchor)
        rows = range(held._from.row, held.to.row)  # from 0; the last one is outside
        covered += [(row, col) for row in rows for col in range(held._from.col, held.to.col + 1)]
    assert len(covered) == len(set(covered)) > 3 * 17
    assert min(row for row, _ in covered) > 11 + max(2, projects) - 1  # the table's last, from 0
    assert max(col for _, col in covered) == 16  # as wide as the table


def test_sixty_projects_are_upright_bars_with_their_numbers_and_two_are_named(small: Raw) -> None:
    def of_projects(projects: int) -> BarChart:
        record = {**small, "projects": [small["projects"][0]] * projects}
        sheet = master_book(canonical(record))["汇总"]
        (chart,) = (
            chart
            for chart in sheet._charts
            if isinstance(chart, BarChart)
            and chart.series[0].val.numRef.f.startswith("'汇总'!$F$14")
        )
        return chart

    many, few = of_projects(60), of_projects(2)
    assert (many.type, many.series[0].cat.numRef.f) == ("col", "'汇总'!$A$14:$A$76")
    assert (few.type, few.series[0].cat.numRef.f) == ("bar", "'汇总'!$C$14:$C$18")


def test_bars_too_thin_to_tell_apart_are_not_drawn(
    small: Raw, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summary, "MOST_BARS", 20)

    def charts_of(projects: int) -> int:
        record = {**small, "projects": [small["projects"][0]] * projects}
        return len(master_book(canonical(record))["汇总"]._charts)

    assert charts_of(20) == 3  # months, units, projects
    assert charts_of(21) == 2


def test_a_sheets_status_and_those_of_its_sections_have_the_same_colours(
    opened_master: Workbook,
) -> None:
    areas = opened_master[FIRST].conditional_formatting
    (rules,) = (area.rules for area in areas if str(area.sqref) == "J2 J5:J9")
    assert [(rule.formula[0], rule.dxf.fill.bgColor.rgb) for rule in rules] == [
        ('RIGHT($J2,2)="正常"', "FFE2EFDA"),
        ('RIGHT($J2,3)="未填全"', "FFFFF2CC"),
        ('RIGHT($J2,3)="需复核"', "FFFCE4D6"),
        ("LEN($J2)>0", "FFFFC7CE"),  # 有问题, 需修复
    ]


def test_codes_amounts_and_statuses_shrink_and_texts_keep_off_the_borders(
    opened_master: Workbook,
) -> None:
    sheet = opened_master["汇总"]
    code, name, amount, word = (sheet[f"{col}14"].alignment for col in "BCEM")
    for alignment in (code, amount, word):
        assert alignment.shrink_to_fit and not alignment.wrap_text
    assert (name.indent, amount.indent) == (1, 1) and name.wrap_text
    assert sheet.column_dimensions["B"].width >= 1.1 * 21 + 1  # 21 digits, a tenth to spare


def test_colours_of_the_checks_are_not_printed_and_checks_are_outside_of_what_is(
    opened_master: Workbook,
) -> None:
    form = opened_master[FIRST]
    assert form.page_setup.blackAndWhite
    assert form.print_area == f"'{FIRST}'!$A$1:$G$20"  # the check column is I


def test_every_sheet_is_protected_without_a_password_and_people_can_still_work(
    opened_master: Workbook,
) -> None:
    shown = [sheet for sheet in opened_master.worksheets if sheet.sheet_state == "visible"]
    assert len(shown) == 14  # guide, summary, department and eleven projects
    for sheet in shown:
        protection = sheet.protection
        assert protection.sheet and not protection.password
        for what in ("sort", "autoFilter", "formatColumns", "formatRows", "formatCells",
                     "insertRows", "deleteRows", "insertHyperlinks", "objects", "scenarios",
                     "selectLockedCells"):  # fmt: skip
            assert getattr(protection, what) is False, what


def test_labels_are_locked_inputs_are_free_and_whole_indicator_rows_can_be_deleted(
    opened_master: Workbook,
) -> None:
    sheet = opened_master[FIRST]
    assert sheet["A3"].protection.locked and sheet["D4"].protection.locked
    assert not sheet["B3"].protection.locked and not sheet["C4"].protection.locked
    free = [
        dimension
        for dimension in sheet.column_dimensions.values()
        if not dimension.protection.locked
    ]
    assert max(dimension.max for dimension in free) == 16_384


def test_no_cell_in_the_rows_of_a_list_is_locked(master: Path) -> None:
    # Excel deletes no row of a protected sheet that has a locked cell; one without a style is
    book = load_workbook(master, read_only=True)  # which shows merged cells as they are in the file
    lists = {FIRST: range(10, 25), "部门整体": (6, 7, *range(11, 41), *range(43, 54))}
    for title, rows in lists.items():
        lines = dict(enumerate(book[title].iter_rows(), 1))
        locked = [c.coordinate for row in rows for c in lines[row] if not _is_free(c)]
        assert not locked, title
    book.close()


def _is_free(cell: ReadOnlyCell | EmptyCell) -> bool:
    return isinstance(cell, EmptyCell) or not cell.protection.locked


def test_dropdowns_show_and_alerts_explain_but_nothing_is_forbidden(
    opened_master: Workbook,
) -> None:
    rules = opened_master[FIRST].data_validations.dataValidation
    listed = {rule.formula1 for rule in rules if rule.type == "list"}
    assert listed == {f"XPW_offer_{key}" for key in ("level1", "level2", "basis", "target")}
    assert {name for name in listed if name in opened_master.defined_names} == listed
    for rule in rules:
        assert rule.showInputMessage and rule.prompt and len(rule.prompt) <= 255
        assert len(rule.promptTitle) <= 32 and len(rule.error or "") <= 225
        assert not rule.showErrorMessage or rule.errorStyle == "warning"
    assert [rule.formula1 for rule in rules if "F12" in rule.cells] == ["XPW_offer_target"]


def test_no_check_is_taken_for_what_people_wrote(master: Path) -> None:
    assert "leftovers" not in read_workbook(master).record


@pytest.mark.office
def test_the_workbook_has_one_word_and_every_project_its_own(
    office: Office, small_master: Path
) -> None:
    word, rows, errors = office.look(
        small_master,
        {"do": "named", "name": "XP_STATUS"},
        {"do": "rows", "sheet": "汇总"},
        {"do": "errors"},
    )
    assert errors == []
    assert word == "有问题"
    lines = {row[2]: row for row in rows if row[0].isdigit() and len(row[0]) < 3}
    assert lines["专项补助（人防）"][12:17] == ["正常", "0", "4", "4", "1"]
    assert lines["人防业务费"][12] == "指标待定"
    assert int(lines["人防业务费"][13]) > 0


@pytest.mark.office
def test_an_inserted_row_is_checked_like_the_others(office: Office, small_master: Path) -> None:
    steps = [
        {"do": "insert_rows", "sheet": FIRST, "row": 12},
        {"do": "text", "sheet": FIRST, "cell": "B12", "value": "质量指标"},
        {"do": "text", "sheet": FIRST, "cell": "C12", "value": "新增指标"},
        {"do": "text", "sheet": FIRST, "cell": "F12", "value": "是/否"},
    ]
    before = {"do": "value", "sheet": FIRST, "cell": "J3"}
    first, *_, after, word, errors = office.look(
        small_master, before, *steps, before, {"do": "value", "sheet": FIRST, "cell": "J2"},
        {"do": "errors"},
    )  # fmt: skip
    assert (first, after) == ("", "3 处待处理，点此定位")  # undecided, no description, no basis
    assert word == "未填全"
    assert errors == []


@pytest.mark.office
def test_a_row_typed_below_the_table_and_a_deleted_row_are_followed(
    office: Office, small_master: Path, tmp_path: Path
) -> None:
    texts = {"A": "满意度指标", "B": "服务对象满意度指标", "C": "来访者满意度", "F": "是/否"}
    typed = [
        {"do": "text", "sheet": FIRST, "cell": f"{col}19", "value": text}
        for col, text in texts.items()
    ]
    deleted = [{"do": "delete_rows", "sheet": FIRST, "row": row} for row in (19, 10)]
    ask = [{"do": "value", "sheet": FIRST, "cell": cell} for cell in ("J2", "J3")]
    values = office.look(small_master, *typed, *ask, *deleted, *ask, {"do": "errors"})
    assert values[4:6] == ["未填全", "3 处待处理，点此定位"]
    # every row of a merged level holds its word: the first one's row may go; quantity is missing
    assert values[8:10] == ["需复核", "1 处待处理，点此定位"]
    assert values[10] == []
    office.edit(small_master, tmp_path / "same.xlsx", *typed, *deleted)
    assert points_of(tmp_path / "same.xlsx") == 1


def points_of(path: Path) -> int:
    """What the rules that cells check too say of the first project, information aside."""
    findings = run(read_workbook(path), (rule for rule in catalogue().values() if rule.native))
    return sum(f.path[:2] == ("projects", 0) and f.severity != INFO for f in findings)


@pytest.mark.office
def test_a_copied_sheet_is_judged_like_any_other_and_says_that_the_summary_does_not_list_it(
    office: Office, small_master: Path, tmp_path: Path
) -> None:
    saved = tmp_path / "copied.xlsx"
    office.edit(
        small_master, saved, {"do": "copy_sheet", "sheet": FIRST, "name": COPY, "position": 4}
    )
    questions = [
        {"do": "value", "sheet": name, "cell": cell}
        for name in (FIRST, COPY)
        for cell in ("J2", "J4")
    ]
    assert office.look(saved, *questions) == ["正常", "", "编码重复", "未列入汇总"]


@pytest.mark.office
def test_a_renamed_sheet_stays_listed_and_a_deleted_one_is_missed(
    office: Office, small_master: Path, tmp_path: Path
) -> None:
    saved = tmp_path / "renamed.xlsx"
    office.edit(small_master, saved, {"do": "rename_sheet", "sheet": FIRST, "name": "改了名"})
    assert office.look(saved, {"do": "value", "sheet": "改了名", "cell": "J2"}) == ["正常"]
    office.edit(small_master, saved, {"do": "delete_sheet", "sheet": FIRST})
    rows = office.look(saved, {"do": "rows", "sheet": "汇总"})[0]
    assert [row[12] for row in rows if row[2] == "表已删除"] == ["表已删除"]


@pytest.mark.office
def test_an_empty_workbook_is_calculated_without_an_error(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "empty.xlsx"
    put_master(canonical({"edition": "hebei-2021", "projects": []}), path)
    word, errors = office.look(path, {"do": "named", "name": "XP_STATUS"}, {"do": "errors"})
    assert (word, errors) == ("未填全", [])


@pytest.mark.office
def test_the_summary_itself_says_that_a_copied_sheet_is_not_listed_and_what_else_it_counts(
    office: Office, small_master: Path, tmp_path: Path
) -> None:
    copied, drafted = tmp_path / "copied.xlsx", tmp_path / "drafted.xlsx"
    office.edit(
        small_master,
        copied,
        {"do": "insert_rows", "sheet": FIRST, "row": 1},
        {"do": "copy_sheet", "sheet": FIRST, "name": COPY, "position": 4},
    )
    ask = [{"do": "value", "sheet": "汇总", "cell": "A2"}, {"do": "named", "name": "XP_STATUS"}]
    note, word = office.look(copied, *ask)
    assert note.startswith("另有 1 张项目表已计入合计") and word == "有问题"
    office.edit(
        small_master,
        drafted,
        {"do": "add_sheet", "name": "草稿", "position": 4},
        {"do": "number", "sheet": "草稿", "cell": "L1", "value": 1234567.89},
        {"do": "move_sheet", "sheet": FIRST, "position": 8},
    )
    note, word = office.look(drafted, *ask)
    assert note.startswith("本表数字") and word == "有问题"
    in_the_way = {"do": "number", "sheet": "草稿", "cell": "BH2", "value": 1}
    note, word = office.look(drafted, in_the_way, *ask)[1:]
    assert note.startswith("合计中混入了别的数字") and word == "需修复"


@pytest.mark.office
def test_a_copied_sheet_shows_its_own_name_in_its_title(
    office: Office, small_master: Path, tmp_path: Path
) -> None:
    office.edit(
        small_master,
        tmp_path / "copied.xlsx",
        {"do": "copy_sheet", "sheet": FIRST, "name": COPY, "position": 4},
        {"do": "text", "sheet": COPY, "cell": "E3", "value": "另一个项目"},
    )
    question = {"do": "value", "sheet": COPY, "cell": "A1"}
    assert office.look(tmp_path / "copied.xlsx", question) == ["1.另一个项目绩效目标表"]
