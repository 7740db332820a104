"""Amounts in a line of prose behind a label for money: the sum, and after it what it is made of.

`1,200.50 wan yuan, of it fiscal appropriation 1,000.50, other funds 200`. Where a figure is left
that is none of these, the line says more than a sum, and nothing of it is read.
"""

from __future__ import annotations

import re
from functools import cache

from xlperf.documents.blocks.source import Piece
from xlperf.documents.layouts.funding.fund_labels import TOTALS, may_be_source, role_of
from xlperf.documents.layouts.funding.money import unit_pattern
from xlperf.documents.layouts.titles import FIRST_OF, entry, words_of

LONGEST_AMOUNT_LINE = 300  # signs of a line that only states amounts
LabelledAmount = tuple[Piece, Piece]


def amounts_of(label: Piece, value: Piece) -> list[LabelledAmount]:
    """The amounts of a value, each with its label, the first with the label before the value.

    None where the value does not begin with an amount, or has other figures in it.
    """
    text = value.text
    if len(text) > LONGEST_AMOUNT_LINE:
        return []
    first = _amount().match(text) or _labelled().match(text)
    if first is None:
        return []
    if "label" in first.re.groupindex:
        if role_of(first["label"]) not in TOTALS:
            return []
        label = value.cut(*first.span("label"))
    result = [(label, value.cut(*first.span("amount")))]
    end = first.end()
    while (part := _part().match(text, end)) and _is_source(part["label"]):
        result.append((value.cut(*part.span("label")), value.cut(*part.span("amount"))))
        end = part.end()
    return [] if any(sign.isdecimal() for sign in text[end:]) else result


def _is_source(label: str) -> bool:
    return bool(role_of(label)) or may_be_source(label)


@cache
def _pattern() -> str:
    signs = "|".join(words_of("money", "signs"))
    number = r"\d(?:[\d,]{0,20}\d)?(?:\.\d{1,6})?"
    return rf"(?P<amount>(?:{signs})?\s{{0,3}}{number}\s{{0,3}}(?:{unit_pattern()})?)"


@cache
def _amount() -> re.Pattern[str]:
    """An amount that a clause ends behind."""
    return re.compile(rf"\s{{0,3}}{_pattern()}\s{{0,3}}(?=[，,；;。.、（(]|$)")


@cache
def _labelled() -> re.Pattern[str]:
    """An amount that has a label of its own before it."""
    between = rf"\s{{0,3}}(?:[:：]|{entry('patterns', 'amounts_to')})?\s{{0,3}}"
    end = r"\s{0,3}(?=[，,；;。.、（(]|$)"
    return re.compile(
        rf"\s{{0,3}}(?P<label>[^\d\s，,；;。:：、（()）]{{2,14}}?){between}{_pattern()}{end}"
    )


@cache
def _part() -> re.Pattern[str]:
    """A clause that says one source and its amount."""
    of = rf"(?:{FIRST_OF[:-1]}[:：]?\s{{0,3}})?"
    label = rf"(?P<label>{of}[^\d\s，,；;。:：、（()）]{{2,14}}?)"
    between = rf"\s{{0,3}}(?:[:：]|{entry('patterns', 'amounts_to')})?\s{{0,3}}"
    return re.compile(
        rf"[，,；;。、（(]\s{{0,3}}{label}{between}{_pattern()}\s{{0,3}}(?=[，,；;。、)）]|$)[)）]?"
    )
