"""The months that a form says in its title that it reports of; by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.documents.test_other_layouts import record

FORM = """
{title}
项目名称 | 农村道路养护 | 主管部门 | 某县交通局
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 全年预计完成情况
产出指标 | 数量指标 | 养护里程 | 30公里 | 15公里 | 30公里
"""


@pytest.mark.parametrize(
    ("title", "until"),
    [
        ("项目支出绩效运行监控表（2025年1-7月）", "2025-07-31"),
        ("项目支出绩效运行监控表（2025年1—6月份）", "2025-06-30"),
        ("2025年1月至9月项目支出绩效运行监控表", "2025-09-30"),
        ("2025年度1-7月部门预算项目支出绩效运行监控表", "2025-07-31"),
        ("某市某局2025年1-7月绩效运行监控表", "2025-07-31"),
        ("2025年1-7月份某县交通局项目绩效目标执行监控表", "2025-07-31"),
        ("项目支出绩效运行监控表（2025年上半年）", "2025-06-30"),
        ("2025年第三季度项目支出绩效监控表", "2025-09-30"),
        ("项目支出绩效运行监控表（截至2025年7月15日）", "2025-07-15"),
        ("项目支出绩效运行监控表（截至7月底）\n（2025年度）", "2025-07-31"),
        ("项目支出绩效运行监控表\n2025年上半年", "2025-06-30"),
        ("项目支出绩效运行监控表（2025年度）", None),
    ],
)
def test_a_title_says_the_months(title: str, until: str | None, tmp_path: Path) -> None:
    result = record(FORM.format(title=title), tmp_path)
    assert result["fiscal_year"] == 2025
    assert [stage.get("until") for stage in result["stages"]] == [until]
    assert "leftovers" not in result
    name = "某市某局" if "某市某局" in title else "某县交通局"
    assert result["department"]["name"] == name


def test_the_date_of_a_cover_is_no_month_reported_of(tmp_path: Path) -> None:
    result = record(
        FORM.format(title="项目支出绩效运行监控表（2025年度）\n2025年8月15日"), tmp_path
    )
    assert "until" not in result["stages"][0]
    assert [item["text"] for item in result["leftovers"]] == ["2025年8月15日"]


@pytest.mark.parametrize("sign", [" ", "　", "1", "-", "（", "2025年", "月"])
def test_a_long_title_is_read_in_time(sign: str, tmp_path: Path) -> None:
    long = sign * (30_000 // len(sign))
    result = record(FORM.format(title=f"项目支出绩效{long}运行监控表（2025年1-7月）"), tmp_path)
    assert result["projects"][0]["name"] == "农村道路养护"
