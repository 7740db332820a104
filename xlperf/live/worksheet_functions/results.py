"""What the worksheet functions answer, from their arguments alone. Pure: no Excel, no xlwings.

An answer is a number, a text or rows of these; an argument that cannot be used is a refusal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from xlperf.errors import UserError
from xlperf.live.worksheet_functions.arguments import (
    OMITTED,
    RangeCell,
    alike,
    belongs,
    cells,
    fraction,
    money,
    refuse_error,
    required,
    rows,
    text_of,
)
from xlperf.live.worksheet_functions.single_form import validate_form
from xlperf.record import round_cent
from xlperf.rules.core import Severity
from xlperf.targets import format_decimal, parse
from xlperf.wording import LANGUAGES, say, text

TARGET_PARTS = ("kind", "operator", "number", "low", "high", "unit", "neat", "tidy")
TIDY_PART = "tidy"

FunctionResult = float | int | str


def total(amounts: Any, codes: Any = OMITTED, unit: Any = OMITTED) -> float:
    """The sum of amounts in yuan, to the cent: of all, or of those whose code is the unit's."""
    return _yuan(money(at) for (at,) in _of_unit([amounts], codes, unit))


def planned(budgets: Any, shares: Any, codes: Any = OMITTED, unit: Any = OMITTED) -> float:
    """Yuan planned to be spent: each budget times its share, to the cent, then added up."""
    pairs = _of_unit([budgets, shares], codes, unit)
    read = ((money(budget), fraction(share)) for budget, share in pairs)
    products = (None if None in pair else pair[0] * pair[1] for pair in read)  # type: ignore[operator]
    return _yuan(None if product is None else round_cent(product) for product in products)


def count(codes: Any, unit: Any = OMITTED) -> int:
    """How many cells name a budget unit: any, or the one that is asked for."""
    unit_code = required(unit, "unit")
    code_cells = [cell for cell in cells(codes) if _says_something(cell)]
    return sum(unit_code == OMITTED or belongs(cell, unit_code) for cell in code_cells)


def findings(form: Any, severity: Any = OMITTED) -> int | list[list[FunctionResult]]:
    """How many findings of a severity a form has; without a severity all of them, a row each.

    A row: severity, code, cell (counted from the range's first cell as A1), message, advice.
    """
    severity_word = required(severity, "severity")
    noticed = validate_form(rows(form))
    if severity_word != OMITTED:
        key = _word(severity_word, tuple(Severity), "severity")
        return sum(finding.severity == key for finding, _ in noticed)
    lines: list[list[FunctionResult]] = [
        [
            say(f"function.word.{finding.severity}"),
            finding.code,
            cell,
            finding.message,
            finding.advice,
        ]
        for finding, cell in noticed
    ]
    return lines or [[say("function.none")]]


def targets(texts: Any, part: Any = OMITTED) -> list[list[FunctionResult]]:
    """For each cell of a range of targets, one of `TARGET_PARTS`; by default the tidy target."""
    part_word = required(part, "part")
    key = TIDY_PART if part_word == OMITTED else _word(part_word, TARGET_PARTS, "part")
    for cell in cells(texts):
        refuse_error(cell)
    return [[_part(_target_text(content), key) for content in line] for line in rows(texts)]


def _of_unit(ranges: list[Any], codes: Any, unit: Any) -> Iterator[tuple[RangeCell, ...]]:
    """The cells of ranges side by side, those of a budget unit if one is named."""
    unit_code = required(unit, "unit")
    if unit_code == OMITTED:
        yield from alike(*ranges)
        return
    if codes == OMITTED:
        raise UserError("function_no_codes")
    for *cells_of_unit, code in alike(*ranges, codes):
        if belongs(code, unit_code):
            yield tuple(cells_of_unit)


def _says_something(cell: RangeCell) -> bool:
    refuse_error(cell)
    return bool(text_of(cell[2]))


def _yuan(amounts: Iterable[Decimal | None]) -> float:
    """A sum as Excel keeps it; a blank counts as nothing, as in SUM."""
    return float(sum((amount for amount in amounts if amount is not None), Decimal(0)))


def _target_text(content: Any) -> str:
    """A target as it was written; a whole number is 5, not 5.0."""
    return content.strip() if isinstance(content, str) else text_of(content)


def _part(target_text: str, key: str) -> FunctionResult:
    if not target_text:
        return ""
    target = parse(target_text)
    if key == "number":
        return _number(target.low) if target.low == target.high else ""
    if key in ("low", "high"):
        return _number(getattr(target, key))
    return str(getattr(target, key))


def _number(number: Decimal | None) -> FunctionResult:
    return "" if number is None else float(format_decimal(number))


def _word(word: str, keys: Iterable[str], argument: str) -> str:
    """The key that a word names: the key itself, or its label in any language."""
    keys = tuple(keys)
    for key in keys:
        labels = {text(lang, f"function.word.{key}") for lang in LANGUAGES}
        if word.lower() in {key, *(label.lower() for label in labels)}:
            return key
    choices = say("rule_part.comma").join(say(f"function.word.{key}") for key in keys)
    raise UserError("function_word", argument=argument, written=word, known=choices)
