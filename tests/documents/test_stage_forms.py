# ruff: noqa: E501 (a row of a table is a line)
"""Filled-in forms of monitoring and self-evaluation read whole; truths worked out by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.documents.layouts import Cells, html, parts, word
from xlperf.documents import Coverage, read_document_with_residue
from xlperf.jobs.inputs.open_any import open_any
from xlperf.reading import Reading
from xlperf.record import Raw

EVALUATION = """
项目支出绩效自评表
（2022年度）
项目名称 | < | < | 青石镇敬老院修缮 | < | < | < | < | < | < | <
主管部门 | < | < | 青石县民政局 | < | < | 实施单位 | < | 青石镇敬老院 | < | <
项目资金（万元） | < | | < | 年初预算数 | 全年预算数 | 全年执行数 | < | 分值 | 执行率 | 得分
^ | ^ | 年度资金总额 | < | 120 | 100.00 | 95.5 | < | 10 | 95.50% | 9.55
^ | ^ | 其中：当年财政拨款 | < | 100 | 80.00 | 78 | < | — | 97.5% | —
^ | ^ | 上年结转资金 | < | 0 | 20.00 | 17.5 | < | — | 88% | —
^ | ^ | 其他资金 | < | 20 | | | < | — | | —
年度总体目标 | 预期目标 | < | < | < | 实际完成情况 | < | < | < | < | <
^ | 完成两栋楼修缮 | < | < | < | 一栋完工，一栋主体完工 | < | < | < | < | <
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 | < | <
^ | 产出指标 | 数量指标 | 修缮栋数 | 2栋 | 1.5栋 | 50 | 37.5 | 雨季停工，次年三月完工 | < | <
^ | 效益指标 | 社会效益指标 | 受益老人 | ≥60人 | 66人 | 30 | 30 | | < | <
^ | 满意度指标 | 服务对象满意度指标 | 老人满意度 | ≥90% | 95% | 10 | 10 | 无 | < | <
总分 | < | < | < | < | < | 100 | 87.05 | | < | <
自评等级 | < | < | 良 | < | < | < | < | < | < | <
存在问题 | < | < | 工期安排偏紧 | < | < | < | < | < | < | <
"""
OUT, NUM = "产出指标", "数量指标"
EVALUATED: Raw = {
    "name": "青石镇敬老院修缮",
    "adjusted": Decimal("1000000.00"),
    "adjusted_fiscal": Decimal("800000.00"),
    "executed": Decimal("955000.00"),
    "executed_fiscal": Decimal("780000.00"),
    "funds": [
        {
            "source": "上年结转资金",
            "adjusted": Decimal("200000.00"),
            "executed": Decimal("175000.00"),
        }
    ],
    "goal_completion": "一栋完工，一栋主体完工",
    "execution_score": Decimal("9.55"),
    "total": Decimal("87.05"),
    "grade": "良",
    "indicators": [
        {
            "of": [OUT, NUM, "修缮栋数", 0],
            "weight": 50,
            "completed": "1.5栋",
            "score": Decimal("37.5"),
            "reason": "雨季停工，次年三月完工",
        },
        {
            "of": ["效益指标", "社会效益指标", "受益老人", 0],
            "weight": 30,
            "completed": "66人",
            "score": 30,
        },
        {
            "of": ["满意度指标", "服务对象满意度指标", "老人满意度", 0],
            "weight": 10,
            "completed": "95%",
            "score": 10,
            "reason": "无",
        },
    ],
    "problems": "工期安排偏紧",
}


def sheet(picture: str, path: Path) -> Path:
    """The picture as a workbook with merged cells."""
    book = Workbook()
    page = book.active
    assert page is not None
    row = 1
    for part in parts(picture):
        rows: Cells = [[part]] if isinstance(part, str) else part
        for at, cells in enumerate(rows):
            for column, text in enumerate(cells):
                if text in ("<", "^"):
                    continue
                wide = next(
                    (n for n in range(column + 1, len(cells)) if cells[n] != "<"), len(cells)
                )
                high = at + 1
                while high < len(rows) and rows[high][column] == "^":
                    high += 1
                page.cell(row + at, column + 1, text or None)
                if wide > column + 1 or high > at + 1:
                    edges = (row + at, column + 1, row + high - 1, wide)
                    page.merge_cells(None, *edges)
        row += len(rows)
    book.save(path)
    return path


def origin(rows: Cells, row: int, at: int) -> str:
    """What stands in the cell that a cell goes on with."""
    while rows[row][at] == "^":
        row -= 1
    return rows[row][at]


def text(picture: str, path: Path) -> Path:
    """The picture as a word processor saves it: a line a cell, what is merged a tab alone."""
    lines: list[str] = []
    for part in parts(picture):
        if isinstance(part, str):
            lines.append(part)
            continue
        for row, cells in enumerate(part):
            shown = [cell for at, cell in enumerate(cells) if origin(part, row, at) != "<"]
            lines += [f"\t{'' if cell == '^' else cell}" for cell in shown]
            lines.append("")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


MAKERS = {"form.html": html, "form.docx": word, "form.xlsx": sheet, "form.txt": text}


def read(picture: str, folder: Path, name: str = "form.html") -> tuple[Reading, Coverage]:
    return read_document_with_residue(MAKERS[name](picture, folder / name))


@pytest.mark.parametrize("made", MAKERS)
def test_a_central_self_evaluation_is_read_whole(made: str, tmp_path: Path) -> None:
    reading = open_any(MAKERS[made](EVALUATION, tmp_path / made))
    (stage,) = reading.record["stages"]
    assert (stage["kind"], stage["projects"]) == ("self-evaluation", [EVALUATED])
    (project,) = reading.record["projects"]
    assert (project["budget"], project["fiscal"]) == (Decimal("1200000.00"), Decimal("1000000.00"))
    assert project["goals"] == ["完成两栋楼修缮"]
    # 17.5 of 20 are 87.5%: the form's 88% is rounded to what it shows and agrees
    assert "leftovers" not in reading.record


MONITORING = """
项目支出绩效运行监控表
（2022年度）
监控截止日：2022-07-15
项目名称 | < | 老旧小区改造 | < | < | < | < | < | < | < | < | < | < | < | < | < | <
主管部门及代码 | < | 青石县住建局 | < | < | < | < | 实施单位 | < | 青石镇 | < | < | < | < | < | < | <
项目资金（万元） | < | | < | 年初预算数 | < | 1-7月执行数 | < | < | 1-7月执行率 | < | < | 全年预计执行数 | < | < | < | <
^ | ^ | 年度资金总额 | < | 300 | < | 90 | < | < | 30.00% | < | < | 270 | < | < | < | <
^ | ^ | 其中：财政拨款 | < | 300 | < | 90 | < | < | 31.00% | < | < | 270 | < | < | < | <
年度总体目标 | < | 完成三个小区改造 | < | < | < | < | < | < | < | < | < | < | < | < | < | <
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 1-7月执行情况 | 全年预计完成情况 | 偏差原因分析 | < | < | < | < | < | 完成目标可能性 | < | < | 备注
^ | ^ | ^ | ^ | ^ | ^ | ^ | 经费保障 | 制度保障 | 人员保障 | 硬件条件保障 | 其他 | 原因说明 | 确定能 | 有可能 | 完全不可能 | ^
^ | 产出指标 | 数量指标 | 小区数 | 3个 | 1个 | 2个 | √ | × | | | √ | 拨款较晚 | | | √ | 已申请调整
^ | ^ | 质量指标 | 合格率 | 100% | | 100% | | | | | | | √ | | |
"""


@pytest.mark.parametrize("made", ["form.html", "form.docx", "form.xlsx"])
def test_a_central_monitoring_form_is_read_whole(made: str, tmp_path: Path) -> None:
    reading = open_any(MAKERS[made](MONITORING, tmp_path / made))
    (stage,) = reading.record["stages"]
    assert (stage["kind"], stage["until"]) == (
        "monitoring",
        "2022-07-15",
    )  # as stated, not the 31st
    (project,) = stage["projects"]
    assert project["executed_fiscal"] == Decimal("900000.00")
    assert project["expected"] == Decimal("2700000.00")
    assert project["indicators"] == [
        {
            "of": [OUT, NUM, "小区数", 0],
            "completed": "1个",
            "expected": "2个",
            "causes": ["funding", "other"],
            "reason": "拨款较晚",
            "possibility": "impossible",
            "remark": "已申请调整",
        },
        {"of": [OUT, "质量指标", "合格率", 0], "expected": "100%", "possibility": "certain"},
    ]
    # 90 of 300 are 30%: the second row's 31% says something else and is listed
    assert [item["text"] for item in reading.record["leftovers"]] == ["31.00%"]


HEBEI = """
青石县教育局2020年度预算项目绩效自评表
一、基本情况 | 项目名称： | 校舍维修 | < | < | < | < | 是否为专项资金： | | < | < | < | <
^ | 实施（主管）单位 | 205001-青石县教育局 | < | < | < | < | 金额单位： | 万元 | < | < | < | <
二、预算执行情况 | 预算安排情况（调整后） | < | < | 资金到位情况 | < | < | 资金执行情况 | < | < | 预算执行进度（%） | < | <
^ | 预算数 | 50 | < | 到位数 | 48 | < | 执行数 | 40 | < | 80.00 | < | <
^ | 其中：财政资金 | 50 | < | 其中：财政资金 | 48 | < | 其中：财政资金 | 40 | < | ^ | ^ | ^
三、目标完成情况 | 年度预期目标 | < | < | < | < | 具体完成情况 | < | < | < | 总体完成率（%） | < | <
^ | 维修校舍四处 | < | < | < | < | 维修三处 | < | < | < | 75 | < | <
四、年度绩效指标完成情况 | 一级指标 | 二级指标 | 三级指标 | 指标说明 | 预期指标值 | < | < | 单项指标实际完成值 | 单项指标完成情况 | 自评得分 | < | <
^ | ^ | ^ | ^ | ^ | 符号 | 数值 | 单位（文字描述） | ^ | ^ | 单项指标得分 | 权重占比（%） | 单项指标折算得分
^ | 产出指标 | 数量指标 | 维修处数 | 维修校舍数量 | = | 4 | 处 | 3 | 未完成 | 75.00 | 60.00 | 45.00
^ | 满意度指标 | 服务对象满意度指标 | 师生满意度 | 问卷 | ≥ | 90 | % | 92 | 完成 | 90.00 | 30.00 | 30.00
预算执行率 | < | < | < | < | < | < | < | < | < | < | < | 8.00
"""


def test_hebeis_form_keeps_operators_apart_and_converts_scores(tmp_path: Path) -> None:
    reading, coverage = read(HEBEI, tmp_path)
    first = reading.record["projects"][0]["indicators"][0]
    assert (first["operator"], first["target"], first["unit"]) == ("=", "4", "处")
    (project,) = reading.record["stages"][0]["projects"]
    fields = {key: value for key, value in project.items() if key != "indicators"}
    assert fields == {
        "name": "校舍维修",
        "adjusted": Decimal("500000.00"),
        "adjusted_fiscal": Decimal("500000.00"),
        "received": Decimal("480000.00"),
        "received_fiscal": Decimal("480000.00"),
        "executed": Decimal("400000.00"),
        "executed_fiscal": Decimal("400000.00"),
        "goal_completion": "维修三处",
        "completion_rate": 75,
        "execution_score": 8,
    }
    assert [
        (item["weight"], item["score"], item["state"], item["completed"])
        for item in project["indicators"]
    ] == [(60, 45, "未完成", "3"), (30, 30, "完成", "92")]
    # 75 × 60% = 45 follows; 90 × 30% = 27 is not 30 and is listed
    assert [text for _, text in coverage.residue] == ["90.00"]


OUTCOMES = """
青石县水利局2022年度项目支出绩效自评汇总表
序号 | 项目名称 | 年初预算数（万元） | 全年执行数（万元） | 执行率 | 自评得分 | 自评等级
1 | 河道清淤 | 60 | 54 | 90.00% | 92.5 | 优
2 | 泵站维修 | 40 | 22 | 50.00% | 71 | 中
合计 | < | 100 | 76 | 76.00% | |
"""


def test_a_list_of_outcomes_gives_projects_and_their_stage(tmp_path: Path) -> None:
    reading, coverage = read(OUTCOMES, tmp_path)
    assert [(item["name"], item["budget"]) for item in reading.record["projects"]] == [
        ("河道清淤", Decimal("600000.00")),
        ("泵站维修", Decimal("400000.00")),
    ]
    (stage,) = reading.record["stages"]
    assert stage["kind"] == "self-evaluation"
    assert stage["projects"] == [
        {
            "name": "河道清淤",
            "executed": Decimal("540000.00"),
            "total": Decimal("92.5"),
            "grade": "优",
        },
        {"name": "泵站维修", "executed": Decimal("220000.00"), "total": 71, "grade": "中"},
    ]
    # 22 of 40 are 55%: the list's 50% says something else
    assert [text for _, text in coverage.residue] == ["50.00%"]


def test_a_list_beside_the_forms_repeats_them_and_says_where_it_does_not(tmp_path: Path) -> None:
    picture = """
