"""Amounts that are said to be so many times the project's money."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xlperf.record import Project
from xlperf.rules.core import Facts, Hit, hit
from xlperf.rules.message_facts import Word, money, shorten
from xlperf.rules.numbers.quantities import IN_YUAN, quantities
from xlperf.rules.text import lexicon
from xlperf.rules.text.amounts import sound
from xlperf.rules.text.counted_things import ProjectText, neat
from xlperf.rules.text.similarity import is_share_of_work
from xlperf.targets import format_decimal

MULTIPLE_TOLERANCE = Decimal("0.1")  # a multiple is told roughly


def another_multiple(text: ProjectText, project: Project) -> Iterator[Hit]:
    """A hit (of REL841) where an amount is no such multiple of the budget as the text says."""
    budget = sound(project.budget)
    match = lexicon.pattern("times_the_money").search(neat(text.words)) if budget else None
    amounts = [item for item in quantities(text.words) if item.unit == IN_YUAN] if match else []
    if match is None or len(amounts) != 1 or not budget or is_share_of_work(project):
        return
    product = budget * Decimal(match["number"])
    if abs(product - amounts[0].low) <= MULTIPLE_TOLERANCE * product:
        return
    facts: Facts = {"place": text.place, "text": shorten(text.words), "made": money(product)}
    facts |= {"sum": f"{format_decimal(budget)}×{match['number']}", "unit": Word("rule_part.yuan")}
    facts |= {"what": Word("rule_part.the_total"), "whole": amounts[0].source_text}
    yield hit(*text.path, **facts)
