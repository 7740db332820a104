"""Single-field damage to a record: what people type wrong, field by field."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from xlperf.paths import RecordPath
from xlperf.record import PLAN_MONTHS, Raw

CODES = (
    "", "1303032", "130303213GA2H9SH8UW5I9", "130303213GA2H9SH8UW5i", "１３0303213GA2H9SH8UW5I",
    "130303213GA2H9SH 8UW5I", "930303213GA2H9SH8UW5I", "13030X213GA2H9SH8UW5I",
    "130304213GA2H9SH8UW5I", "130300213GA2H9SH8UW5I", "103303213GA2H9SH8UW5I",
    "130303223GA2H9SH8UW5I", "1303032X3GA2H9SH8UW5I", "13030321NVPDKGXM90M3V", "项目编码",
)  # fmt: skip
NAMES = (
    "", "　", "专项经费", "专项 补助", "人防业务费", "社保缴费", "农民工工资保障金", "长" * 60,
)  # fmt: skip
MONEY = (
    None, "", "约五千", "６４００", "6,400.00", "6,40.00", "-5", "+5", "0", "1.005", "12.", ".5",
    "1e5", "1 000", Decimal("-1"), Decimal(0), Decimal("0.01"), Decimal("6400.01"),
    Decimal("7000"), "5000元", Decimal("999999999999999"), "1000000000000000",
)  # fmt: skip
SHARES = (
    None, "", 0, 10, Decimal("49.99"), 83.0, Decimal("83.33"), 95, 100, 120, -5, "２５%", "25％",
    "约25%", "25%%", "120%", "第一季度", Decimal("33.3333"),
)  # fmt: skip
TARGETS = (
    "", "　", "/", "—", "是/否", "是否", "有/无", "是或否", "Yes/No", "□是 □否", "☑是 □否",
    "是（√）否（）", "是", "合格/不合格", "15", "≥15", "15人", "≥90%", "90%", "≥100%", ">100%",
    "=100%", "100%", "120%", "＝１００％", "９０％", ">=90%", "≤5%", "85.5%", "79%", "99.5%",
    "0%", "3次", "≥200场次", "5万元", "≤12万元", "≤200亿元", "100000000元", "≥3分", "2倍",
    "不低于90%", "90%以上", "百分之九十", "80%-90%", "11月底前", "2021年12月31日", "3天", "优良",
    "显著提高", "进一步提升", "有所改善3次", "逐步完善", "零事故", "三次", "15 人", "15人。",
    "1 000人", "01人", "1,000人", "1.2.3", "‰", "5‰", "≥95％\n", "A1", "15件套", "约15人",
    "15人左右", "长" * 90, "不断" * 50,
)  # fmt: skip
INDICATORS = (
    "", "　", "合格率", "验收合格率（%）", "培训人数", "培训人次(人次)", "服务对象满意度",
    "不满意人数", "增长率", "工作效率", "年检率", "支付准确率", "资金使用率", "单位成本",
    "总投资", "总成本（万元）", "排名", "指数", "人数占比", "投诉数", "系统发文数", "名称（注）",
    "名称（(注)）", "比率（一）（二）", "群众 满意率",
)  # fmt: skip
LEVELS1 = (
    "", "产出", "效益指标", "满意度指标", "成本指标", "其他指标", "产出 指标", "效果指标（20分）",
)  # fmt: skip
LEVELS2 = (
    "", "数量", "数量指标", "质量指标（一）", "成本指标", "经济成本指标", "社会效益指标",
    "满意度指标", "别的", "时 效指标",
)  # fmt: skip
TEXTS = ("", "　\n", "相同的描述文字在这里", "短")
CODED = ("", "333", "444", "333001", "33301", "333A01", "３３３００１", "420001")

Mutation = tuple[RecordPath, Any]


def mutations(record: Raw) -> Iterator[Mutation]:
    """Paths and what is put there; `None` takes the value away."""
    first, last = record["projects"][0], record["projects"][-1]
    yield from of_project(first, ("projects", 0))
    yield from of_list(first["indicators"], ("projects", 0), (0, 1, len(first["indicators"]) - 1))
    yield from of_project(last, ("projects", len(record["projects"]) - 1))
    yield from of_list(last["indicators"], ("projects", len(record["projects"]) - 1), (3,))
    yield from of_department(record)


def of_project(project: Raw, path: RecordPath) -> Iterator[Mutation]:
    singles: dict[str, tuple[Any, ...]] = {
        "code": CODES, "name": NAMES, "budget": MONEY, "fiscal": MONEY, "other": MONEY,
        "unit": ("", "333005", "999001", "333001"), "unit_name": ("另一个名字",),
        "purpose": ("", "　", "支付人员工资", "农民工工资专户利息"),
        "goals": ([], [""], ["", ""], ["目标"]),
    }  # fmt: skip
    for key, values in singles.items():
        yield from (((*path, key), value) for value in values)
    for month in PLAN_MONTHS:
        yield from (((*path, "spending_plan", month), value) for value in SHARES)
    yield (*path, "spending_plan"), None


def of_list(listed: list[Raw], path: RecordPath, lines: tuple[int, ...]) -> Iterator[Mutation]:
    for line in lines:
        yield from of_indicator((*path, "indicators", line), listed)
        yield from (((*path, "indicators", line, "level2"), text) for text in LEVELS2)
        yield from (((*path, "indicators", line, "basis"), text) for text in ("", "　"))
    for level1 in LEVELS1:
        yield (*path, "level1", listed[0]["level1"]), level1
        yield (*path, "level1", listed[-1]["level1"]), level1


def of_indicator(path: RecordPath, listed: list[Raw]) -> Iterator[Mutation]:
    yield from (((*path, "target"), text) for text in TARGETS)
    yield from (((*path, "name"), text) for text in INDICATORS)
    yield from (((*path, "description"), text) for text in TEXTS)
    for other in listed[:3]:
        yield (*path, "name"), other.get("name")
        yield (*path, "description"), other.get("description")
        copied = {key: other.get(key) for key in ("name", "description", "target")}
        yield path, copied
        yield path, {**copied, "target": "≥7次"}


def of_department(record: Raw) -> Iterator[Mutation]:
    for key in (("region", "code"), ("department", "code"), ("department", "name")):
        yield from ((key, text) for text in ("", "　", "130304", "999999", "130303", "333", "12"))
    yield from ((("fiscal_year",), year) for year in ("", "二〇二一", 2020, 2021, "２０２２", 2000))
    yield from ((("overall_goal",), text) for text in ("", "　", "目标"))
    for line in range(len(record["units"])):
        yield from ((("units", line, "code"), text) for text in CODED)
        yield from ((("units", line, "name"), text) for text in ("", "另一个名字"))
    for line in (0, 3):
        path: RecordPath = ("activities", line)
        yield from (((*path, key), text) for key in ("name", "goal") for text in ("", "　", "文字"))
        yield (*path, "indicators"), []
        listed = record["activities"][line]["indicators"]
        yield from of_indicator((*path, "indicators", 1), listed)
