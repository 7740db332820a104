"""Workbooks to start from: blank forms, and forms for a plain list of projects."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from xlperf.__main__ import run
from xlperf.workbook.read import read_workbook

LEVELS = ["数量指标", "质量指标", "时效指标", "成本指标", "经济效益指标", "社会效益指标",
          "生态效益指标", "可持续影响指标", "服务对象满意度指标"]  # fmt: skip


def test_blank_forms_are_ready_to_be_filled_in(tmp_path: Path) -> None:
    book = tmp_path / "blank.xlsx"
    assert run(["generate", "--blank", "3", "--unit", "333001某局本级", "--year", "2027",
                "-o", str(book)]) == 0  # fmt: skip
    record = read_workbook(book).record
    assert record["fiscal_year"] == 2027
    assert record["units"] == [{"code": "333001", "name": "某局本级"}]
    assert len(record["projects"]) == 3
    for project in record["projects"]:
        assert project["unit"] == "333001"
        assert [line["level2"] for line in project["indicators"]] == LEVELS
        assert "budget" not in project


def csv_list(folder: Path, encoding: str) -> Path:
    path = folder / "list.csv"
    text = "项目编码,项目名称,预算单位,预算数,财政资金,其他资金\n" \
           "130303270000000000001,道路养护,333001某局本级,\"1,200.50\",1200.50,0\n" \
           ",绿化,333002某局园林所,80,80,\n"  # fmt: skip
    path.write_bytes(text.encode(encoding))
    return path


def xlsx_list(folder: Path) -> Path:
    book = Workbook()
    sheet = book.active
    sheet.append(["2027年项目清单"])
    sheet.append(["项目名称", "项目编码", "单位", "预算数", "财政资金", "其他资金"])
    sheet.append(["道路养护", "130303270000000000001", "333001某局本级", 1200.5, 1200.5, 0])
    sheet.append([None] * 6)
    sheet.append(["绿化", None, "333002某局园林所", 80, 80, None])
    path = folder / "list.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize("kind", ["utf-8-sig", "gb18030", "xlsx"])
def test_a_plain_list_of_projects_becomes_forms(kind: str, tmp_path: Path) -> None:
    source = xlsx_list(tmp_path) if kind == "xlsx" else csv_list(tmp_path, kind)
    book = tmp_path / "master.xlsx"
    assert run(["generate", str(source), "--year", "2027", "-o", str(book)]) == 0
    record = read_workbook(book).record
    road, green = record["projects"]
    assert (road["name"], road["code"]) == ("道路养护", "130303270000000000001")
    assert (road["budget"], road["other"]) == (Decimal("1200.50"), Decimal("0.00"))
    assert (green["unit"], green["fiscal"]) == ("333002", Decimal("80.00"))
    assert "other" not in green and "code" not in green
    assert [unit["code"] for unit in record["units"]] == ["333001", "333002"]
    assert [line["level2"] for line in road["indicators"]] == LEVELS


@pytest.mark.parametrize(
    "arguments", [[], ["--blank", "0"], ["--blank", "501"], ["--blank", "2", "x.json"]]
)
def test_what_makes_no_workbook_is_refused(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["generate", *arguments, "-o", str(tmp_path / "a.xlsx")]) == 2
    assert capsys.readouterr().err.rstrip().endswith("。")
    assert not list(tmp_path.iterdir())


def test_a_list_without_headings_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("甲,乙\n1,2\n", encoding="utf-8")
    assert run(["generate", str(path), "-o", str(tmp_path / "a.xlsx")]) == 2
