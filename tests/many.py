"""Large records made of the sample: many projects, each with its own words and figures."""

from __future__ import annotations

import copy
from decimal import Decimal

from xlperf.canonical import canonical
from xlperf.record import Raw


def department_of(sample: Raw, projects: int) -> Raw:
    """The sample with so many projects; names, codes, amounts and some texts differ."""
    record = copy.deepcopy(sample)
    source = record["projects"]
    record["projects"] = [_project(source[n % len(source)], n) for n in range(projects)]
    return canonical(record)


def _project(project: Raw, number: int) -> Raw:
    made = copy.deepcopy(project)
    made["code"] = f"130303210000{number:09d}"
    made["name"] = f"{project['name']}第{number}号"
    made["budget"] = made["fiscal"] = Decimal(1000 + number)
    made["other"] = Decimal(0)
    made["purpose"] = f"{project['purpose']}（{number}号地块）"
    for position, indicator in enumerate(made["indicators"]):
        indicator["name"] = f"{number}号{indicator['name']}"
        indicator["description"] = f"{indicator.get('description', '')}{number}-{position}"
    return made
