"""A department with one project and one unit, whose lists on the summary grow inside Excel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.live import model, pywin32
from tests.live.conftest import Excel
from tests.masters import put_master
from xlperf.forms.defined_names import FIELD_PREFIX
from xlperf.record import Raw
from xlperf.workbook.names import named_boxes
from xlperf.workbook.read import read_workbook


@pytest.fixture
def only(excel: Excel, small: Raw, tmp_path: Path) -> Any:
    """The workbook of the sample's first project and its unit, open."""
    first = small["projects"][0]
    units = [unit for unit in small["units"] if unit["code"] == first["unit"]]
    path = tmp_path / "一个项目.xlsx"
    put_master({**small, "projects": [first], "units": units}, path)
    excel.app.has_charts = True
    return excel.open(path)


def saved(book: Any, tmp_path: Path) -> Any:
    book.save()
    return load_workbook(tmp_path / "一个项目.xlsx")["汇总"]


def test_the_second_and_third_project_find_their_lines(
    excel: Excel, only: Any, tmp_path: Path
) -> None:
    for count in (2, 3):
        excel.click("add_project", only)
        assert excel.boxes[0][0].startswith(f"已增加空白项目表“0{count} 新项目”")
        saved(only, tmp_path)
        with pywin32.at_home():
            summary = model.Worksheet(pywin32.bare(only.api), "汇总")
            rows = summary.Range(f"A14:M{13 + count}").Value2
            assert [row[12] for row in rows] == ["正常", *["未填全"] * (count - 1)]
            assert [row[0] for row in rows] == [*range(1, count + 1)]
            assert summary.Range("L10").Value2 == count
    sheet = load_workbook(tmp_path / "一个项目.xlsx")["汇总"]
    bars = [chart for chart in sheet._charts if type(chart).__name__ == "BarChart"]
    shown_by = {series.val.numRef.f.rpartition("!")[2] for bar in bars for series in bar.series}
    assert {"$F$14:$F$19", "$G$14:$G$19"} <= shown_by
    assert len(read_workbook(tmp_path / "一个项目.xlsx").record["projects"]) == 3


def test_a_deleted_project_leaves_a_line_that_is_not_shown(
    excel: Excel, only: Any, tmp_path: Path
) -> None:
    excel.click("add_project", only)
    with pywin32.at_home():
        model.Worksheet(pywin32.bare(only.api), "02 新项目").Delete()
    excel.click("refresh_summary", only)
    assert excel.boxes[0][0] == "汇总已更新，共 1 个项目。"
    with pywin32.at_home():
        summary = model.Worksheet(pywin32.bare(only.api), "汇总")
        one, *_, rest, total = summary.Range("L5:M10").Value2
        numbers = [row[0] for row in summary.Range("A14:A17").Value2]
    assert (one, rest) == ((1.0, "正常"), (0.0, "正常"))
    assert total[0] == 1.0
    assert numbers == [1.0, None, None, None]


def test_a_second_unit_finds_its_line(excel: Excel, only: Any, tmp_path: Path) -> None:
    department = load_workbook(tmp_path / "一个项目.xlsx")["部门整体"]
    code, name = (
        named_boxes(department)[f"{FIELD_PREFIX}units__{key}"] for key in ("code", "name")
    )
    with pywin32.at_home():
        sheet = model.Worksheet(pywin32.bare(only.api), "部门整体")
        pywin32.bare(only.api).move_rows("部门整体", code.row + 1, 1)
        sheet.Range(f"{model.letters(code.col)}{code.row + 1}").Value2 = "999001"
        sheet.Range(f"{model.letters(name.col)}{name.row + 1}").Value2 = "新设单位"
    excel.click("refresh_summary", only)
    assert excel.boxes[0][0] == "汇总已更新，共 1 个项目。"
    with pywin32.at_home():
        rows = model.Worksheet(pywin32.bare(only.api), "汇总").Range("A5:L7").Value2
    assert [row[0] for row in rows[:2]] == ["333001", "999001"] and rows[1][2] == "新设单位"
    assert [row[11] for row in rows] == [1.0, 0.0, None]


def test_a_refresh_puts_no_formula_over_what_somebody_wrote(
    excel: Excel, only: Any, tmp_path: Path
) -> None:
    with pywin32.at_home():
        model.Worksheet(pywin32.bare(only.api), "汇总").Range("E14").Value2 = "待批"
    only.save()
    excel.click("refresh_summary", only)
    assert excel.boxes[-1][0].startswith("“汇总”表 E14 里有人写了“待批”")
    assert saved(only, tmp_path)["E14"].value == "待批"
