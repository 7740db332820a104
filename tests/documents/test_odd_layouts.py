# ruff: noqa: E501 (a row of a table is a line)
"""Layouts that invite a wrong capture: what they say is read, what they do not say is not."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.documents.layouts import html
from xlperf.documents import read_document_with_residue
from xlperf.documents.blocks.source import Table as Block
from xlperf.documents.layouts.indicator_tables.slots import laid_out
from xlperf.documents.layouts.indicator_tables.tables import tables
from xlperf.documents.reader import composed
from xlperf.errors import UserError
from xlperf.jobs.inputs.open_any import open_any
from xlperf.reading import Reading
from xlperf.record import Raw

TITLES = "一级指标 | 二级指标 | 三级指标 | 指标值"
ROW = "产出指标 | 数量指标 | 加固长度 | 3公里"


def read(picture: str, folder: Path) -> Reading:
    return read_document_with_residue(html(picture, folder / "form.html"))[0]


def projects(picture: str, folder: Path) -> list[Raw]:
    return list(read(picture, folder).record["projects"])


def names(project: Raw) -> list[str]:
    return [indicator["name"] for indicator in project["indicators"]]


UNMERGED = """
某县项目支出绩效自评表（2022年度）
项目名称 | 农村饮水安全 | | | | | |
预算执行情况（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
| 年度资金总额 | 100 | 120 | 96 | 10 | 80% | 8
年度总体目标完成情况 | 预期目标 | | | | 实际完成情况 | |
| 供水人口两万人 | | | | 供水人口一万九千人 | |
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
| 产出指标 | 数量指标 | 合计发放管材 | 30公里 | 29公里 | 40 | 38
| | 质量指标 | 水质达标率 | 100% | 100% | 20 | 20
合计 | | | | | | 100 | 94
自评结论 | 完成较好 | | | | | |
"""


def test_a_table_whose_cells_lost_their_merging_is_read_all_the_same(tmp_path: Path) -> None:
    record = read(UNMERGED, tmp_path).record
    (project,) = record["projects"]
    assert (project["budget"], project["goals"]) == (Decimal("1000000.00"), ["供水人口两万人"])
    assert names(project) == ["合计发放管材", "水质达标率"]
    assert project["indicators"][1]["level1"] == "产出指标"
    (reported,) = record["stages"][0]["projects"]
    assert (reported["adjusted"], reported["executed"]) == (
        Decimal("1200000.00"),
        Decimal("960000.00"),
    )
    assert reported["goal_completion"] == "供水人口一万九千人"
    assert [indicator["score"] for indicator in reported["indicators"]] == [38, 20]


def test_a_table_that_goes_on_on_the_next_page_belongs_to_the_same_project(tmp_path: Path) -> None:
    form = f"项目绩效目标表\n项目名称 | 河堤加固 | 金额单位 | 元\n{TITLES}\n{ROW}\n续表\n{TITLES}\n{ROW}"
    (project,) = projects(form, tmp_path)
    assert names(project) == ["加固长度", "加固长度"]


def test_each_table_with_its_own_project_is_a_project_of_its_own(tmp_path: Path) -> None:
    one = "项目名称 | {} | 预算金额 | {}\n" + f"{TITLES}\n{ROW}\n"
    picture = "单位：万元\n项目绩效目标表\n" + one.format("甲", 10) + "项目绩效目标表\n"
    picture += one.format("乙", 20) + one.format("丙", 30)
    budgets = [(project["name"], project["budget"]) for project in projects(picture, tmp_path)]
    assert budgets == [
        ("甲", Decimal("100000.00")),
        ("乙", Decimal("200000.00")),
        ("丙", Decimal("300000.00")),
    ]


BESIDE = f"""
项目支出绩效目标申报表（2023年度）
单位：万元
项目名称 | 乡镇卫生院改造 | 主管部门 | 处室名称
业务处室 | 规划科 | 实施单位 | 联系电话
项目负责人： | 财务负责人： | 预算单位 | 238.93
年度资金总额 | 45 | 其中：财政拨款 | 年度目标
年度目标 | 改造两家 | 科目代码 | 21305
{TITLES}
{ROW}
"""


def test_a_label_is_no_value_and_an_amount_is_no_name(tmp_path: Path) -> None:
    (project,) = projects(BESIDE, tmp_path)
    fields = {key: value for key, value in project.items() if key not in ("indicators", "funds")}
    assert fields == {
        "name": "乡镇卫生院改造",
        "budget": Decimal("450000.00"),
        "goals": ["改造两家"],
    }
    assert [fund["source"] for fund in project["funds"]] == ["年度资金总额"]


def test_a_hint_what_to_write_is_no_value(tmp_path: Path) -> None:
    picture = f"自评表\n项目名称 | 甲项目 | 单位 | 元\n年度目标 | 简述目标（100字以内） | < | <\n{TITLES}\n{ROW}"
    assert projects(picture, tmp_path)[0]["goals"] == []


WIDE = """
单位：万元
项目名称 | 项目单位 | 资金总额 | 财政拨款 | 年度总体目标 | 绩效指标 | < | < | <
^ | ^ | ^ | ^ | ^ | 一级指标 | 二级指标 | 三级指标 | 指标值
道路养护 | 101001某局本级 | 30 | 25 | 完好率九成 | 产出指标 | 数量指标 | 里程 | 12公里
^ | ^ | ^ | ^ | ^ | 效益指标 | 社会效益指标 | 通行 | 改善
桥梁检测 | 101002某站 | 20 | 20 | 检测十座 | 产出指标 | 数量指标 | 座数 | 10座
合计 | | 50 | 45 | | | | |
"""


def test_a_table_of_many_projects_may_have_a_header_of_two_rows(tmp_path: Path) -> None:
    one, two = projects(WIDE, tmp_path)
    assert (one["name"], one["unit"], one["fiscal"]) == ("道路养护", "101001", Decimal("250000.00"))
    assert (names(one), names(two)) == (["里程", "通行"], ["座数"])
    assert two["budget"] == Decimal("200000.00")


MEASURED = """
绩效目标表
项目名称 | 校舍维修 | | | | 单位：元 | |
预算数 | 1200000 | 主管部门 | 某县教育局 | | | |
一级指标 | 二级指标 | 三级指标 | 预期指标值 | | | 权重 | 备注
| | | 符号 | 数值 | 单位 | |
产出指标 | 数量指标 | 维修面积 | ≥ | 800 | 平方米 | 40 |
| 成本指标 | 造价 | ≤ | 1500 | 元 | 20 | 含税
"""


def test_a_target_in_three_columns_under_one_title_is_kept_in_three_parts(tmp_path: Path) -> None:
    reading = read(MEASURED, tmp_path)
    (project,) = reading.record["projects"]
    assert project["budget"] == Decimal("1200000.00")
    keys = ("operator", "target", "unit", "weight")
    targets = [tuple(indicator[key] for key in keys) for indicator in project["indicators"]]
    assert targets == [("≥", "800", "平方米", 40), ("≤", "1500", "元", 20)]
    assert reading.recognition is not None
    assert reading.recognition.aside == ("备注",)


def test_where_units_differ_a_table_without_one_near_has_none(tmp_path: Path) -> None:
    one = "项目绩效目标表\n项目名称 | {} | 资金总额 | 10\n" + f"{TITLES}\n{ROW}\n"
    picture = "单位：万元\n" + one.format("甲") + "单位：元\n" + one.format("乙") + one.format("丙")
    reading = read(picture, tmp_path)
    budgets = [project["budget"] for project in reading.record["projects"]]
    assert budgets == [Decimal("100000.00"), Decimal("10.00"), Decimal("10.00")]
    remarks = [(remark.code, remark.path) for remark in reading.remarks]
    assert remarks == [("AMT212", ("projects", 2, "budget"))]


OURS = """
项目名称 | 河道疏浚 | 项目编码 | 130303210000000A1B2C3
一级指标 | 二级指标 | 三级指标 | 绩效指标描述 | 指标值 | 指标值确定依据 | 考核频次
产出指标 | 数量指标 | 疏浚长度 | 长度 | 5公里 | 计划 | 每季
"""


def test_our_own_layout_with_one_more_column_is_still_ours_and_names_it(tmp_path: Path) -> None:
    reading = read(OURS, tmp_path)
    assert reading.record["edition"] == "hebei-2021"
    assert reading.record["projects"][0]["indicators"][0]["basis"] == "计划"
    assert reading.recognition is not None
    assert reading.recognition.unknown == ("考核频次",)


def test_a_text_that_left_out_merged_cells_is_read_in_its_columns(tmp_path: Path) -> None:
    picture = """