项目支出绩效自评汇总表
序号 | 项目名称 | 全年预算数（万元） | 全年执行数（万元） | 自评得分
1 | 青石镇敬老院修缮 | 100 | 95.5 | 88
"""
    reading, coverage = read(picture + EVALUATION, tmp_path)
    assert len(reading.record["projects"]) == 1
    assert reading.record["stages"][0]["projects"] == [EVALUATED]
    assert [text for _, text in coverage.residue] == ["88"]  # the form says 87.05


def test_an_indicator_on_execution_among_the_rows_is_the_points_for_it(tmp_path: Path) -> None:
    picture = """
项目支出绩效自评表
项目名称 | 河道清淤 | 年度资金总额（万元） | 60 | | |
一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 权重 | 得分
预算执行率 | 预算执行率 | 预算执行率 | 100% | 90% | 10 | 9
产出指标 | 数量指标 | 清淤长度 | 5公里 | 5公里 | 90 | 90
合计 | | | | | 100 | 99
"""
    reading, coverage = read(picture, tmp_path)
    (project,) = reading.record["stages"][0]["projects"]
    assert (project["execution_score"], project["total"]) == (9, 99)
    assert [item["of"][2] for item in project["indicators"]] == ["清淤长度"]
    assert [text for _, text in coverage.residue] == ["90%"]  # nothing says what was spent


def test_a_blank_form_of_a_stage_is_known_and_leaves_nothing_over(tmp_path: Path) -> None:
    picture = """
项目支出绩效自评表
项目名称 | 河道清淤 | 项目负责人： |
年度总体目标 | 预期目标 | 实际完成情况 |
^ | 河道畅通 | |
一级指标 | 二级指标 | 三级指标 | 年度指标值
评价结论 | （结合自评情况填写，200字以内） | |
填表人： | 联系电话： | |
"""
    reading, coverage = read(picture, tmp_path)
    assert reading.record["stages"] == [
        {"kind": "self-evaluation", "projects": [{"name": "河道清淤"}]}
    ]
    assert coverage.residue == ()
