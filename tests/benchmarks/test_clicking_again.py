"""How long a second click on validate takes in Python: one sheet was edited since the first.

The baseline is the sample without stages; with both it has 41 sheets instead of 16.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.masters import put_master
from xlperf import plan
from xlperf.forms.sheet_reading.sheet_content import SheetContent
from xlperf.forms.sheet_reading.sheet_memory import SheetMemory
from xlperf.forms.sheet_reading.sheet_reader import record_of
from xlperf.jobs.beginning import begin
from xlperf.layout import Grid
from xlperf.record import Raw
from xlperf.rules import catalogue
from xlperf.rules.core import run
from xlperf.workbook.fast_read.contents import contents_of

BUDGET = "XPF_budget"


def clicks(path: Path) -> Iterator[plan.Plan]:
    """A click after the other, before each of which the first budget is another one."""
    contents, memory = contents_of(path), SheetMemory()
    edited = next(n for n, sheet in enumerate(contents) if BUDGET in sheet.names)
    for yuan in count(1_000):
        sheets = [_with(s, yuan) if n == edited else s for n, s in enumerate(contents)]
        with memory.reading() as read:
            reading = record_of(sheets, str(path), read)
        findings = run(reading, catalogue().values())
        yield plan.plan(findings, reading.record, catalogue().keys())


def _with(sheet: SheetContent, yuan: int) -> SheetContent:
    values = {**sheet.grid.values, sheet.names[BUDGET].at: yuan}
    return replace(sheet, grid=Grid(values, sheet.grid.spans))


@pytest.fixture(scope="module")
def books(
    sample: Raw, small: Raw, pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """The sample without stages, and with both; where nothing is measured, a small part of it."""
    record = sample if pytestconfig.getoption("benchmark_enable") else small
    folder = tmp_path_factory.mktemp("books")
    names = ("none", "monitoring", "both")
    paths = {name: folder / f"{name}.xlsx" for name in names}
    put_master(record, paths["none"])
    begin(paths["none"], paths["monitoring"], "monitoring", "2021-07-31")
    begin(paths["monitoring"], paths["both"], "self-evaluation")
    return paths


@pytest.mark.parametrize("stages", ["none", "both"])
@pytest.mark.benchmark(group="validating again")
def test_a_second_click(stages: str, books: dict[str, Path], benchmark: Callable[..., Any]) -> None:
    clicked = clicks(books[stages])
    next(clicked)
    benchmark(lambda: next(clicked))