单位：元
单位名称 | 项目名称 | 预算数 | 年度目标 | 一级指标 | 二级指标 | 三级指标 | 指标值
101001某局 | 甲项目 | 100 | 目标一 | 效益指标 | 社会效益指标 | 稳定 | 95%
产出指标 | 时效指标 | 按时 | 100% | | | |
乙项目 | 200 | 目标二 | 满意度指标 | 服务对象满意度指标 | 满意度 | 90% |
"""
    one, two = projects(picture, tmp_path)
    assert (names(one), names(two)) == (["稳定", "按时"], ["满意度"])
    assert (two["name"], two["unit"], two["budget"]) == ("乙项目", "101001", Decimal("200.00"))


@pytest.mark.parametrize(
    "row", ["合计 | | | 3", "评价结论 | 良好 | |", "总分 | | | 98", "说明 | 无 | |"]
)
def test_a_row_across_the_table_is_no_indicator(row: str, tmp_path: Path) -> None:
    picture = f"绩效目标表\n项目名称 | 甲项目 | 单位 | 元\n{TITLES}\n{ROW}\n{row}\n"
    assert names(projects(picture, tmp_path)[0]) == ["加固长度"]


def test_a_list_of_projects_without_indicators_is_no_form(tmp_path: Path) -> None:
    picture = "单位：万元\n序号 | 项目名称 | 预算数\n1 | 道路养护 | 30\n2 | 桥梁检测 | 20\n"
    with pytest.raises(UserError, match="project_list"):
        open_any(html(picture, tmp_path / "list.html"))


OUR_HEAD = """
项目编码 | 130303210000000A1B2C3 | 项目名称 | 河道疏浚
预算规模及资金用途 | 预算数 | 6400.00 | 其中：财政资金
资金支出计划（%） | 3月底 | 6月底 | 10月底
"""


def test_a_table_beside_our_form_that_names_no_project_goes_on_with_it(tmp_path: Path) -> None:
    picture = f"1.河道疏浚绩效目标表\n{OUR_HEAD}\n续\n一级指标 | 二级指标 | 三级指标 | 权重\n产出指标 | 数量指标 | 长度 | 30"
    record = read(picture, tmp_path).record
    assert record["edition"] == "unknown"  # a column of weights, which our form does not have
    assert [project.get("name") for project in record["projects"]] == ["河道疏浚"]


def test_a_form_of_another_place_beside_ours_is_read_too(tmp_path: Path) -> None:
    picture = f"1.河道疏浚绩效目标表\n{OUR_HEAD}\n自评表\n项目名称 | 河道疏浚 | 单位 | 元\n一级指标 | 三级指标 | 指标值 | 完成值\n产出指标 | 长度 | 3公里 | 3公里"
    record = read(picture, tmp_path).record
    assert record["edition"] == "hebei-2021"
    assert [stage["kind"] for stage in record["stages"]] == ["self-evaluation"]


def test_a_table_by_its_titles_gives_columns_rows_and_unknown_titles(tmp_path: Path) -> None:
    picture = f"{TITLES} | 质控参数\n{ROW} | 每月\n合计 | | | 3 |\n"
    (block,) = composed(html(picture, tmp_path / "form.html")).blocks
    assert isinstance(block, Block)
    (table,) = tables(laid_out(block))
    assert [column.key for column in table.columns] == ["level1", "level2", "name", "target", ""]
    assert [slot.text for row in table.rows for slot in row.values()] == [*ROW.split(" | "), "每月"]
    assert table.unknown_titles == ["质控参数"]


def test_a_title_may_say_its_year_in_signs(tmp_path: Path) -> None:
    picture = f"二〇二三年项目支出绩效目标表\n项目名称 | 甲项目 | 单位 | 元\n{TITLES}\n{ROW}"
    reading = read(picture, tmp_path)
    assert reading.record["fiscal_year"] == 2023
    assert "leftovers" not in reading.record


REPORTED = """
2022年项目支出绩效自评情况表
填报单位：某校
序号 | 项目名称 | 年初预算（万元） | 全年执行（万元） | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值
1 | 营养餐 | 30 | 29.5 | 产出指标 | 数量指标 | 人数 | 500人 | 498人
2 | 助学金 | 12 | 11 | 产出指标 | 数量指标 | 人数 | 60人 | 58人
"""


def test_a_table_of_many_projects_may_report_and_its_unit_may_stand_above(tmp_path: Path) -> None:
    record = read(REPORTED, tmp_path).record
    units = [(project["name"], project["unit_name"]) for project in record["projects"]]
    assert units == [("营养餐", "某校"), ("助学金", "某校")]
    reported = record["stages"][0]["projects"]
    assert [project["executed"] for project in reported] == [
        Decimal("295000.00"),
        Decimal("110000.00"),
    ]
    assert reported[1]["indicators"][0]["completed"] == "58人"


def test_a_label_and_its_value_may_stand_in_one_cell(tmp_path: Path) -> None:
    picture = f"专项资金绩效目标表\n项目名称：供暖补贴 | 年度：2022\n资金总额（万元）：120 | 其中财政拨款：100\n{TITLES}\n{ROW}"
    (project,) = projects(picture, tmp_path)
    assert (project["name"], project["budget"], project["fiscal"]) == (
        "供暖补贴",
        Decimal("1200000.00"),
        Decimal("1000000.00"),
    )
