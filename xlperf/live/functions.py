"""Worksheet functions, for cells beside the forms: totals, counts, findings, a target's parts.

Each is a pure function of its arguments, so that Excel knows what it depends on, and it can never
show another workbook's money. The macros that Excel needs for them are generated from this module,
so that names are ASCII; what the function wizard shows is in the wording files. An argument that
cannot be used is answered with a sentence; a function never raises.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import xlwings as xw

from xlperf.errors import UserError
from xlperf.live.buttons import about
from xlperf.live.worksheet_functions import results
from xlperf.live.worksheet_functions.arguments import OMITTED
from xlperf.wording import say, speaking, text, users_language

CATEGORY = "xlperf"
RAW_VALUES = "raw"  # the values as the macro hands them over: xlwings would make blanks of errors


def _help(key: str) -> str:
    return text(users_language(), f"function.{key}")


@xw.func(category=CATEGORY)
@xw.arg("amounts", RAW_VALUES, doc=_help("XP_TOTAL.amounts"))
@xw.arg("codes", RAW_VALUES, doc=_help("codes"))
@xw.arg("unit", RAW_VALUES, doc=_help("unit"))
@xw.ret(doc=_help("XP_TOTAL.help"))
def XP_TOTAL(amounts: Any, codes: Any = OMITTED, unit: Any = OMITTED) -> Any:  # noqa: N802 - its name in a cell
    """The sum of amounts, of all rows or of those of one budget unit."""
    return _answer("XP_TOTAL", lambda: results.total(amounts, codes, unit))


@xw.func(category=CATEGORY)
@xw.arg("budgets", RAW_VALUES, doc=_help("XP_PLANNED.budgets"))
@xw.arg("shares", RAW_VALUES, doc=_help("XP_PLANNED.shares"))
@xw.arg("codes", RAW_VALUES, doc=_help("codes"))
@xw.arg("unit", RAW_VALUES, doc=_help("unit"))
@xw.ret(doc=_help("XP_PLANNED.help"))
def XP_PLANNED(budgets: Any, shares: Any, codes: Any = OMITTED, unit: Any = OMITTED) -> Any:  # noqa: N802
    """Yuan planned to be spent: budgets times the shares planned by the end of a month."""
    return _answer("XP_PLANNED", lambda: results.planned(budgets, shares, codes, unit))


@xw.func(category=CATEGORY)
@xw.arg("codes", RAW_VALUES, doc=_help("codes"))
@xw.arg("unit", RAW_VALUES, doc=_help("unit"))
@xw.ret(doc=_help("XP_COUNT.help"))
def XP_COUNT(codes: Any, unit: Any = OMITTED) -> Any:  # noqa: N802
    """The number of projects: cells with a budget unit, any or one."""
    return _answer("XP_COUNT", lambda: results.count(codes, unit))


@xw.func(category=CATEGORY)
@xw.arg("form", RAW_VALUES, doc=_help("XP_FINDINGS.form"))
@xw.arg("severity", RAW_VALUES, doc=_help("XP_FINDINGS.severity"))
@xw.ret(doc=_help("XP_FINDINGS.help"))
def XP_FINDINGS(form: Any, severity: Any = OMITTED) -> Any:  # noqa: N802
    """The findings of a form: how many of a severity, or all, a row each."""
    return _answer("XP_FINDINGS", lambda: results.findings(form, severity))


@xw.func(category=CATEGORY)
@xw.arg("text", RAW_VALUES, doc=_help("XP_TARGET.text"))
@xw.arg("part", RAW_VALUES, doc=_help("XP_TARGET.part"))
@xw.ret(doc=_help("XP_TARGET.help"))
def XP_TARGET(text: Any, part: Any = OMITTED) -> Any:  # noqa: N802
    """A part of what a target says; of a block of cells, a block of answers."""
    return _answer("XP_TARGET", lambda: results.targets(text, part))


def _answer(name: str, work: Callable[[], Any]) -> Any:
    """An answer; a sentence where an argument cannot be used or, with a trace in the log, the
    program fails.
    """
    with speaking(users_language()):
        try:
            return work()
        except UserError as refusal:
            return f"{name}: {say(f'error.{refusal.key}', **refusal.facts)}"
        except Exception as error:
            log = about.note(name)
            return f"{name}: {say('live.function_failed', why=type(error).__name__, log=log)}"
