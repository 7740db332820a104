"""A comparison as one web page that needs nothing else: money first, then every change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlperf import __version__
from xlperf.comparison import counts
from xlperf.comparison.money import UnitMoney
from xlperf.reports.changes.comparison_view import (
    Comparison,
    count_words,
    groups_of,
    kind_word,
    reasons,
    signed,
)
from xlperf.reports.web_pages import environment, script_policy
from xlperf.rules.message_facts import money
from xlperf.wording import say


@dataclass(frozen=True)
class UnitView:
    """A unit's money in words."""

    name: str
    before: str
    after: str
    difference: str
    reasons: str


def page(compared: Comparison, notes: Sequence[str] = ()) -> str:
    """The page of a comparison; `notes` stand in its head."""
    templates = environment()
    script = templates.get_template("comparison.js").render()
    numbers = counts(compared.changes)
    return templates.get_template("comparison.html.j2").render(
        kind_word=kind_word,
        money=money,
        signed=signed,
        compared=compared,
        groups=groups_of(compared),
        numbers=numbers,
        tally=count_words(numbers),
        total=len(compared.changes),
        units=[unit_view(unit) for unit in compared.money.units],
        sums=compared.money.sums,
        projects=compared.money.projects,
        notes=notes,
        policy=script_policy(script),
        version=__version__,
    )


def unit_view(unit: UnitMoney) -> UnitView:
    """A unit's money as it is shown."""
    name = say("compare.unit", name=unit.name, code=unit.code) if unit.code else ""
    return UnitView(
        name or say("compare.no_unit"),
        str(money(unit.budget.before)),
        str(money(unit.budget.after)),
        signed(unit.budget.difference),
        reasons(unit),
    )
