"""Small records of our own making, one an edition, and an edition that exists in tests only."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

import pytest

from xlperf import editions, forms
from xlperf.canonical import canonical
from xlperf.editions import Traits, read
from xlperf.forms import Edition, make_edition
from xlperf.forms.official.owner import leftovers_form
from xlperf.layout import Form, field, item_row, label, labels, row
from xlperf.record import Raw

OWNER = {
    "fiscal_year": 2023,
    "region": {"code": "500236", "name": "某某县"},
    "department": {"code": "501", "name": "某某县水利局"},
    "units": [{"code": "501001", "name": "某某县水利局本级"}],
}


def line(level1: str, level2: str, name: str, target: str, weight: int) -> Raw:
    """An indicator of the central form."""
    return {
        "level1": level1,
        "level2": level2,
        "name": name,
        "target": target,
        "weight": weight,
        "description": f"按台账统计{name}。",
    }


def parted(*texts: str | int) -> Raw:
    """An indicator of Sichuan's form, its target in three columns."""
    keys = ("level1", "level2", "name", "operator", "target", "unit", "weight")
    direction = "反向指标" if "≤" in texts else "正向指标"
    return {**dict(zip(keys, texts, strict=True)), "direction": direction}


CENTRAL = canonical(
    {
        **OWNER,
        "edition": "central-2022",
        "projects": [
            {
                "code": "50023623T000000123456",
                "name": "村级水渠清淤",
                "unit": "501001",
                "managing_department": "某某县水利局",
                "implementing_unit": "某某县水利局灌溉站",
                "category": "农林水支出",
                "attribute": "新增项目",
                "start": "2023年1月",
                "end": "2023年12月",
                "leader": "灌溉站负责人",
                "budget": Decimal("126000.50"),
                "fiscal": Decimal("120000.50"),
                "other": Decimal("6000.00"),
                "overview": "清淤12条水渠共36公里，恢复2100亩农田的灌溉。",
                "goals": ["清淤水渠12条，共36公里", "恢复灌溉面积2100亩"],
                "indicators": [
                    line("成本指标", "经济成本指标", "每公里清淤费用", "≤3500元", 10),
                    line("成本指标", "社会成本指标", "占用农田面积", "≤2亩", 5),
                    line("成本指标", "生态环境成本指标", "淤泥外运损坏道路长度", "≤1公里", 5),
                    line("产出指标", "数量指标", "清淤水渠条数", "=12条", 20),
                    line("产出指标", "质量指标", "清淤验收合格率", "≥98%", 15),
                    line("产出指标", "时效指标", "汛期前完成清淤", "≤5个月", 5),
                    line("效益指标", "社会效益指标", "恢复灌溉面积", "≥2100亩", 20),
                    line("满意度指标", "服务对象满意度指标", "用水农户满意度", "≥90%", 10),
                ],
            },
            {
                "code": "50023623T000000123457",
                "name": "小型泵站检修",
                "unit": "501001",
                "budget": Decimal("98000.00"),
                "fiscal": Decimal("98000.00"),
                "goals": ["检修泵站8座"],
                "indicators": [line("产出指标", "数量指标", "检修泵站座数", "=8座", 50)],
            },
        ],
    }
)
SICHUAN = canonical(
    {
        **OWNER,
        "edition": "sichuan-2023",
        "projects": [
            {
                "code": "51112423T000009876543",
                "name": "乡镇图书室更新",
                "unit": "501001",
                "budget": Decimal("43250.75"),
                "goals": ["为9个图书室各添书300册"],
                "indicators": [
                    parted("产出指标", "数量指标", "添置图书册数", "≥", "2700", "册", 30),
                    parted("产出指标", "质量指标", "正版图书比例", "=", "100", "%", 20),
                    parted("效益指标", "社会效益指标", "读者人次增长率", "≥", "5.5", "%", 30),
                    parted("成本指标", "经济成本指标", "每册图书费用", "≤", "16", "元", 10),
                    parted("满意度指标", "服务对象满意度指标", "读者满意度", "≥", "90", "%", 10),
                ],
            }
        ],
    }
)

PLAIN_FILE = """
name = "plain-test"
months = []
parts = ["projects"]
money = "元"
[fields]
record = "edition fiscal_year"
department = "name"
projects = "name title budget goals"
"projects/indicators" = "level1 level2 name target"
[required]
projects = "name indicators goals budget"
"projects/indicators" = "level1 level2 name target"
[words]
goals = "目标任务"
budget = "所需资金"
target = "目标值"
[levels]
"成效" = ["直接成效", "长远成效"]
[recognise]
any = ["target"]
not = ["basis", "description", "weight", "operator", "plan"]
"""
PLAIN = canonical(
    {
        "edition": "plain-test",
        "fiscal_year": 2024,
        "department": {"name": "某某镇人民政府"},
        "projects": [
            {
                "name": "路灯维护",
                "budget": Decimal("15000.00"),
                "goals": ["全镇路灯常亮", "故障两日内修复"],
                "indicators": [
                    {"level1": "成效", "level2": "直接成效", "name": "亮灯率", "target": "≥98%"},
                    {
                        "level1": "成效",
                        "level2": "长远成效",
                        "name": "夜间事故数",
                        "target": "≤2起",
                    },
                ],
            },
            {
                "name": "垃圾清运",
                "budget": Decimal("64000.20"),
                "goals": ["日产日清"],
                "indicators": [
                    {"level1": "成效", "level2": "直接成效", "name": "清运率", "target": "=100%"}
                ],
            },
        ],
    }
)


def plain_edition() -> Edition:
    """An edition without plan, descriptions and codes."""
    traits = read(PLAIN_FILE)
    name = traits.name
    project = Form(
        edition=name,
        name="project",
        widths=(16, 16, 34, 20),
        body=(
            row(field("title", 4, kind="title")),
            row(label("project_name"), field("name", 3)),
            row(label("budget"), field("budget", 3, kind="money")),
            row(label("goals"), field("goals", 3, kind="numbered", look="text", deep=True)),
            row(*labels("level1 level2 level3 target")),
            item_row(
                "indicators",
                field("level1", look="center", merge=True),
                field("level2", look="center", merge=True),
                field("name"),
                field("target", look="center"),
            ),
        ),
    )
    department = Form(
        edition=name,
        name="department",
        widths=(14, 40),
        body=(
            row(label("document_title", 2, look="title")),
            row(label("department_name"), field("department/name")),
            row(label("fiscal_year"), field("fiscal_year", kind="year")),
            row(label("edition"), field("edition")),
        ),
    )
    return make_edition(traits, project, department, leftovers_form(name))


def forget() -> None:
    """Let everything that remembers what editions there are look again."""
    for name, module in list(sys.modules.items()):
        if name.startswith("xlperf"):
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


@contextmanager
def another_edition() -> Iterator[Traits]:
    """For a while, the edition of the tests is one of those there are."""
    plain = plain_edition()
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(editions.TRAITS, plain.name, plain.traits)
        patch.setitem(forms.EDITIONS, plain.name, plain)
        forget()
        yield plain.traits
    forget()
