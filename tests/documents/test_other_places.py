# ruff: noqa: E501 (a row of a table is a line)
"""What forms of single places print in ways of their own; what is read, by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.documents.test_other_layouts import record
from xlperf.jobs.inputs.importing import import_any
from xlperf.jobs.inputs.open_any import open_any

HEAD = """
项目支出绩效目标表
（2024年度）
项目名称 | < | 公共绿地养护 | <
资金总额（万元） | < | 620 | <
"""
ROWS = """
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 养护面积 | 326万平方米
"""


def project(rows: str, folder: Path) -> dict[str, object]:
    """The only project of a form with these rows."""
    projects = record(HEAD + rows, folder)["projects"]
    assert len(projects) == 1
    return dict(projects[0])


def test_units_and_operators_beside_targets_below_one_title(tmp_path: Path) -> None:
    rows = """
    一级指标 | 二级指标 | 三级指标 | 目标值 | < | 备注
    产出 | 数量 | 支持示范村 | 25 | 个 |
    产出 | 质量 | 验收合格率 | ≥98 | % |
    产出 | 时效 | 拨付时限 | 2024年9月底前 | < |
    """
    indicators = record(HEAD + rows, tmp_path)["projects"][0]["indicators"]
    assert [(indicator["target"], indicator.get("unit")) for indicator in indicators] == [
        ("25", "个"),
        ("≥98", "%"),
        ("2024年9月底前", None),
    ]
    parts = "一级指标 | 二级指标 | 三级指标 | 指标值 | < | <\n产出指标 | 数量指标 | 支持示范村 | ≥ | 25 | 个\n"
    (one,) = record(HEAD + parts, tmp_path)["projects"][0]["indicators"]
    assert (one["operator"], one["target"], one["unit"]) == ("≥", "25", "个")


def test_a_second_column_below_targets_that_is_no_unit_is_left_over(tmp_path: Path) -> None:
    rows = "一级指标 | 二级指标 | 三级指标 | 目标值 | <\n产出指标 | 数量指标 | 支持示范村 | 25个 | 含续建\n"
    result = record(HEAD + rows, tmp_path)
    (one,) = result["projects"][0]["indicators"]
    assert one["target"] == "25个" and "unit" not in one
    assert "含续建" in [item["text"] for item in result["leftovers"]]


def test_levels_that_are_called_goals(tmp_path: Path) -> None:
    rows = """
    一级指标 | 二级指标 | 三级指标 | 指标目标值
    产出目标 | 数量 | 养护面积 | =326万平方米
    效果目标 | 生态效益 | 绿地完好率 | ≥98%
    影响力目标 | 满意度 | 市民满意度 | ≥85%
    """
    indicators = record(HEAD + rows, tmp_path)["projects"][0]["indicators"]
    assert [(indicator["level1"], indicator["target"]) for indicator in indicators] == [
        ("产出目标", "=326万平方米"),
        ("效果目标", "≥98%"),
        ("影响力目标", "≥85%"),
    ]


def test_the_number_before_an_indicators_name_is_the_forms(tmp_path: Path) -> None:
    rows = "一级指标 | 二级指标 | 三级指标 | 指标值\n产出指标 | 数量指标 | 指标1：养护面积 | 326万平方米\n | | 指标2： | \n"
    indicators = project(rows, tmp_path)["indicators"]
    assert [indicator["name"] for indicator in indicators] == ["养护面积"]  # type: ignore[attr-defined]


def test_long_term_and_annual_goals_and_tables_in_one_form(tmp_path: Path) -> None:
    rows = """
    总体绩效目标 | 长期绩效目标1：三年内绿化全区 | < | 年度绩效目标1：养护绿地三百公顷
    长期绩效目标表 | < | < | <
    一级指标 | 二级指标 | 三级指标 | 指标值
    产出指标 | 数量指标 | 绿化面积 | 900公顷
    年度绩效目标表 | < | < | <
    一级指标 | 二级指标 | 三级指标 | 指标值
    产出指标 | 数量指标 | 绿化面积 | 300公顷
    """
    form = project(rows, tmp_path)
    assert form["goals_mid_term"] == ["三年内绿化全区"]
    assert form["goals"] == ["养护绿地三百公顷"]
    indicators = [(indicator["period"], indicator["target"]) for indicator in form["indicators"]]  # type: ignore[attr-defined]
    assert indicators == [("mid-term", "900公顷"), ("annual", "300公顷")]


@pytest.mark.parametrize(
    ("cell", "goals"),
    [
        ("完成8个村改造，/n保障1.2万人饮水。", ["完成8个村改造，\n保障1.2万人饮水。"]),
        ("维护设施/n120/n处。", ["维护设施\n120\n处。"]),
        ("新建泵站/n改造管网", ["新建泵站", "改造管网"]),
        ("新建泵站2座；/n改造管网，/n配套设施。", ["新建泵站2座；", "改造管网，\n配套设施。"]),
        ("……", []),
    ],
)
def test_a_sentence_broken_over_lines_is_one_goal(
    cell: str, goals: list[str], tmp_path: Path
) -> None:
    assert project(f"年度目标 | {cell} | < | <\n" + ROWS, tmp_path)["goals"] == goals


def test_a_list_of_what_is_bought_is_no_source(tmp_path: Path) -> None:
    rows = "其中：财政拨款 | 600万元 | |\n支出构成 | 办公费 | 50万元 | \n^ | 其他 | 550万元 | \n"
    form = project(rows + ROWS, tmp_path)
    assert form["fiscal"] == Decimal(6000000) and "other" not in form


def test_fiscal_funds_beside_the_years_budget_are_its_own(tmp_path: Path) -> None:
    rows = "项目总预算（元） | 1,200.00 | 项目总投资（元） | 3,600.00\n项目当年预算（元） | 1,200.00 | 其中：财政拨款（元） | 1,000.00\n"
    form = record(HEAD.replace("资金总额（万元） | < | 620 | <", rows.strip()) + ROWS, tmp_path)
    first = form["projects"][0]
    assert (first["budget"], first["fiscal"]) == (Decimal(1200), Decimal(1000))


def test_a_unit_in_two_columns_and_a_sum_below_sources(tmp_path: Path) -> None:
    picture = """
    2024年预算项目绩效目标表
    单位：万元
    单位编码 | 单位名称 | 项目名称 | 资金来源 | < | 绩效目标 | 一级指标 | 二级指标 | 三级指标 | 指标值
    ^ | ^ | ^ | 合计 | 财政拨款 | ^ | ^ | ^ | ^ | ^
    131001 | 某区图书馆 | 图书购置 | 86.4 | 80 | 采购图书 | 产出指标 | 数量指标 | 图书数量 | 1.2万册
    131002 | 某区文化馆 | 群众活动 | 120.5 | 100 | 举办活动 | 产出指标 | 数量指标 | 活动场次 | 50场
    """
    result = record(picture, tmp_path)
    assert result["units"] == [
        {"code": "131001", "name": "某区图书馆"},
        {"code": "131002", "name": "某区文化馆"},
    ]
    facts = [(item["unit"], item["budget"], item["fiscal"]) for item in result["projects"]]
    assert facts == [
        ("131001", Decimal(864000), Decimal(800000)),
        ("131002", Decimal(1205000), Decimal(1000000)),
    ]


def test_the_year_of_the_report_is_that_of_its_forms(tmp_path: Path) -> None:
    picture = "某市某区城市管理委员会2024年部门预算\n" + HEAD.replace("（2024年度）", "") + ROWS
    assert record(picture, tmp_path)["fiscal_year"] == 2024


@pytest.mark.parametrize("line", ["（2024年1-6月）", "2024年1月至6月", "（2024年6月底）"])
def test_the_months_that_a_monitoring_looks_at(line: str, tmp_path: Path) -> None:
    picture = f"""
    某市项目支出绩效目标执行监控表
    {line}
    项目名称 | < | 公交补贴 | 主管部门 | 某市交通局
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 全年预计完成情况
    产出指标 | 数量指标 | 补贴线路 | 32条 | 32条
    """
    result = record(picture, tmp_path)
    assert result["fiscal_year"] == 2024
    assert result["stages"][0]["until"] == "2024-06-30"


def test_a_unit_of_money_in_a_column_of_its_own(tmp_path: Path) -> None:
    picture = """
    2024年项目支出绩效目标表
    项目名称 | 金额 | 金额单位 | 绩效目标 | 一级指标 | 二级指标 | 三级指标 | 指标值
    河道清淤 | 120 | 万元 | 清淤十二公里 | 产出指标 | 数量指标 | 清淤长度 | 12公里
    堤防加固 | 865000 | 元 | 加固堤防三公里 | 产出指标 | 数量指标 | 加固长度 | 3公里
    """
    budgets = [item["budget"] for item in record(picture, tmp_path)["projects"]]
    assert budgets == [Decimal(1200000), Decimal(865000)]


def test_a_goal_in_one_cell_with_its_label(tmp_path: Path) -> None:
    form = project("年度目标：养护绿地三百公顷。 | < | < | <\n" + ROWS, tmp_path)
    assert form["goals"] == ["养护绿地三百公顷。"]


@pytest.mark.parametrize(
    ("names", "targets", "pairs"),
    [
        ("维修校舍/n更换门窗", "15栋/n320樘", [("维修校舍", "15栋"), ("更换门窗", "320樘")]),
        ("验收合格率/n达标率", "≥95%/n=100%", [("验收合格率", "≥95%"), ("达标率", "=100%")]),
        ("新增护理型/n床位数", "≥120张", [("新增护理型床位数", "≥120张")]),
        ("参训/n人数", "1/n5人", [("参训人数", "15人")]),
        ("完成/n时间", "2024年12月/n31日前", [("完成时间", "2024年12月31日前")]),
        ("维修校舍/n更换门窗", "15栋/n若干", [("维修校舍更换门窗", "15栋若干")]),
    ],
)
def test_indicators_a_line_each_in_one_cell(
    names: str, targets: str, pairs: list[tuple[str, str]], tmp_path: Path
) -> None:
    rows = f"一级指标 | 二级指标 | 三级指标 | 指标值\n产出指标 | 数量指标 | {names} | {targets}\n效益指标 | 社会效益指标 | 受益学生 | ≥6000人\n"
    indicators = record(HEAD + rows, tmp_path)["projects"][0]["indicators"]
    all_pairs = [
        ("".join(indicator["name"].split()), "".join(indicator["target"].split()))
        for indicator in indicators
    ]
    assert all_pairs == [*pairs, ("受益学生", "≥6000人")]
    assert {indicator["level2"] for indicator in indicators[:-1]} == {"数量指标"}


UNITS = """
部门预算项目绩效目标表（2024年度）
金额单位：元
单位名称 | 项目名称 | 预算数 | 年度目标 | 一级指标 | 二级指标 | 三级指标 | 指标值
302-某县教育局部门 | | 3,600,000.00 | | | | |
302001-某县教育局机关 | [51152424T000010001111]校园维修 | 2,600,000.00 | 维修校舍 | 产出指标 | 数量指标 | 维修校舍 | 12栋
302002-某县第一中学 | 设备购置 | 1,000,000.00 | 购置设备 | 产出指标 | 数量指标 | 购置设备 | 80台
"""


def sheet(picture: str, file: Path) -> Path:
    """A picture without merged cells as a workbook's only sheet."""
    book = Workbook()
    for line in picture.strip().splitlines():
        book.active.append([cell.strip() or None for cell in line.split("|")])  # type: ignore[union-attr]
    book.save(file)
    return file


