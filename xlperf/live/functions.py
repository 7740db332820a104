"""Worksheet functions, for cells beside the forms: totals, counts, findings, a target's parts.

Each looks at the workbook whose cell calls it. The macros that Excel needs for them are generated
from this module, so that names are ASCII; what the function wizard shows is in the wording files.
A function answers with a number or a text, "" where there is no answer; it never raises.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import xlwings as xw

from xlperf.live import answers, lately
from xlperf.wording import text, users_language

CATEGORY = "xlperf"


def _help(key: str) -> str:
    return text(users_language(), f"function.{key}")


@xw.func(category=CATEGORY)
@xw.arg("field", doc=_help("XP_TOTAL.field"))
@xw.arg("unit", doc=_help("unit"))
@xw.ret(doc=_help("XP_TOTAL.help"))
def XP_TOTAL(field: Any, unit: Any = "") -> Any:  # noqa: N802 - its name in a cell
    """The sum of a kind of money over all projects, or those of one budget unit."""
    return _safely(lambda: answers.total(lately.record(), _text(field), _text(unit)))


@xw.func(category=CATEGORY)
@xw.arg("month", doc=_help("XP_PLANNED.month"))
@xw.arg("unit", doc=_help("unit"))
@xw.ret(doc=_help("XP_PLANNED.help"))
def XP_PLANNED(month: Any, unit: Any = "") -> Any:  # noqa: N802
    """Yuan planned to be spent by the end of a month."""
    return _safely(lambda: answers.planned(lately.record(), month, _text(unit)))


@xw.func(category=CATEGORY)
@xw.arg("unit", doc=_help("unit"))
@xw.ret(doc=_help("XP_COUNT.help"))
def XP_COUNT(unit: Any = "") -> Any:  # noqa: N802
    """The number of projects."""
    return _safely(lambda: answers.count(lately.record(), _text(unit)))


@xw.func(category=CATEGORY)
@xw.arg("severity", doc=_help("XP_FINDINGS.severity"))
@xw.ret(doc=_help("XP_FINDINGS.help"))
def XP_FINDINGS(severity: Any = "") -> Any:  # noqa: N802
    """The number of findings."""
    return _safely(lambda: answers.findings(lately.findings(), _text(severity)))


@xw.func(category=CATEGORY)
@xw.arg("text", ndim=2, doc=_help("XP_TARGET.text"))
@xw.arg("part", doc=_help("XP_TARGET.part"))
@xw.ret(doc=_help("XP_TARGET.help"))
def XP_TARGET(text: Any, part: Any = "tidy") -> Any:  # noqa: N802
    """A part of what a target says; of a block of cells, a block of answers."""
    return _safely(
        lambda: [
            [answers.target(_text(cell), _text(part)) for cell in row]
            for row in answers.matrix(text)
        ]
    )


def _text(content: Any) -> str:
    """An argument as text: a code typed as a number is 333001, not 333001.0."""
    if isinstance(content, float) and content.is_integer():
        return str(int(content))
    return "" if content is None else str(content).strip()


def _safely(answer: Callable[[], Any]) -> Any:
    """An answer; "" where the book is none of ours or anything else is amiss."""
    try:
        return answer()
    except Exception:
        return ""
