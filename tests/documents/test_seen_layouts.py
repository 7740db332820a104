"""Odd features of published forms, in layouts of our own; values written down by hand before."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.documents.test_other_layouts import MAKERS, read, record
from tests.documents.test_small_documents import in_sheet
from xlperf.documents import read_document
from xlperf.record import Raw

HEAD = """
2025年项目支出绩效目标表
金额单位：元
项目名称 | 图书馆免费开放 | < | < | <
预算金额 | 350000 | < | < | <
"""
WIDE = (
    HEAD
    + """
绩效指标 | < | < | 指标值 | 绩效标准
产出指标 | 数量指标 | 开放天数 | ≥300天 | 计划标准
^ | 质量指标 | 图书上架率 | ≥98% | 计划标准
效益指标 | 社会效益指标 | 到馆读者 | ≥10万人次 | 计划标准
"""
)
ALONE = (
    HEAD
    + """
指标名称 | < | < | 指标值 | 绩效标准
产出指标 | < | < | < | <
数量指标 | < | < | < | <
开放天数 | < | < | ≥300天 | 计划标准
质量指标 | < | < | < | <
图书上架率 | < | < | ≥98% | 计划标准
效益指标 | < | < | < | <
社会效益指标 | < | < | < | <
到馆读者 | < | < | ≥10万人次 | 计划标准
"""
)
TRUTH = [
    ("产出指标", "数量指标", "开放天数", "≥300天"),
    ("产出指标", "质量指标", "图书上架率", "≥98%"),
    ("效益指标", "社会效益指标", "到馆读者", "≥10万人次"),
]


def indicators(project: Raw) -> list[tuple[str, ...]]:
    keys = ("level1", "level2", "name", "target")
    return [tuple(item.get(key) for key in keys) for item in project["indicators"]]


@pytest.mark.parametrize("made", MAKERS)
@pytest.mark.parametrize("picture", [WIDE, ALONE], ids=["one wide title", "levels alone in rows"])
def test_levels_without_titles_are_levels(picture: str, made: str, tmp_path: Path) -> None:
    reading, coverage = read(picture, tmp_path, made)
    assert indicators(reading.record["projects"][0]) == TRUTH
    assert coverage.leftover == 0


def test_the_sources_of_the_year_are_those_below_its_amount(tmp_path: Path) -> None:
    picture = """
专项资金绩效目标申报表
（2025年度）
专项名称 | 职业教育扩容 | < | < | <
资金情况（万元） | 实施期金额： | 9000 | 年度金额： | 3000
^ | 其中：财政拨款 | 8800 | 其中：财政拨款 | 2900
^ | 其他资金 | 200 | 其他资金 | 100
一级指标 | 二级指标 | 三级指标 | 指标值 | <
产出指标 | 数量指标 | 新增学位 | 6000个 | <
"""
    (project,) = record(picture, tmp_path)["projects"]
    assert [project[key] for key in ("budget", "fiscal", "other")] == [30000000, 29000000, 1000000]


def test_an_amount_may_have_its_label_in_its_cell_and_a_title_a_note_s_mark(
    tmp_path: Path,
) -> None:
    picture = """
2025年部门预算项目绩效目标表①
项目名称 | 口岸检疫 | < | <
预算安排 | 总额：150.00万元 | 其中：财政拨款：150.00万元 | 其他资金：0.00万元
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 检疫人次 | 20万人次
"""
    result = record(picture, tmp_path)
    (project,) = result["projects"]
    assert [project[key] for key in ("budget", "fiscal", "other")] == [1500000, 1500000, 0]
    assert result["fiscal_year"] == 2025


LIST = """
2024年度部门项目支出绩效自评结果汇总表
金额单位：万元
序号 | 项目名称 | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 | 自评得分 | 自评等级
1 | 海洋牧场 | 300 | 320 | 304 | 95% | 95.5 | 优
2 | 渔政执法 | 80 | 80 | 56 | 70% | 82 | 良
合计 | | 380 | 400 | 360 | 90% | |
项目支出绩效自评表
（2024年度）
项目名称 | 海洋牧场 | | | | |
年度目标 | 建设人工鱼礁2万空方 | | | | |
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 全年完成值 | 分值 | 得分
产出指标 | 数量指标 | 鱼礁投放 | 2万空方 | 1.9万空方 | 50 | 47.5
"""


def test_a_form_below_a_list_of_results_in_one_sheet_is_no_part_of_the_list(
    tmp_path: Path,
) -> None:
    result = in_sheet(LIST, tmp_path)
    assert [project["name"] for project in result["projects"]] == ["海洋牧场", "渔政执法"]
    first, second = result["stages"][0]["projects"]
    assert [first[key] for key in ("adjusted", "executed", "total", "grade")] == [
        3200000,
        3040000,
        Decimal("95.5"),
        "优",
    ]
    assert [item["completed"] for item in first["indicators"]] == ["1.9万空方"]
    assert "indicators" not in second


def test_a_standard_is_said_once_of_several_indicators_in_a_row(tmp_path: Path) -> None:
    picture = """
