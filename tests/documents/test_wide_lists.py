# ruff: noqa: E501 (a row of a table is a line)
"""Lists with a row a project and a column for each level of indicators, worked out by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.documents.accounts import closed
from tests.documents.test_other_layouts import read
from xlperf.errors import UserError
from xlperf.record import Raw

TWO_ROWS = """
2024年度项目支出绩效目标公开表
填报部门：某县文旅局 金额单位：万元
序号 | 项目名称 | 实施单位 | 预算金额 | 年度绩效目标 | 产出指标 | < | 效益指标 | 满意度指标 | 联系人
^ | ^ | ^ | ^ | ^ | 数量指标 | 时效指标 | 社会效益指标 | 服务对象满意度指标 | ^
1 | 送戏下乡 | 某县文化馆 | 56.5 | 丰富群众文化生活 | 1.演出场次≥120场；/n2.下基层12次 | 12月底前完成 | 惠及群众：不少于3万人次 | 观众满意度≥95% | 张某
2 | 图书购置 | 某县图书馆 | 8.25 | 更新馆藏 | 购置图书2000册 | | 借阅量≥1万册次 | / | 李某
^ | ^ | ^ | ^ | ^ | 订购报刊30种 | | | |
合计 | < | < | 64.75 | | | | | |
"""
OUT, BENEFIT, CONTENT = "产出指标", "效益指标", "满意度指标"
FIRST = [
    {"level1": OUT, "level2": "数量指标", "name": "演出场次", "target": "≥120场"},
    {"level1": OUT, "level2": "数量指标", "name": "下基层", "target": "12次"},
    {"level1": OUT, "level2": "时效指标", "name": "12月底前完成"},
    {"level1": BENEFIT, "level2": "社会效益指标", "name": "惠及群众", "target": "不少于3万人次"},
    {"level1": CONTENT, "level2": "服务对象满意度指标", "name": "观众满意度", "target": "≥95%"},
]
SECOND = [
    {"level1": OUT, "level2": "数量指标", "name": "购置图书", "target": "2000册"},
    {"level1": BENEFIT, "level2": "社会效益指标", "name": "借阅量", "target": "≥1万册次"},
    {"level1": OUT, "level2": "数量指标", "name": "订购报刊", "target": "30种"},
]


@pytest.mark.parametrize("made", ["form.html", "form.docx"])
def test_every_cell_below_a_level_is_its_indicators(made: str, tmp_path: Path) -> None:
    reading, coverage = read(TWO_ROWS, tmp_path, made)
    raw_record = reading.record
    assert (raw_record["fiscal_year"], raw_record["department"]) == (2024, {"name": "某县文旅局"})
    first, second = raw_record["projects"]
    assert (first["name"], second["name"]) == ("送戏下乡", "图书购置")
    assert (first["budget"], second["budget"]) == (Decimal(565000), Decimal(82500))
    assert (first["goals"], second["goals"]) == (["丰富群众文化生活"], ["更新馆藏"])
    assert (first["indicators"], second["indicators"]) == (FIRST, SECOND)
    left = [leftover["text"] for leftover in raw_record["leftovers"]]
    assert left == ["联系人", "张某", "/", "李某", "合计", "64.75"]
    assert coverage.leftover == sum(len(closed(text)) for text in left)
    assert reading.recognition
    assert reading.recognition.unknown == ("联系人",)


ONE_ROW = """
项目绩效目标一览表（2023年度）
单位：元
项目编码 | 项目名称 | 预算数 | 产出指标 | 效益指标 | 满意度指标
13042523P00V3X110026A | 水库加固 | 1,200,000.00 | 加固水库2座 | 保护人口≥1.8万人 | 群众满意度≥90%
"""


def test_a_column_may_be_of_a_first_level_alone(tmp_path: Path) -> None:
    project = read(ONE_ROW, tmp_path)[0].record["projects"][0]
    assert project["budget"] == Decimal(1200000)
    assert project["indicators"] == [
        {"level1": OUT, "name": "加固水库", "target": "2座"},
        {"level1": BENEFIT, "name": "保护人口", "target": "≥1.8万人"},
        {"level1": CONTENT, "name": "群众满意度", "target": "≥90%"},
    ]


@pytest.mark.parametrize(("title", "others"), [("成效", "其他"), ("绩效指标", "备注")])
def test_a_list_with_one_level_alone_is_none(title: str, others: str, tmp_path: Path) -> None:
    picture = ONE_ROW.replace("效益指标", title).replace("满意度指标", others)
    assert not any(project["indicators"] for project in _projects(picture, tmp_path))


def _projects(picture: str, folder: Path) -> list[Raw]:
    try:
        return list(read(picture, folder)[0].record["projects"])
    except UserError:
        return []


THREE_ROWS = """
2024年度项目支出绩效目标表
单位：元
项目名称 | 预算数 | 绩效指标 | < | <
^ | ^ | 产出指标 | < | 满意度指标
^ | ^ | 数量指标 | 质量指标 | 服务对象满意度指标
水库加固 | 1,200,000.00 | 加固水库2座 | 合格率≥98% | 群众满意度≥90%
"""


@pytest.mark.parametrize("made", ["form.html", "form.docx"])
def test_a_title_over_all_levels_is_no_level(made: str, tmp_path: Path) -> None:
    record = read(THREE_ROWS, tmp_path, made)[0].record
    assert record["projects"][0]["indicators"] == [
        {"level1": OUT, "level2": "数量指标", "name": "加固水库", "target": "2座"},
        {"level1": OUT, "level2": "质量指标", "name": "合格率", "target": "≥98%"},
        {"level1": CONTENT, "level2": "服务对象满意度指标", "name": "群众满意度", "target": "≥90%"},
    ]
    assert "leftovers" not in record


def test_a_title_over_first_levels_is_no_level(tmp_path: Path) -> None:
    lines = [line for line in THREE_ROWS.splitlines() if "数量指标" not in line]
    indicators = _projects("\n".join(lines), tmp_path)[0]["indicators"]
    assert [indicator["level1"] for indicator in indicators] == [OUT, CONTENT]
    assert [indicator["name"] for indicator in indicators] == ["加固水库", "群众满意度"]


SECOND_ALONE = """
2025年度预算项目绩效目标一览表
金额单位：万元
项目单位 | 项目名称 | 预算安排金额 | < | 绩效指标 | <
^ | ^ | 小计 | 其中：财政拨款 | 数量指标 | 服务对象满意度指标
某市公路局 | 国省道养护 | 1,234.567891 | 1,000.00 | 养护里程386公里；/n改造危桥3座 | 司乘人员满意度90%以上
"""


def test_a_word_of_either_level_is_a_second_one_beside_such(tmp_path: Path) -> None:
    project = read(SECOND_ALONE, tmp_path)[0].record["projects"][0]
    amounts = Decimal("12345678.91"), Decimal(10000000)
    assert (project["budget"], project["fiscal"]) == amounts
    assert project["indicators"] == [
        {"level2": "数量指标", "name": "养护里程", "target": "386公里"},
        {"level2": "数量指标", "name": "改造危桥", "target": "3座"},
        {"level2": "服务对象满意度指标", "name": "司乘人员满意度", "target": "90%以上"},
    ]


PAIRS = """
2025年项目绩效目标批复表
单位：万元
项目名称 | 项目金额 | 项目主要内容 | 绩效目标 | 产出指标 | < | 效益指标 | < | 服务对象满意度指标 | <
^ | ^ | ^ | ^ | 指标名称 | 指标值 | 指标名称 | 指标值 | 三级指标 | 目标值
古树名木保护 | 36.4 | 对古树进行复壮 | 保护古树120株 | 1.复壮古树数量/n2.建档古树数量 | ≥120株/n≥60株 | 古树存活率 | ≥98% | 群众满意度 | ≥90%
公园设施维护 | 210 | 维护公园设施 | 维护公园8个 | 维护公园数量 | 8个 | 设施完好 | | / | /
"""


@pytest.mark.parametrize("made", ["form.html", "form.docx"])
def test_names_and_targets_may_have_columns_of_their_own(made: str, tmp_path: Path) -> None:
    reading, coverage = read(PAIRS, tmp_path, made)
    first, second = reading.record["projects"]
    assert (first["goals"], second["goals"]) == (["保护古树120株"], ["维护公园8个"])
    assert first["overview"] == "对古树进行复壮"
    assert first["indicators"] == [
        {"level1": OUT, "name": "复壮古树数量", "target": "≥120株"},
        {"level1": OUT, "name": "建档古树数量", "target": "≥60株"},
        {"level1": BENEFIT, "name": "古树存活率", "target": "≥98%"},
        {"level1": "服务对象满意度指标", "name": "群众满意度", "target": "≥90%"},
    ]
    assert second["indicators"] == [
        {"level1": OUT, "name": "维护公园数量", "target": "8个"},
        {"level1": BENEFIT, "name": "设施完好"},
    ]
    assert [leftover["text"] for leftover in reading.record["leftovers"]] == ["/", "/"]
    assert coverage.leftover == 2
