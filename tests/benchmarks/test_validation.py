"""How long the rules take for 1,000 projects, against the JSON Schema validator as the baseline."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.many import department_of
from xlperf.reading import Reading
from xlperf.record import Raw, view
from xlperf.rules import catalogue
from xlperf.rules.core import run
from xlperf.schema import validator

PROJECTS = 1000


@pytest.fixture(scope="module")
def record(sample: Raw) -> Raw:
    return department_of(sample, PROJECTS)


@pytest.mark.benchmark(group="1,000 projects")
def test_baseline_the_json_schema_validator(benchmark: Callable[..., Any], record: Raw) -> None:
    assert benchmark(lambda: list(validator().iter_errors(record))) == []


@pytest.mark.benchmark(group="1,000 projects")
def test_every_rule(benchmark: Callable[..., Any], record: Raw) -> None:
    assert benchmark(lambda: run(Reading(record), catalogue().values()))


@pytest.mark.benchmark(group="1,000 projects")
def test_the_typed_view_alone(benchmark: Callable[..., Any], record: Raw) -> None:
    assert len(benchmark(lambda: view(record)).projects) == PROJECTS
