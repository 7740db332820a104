"""Projects with whatever the looks, the heights and the formulas of a sheet depend on."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal

from xlperf.canonical import canonical
from xlperf.record import Raw


def odd_projects(sample: Raw) -> Raw:
    """Few projects of few shapes, and in them whatever a cell's style or height depends on."""
    record = deepcopy(sample)
    record["projects"] = projects = record["projects"][:6]
    projects[1]["name"] = "=1+1 \"a\" 'b' &<c>"
    projects[1]["code"] = "-7"
    projects[2]["title"] = "@另取的标题"
    projects[2]["purpose"] = "很长的用途，" * 400
    projects[3] |= {"budget": "约五万元", "fiscal": Decimal("12345678901234567890.12")}
    projects[3]["spending_plan"] = {"03": 0, "06": Decimal("33.333"), "10": "75%"}
    projects[3].pop("other")
    projects[3]["goals"] = ["第一行\n2.第二行", "_x0041_", " 前后有空格 "]
    for indicator in projects[4]["indicators"]:
        indicator["level1"] = "=长" * 200  # too long to be said by a formula
        indicator.pop("level2", None)
    for indicator, level in zip(projects[5]["indicators"], "甲甲乙=甲", strict=False):
        indicator["level1"] = level
    projects.append({"goals": [], "indicators": []})
    return canonical(record)
