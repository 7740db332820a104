"""How long the rules take for 1,000 projects, as a multiple of writing them as JSON.

Processor time, not time on the clock, of several runs in turn; every run has projects of its own,
so that nothing is remembered from the one before. One more run has projects that repeat each
other's texts, as similar projects of one department do. Run with `--benchmark-enable -s`; the table
says milliseconds a project and how many times the baseline of the same run, smallest and median.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import simplejson

from tests.many import department_of, with_texts_in_common
from xlperf.reading import Reading
from xlperf.record import Raw, view
from xlperf.rules import catalogue
from xlperf.rules.core import Hit, Rule, run
from xlperf.schema import faults

PROJECTS, RUNS = 1000, 5
ONE_PROJECT = ("Project", "Indicator", "Activity")  # what is looked at by itself

EVERY_RULE = list(catalogue().values())
OF_ONE_PROJECT = [rule for rule in EVERY_RULE if rule.subject in ONE_PROJECT]

TEXTS_IN_COMMON = "… whose texts are alike"
WAYS: dict[str, Callable[[Raw], object]] = {
    "written as JSON (the baseline)": lambda record: simplejson.dumps(record, use_decimal=True),
    "the typed view alone": view,
    f"the {len(OF_ONE_PROJECT)} rules of one project": lambda record: run(
        Reading(record), OF_ONE_PROJECT
    ),
    f"all {len(EVERY_RULE)} rules": lambda record: run(Reading(record), EVERY_RULE),
    TEXTS_IN_COMMON: lambda record: run(Reading(record), EVERY_RULE),
    "the JSON Schema": faults,
}


def test_milliseconds_a_project(sample: Raw, pytestconfig: pytest.Config) -> None:
    measured = pytestconfig.getoption("benchmark_enable")
    projects, runs = (PROJECTS, RUNS) if measured else (11, 1)
    run(Reading(department_of(sample, 11, first=900_000)), EVERY_RULE)  # reads the word lists
    times: dict[str, list[float]] = {name: [] for name in WAYS}
    for number in range(runs):
        for at, (name, work) in enumerate(WAYS.items()):
            made = with_texts_in_common if name == TEXTS_IN_COMMON else department_of
            record = made(sample, projects, first=(number * len(WAYS) + at) * projects)
            times[name].append(_seconds(work, record) / projects * 1000)
    baseline, *_ = times.values()
    print(f"\nmilliseconds of processor time a project, {projects} projects, {runs} runs")
    for name, timings in times.items():
        least, middle = min(timings), statistics.median(timings)
        ratios = f"{least / min(baseline):6.1f} {middle / statistics.median(baseline):6.1f}"
        print(f"{name:32} min {least:7.3f}  median {middle:7.3f}  × baseline {ratios}")
    assert all(seconds > 0 for many in times.values() for seconds in many)


def test_the_dearest_rules(sample: Raw, pytestconfig: pytest.Config) -> None:
    """Microseconds of processor time a project, the dearest ten rules; what several rules read of
    a text counts for the first of them."""
    measured = pytestconfig.getoption("benchmark_enable")
    projects, runs = (PROJECTS // 3, RUNS) if measured else (11, 1)
    run(Reading(department_of(sample, 11, first=900_000)), EVERY_RULE)
    least: dict[str, float] = {}
    for number in range(runs):
        spent: dict[str, float] = dict.fromkeys(catalogue(), 0.0)
        rules = [_timed(rule, spent) for rule in EVERY_RULE]
        run(Reading(department_of(sample, projects, first=(100 + number) * projects)), rules)
        least = {code: min(least.get(code, time), time) for code, time in spent.items()}
    for code in sorted(least, key=least.__getitem__, reverse=True)[:10]:
        print(f"{code} {least[code] / projects * 1e6:7.1f}  {catalogue()[code].name}")
    assert least.keys() == catalogue().keys()


def _timed(rule: Rule, spent: dict[str, float]) -> Rule:
    """The rule with its time added to `spent`, by its code."""

    def check(*arguments: Any) -> list[Hit]:
        start = time.thread_time()
        hits = list(rule.check(*arguments))
        spent[rule.code] += time.thread_time() - start
        return hits

    return replace(rule, check=check)


def _seconds(work: Callable[[Raw], object], record: Raw) -> float:
    gc.collect()
    start = time.process_time()
    work(record)
    return time.process_time() - start