def test_the_sum_of_a_unit_is_no_project(tmp_path: Path) -> None:
    for result in (
        record(UNITS, tmp_path),
        open_any(sheet(UNITS, tmp_path / "a.xlsx")).record,
    ):
        projects = result["projects"]
        assert [(entry["name"], entry["unit"], entry["budget"]) for entry in projects] == [
            ("校园维修", "302001", Decimal(2600000)),
            ("设备购置", "302002", Decimal(1000000)),
        ]
        assert projects[0]["code"] == "51152424T000010001111"


def test_the_sum_of_a_unit_is_no_project_with_an_outcome(tmp_path: Path) -> None:
    picture = """
    2024年度项目支出绩效自评结果汇总表
    单位：万元
    单位名称 | 项目名称 | 全年预算数 | 全年执行数 | 自评得分
    某县教育局（小计） | < | 360 | 350 |
    某县教育局机关 | 校园维修 | 260 | 255 | 96.5
    某县第一中学 | 设备购置 | 100 | 95 | 95
    """
    book = sheet(picture.replace("<", ""), tmp_path / "a.xlsx")
    for result in (record(picture, tmp_path), import_any(book)[0].record):
        (stage,) = result["stages"]
        facts = [(item["name"], item["executed"], item["total"]) for item in stage["projects"]]
        assert facts == [
            ("校园维修", Decimal(2550000), Decimal("96.5")),
            ("设备购置", Decimal(950000), Decimal(95)),
        ]
