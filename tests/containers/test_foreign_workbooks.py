"""Workbooks that people made in Excel or WPS themselves, read as forms."""

from __future__ import annotations

import datetime
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from tests.containers.hand_forms import (
    BRIDGE,
    ROAD,
    Rows,
    expected,
    form,
    left,
    merge,
    one_sheet,
    projects,
    put,
    saved,
)
from xlperf.__main__ import run
from xlperf.errors import UserError
from xlperf.jobs.inputs.containers import read_container
from xlperf.jobs.inputs.open_any import open_any
from xlperf.workbook.read import read_workbook

TWO = [expected(), expected("修桥", BRIDGE, "120.5")]


def two() -> tuple[Rows, Rows]:
    return form(), form("修桥", BRIDGE, 120.5)


@pytest.mark.parametrize("merged", [False, True])
@pytest.mark.parametrize(("row", "col"), [(1, 1), (1, 2), (4, 3)])
def test_a_form_reads_the_same_wherever_it_begins_and_however_it_is_merged(
    merged: bool, row: int, col: int, tmp_path: Path
) -> None:
    book = Workbook()
    put(book.worksheets[0], form(), row, col)
    if merged:
        merge(book.worksheets[0], row, col)
    forms, coverage = projects(saved(book, tmp_path))
    assert forms == [expected()]
    assert coverage.leftover == 0


def test_forms_one_a_sheet_come_in_the_order_of_the_sheets(tmp_path: Path) -> None:
    book = Workbook()
    for rows in reversed(two()):
        put(book.create_sheet(rows[0][0]), rows)
    forms, coverage = projects(saved(book, tmp_path))
    assert forms == TWO[::-1]
    assert coverage.leftover == 0


@pytest.mark.parametrize("between", [0, 1, 3])
def test_forms_below_each_other_are_told_apart(between: int, tmp_path: Path) -> None:
    first, second = two()
    forms, coverage = projects(one_sheet(tmp_path, [*first, *[[]] * between, *second]))
    assert forms == TWO
    assert coverage.leftover == 0


@pytest.mark.parametrize("between", [0, 1])
def test_forms_side_by_side_are_read_one_after_the_other(between: int, tmp_path: Path) -> None:
    first, second = two()
    book = Workbook()
    put(book.worksheets[0], first)
    put(book.worksheets[0], second, col=8 + between)
    forms, coverage = projects(saved(book, tmp_path))
    assert forms == TWO
    assert coverage.leftover == 0


@pytest.mark.parametrize("after", [2, 3, 4, 5, 6, 7, 8, 10])
def test_a_blank_row_within_a_form_says_nothing(after: int, tmp_path: Path) -> None:
    rows = form()
    forms, coverage = projects(one_sheet(tmp_path, [*rows[:after], [], *rows[after:]]))
    assert forms == [expected()]
    assert coverage.leftover == 0


def test_cover_and_notes_stay_paragraphs(tmp_path: Path) -> None:
    book = Workbook()
    put(book.worksheets[0], [["某市水务局"], [], ["2021年部门预算绩效文本"]], 5, 3)
    put(book.create_sheet("表"), [*form(), [], ["注：本表由业务科室填写。"]])
    reading, coverage = read_container(saved(book, tmp_path))
    assert reading.record["fiscal_year"] == 2021
    assert reading.record["department"]["name"] == "某市水务局"
    assert [item["text"] for item in reading.record["leftovers"]] == ["注：本表由业务科室填写。"]
    assert str(coverage.places[0]) == "表!A14"


def test_a_total_row_below_the_indicators_is_left_over_with_its_cell(tmp_path: Path) -> None:
    rows = [*form(), ["合计", None, None, None, None, None, "100分"]]
    forms, coverage = projects(one_sheet(tmp_path, rows))
    assert forms[0]["indicators"][:3] == expected()["indicators"]
    cells = {text for indicator in forms[0]["indicators"][3:] for text in indicator.values()}
    residue = {text for _, text in coverage.residue}
    assert {"合计", "100分"} <= cells | residue


@pytest.mark.parametrize(
    ("content", "code", "amount"),
    [
        ("6,400.00", "@", "6400"), ("6400", "@", "6400"), (6400, "#,##0.00", "6400"),
        (6400.0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "6400"),
        (6400.5, "0", "6400.5"), (6400, "[$¥-804]#,##0.00", "6400"),
    ],
)  # fmt: skip
def test_amounts_are_read_however_they_are_kept(
    content: Any, code: str, amount: str, tmp_path: Path
) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    put(sheet, form(budget=content))
    for cell in ("C4", "E4"):
        sheet[cell].number_format = code
    assert projects(saved(book, tmp_path))[0] == [expected(budget=amount)]


def test_values_are_read_as_their_number_formats_show_them(tmp_path: Path) -> None:
    rows = form()
    rows[6] = [None, 0.25, 0.5, 0.75, None, 1]
    book = Workbook()
    sheet = book.worksheets[0]
    put(sheet, rows)
    for cell in ("B7", "C7", "D7", "F7"):
        sheet[cell].number_format = "0%"
    for cell, content, code in (
        ("F10", 15, '0"公里"'),
        ("F11", datetime.date(2021, 12, 20), 'yyyy"年"m"月"d"日"'),
        ("F12", 0.905, "0%"),
    ):
        sheet[cell].value, sheet[cell].number_format = content, code
    (project,), coverage = projects(saved(book, tmp_path))
    assert project["spending_plan"] == {"03": 25, "06": 50, "10": 75, "12": 100}
    targets = [indicator["target"] for indicator in project["indicators"]]
    assert targets == ["15公里", "2021年12月20日", "90.5%"]
    assert coverage.leftover == 0


