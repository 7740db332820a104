"""Forms beside each other in one table, projects as columns; one unit of money for a form."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from xlperf.documents import read_document
from xlperf.record import Raw

Rows = list[list[str]]
WIDTH = 4


def form(name: str, unit: str, amount: str, goal: str, *indicators: tuple[str, ...]) -> Rows:
    rows = [
        ("项目支出绩效目标申报表",),
        ("项目名称", name, "实施单位", unit),
        ("项目资金（万元）", "年度资金总额", amount),
        ("", "其中：财政拨款", amount),
        ("", "其他资金", "0"),
        ("年度总体目标", goal),
        ("一级指标", "二级指标", "三级指标", "指标值"),
        *indicators,
    ]
    return [[*row, *[""] * (WIDTH - len(row))] for row in rows]


LEFT = form(
    "森林防火", "防火办", "12.5", "全年不发生重大火灾",
    ("产出指标", "数量指标", "巡护里程", "≥500公里"), ("产出指标", "质量指标", "受害率", "≤0.9‰"),
)  # fmt: skip
RIGHT = form(
    "病虫害防治", "森防站", "8", "防治面积2000亩",
    ("产出指标", "数量指标", "防治面积", "≥2000亩"), ("效益指标", "生态效益指标", "成灾率", "≤3‰"),
)  # fmt: skip


def beside(gap: int) -> Rows:
    return [[*left, *[""] * gap, *right] for left, right in zip(LEFT, RIGHT, strict=True)]


def saved(rows: Rows, path: Path) -> Path:
    if path.suffix == ".html":
        lines = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
        table = "".join(f"<tr>{line}</tr>" for line in lines)
        path.write_text(f"<html><body><table>{table}</table></body></html>", encoding="utf-8")
        return path
    document = Document()
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, line in enumerate(rows):
        for column, text in enumerate(line):
            table.cell(row, column).text = text
    document.save(str(path))
    return path


def project_rows(record: Raw) -> list[tuple[Any, ...]]:
    return [
        (
            *(project.get(key) for key in ("name", "implementing_unit", "budget", "fiscal")),
            [(item["name"], item["target"]) for item in project["indicators"]],
        )
        for project in record["projects"]
    ]


@pytest.mark.parametrize("gap", [0, 1])
@pytest.mark.parametrize("suffix", [".html", ".docx"])
def test_two_forms_side_by_side_are_two_projects(gap: int, suffix: str, tmp_path: Path) -> None:
    record = read_document(saved(beside(gap), tmp_path / f"a{suffix}")).record
    assert project_rows(record) == [
        ("森林防火", "防火办", Decimal("125000.00"), Decimal("125000.00"),
         [("巡护里程", "≥500公里"), ("受害率", "≤0.9‰")]),
        ("病虫害防治", "森防站", Decimal("80000.00"), Decimal("80000.00"),
         [("防治面积", "≥2000亩"), ("成灾率", "≤3‰")]),
    ]  # fmt: skip
    assert "leftovers" not in record


def test_a_form_alone_is_not_parted(tmp_path: Path) -> None:
    record = read_document(saved(LEFT, tmp_path / "a.html")).record
    assert [project["name"] for project in record["projects"]] == ["森林防火"]


def test_the_name_of_another_project_is_no_unit(tmp_path: Path) -> None:
    rows = [
        ["项目名称", "森林防火", "病虫害防治"],
        ["预算数（万元）", "12.5", "8"],
        ["绩效目标", "全年不发生重大火灾", "防治面积2000亩"],
    ]
    record = read_document(saved(rows, tmp_path / "a.html")).record
    (project,) = record["projects"]
    assert (project["name"], project["budget"]) == ("森林防火", Decimal("125000.00"))
    assert "unit" not in project and "unit_name" not in project
    assert {"病虫害防治", "8", "防治面积2000亩"} <= {
        leftover["text"] for leftover in record["leftovers"]
    }


@pytest.mark.parametrize("unit_at", [0, 1])
def test_the_unit_of_money_of_one_label_holds_for_the_form(unit_at: int, tmp_path: Path) -> None:
    labels = ["预算数", "其中：财政资金"]
    labels[unit_at] += "（万元）"
    rows = [
        ["项目名称", "森林防火", "", ""],
        [labels[0], "12.5", labels[1], "12"],
        ["绩效目标", "全年不发生重大火灾", "", ""],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "巡护里程", "≥500公里"],
    ]
    (project,) = read_document(saved(rows, tmp_path / "a.html")).record["projects"]
    assert (project["budget"], project["fiscal"]) == (Decimal("125000.00"), Decimal("120000.00"))


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("贰拾万元整", Decimal("200000.00")),
        ("二十万零五百元", Decimal("200500.00")),
        ("壹亿贰仟万元", Decimal("120000000.00")),
        ("叁元伍角", Decimal("3.50")),
        ("(20.00)", "(20.00)"),  # less than nothing, or not: left to people
        ("（20.00）", "（20.00）"),
        ("二三元", None),  # no number
        ("三百二元", None),  # 302 or 320
    ],
)
def test_a_sum_that_is_written_out_is_read(
    written: str, amount: Decimal | str | None, tmp_path: Path
) -> None:
    rows = form("森林防火", "防火办", written, "全年不发生重大火灾", *map(tuple, LEFT[-2:]))
    record = read_document(saved(rows, tmp_path / "a.html")).record
    assert record["projects"][0].get("budget") == amount
    if amount is None:
        assert written in {leftover["text"] for leftover in record["leftovers"]}
