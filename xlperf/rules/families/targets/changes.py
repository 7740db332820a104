"""Whether what a text says of rising, falling and limits can be meant so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from xlperf.record import Department
from xlperf.rules.core import WARNING, Hit, hit, rule
from xlperf.rules.message_facts import field_label
from xlperf.rules.numbers.compact_text import as_printed
from xlperf.rules.numbers.promised_shares import share_named
from xlperf.rules.numbers.quantities import SHARE, Quantity, quantities
from xlperf.rules.text import lexicon
from xlperf.rules.text.directions import unwanted, wanted_rate
from xlperf.rules.text.indicator_traits import is_bounded_ratio
from xlperf.rules.text.text_fields import PROSE_FIELDS, passages_of
from xlperf.rules.text.width_folding import compact
from xlperf.targets import AT_LEAST_OPERATORS, AT_MOST_OPERATORS

LARGEST_PERCENT = 100
# patterns that belong together
OPPOSITE_CHANGES = (("before_rise", "rise"), ("before_fall", "fall"))
# goals, purposes and safeguards; descriptions say how something is reckoned
NARRATIVE_FIELDS = frozenset(field for field in PROSE_FIELDS if not field.endswith("description"))


@rule("REL852", WARNING, source="88/accuracy")
def change_the_wrong_way(department: Department) -> Iterator[Hit]:
    """A text lets a number rise to a smaller one, or something bad rise and something good fall.

    **Why**: the two numbers were exchanged, or the wrong word was written; nobody can say which way
    the goal goes. What is bad or good is known by words; rises that are held down are left alone.
    **Bad**: forest cover raised from 36.5% to 36.1%; complaints raised to 12.
    **Good**: forest cover raised from 36.1% to 36.5%; complaints brought down to 12.
    """
    for passage in passages_of(department).of(NARRATIVE_FIELDS, _changes_wrongly):
        contradiction = _changes_wrongly(passage.text)
        yield hit(*passage.path, field=field_label(passage.path), text=contradiction)


def _changes_wrongly(text: str) -> str:
    """The words of a change that goes the wrong way; else ""."""
    return _exchanged(text) or _wrong_word(text)


def _exchanged(text: str) -> str:
    """The words of a change from one number to another that goes against its verb; else ""."""
    if lexicon.pattern("from").search(text) is None:
        return ""
    for first, second in pairwise(quantities(text)):
        if first.unit != second.unit or not lexicon.pattern("from_before").search(first.head):
            continue
        match = lexicon.pattern("from_to").match(first.text[first.end : second.start])
        if match is None:
            continue
        up = match["verb"].startswith(lexicon.words("grows"))
        if second.high < first.low if up else second.low > first.high:
            return as_printed(first.text[first.clause[0] : second.end])
    return ""


def _should_not_fall(thing: str) -> bool:
    """Whether something is a rate or an amount that nobody wants less of."""
    return wanted_rate(thing) or thing.endswith(lexicon.words("wanted_amounts"))


def _wrong_word(text: str) -> str:
    """The clause of a text in which something bad rises or something good falls; else ""."""
    words = compact(text)
    if not any(lexicon.pattern(name).search(words) for _, name in OPPOSITE_CHANGES):
        return ""
    for clause in lexicon.pattern("clause_mark").split(words):
        if lexicon.holds(clause, "held_down"):
            continue
        rise, fall = (_joined(*names).search(clause) for names in OPPOSITE_CHANGES)
        if rise and not fall and unwanted(_thing(rise["what"])):
            return as_printed(clause)
        if fall and not rise and _should_not_fall(_thing(fall["what"])):
            return as_printed(clause)
    return ""


@cache
def _joined(before: str, change: str) -> re.Pattern[str]:
    """A rise or a fall with what rises or falls before it."""
    return re.compile(lexicon.source(before) + lexicon.source(change))


def _thing(words: str) -> str:
    """What rises or falls, without what it rises from."""
    return lexicon.pattern("from").split(words)[0]


@rule("REL853", WARNING, source="88/accuracy")
def limit_that_cannot_be(department: Department) -> Iterator[Hit]:
    """A text has a limit that contradicts itself, a share of more than all, a day of 26 hours.

    **Why**: "at least 93% or less" has no meaning, and a part is not more than the whole.
    **Bad**: satisfaction at least 93% or less; 185% of the children make progress.
    **Good**: satisfaction at least 93%; 85% of the children make progress.
    """
    for passage in passages_of(department).of(NARRATIVE_FIELDS, _contradiction):
        contradiction = _contradiction(passage.text)
        yield hit(*passage.path, field=field_label(passage.path), text=contradiction)


def _exclude_each_other(first: Quantity, second: Quantity) -> bool:
    """Whether two limits of one thing, one right after the other, leave nothing between them."""
    if first.unit != second.unit or not lexicon.pattern("only_a_limit").match(second.head):
        return False
    if first.operator in AT_LEAST_OPERATORS and second.operator in AT_MOST_OPERATORS:
        return second.high < first.low
    return (
        first.operator in AT_MOST_OPERATORS
        and second.operator in AT_LEAST_OPERATORS
        and second.low > first.high
    )


def _contradiction(text: str) -> str:
    """The words of a limit that contradicts itself, or of a share above 100 percent; else ""."""
    words = compact(text)
    if lexicon.pattern("may_be_a_number").search(words) is None:
        return ""
    for name in ("at_least_or_less", "at_most_or_more", "too_long"):
        if match := lexicon.pattern(name).search(words):
            return as_printed(match[0])
    for first, second in pairwise(quantities(text)):
        if _exclude_each_other(first, second):
            return as_printed(first.text[first.clause[0] : second.end])
    if "%" not in words:
        return ""
    for quantity in quantities(text):
        if quantity.unit != SHARE or quantity.low <= LARGEST_PERCENT or not quantity.is_planned:
            continue
        share = share_named(quantity)
        if share and (is_bounded_ratio(share.name) or wanted_rate(share.name)):
            return share.passage
    return ""
