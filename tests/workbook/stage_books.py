"""A workbook with stages whose every value says to which indicator it belongs."""

from __future__ import annotations

from decimal import Decimal

from xlperf.canonical import canonical
from xlperf.record import Raw

NAMES = ("培训人次", "培训合格率", "完成时间", "学员满意度")
LEVELS = (
    ("产出指标", "数量指标"),
    ("产出指标", "质量指标"),
    ("产出指标", "时效指标"),
    ("满意度指标", "服务对象满意度指标"),
)
TARGETS = ("≥120人次", "≥95%", "11月底前", "≥90%")
CODES = ("130397210AB1C2D3E4F5G", "130397210AB1C2D3E4F5H")
GOALS = ("01 农机培训", "02 渠道维护")  # titles of the goals' sheets
MONITORED = ("监控 01 农机培训", "监控 02 渠道维护")


def of(position: int) -> list[object]:
    """How a stage refers to an indicator."""
    return [*LEVELS[position], NAMES[position], 0]


def record(*, with_stages: bool = True) -> Raw:
    """Two projects with four indicators each, monitored and evaluated."""
    projects = [
        {
            "code": code,
            "name": title[3:],
            "unit": "333001",
            "budget": Decimal(6400),
            "fiscal": Decimal(6400),
            "other": Decimal(0),
            "goals": ["保障业务正常开展"],
            "indicators": [
                {"level1": level1, "level2": level2, "name": name, "target": target}
                for (level1, level2), name, target in zip(LEVELS, NAMES, TARGETS, strict=True)
            ],
        }
        for code, title in zip(CODES, GOALS, strict=True)
    ]
    raw: Raw = {
        "edition": "hebei-2021",
        "fiscal_year": 2021,
        "department": {"code": "333", "name": "某某局"},
        "units": [{"code": "333001", "name": "某某局本级"}],
        "projects": projects,
    }
    if with_stages:
        raw["stages"] = [
            {"kind": "monitoring", "until": "2021-07-31", "projects": _reports("监", 3200)},
            {"kind": "self-evaluation", "projects": _reports("评", 6400)},
        ]
    return canonical(raw)


def _reports(sign: str, executed: int) -> list[Raw]:
    return [
        {
            "code": code,
            "executed": Decimal(executed),
            "indicators": [{"of": of(n), "completed": f"{sign}{project}-{n}"} for n in range(4)],
        }
        for project, code in enumerate(CODES)
    ]


def completed_values(raw: Raw) -> dict[str, list[object]]:
    """What each value is about: the completed value to the indicator's identity."""
    return {
        item["completed"]: item["of"]
        for stage in raw.get("stages", ())
        for project in stage["projects"]
        for item in project.get("indicators", ())
        if "completed" in item
    }
