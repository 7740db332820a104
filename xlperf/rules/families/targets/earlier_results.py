"""Whether targets and sources fit the years: last year's result, documents of a later year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from xlperf.record import Department, Indicator
from xlperf.rules.core import WARNING, Facts, Hit, hit, rule
from xlperf.rules.message_facts import field_label, shorten
from xlperf.rules.numbers.quantities import SHARE, Quantity, base_of, quantities
from xlperf.rules.text import lexicon
from xlperf.rules.text.quoting import around
from xlperf.rules.text.similarity import indicators, quoted_name
from xlperf.rules.text.text_fields import passages_with
from xlperf.targets import AT_LEAST_OPERATORS, AT_MOST_OPERATORS, Target, parse

CENTURY = re.compile("20")  # how the year of a document begins
RESULT_TOLERANCE = Decimal("0.03")  # of last year's result, what a target may be behind it


@rule("REL850", WARNING, source="88/reasonable; 101/values")
def target_behind_last_year(department: Department) -> Iterator[Hit]:
    """A target asks for less than its own basis says was reached last year.

    **Why**: it is reached by doing worse than before; if there is a reason, the basis should give
    it. Compared are a basis with one number of last year in the target's unit; 3 percent less, and
    what was only planned, are left alone.
    **Bad**: at least 20 children; basis: 32 last year.
    **Good**: at least 33 children; or: 32 last year, 14 of whom have left.
    """
    for indicator in indicators(department):
        reached = _reached(indicator, department.year)
        target = parse(indicator.target) if reached else None
        if target and reached and _is_behind(target, reached):
            facts: Facts = {
                "target": shorten(target.source_text),
                "basis": shorten(indicator.basis),
            }
            also = [(*indicator.path, "basis")]
            yield hit(*indicator.path, "target", name=quoted_name(indicator), also=also, **facts)


def _reached(indicator: Indicator, year: int | None) -> Quantity | None:
    """What an indicator's basis says was reached in the year before, if it is one number."""
    basis = indicator.basis
    before = f"{year - 1}" if year else ""
    if not lexicon.holds(basis, "last_year") and not (before and before in basis):
        return None
    numbers = quantities(basis)
    if len(numbers) > 1:
        numbers = tuple(item for item in numbers if _of_last_year(item, before))
    if len(numbers) != 1 or lexicon.holds(basis, "explains_less"):
        return None
    (number,) = numbers
    if number.is_for_each or lexicon.pattern("change_before").search(number.head):
        return None
    if lexicon.holds(indicator.name, "grows_by") and lexicon.holds(number.lead, "at_the_end"):
        return None  # so many more, and so many there were
    late = number.year in (-1, *([year - 1] if year else []))
    return number if late and not lexicon.holds(number.lead, "not_reached") else None


def _of_last_year(number: Quantity, before: str) -> bool:
    """Whether the words right before a number are of last year."""
    head = number.text[max(number.clause[0], number.since) : number.start]
    return lexicon.holds(head, "last_year") or bool(before and before in head)


def _is_behind(target: Target, reached: Quantity) -> bool:
    """Whether a floor is below, or a ceiling above, what was reached, in the same unit."""
    if target.low is None or target.low != target.high or "/" in target.unit:
        return False
    unit, number = base_of(target.unit, target.low)
    same = reached.unit == SHARE if target.unit == SHARE else unit == reached.unit
    if not same:
        return False
    if target.operator in AT_LEAST_OPERATORS:
        return number < reached.low * (1 - RESULT_TOLERANCE)
    return target.operator in AT_MOST_OPERATORS and number > reached.high * (1 + RESULT_TOLERANCE)


@rule("REL851", WARNING, source="88/accuracy; 101/values")
def source_of_a_later_year(department: Department) -> Iterator[Hit]:
    """A text cites a document that was issued after the budget year.

    **Why**: nobody could know it when the budget was made; the year or the number is wrong, or the
    text comes from a later document.
    **Bad**: basis in a budget of 2021: document [2023] No. 8.
    **Good**: the document that was in force.
    """
    pattern = lexicon.pattern("later_source")
    for passage in passages_with(department, CENTURY) if department.year else ():
        for match in pattern.finditer(passage.text):
            year = int(match["numbered"] or match["issued"])
            planned = lexicon.pattern("planned_issue").search(passage.text[: match.start()])
            if department.year and year > department.year and not planned:
                facts: Facts = {"field": field_label(passage.path), "year": department.year}
                facts["text"] = around(passage.text, *match.span())
                yield hit(*passage.path, **facts, later=year)
                break
