"""The checks of cells say what the rules say, on the forms of every edition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.editions.records import CENTRAL, PLAIN, SICHUAN, another_edition
from tests.masters import put_master
from tests.office import Office
from tests.workbook.mutations import Mutation
from tests.workbook.test_native import _areas, _beyond_a_cell, _code_paths, _rules, _sheets, _try
from xlperf.editions import first, traits_of
from xlperf.formulas.sheet_checks import checks_of
from xlperf.record import Raw
from xlperf.rules.profiles import profile

VALUES: dict[str, tuple[Any, ...]] = {
    "code": ("", "5002362", "130303213GA2H9SH8UW5I"),
    "name": ("", "专项经费"),
    "budget": ("", "约五千", "1.005", "7000"),
    "fiscal": ("", "-5"),
    "unit": ("", "501009"),
    "overview": ("", "　"),
    "goals": ([], ["目标"]),
}
OF_INDICATORS: dict[str, tuple[Any, ...]] = {
    "level2": ("", "数量指标", "经济成本指标", "别的"),
    "name": ("", "合格率", "投诉数", "满意度"),
    "description": ("", "短"),
    "target": ("", "　", "是/否", "120", "≥90%", "1.5"),
    "operator": ("", "≤", "定性"),
    "unit": ("", "%", "人"),
    "weight": ("", "十分"),
}


def mutations(record: Raw) -> Iterator[Mutation]:
    """One field after another of the first project and of two of its indicators."""
    traits = traits_of(record)
    for key, values in VALUES.items():
        if traits.has(f"projects/{key}"):
            yield from ((("projects", 0, key), value) for value in values)
    for line in (0, 1):
        for key, values in OF_INDICATORS.items():
            if traits.has(f"projects/indicators/{key}"):
                path = ("projects", 0, "indicators", line, key)
                yield from ((path, value) for value in values)
    yield ("department", "name"), ""


@pytest.mark.office
@pytest.mark.parametrize("record", [CENTRAL, SICHUAN, PLAIN], ids=lambda raw: raw["edition"])
def test_every_check_agrees_with_its_rule(office: Office, record: Raw, tmp_path: Path) -> None:
    with another_edition():
        wrong, fired, tried = compare(office, record, tmp_path / "master.xlsx")
    assert wrong == []
    assert tried >= 15
    assert {"STR006", "STR011"} <= set(fired)


def without_cells(record: Raw) -> set[str]:
    """Rules that look at something which the edition's forms have not: no cell checks them."""
    traits, whole = traits_of(record), profile("default")
    edition_checks, every = checks_of(whole, traits), checks_of(whole, first())
    return {
        rule.code
        for (of, at), checks in every.items()
        for rule, native in checks
        if not traits.lacks(f"{of}/{at}".strip("/")) and not native.required
        if rule.code not in {other.code for other, _ in edition_checks.get((of, at), ())}
    }


def compare(office: Office, record: Raw, path: Path) -> tuple[list[Any], Counter[str], int]:
    """Where cells and rules differ, how often each check fired, and how many changes were tried."""
    put_master(record, path)
    sheets = _sheets(record)
    tries = [made for mutation in mutations(record) if (made := _try(record, sheets, mutation))]
    areas, at = _areas(record, sheets)
    changes = [[], *(changed for _, changed in tries)]
    steps = [
        {"do": "open", "path": str(path)},
        {"do": "mutate", "tries": changes, "areas": areas},
        {"do": "close"},
    ]
    results = office.do(steps, seconds=300)[1]
    wrong, fired, left_out = [], Counter[str](), without_cells(record)
    records = [record, *(variant for variant, _ in tries)]
    for changed_record, cells, changed in zip(records, results, changes, strict=True):
        native, python = _code_paths(cells, at), _rules(changed_record)
        fired.update(code for code, _ in native)
        for code, where in python ^ native:
            is_rule = (code, where) in python
            left = code in left_out and is_rule
            if not left and not (is_rule and _beyond_a_cell(code, where, changed_record)):
                wrong.append((code, where, changed, "rule" if is_rule else "cell"))
    return wrong, fired, len(tries)
