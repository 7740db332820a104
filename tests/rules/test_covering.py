"""What is wholly blank is said once, not cell by cell."""

from __future__ import annotations

from collections import Counter
from typing import Any

from xlperf.canonical import canonical
from xlperf.reading import Reading
from xlperf.rules import catalogue
from xlperf.rules.core import run

LEVELS = {"level1": "产出指标", "level2": "数量指标"}
ROW = {**LEVELS, "name": "场次", "description": "次数", "target": "≥4场", "basis": "合同"}


def codes(project: dict[str, Any], *, without: tuple[str, ...] = ()) -> Counter[str]:
    record = canonical({"edition": "hebei-2021", "projects": [project]})
    rules = [rule for code, rule in catalogue().items() if code not in without]
    counts = Counter(finding.code for finding in run(Reading(record), rules))
    return Counter({code: counts[code] for code in ("STR006", "STR011", "STR040", "STR041")})


def test_an_empty_form_is_said_to_be_empty_once() -> None:
    assert codes({"indicators": [LEVELS] * 9}) == Counter(STR040=1)


def test_without_the_rule_every_blank_cell_is_told() -> None:
    # blank: code, name, unit, purpose, goals, budget, plan, fiscal; four cells in each of two rows
    counts = codes({"indicators": [LEVELS] * 2}, without=("STR040", "STR041"))
    assert counts == Counter(STR006=8, STR011=8)


def test_rows_that_are_wholly_blank_are_said_once_and_a_cell_of_another_row_by_itself() -> None:
    half = {**ROW, "target": ""}
    counts = codes({"purpose": "演出", "indicators": [ROW, LEVELS, half, LEVELS]})
    # blank beside the rows: code, name, unit, goals, budget, plan, fiscal
    assert counts == Counter(STR006=7, STR011=1, STR041=1)
