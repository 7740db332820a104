"""What the worksheet functions answer, from a record. Pure: no Excel, no xlwings.

An answer is a number or a text; "" where there is none, as a function in a cell must not fail.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from xlperf.record import MONTHS, Department, Project
from xlperf.rules.core import Finding, Severity
from xlperf.targets import parse, plain
from xlperf.wording import LANGUAGES, text

MONEY = ("budget", "fiscal", "other")
PARTS = ("kind", "operator", "number", "low", "high", "unit", "neat", "tidy")
ALL = ""

Answer = float | int | str


def total(record: Department, field: str, unit: str = ALL) -> Answer:
    """The sum of a kind of money, in yuan; of one budget unit, or of the department."""
    key = _word(field, MONEY)
    projects = list(_of(record, unit))
    if key is None or (unit and not projects):
        return ""
    return _yuan(getattr(project, key) for project in projects)


def planned(record: Department, month: object, unit: str = ALL) -> Answer:
    """Yuan planned to be spent by the end of a month (3, 6, 10 or 12)."""
    key = _month(month)
    projects = list(_of(record, unit))
    if key is None or (unit and not projects):
        return ""
    return _yuan(project.planned(key) for project in projects)


def count(record: Department, unit: str = ALL) -> int:
    """How many projects there are."""
    return sum(1 for _ in _of(record, unit))


def findings(found: Iterable[Finding], severity: str = ALL) -> Answer:
    """How many findings there are, of one severity or of all; explained ones do not count."""
    if not severity:
        return sum(not each.explained for each in found)
    key = _word(severity, tuple(Severity))
    return "" if key is None else sum(each.severity == key and not each.explained for each in found)


def target(written: str, part: str = "tidy") -> Answer:
    """A part of what a target says: its operator, number, unit, kind, or all of it tidily."""
    key = _word(part or "tidy", PARTS)
    if key is None or not written.strip():
        return ""
    said = parse(written)
    if key == "number":
        return _number(said.low) if said.low == said.high else ""
    if key in ("low", "high"):
        return _number(getattr(said, key))
    return str(getattr(said, key))


def _of(record: Department, unit: str) -> Iterator[Project]:
    return (each for each in record.projects if not unit or each.unit == unit)


def _yuan(amounts: Iterable[Decimal | None]) -> float:
    """A sum as Excel keeps it; what cannot be read counts as nothing, as in SUM."""
    return float(sum((amount for amount in amounts if amount is not None), Decimal(0)))


def _number(number: Decimal | None) -> Answer:
    return "" if number is None else float(plain(number))


def _month(month: object) -> str | None:
    digits = str(plain(Decimal(repr(month)))) if isinstance(month, float) else str(month).strip()
    key = digits.rjust(2, "0")
    return key if key in MONTHS else None


def _word(said: str, keys: Iterable[str]) -> str | None:
    """The key that a word names: the key itself, or its label in any language."""
    for key in keys:
        labels = {text(lang, f"function.word.{key}") for lang in LANGUAGES}
        if said.strip().lower() in {key, *(label.lower() for label in labels)}:
            return key
    return None


def matrix(cells: Any) -> list[list[Any]]:
    """Any argument as rows of cells."""
    rows = cells if isinstance(cells, list) else [[cells]]
    return [row if isinstance(row, list) else [row] for row in rows]
