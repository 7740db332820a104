# ruff: noqa: E501 (a row of a table is a line)
"""Documents of a table of two rows, of projects without a name, of regions above titles; by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.documents.layouts import parts
from tests.documents.test_other_layouts import record
from xlperf.documents import read_document
from xlperf.errors import UserError
from xlperf.jobs.inputs.open_any import open_any
from xlperf.record import Raw

TITLES, ROW = (
    ["一级指标", "二级指标", "三级指标", "指标值"],
    ["产出指标", "数量指标", "里程", "30公里"],
)
NAMELESS = """
某局2025年项目绩效目标
预算金额：100万元
绩效目标：道路畅通。
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 里程 | 30公里
预算金额：200万元
绩效目标：达标排放。
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 污水 | 900万吨
"""


def in_sheet(picture: str, folder: Path) -> Raw:
    """The picture in one sheet without blank rows, read."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    for part in parts(picture):
        for cells in [[part]] if isinstance(part, str) else part:
            sheet.append(cells)
    workbook.save(folder / "form.xlsx")
    return open_any(folder / "form.xlsx").record


def test_projects_without_a_name_are_parted_in_a_sheet_as_in_a_page(tmp_path: Path) -> None:
    for result in (in_sheet(NAMELESS, tmp_path), record(NAMELESS, tmp_path)):
        projects = [
            (p["budget"], p["goals"], [i["name"] for i in p["indicators"]])
            for p in result["projects"]
        ]
        assert projects == [
            (1000000, ["道路畅通。"], ["里程"]),
            (2000000, ["达标排放。"], ["污水"]),
        ]


@pytest.mark.parametrize("sign", ["\t", " | ", "    "])
def test_a_table_of_titles_and_one_row_is_one_in_a_text(sign: str, tmp_path: Path) -> None:
    last = "产出指标    数量指标    里程        30公里" if sign == "    " else sign.join(ROW)
    text = f"2025年项目支出绩效目标\n项目名称：城区道路维修\n预算金额：320万元\n{sign.join(TITLES)}\n{last}\n"
    (tmp_path / "form.txt").write_text(text, encoding="utf-8")
    (project,) = read_document(tmp_path / "form.txt").record["projects"]
    assert (project["name"], project["budget"]) == ("城区道路维修", 3200000)
    assert [[*item.values()] for item in project["indicators"]] == [ROW]


REGIONS = [
    ("江西省南昌市", "江西省南昌市\n某某局2024年度部门预算绩效文本\n项目支出绩效目标表", "某某局"),
    ("江西省南昌市", "江西省南昌市2024年度某某局项目支出绩效目标表", "某某局"),
    (
        "南昌市",
        "江西省南昌市某某局2024年度部门预算绩效文本\n项目支出绩效目标表",
        "江西省南昌市某某局",
    ),
    ("南昌市", "江西省南昌市某某局\n2024年度项目支出绩效目标表", "江西省南昌市某某局"),
]


@pytest.mark.parametrize(("region", "lines", "department"), REGIONS)
def test_a_region_above_or_in_a_title_is_the_record_s(
    region: str, lines: str, department: str, tmp_path: Path
) -> None:
    table = "项目名称 | 城区道路维修 | 预算金额（万元） | 320\n一级指标 | 二级指标 | 三级指标 | 指标值\n产出指标 | 数量指标 | 里程 | 30公里"
    result = record(f"{lines}\n{table}", tmp_path)
    assert (result["region"]["name"], result["department"]["name"]) == (region, department)
    assert (result["fiscal_year"], result.get("leftovers")) == (2024, None)


def test_a_department_below_a_form_is_none_of_its_own(tmp_path: Path) -> None:
    table = "一级指标 | 二级指标 | 三级指标 | 指标值\n产出指标 | 数量指标 | 里程 | 30公里"
    head = "2024年度项目支出绩效目标表\n项目名称 | 道路{n} | 预算金额（万元） | 320"
    forms = "\n南昌市财政局\n".join(f"{head.format(n=n)}\n{table}" for n in (1, 2))
    assert "department" not in record(forms, tmp_path)


def test_the_title_of_a_column_of_amounts_is_no_project_s_name(tmp_path: Path) -> None:
    """A list of projects on a page is no form: it says no name, and there is nothing to import."""
    page = tmp_path / "list.html"
    rows = [
        ["序号", "项目编码", "项目名称", "预算数（万元）", "绩效目标"],
        ["1", "320100250000000000101", "农村公路养护", "120.5", "全年养护农村公路300公里"],
        ["2", "320100250000000000102", "公交站台改造", "80", "改造公交站台20个"],
    ]
    lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    page.write_text(f"<h1>某某市交通运输局2025年项目汇总表</h1><table>{lines}</table>", "utf-8")
    with pytest.raises(UserError, match="not_document"):
        read_document(page)
