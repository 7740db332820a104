"""How long a click takes to start: Python with the buttons and the rules, against bare Python."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

FIRST = "import xlperf.live, xlwings.utils"  # as the add-in's VBA begins
CLICK = f"{FIRST}; import xlperf.live.ribbon; from xlperf.rules import catalogue; catalogue()"


def start(code: str) -> None:
    subprocess.run([sys.executable, "-B", "-c", code], check=True)


@pytest.mark.benchmark(group="starting a click")
def test_baseline_bare_python(benchmark: Callable[..., Any]) -> None:
    benchmark(lambda: start("pass"))


@pytest.mark.benchmark(group="starting a click")
def test_the_buttons_and_the_rules(benchmark: Callable[..., Any]) -> None:
    benchmark(lambda: start(CLICK))


@pytest.mark.benchmark(group="starting a click")
def test_xlwings_as_it_comes(benchmark: Callable[..., Any]) -> None:
    benchmark(lambda: start("import xlwings"))
