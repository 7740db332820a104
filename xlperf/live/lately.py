"""The calling workbook as it was read lately: one reading serves all cells of a recalculation.

It is read from outside: while Excel calculates is no time to run a macro.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import xlwings as xw

from xlperf.live.validating import Judged, judge
from xlperf.record import Department, view
from xlperf.rules.core import Finding

FRESH = 2.0  # seconds; a recalculation asks many cells in a row


@dataclass
class _Last:
    name: str = ""
    when: float = 0.0
    judged: Judged | None = None


_last = _Last()


def record() -> Department:
    """What the calling workbook says."""
    return view(_judged().reading.record)


def findings() -> list[Finding]:
    """What the rules say of it."""
    return _judged().findings


def _judged() -> Judged:
    book = xw.Book.caller()
    name, now = str(book.fullname), time.monotonic()
    if _last.judged is None or _last.name != name or now - _last.when > FRESH:
        _last.name, _last.judged = name, judge(book)
        _last.when = time.monotonic()
    return _last.judged
