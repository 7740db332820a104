"""A comparison as JSON, in the shape the contract fixes, with the money by unit."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from xlperf.canonical import dumps
from xlperf.comparison import Change, counts
from xlperf.comparison.money import Money, MoneyChange, UnitMoney
from xlperf.paths import nearest
from xlperf.reports.changes.comparison_view import Comparison
from xlperf.reports.machine import place_parts


def as_json(compared: Comparison) -> dict[str, Any]:
    """Every change, how many there are of each kind, and the sums; amounts in yuan as text."""
    sums = {key: _sums(value) for key, value in compared.money.sums.items()}
    return {
        "changes": [_change(change, compared) for change in compared.changes],
        "summary": {**counts(compared.changes), **sums},
        "units": [_unit(unit) for unit in compared.money.units],
        "projects": _projects(compared.money),
    }


def report(compared: Comparison) -> str:
    """The comparison as the text of a JSON file."""
    return dumps(as_json(compared))


def _change(change: Change, compared: Comparison) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "kind": str(change.kind),
        "project": change.project,
        "path": list(change.path),
        "before": change.before,
        "after": change.after,
    }
    side = compared.before if change.path_before == change.path and change.after is None else None
    return facts | place_parts(nearest(change.path, (side or compared.after).where))


def _sums(sums: MoneyChange) -> dict[str, str]:
    return {
        "before": _yuan(sums.before),
        "after": _yuan(sums.after),
        "difference": _yuan(sums.difference),
    }


def _unit(unit: UnitMoney) -> dict[str, Any]:
    causes = ("added", "removed", "arrived", "left", "changed")
    return {
        "code": unit.code,
        "name": unit.name,
        "budget": _sums(unit.budget),
        "because": {cause: _yuan(getattr(unit, cause)) for cause in causes},
    }


def _projects(money: Money) -> list[dict[str, Any]]:
    return [
        {
            "code": item.code,
            "name": item.name,
            "kind": str(item.kind),
            "before": None if item.before is None else _yuan(item.before),
            "after": None if item.after is None else _yuan(item.after),
            "difference": _yuan(item.difference),
        }
        for item in money.projects
    ]


def _yuan(amount: Decimal) -> str:
    return f"{amount:.2f}"