2025年项目支出绩效目标表
项目名称 | 河长制管护 | < | < | <
一级指标 | 二级指标 | 三级指标 | 绩效指标值 | 绩效标准
产出指标 | 数量指标 | 保洁河道/n巡河次数 | 35公里/n≥500次 | 计划标准
"""
    rows = record(picture, tmp_path)["projects"][0]["indicators"]
    assert [(item["name"], item["target"], item["basis"]) for item in rows] == [
        ("保洁河道", "35公里", "计划标准"),
        ("巡河次数", "≥500次", "计划标准"),
    ]


def test_notes_and_page_numbers_between_rows_of_a_text_are_in_no_cell(tmp_path: Path) -> None:
    lines = [
        "2025年项目支出绩效目标表",
        "项目名称\t河长制管护\t\t",
        "一级指标\t二级指标\t三级指标\t指标值",
        "产出指标\t数量指标\t保洁河道\t35公里",
        "— 1 —",
        "产出指标\t数量指标\t巡河次数\t≥500次",
        "注：1.本表一式两份。",
    ]
    path = tmp_path / "form.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    result = read_document(path).record
    targets = [item["target"] for item in result["projects"][0]["indicators"]]
    assert targets == ["35公里", "≥500次"]
    assert [item["text"] for item in result["leftovers"]] == ["— 1 —", "注：1.本表一式两份。"]


def test_a_form_below_a_list_of_levels_in_one_sheet_is_no_part_of_the_list(tmp_path: Path) -> None:
    picture = """
2025年项目支出绩效目标汇总表
单位：万元
项目名称 | 预算数 | 数量指标 | 质量指标
海洋牧场 | 300 | 鱼礁2万空方 | 合格率100%
渔政执法 | 80 | 巡航120次 | 结案率95%
2025年项目支出绩效目标表
项目名称 | 种苗放流 | 预算金额 | 50
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 放流种苗 | 500万尾
"""
    projects = in_sheet(picture, tmp_path)["projects"]
    assert [(p["name"], p["budget"], len(p["indicators"])) for p in projects] == [
        ("海洋牧场", 3000000, 2),
        ("渔政执法", 800000, 2),
        ("种苗放流", 500000, 1),
    ]


@pytest.mark.parametrize(
    "funds",
    [
        "预算数（万元） | 300 | 执行数（万元） | 285 | 其中：财政资金（万元） | 280",
        "预算数（万元） | 300 | < | < | < | <\n"
        "执行数（万元） | 285 | < | < | < | <\n"
        "其中：财政资金（万元） | 280 | < | < | < | <",
    ],
    ids=["beside", "below"],
)
def test_a_part_of_what_was_spent_is_no_part_of_the_budget(funds: str, tmp_path: Path) -> None:
    result = record(
        f"""
2024年度项目支出绩效自评表
项目名称 | 海洋牧场 | < | < | < | <
{funds}
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | <
产出指标 | 数量指标 | 鱼礁 | 2万空方 | 2万空方 | <
""",
        tmp_path,
    )
    (project,) = result["projects"]
    (spent,) = result["stages"][0]["projects"]
    assert (project["budget"], project.get("fiscal")) == (3000000, None)
    assert (spent["executed"], spent["executed_fiscal"]) == (2850000, 2800000)


def test_labels_are_numbered_in_steps(tmp_path: Path) -> None:
    picture = """
项目支出绩效目标表
（2025年度）
（一）项目名称 | 海洋牧场 | <
（二）资金（万元） | 1.年度资金总额 | 300
^ | 1.1 其中：财政拨款 | 280
^ | 1.2 其他资金 | 20
1.一级指标 | 2.二级指标 | 3.三级指标 | 4.指标值
产出指标 | 数量指标 | 鱼礁 | 2万空方
"""
    reading, coverage = read(picture, tmp_path)
    (project,) = reading.record["projects"]
    assert [project[key] for key in ("budget", "fiscal", "other")] == [3000000, 2800000, 200000]
    assert coverage.leftover == 0