def test_what_is_hidden_is_read_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "表一"
    put(sheet, form())
    sheet.row_dimensions[11].hidden = True
    sheet.column_dimensions["G"].hidden = True
    put(spare := book.create_sheet("备用"), form("修桥", BRIDGE, 120.5))
    spare.sheet_state = "hidden"
    path = saved(book, tmp_path)
    forms, coverage = projects(path)
    assert forms == TWO
    assert coverage.leftover == 0
    (remark,) = read_container(path)[0].remarks
    assert (remark.code, remark.facts["parts"]) == ("STR042", "表一!11:11、表一!G:G、备用")
    run(["import", str(path), "-o", str(tmp_path / "a.json")])
    assert "表一!11:11" in capsys.readouterr().out


def test_comments_text_boxes_heads_and_feet_are_left_over_with_their_places(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "表一"
    put(sheet, form())
    sheet["C4"].comment = Comment("金额待核", "审核")
    sheet.oddHeader.center.text = '&"宋体"内部资料'
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    _, coverage = read_container(saved(book, tmp_path))
    assert left(coverage) == [("表一!C4/comment1", "金额待核"), ("表一!header1", "内部资料")]


def test_the_text_of_a_text_box_is_left_over(tmp_path: Path) -> None:
    path = one_sheet(tmp_path, form())
    box = (
        '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor>'
        "<xdr:sp><xdr:txBody><a:p><a:r><a:t>请盖章</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
        "</xdr:twoCellAnchor></xdr:wsDr>"
    )
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Target="../drawings/drawing1.xml" Type="http://schemas.'
        'openxmlformats.org/officeDocument/2006/relationships/drawing"/></Relationships>'
    )
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/drawings/drawing1.xml", box)
        archive.writestr("xl/worksheets/_rels/sheet1.xml.rels", relation)
    forms, coverage = projects(path)
    assert forms == [expected()]
    assert left(coverage) == [("Sheet!box1", "请盖章")]


def test_a_formula_is_read_by_its_result_and_shows_itself_without_one(tmp_path: Path) -> None:
    rows = form()
    rows[4][1] = "=CONCATENATE(1,2)"
    (project,), coverage = projects(one_sheet(tmp_path, rows))
    assert project["purpose"] == "=CONCATENATE(1,2)"
    assert coverage.leftover == 0


def test_places_of_findings_are_cells(tmp_path: Path) -> None:
    reading, _ = read_container(one_sheet(tmp_path, form(), 4, 3))
    assert str(reading.where[("projects", 0, "budget")]) == "Sheet!E7"
    assert str(reading.where[("projects", 0, "indicators", 1, "target")]) == "Sheet!H14"


@pytest.mark.parametrize("command", ["generate", "validate", "rollup", "publish", "import"])
def test_every_door_takes_filled_forms(command: str, tmp_path: Path) -> None:
    first, second = two()
    source = one_sheet(tmp_path, [*first, [], *second])
    target = {"generate": "o.xlsx", "validate": "o.txt", "rollup": "r.xlsx", "publish": "o.docx"}
    out = tmp_path / target.get(command, "o.json")
    statuses = {1} if command == "validate" else {0}
    assert run([command, str(source), "-o", str(out)]) in statuses
    assert out.stat().st_size > 0
    if command == "generate":
        record = read_workbook(out).record
        assert [project["name"] for project in record["projects"]] == ["修路", "修桥"]
        assert (
            sum(project["budget"] for project in record["projects"])
            == expected(budget="6520.5")["budget"]
        )


def test_a_form_with_the_headings_of_a_list_is_no_list(tmp_path: Path) -> None:
    rows = [["项目名称", "修路", "项目编码", ROAD], ["预算数", 6400, "财政资金", 6400],
            ["绩效目标", "1.按时完工"]]  # fmt: skip
    source, out = one_sheet(tmp_path, rows), tmp_path / "o.xlsx"
    assert run(["generate", str(source), "-o", str(out)]) == 0
    (project,) = read_workbook(out).record["projects"]
    assert (project["name"], project["code"], project["budget"]) == ("修路", ROAD, 6400)


def test_a_list_is_still_a_list_and_sent_to_generate(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [["项目名称", "项目编码", "预算数", "资金用途"], ["修路", ROAD, 6400, "路面"]]
    source = one_sheet(tmp_path, rows)
    assert run(["import", str(source), "-o", str(tmp_path / "o.json"), "--lang", "zh"]) == 2
    assert "项目清单" in capsys.readouterr().err
    with pytest.raises(UserError, match="project_list"):
        open_any(source)
    assert run(["generate", str(source), "-o", str(tmp_path / "o.xlsx")]) == 0


def test_a_workbook_without_forms_is_refused(tmp_path: Path) -> None:
    for command, suffix in (("import", "json"), ("validate", "txt"), ("publish", "docx")):
        source = one_sheet(tmp_path, [["姓名", "工资"], ["张三", 5000]])
        assert run([command, str(source), "-o", str(tmp_path / f"o.{suffix}")]) == 2


def test_a_merged_area_over_the_whole_sheet_does_not_widen_a_form(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    put(sheet, form())
    sheet.merge_cells("A1:XFD1")
    forms, coverage = projects(saved(book, tmp_path))
    assert forms == [expected()]
    assert coverage.leftover == 0
